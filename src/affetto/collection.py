"""All libraries of a house as one collection, kept current while it is served."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from affetto.errors import AffettoError
from affetto.track import Track, TrackUri

if TYPE_CHECKING:
    from affetto.music.catalogue import Catalogue
    from affetto.music.provider import Library
    from affetto.recommending.fit import Candidates

log = logging.getLogger(__name__)

MOST_TRACKS: Final = 1_000_000  # asked of one library at once
LOOK_AGAIN_S: Final = 1.0  # the libraries are looked at for changes no more often
AT_ONCE_S: Final = 0.25  # a changed library made anew within this is waited for

# Another one for every change: of the scanned files, of the providers in use.
Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """The library as it was when its version was ``version``."""

    version: Version
    edition: str  # another one for every change, and after every start
    catalogue: Catalogue
    tracks: tuple[Track, ...]  # by artist, album, title
    by_uri: Mapping[TrackUri, Track]
    candidates: Candidates  # in the order of ``tracks``
    words: tuple[str, ...]  # title, artist and album of each track, case-folded

    def holding(self, words: str) -> Sequence[int]:
        """The rows of tracks whose title, artist or album hold every word; all for none."""
        wanted = words.casefold().split()
        rows: Sequence[int] = range(len(self.tracks))
        for word in wanted:
            rows = [row for row in rows if word in self.words[row]]
        return rows


class Collector:
    """Makes the collection, and makes it anew when the libraries have changed."""

    def __init__(
        self,
        version: Callable[[], Version],
        libraries: Callable[[], Awaitable[Mapping[str, Library]]],
        *,
        look_again_s: float = LOOK_AGAIN_S,
    ) -> None:
        """``version`` may read a disk: it is called in a thread."""
        self._version = version
        self._libraries = libraries
        self._look_again_s = look_again_s
        self._music: Collection | None = None
        self._lock: asyncio.Lock | None = None
        self._looked_at = float("-inf")
        self.renewing: asyncio.Task[None] | None = None

    def close(self) -> None:
        """Make nothing anew any more."""
        if self.renewing is not None:
            self.renewing.cancel()

    async def current(self) -> Collection:
        """The collection; made anew, meanwhile serving the old, when the version changed."""
        if self._music is not None and not self._may_be_old:
            return self._music
        if self._lock is None:
            self._lock = asyncio.Lock()
        async with self._lock:
            if self._music is not None and not self._may_be_old:
                return self._music
            version = await asyncio.to_thread(self._version)
            if self._music is None:
                self._music = await self._gather(version)
            elif version != self._music.version:
                self.renewing = asyncio.create_task(self._renew(version))
                await asyncio.wait({self.renewing}, timeout=AT_ONCE_S)
            self._looked_at = time.monotonic()
            return self._music

    @property
    def _may_be_old(self) -> bool:
        long_ago = time.monotonic() - self._looked_at >= self._look_again_s
        return long_ago and self.renewing is None

    async def _renew(self, version: Version) -> None:
        try:
            self._music = await self._gather(version)
        except AffettoError as error:
            log.warning("the library stays as it was: %s", error)
        finally:
            self.renewing = None

    async def _gather(self, version: Version) -> Collection:
        from affetto.music.catalogue import Catalogue

        catalogue = Catalogue(await self._libraries())
        found = await catalogue.search("", limit=MOST_TRACKS)
        return await asyncio.to_thread(_ordered, version, catalogue, found)


def _ordered(version: Version, catalogue: Catalogue, found: Sequence[Track]) -> Collection:
    from affetto.recommending.fit import Candidates

    by_uri = {track.uri: track for track in found}
    tracks = tuple(
        sorted(
            by_uri.values(),
            key=lambda t: (t.artist.casefold(), t.album.casefold(), t.title.casefold(), t.uri),
        )
    )
    words = tuple(f"{t.title}\n{t.artist}\n{t.album}".casefold() for t in tracks)
    edition = secrets.token_hex(8)
    return Collection(version, edition, catalogue, tracks, by_uri, Candidates(tracks), words)
