from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from affetto.choice import Answer, Choice, Feedback
from affetto.emotion import Affect, EmotionReading
from affetto.errors import NotFound
from affetto.store.connections import KeptConnections
from affetto.store.database import Database
from affetto.store.history import LEARNED_VERSION, History, Kind, Learned, PutOn, Saying
from affetto.store.keyring import Keyring, add_key
from affetto.store.listeners import Listeners
from affetto.store.past import Past
from affetto.store.tables import (
    HOME,
    PERSONAL,
    ChoiceRow,
    ConsentRow,
    ListenerRow,
    SealedTokenRow,
)
from affetto.track import Track, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SONG = Track(TrackUri("demo:low-tide"), "Low Tide")
CHOICE = Choice(SONG, Affect(0.5, -0.5), "It is calm.")
PUT_ON = PutOn(CHOICE)


@pytest.fixture
def listeners(database: Database) -> Listeners:
    listeners = Listeners(database)
    listeners.welcome(NOON)
    return listeners


@pytest.fixture
def history(database: Database, listeners: Listeners) -> History:
    return History(database)


def test_a_listener_is_welcomed_once(listeners: Listeners, database: Database) -> None:
    assert listeners.welcome(NOON + timedelta(days=1)) == HOME
    with database.reading() as session:
        [row] = session.scalars(select(ListenerRow))
        assert row.created_at == NOON


def test_the_last_word_on_a_sensor_counts(listeners: Listeners) -> None:
    assert listeners.consents(HOME) == {}
    listeners.set_consent(HOME, "camera", "v1", NOON, given=True)
    listeners.set_consent(HOME, "photo", "v1", NOON, given=True)
    listeners.set_consent(HOME, "camera", "v1", NOON + timedelta(minutes=1), given=False)
    kept = listeners.consents(HOME)
    assert not kept["camera"].given and kept["photo"].given
    assert kept["camera"].at == NOON + timedelta(minutes=1)


def test_no_word_on_a_sensor_is_ever_unwritten(listeners: Listeners, database: Database) -> None:
    for given in (True, False, True):
        listeners.set_consent(HOME, "camera", "v1", NOON, given=given)
    with database.reading() as session:
        assert list(session.scalars(select(ConsentRow.given))) == [True, False, True]


def test_a_providers_secret_is_kept_sealed(
    listeners: Listeners, database: Database, tmp_path: Path
) -> None:
    ring = Keyring.in_file(tmp_path / "keys")
    listeners.keep_token(HOME, "subsonic", "old", ring, NOON)
    listeners.keep_token(HOME, "subsonic", "my-secret", ring, NOON)
    assert listeners.token(HOME, "subsonic", ring) == "my-secret"
    assert listeners.token(HOME, "other", ring) is None
    database.engine.dispose()
    for file in tmp_path.glob("affetto.db*"):
        assert b"my-secret" not in file.read_bytes()
    listeners.forget_token(HOME, "subsonic")
    assert listeners.token(HOME, "subsonic", ring) is None


def test_secrets_move_to_a_new_key(
    listeners: Listeners, database: Database, tmp_path: Path
) -> None:
    old = Keyring.in_file(tmp_path / "keys")
    listeners.keep_token(HOME, "subsonic", "my-secret", old, NOON)
    with database.reading() as session:
        before = session.scalars(select(SealedTokenRow.sealed)).one()
    new = add_key(tmp_path / "keys")
    assert listeners.reseal(new) == 1
    with database.reading() as session:
        assert session.scalars(select(SealedTokenRow.sealed)).one() != before
    assert listeners.token(HOME, "subsonic", new) == "my-secret"


def test_a_session_is_found_again_as_it_was_left(history: History) -> None:
    assert history.running(HOME) is None
    history.begin(HOME, "s1", "match", {"step": 0}, NOON)
    history.keep(HOME, "s1", "calm", {"step": 1}, NOON + timedelta(seconds=9), put_on=PUT_ON)
    kept = history.running(HOME)
    assert kept is not None
    assert (kept.id, kept.goal, kept.record) == ("s1", "calm", {"step": 1})
    assert (kept.started_at, kept.changed_at) == (NOON, NOON + timedelta(seconds=9))


def test_a_new_session_ends_the_one_before(history: History) -> None:
    history.begin(HOME, "s1", "match", {}, NOON)
    history.begin(HOME, "s2", "match", {}, NOON - timedelta(seconds=1))
    kept = history.running(HOME)
    assert kept is not None and kept.id == "s2"
    history.end(HOME, "s2", NOON)
    assert history.running(HOME) is None


@pytest.mark.parametrize("how", ["ended", "followed by another"])
def test_what_was_believed_of_somebody_is_gone_from_the_disk_with_the_session(
    history: History, database: Database, tmp_path: Path, how: str
) -> None:
    def on_disk(what: bytes) -> bool:
        return any(what in file.read_bytes() for file in tmp_path.glob("affetto.db*"))

    belief = {"belief": {"face": "felt-like-this " * 20}}
    history.begin(HOME, "s1", "match", belief, NOON)
    history.keep(HOME, "s1", "match", {**belief, "step": 1}, NOON, put_on=PUT_ON)
    assert on_disk(b"felt-like-this")
    if how == "ended":
        history.end(HOME, "s1", NOON)
    else:
        history.begin(HOME, "s2", "match", {}, NOON)
    assert not on_disk(b"felt-like-this")  # while the house is open, and in no log either
    assert history.played(HOME) == [SONG.uri]


def test_where_a_choice_aimed_is_kept_only_with_the_readings(
    history: History, database: Database
) -> None:
    history.begin(HOME, "s1", "match", {}, NOON, put_on=PUT_ON)
    history.keep(HOME, "s1", "match", {}, NOON, put_on=replace(PUT_ON, with_places=True))
    history.begin(HOME, "s2", "match", {}, NOON, put_on=replace(PUT_ON, with_places=True))
    with database.reading() as session:
        rows = session.execute(
            select(ChoiceRow.target_valence, ChoiceRow.target_arousal).order_by(ChoiceRow.id)
        )
        assert [tuple(row) for row in rows] == [(None, None), (0.5, -0.5), (0.5, -0.5)]


def test_a_session_and_its_first_track_are_kept_together_or_not_at_all(history: History) -> None:
    history.begin(HOME, "s1", "match", {}, NOON)
    nothing_said = replace(CHOICE, because=None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        history.begin(HOME, "s2", "match", {}, NOON, put_on=replace(PUT_ON, choice=nothing_said))
    kept = history.running(HOME)
    assert kept is not None and kept.id == "s1"


def test_what_was_said_and_played_is_kept_in_order(history: History) -> None:
    history.begin(HOME, "s1", "match", {}, NOON)
    said = Feedback(SONG, Answer.LIKED, NOON, 12.5)
    history.keep(HOME, "s1", "match", {}, NOON, put_on=PUT_ON, feedback=said, learned={"a": 1})
    [answer] = history.answers(HOME)
    assert (answer.track_uri, answer.answer, answer.position_s) == (SONG.uri, Answer.LIKED, 12.5)
    assert history.played(HOME) == [SONG.uri]
    assert history.learned(HOME) == Learned(LEARNED_VERSION, {"a": 1})


def test_nobody_writes_into_somebody_elses_session(history: History, listeners: Listeners) -> None:
    listeners.welcome(NOON, listener="guest")
    history.begin(HOME, "s1", "match", {"mine": True}, NOON)
    with pytest.raises(NotFound):
        history.keep("guest", "s1", "calm", {}, NOON)
    history.end("guest", "s1", NOON)
    kept = history.running(HOME)
    assert kept is not None and kept.record == {"mine": True}
    assert history.answers("guest") == [] and history.learned("guest") is None
    with pytest.raises(NotFound):
        history.keep(HOME, "nope", "calm", {}, NOON)


def test_a_listener_who_leaves_takes_everything_along(
    history: History, listeners: Listeners, database: Database, tmp_path: Path
) -> None:
    listeners.welcome(NOON, listener="guest")
    ring = Keyring.in_file(tmp_path / "keys")
    connections = KeptConnections(database)
    reading = EmotionReading(0.5, 0.5, 0.9, "face", NOON, probabilities={"happy": 1.0})
    for who in (HOME, "guest"):
        listeners.set_consent(who, "camera", "v1", NOON, given=True)
        listeners.keep_token(who, "subsonic", "secret", ring, NOON)
        listeners.set_preferences(who, {"novelty": 0.5}, NOON)
        connections.keep(who, "mpd", {"host": "den"}, ring, NOON, seen={"host"})
        connections.set_outlet(who, "mpd")
        history.begin(who, f"s-{who}", "match", {}, NOON)
        said = Feedback(SONG, Answer.LIKED, NOON)
        history.keep(
            who, f"s-{who}", "match", {}, NOON,
            put_on=PUT_ON, feedback=said, learned={}, readings=[reading],
        )  # fmt: skip
        Past(database).say(who, f"s-{who}", Saying(Kind.BEFORE, Affect(0.1, 0.2), NOON))
    assert history.reading_count("guest") == 1
    listeners.forget("guest")
    with database.reading() as session:
        for row in PERSONAL:
            owner = row.__table__.columns["listener_id"]
            left = session.execute(select(owner, func.count()).group_by(owner)).all()
            assert [(who, n) for who, n in left] == [(HOME, 1)], row
