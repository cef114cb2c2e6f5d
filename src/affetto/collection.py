"""All libraries of a house as one collection, kept current while it is served."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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
TRY_AGAIN_S: Final = 60.0  # a library that failed is asked again after this
EDITION_WITHIN_S: Final = 10.0
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
    failed: Mapping[str, Exception]  # the libraries that were passed over, and why
    editions: Mapping[str, str]  # of those libraries that tell one

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
        self._gathered_at = float("-inf")
        self._only: tuple[str, str, Candidates] | None = None  # edition, library, its tracks
        self.renewing: asyncio.Task[None] | None = None

    def close(self) -> None:
        """Make nothing anew any more."""
        if self.renewing is not None:
            self.renewing.cancel()

    def forget_when(self) -> None:
        """Look at the version with the next question, however short ago that was."""
        self._looked_at = float("-inf")

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
            elif version != self._music.version or self._may_have_come_back:
                self.renewing = asyncio.create_task(self._renew(version))
                await asyncio.wait({self.renewing}, timeout=AT_ONCE_S)
            self._looked_at = time.monotonic()
            return self._music

    async def anew(self) -> Collection:
        """The collection of this very moment, however long it takes to be made."""
        if self.renewing is not None:  # it may have begun too early
            await asyncio.wait({self.renewing})
        self.forget_when()
        await self.current()
        if self.renewing is not None:
            await asyncio.wait({self.renewing})
        return await self.current()

    async def only(self, name: str) -> Candidates:
        """What can be chosen of one library alone, for a player that plays no other's.

        All of it, also the copies of songs that another library has; a song that only the
        other has been listened to lends its copy what was heard.
        """
        music = await self.current()
        if self._only is None or self._only[:2] != (music.edition, name):
            found = await self._all_of(name, music)
            made = await asyncio.to_thread(_lent, found, music.tracks)
            self._only = (music.edition, name, made)
        return self._only[2]

    async def track(self, uri: TrackUri) -> Track | None:
        """One track, also one of which the collection shows another library's copy."""
        music = await self.current()
        track = music.by_uri.get(uri)
        if track is None and self._only is not None and self._only[0] == music.edition:
            row = self._only[2].row.get(uri)
            track = self._only[2].tracks[row] if row is not None else None
        return track

    async def _all_of(self, name: str, music: Collection) -> Sequence[Track]:
        library = (await self._libraries()).get(name)
        try:
            if library is not None:
                return await library.search("", limit=MOST_TRACKS)
        except Exception as error:  # a provider may be anyone's code, and its service down
            log.warning("the library %r did not answer: %s", name, error)
        return [track for track in music.tracks if track.provider == name]

    @property
    def _may_have_come_back(self) -> bool:
        failed = self._music is not None and bool(self._music.failed)
        return failed and time.monotonic() - self._gathered_at >= TRY_AGAIN_S

    @property
    def _may_be_old(self) -> bool:
        long_ago = time.monotonic() - self._looked_at >= self._look_again_s
        return long_ago and self.renewing is None

    async def _renew(self, version: Version) -> None:
        try:
            self._music = await self._gather(version)
        except AffettoError as error:
            log.warning("the library stays as it was: %s", error)
        except Exception:  # a provider may be anyone's code
            log.exception("the library stays as it was")
        finally:
            self.renewing = None

    async def _gather(self, version: Version) -> Collection:
        from affetto.music.catalogue import Catalogue

        libraries = await self._libraries()
        editions = await editions_of(libraries)  # before their tracks: no change is missed
        catalogue = Catalogue(libraries)
        found = await catalogue.search("", limit=MOST_TRACKS)
        self._gathered_at = time.monotonic()
        return await asyncio.to_thread(_ordered, version, catalogue, found, editions)


async def editions_of(libraries: Mapping[str, Library]) -> Mapping[str, str]:
    """The edition of each library that can tell one; those that fail are left out."""
    from affetto.music.provider import TellsEdition

    async def told(name: str, library: TellsEdition) -> tuple[str, str]:
        try:
            async with asyncio.timeout(EDITION_WITHIN_S):
                return name, await library.edition()
        except Exception as error:  # a provider may be anyone's code, and its service down
            log.info("the library %r does not tell its edition: %s", name, error)
            return name, ""

    asked = (told(name, one) for name, one in libraries.items() if isinstance(one, TellsEdition))
    return {name: edition for name, edition in await asyncio.gather(*asked) if edition}


def _ordered(
    version: Version, catalogue: Catalogue, found: Sequence[Track], editions: Mapping[str, str]
) -> Collection:
    from affetto.recommending.fit import Candidates

    by_uri = {track.uri: track for track in found}
    tracks = tuple(sorted(by_uri.values(), key=_place))
    words = tuple(f"{t.title}\n{t.artist}\n{t.album}".casefold() for t in tracks)
    return Collection(
        version,
        secrets.token_hex(8),
        catalogue,
        tracks,
        by_uri,
        Candidates(tracks),
        words,
        dict(catalogue.failed),
        editions,
    )


def _lent(found: Sequence[Track], every: Sequence[Track]) -> Candidates:
    """These tracks, those nobody listened to with what was heard of another copy."""
    from affetto.recommending.fit import Candidates

    heard = {_song(track): track.features for track in every if track.features and track.artist}
    tracks = (
        track if track.features else replace(track, features=heard.get(_song(track)))
        for track in found
    )
    return Candidates(tuple(sorted(tracks, key=_place)))


def _place(track: Track) -> tuple[str, str, str, str]:
    return (
        track.artist.casefold(),
        track.album.casefold(),
        track.title.casefold(),
        track.uri,
    )


def _song(track: Track) -> tuple[str, str]:
    return track.artist.casefold().strip(), track.title.casefold().strip()
