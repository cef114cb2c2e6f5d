"""A provider that lives in memory: for tests, for examples, and for writing your own.

library = MemoryLibrary([Track(TrackUri("memory:one"), "One")])
player = MemoryPlayer()
await player.play((await library.search("one"))[0])
assert player.playing.title == "One"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from affetto.emotion import MOODS
from affetto.errors import Misuse
from affetto.music.provider import Cover, Provider, Sound
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
    """Plays in silence and remembers it.

    ``playing`` is the track that sounds or rests, ``paused`` which of the two, and
    ``played`` every track that was started, in order.
    """

    playing: Track | None = None
    paused: bool = False
    played: list[Track] = field(default_factory=list)

    async def play(self, track: Track) -> None:
        """Start this track now, in place of whatever sounds."""
        self.playing, self.paused = track, False
        self.played.append(track)

    async def pause(self) -> None:
        """Fall silent, keeping the place."""
        self.paused = self.playing is not None

    async def resume(self) -> None:
        """Go on from where ``pause`` left off."""
        self.paused = False

    async def stop(self) -> None:
        """Fall silent and forget the track."""
        self.playing, self.paused = None, False


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
