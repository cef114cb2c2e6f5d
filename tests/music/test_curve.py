from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from affetto.errors import UnreadableSound
from affetto.music.curve import MOST_POINTS, STEP_S, curve
from music.sounds import A_MAJOR, RATE, beats, chord, write

QUIET = chord((110.0, 165.0), 18, level=0.02)
WILD = beats(170, 18, 0.8) + beats(340, 18, 0.3)


@pytest.mark.parametrize("ending", [".mp3", ".ogg", ".flac", ".wav"])
def test_a_curve_rises_where_the_music_wakes_up(tmp_path: Path, ending: str) -> None:
    told = curve(write(tmp_path / f"piece{ending}", np.concatenate([QUIET, WILD])))
    assert len(told.times_s) == len(told.valence) == len(told.loudness_db) == 6
    assert told.times_s == (3, 9, 15, 21, 27, 33)
    assert max(told.arousal[:3]) < min(told.arousal[3:]) - 0.3
    assert max(told.loudness_db[:3]) < min(told.loudness_db[3:])
    assert all(-1 <= value <= 1 for value in (*told.valence, *told.arousal))


def test_a_sound_shorter_than_a_step_has_one_point(tmp_path: Path) -> None:
    told = curve(write(tmp_path / "click.wav", chord(A_MAJOR, 0.5)))
    assert len(told.times_s) == 1


def test_a_long_mix_is_told_in_wider_steps_and_no_more_points(tmp_path: Path) -> None:
    quiet, wild = (np.tile(one[: 6 * RATE : 5], 140) for one in (QUIET, WILD))
    told = curve(write(tmp_path / "mix.wav", np.concatenate([quiet, wild]), rate=RATE // 5))
    assert len(told.times_s) == MOST_POINTS
    assert told.step_s > STEP_S
    assert told.times_s[-1] < 280 * 6 < told.times_s[-1] + told.step_s
    assert np.mean(told.arousal[:120]) < np.mean(told.arousal[120:]) - 0.3


def test_a_torn_file_is_told_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write(tmp_path / "torn.flac", np.concatenate([QUIET, WILD]))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 1 <= len(curve(path).times_s) <= 6


def test_what_is_no_sound_has_no_curve(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(b"just some words, no music\n" * 100)
    with pytest.raises(UnreadableSound):
        curve(path)
