from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from affetto.store.connections import KeptConnections
from affetto.store.database import Database
from affetto.store.distant import DistantShelf, ShelvedTrack
from affetto.store.keyring import Keyring, KeyTrouble, add_key
from affetto.store.listeners import Listeners
from affetto.store.tables import HOME, ListenerRow
from affetto.track import Track, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SETTINGS = {"url": "http://nas:4533", "user": "ada", "password": "correct-horse-battery"}
SEEN = {"url", "user"}


@pytest.fixture
def kept(database: Database) -> KeptConnections:
    Listeners(database).welcome(NOON)
    return KeptConnections(database)


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring.in_file(tmp_path / "keys")


def on_disk(folder: Path, what: bytes) -> bool:
    return any(what in file.read_bytes() for file in folder.glob("affetto.db*"))


def test_a_connection_is_found_again_as_it_was_made(kept: KeptConnections, ring: Keyring) -> None:
    later = NOON + timedelta(days=1)
    kept.keep(HOME, "subsonic", SETTINGS, ring, later, seen=SEEN)
    kept.keep(HOME, "mpd", {"host": "nas"}, ring, NOON, seen={"host"})
    mpd, subsonic = kept.all_of(HOME)
    assert (mpd.provider, mpd.settings, mpd.sealed) == ("mpd", {"host": "nas"}, "")
    assert subsonic.opened(ring) == SETTINGS
    assert subsonic.settings == {"url": "http://nas:4533", "user": "ada"}
    assert subsonic.connected_at == later


def test_nothing_secret_is_on_the_disk_in_plain(
    kept: KeptConnections, ring: Keyring, database: Database, tmp_path: Path
) -> None:
    kept.keep(HOME, "subsonic", SETTINGS, ring, NOON, seen=SEEN)
    database.engine.dispose()
    assert on_disk(tmp_path, b"http://nas:4533")  # the scan does see what is not secret
    assert not on_disk(tmp_path, b"correct-horse-battery")


def test_what_nobody_said_may_be_seen_is_sealed(kept: KeptConnections, ring: Keyring) -> None:
    kept.keep(HOME, "radio", {"odd": "value"}, ring, NOON, seen=())
    [radio] = kept.all_of(HOME)
    assert radio.settings == {} and radio.opened(ring) == {"odd": "value"}


def test_disconnecting_leaves_nothing_of_it_in_the_file(
    kept: KeptConnections, ring: Keyring, database: Database, tmp_path: Path
) -> None:
    settings = {**SETTINGS, "url": "http://a-server-nobody-else-has:4533"}
    kept.keep(HOME, "subsonic", settings, ring, NOON, seen=SEEN)
    kept.keep(HOME, "mpd", {"host": "nas"}, ring, NOON, seen={"host"})
    Listeners(database).keep_token(HOME, "subsonic", "a token", ring, NOON)
    kept.set_outlet(HOME, "subsonic")
    assert on_disk(tmp_path, b"a-server-nobody-else-has")
    kept.forget(HOME, "subsonic")
    assert [one.provider for one in kept.all_of(HOME)] == ["mpd"]
    assert Listeners(database).token(HOME, "subsonic", ring) is None
    assert kept.outlet(HOME) is None
    assert not on_disk(tmp_path, b"a-server-nobody-else-has")


def test_disconnecting_leaves_no_title_of_its_songs_in_the_file(
    kept: KeptConnections, ring: Keyring, database: Database, tmp_path: Path
) -> None:
    shelf = DistantShelf(database)
    names = {"subsonic:7": "A Song That Only This Server Has", "mpd:a": "Another"}
    tracks = [ShelvedTrack(Track(TrackUri(uri), title)) for uri, title in names.items()]
    shelf.save(tracks, now=NOON)
    kept.keep(HOME, "subsonic", SETTINGS, ring, NOON, seen=SEEN)
    assert on_disk(tmp_path, b"A Song That Only This Server Has")
    kept.forget(HOME, "subsonic")
    assert set(shelf.tracks()) == {"mpd"}
    assert not on_disk(tmp_path, b"A Song That Only This Server Has")


def test_what_was_heard_stays_while_somebody_else_has_the_server_connected(
    kept: KeptConnections, ring: Keyring, database: Database
) -> None:
    with database.session() as session:
        session.add(ListenerRow(id="guest", created_at=NOON))
    kept.keep(HOME, "subsonic", SETTINGS, ring, NOON, seen=SEEN)
    kept.keep("guest", "subsonic", SETTINGS, ring, NOON, seen=SEEN)
    shelf = DistantShelf(database)
    shelf.save([ShelvedTrack(Track(TrackUri("subsonic:7"), "Rain"))], now=NOON)
    kept.forget(HOME, "subsonic")
    assert set(shelf.tracks()) == {"subsonic"}
    kept.forget("guest", "subsonic")
    assert not shelf.tracks()


def test_it_leaves_with_the_listener(
    kept: KeptConnections, ring: Keyring, database: Database
) -> None:
    kept.keep(HOME, "subsonic", SETTINGS, ring, NOON, seen=SEEN)
    kept.set_outlet(HOME, "subsonic")
    Listeners(database).forget(HOME)
    assert kept.all_of(HOME) == [] and kept.outlet(HOME) is None


def test_secrets_move_to_a_new_key(
    kept: KeptConnections, ring: Keyring, database: Database, tmp_path: Path
) -> None:
    kept.keep(HOME, "subsonic", SETTINGS, ring, NOON, seen=SEEN)
    kept.keep(HOME, "mpd", {"host": "nas"}, ring, NOON, seen={"host"})
    before = kept.all_of(HOME)[-1].sealed
    new = add_key(tmp_path / "keys")
    assert kept.reseal(new) == 1
    subsonic = kept.all_of(HOME)[-1]
    assert subsonic.sealed != before and subsonic.opened(new) == SETTINGS


def test_another_key_says_what_to_do(kept: KeptConnections, ring: Keyring, tmp_path: Path) -> None:
    kept.keep(HOME, "subsonic", SETTINGS, ring, NOON, seen=SEEN)
    [subsonic] = kept.all_of(HOME)
    with pytest.raises(KeyTrouble, match="does not open"):
        subsonic.opened(Keyring.in_file(tmp_path / "other"))


def test_where_it_sounds_is_remembered(kept: KeptConnections) -> None:
    assert kept.outlet(HOME) is None
    kept.set_outlet(HOME, "mpd")
    kept.set_outlet(HOME, "spotify")
    assert kept.outlet(HOME) == "spotify"
    kept.set_outlet(HOME, None)
    assert kept.outlet(HOME) is None
