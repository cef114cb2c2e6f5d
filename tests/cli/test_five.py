from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from affetto.cli.main import app
from affetto.emotion import mood_of
from affetto.music.demo import demo_tracks
from cli.doors import Terminal


@pytest.fixture
def demo(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "data", AFFETTO_DEMO="true", AFFETTO_PROVIDERS="[]")


def test_five_songs_are_named_one_is_picked_and_the_rest_is_ranked(demo: Terminal) -> None:
    words = ["recommend", "--mood", "happy", "--five", "--seed", "3"]
    told = CliRunner().invoke(app, words, env=demo.env, input="9\n2\n")
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert lines[0] == "Five songs of the mood happy, by chance (seed 3):"
    five = [line.split(". ", 1)[1] for line in lines[1:6]]
    assert len(set(five)) == 5
    assert f"You picked {five[1]} (valence " in told.stdout
    assert told.stdout.count("cosine 0.") + told.stdout.count("cosine 1.") == 6
    assert "(0.2, 0.2) and (0.9, 0.9) are the same" in told.stdout
    picked = demo.types(*words, "--pick", "2")
    assert picked.stdout.splitlines()[-8:] == lines[-8:]  # the same, without being asked


def test_whoever_picks_nothing_is_told_how(demo: Terminal) -> None:
    told = demo.types("recommend", "--mood", "happy", "--five", "--seed", "3")
    assert told.exit_code == 2 and "--seed 3 and --pick" in told.stderr


def test_machines_get_the_seed_the_five_and_both_rankings(demo: Terminal) -> None:
    words = ("recommend", "--mood", "sad", "--five", "--json")
    told = json.loads(demo.types(*words).stdout)
    assert set(told) == {"mood", "seed", "five"}
    ranked = json.loads(demo.types(*words, "--seed", str(told["seed"]), "--pick", "5").stdout)
    assert ranked["five"] == told["five"] and ranked["picked"] == told["five"][4]
    places = {track.uri: track.features for track in demo_tracks()}
    for best in (ranked["by_cosine"], ranked["by_distance"]):
        assert len(best) == 3 and ranked["picked"]["uri"] not in {one["uri"] for one in best}
        assert all(mood_of(places[one["uri"]]) == "sad" for one in best)
    cosines = [one["cosine"] for one in ranked["by_cosine"]]
    distances = [one["distance"] for one in ranked["by_distance"]]
    assert cosines == sorted(cosines, reverse=True) and distances == sorted(distances)
    assert ranked["of"] == 6


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--mood", "calm", "--five", "--pick", "1"), 2, "Add the --seed"),
        (("--mood", "calm", "--five", "--seed", "-1"), 2, "is no seed"),
        (("--mood", "calm", "--pick", "1", "--seed", "1"), 2, "--pick belongs"),
        (("--mood", "calm", "--five", "--table"), 2, "ranks by itself"),
        (("--mood", "calm", "--five", "--policy", "mirror"), 2, "ranks by itself"),
        (("--five",), 2, "No feeling was given"),
    ],
)
def test_what_makes_no_sense_is_misuse(
    demo: Terminal, words: tuple[str, ...], code: int, said: str
) -> None:
    told = demo.types("recommend", *words)
    assert told.exit_code == code, told.output
    assert said in told.stderr


def test_too_few_songs_of_a_mood_are_said(terminal: Terminal) -> None:
    told = terminal.types("recommend", "--mood", "calm", "--five")
    assert told.exit_code == 1
    assert "The mood calm has too few songs here: 1, where it takes 6" in told.stderr
    assert "library scan" in told.stderr
