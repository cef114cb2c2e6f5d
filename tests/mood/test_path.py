from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.choice import Aim, Goal, Intent
from affetto.emotion import Affect, Covariance, MoodState
from affetto.mood.leading import ISO, MILD, STRAIGHT, STYLES
from affetto.mood.path import (
    ASLEEP,
    CALMED,
    LIFTED,
    destination,
    end_of,
    places_at,
    target,
    tracks_in,
)

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


# -- journeys -------------------------------------------------------------------------------

PLACES = st.builds(Affect, st.floats(-1, 1), st.floats(-1, 1))
SAD = Affect(-0.6, -0.4)
TENSE = Affect(-0.6, 0.6)


def way(aim: Aim, start: Affect, tracks: int, **how: object) -> list[Affect]:
    """The waypoints of a journey that has one for every track."""
    points = places_at(aim, start, range(tracks), **how)  # type: ignore[arg-type]
    assert all(p is not None for p in points)
    return [p for p in points if p is not None]


def test_minutes_say_how_many_tracks_a_journey_has() -> None:
    assert tracks_in(36) == 10
    assert tracks_in(1) == 1
    assert tracks_in(30, track_s=300) == 6
    assert tracks_in(None) is None
    assert way(Aim(Goal.CALM, minutes=36), TENSE, 10)[-1] == CALMED
    assert way(Aim(Goal.CALM, minutes=36), TENSE, 6)[-1] != CALMED


@given(PLACES, st.integers(1, 20), st.sampled_from([*STYLES.values()]), st.sampled_from(Goal))
def test_a_journey_ends_where_it_should_and_stays_there(
    start: Affect, over: int, style: object, goal: Goal
) -> None:
    points = way(Aim(goal), start, over + 3, over=over, style=style)
    end = destination(goal, start)
    assert end is not None
    assert all(p.distance(end) < 1e-9 for p in points[over - 1 :])
    gaps = [p.distance(end) for p in points]
    assert all(later <= before + 1e-9 for before, later in itertools.pairwise(gaps))


@given(
    PLACES,
    st.integers(1, 20),
    st.sampled_from([*STYLES.values()]),
    st.sampled_from([None, *Intent]),
)
def test_no_intent_lets_lift_lead_down_or_calm_and_sleep_stir(
    start: Affect, over: int, style: object, intent: Intent | None
) -> None:
    for p in way(Aim(Goal.LIFT, intent=intent), start, over + 2, over=over, style=style):
        assert p.valence >= start.valence - 1e-9
    for goal in (Goal.CALM, Goal.SLEEP):
        for p in way(Aim(goal, intent=intent), start, over + 2, over=over, style=style):
            assert p.arousal <= start.arousal + 1e-9


def test_the_three_styles_meet_the_mood_for_longer_and_longer() -> None:
    reached = []
    for style in (STRAIGHT, MILD, ISO):
        points = way(Aim(Goal.CALM), TENSE, 10, over=10, style=style)
        reached.append(sum(p.distance(TENSE) for p in points))
    assert reached == sorted(reached, reverse=True)
    iso = way(Aim(Goal.CALM), TENSE, 10, over=10, style=ISO)
    assert iso[:3] == [TENSE] * 3 and iso[3] != TENSE
    assert way(Aim(Goal.CALM), TENSE, 1, over=1, style=ISO) == [CALMED]


def test_sleep_goes_down_evenly_track_by_track() -> None:
    arousals = [p.arousal for p in way(Aim(Goal.SLEEP), Affect(0.4, 0.2), 8, over=8)]
    steps = {round(a - b, 6) for a, b in itertools.pairwise(arousals)}
    assert len(steps) == 1 and steps.pop() > 0.1
    assert arousals[-1] == pytest.approx(ASLEEP.arousal)


def test_a_way_drawn_by_hand_is_followed_by_length_not_by_its_points() -> None:
    drawn = (Affect(-0.8, 0.0), Affect(-0.79, 0.0), Affect(-0.78, 0.0), Affect(0.8, 0.0))
    points = way(Aim(Goal.SLEEP, way=drawn), Affect(1, 1), 5, over=5)
    assert [p.valence for p in points] == pytest.approx([-0.8, -0.4, 0.0, 0.4, 0.8])
    assert way(Aim(way=drawn), SAD, 7, over=5)[-2:] == [drawn[-1]] * 2
    assert way(Aim(way=(CALMED,)), SAD, 2) == [CALMED] * 2
    assert way(Aim(way=(CALMED, CALMED)), SAD, 2) == [CALMED] * 2
    assert way(Aim(way=drawn), SAD, 1, over=1) == [drawn[-1]]


def test_an_unknown_mood_is_led_straight_to_the_place_and_matched_nowhere() -> None:
    assert places_at(Aim(Goal.CALM), None, range(3)) == [CALMED] * 3
    assert places_at(Aim(Goal.MATCH), None, range(3)) == [None] * 3
    assert places_at(Aim(intent=Intent.KEEP), None, range(3)) == [None] * 3
    released = places_at(Aim(intent=Intent.RELEASE), None, range(4), over=4)
    assert released[:2] == [None, None] and released[-1] is not None


def test_keep_me_here_stays_and_a_goal_still_outranks_an_intent() -> None:
    assert way(Aim(intent=Intent.KEEP), SAD, 4) == [SAD] * 4
    assert end_of(Aim(Goal.CALM, intent=Intent.GO), TENSE) == CALMED
    assert end_of(Aim(Goal.PLACE, place=SAD, intent=Intent.GO), TENSE) == SAD


def test_rest_grows_quiet_and_go_grows_lively() -> None:
    rest = way(Aim(intent=Intent.REST), TENSE, 6)
    go = way(Aim(intent=Intent.GO), SAD, 6)
    assert rest[-1].arousal <= -0.5 and rest[-1].valence >= 0.4
    assert go[-1].arousal >= 0.7 and go[-1].valence >= 0.5
    assert [p.arousal for p in go] == sorted(p.arousal for p in go)


@given(PLACES)
def test_more_of_a_feeling_is_stronger_and_never_darker(start: Affect) -> None:
    end = way(Aim(intent=Intent.INTENSIFY), start, 6)[-1]
    assert end.valence >= start.valence
    assert abs(end.arousal) >= abs(start.arousal) - 1e-9 or start.distance(Affect(0, 0)) < 0.15


def test_taking_the_mind_off_does_not_dwell_on_the_mood() -> None:
    away = way(Aim(intent=Intent.DISTRACT), TENSE, 6)
    assert away[1].valence >= 0.5
    assert Affect(*(away[1].valence, away[1].arousal)).distance(TENSE) > 1.0


def test_letting_it_out_matches_for_half_of_the_way_and_then_eases() -> None:
    points = way(Aim(intent=Intent.RELEASE), TENSE, 8, over=8)
    assert points[:4] == [TENSE] * 4
    assert points[-1].valence >= 0.0 and points[-1].arousal <= -0.2


def test_thinking_keeps_the_mood_and_slows_the_pace() -> None:
    end = way(Aim(intent=Intent.THINK), TENSE, 6)[-1]
    assert end.valence == TENSE.valence and end.arousal <= -0.3


def test_comfort_understands_first_and_then_warms_gently() -> None:
    points = way(Aim(intent=Intent.COMFORT), SAD, 6, over=6)
    assert points[:2] == [SAD] * 2
    assert points[-1].valence >= 0.3 and abs(points[-1].arousal) <= 0.4
    steps = [a.distance(b) for a, b in itertools.pairwise(points)]
    assert max(steps) < 0.5


@pytest.mark.parametrize("intent", [i for i in Intent if i is not Intent.KEEP])
def test_music_can_be_for_something_before_a_mood_is_known(intent: Intent) -> None:
    end = places_at(Aim(intent=intent), None, range(6))[-1]
    known = end_of(Aim(intent=intent), Affect(0.0, 0.0))
    assert end is not None and known is not None
    assert end.distance(known) < 0.6


def test_a_faint_mood_becomes_more_of_itself_by_being_livelier() -> None:
    end = end_of(Aim(intent=Intent.INTENSIFY), Affect(0.05, -0.05))
    assert end is not None and end.distance(Affect(0.05, 0.35)) < 1e-9
