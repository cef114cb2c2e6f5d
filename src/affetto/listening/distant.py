"""Bringing how distant tracks sound onto the shelf.

Each is fetched, heard and let go of by one of several processes, so that a crashing
decoder costs one track. What was heard survives anything; the next time goes on from there.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from affetto.errors import AffettoError, Misuse, ServiceTrouble
from affetto.listening.gathering import find_songs
from affetto.music import workers as crew
from affetto.music.distant import HeardTrack, UnheardTrack
from affetto.music.provider import Library
from affetto.music.scanning import heard_with
from affetto.store.database import Database
from affetto.store.distant import DistantShelf, ShelvedTrack
from affetto.store.tracks import TrackShelf
from affetto.track import Track

LOT: Final = 32  # tracks kept together
LONGEST_WAIT_S: Final = 5.0  # how long a heard track waits to be kept
LONGEST_S: Final = 900.0  # a track that takes longer to fetch and hear is given up
MOST_WORKERS: Final = 4  # a server has others to serve
ENOUGH_LOST: Final = 5  # tracks in a row, for each worker, before a server counts as lost
MOST_TRACKS: Final = 1_000_000

Answer = HeardTrack | UnheardTrack


@dataclass(frozen=True, slots=True)
class Listed:
    """The library has told its tracks; listening begins. Always the first event."""

    tracks: int
    unchanged: int
    to_hear: int


Event = Listed | HeardTrack | UnheardTrack


@dataclass(slots=True)
class HeardAfar:
    """What listening to a provider's tracks came to."""

    heard: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: list[UnheardTrack] = field(default_factory=list)
    still_failing: int = 0  # met before, and not tried again


def hear_into(
    database: Database,
    provider: str,
    library: Library,
    hear: Callable[[Path, Track], Answer],
    *,
    now: Callable[[], datetime],
    workers: int | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> HeardAfar:
    """Listen to the tracks of ``library`` that were not heard yet, and keep what was heard.

    A track is heard again when its title, its length or the analysis has changed. ``hear``
    is told a folder for its file and the track, and never raises; ``workers`` processes
    run it (default: one a core, at most 4), which must be able to import it. 0 runs it
    here. However it ends, what was heard is kept before this returns or raises.

    Raises ServiceTrouble when the server does not answer, Misuse when its tracks do not
    sound here, StoreTrouble when the database cannot be written.
    """
    shelf, analysis = DistantShelf(database), heard_with()
    tracks = asyncio.run(library.search("", limit=MOST_TRACKS))
    known = shelf.known(provider)
    to_hear, told = [], HeardAfar()
    for track in tracks:
        before = known.get(track.uri)
        if before is None or not before.is_still(track, analysis):
            to_hear.append(track)
        elif before.problem is None:
            told.unchanged += 1
        else:
            told.still_failing += 1
    if to_hear:
        _must_sound(provider, library, to_hear[0])
    # A server that tells nothing at all has lost its disk rather than its music.
    gone = [uri for uri in known.keys() - {track.uri for track in tracks} if tracks]
    shelf.save([], gone, now=now())
    told.gone = len(gone)
    if on_event is not None:
        on_event(Listed(len(tracks), len(tracks) - len(to_hear), len(to_hear)))
    count = min(MOST_WORKERS, os.cpu_count() or 1) if workers is None else workers
    lot, lost = _Lot(shelf, now, analysis), 0
    answers = _answers(to_hear, hear, count)
    try:
        for answer in answers:
            lot.add(answer)
            if isinstance(answer, HeardTrack):
                told.heard += 1
            else:
                told.failed.append(answer)
            unreached = isinstance(answer, UnheardTrack) and answer.unreached
            lost = lost + 1 if unreached else 0
            if on_event is not None:
                on_event(answer)
            if isinstance(answer, UnheardTrack) and lost >= ENOUGH_LOST * max(1, count):
                raise ServiceTrouble(answer.problem, remedy=answer.remedy)
    finally:
        answers.close()
        lot.keep()
    find_songs(TrackShelf(database))
    return told


def _answers(
    tracks: Sequence[Track], hear: Callable[[Path, Track], Answer], workers: int
) -> Generator[Answer, None, None]:
    """Each track's answer; the folder their files lay in is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="affetto-", ignore_cleanup_errors=True) as folder:
        work = partial(hear, Path(folder))
        if workers == 0:
            yield from map(work, tracks)
            return
        crowd = crew.work_through(tracks, work, workers=workers, longest_s=LONGEST_S)
        with closing(crowd) as answers:  # type: ignore[type-var]
            for track, answer in answers:
                if isinstance(answer, crew.Died):
                    yield UnheardTrack(track, answer.problem, answer.remedy)
                else:
                    yield answer


def _must_sound(provider: str, library: Library, track: Track) -> None:
    if asyncio.run(library.sound(track.uri)) is None:
        raise Misuse(
            f"The tracks of {provider!r} cannot be read from here, so none can be heard.",
            remedy="For MPD, name its music_dir as this machine sees it; any folder of music is "
            "heard with `affetto library scan FOLDER`.",
        )


class _Lot:
    """Tracks heard and not yet kept."""

    def __init__(self, shelf: DistantShelf, now: Callable[[], datetime], analysis: str) -> None:
        self._shelf = shelf
        self._now = now
        self._analysis = analysis
        self._tracks: list[ShelvedTrack] = []
        self._since = 0.0

    def add(self, answer: Answer) -> None:
        if not self._tracks:
            self._since = time.monotonic()
        if isinstance(answer, HeardTrack):
            kept = ShelvedTrack(
                answer.track, heard_with=self._analysis, sound_print=answer.sound_print
            )
        elif answer.passing:
            return  # the next time tries again
        else:
            kept = ShelvedTrack(answer.track, answer.problem, answer.remedy, self._analysis)
        self._tracks.append(kept)
        if len(self._tracks) >= LOT or time.monotonic() - self._since >= LONGEST_WAIT_S:
            self.keep()

    def keep(self) -> None:
        try:
            self._shelf.save(self._tracks, now=self._now())
        except AffettoError:  # will not go better a second time, on the way out
            self._tracks = []
            raise
        self._tracks = []
