"""The desk for what is known of the listener: to be seen, taken along, stated and forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from affetto.server import keeping
from affetto.server.desk import SessionDesk
from affetto.store.connections import KeptConnection, KeptConnections
from affetto.store.history import KeptAnswer, KeptChoice
from affetto.track import Track, TrackUri
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.listening.learning import Learning
    from affetto.listening.plays import Matched, Plays
    from affetto.listening.preferences import Preferences

Record = dict[str, Any]
Running = tuple[str, Record] | None


class MemoryDesk:
    """Looks at and changes what the sessions learn, together with the one that runs."""

    def __init__(self, house: House, sessions: SessionDesk) -> None:
        self._house = house
        self._sessions = sessions

    def now(self) -> datetime:
        """The house's time."""
        return self._house.now()

    async def learning(self) -> Learning:
        """What was learned so far."""
        return await self._sessions.learning()

    async def tracks(self) -> dict[TrackUri, Track]:
        """The library, to call tracks by name."""
        return {track.uri: track for track in await self._house.tracks()}

    async def log(self) -> tuple[list[KeptChoice], list[KeptAnswer]]:
        """Every choice and every answer that is kept, oldest first."""
        history, listener = self._house.history, self._house.listener

        def read() -> tuple[list[KeptChoice], list[KeptAnswer]]:
            return history.choices(listener), history.answers(listener)

        return await asyncio.to_thread(read)

    async def connections(self) -> Sequence[KeptConnection]:
        """The providers that are connected, their secrets sealed."""
        kept = KeptConnections(self._house.database)
        return await asyncio.to_thread(kept.all_of, self._house.listener)

    async def forget(self) -> None:
        """Forget what was learned and the log it was learned from; what was stated stays."""
        history, listener = self._house.history, self._house.listener

        def keep(_: Record, running: Running, now: datetime) -> None:
            history.forget(listener, now, running=running)
            keeping.forget_put_aside(self._house)

        await self._sessions.apart(lambda session, now: session.forget(now), keep)

    async def preferences(self) -> Preferences:
        """What the listener has stated and set."""
        from affetto.listening.preferences import Preferences

        record = await asyncio.to_thread(self._house.listeners.preferences, self._house.listener)
        return Preferences.from_record(record) if record is not None else Preferences()

    async def prefer(self, preferences: Preferences) -> None:
        """Keep what the listener states and sets; it counts at once."""
        listeners, listener = self._house.listeners, self._house.listener

        def keep(learned: Record, running: Running, now: datetime) -> None:
            listeners.set_preferences(listener, preferences.to_record(), now)
            if running is not None:
                self._house.history.learn(listener, learned, now, running=running)

        await self._sessions.apart(lambda session, now: session.prefer(preferences, now), keep)

    async def set_never(self, of: str, name: str, *, never: bool) -> None:
        """Never again, or again after all, for a track or an artist."""

        def lesson(learning: Learning) -> None:
            if of == "artist":
                learning.never_artist(name, never)
            else:
                learning.never_track(TrackUri(name), never)

        await self._teach(lesson)

    async def take_in(self, data: bytes) -> tuple[Plays, Matched]:
        """Learn, weakly, from a listening history of elsewhere.

        Raises Misuse when nothing in it can be read, and when it was imported before.
        """
        from affetto.listening.plays import match, read_plays, take_in

        tracks = await self._house.tracks()
        plays = await asyncio.to_thread(read_plays, data)
        matched = await asyncio.to_thread(match, plays, tracks)
        await self._teach(lambda learning: take_in(learning, plays, matched, tracks))
        return plays, matched

    async def _teach(self, lesson: Callable[[Learning], None]) -> None:
        def keep(learned: Record, running: Running, now: datetime) -> None:
            self._house.history.learn(self._house.listener, learned, now, running=running)

        await self._sessions.apart(
            lambda session, now: session.teach(lesson, now), keep, idle=lesson
        )
