"""A jukebox: a library of three songs and a player, as a package of its own.

It plays in silence, yet in time: a song that began a minute ago is a minute in, and at its
end the next one follows.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from affetto import Track, TrackFeatures
from affetto.errors import Misuse
from affetto.music.memory import MemoryLibrary
from affetto.music.provider import Asked, Check, Description, Provider, Sounding
from affetto.track import TrackUri

description = Description(
    title="Jukebox",
    summary="Three songs in a box on the wall.",
    asks=(
        Asked("room", "Room", default="kitchen", help="Where the box hangs."),
        Asked("coin", "Coin", secret=True, help="The word that lets it play."),
    ),
)

SONGS = (
    ("tin-moon", "Tin Moon", TrackFeatures(valence=0.5, arousal=-0.5)),
    ("paper-kites", "Paper Kites", TrackFeatures(valence=0.7, arousal=0.5)),
    ("slow-rain", "Slow Rain", TrackFeatures(valence=-0.5, arousal=-0.4)),
)
SILENCE = Sounding(None, playing=False, volume=1.0)


class Jukebox:
    """Plays by the clock. ``now`` works out where it is; nothing runs in between."""

    def __init__(self) -> None:
        self._state, self._since = SILENCE, time.monotonic()
        self._next: Track | None = None
        self._changed = asyncio.Event()

    async def play(self, track: Track, *, position_s: float = 0.0) -> None:
        """Start this track now."""
        self._next = None
        self._be(Sounding(track.uri, True, position_s, track.duration_s, self._state.volume))

    async def follow(self, track: Track | None, *, crossfade_s: float = 0.0) -> None:
        """Let this track come next; a jukebox blends nothing."""
        self._next = track

    async def pause(self) -> None:
        """Keep the place."""
        self._be(replace(await self.now(), playing=False))

    async def resume(self) -> None:
        """Go on from there."""
        self._be(replace(await self.now(), playing=self._state.uri is not None))

    async def stop(self) -> None:
        """Forget the track."""
        self._next = None
        self._be(replace(SILENCE, volume=self._state.volume))

    async def seek(self, position_s: float) -> None:
        """Go to this second."""
        if self._state.uri is not None:
            self._be(replace(await self.now(), position_s=position_s))

    async def set_volume(self, volume: float) -> None:
        """As loud as this."""
        self._be(replace(await self.now(), volume=volume))

    async def now(self) -> Sounding:
        """What it does, by the clock."""
        passed = time.monotonic() - self._since if self._state.playing else 0.0
        at = self._state.position_s + passed
        if self._state.duration_s is None or at < self._state.duration_s:
            return replace(self._state, position_s=at)
        following, self._next = self._next, None
        if following is None:
            self._be(replace(SILENCE, volume=self._state.volume))
        else:
            await self.play(following)
        return self._state

    async def changes(self) -> AsyncGenerator[Sounding, None]:
        """What it does now, and after every change; the end of a song is one."""
        told = await self.now()
        yield told
        while True:
            self._changed.clear()
            left = (told.duration_s or 0.0) - told.position_s if told.playing else None
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), left)
            told = await self.now()
            yield told

    def _be(self, state: Sounding) -> None:
        self._state, self._since = state, time.monotonic()
        self._changed.set()


class Coin:
    """What can be tried of it."""

    def __init__(self, coin: str) -> None:
        self._coin = coin

    async def check(self) -> Sequence[Check]:
        """Whether the coin fits."""
        if self._coin == "dime":
            return [Check("coin", True, "The coin fits."), Check("lamp", None, "It has no lamp.")]
        return [Check("coin", False, "The coin does not fit.", "Put in a dime.")]

    async def close(self) -> None:
        """There is nothing to let go of."""


def create(settings: Mapping[str, str]) -> Provider:
    """The jukebox in a room."""
    room = settings.get("room", "")
    if not room:
        raise Misuse("The jukebox was given no room.", remedy="Name the room it hangs in.")
    tracks = [
        Track(TrackUri(f"jukebox:{name}"), title, room.title(), duration_s=90.0, features=mood)
        for name, title, mood in SONGS
    ]
    return Provider("jukebox", MemoryLibrary(tracks), Jukebox(), Coin(settings.get("coin", "")))
