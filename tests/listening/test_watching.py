from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from affetto.errors import AffettoError
from affetto.listening.gathering import Gathered
from affetto.listening.watching import watch_into
from affetto.music.scanning import FailedFile, ScannedFile, Stamp, local_uri
from affetto.store.tracks import TrackShelf
from affetto.track import Track

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def listen(path: str) -> ScannedFile | FailedFile:
    status = Path(path).stat()
    stamp = Stamp(status.st_mtime_ns, status.st_size)
    return ScannedFile(path, stamp, Track(local_uri(path), Path(path).stem))


def touch(path: Path, seconds_ago: float = 60) -> Path:
    path.write_bytes(b"music")
    then = time.time() - seconds_ago
    os.utime(path, (then, then))
    return path


def follow(
    shelf: TrackShelf,
    folder: Path,
    *steps: Callable[[], object],
    changes: list[Gathered] | None = None,
    troubles: list[AffettoError] | None = None,
) -> list[str]:
    """Watch, taking one of the steps between each two looks; the titles at the end."""
    waiting = list(steps)

    class Stop(threading.Event):
        """Instead of waiting, something happens in the folder."""

        def wait(self, timeout: float | None = None) -> bool:
            assert timeout is not None and timeout > 0
            if not waiting:
                self.set()
            else:
                waiting.pop(0)()
            return self.is_set()

    watch_into(
        shelf,
        folder,
        now=lambda: NOON,
        stop=Stop(),
        workers=0,
        listen=listen,
        on_change=None if changes is None else changes.append,
        on_trouble=None if troubles is None else troubles.append,
    )
    return [track.title for track in shelf.tracks()]


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    touch(folder / "one.mp3")
    return folder


def test_what_comes_changes_and_goes_in_the_folder_reaches_the_shelf(
    shelf: TrackShelf, music: Path
) -> None:
    changes: list[Gathered] = []
    titles = follow(
        shelf,
        music,
        lambda: touch(music / "two.mp3"),
        lambda: None,
        lambda: (touch(music / "one.mp3", 30), (music / "two.mp3").unlink()),
        changes=changes,
    )
    assert titles == ["one"]
    assert [(c.new, c.changed, c.gone) for c in changes] == [(1, 0, 0), (1, 0, 0), (0, 1, 1)]


def test_a_file_that_is_still_being_copied_is_left_until_it_is_whole(
    shelf: TrackShelf, music: Path
) -> None:
    seen: list[int] = []
    titles = follow(
        shelf,
        music,
        lambda: touch(music / "copied.mp3", 0),
        lambda: seen.append(len(shelf.tracks())),
        lambda: touch(music / "copied.mp3", 10),
    )
    assert seen == [1] and titles == ["copied", "one"]


def test_a_file_from_the_future_is_heard_at_once(shelf: TrackShelf, music: Path) -> None:
    touch(music / "tomorrow.mp3", -86_400)
    assert follow(shelf, music) == ["one", "tomorrow"]


def test_a_disk_that_goes_away_is_said_once_and_waited_for(
    shelf: TrackShelf, music: Path, tmp_path: Path
) -> None:
    troubles: list[AffettoError] = []
    away = tmp_path / "away"
    titles = follow(
        shelf,
        music,
        lambda: music.rename(away),
        lambda: None,
        lambda: None,
        lambda: (away.rename(music), touch(music / "two.mp3")),
        troubles=troubles,
    )
    assert titles == ["one", "two"]
    assert len(troubles) == 1 and "no folder" in troubles[0].problem


def test_who_stops_in_the_middle_keeps_what_was_heard(shelf: TrackShelf, music: Path) -> None:
    touch(music / "two.mp3")
    touch(music / "three.mp3")
    stop = threading.Event()

    def last(path: str) -> ScannedFile | FailedFile:
        stop.set()
        return listen(path)

    watch_into(shelf, music, now=lambda: NOON, stop=stop, workers=0, listen=last)
    assert [track.title for track in shelf.tracks()] == ["one"]
