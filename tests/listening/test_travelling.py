from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from affetto.choice import Aim, Answer, Goal, Intent
from affetto.emotion import Affect
from affetto.errors import NothingToPlay
from affetto.listening.session import ListeningSession
from affetto.listening.travelling import Journey, Traveller, journey, length_s, usual_length_s
from affetto.mood.leading import ISO, STRAIGHT
from affetto.mood.path import CALMED
from affetto.music.demo import demo_tracks
from affetto.recommending.fit import Candidates
from affetto.track import Track, TrackFeatures, TrackUri

TENSE = Affect(-0.6, 0.6)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def library() -> Candidates:
    rng = np.random.default_rng(2)
    return Candidates(
        [
            Track(
                TrackUri(f"made:{i}"),
                f"Track {i}",
                artist=f"Artist {i // 3}",
                duration_s=float(rng.uniform(150, 270)),
                features=TrackFeatures(float(rng.uniform(-1, 1)), float(rng.uniform(-1, 1))),
            )
            for i in range(500)
        ]
    )


def uris(made: Journey) -> list[TrackUri]:
    return [step.choice.track.uri for step in made.steps]


def test_a_journey_fills_its_minutes_and_not_a_track_more(library: Candidates) -> None:
    for minutes in (5, 30, 60):
        made = journey(library, Aim(Goal.CALM, minutes=minutes), TENSE)
        last = made.steps[-1].begins_s
        assert last < minutes * 60
        assert made.seconds >= minutes * 60
    assert len(journey(library, Aim(Goal.CALM), TENSE).steps) in range(7, 13)


def test_the_clock_of_a_journey_is_that_of_its_tracks(library: Candidates) -> None:
    made = journey(library, Aim(Goal.CALM, minutes=20), TENSE)
    clock = 0.0
    for step in made.steps:
        assert step.begins_s == pytest.approx(clock)
        clock += step.choice.track.duration_s
    assert made.seconds == pytest.approx(clock)


def test_it_goes_from_the_mood_to_the_goal(library: Candidates) -> None:
    made = journey(library, Aim(Goal.CALM, minutes=36), TENSE)
    assert made.start == TENSE and made.end == CALMED
    arousal = [s.choice.track.features.arousal for s in made.steps if s.choice.track.features]
    assert np.corrcoef(arousal, np.arange(len(arousal)))[0, 1] < -0.8


def test_the_listeners_style_of_being_led_shows(library: Candidates) -> None:
    aim = Aim(Goal.CALM, minutes=36)

    def held(who: Traveller) -> int:
        targets = [step.target for step in journey(library, aim, TENSE, traveller=who).steps]
        return targets.count(TENSE)

    assert held(Traveller(style=ISO)) > held(Traveller(style=STRAIGHT)) == 0


def test_the_same_seed_plans_the_same_journey(library: Candidates) -> None:
    aim = Aim(intent=Intent.COMFORT, minutes=20)
    told = [uris(journey(library, aim, TENSE, seed=seed)) for seed in (1, 1, 2, 3)]
    assert told[0] == told[1] and len({tuple(one) for one in told}) > 1


def test_what_is_never_to_be_played_is_left_out(library: Candidates) -> None:
    aim = Aim(Goal.CALM, minutes=20)
    banned = frozenset(uris(journey(library, aim, TENSE)))
    assert banned.isdisjoint(uris(journey(library, aim, TENSE, traveller=Traveller(never=banned))))


def test_the_demo_music_is_enough_for_half_an_hour() -> None:
    made = journey(Candidates(demo_tracks()), Aim(Goal.CALM, minutes=30), TENSE)
    assert made.seconds >= 30 * 60
    assert len(set(uris(made))) >= 20
    assert len(uris(made)[:14]) == len(set(uris(made)[:14]))


def test_a_sitting_with_short_pieces_takes_its_minutes_all_the_same() -> None:
    """The pieces of the demo play for a minute, not for the usual three and a half."""
    session = ListeningSession(
        Candidates(demo_tracks()), seed=1, now=NOON, aim=Aim(Goal.CALM, minutes=30)
    )
    session.touch(TENSE, NOON)
    session.start(NOON)
    plan = session.snapshot(NOON).plan
    assert len(plan) >= 20
    assert plan[0].target != plan[-1].target == CALMED


def test_music_of_unknown_length_is_taken_for_usual() -> None:
    track = Track(TrackUri("made:1"), "One")
    assert usual_length_s([track]) == 216.0
    assert journey(Candidates([track]), Aim(Goal.CALM, minutes=5), TENSE).seconds == 432.0


def test_without_music_there_is_no_journey() -> None:
    with pytest.raises(NothingToPlay):
        journey(Candidates([]), Aim(Goal.CALM), TENSE)


@pytest.fixture(scope="module")
def mixed() -> Candidates:
    """Calls of six seconds beside pieces of a minute."""
    rng = np.random.default_rng(3)
    calls = [
        Track(
            TrackUri(f"call:{i}"),
            f"Call {i}",
            artist=f"Band {i % 9}",
            duration_s=6.0,
            features=TrackFeatures(float(rng.uniform(-1, 1)), float(rng.uniform(-1, 1))),
        )
        for i in range(55)
    ]
    return Candidates([*calls, *demo_tracks()])


def test_a_journey_arrives_in_time_however_long_its_tracks_are(mixed: Candidates) -> None:
    made = journey(mixed, Aim(Goal.CALM, minutes=30), TENSE, seed=1)
    assert 30 * 60 <= made.seconds < 32 * 60
    assert {length_s(step.choice.track) == 6.0 for step in made.steps} == {True, False}
    assert made.steps[-1].target == CALMED
    half = next(step.target for step in made.steps if step.begins_s >= 15 * 60)
    assert half is not None and TENSE.distance(half) > 0.5 < CALMED.distance(half) + 0.4


def test_a_sitting_arrives_in_the_same_minutes_as_its_plan(mixed: Candidates) -> None:
    aim = Aim(Goal.CALM, minutes=10)
    session = ListeningSession(mixed, seed=1, now=NOON, aim=aim)
    session.touch(TENSE, NOON)
    session.start(NOON)
    now, passed = NOON, []
    while now < NOON + timedelta(minutes=10):
        state = session.snapshot(now)
        assert state.playing is not None
        passed.append((now, state.playing.target))
        if len(state.plan) > 2 + len(state.queue):  # further than the tracks in sight
            assert timedelta(minutes=9) < state.plan[-1].at - NOON < timedelta(minutes=10)
        length = length_s(state.playing.track)
        now += timedelta(seconds=length)
        session.next(Answer.FINISHED, length, now)
    assert passed[-1][1] == CALMED
    planned = journey(mixed, aim, TENSE)
    for at, target in passed:
        begins_s = (at - NOON).total_seconds()
        near = min(planned.steps, key=lambda step: abs(step.begins_s - begins_s))
        assert target is not None and near.target is not None
        assert target.distance(near.target) < 0.25


def test_tracks_skipped_at_once_bring_a_timed_journey_no_further(mixed: Candidates) -> None:
    session = ListeningSession(mixed, seed=1, now=NOON, aim=Aim(Goal.CALM, minutes=30))
    session.touch(TENSE, NOON)
    session.start(NOON)
    for _ in range(12):
        session.next(Answer.SKIPPED, 1.0, NOON)
    playing = session.snapshot(NOON).playing
    assert playing is not None and playing.target.distance(TENSE) < 0.1
