"""The desk for YouTube: one listener's connection, and the playlist being made.

YouTube hears titles and artists of what is to be in the playlist, and no mood.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from affetto.errors import AffettoError, Misuse
from affetto.server import playlists
from affetto.server.desk import SessionDesk
from affetto.server.problems import Refused
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

    async def finish(self, mark: str | None, code: str | None, error: str | None) -> bool:
        """Take what the browser came back with; what is wrong with it is told by ``trouble``."""
        self.trouble = None
        try:
            if not mark or not code or error is not None:
                self._signing().refused(mark or "")
                raise Misuse(
                    "Nothing was allowed at YouTube.",
                    remedy="Connect again and choose to agree, or leave YouTube out.",
                )
            await self._keep(await self._signing().finish(mark, code))
        except AffettoError as trouble:
            self.trouble = trouble
        return self.trouble is None

    async def grant(self) -> Grant | None:
        """What the listener has allowed; None for nothing. Raises KeyTrouble."""
        return await asyncio.to_thread(self._read)

    async def disconnect(self) -> None:
        """Delete the sign-in here, and have Google forget it where it can be reached."""
        await self._stop()
        self.made = self.trouble = None
        self._signing().forget()
        with suppress(AffettoError):
            grant = await self.grant()
            if grant is not None:
                await self._signing().revoke(grant)
        house = self._house
        await asyncio.to_thread(house.listeners.forget_token, house.listener, NAME)
        await asyncio.to_thread(house.database.forget_old_pages)

    # -- the playlist -------------------------------------------------------------------

    async def make(self, of: str) -> Made:
        """Begin to make a playlist; ``made`` tells how far it is.

        Raises Refused without a connection and while one is being made, and NotFound when
        there is nothing to put in it.
        """
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
                await youtube.make(account, chosen.title, songs, tell)
            except AffettoError as error:  # the renewed sign-in could not be kept
                log.warning("the playlist at YouTube was broken off: %s", error)
                self.made = None
                self.trouble = error
            if self.made is not None and isinstance(self.made.trouble, youtube.SignInNeeded):
                await self._forget()

        self.made = youtube.Made(chosen.title, min(len(songs), youtube.MOST))
        self._making = asyncio.create_task(run())
        return self.made

    async def _stop(self) -> None:
        if self._making is not None:
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)
            self._making = None

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
        house = self._house
        await asyncio.to_thread(
            house.listeners.keep_token,
            house.listener,
            NAME,
            json.dumps(asdict(grant)),
            house.keyring,
            house.now(),
        )

    async def _forget(self) -> None:
        await asyncio.to_thread(self._house.listeners.forget_token, self._house.listener, NAME)

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
