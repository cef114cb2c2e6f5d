from __future__ import annotations

import os
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, text

from affetto.errors import Misuse
from affetto.store.database import HEAD, Database, StoreTrouble, migrations_in
from affetto.store.tables import (
    HOME,
    PERSONAL,
    Base,
    ChoiceRow,
    ConsentRow,
    ListenerRow,
    SessionRow,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_what_is_kept_survives_a_power_cut(database: Database) -> None:
    with database.reading() as session:
        pragmas = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_migrations_give_exactly_the_tables_the_code_knows(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "render_as_batch": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    import affetto.store.migrations as migrations

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrations_can_be_walked_back(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    import affetto.store.migrations as migrations

    database = Database.at(tmp_path / "affetto.db")
    database.migrate()
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
    with sqlite3.connect(tmp_path / "affetto.db") as raw:
        left = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    raw.close()
    database.close()
    assert not left & set(Base.metadata.tables)


def test_what_an_older_version_kept_of_a_mood_is_dropped(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    import affetto.store.migrations as migrations

    database = Database.at(tmp_path / "affetto.db")
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        at = "2026-11-21 12:00:00"
        for statement in (
            f"INSERT INTO listeners VALUES ('home', '{at}')",
            *(
                "INSERT INTO sessions VALUES "
                f"('{name}', 'home', 'match', '{{\"a\": 1}}', '{at}', '{at}', {ended})"
                for name, ended in (("over", f"'{at}'"), ("on", "NULL"))
            ),
            f"INSERT INTO choices VALUES (1, 'home', 'on', 'demo:a', 'Why.', 0.5, 0.5, '{at}')",
        ):
            connection.exec_driver_sql(statement)
        connection.commit()
    database.migrate()
    with database.reading() as session:
        records = {row.id: row.record for row in session.scalars(select(SessionRow))}
        assert records == {"over": {}, "on": {"a": 1}}
        assert session.scalars(select(ChoiceRow.target_valence)).all() == [None]
        assert session.scalars(select(ChoiceRow.because)).all() == ["Why."]
    database.close()


def test_music_an_older_version_scanned_stays_and_is_heard_again(tmp_path: Path) -> None:
    from alembic import command

    import affetto.store.migrations as migrations
    from affetto.store.songs import SongShelf
    from affetto.store.tracks import TrackShelf

    database = Database.at(tmp_path / "affetto.db")
    config = migrations_in(Path(migrations.__path__[0]))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        columns = "uri, provider, path, mtime_ns, size, title, artist, album, genre, duration_s"
        given = "'local', '/music/{0}', 7, 9, '{0}', 'Band', '', '', 180"
        for uri, name, more in (("local:1", "a.mp3", "0.5, 0.2, NULL"), ("local:2", "b.mp3", "")):
            told, heard = ("valence, arousal, problem", more) if more else ("problem", "'Torn.'")
            connection.exec_driver_sql(
                f"INSERT INTO tracks ({columns}, {told}, scanned_at) "
                f"VALUES ('{uri}', {given.format(name)}, {heard}, '2026-11-21 12:00:00')"
            )
        connection.commit()
    database.migrate()
    shelf = TrackShelf(database)
    (track,) = shelf.tracks()
    assert (track.title, track.song, track.popularity) == ("a.mp3", "", None)
    assert track.features is not None
    assert track.features.sources == ("sound",)
    assert [one.problem for one in shelf.failures()] == ["Torn."]
    assert shelf.heard_otherwise(Path("/music"), "now") == {"/music/a.mp3", "/music/b.mp3"}
    assert SongShelf(database).songs() == []
    database.close()


def test_a_second_start_migrates_nothing_and_loses_nothing(tmp_path: Path) -> None:
    first = Database.at(tmp_path / "affetto.db")
    first.migrate()
    with first.session() as session:
        session.add(ListenerRow(id=HOME, created_at=NOON))
    first.close()
    second = Database.at(tmp_path / "affetto.db")
    second.migrate()
    with second.reading() as session:
        assert session.get(ListenerRow, HOME) is not None
    second.close()


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "affetto.db")
    database.migrate()
    with database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTrouble, match="newer Affetto"):
        database.migrate()
    database.close()


def test_no_column_can_hold_a_picture_or_a_sound() -> None:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            assert not isinstance(column.type, LargeBinary), column
            assert "BLOB" not in str(column.type).upper(), column


def test_no_column_of_the_real_file_is_a_blob_either(database: Database) -> None:
    with database.reading() as session:
        connection = session.connection()
        for table in Base.metadata.tables:
            for column in connection.exec_driver_sql(f"PRAGMA table_info({table})"):
                assert "BLOB" not in column[2].upper() and column[2] != "", (table, column)


def test_every_personal_row_says_whose_it_is() -> None:
    impersonal = {"listeners", "tracks", "song_tables", "revisions"}
    assert {t for t in Base.metadata.tables if t not in impersonal} == {
        row.__tablename__ for row in PERSONAL
    }
    for row in PERSONAL:
        owner = row.__table__.columns["listener_id"]
        assert not owner.nullable
        [key] = owner.foreign_keys
        assert key.target_fullname == "listeners.id" and key.ondelete == "CASCADE"


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, (table, constraint)


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    abroad = timezone(timedelta(hours=9))
    with database.session() as session:
        session.add(ListenerRow(id=HOME, created_at=NOON.astimezone(abroad)))
    with database.reading() as session:
        row = session.get(ListenerRow, HOME)
        assert row is not None
        assert row.created_at == NOON and row.created_at.tzinfo is UTC


def test_a_time_without_a_zone_is_a_bug(database: Database) -> None:
    with pytest.raises(Exception, match="without a zone"), database.session() as session:
        session.add(ListenerRow(id=HOME, created_at=NOON.replace(tzinfo=None)))
    with database.reading() as session:
        assert session.get(ListenerRow, HOME) is None


def test_a_transaction_that_fails_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(RuntimeError), database.session() as session:
        session.add(ListenerRow(id=HOME, created_at=NOON))
        session.flush()
        raise RuntimeError
    with database.reading() as session:
        assert session.get(ListenerRow, HOME) is None


def test_a_row_of_nobody_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), database.session() as session:
        session.add(
            ConsentRow(listener_id="nobody", sensor="camera", version="1", given=True, at=NOON)
        )


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.session() as writing:
        writing.add(ListenerRow(id=HOME, created_at=NOON))
        writing.flush()
        before = time.perf_counter()
        with database.reading() as session:
            assert session.get(ListenerRow, HOME) is None  # not yet
        assert time.perf_counter() - before < 1


def test_two_writers_wait_for_each_other(database: Database) -> None:
    holds, done = threading.Event(), threading.Event()

    def other() -> None:
        with database.session() as session:
            session.add(ListenerRow(id="other", created_at=NOON))
            session.flush()
            holds.set()
            done.wait(0.2)

    thread = threading.Thread(target=other)
    thread.start()
    holds.wait(5)
    with database.session() as session:  # waits, then sees what the other wrote
        assert session.get(ListenerRow, "other") is not None
    thread.join()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "affetto.db"
    path.write_text("this is a shopping list, not a database\n" * 100)
    database = Database.at(path)
    with pytest.raises(StoreTrouble, match="damaged") as caught:
        database.migrate()
    assert "backup" in caught.value.remedy
    with pytest.raises(StoreTrouble, match="damaged"):
        database.check()
    database.close()
    assert path.read_text().startswith("this is a shopping list")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "nowhere" / "affetto.db")
    with pytest.raises(StoreTrouble, match="cannot be written") as caught:
        database.migrate()
    assert "AFFETTO_DATA_DIR" in caught.value.remedy
    database.close()


@pytest.mark.skipif(os.name == "nt", reason="no folder can have such a name there")
def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    folder = tmp_path / "what? 100% mine #1"
    folder.mkdir()
    database = Database.at(folder / "affetto.db")
    database.migrate()
    database.check()
    database.close()
    assert (folder / "affetto.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_affetto_may_be_installed_in_a_folder_of_any_name(tmp_path: Path) -> None:
    import shutil

    from alembic.script import ScriptDirectory

    import affetto.store.migrations as migrations

    folder = tmp_path / "100% mine"
    shutil.copytree(Path(migrations.__path__[0]), folder)
    assert ScriptDirectory.from_config(migrations_in(folder)).get_heads() == [HEAD]


def test_a_full_disk_is_said_plainly(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "affetto.db")
    database.migrate()
    with pytest.raises(StoreTrouble, match="disk is full"), database.session() as session:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(1000):
            session.add(ListenerRow(id=f"{number:0>60}", created_at=NOON))
        session.flush()
    database.close()
    again = Database.at(tmp_path / "affetto.db")
    again.check()
    again.close()


def test_any_other_failure_of_the_database_points_to_the_doctor(database: Database) -> None:
    with pytest.raises(StoreTrouble) as caught, database.session() as session:
        session.execute(text("SELECT * FROM no_such_table"))
    assert "doctor" in caught.value.remedy


def test_an_address_that_is_none_is_misuse() -> None:
    with pytest.raises(Misuse):
        Database("where is it")


def test_a_sound_database_passes_its_check(database: Database) -> None:
    database.check()
