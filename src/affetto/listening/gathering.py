"""Bringing a folder's music onto the shelf: scan, and keep what was heard in small lots.

What is on the shelf survives anything, a power cut too; a scan cut short loses at most
the last lot, and the next scan goes on from there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from affetto.errors import AffettoError
from affetto.music.recordings import Recording, songs
from affetto.music.scanning import (
    OUTDATED,
    UNSEEN,
    Event,
    FailedFile,
    FailedFolder,
    GoneFile,
    ScannedFile,
    Stamp,
    Surveyed,
    folder_at,
    heard_with,
    local_uri,
    scan,
)
from affetto.store.tracks import ShelvedFile, TrackShelf, Unreadable

LOT: Final = 32  # files kept together
LONGEST_WAIT_S: Final = 0.5  # how long a heard file waits to be kept


@dataclass(slots=True)
class Gathered:
    """What a scan came to, so far."""

    new: int = 0
    changed: int = 0
    again: int = 0  # known from an older analysis
    unchanged: int = 0
    gone: int = 0
    failed: list[FailedFile] = field(default_factory=list)
    still_unreadable: list[Unreadable] = field(default_factory=list)  # since an earlier scan
    shut: list[FailedFolder] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)  # ending -> files, for PyAV
    unplayable: Counter[str] = field(default_factory=Counter)  # ending -> files, in the page

    @property
    def heard(self) -> int:
        """How many files were listened to and understood."""
        return self.new + self.changed + self.again


def scan_into(
    shelf: TrackShelf,
    root: Path,
    *,
    now: Callable[[], datetime],
    workers: int | None = None,
    on_event: Callable[[Event], None] | None = None,
    listen: Callable[[str], ScannedFile | FailedFile] | None = None,
    all_gone: bool = False,
    settling_since_ns: int | None = None,
) -> Gathered:
    """Scan the folder ``root`` onto ``shelf``; ``on_event`` hears of each step.

    ``workers`` and what follows ``on_event`` are those of ``music.scanning.scan``. However
    it ends, an interruption included, what was heard is kept before this returns or raises.

    Raises Misuse when ``root`` cannot be looked into or has lost all its music, and
    StoreTrouble when the shelf cannot be written (a full disk, say).
    """
    top = folder_at(root)
    analysis = heard_with()
    known = {path: Stamp(*stamp) for path, stamp in shelf.stamps(top).items()}
    known |= dict.fromkeys(shelf.heard_otherwise(top, analysis), OUTDATED)
    failing = {one.path: (one.problem, one.remedy) for one in shelf.failures(top)}
    gathered = Gathered()
    lot = _Lot(shelf, now, analysis)
    steps = scan(
        top,
        known=known,
        workers=workers,
        listen=listen,
        all_gone=all_gone,
        settling_since_ns=settling_since_ns,
    )
    try:
        for event in steps:
            if not _fails_as_before(event, known, failing):
                _count(event, gathered, known)
                lot.add(event)
            if on_event is not None:
                on_event(event)
    finally:
        steps.close()
        lot.keep()
    find_songs(shelf)
    failed = {one.path for one in gathered.failed}
    gathered.still_unreadable = [one for one in shelf.failures(top) if one.path not in failed]
    return gathered


def find_songs(shelf: TrackShelf) -> None:
    """Tell which files hold the same recording: the newly heard among all on the shelf."""
    if not shelf.has_uncompared():
        return
    compared: list[str] = []

    def recordings() -> Iterator[Recording]:
        for one in shelf.prints():
            if one.song is None:
                compared.append(one.uri)
            yield Recording(
                one.uri, one.title, one.artist, one.duration_s, one.sound_print, one.song
            )

    found = songs(recordings())
    shelf.name_songs(found.of, found.renamed, compared=compared)


def _fails_as_before(
    event: Event, known: dict[str, Stamp], failing: dict[str, tuple[str, str]]
) -> bool:
    """Whether a file that is tried at every scan, a dangling link say, failed once more."""
    return (
        isinstance(event, FailedFile)
        and event.stamp == UNSEEN == known.get(event.path)
        and failing.get(event.path) == (event.problem, event.remedy)
    )


class _Lot:
    """Files heard and not yet kept."""

    def __init__(self, shelf: TrackShelf, now: Callable[[], datetime], heard_with: str) -> None:
        self._shelf = shelf
        self._now = now
        self._heard_with = heard_with
        self._files: list[ShelvedFile] = []
        self._gone: list[str] = []
        self._since = 0.0

    def add(self, event: Event) -> None:
        if not self._files and not self._gone:
            self._since = time.monotonic()
        match event:
            case ScannedFile(path, stamp, track, known_by):
                self._files.append(
                    ShelvedFile(
                        track.uri,
                        path,
                        stamp,
                        track,
                        heard_with=self._heard_with,
                        sound_print=known_by,
                    )
                )
            case FailedFile(path, stamp, problem, remedy):
                self._files.append(
                    ShelvedFile(
                        local_uri(path), path, stamp, None, problem, remedy, self._heard_with
                    )
                )
            case GoneFile(path):
                self._gone.append(path)
            case _:
                return
        full = len(self._files) + len(self._gone) >= LOT
        if full or time.monotonic() - self._since >= LONGEST_WAIT_S:
            self.keep()

    def keep(self) -> None:
        try:
            self._shelf.save(self._files, self._gone, now=self._now())
        except AffettoError:  # will not go better a second time, on the way out
            self._files, self._gone = [], []
            raise
        self._files, self._gone = [], []


def _count(event: Event, gathered: Gathered, known: dict[str, Stamp]) -> None:
    match event:
        case Surveyed():
            gathered.unchanged = event.unchanged
            gathered.passed_over.update(event.passed_over)
            gathered.unplayable.update(event.unplayable)
        case ScannedFile(path):
            if known.get(path) == OUTDATED:
                gathered.again += 1
            elif path in known:
                gathered.changed += 1
            else:
                gathered.new += 1
        case FailedFile():
            gathered.failed.append(event)
        case FailedFolder():
            gathered.shut.append(event)
        case GoneFile():
            gathered.gone += 1
