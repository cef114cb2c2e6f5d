"""A long evening with MPD, which is started again in the middle."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from affetto.choice import Answer
from affetto.wiring import House
from long_kit import Proof
from mpd_evening import spend
from mpd_kit import Mpd, write_pieces

pytestmark = [pytest.mark.long, pytest.mark.evening]

MINUTES = float(os.environ.get("AFFETTO_MPD_MINUTES", "30"))
PIECE_S = 12.0


@pytest.fixture
def mpd(tmp_path: Path) -> Iterator[Mpd]:
    mpd = Mpd(tmp_path / "home", write_pieces(tmp_path / "music", 30, PIECE_S))
    mpd.start()
    yield mpd
    mpd.stop()


def test_an_evening_with_mpd_goes_on_though_mpd_is_started_again(
    house: House, mpd: Mpd, proof: Proof
) -> None:
    songs = max(4, round(MINUTES * 60 / PIECE_S))
    restarts = (songs // 3, songs // 2, 2 * songs // 3)
    begun = time.monotonic()
    evening = spend(house, mpd, songs=songs, restart_after=restarts, piece_s=PIECE_S)
    minutes = (time.monotonic() - begun) / 60
    finished = [uri for uri, answer in evening.answers if answer is Answer.FINISHED]
    late_s = minutes * 60 - (songs - 1) * PIECE_S - sum(evening.away_s)
    proof(
        "mpd-evening",
        f"A session played {minutes:.1f} minutes through a real MPD, pieces of {PIECE_S:g} s, and "
        f"MPD was ended and started again in the middle of {len(set(restarts))} of them.",
        {
            "songs begun": len(evening.heard),
            "finished, by the session's own word": len(finished),
            "most songs in MPD's queue": evening.longest_queue,
            "from MPD's end to music again": ", ".join(f"{s:.1f} s" for s in evening.away_s),
            "other silence, in all": f"{max(0.0, late_s):.1f} s",
        },
    )
    assert finished == evening.heard[: songs - 1]
    assert evening.longest_queue <= 2
    assert len(evening.away_s) == len(set(restarts))
    assert late_s < 0.2 * songs
