from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from affetto.music.curated import load
from affetto.track import Track, TrackUri
from cli.doors import Terminal


def told(terminal: Terminal, *words: str) -> Any:
    done = terminal.types("lists", *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_without_a_name_the_lists_are_counted(terminal: Terminal) -> None:
    done = terminal.types("lists", "show")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "angry", "disgust", "fear", "happy", "sad", "surprise", "neutral",
    ]  # fmt: skip
    assert f"happy     {len(load('happy'))} songs" in done.stdout


def test_a_list_tells_each_song_its_reason_and_its_link(terminal: Terminal) -> None:
    done = terminal.types("lists", "show", "sad", "--links", "--service", "deezer")
    first, because, link = done.stdout.splitlines()[:3]
    assert first == "Yesterday · The Beatles · 1965 · English · United Kingdom"
    assert because == f"    {load('sad')[0].because}"
    assert link == "    https://www.deezer.com/search/The%20Beatles%20Yesterday"
    record = told(terminal, "show", "sad")[0]
    assert record["link"].startswith("https://www.youtube.com/")
    assert record["owned"] is None and record["edited"] is False


def test_a_list_is_shown_as_far_as_asked(terminal: Terminal) -> None:
    done = terminal.types("lists", "show", "sad", "--limit", "2")
    assert done.stdout.splitlines()[2].startswith(load("sad")[1].title)
    assert len(done.stdout.splitlines()) == 4  # each with its reason
    assert done.stderr == f"2 of {len(load('sad'))} songs; --limit shows more.\n"
    assert [song["emotion"] for song in told(terminal, "show", "--limit", "1")] == [
        "angry", "disgust", "fear", "happy", "sad", "surprise", "neutral",
    ]  # fmt: skip
    assert terminal.types("lists", "show", "sad", "--limit", "999").stderr == ""


def test_a_song_is_added_changed_removed_and_brought_back(terminal: Terminal) -> None:
    done = terminal.types("lists", "add", "happy", "My Song", "Nina", "--year", "1999")
    assert done.stdout == "Added My Song · Nina · 1999.\n"
    done = terminal.types("lists", "add", "happy", "my song", "NINA", "--because", "It is mine.")
    assert done.stdout == "Changed My Song · Nina · 1999.\n"
    done = terminal.types("lists", "add", "happy", "My Song", "Nina", "--clean")
    assert done.stdout == "Already there: My Song · Nina · 1999.\n"
    assert "My Song · Nina · 1999 · yours" in terminal.types("lists", "show", "happy").stdout
    done = terminal.types("lists", "remove", "happy", "my song")
    assert done.stdout == "Removed My Song · Nina · 1999.\n"
    ours = len(load("happy"))
    assert told(terminal, "remove", "happy", "September")["artist"] == "Earth, Wind & Fire"
    assert len(told(terminal, "show", "happy")) == ours - 1
    assert told(terminal, "add", "happy", "September", "earth wind and fire")["added"] == 1
    assert len(told(terminal, "show", "happy")) == ours


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "hapy"), "Did you mean happy"),
        (("show", "happy", "--service", "spotfy"), "Did you mean spotify"),
        (("add", "happy", "", "Nina"), "the song has no title"),
        (("add", "happy", "One", "Nina", "--year", "12"), "is no year"),
        (("add", "happy", "One", "Nina", "--valence", "3"), "valence"),
        (("import", "none.yaml"), "cannot be read"),
        (("export", "list.txt"), "ends in .yaml"),
    ],
)
def test_what_makes_no_sense_is_misuse(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    done = terminal.types("lists", *words)
    assert done.exit_code == 2, done.output
    assert said in done.stderr


def test_removing_what_is_not_there_says_so(terminal: Terminal) -> None:
    done = terminal.types("lists", "remove", "happy", "Septembre")
    assert done.exit_code == 1 and "Did you mean 'September'" in done.stderr


@pytest.mark.parametrize("ending", ["yaml", "csv", "json"])
def test_what_is_exported_can_be_edited_and_imported(
    terminal: Terminal, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"sad.{ending}"
    assert terminal.types("lists", "export", str(file), "--emotion", "sad").exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert "Yesterday" in text
    file.write_text(text.replace("Yesterday", "Yesterday Mine"), encoding="utf-8")
    done = terminal.types("lists", "import", str(file), "--replace")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"1 added · 0 changed · {len(load('sad')) - 1} unchanged · 1 removed\n"
    assert len(told(terminal, "show", "sad")) == len(load("sad"))


def test_a_file_that_is_there_is_not_replaced_unasked(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    assert told(terminal, "export", str(file))["songs"] > 280
    assert terminal.types("lists", "export", str(file)).exit_code == 2
    assert terminal.types("lists", "export", str(file), "--force").exit_code == 0


def test_a_broken_file_is_refused_and_the_lists_stay(terminal: Terminal, tmp_path: Path) -> None:
    terminal.types("lists", "add", "sad", "My Song", "Nina")
    before = (terminal.folder / "lists" / "sad.yaml").read_bytes()
    file = tmp_path / "broken.yaml"
    file.write_text("emotion: sad\nsongs:\n- title: A\n  artist: B\n- title: C\n", encoding="utf-8")
    done = terminal.types("lists", "import", str(file))
    assert done.exit_code == 2
    assert "Line 5 of broken.yaml: the song has no artist." in done.stderr
    assert "nothing was changed" in done.stderr
    assert (terminal.folder / "lists" / "sad.yaml").read_bytes() == before


def test_a_song_of_the_own_library_is_marked(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from affetto.store.tracks import TrackShelf

    mine = Track(TrackUri("local:1"), "Yesterday - Remastered", "Beatles")
    monkeypatch.setattr(TrackShelf, "tracks", lambda _: [mine])
    done = terminal.types("lists", "show", "sad")
    first = done.stdout.splitlines()[0]
    assert first == "Yesterday · The Beatles · 1965 · English · United Kingdom · in your library"
    assert "52 songs, 1 in your library" in terminal.types("lists", "show").stdout
    assert told(terminal, "show", "sad")[0]["owned"] == "local:1"


def test_each_command_has_an_example(terminal: Terminal) -> None:
    for name in ("show", "add", "remove", "import", "export"):
        done = terminal.types("lists", name, "--help")
        assert done.exit_code == 0 and f"Example: affetto lists {name}" in " ".join(
            done.stdout.split()
        )
