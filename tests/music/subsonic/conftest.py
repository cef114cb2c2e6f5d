from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from music.subsonic.fake import FakeServer, song
from subsonic_kit import Supysonic, write_songs


@pytest.fixture(scope="session")
def songs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_songs(tmp_path_factory.mktemp("subsonic") / "music")


@pytest.fixture(scope="session")
def supysonic(songs_folder: Path) -> Iterator[Supysonic]:
    """A real server, shared by all tests: leave it running and its stars as they were."""
    server = Supysonic(songs_folder.parent / "home", songs_folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    server = FakeServer([song(n) for n in range(3)])
    yield server
    server.close()
