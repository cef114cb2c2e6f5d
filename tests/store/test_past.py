from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from affetto.choice import Aim, Answer, Choice, Feedback, Goal
from affetto.emotion import Affect, EmotionReading
from affetto.errors import NotFound
from affetto.store.database import Database
from affetto.store.history import History, Kind, PutOn, Saying
from affetto.store.listeners import Listeners
from affetto.store.past import Past
from affetto.store.tables import HOME
from affetto.track import Track, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SONGS = [Track(TrackUri(f"demo:{n}"), f"Song {n}") for n in range(4)]
LOW, HIGH = Affect(-0.5, -0.4), Affect(0.4, 0.2)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def put_on(n: int) -> PutOn:
    return PutOn(Choice(SONGS[n], HIGH, "It is bright."), Aim(Goal.LIFT), with_places=True)


@pytest.fixture
def history(database: Database) -> History:
    """Three sessions, the last still running; nothing was put on in the second."""
    Listeners(database).welcome(NOON)
    history = History(database)
    touch = Saying(Kind.TOUCH, LOW, NOON)
    history.begin(HOME, "s1", "lift", {}, NOON, put_on=put_on(0), said=touch)
    history.keep(
        HOME,
        "s1",
        "lift",
        {},
        after(4),
        put_on=put_on(1),
        achieved=HIGH,
        feedback=Feedback(SONGS[0], Answer.FINISHED, after(4), 60.0),
        readings=[EmotionReading(0.1, 0.2, 0.9, "face", after(3))],
    )
    history.end(HOME, "s1", after(9))
    history.begin(HOME, "s2", "match", {}, after(60))
    history.begin(HOME, "s3", "calm", {}, after(120), put_on=put_on(2))
    return history


@pytest.fixture
def past(database: Database, history: History) -> Past:
    return Past(database)


def test_sessions_are_told_a_page_at_a_time_the_latest_first(past: Past) -> None:
    total, both = past.sessions(HOME)
    assert (total, [one.id for one in both]) == (2, ["s3", "s1"])
    assert [one.tracks for one in both] == [1, 2]
    assert both[0].ended_at is None and both[1].ended_at == after(9)
    assert [one.id for one in past.sessions(HOME, offset=1, limit=1)[1]] == ["s1"]


def test_a_session_is_told_with_all_that_happened_in_it(past: Past) -> None:
    told = past.account(HOME, "s1")
    assert [one.track_uri for one in told.choices] == ["demo:0", "demo:1"]
    assert told.choices[0].achieved == HIGH
    assert [one.answer for one in told.answers] == [Answer.FINISHED]
    assert [(one.kind, one.place) for one in told.sayings] == [(Kind.TOUCH, LOW)]
    assert [(one.source, one.place) for one in told.readings] == [("face", Affect(0.1, 0.2))]


def test_a_touch_at_the_beginning_says_how_one_was_before(past: Past) -> None:
    told = past.account(HOME, "s1").session
    assert (told.before, told.after) == (LOW, None)


def test_a_late_touch_does_not(past: Past, history: History) -> None:
    history.keep(HOME, "s3", "calm", {}, after(125), said=Saying(Kind.TOUCH, LOW, after(125)))
    assert past.account(HOME, "s3").session.before is None


def test_said_again_the_last_word_counts(past: Past) -> None:
    past.say(HOME, "s1", Saying(Kind.AFTER, LOW, after(9)))
    past.say(HOME, "s1", Saying(Kind.AFTER, HIGH, after(10)))
    past.say(HOME, "s1", Saying(Kind.BEFORE, HIGH, after(10)))
    told = past.account(HOME, "s1")
    assert (told.session.before, told.session.after) == (HIGH, HIGH)
    assert len(told.sayings) == 3


def test_what_is_undone_was_not_said(past: Past, history: History) -> None:
    history.keep(HOME, "s3", "calm", {}, after(121), said=Saying(Kind.TOUCH, LOW, after(121)))
    history.keep(HOME, "s3", "calm", {}, after(122), unsaid=after(121))
    assert past.account(HOME, "s3").sayings == ()


def test_a_span_of_days_holds_what_began_in_it(past: Past) -> None:
    assert [one.session.id for one in past.accounts(HOME)] == ["s1", "s3"]
    assert [one.session.id for one in past.accounts(HOME, since=after(1))] == ["s3"]
    assert [one.session.id for one in past.accounts(HOME, until=after(120))] == ["s1"]


def test_a_deleted_session_is_gone_with_everything_in_it(past: Past, history: History) -> None:
    past.forget(HOME, "s1")
    with pytest.raises(NotFound):
        past.account(HOME, "s1")
    assert history.answers(HOME) == [] and history.reading_count(HOME) == 0
    assert [one.track_uri for one in history.choices(HOME)] == ["demo:2"]


def test_what_still_runs_is_not_deleted(past: Past) -> None:
    with pytest.raises(NotFound) as refused:
        past.forget(HOME, "s3")
    assert "once it has ended" in refused.value.remedy
    assert past.forget_all(HOME) == 2
    assert [one.id for one in past.sessions(HOME)[1]] == ["s3"]


def test_nobody_sees_or_deletes_what_is_another_listeners(past: Past, database: Database) -> None:
    Listeners(database).welcome(NOON, listener="guest")
    assert past.sessions("guest") == (0, [])
    assert past.forget_all("guest") == 0
    for act in (
        lambda: past.account("guest", "s1"),
        lambda: past.forget("guest", "s1"),
        lambda: past.say("guest", "s1", Saying(Kind.AFTER, LOW, NOON)),
    ):
        with pytest.raises(NotFound):
            act()
    assert past.sessions(HOME)[0] == 2


def test_forgetting_what_was_learned_takes_what_was_said_along(
    past: Past, history: History
) -> None:
    history.forget(HOME, after(130))
    past.say(HOME, "s3", Saying(Kind.AFTER, LOW, after(131)))
    assert past.sessions(HOME) == (0, [])
