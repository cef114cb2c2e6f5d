"""What holds for every test."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from affetto.store.database import Database
from affetto.store.tracks import TrackShelf

# A shell that runs us in the background has us ignore Ctrl-C, and so would every program that
# a test starts and then interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, made once and copied for each test."""
    path = tmp_path_factory.mktemp("fresh") / "affetto.db"
    database = Database.at(path)
    database.migrate()
    database.close()
    return path


@pytest.fixture
def database(tmp_path: Path, fresh_database: Path) -> Iterator[Database]:
    database = Database.at(shutil.copy(fresh_database, tmp_path / "affetto.db"))
    yield database
    database.close()


@pytest.fixture
def shelf(database: Database) -> TrackShelf:
    return TrackShelf(database)
