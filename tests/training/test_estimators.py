"""Judging a way of choosing from a log of another: right on the mean, and honest about doubt."""

from __future__ import annotations

import numpy as np
import pytest

from affetto.errors import AffettoError
from affetto_training.tastes import estimators
from affetto_training.tastes.estimators import LEAST, Estimate, Lists, Log

LOGGED = np.array([0.4, 0.3, 0.2, 0.1])  # chances of four songs
WANTED = np.array([0.1, 0.2, 0.3, 0.4])  # those of the judged policy
WORTH = np.array([0.2, 0.4, 0.6, 0.8])
TRUTH = float(WANTED @ WORTH)
WRONG = np.array([0.5, 0.3, 0.9, 0.2])  # a model that knows nothing


def log(n: int, seed: int, model: np.ndarray = WORTH, logged: np.ndarray = LOGGED) -> Log:
    rng = np.random.default_rng(seed)
    played = rng.choice(4, n, p=logged)
    reward = WORTH[played] + rng.normal(0, 0.3, n)
    hoped = np.full(n, WANTED @ model)
    return Log(reward, logged[played], WANTED[played], model[played], hoped)


def many(way, n: int = 400, times: int = 400, **settings) -> list[Estimate]:
    return [way(log(n, seed, **settings), 0.0) for seed in range(times)]


@pytest.mark.parametrize("way", [estimators.ips, estimators.snips, estimators.doubly_robust])
def test_what_another_policy_would_earn_is_right_on_the_mean_even_with_a_wrong_model(way) -> None:
    found = many(way, model=WRONG)
    values = np.array([e.value for e in found])
    assert abs(values.mean() - TRUTH) < 3 * values.std() / np.sqrt(len(values)) + 0.002


@pytest.mark.parametrize("way", [estimators.ips, estimators.snips, estimators.doubly_robust])
def test_a_95_percent_interval_holds_the_truth_about_95_times_of_100(way) -> None:
    found = many(way)
    held = np.mean([low <= TRUTH <= high for low, high in (e.interval for e in found)])
    assert 0.92 <= held <= 0.98
    assert np.mean([e.error for e in found]) == pytest.approx(
        np.std([e.value for e in found]), rel=0.12
    )


def test_the_direct_method_is_as_wrong_as_its_model() -> None:
    assert estimators.direct(log(400, 0)).value == pytest.approx(TRUTH)
    assert estimators.direct(log(400, 0, WRONG)).value == pytest.approx(WANTED @ WRONG)
    assert abs(WANTED @ WRONG - TRUTH) > 0.05


def test_a_good_model_makes_for_less_doubt_than_weights_alone() -> None:
    one = log(2000, 1)
    assert estimators.doubly_robust(one).error < estimators.snips(one).error
    assert estimators.snips(one).error < estimators.ips(one).error


def test_replay_is_the_mean_of_the_rows_where_both_agree() -> None:
    even = np.full(4, 0.25)
    one = log(4000, 2, logged=even)
    agreed = one.wanted == 0.4  # the policy that always plays the fourth song
    found = estimators.replay(one, agreed)
    assert found.value == pytest.approx(one.reward[agreed].mean())
    assert found.effective == agreed.sum()
    low, high = found.interval
    assert low <= WORTH[3] <= high


def test_replay_is_refused_where_chance_did_not_give_each_song_the_same() -> None:
    with pytest.raises(AffettoError, match="one and the same chance") as told:
        estimators.replay(log(4000, 0), np.ones(4000, bool))
    assert "SNIPS" in told.value.remedy


def test_nothing_is_told_from_an_effective_sample_below_200() -> None:
    small = log(200, 0)
    assert estimators.effective(small.weights) < LEAST == 200
    for way in (estimators.ips, estimators.snips, estimators.doubly_robust):
        with pytest.raises(AffettoError, match=r"effective sample of \d+ of 200 rows") as told:
            way(small)
        assert "Log more decisions" in told.value.remedy
        assert way(small, 50.0).effective < LEAST  # a study may go on, if it says so
    with pytest.raises(AffettoError, match="of 150 rows"):
        estimators.direct(log(150, 0))


def test_a_policy_that_never_plays_what_was_played_has_no_value_at_any_size() -> None:
    one = log(500, 0)
    never = Log(one.reward, one.logged, np.zeros(500))
    for way in (estimators.ips, estimators.snips):
        with pytest.raises(AffettoError, match="effective sample of 0"):
            way(never, 0.0)


def test_the_effective_sample_is_that_of_kish_and_the_largest_weight_is_told() -> None:
    assert estimators.effective(np.ones(300)) == 300
    assert estimators.effective(np.array([3.0, 1.0])) == pytest.approx(1.6)
    found = estimators.snips(log(2000, 0))
    assert found.largest == pytest.approx(4.0)
    assert found.effective == pytest.approx(2000 / float((WANTED**2 / LOGGED).sum()), rel=0.1)


def test_chance_judged_by_its_own_log_gains_nothing_over_itself() -> None:
    one = log(1000, 3)
    same = Log(one.reward, one.logged, one.logged)
    gain = estimators.snips(same).over(estimators.as_logged(same))
    assert (gain.value, gain.error) == (pytest.approx(0), pytest.approx(0))


def test_the_doubt_of_a_difference_is_that_of_rows_in_common() -> None:
    gains = []
    for seed in range(300):
        one = log(400, seed)
        gains.append(estimators.doubly_robust(one, 0.0).over(estimators.as_logged(one)))
    truth = TRUTH - float(LOGGED @ WORTH)
    held = np.mean([low <= truth <= high for low, high in (g.interval for g in gains)])
    assert 0.91 <= held <= 0.985


def test_plays_of_one_listener_that_hang_together_make_for_more_doubt() -> None:
    held = {True: [], False: []}
    for seed in range(300):
        rng = np.random.default_rng(seed)
        listeners = np.repeat(np.arange(40), 10)
        reward = rng.normal(0, 0.5, 40)[listeners] + rng.normal(0, 0.2, 400)
        for known in held:
            one = Log(reward, np.ones(400), np.ones(400), groups=listeners if known else None)
            low, high = estimators.snips(one).interval
            held[known].append(low <= 0 <= high)
    assert np.mean(held[True]) >= 0.9
    assert np.mean(held[False]) < 0.75


def test_a_list_is_judged_decision_by_decision() -> None:
    """Two songs a list; the second earns more after the fourth song. A wrong model stays right."""
    after = np.array([0.0, 0.0, 0.0, 0.5])
    truth = TRUTH + WANTED @ after + TRUTH
    values, held = [], []
    for seed in range(300):
        rng = np.random.default_rng(seed)
        played = rng.choice(4, (800, 2), p=LOGGED)
        reward = WORTH[played] + rng.normal(0, 0.2, (800, 2))
        reward[:, 1] += after[played[:, 0]]
        told = WRONG[played]
        hoped = np.full((800, 2), WANTED @ WRONG)
        lists = Lists(reward, LOGGED[played], WANTED[played], told, hoped)
        found = estimators.doubly_robust_lists(lists, 0.0)
        values.append(found.value)
        held.append(found.interval[0] <= truth <= found.interval[1])
    assert np.mean(values) == pytest.approx(truth, abs=3 * np.std(values) / np.sqrt(300))
    assert 0.91 <= np.mean(held) <= 0.985
    with pytest.raises(AffettoError, match="effective sample"):
        estimators.doubly_robust_lists(lists)


def test_a_log_that_cannot_be_is_named() -> None:
    with pytest.raises(AffettoError, match="differ in length"):
        Log(np.ones(3), np.ones(2), np.ones(3))
    with pytest.raises(AffettoError, match="outside of"):
        Log(np.ones(1), np.zeros(1), np.ones(1))
    with pytest.raises(AffettoError, match="needs a model"):
        estimators.doubly_robust(Log(np.ones(300), np.ones(300), np.ones(300)))
