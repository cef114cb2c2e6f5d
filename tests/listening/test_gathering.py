from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from affetto.errors import AffettoError, Misuse
from affetto.listening import gathering
from affetto.listening.gathering import Gathered, scan_into
from affetto.music import scanning
from affetto.music.catalogue import one_of_each
from affetto.music.hearing import RATE
from affetto.music.scanning import (
    Event,
    FailedFile,
    ScannedFile,
    Stamp,
    Surveyed,
    hear_file,
    local_uri,
)
from affetto.store.database import Database, StoreTrouble
from affetto.store.tracks import ShelvedFile, TrackShelf
from affetto.track import Track
from music import sounds

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def listen(path: str) -> ScannedFile | FailedFile:
    """Listening that takes no time; a file called bad fails."""
    status = Path(path).stat()
    stamp = Stamp(status.st_mtime_ns, status.st_size)
    if Path(path).stem == "bad":
        return FailedFile(path, stamp, "It is bad.", "Mend it.")
    return ScannedFile(path, stamp, Track(local_uri(path), Path(path).stem))


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for i in range(100):
        (folder / f"{i:03}.mp3").write_bytes(b"music")
    return folder


def gather(
    shelf: TrackShelf,
    music: Path,
    on_event: Callable[[Event], None] | None = None,
    listen: Callable[[str], ScannedFile | FailedFile] = listen,
) -> Gathered:
    return scan_into(shelf, music, now=lambda: NOON, workers=0, listen=listen, on_event=on_event)


def test_everything_heard_is_on_the_shelf_and_the_second_scan_hears_nothing(
    shelf: TrackShelf, music: Path
) -> None:
    first = gather(shelf, music)
    assert (first.new, first.heard, first.unchanged) == (100, 100, 0)
    assert len(shelf.tracks()) == 100

    def never(path: str) -> ScannedFile:
        raise AssertionError(f"{path} was listened to twice")

    second = gather(shelf, music, listen=never)
    assert (second.heard, second.unchanged) == (0, 100)


def test_changed_gone_and_failed_files_are_told_apart(
    shelf: TrackShelf, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "available", lambda: False)  # PyAV
    gather(shelf, music)
    (music / "000.mp3").write_bytes(b"other music")
    (music / "001.mp3").unlink()
    (music / "bad.mp3").write_bytes(b"?")
    (music / "song.m4a").write_bytes(b"?")
    gathered = gather(shelf, music)
    assert (gathered.new, gathered.changed, gathered.gone) == (0, 1, 1)
    assert gathered.unchanged == 98
    assert [Path(one.path).name for one in gathered.failed] == ["bad.mp3"]
    assert gathered.passed_over == {".m4a": 1}
    assert len(shelf.tracks()) == 99
    assert [one.problem for one in shelf.failures()] == ["It is bad."]
    assert gathered.still_unreadable == []
    assert gather(shelf, music).still_unreadable == shelf.failures()


def test_a_link_that_points_nowhere_fails_once_and_stays_named(
    shelf: TrackShelf, music: Path, tmp_path: Path
) -> None:
    link = music / "link.mp3"
    try:
        link.symlink_to(tmp_path / "away.mp3")
    except OSError:
        pytest.skip("this system makes no links here")
    assert len(gather(shelf, music).failed) == 1
    version = shelf.version()
    again = gather(shelf, music)
    assert again.failed == [] and [Path(one.path) for one in again.still_unreadable] == [link]
    assert shelf.version() == version
    (tmp_path / "away.mp3").write_bytes(b"music")
    assert gather(shelf, music).changed == 1 and shelf.failures() == []


def test_what_was_heard_is_kept_while_the_scan_still_runs(shelf: TrackShelf, music: Path) -> None:
    kept: list[int] = []
    gather(shelf, music, lambda _: kept.append(len(shelf.tracks())))
    assert kept[0] == 0
    assert max(after - before for before, after in pairwise(kept)) <= 32
    assert kept[50] > 0


def test_an_interrupted_scan_keeps_what_it_heard_and_the_next_goes_on_from_there(
    shelf: TrackShelf, music: Path
) -> None:
    heard: list[str] = []

    def stop_at_forty(event: Event) -> None:
        if isinstance(event, ScannedFile):
            heard.append(event.path)
            if len(heard) == 40:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather(shelf, music, stop_at_forty)
    assert len(shelf.tracks()) == 40
    rest = gather(shelf, music)
    assert (rest.new, rest.unchanged) == (60, 40)


def test_the_folder_is_surveyed_before_anything_is_heard(shelf: TrackShelf, music: Path) -> None:
    events: list[Event] = []
    gather(shelf, music, events.append)
    assert events[0] == Surveyed(files=100, unchanged=0, to_hear=100)


def test_a_full_disk_stops_the_scan_with_a_remedy(
    music: Path, shelf: TrackShelf, database: Database
) -> None:
    class Full(TrackShelf):
        """A shelf on a disk with room for one lot."""

        lots = 0

        def save(
            self, files: Sequence[ShelvedFile], gone: Sequence[str] = (), *, now: datetime
        ) -> None:
            if files and self.lots:
                raise StoreTrouble("The disk is full.", remedy="Free some space.")
            self.lots += 1
            super().save(files, gone, now=now)

    with pytest.raises(AffettoError, match="disk is full"):
        gather(Full(database), music)
    assert len(shelf.tracks()) == 32
    assert gather(shelf, music).new == 68


def test_what_an_older_analysis_heard_is_heard_again_once(
    shelf: TrackShelf, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather(shelf, music)
    (music / "000.mp3").write_bytes(b"other music")
    monkeypatch.setattr(gathering, "heard_with", lambda: "a better one")
    (music / "new.mp3").write_bytes(b"music")
    better = gather(shelf, music)
    assert (better.new, better.again, better.changed, better.unchanged) == (1, 100, 0, 0)
    assert better.heard == 101
    assert gather(shelf, music).unchanged == 101


def test_the_copies_of_a_recording_are_one_song_the_better_file_first(
    shelf: TrackShelf, tmp_path: Path
) -> None:
    folder = tmp_path / "songs"
    folder.mkdir()
    one, two = (sounds.tune(seed, 12) for seed in (1, 2))
    sounds.write(folder / "a.mp3", one, RATE)
    sounds.write(folder / "b.ogg", two, RATE)
    gather(shelf, folder, listen=hear_file)
    assert [track.song for track in shelf.tracks()] == ["", ""]
    sounds.write(folder / "z.flac", one[RATE // 2 :] / 2, RATE)
    shutil.copy(folder / "a.mp3", folder / "a copy.mp3")
    gather(shelf, folder, listen=hear_file)
    tracks = shelf.tracks()
    assert [track.title for track in tracks] == ["z", "a copy", "b", "a"]
    assert tracks[0].song == tracks[1].song == tracks[3].song != tracks[2].song == ""
    assert [track.title for track in one_of_each(tracks)] == ["z", "b"]
    version = shelf.version()
    gather(shelf, folder, listen=hear_file)
    assert shelf.version() == version  # nothing was compared again

    (folder / "z.flac").unlink()
    gather(shelf, folder, listen=hear_file)
    assert [track.title for track in one_of_each(shelf.tracks())] == ["a copy", "b"]
    sounds.write(folder / "a.mp3", two, RATE)  # the file holds another song now
    gather(shelf, folder, listen=hear_file)
    songs = {track.title: track.song for track in shelf.tracks()}
    assert songs["a"] == songs["b"] != songs["a copy"]


def test_copies_heard_before_a_power_cut_are_found_by_the_next_scan(
    shelf: TrackShelf, tmp_path: Path
) -> None:
    folder = tmp_path / "songs"
    folder.mkdir()
    for name in ("a.mp3", "b.flac"):
        sounds.write(folder / name, sounds.tune(1, 12), RATE)

    def stop(event: Event) -> None:
        if isinstance(event, ScannedFile) and event.path.endswith("b.flac"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather(shelf, folder, stop, listen=hear_file)
    assert [track.song for track in shelf.tracks()] == ["", ""]
    assert gather(shelf, folder).unchanged == 2
    assert len(one_of_each(shelf.tracks())) == 1


def test_a_folder_that_is_not_there_leaves_the_shelf_as_it_was(
    shelf: TrackShelf, music: Path
) -> None:
    gather(shelf, music)
    for path in music.iterdir():
        path.unlink()
    music.rmdir()
    with pytest.raises(Misuse):
        gather(shelf, music)
    assert len(shelf.tracks()) == 100
