from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.emotion import Affect, Covariance
from affetto.mood.following import PEOPLE, Following, Population, refitted

FIRM = Covariance(0.01, 0.0, 0.01)
VAGUE = Covariance(0.3, 0.0, 0.3)


def test_a_listener_nobody_has_read_is_like_other_people() -> None:
    new = Following()
    assert new.mean == new.usual == PEOPLE.usual
    assert new.inertia == PEOPLE.inertia
    assert new.covariance.vv == pytest.approx(0.15**2 + 0.36**2)


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1), st.floats(0, 4000))
def test_a_missing_reading_changes_nothing(v: float, a: float, share: float, s: float) -> None:
    listener = Following()
    listener.observe(Affect(v, a), VAGUE)
    listener.carry((0.1, -0.2), share, s)
    before = listener.to_record()
    listener.observe(None, FIRM)
    assert listener.to_record() == before


def test_a_mood_goes_back_toward_the_usual_track_by_track() -> None:
    listener = Following()
    listener.observe(Affect(-0.8, 0.7), FIRM)
    gaps, spreads = [], []
    for _ in range(6):
        listener.carry()
        gaps.append(listener.mean.distance(listener.usual))
        spreads.append(listener.covariance.vv)
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[1] / gaps[0] == pytest.approx(0.58, abs=0.05)
    assert spreads == sorted(spreads)


def test_half_a_track_carries_half_as_far_and_two_halves_as_far_as_one() -> None:
    once, twice = Following(), Following()
    for listener in (once, twice):
        listener.observe(Affect(-0.8, 0.7), FIRM)
    once.carry(None, 1.0, 210)
    twice.carry(None, 0.5, 105)
    twice.carry(None, 0.5, 105)
    assert once.mean.distance(twice.mean) < 1e-9
    assert np.allclose(once.covariance, twice.covariance)


def test_what_music_does_counts_by_how_much_of_it_was_heard() -> None:
    whole, half, none = Following(), Following(), Following()
    whole.carry((0.2, -0.1), 1.0)
    half.carry((0.2, -0.1), 0.5)
    none.carry((0.2, -0.1), 0.0)
    assert whole.mean.valence - none.mean.valence == pytest.approx(0.2)
    assert half.mean.valence - none.mean.valence == pytest.approx(0.1)


def test_the_own_word_wins_however_far_off_it_is() -> None:
    said, sensed = Following(), Following()
    for listener in (said, sensed):
        for _ in range(5):
            listener.observe(Affect(0.6, -0.3), FIRM)
    said.observe(Affect(-0.9, 0.9), VAGUE, own=True)
    sensed.observe(Affect(-0.9, 0.9), Covariance(0.0064, 0.0, 0.0064))
    assert said.mean.distance(Affect(-0.9, 0.9)) < sensed.mean.distance(Affect(-0.9, 0.9))
    fresh = Following()
    fresh.observe(Affect(-0.9, 0.9), VAGUE, own=True)
    assert fresh.mean.distance(Affect(-0.9, 0.9)) < 0.1


def test_one_wild_reading_moves_the_belief_less_than_it_says() -> None:
    calm, wild = Following(), Following()
    for listener in (calm, wild):
        for _ in range(4):
            listener.observe(Affect(0.4, -0.4), FIRM)
    plain = 0.0025 / (0.0025 + 0.01)  # what four readings leave against a fifth
    wild.observe(Affect(-0.9, 0.9), FIRM)
    assert wild.mean.distance(calm.mean) < plain * Affect(-0.9, 0.9).distance(calm.mean) / 2


def test_the_usual_mood_is_learned_from_sittings_days_apart() -> None:
    rng = np.random.default_rng(1)
    listener = Following()
    for _ in range(40):
        listener.wait(86_400)
        listener.observe(Affect.clipped(*rng.normal((-0.4, 0.3), 0.2)), FIRM)
    assert listener.usual.distance(Affect(-0.4, 0.3)) < 0.2
    assert listener.usual_covariance.vv < 0.15**2 / 3
    assert listener.usual.distance(Affect(-0.4, 0.3)) < Following().usual.distance(
        Affect(-0.4, 0.3)
    )


@pytest.mark.parametrize("true", [0.3, 0.9])
def test_a_listener_whose_moods_last_is_told_from_one_whose_moods_pass(true: float) -> None:
    rng = np.random.default_rng(2)
    listener = Following()
    usual = np.array([0.25, 0.0])
    for _ in range(60):
        mood = usual + rng.normal(0, 0.36, 2)
        listener.wait(86_400)
        listener.observe(Affect.clipped(*mood), FIRM)
        for _ in range(4):
            mood = usual + true * (mood - usual) + rng.normal(0, 0.36 * (1 - true**2) ** 0.5, 2)
            listener.carry()
            listener.observe(Affect.clipped(*mood), FIRM)
    assert listener.inertia == pytest.approx((true, true), abs=0.12)


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 0.5)), max_size=12))
def test_whatever_is_read_the_belief_stays_a_belief(
    told: list[tuple[float, float, float]],
) -> None:
    listener = Following()
    for valence, arousal, doubt in told:
        listener.observe(Affect(valence, arousal), Covariance(doubt, 0.0, doubt / 2))
        listener.carry((valence, arousal), 1.0, 300 * doubt)
    assert np.all(np.linalg.eigvalsh(listener._doubt) > -1e-9)
    assert all(0.05 <= rho <= 0.95 for rho in listener.inertia)


def test_a_record_brings_back_exactly_the_same_listener_in_few_bytes() -> None:
    listener = Following()
    for place in (Affect(0.3, -0.7), Affect(-0.123456789, 0.7)):
        listener.observe(place, VAGUE)
        listener.carry((0.01, 0.02), 0.7, 140)
    text = json.dumps(listener.to_record())
    again = Following.from_record(json.loads(text))
    for one in (listener, again):
        one.carry((0.1, 0.0))
        one.observe(Affect(0.5, 0.5), FIRM)
    assert again.to_record() == listener.to_record()
    assert len(text) < 700


def test_a_new_listener_is_met_as_those_before_were() -> None:
    gloomy = []
    for _ in range(30):
        listener = Following()
        for _ in range(10):
            listener.wait(86_400)
            listener.observe(Affect(-0.4, -0.4), FIRM)
        gloomy.append(listener)
    people = refitted(Population(), gloomy)
    assert Following(people).mean.valence < 0.0
    assert refitted(Population(), [Following()]) == Population()
