"""Everything a change must pass, stage by stage, with the time of each.

    python3 tools/test.py            all of it
    python3 tools/test.py --check    formatting, lint, types and import contracts

The checks run in two lanes side by side, since each of them uses one core; then the
tests, stage by stage, which use what cores there are. A stage that fails does not stop
the next. What cannot be had on this machine (a browser, say) is skipped with its reason;
with CI=true it fails instead.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from pathlib import Path

import browser
import house
import setup
from house import Failed, Skipped, say
from outcomes import CLOSING, COVERED, Outcome, missed, named, summary

# What a stage in a lane has to say, until it is over; elsewhere lines go out as they come.
KEPT: ContextVar[list[str] | None] = ContextVar("KEPT", default=None)

ABOVE = "The lines above say why."

Stages = dict[str, Callable[[], str]]


def tell(line: str = "") -> None:
    """Print a line, or keep it while the stage runs beside another."""
    kept = KEPT.get()
    if kept is None:
        say(line)
    else:
        kept.append(line)


def stream(command: list[str], cwd: Path = house.ROOT, **extra: str) -> tuple[int, list[str]]:
    """Run, passing every line on as it comes; give back the exit code and the lines."""
    plain = {} if sys.stdout.isatty() and KEPT.get() is None else {"NO_COLOR": "1"}
    try:
        started = subprocess.Popen(
            command,
            cwd=cwd,
            env=house.environment({**plain, **extra}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise Failed(
            f"{command[0]} could not be started: {error}", "Run `make test` anew."
        ) from error
    assert started.stdout is not None
    lines = []
    for line in started.stdout:
        lines.append(line.rstrip())
        tell(lines[-1])
    return started.wait(), lines


def must(command: list[str], cwd: Path = house.ROOT, **extra: str) -> str:
    """Run a stage that is one command; raise Failed when it ends badly."""
    code, _ = stream(command, cwd, **extra)
    if code != 0:
        raise Failed(f"ended with code {code}", ABOVE)
    return ""


def module(*words: str) -> Callable[[], str]:
    """A stage that runs a module with the virtual environment's Python."""
    return lambda: must([str(house.PYTHON), "-m", *words])


def training_types() -> str:
    """The types of the training package, which stands on torch."""
    if subprocess.run([str(house.PYTHON), "-c", "import torch"], capture_output=True).returncode:
        raise Skipped("training's packages are not installed: tools/setup.py training")
    source = str(house.ROOT / "training" / "src")
    return must([str(house.PYTHON), "-m", "mypy", "-p", "affetto_training"], MYPYPATH=source)


def npm(name: str, *words: str) -> list[str]:
    """One of the page's npm scripts, with its own options."""
    return [setup.find_npm(), "run", "--silent", name, *(["--", *words] if words else [])]


def script(name: str, *words: str) -> Callable[[], str]:
    """A stage that runs one of the page's npm scripts."""

    def work() -> str:
        return must(npm(name, *words), house.WEB)

    return work


def end_to_end() -> str:
    """The journeys in a real browser."""
    found = browser.find()
    extra = {"AFFETTO_BROWSER": str(found)} if found else {}
    code, lines = stream(npm("e2e", "--reporter=dot"), house.WEB, **extra)
    if code != 0:
        raise Failed(f"ended with code {code}", named(lines, "failed") or ABOVE)
    twice = named(lines, "flaky")
    return "\n".join([found.name if found else "Playwright's Chromium", *twice.splitlines()])


def pytest(last_words: list[str]) -> Callable[[], str]:
    """Python's tests with branch coverage; the bar stands in pyproject.toml.

    Which lines no test reaches: `coverage report` in .venv/bin, afterwards.
    """

    def work() -> str:
        folders = [f for f in ("tests", "training/tests") if (house.ROOT / f).is_dir()]
        command = [str(house.PYTHON), "-m", "pytest", "--cov", "--cov-report=", *folders]
        every_core = ["-n", "auto", "--dist", "worksteal"]
        code, lines = stream([*command, *every_core, "--durations=5"], COLUMNS="100")
        last_words.extend([line for line in lines if CLOSING.match(line)][-1:])
        if code != 0:
            raise Failed(f"ended with code {code}", missed(lines) or ABOVE)
        covered = COVERED.search("\n".join(lines))
        return f"branch coverage {covered.group(1)} %" if covered else ""

    return work


def measure(name: str, work: Callable[[], str]) -> Outcome:
    """Run one stage and time it."""
    tell(f"\n── {name} " + "─" * max(0, 76 - len(name)))
    begun = time.perf_counter()
    try:
        note, result = work(), "passed"
    except Skipped as reason:
        note, result = str(reason), "failed" if house.CI else "skipped"
        tell(note)
    except Failed as failure:
        note, result = f"{failure.problem}\n{failure.remedy}", "failed"
        house.excuse(failure, tell)
    return Outcome(name, result, time.perf_counter() - begun, note)


def lane(stages: Stages) -> list[Outcome]:
    """Run stages one after the other, beside another lane; print each one's lines at its end."""
    outcomes = []
    for name, work in stages.items():
        kept: list[str] = []
        token = KEPT.set(kept)
        try:
            outcomes.append(measure(name, work))
        finally:
            KEPT.reset(token)
            say("\n".join(kept))
    return outcomes


def main() -> int:
    """Run the stages; 1 when any failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="no tests, only the checks")
    check_only = parser.parse_args().check

    begun = time.perf_counter()
    outcomes = [measure("set up", lambda: setup.prepare("check" if check_only else "test") or "")]
    if outcomes[0].result == "failed":
        return 1
    last_words: list[str] = []
    ours: Stages = {
        "formatting": module("ruff", "format", "--check", "."),
        "lint": module("ruff", "check", "."),
        "import contracts": lambda: must([str(house.BIN / "lint-imports"), "--no-cache"]),
    }
    types: Stages = {"types": module("mypy")}
    tests: Stages = {}
    if not check_only:
        ours |= {
            "page: types and lint": script("check"),
            "page: unit tests": script("test", "--reporter=dot"),
        }
        types |= {"types of training": training_types}
        tests = {
            "python tests": pytest(last_words),
            "page: browser tests": end_to_end,
        }
    with ThreadPoolExecutor(2) as lanes:
        for done in lanes.map(lane, (ours, types)):
            outcomes += done
    outcomes += [measure(name, work) for name, work in tests.items()]
    summary(outcomes, time.perf_counter() - begun)
    for line in last_words:
        say(line)
    return 1 if any(one.result == "failed" for one in outcomes) else 0


if __name__ == "__main__":
    if sys.version_info < setup.OLDEST:
        setup.run_with_newer_python()
    house.main(main)
