from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.choice import Goal
from affetto.emotion import Affect
from affetto.recommending.reasons import reason
from affetto.track import TrackFeatures

TENSE, PARTY = Affect(-0.6, 0.6), Affect(0.5, 0.5)
AXIS = st.floats(-1, 1)


def said(
    v: float, a: float, goal: Goal, mood: Affect, target: Affect | None, end: Affect | None
) -> str:
    features = TrackFeatures(v, a, 0.2, 0.2)
    return reason(features, goal=goal, mood=mood, target=target, liked=False, end=end)


def test_a_dark_track_is_not_where_one_asked_to_go_when_that_is_bright() -> None:
    here = Affect(-0.54, 0.34)
    assert said(-0.54, 0.34, Goal.PLACE, TENSE, here, PARTY) == (
        "Dark and lively, near the way to the place you chose."
    )
    assert said(0.4, 0.4, Goal.PLACE, TENSE, PARTY, PARTY) == (
        "Bright and lively, where you asked to go."
    )


def test_a_step_toward_a_place_is_named_by_the_way_there() -> None:
    sad = Affect(-0.6, -0.5)
    toward = said(0.2, 0.2, Goal.PLACE, PARTY, Affect(0.1, 0.1), sad)
    assert toward.startswith("Darker and quieter than where you are")
    lively = said(0.3, 0.8, Goal.PLACE, PARTY, Affect(0.3, 0.6), sad)
    assert lively == "Bright and full of energy, near the way to the place you chose."


def test_nobody_is_told_of_a_place_that_is_not_known() -> None:
    assert said(0.1, 0.1, Goal.PLACE, TENSE, Affect(0, 0), None) == (
        "Even and steady, near the way to the place you chose."
    )


def test_only_quieter_music_is_a_step_toward_sleep() -> None:
    sad, asleep = Affect(-0.6, -0.5), Affect(0.2, -0.85)
    livelier = said(-0.5, -0.2, Goal.SLEEP, sad, Affect(-0.5, -0.5), asleep)
    assert livelier == "Wistful and gentle, near the way to sleep."
    quieter = said(0.3, 0.1, Goal.SLEEP, PARTY, Affect(0.4, 0.2), asleep)
    assert quieter == "Quieter than where you are, a step toward sleep."


@given(AXIS, AXIS, AXIS, AXIS, AXIS, AXIS, st.sampled_from([Goal.PLACE, Goal.FOCUS, Goal.SLEEP]))
def test_a_step_said_of_leads_where_one_wants_to_be(
    v: float, a: float, mv: float, ma: float, ev: float, ea: float, goal: Goal
) -> None:
    mood, end, here = Affect(mv, ma), Affect(ev, ea), Affect(v, a)
    words = said(v, a, goal, mood, here, end)
    step, told = "a step toward" in words, words.casefold()
    if goal is Goal.SLEEP:
        assert not step or (told.startswith("quieter than") and a < ma)
        return
    if goal is Goal.PLACE:
        assert ("where you asked to go" in words) == (here.distance(end) <= 0.45)
    if not step:
        return
    assert here.distance(end) < mood.distance(end)
    for word, now, then, there in (
        ("brighter", mv, v, ev),
        ("livelier", ma, a, ea),
        ("darker", -mv, -v, -ev),
        ("quieter", -ma, -a, -ea),
    ):
        if word in told:
            assert now < then and now < there


@pytest.mark.parametrize("v", [-0.5, 0.5])
def test_calm_that_is_there_is_said_for_warm_and_wistful_music(v: float) -> None:
    words = said(v, -0.5, Goal.CALM, TENSE, Affect(v, -0.5), Affect(0.45, -0.6))
    assert words.endswith("the calm you asked for.")
