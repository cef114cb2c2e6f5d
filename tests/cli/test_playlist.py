from __future__ import annotations

import json
from pathlib import Path

import pytest

from affetto.music.playlists import read_playlist
from cli.doors import Terminal


def test_what_was_recommended_is_saved_too(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "calm.xspf"
    words = ("recommend", "--mood", "calm", "--limit", "2", "--json", "--playlist", str(file))
    told = terminal.types(*words)
    assert told.exit_code == 0, told.output
    titles = [choice["title"] for choice in json.loads(told.stdout)]
    assert [entry.title for entry in read_playlist(file).entries] == titles
    assert "Wrote 2 songs" in told.stderr
    again = terminal.types(*words)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert terminal.types(*words, "--force").exit_code == 0


def test_well_known_songs_are_saved_with_links(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "sad.jspf"
    words = ("recommend", "--mood", "sad", "--lists", "--limit", "3", "--playlist", str(file))
    assert terminal.types(*words).exit_code == 0
    entries = read_playlist(file).entries
    assert len(entries) == 3
    assert all(entry.info.startswith("https://www.youtube.com/") for entry in entries)


def test_a_journey_that_is_only_shown_is_saved(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "way.jspf"
    words = ("listen", "--from", "tense", "--toward", "calm", "--minutes", "5")
    told = terminal.types(*words, "--dry-run", "--json", "--playlist", str(file))
    assert told.exit_code == 0, told.output
    assert [entry.title for entry in read_playlist(file).entries] == [
        track["title"] for track in json.loads(told.stdout)["tracks"]
    ]
    refused = terminal.types(*words, "--playlist", str(tmp_path / "other.jspf"))
    assert refused.exit_code == 2
    assert "--dry-run" in refused.stderr


def test_a_list_is_saved_and_shown_again(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "happy.xspf"
    saved = terminal.types("playlist", "list", "happy", str(file), "--json")
    assert saved.exit_code == 0, saved.output
    told = json.loads(saved.stdout)
    assert told["songs"] >= 20
    assert told["left_out"] == 0
    shown = terminal.types("playlist", "show", str(file))
    assert shown.stdout.splitlines()[0].startswith("1. ")
    assert len(shown.stdout.splitlines()) == told["songs"]
    as_json = json.loads(terminal.types("playlist", "show", str(file), "--json").stdout)
    assert as_json["title"] == "Well-known songs: happy"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("queue", "evening.m3u8"), "Nothing plays"),
        (("session", "evening.m3u8"), "No session is kept"),
        (("queue", "evening.txt"), ".m3u8"),
        (("list", "hapy", "evening.xspf"), "happy"),
        (("list", "happy", "evening.m3u8"), ".xspf or .jspf"),
        (("show", "none.m3u8"), "cannot be read"),
    ],
)
def test_what_cannot_be_saved_is_told_with_a_remedy(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    *first, file = words
    told = terminal.types("playlist", *first, str(tmp_path / file))
    assert told.exit_code in {1, 2}
    assert said in told.stderr
    assert not (tmp_path / file).exists()
