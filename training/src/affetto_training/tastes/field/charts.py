"""The charts of the page on SiTunes, from what was found and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from typing import Any, Final

from affetto_training.plots import Line, Panel, even_ticks, figure
from affetto_training.tastes.field.ratings import NO_SONGS, OURS, POPULATION, RUNNING
from affetto_training.tastes.field.uplift import GOALS, SHARES
from affetto_training.tastes.field.uplift import OURS as CHOICE

SHORT: Final = {OURS: "ours", NO_SONGS: "traits alone", POPULATION: "prior alone", RUNNING: "mean"}


def charts(found: Mapping[str, Any]) -> dict[str, str]:
    """Every chart by its file name."""
    return {
        "situnes-plays.svg": _plays(found["ratings"]["ways"]),
        "situnes-uplift.svg": _uplift(found["uplift"]),
    }


def _plays(ways: Mapping[str, Any]) -> str:
    """How the error of a rating falls as a listener is heard."""
    lines = [
        Line(short, [(low, error) for low, _, error in ways[way]["as_plays_go_by"]], k)
        for k, (way, short) in enumerate(SHORT.items())
    ]
    starts = [low for low, _, _ in ways[OURS]["as_plays_go_by"]]
    errors = [y for line in lines for _, y in line.points]
    low, high = floor(10 * min(errors)) / 10, ceil(10 * max(errors)) / 10
    panel = Panel(
        "How far a rating is missed", "plays of daily life before this one, from … on",
        "root mean squared error, stars", lines,
        [(float(s), str(s)) for s in starts], even_ticks(low, high, 0.1, "{:.1f}"),
    )  # fmt: skip
    words = "; ".join(
        f"{line.name}: {line.points[0][1]:.2f} in the first plays, {line.points[-1][1]:.2f} in the "
        "last"
        for line in lines
    )
    return figure([panel], title="How far a rating is missed", words=words)


def _uplift(told: Mapping[str, Any]) -> str:
    """What our choice adds to chance, the more choosy it is, with its 95 % interval."""
    panels, words = [], []
    for goal in GOALS:
        rows = {p["plays"]: p for p in told["policies"] if (p["goal"], p["way"]) == (goal, CHOICE)}
        places = list(enumerate(reversed(list(SHARES))))
        lines = [
            Line("doubly robust", [(k, rows[n]["uplift"]["DR"][0]) for k, n in places]),
            Line("95 %, high", [(k, rows[n]["ci95"][1]) for k, n in places], 2),
            Line("95 %, low", [(k, rows[n]["ci95"][0]) for k, n in places], 2),
            Line("SNIPS", [(k, rows[n]["uplift"]["SNIPS"][0]) for k, n in places], 1),
        ]
        ticks = zip(range(len(SHARES)), ("80 %", "half", "quarter", "best"), strict=True)
        values = [y for line in lines for _, y in line.points]
        low, high = floor(10 * min(0.0, *values)) / 10, ceil(10 * max(values)) / 10
        panels.append(
            Panel(goal[0].upper() + goal[1:], "how much of what chance plays is kept",
                  "moved further than by chance", lines, [(float(k), t) for k, t in ticks],
                  even_ticks(low, high, 0.1, "{:.1f}"),
                  ((0, 0), (len(SHARES) - 1, 0), "") if low else None)
        )  # fmt: skip
        words += [f"{goal}, {n}: {rows[n]['uplift']['DR'][0]:.3f}" for _, n in places]
    return figure(panels, title="What our choice adds to chance", words="; ".join(words))
