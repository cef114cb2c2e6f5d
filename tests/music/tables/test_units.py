from __future__ import annotations

import numpy as np
import pytest

from affetto.music.tables.units import Unit, unit_of

SPREAD = np.linspace(0.0, 1.0, 50)


def unit(column: str, values: object, header: str = "", **others: object) -> Unit:
    sample = {column: np.asarray(values, np.float64)}
    sample |= {name: np.asarray(other, np.float64) for name, other in others.items()}
    return unit_of(column, header or column, sample)


def ours(column: str, values: list[float], **others: object) -> list[float]:
    told, _ = unit(column, values, **others).applied(np.array(values))
    return [round(float(value), 3) for value in told]


def test_milliseconds_become_seconds_and_seconds_stay() -> None:
    assert ours("duration", [180_000, 240_500]) == [180, 240.5]
    assert ours("duration", [180, 240.5]) == [180, 240.5]
    assert unit("duration", [4000.0], "duration_ms").factor == 0.001


def test_minutes_become_seconds_unless_some_song_is_longer_than_they_could_say() -> None:
    assert ours("duration", [3.5, 4.25, 0.5]) == [210, 255, 30]
    assert ours("duration", [3.5, 4.25, 150]) == [3.5, 4.25, 150]


def test_percent_becomes_shares_for_all_columns_together() -> None:
    told = unit("energy", SPREAD * 90, valence=SPREAD * 80, liveness=SPREAD)
    assert told.factor == 0.01 and told.words
    assert unit("energy", SPREAD, valence=SPREAD).words == ""
    odd = np.append(SPREAD, 55.0)  # one odd row does not make it percent
    assert unit("energy", odd).factor == 1.0
    assert unit("energy", odd).applied(odd)[1] == 1


def test_popularity_of_shares_becomes_that_of_a_hundred() -> None:
    assert ours("popularity", [0.25, 0.5]) == [25, 50]
    assert ours("popularity", [0.0, 1.0]) == [0, 1]


def test_loudness_becomes_decibels_below_full_scale() -> None:
    assert ours("loudness", [-7.5, -12]) == [-7.5, -12]
    assert ours("loudness", [7.5, 12]) == [-7.5, -12]
    assert ours("loudness", [0.1, 1.0]) == [-20, 0]


def test_moods_on_other_scales_come_to_the_map() -> None:
    assert ours("mood_valence", [1, 5, 9], mood_arousal=[2, 3, 8]) == [-1, 0, 1]
    assert ours("mood_valence", [-0.5, 1], mood_arousal=[0, 0]) == [-0.5, 1]
    scores = np.random.default_rng(3).normal(size=300)
    told = unit("mood_valence", scores, mood_arousal=scores)
    assert told.clips and told.applied(np.array([0.0, 9.0]))[0].tolist() == [0, 1]
    assert (
        unit("mood_valence_sd", [2.0, 2.0], mood_valence=[1, 9], mood_arousal=[2, 3]).factor == 0.25
    )


def test_a_column_in_no_known_unit_is_not_guessed_at() -> None:
    told = unit("popularity", [1e6, 2e7, 3e8])
    assert "1e+06" in told.unknown
    assert np.isnan(told.applied(np.array([5.0]))[0]).all()


def test_numbers_that_cannot_be_are_unknown_and_counted() -> None:
    told, out = Unit("tempo").applied(np.array([120.0, 0.0, 1e308, np.nan]))
    assert out == 2 and told[0] == 120 and np.isnan(told[1:]).all()


def test_a_hair_too_much_is_the_end_of_the_scale() -> None:
    told, out = Unit("energy").applied(np.array([1.0000001, -1e-9]))
    assert out == 0 and told.tolist() == [1.0, 0.0]


@pytest.mark.parametrize("column", ["energy", "duration", "mood_valence", "popularity"])
def test_an_empty_column_has_no_unit(column: str) -> None:
    assert unit(column, [np.nan]).words == ""
