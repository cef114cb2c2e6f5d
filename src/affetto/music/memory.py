"""A provider that lives in memory: for tests, for examples, and for writing your own.

library = MemoryLibrary([Track(TrackUri("memory:one"), "One")])
player = MemoryPlayer()
await player.play((await library.search("one"))[0])
assert player.playing.title == "One"
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field

from affetto.emotion import MOODS
from affetto.errors import Misuse
from affetto.music.provider import Cover, Provider, Sound, Sounding
from affetto.track import Track, TrackFeatures, TrackUri


@dataclass(slots=True)
class MemoryLibrary:
    """The tracks it was given. ``sounds`` and ``covers`` may lack any of them."""

    tracks: Sequence[Track] = ()
    sounds: Mapping[TrackUri, Sound] = field(default_factory=dict)
    covers: Mapping[TrackUri, Cover] = field(default_factory=dict)

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        """Tracks whose title, artist or album hold every word; "" finds any track."""
        wanted = words.casefold().split()
        found = [track for track in self.tracks if _holds(track, wanted)]
        return found[: max(0, limit)]

    async def sound(self, uri: TrackUri) -> Sound | None:
        """The sound given for this track, or None."""
        return self.sounds.get(uri)

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The picture given for this track, or None."""
        return self.covers.get(uri)


@dataclass(slots=True)
class MemoryPlayer:
    """Plays in silence and remembers it. Its time stands still until ``end`` is called.

    ``playing`` is the track that sounds or rests, ``paused`` which of the two, ``next``
    what follows it, and ``played`` every track that was started, in order.
    """

    playing: Track | None = None
    paused: bool = False
    next: Track | None = None
    position_s: float = 0.0
    volume: float = 1.0
    played: list[Track] = field(default_factory=list)
    _watching: list[asyncio.Queue[Sounding]] = field(default_factory=list)

    async def play(self, track: Track, *, position_s: float = 0.0) -> None:
        """Start this track now, in place of whatever sounds."""
        self.playing, self.paused, self.position_s = track, False, position_s
        self.played.append(track)
        await self._tell()

    async def follow(self, track: Track | None, *, crossfade_s: float = 0.0) -> None:
        """Remember what comes next."""
        self.next = track

    async def pause(self) -> None:
        """Fall silent, keeping the place."""
        self.paused = self.playing is not None
        await self._tell()

    async def resume(self) -> None:
        """Go on from where ``pause`` left off."""
        self.paused = False
        await self._tell()

    async def stop(self) -> None:
        """Fall silent and forget the track."""
        self.playing, self.paused, self.next, self.position_s = None, False, None, 0.0
        await self._tell()

    async def seek(self, position_s: float) -> None:
        """Go to this second of the track."""
        if self.playing is not None:
            self.position_s = max(0.0, position_s)
            await self._tell()

    async def set_volume(self, volume: float) -> None:
        """As loud as this, [0, 1]."""
        self.volume = min(1.0, max(0.0, volume))
        await self._tell()

    async def end(self) -> None:
        """Let the track that sounds come to its end: the next one follows, or silence."""
        following, self.next = self.next, None
        if following is None:
            await self.stop()
        else:
            await self.play(following)

    async def now(self) -> Sounding:
        """What it does now."""
        track = self.playing
        return Sounding(
            uri=track.uri if track else None,
            playing=track is not None and not self.paused,
            position_s=self.position_s,
            duration_s=(track.duration_s or None) if track else None,
            volume=self.volume,
        )

    async def changes(self) -> AsyncGenerator[Sounding, None]:
        """What it does now, and again after every change."""
        news: asyncio.Queue[Sounding] = asyncio.Queue()
        self._watching.append(news)
        try:
            yield await self.now()
            while True:
                yield await news.get()
        finally:
            self._watching.remove(news)

    async def _tell(self) -> None:
        for news in self._watching:
            news.put_nowait(await self.now())


def create(settings: Mapping[str, str]) -> Provider:
    """A library holding one track for each mood, and a player.

    Each setting replaces a mood's track: ``{"calm": "My title"}``.
    """
    unknown = sorted(set(settings) - set(MOODS))
    if unknown:
        raise Misuse(
            f"The memory provider knows no setting {unknown[0]!r}.",
            remedy=f"It takes a title for each of: {', '.join(MOODS)}.",
        )
    tracks = [
        Track(
            uri=TrackUri(f"memory:{mood}"),
            title=settings.get(mood, mood.title()),
            features=TrackFeatures(valence=where.valence, arousal=where.arousal),
        )
        for mood, where in MOODS.items()
    ]
    return Provider("memory", MemoryLibrary(tracks), MemoryPlayer())


def _holds(track: Track, words: Sequence[str]) -> bool:
    text = f"{track.title}\n{track.artist}\n{track.album}".casefold()
    return all(word in text for word in words)
