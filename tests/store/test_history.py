from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from affetto.choice import Aim, Answer, Choice, Feedback, Goal, Intent, Term
from affetto.emotion import Affect
from affetto.store.database import Database, migrations_in
from affetto.store.history import LEARNED_VERSION, History, Learned, PutOn
from affetto.store.listeners import Listeners
from affetto.store.tables import HOME
from affetto.track import Track, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SONGS = [Track(TrackUri(f"demo:{n}"), f"Song {n}") for n in range(4)]
AIM = Aim(Goal.CALM, intent=Intent.REST, minutes=30, way=(Affect(-0.5, 0.5), Affect(0.5, -0.5)))


def put_on(n: int, **more: object) -> PutOn:
    choice = Choice(
        SONGS[n],
        Affect(0.5, -0.5),
        "It is calm.",
        terms=(Term("taste", 0.3), Term("nearer", -0.1)),
        propensity=0.25,
    )
    return replace(PutOn(choice, AIM), **more)  # type: ignore[arg-type]


@pytest.fixture
def history(database: Database) -> History:
    Listeners(database).welcome(NOON)
    history = History(database)
    history.begin(HOME, "s1", "calm", {}, NOON, put_on=put_on(0))
    return history


def keep(history: History, **more: object) -> None:
    history.keep(HOME, "s1", "calm", {}, NOON, **more)  # type: ignore[arg-type]


def test_a_choice_is_kept_with_why_and_how_likely_it_was(history: History) -> None:
    [kept] = history.choices(HOME)
    assert (kept.track_uri, kept.because, kept.propensity) == ("demo:0", "It is calm.", 0.25)
    assert kept.terms == {"taste": 0.3, "nearer": -0.1}
    assert (kept.aim["goal"], kept.aim["intent"], kept.aim["minutes"]) == ("calm", "rest", 30)
    assert kept.chosen_by is None


def test_places_are_kept_only_where_it_was_agreed(history: History) -> None:
    keep(history, put_on=put_on(1, with_places=True, chosen_by="A"))
    keep(history, put_on=put_on(2), achieved=Affect(0.1, 0.2))
    first, second, third = history.choices(HOME)
    assert first.target is None and "way" not in first.aim and "place" not in first.aim
    assert second.target == Affect(0.5, -0.5) and second.aim["way"] == [[-0.5, 0.5], [0.5, -0.5]]
    assert second.achieved == Affect(0.1, 0.2) and second.chosen_by == "A"
    assert third.target is None and third.achieved is None


def test_what_was_undone_leaves_the_log(history: History) -> None:
    keep(history, put_on=put_on(1), feedback=Feedback(SONGS[0], Answer.SKIPPED, NOON, 3.0))
    before = history.choices(HOME), history.answers(HOME)
    keep(history, put_on=put_on(2), feedback=Feedback(SONGS[1], Answer.SKIPPED, NOON, 3.0))
    keep(history, feedback=Feedback(SONGS[2], Answer.LIKED, NOON), learned={"a": 2})
    keep(history, back_to=(2, 1), learned={"a": 1})
    assert (history.choices(HOME), history.answers(HOME)) == before
    assert history.learned(HOME) == Learned(LEARNED_VERSION, {"a": 1})
    assert history.played(HOME) == ["demo:1", "demo:0"]


def test_undoing_in_one_session_leaves_the_others_alone(history: History) -> None:
    keep(history, feedback=Feedback(SONGS[0], Answer.LIKED, NOON))
    history.begin(HOME, "s2", "calm", {}, NOON + timedelta(hours=1), put_on=put_on(1))
    history.keep(HOME, "s2", "calm", {}, NOON, back_to=(0, 0))
    assert [one.session_id for one in history.choices(HOME)] == ["s1"]
    assert len(history.answers(HOME)) == 1
    assert history.played(HOME, but="s1") == []


def test_forgetting_leaves_nothing_on_the_disk(
    history: History, database: Database, tmp_path: Path
) -> None:
    said = replace(SONGS[3], uri=TrackUri("demo:a-song-nobody-may-know-of"))
    keep(history, feedback=Feedback(said, Answer.LIKED, NOON), learned={"likes": "hush-hush " * 9})
    history.forget(HOME, NOON, running=("s1", {"fresh": True}))
    assert history.choices(HOME) == [] and history.answers(HOME) == []
    assert history.learned(HOME) is None
    kept = history.running(HOME)
    assert kept is not None and kept.record == {"fresh": True}
    for file in tmp_path.glob("affetto.db*"):
        assert b"hush-hush" not in file.read_bytes()
        assert b"nobody-may-know" not in file.read_bytes()


def test_what_a_newer_version_learned_says_so(history: History, database: Database) -> None:
    keep(history, learned={"a": 1})
    with database.session() as session:
        session.connection().exec_driver_sql("UPDATE tastes SET version = 99")
    assert history.learned(HOME) == Learned(99, {"a": 1})


def test_preferences_are_replaced_whole(history: History, database: Database) -> None:
    listeners = Listeners(database)
    assert listeners.preferences(HOME) is None
    listeners.set_preferences(HOME, {"novelty": 0.1}, NOON)
    listeners.set_preferences(HOME, {"novelty": 0.9}, NOON)
    assert listeners.preferences(HOME) == {"novelty": 0.9}


def test_likes_that_an_older_version_learned_are_kept(tmp_path: Path) -> None:
    from alembic import command

    import affetto.store.migrations as migrations
    from affetto.listening.learning import Learning

    database = Database.at(tmp_path / "affetto.db")
    config = migrations_in(Path(migrations.__path__[0]))
    at = "2026-11-21 12:00:00"
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for statement in (
            f"INSERT INTO listeners VALUES ('home', '{at}')",
            'INSERT INTO tastes VALUES (\'home\', 1, \'{"liked": ["demo:7"], '
            f'"tracks": {{"demo:7": 1.0}}, "artists": {{"band": 0.3}}}}\', \'{at}\')',
            f"INSERT INTO sessions VALUES ('s0', 'home', 'match', '{{}}', '{at}', '{at}', '{at}')",
            f"INSERT INTO choices VALUES (1, 'home', 's0', 'demo:7', 'Why.', NULL, NULL, '{at}')",
        ):
            connection.exec_driver_sql(statement)
        connection.commit()
    database.migrate()
    history = History(database)
    learned = history.learned(HOME)
    assert learned is not None and learned.version == 1
    learning = Learning.from_record(learned.record)
    assert learning.likes(TrackUri("demo:7"))
    assert learning.listener.taste.of_artist("Band") > 0
    [kept] = history.choices(HOME)
    assert kept.propensity is None and kept.terms == {} and kept.aim == {}
    database.close()
