from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from affetto.store.database import Database
from affetto.store.tracks import TrackShelf


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "affetto.db")
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def shelf(database: Database) -> TrackShelf:
    return TrackShelf(database)
