from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from affetto.cli.main import app
from affetto.music import scanning
from music.sounds import A_MAJOR, A_MINOR, beats, chord, tag, write

FOUR = (".mp3", ".flac", ".ogg", ".opus")
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    ours = {k: v for k, v in os.environ.items() if not k.startswith("AFFETTO_")}
    return {**ours, "AFFETTO_DATA_DIR": str(tmp_path / "data"), "NO_COLOR": "1"}


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for i, ending in enumerate(FOUR):
        piece = beats(90 + 20 * i, 6, 0.2) + chord(A_MINOR if i % 2 else A_MAJOR, 6)
        tag(write(folder / f"{i}{ending}", piece), title=f"Song {i}", artist="Nina")
    return folder


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "affetto", "library", *map(str, words)]


def run(env: Mapping[str, str], *words: str | Path) -> Result:
    """The command as typed, run here; ``command`` is for those that get killed."""
    return CliRunner().invoke(app, ["library", *map(str, words)], env=dict(env))


def scanned(env: Mapping[str, str], *words: str | Path) -> dict[str, object]:
    done = run(env, "scan", *words, "--json")
    assert done.exit_code == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def counts(answer: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(answer[name] for name in ("new", "changed", "unchanged", "gone"))


def test_a_scan_says_what_it_found_and_show_lists_it(
    env: dict[str, str], music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "available", lambda: False)  # PyAV
    (music / "empty.mp3").touch()
    (music / "film.m4a").touch()
    done = run(env, "scan", music)
    assert done.exit_code == 0
    assert "4 new · 0 changed · 0 unchanged · 0 gone · 1 failed" in done.stdout
    assert "The file is empty. Copy it again from where it came from." in done.stdout
    assert str(music.resolve() / "empty.mp3") in done.stdout
    assert "Passed over: 1 .m4a. They need PyAV" in done.stdout
    assert "affetto[video]" in done.stdout
    assert done.stderr == ""  # no bar where nobody looks

    table = run(env, "show").stdout.splitlines()
    assert table[0].split() == [
        "Title", "Artist", "Mood", "Valence", "Arousal", "Tempo", "Key", "From",
    ]  # fmt: skip
    assert table[1].split()[-1] == "sound"
    assert len(table) == 5
    assert "Song 0" in table[1]
    assert "±" in table[1]


def test_show_for_machines_finds_words_and_keeps_to_the_limit(
    env: dict[str, str], music: Path
) -> None:
    run(env, "scan", music)
    [entry] = json.loads(run(env, "show", "nina", "song", "2", "--json").stdout)
    assert entry["title"] == "Song 2"
    assert entry["path"] == str(music.resolve() / "2.ogg")
    assert entry["mood"] in {"angry", "happy", "sad", "calm"}
    assert -1 <= entry["valence"] <= 1
    assert entry["tempo_bpm"] == pytest.approx(130, rel=0.03)
    assert entry["key"] == "A"
    assert len(json.loads(run(env, "show", "--limit", "3", "--json").stdout)) == 3
    assert "2 of 4 tracks" in run(env, "show", "--limit", "2").stderr


def test_show_says_what_to_do_when_there_is_nothing(env: dict[str, str], music: Path) -> None:
    assert "affetto library scan" in run(env, "show").stderr
    assert json.loads(run(env, "show", "--json").stdout) == []
    run(env, "scan", music)
    assert "fewer of them" in run(env, "show", "nosuchword").stderr


def test_a_damaged_file_is_not_forgotten_after_the_first_scan(
    env: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    (folder / "Empty.mp3").touch()
    (folder / "bad.flac").write_bytes(b"no music")
    assert "Every file that was scanned could be read." in run(env, "show", "--failed").stderr
    first = scanned(env, folder)
    met = first["failed"]
    assert isinstance(met, list) and len(met) == 2 and first["still_unreadable"] == []
    met.sort(key=lambda one: str(one["path"]))  # as they lie on the disk

    again = scanned(env, folder)
    assert again["failed"] == [] and again["still_unreadable"] == met
    words = run(env, "scan", folder).stdout
    assert "2 files met before are still unreadable" in words
    assert "affetto library show --failed" in words

    told = json.loads(run(env, "show", "--failed", "--json").stdout)
    assert told == met
    lines = run(env, "show", "--failed", "empty").stdout.splitlines()
    assert lines == [
        "The file is empty. Copy it again from where it came from.",
        f"  {folder.resolve() / 'Empty.mp3'}",
    ]
    assert "1 of 2 files" in run(env, "show", "--failed", "--limit", "1").stderr
    assert "fewer of them" in run(env, "show", "--failed", "nosuchword").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps names on one line")
def test_a_name_of_two_lines_takes_one_and_machines_get_it_as_it_is(
    env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "two\nlines.mp3").touch()
    first = scanned(env, tmp_path / "music")["failed"]
    assert isinstance(first, list) and str(first[0]["path"]).endswith("two\nlines.mp3")
    lines = run(env, "show", "--failed").stdout.splitlines()
    assert len(lines) == 2 and lines[1].endswith("two�lines.mp3")


def test_a_folder_without_music_is_said_to_hold_none(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    done = run(env, "scan", tmp_path / "papers")
    assert done.exit_code == 0
    assert "There is no music here" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"), [(("",), "An empty name"), ((".", "--workers", "0"), "--workers")]
)
def test_a_scan_that_makes_no_sense_is_misuse(
    env: dict[str, str], words: tuple[str, ...], said: str
) -> None:
    done = run(env, "scan", *words)
    assert done.exit_code == 2 and said in done.stderr
    assert not Path(env["AFFETTO_DATA_DIR"]).exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere", "There is no folder"), ("music/0.mp3", "is not a folder")],
)
def test_a_folder_that_is_none_is_refused_before_anything_is_made(
    env: dict[str, str], music: Path, name: str, said: str
) -> None:
    done = run(env, "scan", music.parent / name)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path(env["AFFETTO_DATA_DIR"]).exists()


def test_two_hundred_files_survive_a_kill_and_none_is_listened_to_twice(
    env: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for ending in FOUR:
        base = write(tmp_path / f"base{ending}", beats(100, 2, 0.2) + chord(A_MAJOR, 2))
        for i in range(50):
            path = Path(shutil.copy(base, folder / f"{i:02}{ending}"))
            tag(path, title=f"{i} {ending}", artist=f"Artist {i % 7}", album="Many")
    database = Path(env["AFFETTO_DATA_DIR"]) / "affetto.db"

    scan = subprocess.Popen(command("scan", folder, "--workers", "2"), env=env)
    try:
        while len(rows(database)) < 40:
            assert scan.poll() is None, "the scan ended before it could be killed"
            time.sleep(0.005)
    finally:
        scan.kill()
        scan.wait()
    before = rows(database)
    assert 40 <= len(before) < 200

    # --json counts what was listened to; the times show that kept rows were left alone.
    assert counts(scanned(env, folder)) == (200 - len(before), 0, len(before), 0)
    after = rows(database)
    assert len(after) == 200
    assert all(after[uri] == at for uri, at in before.items())
    assert counts(scanned(env, folder)) == (0, 0, 200, 0)
    assert rows(database) == after


def rows(database: Path) -> dict[str, str]:
    """Each kept file and when it was listened to."""
    if not database.exists():
        return {}
    with closing(sqlite3.connect(database, timeout=10)) as connection:
        try:
            return dict(connection.execute("SELECT uri, scanned_at FROM tracks"))
        except sqlite3.OperationalError:  # the tables are not there yet
            return {}


@posix
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(env: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    base = write(tmp_path / "base.opus", chord(A_MAJOR, 25))
    for i in range(12):
        shutil.copy(base, folder / f"{i}.opus")
    database = Path(env["AFFETTO_DATA_DIR"]) / "affetto.db"
    scan = subprocess.Popen(
        command("scan", folder, "--workers", "1"),
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    while len(rows(database)) < 1:
        assert scan.poll() is None
        time.sleep(0.01)
    os.killpg(scan.pid, signal.SIGINT)  # as a terminal does: to every process of the scan
    _, said = scan.communicate(timeout=30)
    assert scan.returncode == 130
    assert "kept; the same command goes on from there" in said
    assert "Traceback" not in said
    kept = len(rows(database))
    assert f"{kept} file" in said
    assert counts(scanned(env, folder)) == (12 - kept, 0, kept, 0)


@posix
def test_a_watched_folder_is_followed_until_ctrl_c(env: dict[str, str], music: Path) -> None:
    database = Path(env["AFFETTO_DATA_DIR"]) / "affetto.db"
    for path in music.iterdir():
        os.utime(path, (1, 1))
    watch = subprocess.Popen(
        command("watch", music, "--every", "0.5", "--workers", "1"),
        env={**env, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        for wanted, change in ((4, lambda: (music / "0.mp3").unlink()), (3, lambda: None)):
            while len(rows(database)) != wanted:
                assert watch.poll() is None
                time.sleep(0.02)
            change()
    finally:
        os.killpg(watch.pid, signal.SIGINT)
        out, said = watch.communicate(timeout=60)
    assert watch.returncode == 0
    assert "4 new; 0 files unchanged" in out
    assert "Following" in said and "Stopped; what was heard is kept." in said
    assert "Traceback" not in said


def test_a_disk_that_is_not_connected_costs_nothing_that_was_heard(
    env: dict[str, str], music: Path, tmp_path: Path
) -> None:
    assert counts(scanned(env, music)) == (4, 0, 0, 0)
    music.rename(tmp_path / "disconnected")
    music.mkdir()  # where the disk is mounted
    told = run(env, "scan", music)
    assert told.exit_code == 2
    assert "There is no music in" in told.stderr and "--gone" in told.stderr
    music.rmdir()
    (tmp_path / "disconnected").rename(music)
    assert counts(scanned(env, music)) == (0, 0, 4, 0)
    for path in [path for path in music.rglob("*") if path.is_file()]:
        path.unlink()
    assert counts(scanned(env, music, "--gone")) == (0, 0, 0, 4)


@posix
def test_a_disk_that_fills_up_is_said_plainly_and_the_scan_can_go_on(
    env: dict[str, str], music: Path
) -> None:
    import resource

    run(env, "show")  # makes the database

    def little_room() -> None:
        # A limit on file size answers like a full disk where no disk can be filled.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        command("scan", music),
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=little_room,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr and "space" in done.stderr, done.stderr
    assert "what was kept before is safe." in done.stderr
    assert counts(scanned(env, music)) == (4, 0, 0, 0)


def test_show_keeps_the_numbers_whole_however_long_a_name_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from affetto.cli.library_show import _print_table
    from affetto.track import Track, TrackFeatures, TrackUri

    heard = TrackFeatures(-0.25, 0.75, 0.31, 0.29, tempo_bpm=120.0, key="Bb minor")
    tracks = [
        Track(TrackUri("local:1"), "A very long title indeed " * 9, "Somebody", features=heard),
        Track(TrackUri("local:2"), "Short", "An artist with a very long name " * 9, features=heard),
    ]
    for columns in (80, 140):
        monkeypatch.setattr("rich.console.Console.is_terminal", True)
        monkeypatch.setenv("COLUMNS", str(columns))
        _print_table(tracks)
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 3
        for line in lines[1:]:
            assert "-0.25 ± 0.31" in line
            assert "+0.75 ± 0.29" in line
            assert len(line) <= columns
        assert ("Bb minor" in lines[1]) == (columns == 140)
