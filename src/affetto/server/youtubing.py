"""The desk for YouTube: one listener's connection, and the playlist being made.

YouTube hears titles and artists of what is to be in the playlist, and no mood.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from affetto.errors import AffettoError, Misuse
from affetto.server import playlists
from affetto.server.desk import SessionDesk
from affetto.server.problems import Refused
from affetto.server.threads import to_its_end
from affetto.wiring import House

if TYPE_CHECKING:
    import httpx

    from affetto.music.youtube import Grant, Made, SignIn

log = logging.getLogger(__name__)

NAME: Final = "youtube"  # of the sealed sign-in


class YouTubeDesk:
    """Signs in, signs out, and makes playlists, one at a time."""

    def __init__(
        self,
        house: House,
        desk: SessionDesk,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """``transport`` takes the place of the network, in tests."""
        self._house = house
        self._desk = desk
        self._transport = transport
        self._http: httpx.AsyncClient | None = None
        self._sign_in: SignIn | None = None
        self._making: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()  # of the sign-in, and of what is made with it
        self._era = 0  # a new one with every disconnecting
        self.made: Made | None = None
        self.trouble: AffettoError | None = None  # of the last sign-in

    async def close(self) -> None:
        """Stop what is being made, and let go of sockets."""
        await self._stop()
        if self._http is not None:
            await self._http.aclose()
            self._http = self._sign_in = None

    # -- the sign-in --------------------------------------------------------------------

    def begin(self, client_id: str, client_secret: str, redirect: str) -> str:
        """The address to send the listener to."""
        from affetto.music.youtube import App

        self.trouble = None
        return self._signing().begin(App(client_id, client_secret), redirect)

    async def finish(
        self, mark: str | None, code: str | None, error: str | None
    ) -> AffettoError | None:
        """Take what the browser came back with; returns what is wrong with it.

        ``trouble`` tells it too, but not of a "no" to a sign-in that was not begun here: any
        page can send that.
        """
        if not mark or not code or error is not None:
            no = Misuse(
                "Nothing was allowed at YouTube.",
                remedy="Connect again and choose to agree, or leave YouTube out.",
            )
            if self._signing().refused(mark or ""):
                self.trouble = no
            return no
        try:
            await self._take(mark, code)
        except AffettoError as trouble:
            self.trouble = trouble
            return trouble
        return None

    async def _take(self, mark: str, code: str) -> None:
        """Keep the new sign-in, unless all was disconnected while it came."""
        era = self._era
        grant = await self._signing().finish(mark, code)
        async with self._changing:
            if self._era == era:
                await self._stop()  # it would keep or forget the sign-in before
                self._broke_off("The playlist was broken off, since YouTube was connected anew.")
                await self._keep(grant)
                self.trouble = None
                return
        with suppress(AffettoError):
            await self._signing().revoke(grant)
        raise Misuse(
            "YouTube was disconnected while this sign-in came back, so it was dropped.",
            remedy="Connect YouTube again if you want it.",
        )

    async def grant(self) -> Grant | None:
        """What the listener has allowed; None for nothing. Raises KeyTrouble."""
        return await asyncio.to_thread(self._read)

    async def disconnect(self) -> None:
        """Delete the sign-in here, and have Google forget it where it can be reached."""
        self._era += 1
        self._signing().forget()
        async with self._changing:
            await self._stop()
            self.made = self.trouble = None
            with suppress(AffettoError):
                grant = await self.grant()
                if grant is not None:
                    await self._signing().revoke(grant)
            await self._forget()

    # -- the playlist -------------------------------------------------------------------

    async def make(self, of: str) -> Made:
        """Begin to make a playlist; ``made`` tells how far it is.

        Raises Refused without a connection and while one is being made, and NotFound when
        there is nothing to put in it.
        """
        async with self._changing:
            return await self._begin_to_make(of)

    async def _begin_to_make(self, of: str) -> Made:
        from affetto.music import youtube

        grant = await self.grant()
        if grant is None:
            raise Refused(
                "YouTube is not connected.",
                remedy="Connect it in the settings first.",
                status=409,
            )
        if self._making is not None and not self._making.done():
            raise Refused(
                "A playlist is being made already.",
                remedy="Wait until it is there.",
                status=409,
            )
        if of == "queue":
            chosen = await playlists.of_queue(self._house, self._desk)
        else:
            chosen = await playlists.of_session(self._house)
        songs = [(entry.title, entry.artist) for entry in chosen.entries]
        account = youtube.YouTubeAccount(
            self._reach(), self._signing(), grant, self._keep, sleep=asyncio.sleep
        )

        def tell(made: Made) -> None:
            self.made = made

        async def run() -> None:
            try:
                made = await youtube.make(account, chosen.title, songs, tell)
                if isinstance(made.trouble, youtube.SignInNeeded):
                    await self._forget()
            except AffettoError as error:  # the sign-in could not be kept, or not forgotten
                log.warning("the playlist at YouTube was broken off: %s", error)
                self.made = None
                self.trouble = error
            except Exception:
                log.exception("the playlist at YouTube was broken off")
                self._broke_off("The playlist was broken off by a fault of Affetto's own.")

        self.made = youtube.Made(chosen.title, min(len(songs), youtube.MOST))
        self._making = asyncio.create_task(run())
        return self.made

    async def _stop(self) -> None:
        if self._making is not None:
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)
            self._making = None

    def _broke_off(self, why: str) -> None:
        from affetto.music.youtube import YouTubeTrouble

        if self.made is not None and not self.made.finished:
            trouble = YouTubeTrouble(why, remedy="Make it again; what is in it at YouTube stays.")
            self.made = replace(self.made, finished=True, trouble=trouble)

    # -- what is kept -------------------------------------------------------------------

    def _read(self) -> Grant | None:
        from affetto.music.youtube import App, Grant

        house = self._house
        opened = house.listeners.token(house.listener, NAME, house.keyring)
        if opened is None:
            return None
        told = json.loads(opened)
        return Grant(**{**told, "app": App(**told["app"])})

    async def _keep(self, grant: Grant) -> None:
        house, sealed = self._house, json.dumps(asdict(grant))
        await to_its_end(
            lambda: house.listeners.keep_token(
                house.listener, NAME, sealed, house.keyring, house.now()
            )
        )

    async def _forget(self) -> None:
        house = self._house
        await to_its_end(lambda: house.listeners.forget_token(house.listener, NAME))
        await asyncio.to_thread(house.database.forget_old_pages)

    def _reach(self) -> httpx.AsyncClient:
        if self._http is None:
            from affetto.music.youtube.account import open_client

            self._http = open_client(self._transport)
        return self._http

    def _signing(self) -> SignIn:
        if self._sign_in is None:
            import time

            from affetto.music.youtube import SignIn

            self._sign_in = SignIn(self._reach(), time.time)
        return self._sign_in
