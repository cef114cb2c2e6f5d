"""A session that sounds in a real MPD."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from affetto.choice import Answer
from affetto.wiring import House
from mpd_evening import spend
from mpd_kit import Mpd, write_pieces

PIECE_S = 1.5


@pytest.fixture
def mpd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mpd]:
    folder = tmp_path_factory.mktemp("mpd")
    mpd = Mpd(folder / "home", write_pieces(folder / "music", 6, PIECE_S))
    mpd.start()
    yield mpd
    mpd.stop()


def test_a_session_goes_from_song_to_song_and_survives_mpd_being_started_again(
    house: House, mpd: Mpd
) -> None:
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.2))

    evening = spend(house, mpd, songs=3, restart_after=(2,), piece_s=PIECE_S, sleep=sleep)
    assert len(evening.heard) == len(set(evening.heard)) == 3  # none again, none skipped
    # The third may be over by now, where the machine is slow.
    assert evening.answers[:2] == [(uri, Answer.FINISHED) for uri in evening.heard[:2]]
    assert evening.longest_queue == 2
    assert evening.states == {"waiting"}
    assert evening.away_s[0] < 10
