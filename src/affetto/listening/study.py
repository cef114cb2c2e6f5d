"""A trial on oneself: two ways of choosing, in an order drawn by chance before it begins.

An ABAB design in blocks: the blocks come in pairs, and chance says which of the two ways comes
first in each pair. The plan is written once, with its seed and the listener's consent, and
never changes; every session is one row of a CSV file that names the plan it belongs to. The
two plain files are the whole study: whoever has them gets the same report.

How such trials are done well: CONSORT extension for N-of-1 trials (CENT), BMJ 2015;350:h1738.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from affetto.emotion import Affect
from affetto.errors import AffettoError, Misuse, NotFound

PLAN: Final = "plan.json"
ROWS: Final = "sessions.csv"
WAYS: Final = ("A", "B")
# What is compared: the axis, and which direction counts as better.
OUTCOMES: Final[Mapping[str, tuple[str, int]]] = {
    "lift": ("valence", 1),
    "calm": ("arousal", -1),
    "wake": ("arousal", 1),
}
FEWEST_PAIRS, MOST_PAIRS = 2, 12
CONSENT: Final = (
    "I want to find out which of two ways of choosing suits me. I say how I feel before and after "
    "each session. Plan and sessions stay in two files on this machine; I may stop at any time and "
    "delete them. This is no treatment, and no judgement of my health."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was settled before the first session. ``blocks`` is the order of "A" and "B"."""

    ways: Mapping[str, str]  # what A and B stand for, in the listener's words
    outcome: str  # of OUTCOMES
    blocks: tuple[str, ...]
    sessions: int  # of each block
    seed: int
    made_at: datetime
    consent: str

    @property
    def order(self) -> tuple[str, ...]:
        """The way of every session, in order."""
        return tuple(way for way in self.blocks for _ in range(self.sessions))

    def text(self) -> str:
        """The plan as it is written."""
        told = asdict(self) | {"blocks": list(self.blocks), "made_at": self.made_at.isoformat()}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"

    @property
    def mark(self) -> str:
        """A short name that only this plan has; every session carries it."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Session:
    """One session as it was: the mood before and after it, and what was skipped."""

    number: int  # from 1
    way: str
    at: datetime  # aware
    before: Affect
    after: Affect
    tracks: int
    skips: int


def drawn(
    ways: tuple[str, str],
    outcome: str,
    *,
    pairs: int,
    sessions: int,
    seed: int,
    now: datetime,
) -> Plan:
    """A plan by chance: in each pair of blocks one of both ways, either first.

    Raises Misuse for an outcome there is not, and for numbers no trial can have.
    """
    if outcome not in OUTCOMES:
        raise Misuse(
            f"{outcome!r} is nothing a trial can look for.",
            remedy=f"Choose one of {', '.join(OUTCOMES)}.",
        )
    if not FEWEST_PAIRS <= pairs <= MOST_PAIRS or not 1 <= sessions <= 20:
        raise Misuse(
            f"A trial cannot have {pairs} pairs of blocks of {sessions} sessions.",
            remedy=f"Take {FEWEST_PAIRS} to {MOST_PAIRS} pairs, and 1 to 20 sessions a block.",
        )
    if not all(way.strip() for way in ways) or ways[0].strip() == ways[1].strip():
        raise Misuse("Both ways are the same.", remedy="Give two ways that differ.")
    rng = random.Random(seed)
    blocks: list[str] = []
    for _ in range(pairs):
        blocks += rng.sample(WAYS, 2)
    return Plan(
        dict(zip(WAYS, (way.strip() for way in ways), strict=True)),
        outcome, tuple(blocks), sessions, seed, now, CONSENT,
    )  # fmt: skip


class Study:
    """The two files of one trial, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def rows_file(self) -> Path:
        """Where the sessions lie."""
        return self._folder / ROWS

    @property
    def plan_file(self) -> Path:
        """Where the plan lies."""
        return self._folder / PLAN

    def begin(self, plan: Plan) -> None:
        """Write the plan; Misuse when there is one already, since a plan never changes."""
        if self.plan_file.exists():
            raise Misuse(
                f"There is a plan already, in {self.plan_file}; it was settled beforehand.",
                remedy=f"Carry it out, or move {self._folder} away to begin another.",
            )
        self._folder.mkdir(parents=True, exist_ok=True)
        _written(self.plan_file, plan.text())

    def plan(self) -> Plan:
        """The plan; NotFound when there is none, AffettoError when it cannot be read."""
        try:
            return plan_of(self.plan_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise NotFound(
                "No study is planned here.", remedy="Begin one with `affetto study plan`."
            ) from None

    def sessions(self, rows: Path | None = None) -> list[Session]:
        """Every session so far, of this study's file or of a copy of it."""
        path = rows or self.rows_file
        if not path.exists():
            if rows is None:
                return []
            raise NotFound(f"There is no file {path}.", remedy="Name the study's CSV file.")
        return sessions_of(path.read_text(encoding="utf-8"), self.plan(), path)

    def log(self, before: Affect, after: Affect, tracks: int, skips: int, now: datetime) -> Session:
        """Add the next session; Misuse when the plan is done or the numbers cannot be."""
        plan, done = self.plan(), self.sessions()
        if len(done) == len(plan.order):
            raise Misuse(
                f"All {len(done)} sessions are done.", remedy="See `affetto study report`."
            )
        if tracks < 1 or not 0 <= skips <= tracks:
            raise Misuse(
                f"A session of {tracks} tracks cannot have {skips} skips.",
                remedy="Give how many tracks played, and how many of them were skipped.",
            )
        one = Session(len(done) + 1, plan.order[len(done)], now, before, after, tracks, skips)
        _written(self.rows_file, rows_text(plan, [*done, one]))
        return one


# -- as text ------------------------------------------------------------------------------

COLUMNS: Final = (
    "plan", "session", "way", "at", "before_valence", "before_arousal", "after_valence",
    "after_arousal", "tracks", "skips",
)  # fmt: skip


def plan_of(text: str) -> Plan:
    """The plan that ``Plan.text`` wrote."""
    try:
        told = json.loads(text)
        plan = Plan(
            dict(told["ways"]), told["outcome"], tuple(told["blocks"]), int(told["sessions"]),
            int(told["seed"]), datetime.fromisoformat(told["made_at"]), told["consent"],
        )  # fmt: skip
        if set(plan.blocks) != set(WAYS) or plan.outcome not in OUTCOMES:
            raise ValueError("it is not complete")
    except (ValueError, KeyError, TypeError) as error:
        raise AffettoError(
            f"The plan of the study cannot be read: {error}.",
            remedy="Put it back as it was written, or move its folder away and begin anew.",
        ) from error
    return plan


def rows_text(plan: Plan, sessions: Sequence[Session]) -> str:
    """Sessions as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for s in sessions:
        moods = (s.before.valence, s.before.arousal, s.after.valence, s.after.arousal)
        writer.writerow([plan.mark, s.number, s.way, s.at.isoformat(), *moods, s.tracks, s.skips])
    return out.getvalue()


def sessions_of(text: str, plan: Plan, path: Path) -> list[Session]:
    """The sessions that ``rows_text`` wrote.

    Raises AffettoError when a row cannot be read, or does not fit the plan: another plan's
    mark, another way than was drawn, a session out of turn.
    """
    found: list[Session] = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        try:
            one = _session(row)
        except (KeyError, TypeError, ValueError) as error:
            raise _unfit(path, line, f"cannot be read ({error})") from error
        if row["plan"] != plan.mark:
            raise _unfit(path, line, "belongs to another plan, or the plan was changed since")
        if one.number != len(found) + 1 or len(found) >= len(plan.order):
            raise _unfit(path, line, "is out of turn")
        if one.way != plan.order[len(found)]:
            raise _unfit(path, line, f"is of way {one.way}, where the plan drew another")
        found.append(one)
    return found


def _session(row: Mapping[str, Any]) -> Session:
    return Session(
        int(row["session"]), row["way"], datetime.fromisoformat(row["at"]),
        Affect(float(row["before_valence"]), float(row["before_arousal"])),
        Affect(float(row["after_valence"]), float(row["after_arousal"])),
        int(row["tracks"]), int(row["skips"]),
    )  # fmt: skip


def _unfit(path: Path, line: int, what: str) -> AffettoError:
    return AffettoError(
        f"Line {line} of {path} {what}.", remedy="Put plan and rows back as they were written."
    )


def _written(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)
