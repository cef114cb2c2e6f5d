from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from affetto.choice import Answer
from affetto.emotion import Affect
from affetto.listening.looking_back import MOST_POINTS, heard, moods, recap
from affetto.store.history import KeptAnswer, KeptChoice
from affetto.store.past import Account, KeptReading, PastSession

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def choice(uri: str, seconds: float) -> KeptChoice:
    return KeptChoice("s", uri, "Why.", at(seconds), None, {}, {}, None, None, None)


def reading(seconds: float, valence: float, confidence: float = 0.5) -> KeptReading:
    return KeptReading("face", Affect(valence, 0.0), 0.2, confidence, at(seconds))


def account(
    *choices: KeptChoice,
    answers: tuple[KeptAnswer, ...] = (),
    readings: tuple[KeptReading, ...] = (),
    ends: float | None = 100.0,
) -> Account:
    ended = at(ends) if ends is not None else None
    session = PastSession("s", "match", NOON, NOON, ended, len(choices), None, None)
    return Account(session, choices, answers, (), readings)


def test_a_track_that_comes_twice_has_each_its_own_answers() -> None:
    skipped = KeptAnswer("a", Answer.SKIPPED, 5.0, at(10))
    finished = KeptAnswer("a", Answer.FINISHED, 60.0, at(95))
    twice = account(choice("a", 0), choice("b", 10), choice("a", 35), answers=(skipped, finished))
    told = heard(twice, {"a": 60.0, "b": 60.0}, NOON)
    assert [one.seconds for one in told] == [5.0, 25.0, 60.0]
    assert [len(one.answers) for one in told] == [1, 0, 1]


def test_a_track_of_unknown_length_counts_until_the_next() -> None:
    told = heard(account(choice("gone", 0), choice("b", 40)), {}, NOON)
    assert [one.seconds for one in told] == [40.0, 60.0]


def test_what_still_plays_counts_until_now() -> None:
    assert heard(account(choice("a", 0), ends=None), {"a": 60.0}, at(12))[0].seconds == 12.0


def test_near_readings_are_told_as_one_the_surer_counting_more() -> None:
    told = moods(account(choice("a", 0), readings=(reading(0, 1.0, 0.9), reading(4, 0.0, 0.1))))
    assert [one.place.valence for one in told] == [pytest.approx(0.9)]


def test_a_long_evening_of_readings_stays_a_few_points() -> None:
    many = tuple(reading(2.0 * n, 0.5) for n in range(9000))
    told = moods(account(choice("a", 0), readings=many))
    assert 200 <= len(told) <= MOST_POINTS + 1
    assert all(one.place.valence == pytest.approx(0.5) for one in told)


def test_readings_nobody_believes_are_left_out() -> None:
    assert moods(account(choice("a", 0), readings=(reading(0, 0.5, 0.0),))) == []


def test_no_session_comes_to_nothing() -> None:
    told = recap([], {}, NOON)
    assert (told.sessions, told.tracks, told.seconds, told.changes) == (0, 0, 0.0, [])
