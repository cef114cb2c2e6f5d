from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

import faces_kit
from cli.doors import Terminal


def test_a_mood_names_tracks_with_their_reasons(terminal: Terminal) -> None:
    told = terminal.types("recommend", "--mood", "calm", "--limit", "2", "--seed", "1")
    assert told.exit_code == 0
    first, second = told.stdout.splitlines()
    assert first.startswith("1. Calm: ") and first.endswith(".")
    assert second.startswith("2. ")


def test_a_place_on_the_map_names_tracks(terminal: Terminal) -> None:
    told = terminal.types("recommend", "--at=-0.6,0.6", "--limit", "1")
    assert told.stdout.startswith("1. Angry: ")


def test_the_goal_leads_elsewhere(terminal: Terminal) -> None:
    told = terminal.types("recommend", "--mood", "sad", "--goal", "lift", "--json", "--limit", "4")
    assert told.exit_code == 0
    choices = json.loads(told.stdout)
    targets = [choice["target"]["valence"] for choice in choices]
    assert targets == sorted(targets) and targets[-1] > 0.5
    assert set(choices[0]) == {
        "uri", "title", "artist", "mood", "valence", "arousal", "target", "popularity",
        "playable", "because",
    }  # fmt: skip


def test_the_same_seed_gives_the_same_list(terminal: Terminal) -> None:
    words = ("recommend", "--mood", "happy", "--seed", "7", "--json")
    assert terminal.types(*words).stdout == terminal.types(*words).stdout


def test_a_table_has_straight_columns(terminal: Terminal) -> None:
    told = terminal.types("recommend", "--mood", "calm", "--table", "--limit", "3")
    head, *rows = told.stdout.splitlines()
    assert head.split() == ["name", "artist", "mood", "popularity", "plays", "here"]
    column = head.index("mood")
    assert 1 <= len(rows) <= 3
    assert all(row[column - 1] == " " and row[column] != " " for row in rows)
    assert {row[head.index("plays here") :] for row in rows} == {"yes"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "No feeling was given"),
        (("--mood", "calm", "--at", "0,0"), "more than one way"),
        (("--at", "here"), "no place on the mood map"),
        (("--at", "1"), "no place on the mood map"),
        (("--at", "3,0"), "off the mood map"),
        (("--mood", "calm", "--goal", "up"), "one of match, lift, calm, focus, sleep."),
        (("--mood", "calm", "--goal", "place"), "--toward=V,A"),
        (("--mood", "calm", "--table", "--json"), "cannot be JSON"),
        (("--mood", "calm", "--lists", "--imported"), "not from both"),
        (("--mood", "calm", "--limit", "0"), "limit"),
    ],
)
def test_what_makes_no_sense_is_misuse(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    told = terminal.types("recommend", *words)
    assert told.exit_code == 2, told.output
    assert said in told.stderr


def test_an_empty_library_suggests_songs_and_says_what_to_do(terminal: Terminal) -> None:
    terminal.env["AFFETTO_PROVIDERS"] = "[]"
    told = terminal.types("recommend", "--mood", "calm", "--limit", "2", "--seed", "1")
    assert told.exit_code == 0, told.output
    assert "library scan" in told.stderr
    first, link, second, _ = told.stdout.splitlines()
    assert first.startswith("1. ") and first.endswith(".") and second.startswith("2. ")
    assert link.strip().startswith("https://www.youtube.com/results?search_query=")


def test_lists_of_an_emotion_are_asked_when_it_is_to_be_matched(terminal: Terminal) -> None:
    from affetto.music.curated import load

    words = ("recommend", "--mood", "surprise", "--lists", "--json", "--limit", "6", "--seed", "2")
    told = terminal.types(*words)
    assert told.exit_code == 0 and told.stderr == ""
    ours = {(song.title, song.artist): song for song in load("surprise")}
    choices = json.loads(told.stdout)
    assert len({choice["uri"] for choice in choices}) == 6
    for choice in choices:
        song = ours[choice["title"], choice["artist"]]
        assert choice["because"] == song.because
        assert choice["uri"].startswith("list:") and choice["playable"] is False
        assert choice["owned"] is None


def test_a_goal_may_lead_out_of_the_list(terminal: Terminal) -> None:
    words = ("recommend", "--mood", "sad", "--goal", "lift", "--lists", "--json", "--limit", "4")
    valences = [choice["valence"] for choice in json.loads(terminal.types(*words).stdout)]
    assert valences[-1] > 0.3


def test_links_open_in_the_service_that_is_set(terminal: Terminal) -> None:
    terminal.env["AFFETTO_SONG_SERVICE"] = "Spotify"
    told = terminal.types("recommend", "--mood", "fear", "--lists", "--limit", "1")
    assert "https://open.spotify.com/search/" in told.stdout
    told = terminal.types("recommend", "--mood", "fear", "--lists", "--table", "--limit", "2")
    head, *rows = told.stdout.splitlines()
    assert head.split() == ["name", "artist", "mood", "year", "link"]
    assert [row[head.index("link") :].startswith("https://open") for row in rows] == [True, True]


def test_the_demo_alone_says_that_there_are_songs_to_open_elsewhere(terminal: Terminal) -> None:
    terminal.env |= {"AFFETTO_PROVIDERS": "[]", "AFFETTO_DEMO": "true"}
    told = terminal.types("recommend", "--mood", "calm", "--limit", "1")
    assert told.exit_code == 0 and "--lists" in told.stderr
    assert "https://" not in told.stdout


def test_what_cannot_be_played_never_reaches_the_library(terminal: Terminal) -> None:
    import asyncio

    from affetto.settings import load
    from affetto.wiring import open_house

    terminal.types("lists", "add", "happy", "My Song", "Nina")
    with open_house(load(data_dir=terminal.folder, providers=("local",))) as house:
        tracks = asyncio.run(house.tracks())
    assert tracks and {track.provider for track in tracks} == {"demo"}


def test_a_photo_that_is_none_is_said_plainly(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "me.jpg").write_text("no photo")
    told = terminal.types("recommend", "--photo", str(tmp_path / "me.jpg"))
    assert told.exit_code == 1 and told.stderr.count(".") >= 2


def needs_models(folder: Path) -> None:
    from affetto.inference import shelf

    faces_kit.with_detector(folder)
    if not (shelf.MODELS / "expression.onnx").is_file():
        pytest.skip("the expression model is not installed")


def test_a_smiling_photo_names_pleasant_music(terminal: Terminal, tmp_path: Path) -> None:
    needs_models(tmp_path / "models")
    (tmp_path / "me.jpg").write_bytes(faces_kit.encoded(faces_kit.astronaut()))
    told = terminal.types("recommend", "--photo", str(tmp_path / "me.jpg"), "--json", "--limit=3")
    assert told.exit_code == 0, told.output
    first, *others = json.loads(told.stdout)
    assert first["target"]["valence"] > 0.3  # where a smile lies
    assert first["valence"] > 0 and first["because"].endswith(".")
    assert len(others) == 2


def test_a_photo_of_nobody_says_so(terminal: Terminal, tmp_path: Path) -> None:
    needs_models(tmp_path / "models")
    Image.new("RGB", (320, 240), "grey").save(tmp_path / "wall.png")
    told = terminal.types("recommend", "--photo", str(tmp_path / "wall.png"))
    assert told.exit_code == 1
    assert "No face was found" in told.stderr and "--mood" in told.stderr


def test_a_face_that_is_found_and_not_read_is_told_why(terminal: Terminal, tmp_path: Path) -> None:
    needs_models(tmp_path / "models")
    small = Image.fromarray(faces_kit.astronaut()).resize((150, 150))  # the face: 31 pixels
    small.save(tmp_path / "far.png")
    told = terminal.types("recommend", "--photo", str(tmp_path / "far.png"))
    assert told.exit_code == 1
    assert "too small" in told.stderr and "closer" in told.stderr and "--mood" in told.stderr
