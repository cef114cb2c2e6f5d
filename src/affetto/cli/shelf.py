"""What the commands on the listener's own music share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from affetto.store.tracks import TrackShelf


class Trouble(Protocol):
    """A file or folder with which something was not done, and why."""

    @property
    def path(self) -> str:
        """Which file or folder."""

    @property
    def problem(self) -> str:
        """What is wrong, in one sentence."""

    @property
    def remedy(self) -> str:
        """What to do about it, in one sentence."""


@contextmanager
def open_shelf() -> Iterator[TrackShelf]:
    """The scanned music of the settings in force."""
    from affetto.settings import load
    from affetto.store.tracks import TrackShelf
    from affetto.wiring import open_database

    database = open_database(load())
    try:
        yield TrackShelf(database)
    finally:
        database.close()


def files(count: int) -> str:
    """``count`` files, in words."""
    return "1 file" if count == 1 else f"{count} files"


def reasons(found: Sequence[Trouble], most: int | None = None) -> Iterator[str]:
    """Each problem with its remedy, then the paths that have it, indented."""
    from affetto.music.tags import shown

    by_reason: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in found:
        by_reason[one.problem, one.remedy].append(one.path)
    for (problem, remedy), paths in by_reason.items():
        yield f"{problem} {remedy}"
        for path in paths[:most]:
            yield f"  {shown(path)}"
        if most is not None and len(paths) > most:
            yield f"  … and {len(paths) - most} more; --json names them all."


def troubles(found: Sequence[Trouble]) -> list[dict[str, str]]:
    """The same for machines: each path with its problem and remedy."""
    from affetto.music.tags import as_text

    return [
        {"path": as_text(one.path), "problem": one.problem, "remedy": one.remedy} for one in found
    ]
