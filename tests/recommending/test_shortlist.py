from __future__ import annotations

import numpy as np
import pytest

from affetto.emotion import Affect, Covariance
from affetto.recommending.fit import Candidates
from affetto.recommending.shortlist import Closeness, Floats, best, spread

PLACES = [Affect(-0.6, 0.6), None, Affect(0.9, -0.9)]


def many(n: int, seed: int = 0) -> Candidates:
    """Tracks as numbers only."""
    rng = np.random.default_rng(seed)
    candidates = Candidates([])
    candidates.valence, candidates.arousal = rng.uniform(-1, 1, (2, n)).astype(np.float32)
    candidates.valence_var, candidates.arousal_var = rng.uniform(0.02, 0.3, (2, n)).astype(
        np.float32
    )
    return candidates


def closeness(candidates: Candidates) -> Closeness:
    return Closeness(candidates, Covariance(0.03, 0.01, 0.02), 0.02, 0.04)


def liking(n: int) -> Floats:
    return np.random.default_rng(1).normal(0.3, 0.1, n).astype(np.float32)


def test_closeness_is_the_weighed_distance_of_two_unsure_points() -> None:
    candidates = many(50)
    place = Affect(0.3, -0.2)
    one = closeness(candidates)
    told = one.at(np.arange(50), place)
    scale = np.diag(np.sqrt([0.02, 0.04]))
    usual = (0.35**2 + 0.03) * (0.30**2 + 0.02) - 0.01**2
    for row in range(50):
        off = scale @ [candidates.valence[row] - 0.3, candidates.arousal[row] + 0.2]
        doubt = np.diag([candidates.valence_var[row], candidates.arousal_var[row]])
        doubt += np.array([[0.03, 0.01], [0.01, 0.02]])
        vague = 0.03 * np.log(np.linalg.det(doubt) / usual)
        assert told[row] == pytest.approx(-(off @ np.linalg.inv(doubt) @ off) - vague, abs=1e-4)
    assert not one.at(np.arange(50), None).any()


@pytest.mark.parametrize("n", [300, 40_000])
def test_of_many_tracks_the_same_are_found_as_by_sorting_all(n: int) -> None:
    one, gain = closeness(many(n)), liking(n)
    for place, rows in zip(PLACES, best(one, gain, PLACES, 50), strict=True):
        score = gain + one.at(np.arange(n), place)
        assert score[rows] == pytest.approx(np.sort(score)[::-1][:50], abs=1e-5)
        assert len(set(rows.tolist())) == 50


def test_what_shall_not_be_found_is_not_found() -> None:
    one, gain = closeness(many(40_000)), liking(40_000)
    gain[::2] = -np.inf
    assert all(np.all(rows % 2 == 1) for rows in best(one, gain, PLACES, 50))
    gain[:] = -np.inf
    gain[[7, 30_000]] = 0.0
    assert sorted(best(one, gain, PLACES[:1], 50)[0].tolist()) == [7, 30_000]


def test_the_best_are_found_although_a_sample_shows_none_of_them() -> None:
    one = closeness(many(40_000))
    gain = np.zeros(40_000, np.float32)
    gain[::9] = 5.0  # only what a sample sees is liked
    (rows,) = best(one, gain, PLACES[:1], 6000)
    assert len(rows) == 6000
    score = gain + one.at(np.arange(40_000), PLACES[0])
    assert score[rows].min() == pytest.approx(np.sort(score)[-6000], abs=1e-4)


def test_of_one_artist_only_the_first_few_stay() -> None:
    artist = np.array([0, 0, 0, 1, 0, 1, 2], np.int32)
    rows = np.array([6, 0, 1, 3, 2, 4, 5])
    assert spread(rows, artist, 2).tolist() == [6, 0, 1, 3, 5]
    assert spread(rows[:0], artist).tolist() == []
