from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.choice import Goal
from affetto.emotion import Affect, Covariance, MoodState
from affetto.mood.path import CALMED, LIFTED, destination, target

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def mood(valence: float, arousal: float) -> MoodState:
    return MoodState(Affect(valence, arousal), Covariance(0.02, 0.0, 0.02), NOON)


def test_matching_stays_with_the_mood_at_every_step() -> None:
    for step in range(6):
        assert target(Goal.MATCH, mood(-0.4, 0.3), step) == Affect(-0.4, 0.3)


def test_an_unknown_mood_cannot_be_matched_but_can_be_led() -> None:
    assert target(Goal.MATCH, None, 0) is None
    assert target(Goal.CALM, None, 0) == CALMED
    assert target(Goal.LIFT, None, 0) == LIFTED


@pytest.mark.parametrize("goal", [Goal.LIFT, Goal.CALM, Goal.FOCUS])
def test_a_goal_is_met_step_by_step_and_reached_at_the_fourth_track(goal: Goal) -> None:
    start = mood(-0.7, 0.7)
    end = destination(goal, start.mean)
    assert end is not None
    points = [target(goal, start, step) for step in range(5)]
    gaps = [p.distance(end) for p in points if p is not None]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 0.5
    assert gaps[3] == pytest.approx(0.0) and gaps[4] == pytest.approx(0.0)


@given(st.floats(-1, 1), st.floats(-1, 1), st.integers(0, 9))
def test_lifting_never_leads_down_and_calming_never_stirs(v: float, a: float, step: int) -> None:
    lifted, calmed = target(Goal.LIFT, mood(v, a), step), target(Goal.CALM, mood(v, a), step)
    assert lifted is not None and lifted.valence >= v - 1e-9
    assert calmed is not None and calmed.arousal <= a + 1e-9
