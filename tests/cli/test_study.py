"""A trial on oneself at the command line."""

from __future__ import annotations

import json
from pathlib import Path

from cli.doors import Terminal

WAYS = ("stay with me", "lead me up")


def planned(terminal: Terminal, *more: str) -> str:
    done = terminal.types("study", "plan", *WAYS, "--seed", "4", "--consent", *more)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_nothing_begins_without_consent(terminal: Terminal) -> None:
    done = terminal.types("study", "plan", *WAYS)
    assert done.exit_code == 2
    assert "I may stop at any time" in " ".join(done.stderr.split())
    assert "--consent" in done.stderr
    assert not (terminal.folder / "study").exists()


def test_a_study_is_planned_held_and_reported(terminal: Terminal) -> None:
    said = planned(terminal, "--pairs", "2", "--sessions", "1")
    assert "with seed 4" in said and "1 sessions each, 4 in all" in said
    assert "Next is session 1, way" in terminal.types("study", "status").stdout
    for k in range(4):
        done = terminal.types(
            "study", "log", "--before=-0.3,0.4", "--after", "calm", "--tracks", "9", "--skips", "2"
        )
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith(f"Session {k + 1} of way")
    assert "All sessions are done" in terminal.types("study", "status").stdout
    words = terminal.types("study", "report").stdout
    assert "4 of 4 sessions, 2 whole pairs" in words
    assert "Six pairs are the fewest that can" in words


def test_machines_get_the_same_as_json_from_a_copy_too(terminal: Terminal, tmp_path: Path) -> None:
    told = json.loads(planned(terminal, "--json"))
    assert told["ways"] == dict(zip("AB", WAYS, strict=True))
    status = json.loads(terminal.types("study", "status", "--json").stdout)
    assert (status["done"], status["planned"], status["next"]) == (0, 24, told["blocks"][0])
    terminal.types("study", "log", "--before", "sad", "--after", "calm", "--tracks", "5")
    copy = tmp_path / "copy.csv"
    copy.write_bytes((terminal.folder / "study" / "sessions.csv").read_bytes())
    first = terminal.types("study", "report", "--json").stdout
    assert terminal.types("study", "report", "--csv", str(copy), "--json").stdout == first
    assert json.loads(first)["sessions"] == 1
    gone = terminal.types("study", "report", "--csv", str(tmp_path / "none.csv"))
    assert gone.exit_code == 1 and "There is no file" in gone.stderr


def test_without_a_plan_the_way_to_one_is_named(terminal: Terminal) -> None:
    for command in ("status", "report"):
        done = terminal.types("study", command)
        assert done.exit_code == 1
        assert "affetto study plan" in done.stderr
