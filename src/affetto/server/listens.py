"""Telling ListenBrainz what was heard: only after a yes, in order, and each track once.

What still has to be told is not kept a second time: it is what the log of choices and
answers holds since the last track that was told. So it waits through lost networks and
restarts, and goes with the log when the listener has it forgotten. Only how far it was told
is kept, sealed, with the token. If Affetto is stopped between ListenBrainz's yes and that
note, the same tracks are told again with the same times, which count once there.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from affetto.errors import AffettoError, NotFound
from affetto.music.listenbrainz import (
    MOST_AT_ONCE,
    Listen,
    ListenBrainz,
    NotTaken,
    TokenRefused,
    TooMany,
    counts,
    tellable,
)
from affetto.server.consent import text_of
from affetto.server.desk import SessionDesk
from affetto.server.problems import Refused
from affetto.server.threads import to_its_end
from affetto.server.wire import Trouble
from affetto.server.wire.listenbrainz import ListenBrainz as Standing
from affetto.store.heard import played_since
from affetto.track import TrackUri
from affetto.wiring import House

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

NAME: Final = "listenbrainz"  # of the sealed record, and in the ledger of consents
AGAIN_S: Final = 30.0  # after the first failure; then twice as long each time
LONGEST_S: Final = 1800.0

TEXT: Final = text_of(
    (
        "When a song was heard (half of it, or four minutes), its title, artist, album, length "
        "and the time it began are sent to your ListenBrainz account. When one begins, its name "
        "is sent too, as what plays now.",
        "ListenBrainz shows what you heard to everybody, on your page there.",
        "Nothing of your mood, your goals, your likes or any picture is ever sent. Songs from "
        "Spotify are left out, as its terms ask.",
        "You can disconnect here at any time: the token is deleted, and nothing more is sent. "
        "What was sent before can be deleted at ListenBrainz.",
    )
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of the connection, sealed. ``told`` is when the last track told began."""

    token: str = field(repr=False)
    user: str
    told: str  # ISO 8601


class ListenDesk:
    """Knows whether what is heard is told, and tells it in the background."""

    def __init__(
        self,
        house: House,
        desk: SessionDesk,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """``transport`` takes the place of the network, and ``sleep`` of time, in tests."""
        self._house = house
        self._desk = desk
        self._transport = transport
        self._sleep = sleep
        self._kept: _Kept | None = None
        self._service: ListenBrainz | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._news = asyncio.Event()
        self._trouble: AffettoError | None = None
        self._told_at: datetime | None = None
        self._failed = 0
        self._changing = asyncio.Lock()  # of the connection: one after the other

    async def begin(self) -> None:
        """Take up a connection that is kept, if its text is still the one agreed to."""
        consent = (await self._house.consents()).get(NAME)
        if consent is None or not consent.given:
            return
        if consent.version != TEXT.version:
            self._trouble = AffettoError(
                "What is sent to ListenBrainz has changed since you agreed.",
                remedy="Read the text and connect again.",
            )
            return
        try:
            self._kept = await asyncio.to_thread(self._read)
        except AffettoError as error:
            self._trouble = error
            log.warning("nothing is told to ListenBrainz: %s", error)
        if self._kept is not None:
            self._open(self._kept)

    async def connect(self, token: str, version: str) -> Standing:
        """Tell what is heard from now on. Raises Refused, TokenRefused, ServiceTrouble."""
        if version != TEXT.version:
            raise Refused(
                "The text has changed since it was read.",
                remedy="Show the text of /api/listenbrainz again and ask once more.",
                status=409,
            )
        async with self._changing:
            return await self._connect(token, version)

    async def _connect(self, token: str, version: str) -> Standing:
        service = self._reach(token)
        try:
            user = await service.user()
        finally:
            await service.close()
        await self._close()
        before = await asyncio.to_thread(self._read_or_none)
        since = self._house.now().isoformat()
        if before is not None and before.user == user:
            since = before.told  # with a new token, what waited is still told
        self._kept = _Kept(token, user, since)
        await asyncio.to_thread(self._write, self._kept)
        await self._house.set_consent(NAME, version, given=True)
        self._open(self._kept)
        return await self.told()

    async def disconnect(self) -> None:
        """Tell nothing more, and keep nothing of the account."""
        async with self._changing:
            await self._close()
            self._kept = self._trouble = self._told_at = None
            listeners, listener = self._house.listeners, self._house.listener
            await asyncio.to_thread(listeners.forget_token, listener, NAME)
            await self._house.set_consent(NAME, TEXT.version, given=False)
            await asyncio.to_thread(self._house.database.forget_old_pages)

    async def told(self) -> Standing:
        """How it stands."""
        trouble = self._trouble
        return Standing(
            connected=self._kept is not None,
            user=self._kept.user if self._kept else "",
            waiting=len(await self._waiting()),
            told_at=self._told_at,
            trouble=Trouble(problem=trouble.problem, remedy=trouble.remedy) if trouble else None,
            consent=TEXT,
        )

    async def close(self) -> None:
        """Stop; what waits is told after the next start."""
        async with self._changing:
            await self._close()

    # -- in the background --------------------------------------------------------------

    def _open(self, kept: _Kept) -> None:
        self._service = self._reach(kept.token)
        self._trouble, self._failed = None, 0
        self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._tell())]

    async def _close(self) -> None:
        """Stop what runs; what it writes at this moment is written when this returns."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        if self._service is not None:
            await self._service.close()
            self._service = None

    async def _follow(self) -> None:
        """Notice when a track begins or a session ends."""
        while True:
            session_id = await self._desk.begun()
            playing: str | None = None
            try:
                async with self._desk.watched(session_id) as box:
                    while (news := await box.get()) is not None:
                        now = news.playing.track.id if news.playing else None
                        if now != playing:
                            playing = now
                            self._news.set()
                            await self._say_playing(now)
            except NotFound:
                await asyncio.sleep(0)  # it ended while it was looked for
            except Exception:
                log.exception("the session is not followed for a while")
                await self._sleep(AGAIN_S)
            self._news.set()

    async def _say_playing(self, uri: str | None) -> None:
        track = await self._house.track(TrackUri(uri)) if uri else None
        if track is None or not tellable(track) or self._service is None:
            return
        try:
            await self._service.playing(track)
        except AffettoError as error:  # soon over, so it is not tried again
            log.info("what plays now was not told: %s", error)

    async def _tell(self) -> None:
        while True:
            self._news.clear()
            wait_s = await self._tell_all()
            if wait_s:
                await self._sleep(wait_s)
            else:
                await self._news.wait()

    async def _tell_all(self) -> float:
        """Tell all that waits; returns how long to wait after trouble, 0 when all is told."""
        try:
            while waiting := await self._waiting():
                await self._submit(waiting[:MOST_AT_ONCE])
                self._told_at = self._house.now()
                self._trouble, self._failed = None, 0
                if self._service is not None and self._service.rest_s:
                    await self._sleep(self._service.rest_s)
        except TooMany as error:
            return error.wait_s
        except AffettoError as error:
            self._trouble = error
            self._failed += 1
            log.info("what was heard waits: %s", error)
            if isinstance(error, TokenRefused):
                return LONGEST_S
            return min(AGAIN_S * 2.0 ** (self._failed - 1), LONGEST_S)
        except Exception:
            log.exception("telling ListenBrainz broke off and is tried again in a while")
            return LONGEST_S
        return 0.0

    async def _submit(self, listens: Sequence[Listen]) -> None:
        service, kept = self._service, self._kept
        if service is None or kept is None:
            return
        try:
            await service.submit(listens)
        except NotTaken as error:
            if len(listens) > 1:
                for one in listens:
                    await self._submit([one])
                return
            log.warning("%s is left out: %s", listens[0].track.uri, error)
        self._kept = told = replace(kept, told=listens[-1].at.isoformat())
        await to_its_end(lambda: self._write(told))

    # -- what is kept -------------------------------------------------------------------

    async def _waiting(self) -> list[Listen]:
        """What was heard and is not told yet, in the order in which it began."""
        if self._kept is None:
            return []
        since = datetime.fromisoformat(self._kept.told)
        database, listener = self._house.database, self._house.listener
        found = []
        for played in await asyncio.to_thread(played_since, database, listener, since):
            track = await self._house.track(TrackUri(played.track_uri))
            if track and tellable(track) and counts(played.heard_s, track.duration_s):
                found.append(Listen(track, played.began_at))
        return found

    def _reach(self, token: str) -> ListenBrainz:
        address = self._house.settings.listenbrainz_address
        return ListenBrainz(token, address=address, transport=self._transport)

    def _read(self) -> _Kept | None:
        house = self._house
        opened = house.listeners.token(house.listener, NAME, house.keyring)
        return _Kept(**json.loads(opened)) if opened is not None else None

    def _read_or_none(self) -> _Kept | None:
        try:
            return self._read()
        except AffettoError:  # sealed with a key that is gone: the new token takes its place
            return None

    def _write(self, kept: _Kept) -> None:
        house = self._house
        sealed = json.dumps(asdict(kept))
        house.listeners.keep_token(house.listener, NAME, sealed, house.keyring, house.now())
