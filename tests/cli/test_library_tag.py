from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen
import pytest
from typer.testing import CliRunner, Result

from affetto.cli.main import app
from affetto.music.tagging.writing import TagPlan
from affetto.track import TrackFeatures
from music.sounds import A_MAJOR, chord, tag, write

Types = Callable[..., Result]


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = (tmp_path / "music").resolve()
    folder.mkdir()
    for name in ("one.mp3", "two.flac", "three.ogg", "four.wav"):
        tag(write(folder / name, chord(A_MAJOR, 2)), title=name[:-4], artist="Nina")
    return folder


@pytest.fixture
def types(tmp_path: Path, music: Path) -> Types:
    """Types commands on music that was scanned."""
    env = {**os.environ, "AFFETTO_DATA_DIR": str(tmp_path / "data")}

    def type_(*words: str) -> Result:
        return CliRunner().invoke(app, ["library", *words], env=env)

    assert type_("scan", str(music), "--workers", "1").exit_code == 0
    return type_


def contents(music: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in music.iterdir()}


def told(done: Result) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.stderr
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def test_nothing_is_written_until_it_is_asked_for(types: Types, music: Path) -> None:
    before = contents(music)
    done = types("tag")
    assert str(music / "one.mp3") in done.stdout
    assert "MOOD " in done.stdout and "VALENCE " in done.stdout and "AROUSAL " in done.stdout
    assert "3 files would change; nothing is written without --write." in done.stderr
    assert "Tags are written into mp3, flac, ogg and opus files only." in done.stderr
    assert str(music / "four.wav") in done.stderr
    assert contents(music) == before


def test_written_tags_are_not_heard_again_and_undone_to_the_byte(
    types: Types, music: Path, tmp_path: Path
) -> None:
    before = contents(music)
    done = types("tag", "--write")
    assert "Tags were written into 3 files; --undo takes them out again." in done.stdout
    assert mutagen.File(music / "two.flac")["mood"][0] in {"angry", "happy", "sad", "calm"}
    assert mutagen.File(music / "one.mp3", easy=True)["title"] == ["one"]
    scanned = json.loads(types("scan", str(music), "--json").stdout)
    assert (scanned["unchanged"], scanned["changed"]) == (4, 0)
    assert told(types("tag", "nina", "--json")) == [
        entry for entry in told(types("tag", "--json")) if entry["left"]
    ]

    done = types("tag", "--undo")
    assert "3 files have the old bytes again." in done.stdout
    assert contents(music) == before
    scanned = json.loads(types("scan", str(music), "--json").stdout)
    assert (scanned["unchanged"], scanned["changed"]) == (4, 0)
    assert (
        "There is nothing to undo: Affetto's tags are in no file." in types("tag", "--undo").stderr
    )


def test_a_long_listing_stops_and_says_how_many_more(types: Types, music: Path) -> None:
    done = types("tag", "--limit", "2")
    assert done.stdout.count("MOOD ") == 2
    assert "… and 1 more; --limit names more, --json all." in done.stdout
    assert "3 files would change" in done.stderr
    assert "more; --json" not in done.stderr  # one file was left, and is named
    assert len(told(types("tag", "--limit", "2", "--json"))) == 4


def test_when_no_file_comes_up_it_is_said_why(types: Types, tmp_path: Path) -> None:
    assert "No track holds all of these words." in types("tag", "nosuchword").stderr
    types("tag", "two", "--write")
    done = types("tag", "two", "--write")
    assert (done.stdout, "say it all already" in done.stderr) == ("", True)
    assert "in no file whose path or tags hold" in types("tag", "--undo", "nosuchword").stderr
    env = {**os.environ, "AFFETTO_DATA_DIR": str(tmp_path / "new")}
    fresh = CliRunner().invoke(app, ["library", "tag"], env=env)
    assert fresh.exit_code == 0
    assert fresh.stderr == "Nothing was scanned yet. Start with: affetto library scan FOLDER\n"


def test_words_choose_the_files(types: Types, music: Path) -> None:
    [entry] = told(types("tag", "NINA", "two", "--write", "--json"))
    assert entry["path"] == str(music / "two.flac")
    assert entry["changed"] is True and set(entry["tags"]) == {
        "MOOD", "VALENCE", "AROUSAL", "AFFETTO",
    }  # fmt: skip
    assert told(types("tag", "one", "--undo", "--json")) == []
    [entry] = told(types("tag", "nina", "two", "--undo", "--json"))
    assert entry["changed"] is True


def test_a_mood_of_the_files_own_is_kept_and_said(types: Types, music: Path) -> None:
    tag(music / "two.flac", mood="wistful")
    assert "names its own mood, wistful" in types("tag", "two").stdout
    [entry] = told(types("tag", "two", "--write", "--json"))
    assert entry["own_mood"] == "wistful" and "MOOD" not in entry["tags"]
    assert mutagen.File(music / "two.flac")["mood"] == ["wistful"]


def test_a_file_changed_since_is_left_as_it_is_with_the_reason(types: Types, music: Path) -> None:
    types("tag", "two", "--write")
    tag(music / "two.flac", title="Mine")
    theirs = contents(music)["two.flac"]
    done = types("tag", "--undo")
    assert done.exit_code == 0
    assert "The file was changed since its tags were written." in done.stderr
    assert str(music / "two.flac") in done.stderr
    assert contents(music)["two.flac"] == theirs


def test_a_disk_that_fails_under_one_file_leaves_the_others_to_be_tagged(
    types: Types, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from affetto.listening import tagging

    plan = tagging.plan

    def torn(path: Path, features: TrackFeatures) -> TagPlan:
        if path.name == "one.mp3":
            raise OSError(5, "Input/output error")
        return plan(path, features)

    monkeypatch.setattr(tagging, "plan", torn)
    done = {Path(step["path"]).name: step for step in told(types("tag", "--write", "--json"))}
    assert "input/output error" in done["one.mp3"]["left"]["problem"]
    assert {name for name, step in done.items() if step["changed"]} == {"two.flac", "three.ogg"}


def test_writing_and_undoing_at_once_is_misuse(types: Types) -> None:
    done = types("tag", "--write", "--undo")
    assert done.exit_code == 2 and "opposite" in done.stderr
