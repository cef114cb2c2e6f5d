"""A long evening with a Subsonic server, which is started again in the middle of songs."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from affetto.wiring import House
from long_kit import Proof
from subsonic_evening import spend, write_long_songs
from subsonic_kit import Supysonic

pytestmark = [pytest.mark.long, pytest.mark.evening]

MINUTES = float(os.environ.get("AFFETTO_SUBSONIC_MINUTES", "30"))
PIECE_S = 12.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Supysonic]:
    server = Supysonic(tmp_path / "home", write_long_songs(tmp_path / "music", 12, 20))
    server.start()
    yield server
    server.stop()


def test_an_evening_goes_on_though_the_server_is_started_again(
    house: House, server: Supysonic, proof: Proof
) -> None:
    songs = max(4, round(MINUTES * 60 / PIECE_S))
    restarts = {songs // 3, songs // 2, 2 * songs // 3}
    begun = time.monotonic()
    evening = asyncio.run(spend(house, server, songs=songs, restart_in=restarts, piece_s=PIECE_S))
    minutes = (time.monotonic() - begun) / 60
    proof(
        "subsonic-evening",
        f"A session fetched songs of 20 MB from a real Supysonic for {minutes:.1f} minutes, each "
        f"within {PIECE_S:g} s, and the server was killed and started again in the middle of "
        f"{len(restarts)} of them.",
        {
            "songs": len(evening.heard),
            "that came byte for byte": sum(evening.whole),
            "server away": ", ".join(f"{s:.1f} s" for s in evening.restarts_s),
            "longest wait for the next bytes of a song": f"{evening.longest_silence_s:.1f} s",
        },
    )
    assert evening.whole == [True] * songs
    assert len(evening.restarts_s) == len(restarts)
    assert evening.longest_silence_s < 16.0
