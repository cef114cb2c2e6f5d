from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from affetto.errors import AffettoError
from affetto.store.database import Database
from affetto.store.tracks import ShelvedFile, TrackShelf, Unreadable
from affetto.track import Track, TrackFeatures, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROOT = Path("/music").absolute()
FULL = TrackFeatures(-0.25, 0.5, 0.41, 0.33, 120.5, "F# minor", -12.3, 1800.0)


def file(name: str, *, stamp: tuple[int, int] = (1, 2), title: str = "") -> ShelvedFile:
    uri = TrackUri(f"local:{name}")
    track = Track(uri, title or name, "Someone", "Album", "Jazz", 1964, 177.5, FULL)
    return ShelvedFile(uri, str(ROOT / name), stamp, track)


def unread(name: str) -> ShelvedFile:
    uri = TrackUri(f"local:{name}")
    return ShelvedFile(uri, str(ROOT / name), (-1, -1), None, "It is empty.", "Copy it again.")


def test_what_is_put_on_the_shelf_comes_back_whole(shelf: TrackShelf) -> None:
    one = file("a.mp3")
    shelf.save([one], now=NOON)
    assert shelf.tracks() == [one.track]
    assert shelf.paths() == {one.uri: ROOT / "a.mp3"}
    assert shelf.stamps(ROOT) == {str(ROOT / "a.mp3"): (1, 2)}


def test_a_track_whose_mood_is_unknown_stays_unknown(shelf: TrackShelf) -> None:
    uri = TrackUri("local:x")
    shelf.save([ShelvedFile(uri, str(ROOT / "x"), (1, 1), Track(uri, "X"))], now=NOON)
    assert shelf.tracks()[0].features is None


def test_a_file_scanned_again_takes_the_place_of_what_was_known(shelf: TrackShelf) -> None:
    shelf.save([file("a.mp3", title="Old")], now=NOON)
    shelf.save([file("a.mp3", title="New", stamp=(5, 6))], now=NOON)
    assert [track.title for track in shelf.tracks()] == ["New"]
    assert shelf.stamps(ROOT)[str(ROOT / "a.mp3")] == (5, 6)


def test_a_file_twice_in_one_lot_counts_once(shelf: TrackShelf) -> None:
    shelf.save([file("a.mp3", title="Old"), file("a.mp3", title="New")], now=NOON)
    assert [track.title for track in shelf.tracks()] == ["New"]


def test_a_file_that_failed_is_no_track_but_its_reason_is_kept(shelf: TrackShelf) -> None:
    shelf.save([file("a.mp3"), unread("b.mp3")], now=NOON)
    assert [track.title for track in shelf.tracks()] == ["a.mp3"]
    assert set(shelf.paths()) == {"local:a.mp3"}
    assert shelf.failures() == [Unreadable(str(ROOT / "b.mp3"), "It is empty.", "Copy it again.")]
    assert shelf.stamps(ROOT)[str(ROOT / "b.mp3")] == (-1, -1)


def test_a_gone_file_is_forgotten(shelf: TrackShelf) -> None:
    shelf.save([file("a.mp3"), file("b.mp3")], now=NOON)
    shelf.save([], [str(ROOT / "a.mp3")], now=NOON)
    assert [track.title for track in shelf.tracks()] == ["b.mp3"]


def test_stamps_are_those_below_the_folder_and_no_namesake_of_it(shelf: TrackShelf) -> None:
    other = TrackUri("local:o")
    beside = ShelvedFile(other, str(ROOT) + "2/a.mp3", (1, 1), Track(other, "O"))
    shelf.save([file("a.mp3"), beside], now=NOON)
    assert list(shelf.stamps(ROOT)) == [str(ROOT / "a.mp3")]
    assert len(shelf.stamps(Path(ROOT.anchor))) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names files in any bytes")
def test_a_path_that_is_no_unicode_is_kept_to_the_byte(shelf: TrackShelf) -> None:
    path = os.fsdecode(b"/music/caf\xe9 100%.mp3")
    uri = TrackUri("local:odd")
    shelf.save([ShelvedFile(uri, path, (1, 1), Track(uri, "Odd"))], now=NOON)
    assert list(shelf.stamps(ROOT)) == [path]
    assert os.fsencode(shelf.paths()[uri]) == b"/music/caf\xe9 100%.mp3"
    shelf.save([], [path], now=NOON)
    assert shelf.tracks() == []


def printed(name: str, length_s: float, *, size: int = 2) -> ShelvedFile:
    heard = file(name, stamp=(1, size))
    assert heard.track is not None
    track = replace(heard.track, duration_s=length_s)
    return replace(heard, track=track, sound_print="print", heard_with="old")


def test_recordings_wait_to_be_compared_and_come_in_the_order_of_their_length(
    shelf: TrackShelf,
) -> None:
    shelf.save([printed("long", 200.0), file("unheard"), printed("short", 100.0)], now=NOON)
    assert shelf.has_uncompared()
    assert [track.song for track in shelf.tracks()] == ["", "", ""]
    assert [(one.uri, one.song) for one in shelf.prints()] == [
        ("local:short", None), ("local:long", None),
    ]  # fmt: skip
    shelf.save([printed("late", 300.0)], now=NOON)  # by another scan, while these are compared
    shelf.name_songs({}, {}, compared=["local:short", "local:long"])
    assert shelf.has_uncompared()
    assert [one.song for one in shelf.prints()] == ["", "", None]
    shelf.name_songs({}, {}, compared=["local:late"])
    assert not shelf.has_uncompared()


def test_of_the_files_of_a_song_the_better_one_comes_first(shelf: TrackShelf) -> None:
    names = {"a.mp3": 5, "b.mp3": 9, "c.ogg": 1, "d.FLAC": 2}
    shelf.save([printed(name, 100.0, size=size) for name, size in names.items()], now=NOON)
    version = shelf.version()
    shelf.name_songs(
        {f"local:{name}": "x" for name in ("a.mp3", "b.mp3", "d.FLAC")}, {}, compared=[]
    )
    assert shelf.version() > version
    assert [track.title for track in shelf.tracks()] == ["d.FLAC", "b.mp3", "c.ogg", "a.mp3"]
    shelf.name_songs({}, {"x": "y"}, compared=[])
    assert {track.song for track in shelf.tracks()} == {"y", ""}


def test_files_that_another_analysis_heard_are_known(shelf: TrackShelf) -> None:
    shelf.save([printed("one", 1.0), replace(printed("two", 1.0), heard_with="new")], now=NOON)
    assert shelf.heard_otherwise(ROOT, "new") == {str(ROOT / "one")}
    assert shelf.heard_otherwise(ROOT / "elsewhere", "new") == set()


def test_a_change_of_our_own_moves_the_stamp_unless_somebody_else_changed_it_too(
    shelf: TrackShelf,
) -> None:
    shelf.save([file("one", stamp=(1, 2))], now=NOON)
    shelf.restamp(str(ROOT / "one"), (9, 9), (3, 4))
    assert shelf.stamps(ROOT) == {str(ROOT / "one"): (1, 2)}
    shelf.restamp(str(ROOT / "one"), (1, 2), (3, 4))
    assert shelf.stamps(ROOT) == {str(ROOT / "one"): (3, 4)}


def test_thousands_of_files_are_one_lot(shelf: TrackShelf) -> None:
    files = [file(f"{i}.mp3") for i in range(2500)]
    shelf.save(files, now=NOON)
    shelf.save(files[:600], [one.path for one in files[600:1900]], now=NOON)
    assert len(shelf.tracks()) == 1200


def test_the_version_changes_with_every_change_and_only_then(shelf: TrackShelf) -> None:
    seen = [shelf.version()]
    shelf.save([file("a.mp3")], now=NOON)
    seen.append(shelf.version())
    shelf.save([file("a.mp3")], now=NOON)
    seen.append(shelf.version())
    shelf.save([], [str(ROOT / "a.mp3")], now=NOON)
    seen.append(shelf.version())
    assert seen == sorted(set(seen))
    shelf.save([], now=NOON)
    assert shelf.version() == seen[-1]


def test_the_version_changes_when_another_process_scans(
    shelf: TrackShelf, database: Database
) -> None:
    before = shelf.version()
    code = """
import sys
from datetime import UTC, datetime
from affetto.store.database import Database
from affetto.store.tracks import ShelvedFile, TrackShelf
from affetto.track import Track

database = Database(sys.argv[1])
file = ShelvedFile("local:z", "/z", (1, 1), Track("local:z", "Z"))
TrackShelf(database).save([file], now=datetime.now(UTC))
database.close()
"""
    subprocess.run([sys.executable, "-c", code, str(database.url)], check=True)
    assert shelf.version() > before


def test_a_full_disk_is_said_plainly_and_loses_nothing_kept_before(
    shelf: TrackShelf, database: Database
) -> None:
    shelf.save([file("a.mp3")], now=NOON)
    with database.reading() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages + 1}"))
    with pytest.raises(AffettoError, match="disk is full") as caught:
        shelf.save([file(f"{i}.mp3", title="x" * 300) for i in range(2000)], now=NOON)
    assert "Free some space" in caught.value.remedy
    assert [track.title for track in shelf.tracks()] == ["a.mp3"]
