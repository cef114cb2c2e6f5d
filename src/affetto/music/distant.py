"""Hearing tracks that a server names: fetch one, listen to it, let go of it.

A track is fetched whole into a file that is gone again once it was heard. What was heard
is then lent to the library the track came from.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Final

from affetto.errors import AffettoError, NotFound, ServiceTrouble
from affetto.music.playing import PLAYED
from affetto.music.provider import Cover, DistantSound, Library, Sound, TellsEdition, connect
from affetto.music.scanning import UNSEEN, FailedFile, ScannedFile, hear_file
from affetto.track import Track, TrackUri

LARGEST: Final = 1_000_000_000  # bytes of one track; an hour of lossless music has 400 MB
TRIES: Final = 3  # of a server that does not answer, or breaks off
PAUSE_S: Final = 1.0  # before the second try; the third waits twice as long
_ENDINGS: Final = {mime: ending for ending, mime in reversed(PLAYED.items())}


@dataclass(frozen=True, slots=True)
class HeardTrack:
    """A distant track was listened to."""

    track: Track  # as its library tells it, with what was heard
    sound_print: str = ""  # tells the recording again


@dataclass(frozen=True, slots=True)
class UnheardTrack:
    """A distant track could not be listened to."""

    track: Track  # as its library tells it
    problem: str
    remedy: str
    passing: bool = False  # for a reason outside the track: worth another try
    unreached: bool = False  # its server did not answer


class HeardLibrary:
    """A library whose tracks come with what was heard of them; all else is the library's."""

    def __init__(self, library: Library, heard: Mapping[TrackUri, Track]) -> None:
        self._library = library
        self._heard = heard

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        """The library's tracks; those that were heard with their features."""
        return [self._lent(track) for track in await self._library.search(words, limit=limit)]

    async def edition(self) -> str:
        """The library's word for how its tracks are now; "" where it has none."""
        return await self._library.edition() if isinstance(self._library, TellsEdition) else ""

    async def sound(self, uri: TrackUri) -> Sound | DistantSound | None:
        """The library's sound."""
        return await self._library.sound(uri)

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The library's picture."""
        return await self._library.cover(uri)

    def _lent(self, track: Track) -> Track:
        heard = self._heard.get(track.uri)
        # The same name may stand for another song by now, or on another server.
        same = heard and (heard.title, heard.duration_s) == (track.title, track.duration_s)
        if heard is None or not same:
            return track
        return replace(track, features=heard.features, song=heard.song)


def hear_track(
    provider: str, settings: Mapping[str, str], folder: Path, track: Track
) -> HeardTrack | UnheardTrack:
    """Fetch a track of this provider into ``folder`` and listen to it; never raises.

    The file is gone when this returns. For a process of its own: a provider is made once
    in each.
    """
    try:
        library = _library_of(provider, tuple(sorted(settings.items())))
        return asyncio.run(hear_from(library, folder, track))
    except AffettoError as error:
        return UnheardTrack(track, error.problem, error.remedy, passing=True)
    except Exception as error:  # a provider may be anyone's code
        return UnheardTrack(
            track,
            f"Fetching the track failed ({type(error).__name__}).",
            "Try again later; the provider's own settings may say more.",
            passing=True,
        )


async def hear_from(
    library: Library,
    folder: Path,
    track: Track,
    *,
    pause_s: float = PAUSE_S,
    listen: Callable[[str], ScannedFile | FailedFile] = hear_file,
) -> HeardTrack | UnheardTrack:
    """Fetch a track of this library into ``folder`` and ``listen`` to it."""
    trouble = ServiceTrouble("Nothing was tried.", remedy="Try again.")
    for turn in range(TRIES):
        if turn:
            await asyncio.sleep(pause_s * turn)
        # A folder for each file: both are gone whatever happens, on every system.
        with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as own:
            try:
                file = await _fetched(library, own, track.uri)
            except NotFound as error:
                return UnheardTrack(track, error.problem, error.remedy)
            except ServiceTrouble as error:
                trouble = error
            else:
                return _told(track, await asyncio.to_thread(listen, str(file)))
    return UnheardTrack(track, trouble.problem, trouble.remedy, passing=True, unreached=True)


def _told(track: Track, answer: ScannedFile | FailedFile) -> HeardTrack | UnheardTrack:
    if isinstance(answer, FailedFile):
        passing = answer.stamp == UNSEEN
        return UnheardTrack(track, answer.problem, answer.remedy, passing=passing)
    return HeardTrack(replace(track, features=answer.track.features), answer.sound_print)


async def _fetched(library: Library, folder: str, uri: TrackUri) -> Path:
    """The track's sound as a file: the library's, where it lies here, else one of our own.

    Raises NotFound and ServiceTrouble.
    """
    sound = await library.sound(uri)
    if isinstance(sound, Sound):
        return sound.path
    if not isinstance(sound, DistantSound):
        raise NotFound(
            "The server does not hand out the sound of this track.",
            remedy="Look on the server whether it plays there.",
        )
    fetched = await sound.fetch(None)
    ending = _ENDINGS.get(fetched.headers.get("content-type", ""), "")
    try:
        with NamedTemporaryFile(dir=folder, suffix=ending, delete=False) as file:
            size = 0
            async for chunk in fetched.chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise NotFound(
                        f"The track has more than {LARGEST // 1_000_000} MB.",
                        remedy="Split it, if it should be heard.",
                    )
                file.write(chunk)
            return Path(file.name)
    finally:
        await fetched.chunks.aclose()


@cache
def _library_of(provider: str, settings: tuple[tuple[str, str], ...]) -> Library:
    library = connect(provider, dict(settings)).library
    if library is None:
        raise NotFound(
            f"{provider!r} has no tracks of its own.", remedy="Name a provider with a library."
        )
    return library
