"""Writing what was heard into the files' own tags, and taking it out again.

The scan would hear a changed file again. It need not hear our own changes: the sound is
the same, so the shelf is told the file's new stamp.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from affetto.music.tagging.replacing import failed
from affetto.music.tagging.splices import Untaggable
from affetto.music.tagging.writing import plan, undo, write, written_files
from affetto.music.tags import shown
from affetto.store.tracks import TrackShelf
from affetto.track import Track


class Left(NamedTuple):
    """Why a file was left as it is."""

    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with one file, or would be."""

    path: Path
    values: Mapping[str, str] = field(default_factory=dict)  # the tags, by name
    kept: str = ""  # the mood the file names itself
    changed: bool = False
    left: Left | None = None


def tag_files(
    shelf: TrackShelf, words: str, *, undo_folder: Path, write_them: bool = False
) -> Iterator[Step]:
    """Plan, or with ``write_them`` write, the tags of the tracks that hold all ``words``.

    Files that say it all already yield nothing.
    """
    paths = shelf.paths()
    for track in shelf.tracks():
        path = paths.get(track.uri)
        if path is None or track.features is None or not holds(track, words):
            continue
        try:
            planned = plan(path, track.features)
            if not planned.values:
                continue
            if write_them:
                known = _stamp(path)
                write(planned, undo_folder)
                shelf.restamp(str(path), known, _stamp(path))
            yield Step(path, planned.values, planned.kept, changed=write_them)
        except (Untaggable, OSError) as error:
            yield _left(path, error)


def holds(track: Track, words: str) -> bool:
    """Whether the title, artist and album of ``track`` hold all ``words``."""
    text = f"{track.title}\n{track.artist}\n{track.album}".casefold()
    return all(word in text for word in words.casefold().split())


def undo_tags(shelf: TrackShelf, words: str, *, undo_folder: Path) -> Iterator[Step]:
    """Restore the files whose tags we wrote and whose path or tags hold all ``words``."""
    wanted = words.casefold().split()
    tracks = {track.uri: track for track in shelf.tracks()} if wanted else {}
    said = {
        str(path): f"{tracks[uri].title}\n{tracks[uri].artist}\n{tracks[uri].album}"
        for uri, path in shelf.paths().items()
        if uri in tracks
    }
    for path in written_files(undo_folder):
        text = f"{shown(path)}\n{said.get(str(path), '')}".casefold()
        if not all(word in text for word in wanted):
            continue
        try:
            known = _stamp(path)
            undo(path, undo_folder)
            shelf.restamp(str(path), known, _stamp(path))
            yield Step(path, changed=True)
        except (Untaggable, OSError) as error:
            yield _left(path, error)


def _left(path: Path, error: Untaggable | OSError) -> Step:
    """Why nothing was done; a disk that fails under one file leaves the others to try."""
    why = failed(error) if isinstance(error, OSError) else error
    return Step(path, left=Left(why.problem, why.remedy))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = os.stat(path)  # noqa: PTH116 - as the scan does it
    except OSError:
        return -1, -1
    return status.st_mtime_ns, status.st_size
