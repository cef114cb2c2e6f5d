"""What the commands on the listener's own music share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from affetto.store.tracks import TrackShelf


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
