"""How the stages of `make test` ended: what the runners' lines say, and the closing table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from house import say

# pytest's last words: "== 312 passed, 4 skipped in 41.20s ==".
CLOSING = re.compile(r"^=*\s*\d+ (?:passed|failed|skipped|deselected|errors?)\b.* in [\d.:]+")

# How the runners name what failed: pytest's short summary, and the lines below
# Playwright's "2 failed" and "1 flaky" (one that passed only when tried again).
MISSED = re.compile(r"^(?:FAILED|ERROR) \S.*")
COUNTED = re.compile(r"^\s+\d+ (?P<what>failed|flaky|interrupted|did not run|skipped|passed)\b")
NAMED = re.compile(r"^\s+\S*\.spec\.ts:\d+:\d+ › .*")
COVERED = re.compile(r"Total coverage: ([\d.]+)%")


@dataclass
class Outcome:
    """One line of the closing table."""

    name: str
    result: str  # "passed", "failed", "skipped"
    seconds: float
    note: str = ""  # its first line stands in the table, the others below it


def named(lines: list[str], what: str) -> str:
    """The journeys that Playwright lists as ``what``, a line each."""
    below, found = None, []
    for line in lines:
        if counted := COUNTED.match(line):
            below = counted["what"]
        elif below == what and NAMED.match(line):
            found.append(f"{what}: {line.strip()}")
    return "\n".join(found)


def missed(lines: list[str]) -> str:
    """The tests that pytest's short summary names as failed, a line each."""
    return "\n".join(line for line in lines if MISSED.match(line))


def summary(outcomes: list[Outcome], seconds: float) -> None:
    """The closing table; ``seconds`` is what all of it took."""
    say("\n── summary " + "─" * 69)
    for one in outcomes:
        first, *more = one.note.splitlines() or [""]
        say(f"  {one.name:<28}{one.result:<9}{one.seconds:7.1f} s   {first}".rstrip())
        for line in more:
            say(f"      {line}")
    say(f"  {'all':<28}{'':<9}{seconds:7.1f} s")
