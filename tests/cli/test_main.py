from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from affetto import __version__
from affetto.cli.guiding import GUESSES
from affetto.cli.main import DOORS, app
from cli.doors import Terminal


def test_the_help_names_every_door(terminal: Terminal) -> None:
    told = terminal.types("--help")
    assert told.exit_code == 0
    for name, door in DOORS.items():
        assert f"  {name}" in told.output and door.help in told.output


@pytest.mark.parametrize("name", list(DOORS))
def test_every_door_opens_and_gives_an_example(terminal: Terminal, name: str) -> None:
    told = terminal.types(name, "--help")
    assert told.exit_code == 0
    assert "Usage:" in told.output
    assert f"Example: affetto {name}" in told.output


def test_the_help_loads_no_room() -> None:
    heavy = ["numpy", "onnxruntime", "fastapi", "sqlalchemy", "soundfile", "PIL", "pydantic"]
    code = (
        "import sys\n"
        "from affetto.cli.main import app\n"
        "sys.argv = ['affetto', '--help']\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stderr.strip() == "[]"


def test_no_words_show_the_help(terminal: Terminal) -> None:
    told = terminal.types()
    assert told.exit_code == 2 and "Usage:" in told.output


def test_the_version_is_said(terminal: Terminal) -> None:
    told = terminal.types("--version")
    assert (told.exit_code, told.output) == (0, f"affetto {__version__}\n")


@pytest.mark.parametrize("name", ["library", "lists"])
def test_a_group_names_its_commands_in_a_whole_line_each(terminal: Terminal, name: str) -> None:
    lines = terminal.types(name, "--help").output.partition("Commands:")[2].splitlines()
    commands = [line for line in lines if line.startswith("  ") and "Example" not in line]
    assert len(commands) == {"library": 6, "lists": 5}[name]
    assert all(line.endswith(".") and "..." not in line for line in commands)


def every_command() -> list[tuple[str, ...]]:
    doors: Any = typer.main.get_command(app)
    inner = {name: getattr(doors.get_command(None, name), "commands", {}) for name in DOORS}
    return [(name, *more) for name in DOORS for more in ([(i,) for i in inner[name]] or [()])]


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_no_help_speaks_of_the_types_of_python(terminal: Terminal, words: tuple[str, ...]) -> None:
    told = terminal.types(*words, "--help")
    assert told.exit_code == 0
    assert re.findall(r"<(?!blazeface)[^>]*>", told.output) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sing",), "There is no command 'sing'. `affetto --help` names all."),
        (("serv",), "Did you mean `affetto serve`?"),
        (("scan", "~/Music"), "Did you mean `affetto library scan`?"),
        (("import", "x.csv"), "Did you mean `affetto library import` or `affetto lists import`?"),
        (("library", "sacn"), "Did you mean `affetto library scan`?"),
        (("library", "List"), "Did you mean `affetto library show`?"),
        (("lists", "delete"), "Did you mean `affetto lists remove`?"),
        (("lists", "sing"), "`affetto lists --help` names all."),
    ],
)
def test_a_door_there_is_not_is_misuse_and_the_nearest_is_named(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    told = terminal.types(*words)
    assert told.exit_code == 2 and said in told.stderr


@pytest.mark.parametrize("group", list(GUESSES))
def test_what_a_guess_leads_to_is_there(terminal: Terminal, group: str) -> None:
    for command in {one for commands in GUESSES[group].values() for one in commands}:
        words = [word for word in command.split() if not word.startswith("-")]
        told = terminal.types(*words, "--help")
        assert told.exit_code == 0, command
        assert set(command.split()) - set(words) <= set(told.output.split()), command


def test_misuse_says_problem_and_remedy_and_exits_2(terminal: Terminal) -> None:
    told = terminal.types("recommend", "--mood", "hungry")
    assert told.exit_code == 2
    assert told.stdout == ""
    assert told.stderr.startswith("'hungry' is no mood we know. Choose one of angry, calm")
    assert "Traceback" not in told.output


def test_a_failure_exits_1(terminal: Terminal) -> None:
    terminal.folder.write_text("a file in the way")
    told = terminal.types("recommend", "--mood", "calm")
    assert told.exit_code == 1 and "cannot be made" in told.stderr


def test_a_wrong_setting_is_misuse(terminal: Terminal) -> None:
    terminal.env["AFFETTO_PORT"] = "many"
    told = terminal.types("doctor")
    assert told.exit_code == 2 and "AFFETTO_PORT" in told.stderr


def test_it_runs_as_a_module_too() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "affetto", "--version"], capture_output=True, text=True, check=True
    )
    assert __version__ in told.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
@pytest.mark.parametrize("words", [("recommend", "--mood", "calm"), ("--help",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_answer_that_finds_no_room_is_said_plainly(
    terminal: Terminal, words: tuple[str, ...], unbuffered: str
) -> None:
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [sys.executable, "-m", "affetto", *words],
            env={**os.environ, **terminal.env, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert told.returncode == 1
    assert told.stderr == (
        "The answer could not be written: no space left on device. "
        "Free some space, or send it to another place.\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell of Windows closes no output")
def test_an_answer_nobody_could_get_is_no_success(terminal: Terminal) -> None:
    told = subprocess.run(
        ["sh", "-c", '"$0" -m affetto recommend --mood calm >&-', sys.executable],
        env={**os.environ, **terminal.env},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert told.returncode == 1
    assert told.stderr.startswith("The answer could not be written: standard output is closed.")


@pytest.mark.parametrize("words", [("recommend", "--mood", "calm"), ("--help",)])
def test_a_reader_that_has_enough_is_left_in_peace(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    nobody, into = os.pipe()
    os.close(nobody)
    try:
        told = subprocess.run(
            [sys.executable, "-m", "affetto", *words],
            env={**os.environ, **terminal.env},
            stdout=into,
            stderr=subprocess.PIPE,
            text=True,
        )
    finally:
        os.close(into)
    assert (told.returncode, told.stderr) == (141, "")
