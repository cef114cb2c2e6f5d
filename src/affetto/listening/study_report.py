"""What a trial on oneself found: an effect, how unsure it is, and how little that may be.

Blocks are compared in the pairs they were drawn in. The test asks how often chance alone,
had it dealt the pairs the other way, would have made as large a difference (Fisher's
randomisation test): with n pairs there are 2^n ways to deal, all of which are tried. The interval
holds every effect that this test would not have refused at 5 %; below six pairs nothing can be
refused, and there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.listening.study import OUTCOMES, WAYS, Plan, Session

Numbers = npt.NDArray[np.float64]

LEVEL: Final = 0.05
STEPS: Final = 50  # of halving, until an end of the interval is found


@dataclass(frozen=True, slots=True)
class Comparison:
    """B against A on one measure: means by block, and the difference of the pairs."""

    name: str
    means: tuple[float, float]  # of A and of B, over the blocks of whole pairs
    effect: float  # B - A
    p: float  # how often chance alone does as much
    interval: tuple[float, float] | None  # 95 %; None where too few pairs can say


@dataclass(frozen=True, slots=True)
class Report:
    """What the sessions say, with n in sight."""

    done: int
    planned: int
    pairs: int  # whole ones, which are compared
    smallest_p: float  # that so many pairs could give
    mood: Comparison | None  # movement towards what was looked for; None without a whole pair
    skips: Comparison | None  # share of the tracks that were skipped

    @property
    def finished(self) -> bool:
        """Whether every planned session was held."""
        return self.done == self.planned


def reported(plan: Plan, sessions: Sequence[Session]) -> Report:
    """The report of a plan and its sessions; the same rows give the same report."""
    pairs = min(len(plan.blocks) // 2, len(sessions) // (2 * plan.sessions))
    axis, sign = OUTCOMES[plan.outcome]

    def moved(s: Session) -> float:
        return sign * float(getattr(s.after, axis) - getattr(s.before, axis))

    def skipped(s: Session) -> float:
        return s.skips / s.tracks

    return Report(
        len(sessions), len(plan.order), pairs, min(1.0, 2.0 ** (1 - pairs)),
        _compared("mood", plan, sessions, pairs, moved) if pairs else None,
        _compared("skips", plan, sessions, pairs, skipped) if pairs else None,
    )  # fmt: skip


def _compared(
    name: str,
    plan: Plan,
    sessions: Sequence[Session],
    pairs: int,
    measure: Callable[[Session], float],
) -> Comparison:
    values = np.array([measure(s) for s in sessions[: 2 * pairs * plan.sessions]])
    blocks = values.reshape(2 * pairs, plan.sessions).mean(axis=1)
    ways = np.array(plan.blocks[: 2 * pairs])
    means = [float(blocks[ways == way].mean()) for way in WAYS]
    gaps = np.array([
        blocks[k + 1] - blocks[k] if ways[k] == "A" else blocks[k] - blocks[k + 1]
        for k in range(0, 2 * pairs, 2)
    ])  # fmt: skip
    deals = _deals(pairs)
    return Comparison(
        name, (means[0], means[1]), float(gaps.mean()), _chance(gaps, deals),
        _interval(gaps, deals),
    )  # fmt: skip


def _deals(pairs: int) -> Numbers:
    """Every way that chance could have dealt the pairs, as signs (2^pairs, pairs)."""
    bits = np.arange(2**pairs)[:, None] >> np.arange(pairs)
    return np.where(bits & 1, -1.0, 1.0)


def _chance(gaps: Numbers, deals: Numbers) -> float:
    """How often a deal makes a mean at least as far from 0 as the one that was seen."""
    seen = abs(float(gaps.mean()))
    return float((np.abs(deals @ gaps) / len(gaps) >= seen - 1e-12).mean())


def _interval(gaps: Numbers, deals: Numbers) -> tuple[float, float] | None:
    """Every effect that is not refused: found from the middle outwards by halving."""
    if 2 / len(deals) >= LEVEL:
        return None
    middle = float(gaps.mean())
    widest = float(np.abs(gaps - middle).max()) + 1e-9  # beyond every gap all is refused

    def end(towards: float) -> float:
        held, refused = middle, middle + towards * widest
        for _ in range(STEPS):
            half = (held + refused) / 2
            if _chance(gaps - half, deals) > LEVEL:
                held = half
            else:
                refused = half
        return held

    return end(-1.0), end(1.0)


# -- in words -----------------------------------------------------------------------------


def as_record(plan: Plan, report: Report) -> dict[str, Any]:
    """The report as plain values."""

    def told(one: Comparison | None) -> dict[str, Any] | None:
        if one is None:
            return None
        return {
            "mean": dict(zip(WAYS, one.means, strict=True)),
            "effect": one.effect,
            "p": one.p,
            "interval_95": one.interval and list(one.interval),
        }

    return {
        "plan": plan.mark, "ways": dict(plan.ways), "outcome": plan.outcome,
        "sessions": report.done, "planned": report.planned, "finished": report.finished,
        "pairs": report.pairs, "smallest_p": report.smallest_p,
        "mood": told(report.mood), "skips": told(report.skips),
    }  # fmt: skip


def in_words(plan: Plan, report: Report) -> str:
    """The report in a few sentences, with what it cannot say."""
    a, b = plan.ways["A"], plan.ways["B"]
    lines = [f"A is {a}; B is {b}. Looked for: {plan.outcome}."]
    lines.append(
        f"{report.done} of {report.planned} sessions, {report.pairs} whole pairs of blocks."
    )
    if not report.finished:
        lines.append("The trial is not finished: what it says may still turn. Do not stop by it.")
    if report.mood is None or report.skips is None:
        lines.append("Until a first pair of blocks is whole there is nothing to compare.")
        return "\n".join(lines)
    axis, sign = OUTCOMES[plan.outcome]
    way = "up" if sign > 0 else "down"
    lines.append(_sentence(report.mood, f"{axis} {way} by"))
    lines.append(_sentence(report.skips, "share skipped"))
    lines.append(_verdict(report, a, b))
    if report.smallest_p >= LEVEL:
        lines.append(
            f"With {report.pairs} pairs chance alone does as much in {report.smallest_p:.0%} of "
            "cases at best: so few cannot tell. Six pairs are the fewest that can."
        )
    lines.append(
        "It is one listener, who knew which way was on; it says nothing of anybody else. Skips "
        "are a second look, at the same 5 %."
    )
    return "\n".join(lines)


def _sentence(one: Comparison, what: str) -> str:
    held = (
        "no interval from so few pairs"
        if one.interval is None
        else f"95 % {one.interval[0]:+.2f} to {one.interval[1]:+.2f}"
    )
    return (
        f"{what[0].upper() + what[1:]}: A {one.means[0]:+.2f}, B {one.means[1]:+.2f}; "
        f"B - A {one.effect:+.2f} ({held}), p = {one.p:.3f}."
    )


def _verdict(report: Report, a: str, b: str) -> str:
    if report.mood is None or report.mood.p > LEVEL:
        return "A difference in mood is not shown; that is not the same as there being none."
    better = b if report.mood.effect > 0 else a
    early = "" if report.finished else ", so far"
    return f"{better} did better{early}, more than chance alone would explain at 5 %."
