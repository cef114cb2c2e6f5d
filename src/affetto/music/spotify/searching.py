"""Finding songs at Spotify by words, and by title and artist.

What was found is remembered for an hour, in memory only: Spotify allows no lasting copy, and
counts every search.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from affetto.errors import AffettoError
from affetto.music.curated.song import CuratedSong, SongKey, owned
from affetto.music.spotify.calls import Calls
from affetto.music.spotify.shapes import Song, songs
from affetto.track import Track, TrackUri

MOST: Final = 10  # Spotify gives no more at once
REMEMBERED_S: Final = 3600.0
MOST_REMEMBERED: Final = 500


@dataclass(slots=True)
class LookUp:
    """Songs being looked for, one after the other."""

    wanted: tuple[CuratedSong, ...]
    found: list[Song] = field(default_factory=list)
    missed: list[CuratedSong] = field(default_factory=list)
    done: bool = False  # nothing more will come of it, nor be put on
    trouble: AffettoError | None = None  # why it ended early, or why nothing plays


class Searching:
    """Looks for songs, each at most once an hour."""

    def __init__(self, calls: Calls, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._calls = calls
        self._clock = clock
        self._known: dict[SongKey, tuple[float, Song | None]] = {}

    async def by_words(self, words: str) -> list[Song]:
        """The first songs that Spotify finds for a text."""
        return await self._search(words, MOST)

    async def song(self, wanted: CuratedSong) -> Song | None:
        """The song of this title and artist, in whichever edition; None when there is none."""
        now = self._clock()
        kept = self._known.get(wanted.key)
        if kept is not None and kept[0] > now:
            return kept[1]
        answers = await self._search(f"track:{_plain(wanted.title)} artist:{_plain(wanted.artist)}")
        found = _same(answers, wanted)
        self._known.pop(wanted.key, None)
        while len(self._known) >= MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[wanted.key] = (now + REMEMBERED_S, found)
        return found

    async def look_up(self, into: LookUp) -> None:
        """Look for all that ``into`` wants; what was found is there as it comes.

        It ends early, with its trouble told there, when Spotify or the kept sign-in does not let it
        go on.
        """
        try:
            for wanted in into.wanted:
                found = await self.song(wanted)
                if found is not None:
                    into.found.append(found)
                else:
                    into.missed.append(wanted)
        except AffettoError as trouble:
            into.trouble = trouble

    def forget(self) -> None:
        """Forget all that was found."""
        self._known.clear()

    async def _search(self, words: str, limit: int = 5) -> list[Song]:
        answer = await self._calls.ask(lambda s: s.search(words, limit=limit, type="track"))
        told = answer.get("tracks") if isinstance(answer, dict) else None
        return songs(told.get("items") if isinstance(told, dict) else None)


def _same(answers: Iterable[Song], wanted: CuratedSong) -> Song | None:
    """The first answer that is the song, told by the rules by which a library is searched."""
    for song in answers:
        named = Track(TrackUri(song.uri), song.title, artist=song.artist)
        if owned([named], [wanted]):
            return song
    return None


def _plain(words: str) -> str:
    """Words that cannot be read as a filter of the search."""
    return " ".join(words.replace(":", " ").replace('"', " ").split())
