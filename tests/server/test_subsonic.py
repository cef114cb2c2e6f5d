"""A session with songs from a real Subsonic server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from affetto.music.subsonic.streaming import PAUSES_S
from affetto.settings import Settings
from affetto.store.database import Database
from affetto.wiring import House
from subsonic_evening import spend, write_long_songs
from subsonic_kit import Supysonic


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Supysonic]:
    server = Supysonic(tmp_path / "home", write_long_songs(tmp_path / "music", 2, 16))
    server.start()
    yield server
    server.stop()


def test_a_session_hears_every_song_whole_though_its_server_is_started_again(
    server: Supysonic, tmp_path: Path, database: Database
) -> None:
    settings = Settings(data_dir=tmp_path / "data", demo=False, providers=())
    with House(settings, database=database, libraries={}) as house:
        evening = asyncio.run(spend(house, server, songs=2, restart_in={0}))
    assert evening.whole == [True, True]
    assert len(evening.restarts_s) == 1
    assert evening.longest_silence_s >= PAUSES_S[0]  # it did break off, and was waited for
