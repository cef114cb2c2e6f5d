"""Many libraries as one. The same song in two of them is one song."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from itertools import chain, zip_longest
from typing import TypeVar

from affetto.errors import AffettoError
from affetto.music.provider import Cover, DistantSound, Library, Sound
from affetto.track import Track, TrackUri

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")

_SAME_LENGTH_S = 3.0  # two recordings of a song rarely end so close together


class Catalogue:
    """All of a house's libraries, by provider name. Itself a Library.

    A library that fails is passed over and the failure logged: the others still answer.
    """

    def __init__(self, libraries: Mapping[str, Library]) -> None:
        self._libraries = dict(libraries)
        self.failed: dict[str, Exception] = {}  # the libraries that did not answer last time

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        """Tracks found in any library, each library's best first, no song twice."""
        nothing: Sequence[Track] = ()
        answers = await asyncio.gather(
            *(
                self._ask(name, partial(library.search, words, limit=limit), nothing)
                for name, library in self._libraries.items()
            )
        )
        # One from each in turn, so that a large library does not bury a small one.
        rounds = chain.from_iterable(zip_longest(*answers))
        return one_of_each([track for track in rounds if track is not None])[:limit]

    async def sound(self, uri: TrackUri) -> Sound | DistantSound | None:
        """What a browser can play, from the library the URI names."""
        name, library = self._library_of(uri)
        if library is None:
            return None
        return await self._ask(name, partial(library.sound, uri), None)

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The track's picture, from the library the URI names."""
        name, library = self._library_of(uri)
        if library is None:
            return None
        return await self._ask(name, partial(library.cover, uri), None)

    def _library_of(self, uri: TrackUri) -> tuple[str, Library | None]:
        name = uri.partition(":")[0]
        return name, self._libraries.get(name)

    async def _ask(
        self, name: str, question: Callable[[], Awaitable[_Answer]], otherwise: _Answer
    ) -> _Answer:
        try:
            answer = await question()
        except Exception as error:  # a provider may be anyone's code, and its service down
            self.failed[name] = error
            meant = isinstance(error, AffettoError)
            said = f" ({error})" if meant else ""
            _log.warning(
                "the library %r failed and is passed over%s", name, said, exc_info=not meant
            )
            return otherwise
        self.failed.pop(name, None)
        return answer


def one_of_each(tracks: Sequence[Track]) -> list[Track]:
    """The tracks without second copies of a song, in the same order.

    Recordings that were found to be one song are one: the first, which a library puts
    before the worse copies. Beyond that two tracks are one song when artist and title
    agree but for case and spacing, and their lengths within three seconds (or one length
    is not known). Untagged artists prove nothing: such tracks all stay.
    """
    kept: list[Track] = []
    songs: set[str] = set()
    lengths: dict[tuple[str, str], list[float]] = {}
    for track in tracks:
        if track.song:
            if track.song in songs:
                continue
            songs.add(track.song)
        if track.artist:
            song = (_plain(track.artist), _plain(track.title))
            known = lengths.setdefault(song, [])
            if any(_alike(track.duration_s, length) for length in known):
                continue
            known.append(track.duration_s)
        kept.append(track)
    return kept


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _alike(one_s: float, other_s: float) -> bool:
    return one_s == 0 or other_s == 0 or abs(one_s - other_s) <= _SAME_LENGTH_S
