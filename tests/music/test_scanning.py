from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from affetto.errors import Misuse
from affetto.music import scanning
from affetto.music.scanning import (
    UNSEEN,
    Event,
    FailedFile,
    FailedFolder,
    GoneFile,
    ScannedFile,
    Stamp,
    Surveyed,
    local_uri,
    scan,
    sound_files,
)
from affetto.track import Track
from music import listeners
from music.sounds import A_MAJOR, FORMATS, PNG, chord, tag, write

T = TypeVar("T")

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions another way")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux names files in any bytes")


def quick(path: str) -> ScannedFile | FailedFile:
    """Listening that takes no time."""
    status = Path(path).stat()
    stamp = Stamp(status.st_mtime_ns, status.st_size)
    return ScannedFile(path, stamp, Track(local_uri(path), Path(path).stem))


def go(root: Path, known: dict[str, Stamp] | None = None) -> list[Event]:
    return list(scan(root, known=known or {}, workers=0, listen=quick))


def of(kind: type[T], events: list[Event]) -> list[T]:
    return [event for event in events if isinstance(event, kind)]


def names(events: list[Event]) -> list[str]:
    return [Path(event.path).name for event in of(ScannedFile, events)]


def touch(path: Path, content: bytes = b"music") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@contextmanager
def as_a_common_user(*folders: Path) -> Iterator[None]:
    """Root may read everything; act as someone else for a while."""
    if os.geteuid() != 0:
        yield
        return
    for folder in folders:
        for one in (folder, *folder.parents):
            if one.stat().st_uid == 0 and one != Path(one.anchor) and one != Path("/tmp"):
                one.chmod(one.stat().st_mode | 0o055)
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that other users can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        yield folder
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)


def test_files_in_folders_below_are_found_whatever_the_case_of_their_ending(
    tmp_path: Path,
) -> None:
    for name in ("b/2.MP3", "a/1.flac", "a/deep/er/3.Ogg", "4.opus", "5.wav", "6.oga"):
        touch(tmp_path / name)
    touch(tmp_path / "a/cover.jpg")
    touch(tmp_path / "notes.txt")
    events = go(tmp_path)
    assert sorted(names(events)) == ["1.flac", "2.MP3", "3.Ogg", "4.opus", "5.wav", "6.oga"]
    assert events[0] == Surveyed(files=6, unchanged=0, to_hear=6)


def test_a_second_scan_listens_to_nothing(tmp_path: Path) -> None:
    for i in range(5):
        touch(tmp_path / f"{i}.mp3")
    known = {one.path: one.stamp for one in of(ScannedFile, go(tmp_path))}
    assert go(tmp_path, known) == [Surveyed(files=5, unchanged=5, to_hear=0)]


def test_only_changed_and_new_files_are_listened_to_and_gone_ones_told(tmp_path: Path) -> None:
    for i in range(4):
        touch(tmp_path / f"{i}.mp3")
    known = {one.path: one.stamp for one in of(ScannedFile, go(tmp_path))}
    touch(tmp_path / "1.mp3", b"other music")
    (tmp_path / "2.mp3").unlink()
    touch(tmp_path / "new.mp3")
    events = go(tmp_path, known)
    assert names(events) == ["1.mp3", "new.mp3"]
    assert of(GoneFile, events) == [GoneFile(str(tmp_path.resolve() / "2.mp3"))]


def test_a_folder_that_lost_all_its_music_is_doubted(tmp_path: Path) -> None:
    for name in ("1.mp3", "album/2.mp3"):
        touch(tmp_path / "disk" / name)
    known = {one.path: one.stamp for one in of(ScannedFile, go(tmp_path / "disk"))}
    for path in (tmp_path / "disk").rglob("*.mp3"):
        path.unlink()
    with pytest.raises(Misuse, match="2 files were known") as caught:
        go(tmp_path / "disk", known)  # an unmounted disk leaves such a folder behind
    assert "Connect the disk" in caught.value.remedy and "--gone" in caught.value.remedy
    events = list(scan(tmp_path / "disk", known=known, workers=0, listen=quick, all_gone=True))
    assert {gone.path for gone in of(GoneFile, events)} == set(known)


def test_files_known_elsewhere_are_not_gone(tmp_path: Path) -> None:
    touch(tmp_path / "music/1.mp3")
    elsewhere = {str(tmp_path / "music2" / "1.mp3"): Stamp(1, 1)}
    assert of(GoneFile, go(tmp_path / "music", elsewhere)) == []


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path / "._song.mp3")
    touch(tmp_path / ".Trash/old.mp3")
    touch(tmp_path / "song.mp3")
    assert names(go(tmp_path)) == ["song.mp3"]


def test_formats_that_need_an_extra_are_counted_without_it_and_heard_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.m4a", "b.M4A", "c.wma", "d.aiff"):
        touch(tmp_path / name)
    monkeypatch.setattr(scanning, "available", lambda: True)
    events = go(tmp_path)
    assert events[0] == Surveyed(4, 0, 4, unplayable={".wma": 1, ".aiff": 1})
    known = {one.path: one.stamp for one in of(ScannedFile, events)}
    monkeypatch.setattr(scanning, "available", lambda: False)
    only = Surveyed(1, 0, 1, passed_over={".m4a": 2, ".wma": 1}, unplayable={".aiff": 1})
    assert go(tmp_path)[0] == only
    # What was heard while the extra was there is not gone without it.
    assert of(GoneFile, go(tmp_path, known)) == []


def test_a_files_name_in_the_house_stays_while_it_lies_there(tmp_path: Path) -> None:
    touch(tmp_path / "a.mp3")
    first, second = (of(ScannedFile, go(tmp_path))[0].track.uri for _ in range(2))
    assert first == second
    assert first.startswith("local:")
    assert len(first) == len("local:") + 16


@posix
def test_links_are_followed_once_and_loops_end(tmp_path: Path) -> None:
    touch(tmp_path / "elsewhere/far.mp3")
    music = tmp_path / "music"
    touch(music / "near.mp3")
    (music / "linked").symlink_to(tmp_path / "elsewhere")
    (music / "again").symlink_to(tmp_path / "elsewhere")
    (music / "loop").symlink_to(music)
    (music / "self").symlink_to(music / "self")
    assert sorted(names(go(music))) == ["far.mp3", "near.mp3"]


@posix
def test_a_link_to_nowhere_is_named_and_tried_again_next_time(tmp_path: Path) -> None:
    (tmp_path / "lost.mp3").symlink_to(tmp_path / "nowhere.mp3")
    touch(tmp_path / "fine.mp3")
    events = go(tmp_path)
    assert names(events) == ["fine.mp3"]
    [failed] = of(FailedFile, events)
    assert "points at a file that is not there" in failed.problem
    assert failed.stamp == UNSEEN
    assert len(of(FailedFile, go(tmp_path, {failed.path: failed.stamp}))) == 1


@posix
def test_a_pipe_named_like_a_song_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    assert go(tmp_path) == [Surveyed(0, 0, 0)]


@posix
def test_a_folder_without_permission_is_named_and_its_files_stay_known(shared: Path) -> None:
    touch(shared / "open.mp3")
    hidden = touch(shared / "shut" / "kept.mp3")
    (shared / "shut").chmod(0)
    with as_a_common_user(shared):
        events = go(shared, {str(hidden): Stamp(1, 1)})
    assert names(events) == ["open.mp3"]
    [shut] = of(FailedFolder, events)
    assert shut.path == str(shared / "shut")
    assert "permission denied" in shut.problem
    assert "permission" in shut.remedy
    assert of(GoneFile, events) == []


@posix
def test_a_file_without_permission_is_named_and_heard_once_it_may_be(shared: Path) -> None:
    path = write(shared / "mine.wav", chord(A_MAJOR, 1))
    path.chmod(0)
    with as_a_common_user(shared):
        events = list(scan(shared, known={}, workers=0))
    [failed] = of(FailedFile, events)
    assert "permission denied" in failed.problem
    path.chmod(0o644)
    assert names(list(scan(shared, known={failed.path: failed.stamp}, workers=0))) == ["mine.wav"]


@posix
def test_a_root_without_permission_is_refused_with_a_remedy(shared: Path) -> None:
    root = shared / "shut"
    root.mkdir()
    root.chmod(0)
    with as_a_common_user(shared), pytest.raises(Misuse, match="permission denied") as caught:
        go(root)
    assert "permission to read it" in caught.value.remedy


def test_a_missing_root_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="There is no folder") as caught:
        go(tmp_path / "nowhere")
    assert "spelling" in caught.value.remedy


def test_a_file_for_a_root_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="is not a folder"):
        go(touch(tmp_path / "song.mp3"))


def test_a_file_that_disappears_meanwhile_is_told_and_the_rest_go_on(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{i}.wav", chord(A_MAJOR, 0.2)) for i in range(3)]
    events = scan(tmp_path, known={}, workers=0)
    next(events)
    paths[1].unlink()
    rest = list(events)
    assert names(rest) == ["0.wav", "2.wav"]
    [failed] = of(FailedFile, rest)
    assert "disappeared" in failed.problem


@linux
def test_a_name_that_is_no_unicode_is_scanned_like_any_other(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9.wav"
    write(tmp_path / "a.wav", chord(A_MAJOR, 1)).rename(os.fsdecode(odd))
    [found] = of(ScannedFile, list(scan(tmp_path, known={}, workers=1)))
    assert os.fsencode(found.path) == odd
    assert found.track.title == "caf�"
    assert found.track.features is not None


def test_real_files_in_every_format_are_heard_by_real_processes_despite_bad_ones(
    tmp_path: Path,
) -> None:
    for ending in FORMATS:
        path = write(tmp_path / f"song{ending}", chord(A_MAJOR, 2))
        tag(path, title=f"Song in {ending}", artist="Someone")
    touch(tmp_path / "empty.mp3", b"")
    touch(tmp_path / "words.mp3", b"these are only words " * 50)
    touch(tmp_path / "picture.flac", PNG)
    write(tmp_path / "bad.wav", chord(A_MAJOR, 1))
    events = list(scan(tmp_path, known={}, workers=2, listen=listeners.hear_but_crash_on_bad_ones))
    heard = {event.track.title: event.track for event in of(ScannedFile, events)}
    assert set(heard) == {f"Song in {ending}" for ending in FORMATS}
    assert all(track.artist == "Someone" for track in heard.values())
    assert all(track.features and track.features.key for track in heard.values())
    problems = {Path(one.path).name: one.problem for one in of(FailedFile, events)}
    assert problems == {
        "empty.mp3": "The file is empty.",
        "words.mp3": "The file holds no sound that can be decoded.",
        "picture.flac": "The file holds no sound that can be decoded.",
        "bad.wav": "The decoder crashed on this file.",
    }
    # What failed for what it is stays failed until it changes.
    known = {e.path: e.stamp for e in events if isinstance(e, (ScannedFile, FailedFile))}
    assert go(tmp_path, known) == [Surveyed(files=9, unchanged=9, to_hear=0)]


def test_the_sound_files_of_a_folder_can_be_listed_without_listening(tmp_path: Path) -> None:
    touch(tmp_path / "b.mp3")
    touch(tmp_path / "a/1.flac")
    assert [Path(path).name for path in sound_files(tmp_path)] == ["b.mp3", "1.flac"]
