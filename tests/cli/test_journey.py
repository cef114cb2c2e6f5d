from __future__ import annotations

import json
from pathlib import Path

import pytest

from affetto.choice import Aim, Goal, Intent
from affetto.cli.journey import aim_of, clock, told
from affetto.emotion import Affect
from affetto.errors import Misuse
from affetto.listening.learning import Learning
from affetto.listening.travelling import Journey, journey
from affetto.music.demo import demo_tracks
from affetto.recommending.fit import Candidates
from affetto.settings import Settings
from affetto.track import TrackUri
from affetto.wiring import House, open_database
from cli.doors import Terminal

TENSE = Affect(-0.6, 0.6)


@pytest.fixture
def demo(tmp_path: Path) -> Terminal:
    """A terminal in a house with the demo music."""
    return Terminal(tmp_path, AFFETTO_DEMO="true", COLUMNS="170")


@pytest.fixture(scope="module")
def made() -> Journey:
    return journey(Candidates(demo_tracks()), Aim(Goal.CALM, minutes=8), TENSE)


def test_a_dry_run_shows_the_tracks_with_clock_and_reason_and_a_chart(demo: Terminal) -> None:
    shown = demo.types(
        "listen", "--from", "tense", "--toward", "calm", "--minutes", "8", "--dry-run"
    )
    assert shown.exit_code == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("From dark and lively toward calm: ")
    assert {"title", "artist", "sounds", "why"} <= set(lines[2].split())
    assert any(line.split()[:2] == ["1", "0:00"] for line in lines)
    assert "step toward calm" in shown.stdout and "the calm you asked for" in shown.stdout
    assert sum(line.startswith((" lively ", "  quiet ")) for line in lines) == 2


def test_a_dry_run_says_the_same_however_often_and_however_it_is_asked(demo: Terminal) -> None:
    demo.types("listen", "--from", "tense", "--toward", "calm", "--dry-run")
    again = demo.types("listen", "--from", "tense", "--toward", "calm", "--dry-run")
    assert (
        again.stdout
        == demo.types("listen", "--at=-0.6,0.6", "--toward", "calm", "--dry-run").stdout
    )


def test_who_does_not_say_how_they_feel_begins_where_they_usually_are(demo: Terminal) -> None:
    shown = demo.types("listen", "--toward", "calm", "--minutes", "6", "--dry-run")
    assert shown.exit_code == 0
    assert "--from says where you are" in shown.stderr
    assert shown.stdout.startswith("From bright and steady toward calm")


def test_what_a_listener_taught_shapes_the_journey(demo: Terminal) -> None:
    words = ("listen", "--from", "tense", "--toward", "calm", "--minutes=5", "--dry-run", "--json")
    before = [track["uri"] for track in json.loads(demo.types(*words).stdout)["tracks"]]
    learning = Learning()
    learning.never_track(TrackUri(before[-1]), True)
    learning.never_artist("Iron Larch", True)
    settings = Settings(data_dir=demo.folder)
    with House(settings, database=open_database(settings), libraries={}) as house:
        house.history.learn(house.listener, learning.to_record(), house.now())
    after = json.loads(demo.types(*words).stdout)["tracks"]
    assert before[-1] not in {track["uri"] for track in after}
    assert "Iron Larch" not in {track["artist"] for track in after}


def test_a_machine_gets_json_and_the_same_seed_gives_the_same(demo: Terminal) -> None:
    words = (
        "listen",
        "--from=-0.6,0.6",
        "--toward",
        "sleep",
        "--minutes=10",
        "--dry-run",
        "--json",
    )
    first, same = (demo.types(*words, "--seed", "4") for _ in range(2))
    told_of = json.loads(first.stdout)
    assert first.stdout == same.stdout and told_of["seed"] == 4
    assert told_of["goal"] == "sleep" and told_of["from"] == {"valence": -0.6, "arousal": 0.6}
    assert [track["step"] for track in told_of["tracks"]] == list(
        range(1, len(told_of["tracks"]) + 1)
    )
    one = told_of["tracks"][0]
    assert sum(one["terms"].values()) == pytest.approx(one["score"], abs=1e-2)
    assert one["target"] is not None and one["because"].endswith(".")
    assert told_of["seconds"] >= 600


@pytest.mark.parametrize(
    ("toward", "aim"),
    [
        ("calm", Aim(Goal.CALM)),
        ("SLEEP", Aim(Goal.SLEEP)),
        ("0.2,-0.4", Aim(Goal.PLACE, Affect(0.2, -0.4))),
        ("drowsy", Aim(Goal.PLACE, Affect(0.0, -0.9))),
        (None, Aim()),
    ],
)
def test_music_is_led_to_a_goal_a_mood_or_a_place(toward: str | None, aim: Aim) -> None:
    assert aim_of(toward, None, None) == aim


def test_an_intent_and_minutes_are_part_of_the_aim() -> None:
    assert aim_of(None, "Comfort", 20) == Aim(intent=Intent.COMFORT, minutes=20)


@pytest.mark.parametrize("toward", ["nowhere", "place", "1,2,3", "0.5,7", "x,y"])
def test_a_place_nobody_can_lead_to_is_refused_with_what_can_be_said(toward: str) -> None:
    with pytest.raises(Misuse) as refused:
        aim_of(toward, None, None)
    assert refused.value.remedy


@pytest.mark.parametrize(
    "words",
    [
        ("--intent", "dance", "--dry-run"),
        ("--from", "tense", "--mood", "sad", "--dry-run"),
        ("--json",),
        ("--seed", "3"),
        ("--from", "elsewhere", "--dry-run"),
        ("--minutes", "0.5"),
        ("--minutes", "1000"),
        ("--minutes", "9999", "--dry-run"),
        ("--minutes", "0", "--dry-run"),
        ("--minutes", "0", "--policy", "regulate", "--mood", "sad", "--dry-run"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_remedy(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    refused = terminal.types("listen", *words)
    assert refused.exit_code == 2
    assert refused.stderr.strip().endswith(".")


def test_without_any_music_the_remedy_is_named(tmp_path: Path) -> None:
    refused = Terminal(tmp_path, AFFETTO_PROVIDERS="[]").types(
        "listen", "--toward", "calm", "--dry-run"
    )
    assert refused.exit_code == 1 and "affetto library scan" in refused.stderr


@pytest.mark.parametrize("width", [32, 60, 80, 100, 140])
def test_it_can_be_read_in_a_terminal_of_any_width(made: Journey, width: int) -> None:
    from rich.cells import cell_len

    lines = told(made, width=width, encoding="utf-8")
    assert max(cell_len(line) for line in lines) <= max(width, 34)
    text = " ".join(" ".join(lines).split())
    for step in made.steps[:3]:
        assert step.choice.track.title in text


def test_it_can_be_read_where_only_plain_letters_can_be_shown(made: Journey) -> None:
    for encoding in ("ascii", None):
        assert "\n".join(told(made, width=100, encoding=encoding)).isascii()
    "\n".join(told(made, width=100, encoding="cp1252")).encode("cp1252")


def test_the_clock_reads_as_a_players() -> None:
    assert [clock(s) for s in (0, 65.4, 3599, 3725)] == ["0:00", "1:05", "59:59", "1:02:05"]
