from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from affetto.emotion import Affect
from affetto.store.database import Database
from affetto.store.songs import SongShelf
from affetto.store.tracks import ShelvedFile, TrackShelf
from affetto.track import Track, TrackFeatures, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
TABLE = Path("/tables/one.csv").absolute()
OTHER = Path("/tables/two.csv").absolute()


def song(name: str, valence: float = 0.1, popularity: int | None = None) -> Track:
    heard = TrackFeatures(valence, 0.2, sources=("median rule",))
    return Track(TrackUri(f"table:{name}"), name, "Someone", features=heard, popularity=popularity)


@pytest.fixture
def shelf(database: Database) -> SongShelf:
    return SongShelf(database)


def test_songs_come_back_whole_and_the_table_is_named(shelf: SongShelf) -> None:
    songs = [song("a", popularity=4), song("b")]
    assert shelf.save(songs, TABLE, now=NOON) == 2
    assert shelf.finish(TABLE, told_from="median rule", now=NOON) == 0
    assert shelf.songs() == songs
    (table,) = shelf.tables()
    assert (table.path, table.songs, table.told_from) == (str(TABLE), 2, "median rule")
    assert list(shelf.popularity()) == [("Someone", "a", 4)]


def test_a_song_of_a_table_is_not_the_listeners_own_music(
    shelf: SongShelf, database: Database
) -> None:
    shelf.save([song("a")], TABLE, now=NOON)
    own = Track(TrackUri("local:x"), "X")
    files = TrackShelf(database)
    files.save([ShelvedFile(own.uri, "/music/x.mp3", (1, 1), own)], now=NOON)
    assert files.tracks() == [own]
    assert [one.title for one in shelf.songs()] == ["a"]
    assert shelf.forget() == 1
    assert files.tracks() == [own]


def test_importing_again_renews_and_lets_go_of_what_the_file_lost(shelf: SongShelf) -> None:
    shelf.save([song("a"), song("b")], TABLE, now=NOON)
    shelf.finish(TABLE, told_from="x", now=NOON)
    assert shelf.save([song("b", popularity=9), song("c")], TABLE, now=LATER) == 1
    assert shelf.finish(TABLE, told_from="x", now=LATER) == 1
    assert [(one.title, one.popularity) for one in shelf.songs()] == [("b", 9), ("c", None)]


def test_one_table_is_forgotten_and_the_other_stays(shelf: SongShelf) -> None:
    for table, name in ((TABLE, "a"), (OTHER, "b")):
        shelf.save([song(name)], table, now=NOON)
        shelf.finish(table, told_from="x", now=NOON)
    assert shelf.forget(TABLE) == 1
    assert [one.title for one in shelf.songs()] == ["b"]
    assert [one.path for one in shelf.tables()] == [str(OTHER)]
    assert shelf.forget(TABLE) == 0


def test_the_nearest_songs_come_first(shelf: SongShelf) -> None:
    unknown = Track(TrackUri("table:z"), "Z")
    shelf.save([song("far", -0.9), song("near", 0.5), unknown], TABLE, now=NOON)
    assert [one.title for one in shelf.songs(near=Affect(0.6, 0.2), limit=1)] == ["near"]
    assert len(shelf.songs(near=Affect(0.6, 0.2))) == 2


def test_thousands_of_songs_are_one_lot(shelf: SongShelf) -> None:
    songs = [song(f"{i:04}") for i in range(1200)]
    assert shelf.save(songs, TABLE, now=NOON) == 1200
    assert shelf.save(songs, TABLE, now=NOON) == 0
    assert len(shelf.songs()) == 1200
