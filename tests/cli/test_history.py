from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.doors import Terminal


@pytest.fixture
def house(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "house", AFFETTO_DEMO="true")


def demo_song() -> tuple[str, str]:
    from affetto.music.demo import demo_tracks

    track = demo_tracks()[0]
    return track.artist, track.title


def test_a_last_fm_export_is_matched_and_its_bad_lines_are_named(
    house: Terminal, tmp_path: Path
) -> None:
    artist, title = demo_song()
    file = tmp_path / "lastfm.csv"
    file.write_text(f"{artist},Some Album,{title},01 Jan 2024 10:00\nlonely\n", encoding="utf-8")
    told = house.types("history", "import", str(file))
    assert told.exit_code == 0, told.output
    assert "1 play read; 1 of them is of 1 track you have here." in told.stdout
    assert "1 line could not be read:" in told.stderr and "line 2" in told.stderr
    again = house.types("history", "import", str(file))
    assert again.exit_code == 2 and "imported before" in again.stderr


def test_a_listenbrainz_export_is_told_as_json(house: Terminal, tmp_path: Path) -> None:
    artist, title = demo_song()
    listen = {"track_metadata": {"artist_name": artist.upper(), "track_name": title}}
    file = tmp_path / "listens.jsonl"
    file.write_text("\n".join([json.dumps(listen)] * 3), encoding="utf-8")
    told = json.loads(house.types("history", "import", str(file), "--json").stdout)
    assert (told["plays"], told["matched"], told["tracks"], told["bad"]) == (3, 3, 1, 0)


def test_a_history_of_other_music_teaches_nothing(house: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("Nobody We Know,Album,Song,01 Jan 2024 10:00\n", encoding="utf-8")
    told = house.types("history", "import", str(file)).stdout
    assert "0 of them are of tracks you have here." in told and "Nothing was learned" in told


@pytest.mark.parametrize(
    "content", [None, "", "no history at all", "title,artist,mood,link\nJoga,Bjork,sad,none\n"]
)
def test_what_is_no_history_is_said_plainly(
    house: Terminal, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "file.csv"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    told = house.types("history", "import", str(file))
    assert told.exit_code == 2 and told.stderr.strip().endswith(".")
