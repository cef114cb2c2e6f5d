"""Telling a service what is heard of its own tracks, where the listener wants that.

Only providers that offer ``plays`` are told, and only of tracks that are theirs. A service
that is away is told later, as long as the server runs and a day has not passed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from affetto.connections import Connected
from affetto.errors import AffettoError, NotFound
from affetto.music.listenbrainz import counts
from affetto.server.desk import SessionDesk
from affetto.store.heard import Played, played_since
from affetto.track import TrackUri
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.music.provider import Plays

log = logging.getLogger(__name__)

AGAIN_S: Final = 30.0
TOO_LATE: Final = timedelta(days=1)


class PlayDesk:
    """Follows the session and tells each track's own service of it."""

    def __init__(
        self,
        house: House,
        desk: SessionDesk,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """``sleep`` takes the place of time, in tests."""
        self._house = house
        self._desk = desk
        self._sleep = sleep
        self._since = house.now()
        self._waiting: list[Played] = []
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Follow what is played from now on."""
        self._since = self._house.now()
        self._task = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    # -- inside -------------------------------------------------------------------------

    async def _follow(self) -> None:
        while True:
            session_id = await self._desk.begun()
            playing: TrackUri | None = None
            try:
                async with self._desk.watched(session_id) as box:
                    while (news := await box.get()) is not None:
                        now = TrackUri(news.playing.track.id) if news.playing else None
                        if now != playing:
                            playing = now
                            await self._tell_playing(now)
                            await self._tell_played()
                await self._tell_played()
            except NotFound:
                await asyncio.sleep(0)  # it ended while it was looked for
            except AffettoError as error:
                log.warning("the session is not followed for a while: %s", error)
                await self._sleep(AGAIN_S)
            except Exception:
                log.exception("the session is not followed for a while")
                await self._sleep(AGAIN_S)

    async def _tell_playing(self, uri: TrackUri | None) -> None:
        plays = self._plays_of(uri) if uri is not None else None
        if uri is None or plays is None:
            return
        try:
            await plays.now_playing(uri)
        except AffettoError as error:  # soon over, so it is not tried again
            log.info("what plays now was not told: %s", error)

    async def _tell_played(self) -> None:
        if not any(one.provider and one.provider.plays for one in self._in_use.values()):
            self._since, self._waiting = self._house.now(), []  # nobody asked for it
            return
        database, listener = self._house.database, self._house.listener
        found = await asyncio.to_thread(played_since, database, listener, self._since)
        for played in found:
            self._since = max(self._since, played.began_at)
        oldest = self._house.now() - TOO_LATE
        waiting = [one for one in (*self._waiting, *found) if one.began_at > oldest]
        self._waiting = [one for one in waiting if not await self._is_done(one)]

    async def _is_done(self, played: Played) -> bool:
        """Whether nothing of this track is left to tell: told, or nothing to tell."""
        uri = TrackUri(played.track_uri)
        plays, track = self._plays_of(uri), await self._house.track(uri)
        if plays is None or track is None or not counts(played.heard_s, track.duration_s):
            return True
        try:
            await plays.played(uri, played.began_at)
        except AffettoError as error:
            log.info("what was heard waits: %s", error)
            return False
        except Exception:  # of a plug-in, maybe: it must not lose what the others are to hear
            log.exception("what was heard waits")
            return False
        return True

    @property
    def _in_use(self) -> Mapping[str, Connected]:
        return self._house.connections.in_use

    def _plays_of(self, uri: TrackUri) -> Plays | None:
        connected = self._in_use.get(uri.partition(":")[0])
        if connected is None or connected.provider is None:
            return None
        return connected.provider.plays
