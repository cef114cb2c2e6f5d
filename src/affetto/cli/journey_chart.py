"""A journey drawn with letters: the planned line and the tracks' places, over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HEIGHT: Final = 9  # lines of a panel; odd, so that the middle of the map has one
WIDEST: Final = 6  # columns for a track
MARGIN: Final = 8  # for the words at the left


@dataclass(frozen=True, slots=True)
class Point:
    """One track of a journey on one axis, both in [-1, 1]; None is not known."""

    planned: float | None
    place: float | None


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs a chart is drawn with."""

    line: str
    track: str
    both: str
    edge: str
    floor: str


FINE: Final = Marks("·", "●", "◉", "│", "─")
PLAIN: Final = Marks(".", "o", "@", "|", "-")


def marks_for(encoding: str | None) -> Marks:
    """The finest signs that a terminal of this encoding can show."""
    try:
        "".join((FINE.line, FINE.track, FINE.both, FINE.edge, FINE.floor)).encode(
            encoding or "ascii"
        )
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return FINE


def panel(points: Sequence[Point], words: tuple[str, str], width: int, marks: Marks) -> list[str]:
    """One axis over the tracks, ``HEIGHT`` lines; ``words`` are its upper and lower end.

    A journey wider than ``width`` is drawn at as many tracks as there are columns.
    """
    columns = max(1, width - MARGIN - 1)
    each = max(1, min(WIDEST, columns // max(1, len(points))))
    shown = _thinned(points, columns // each)
    cells = [[" "] * (each * len(shown)) for _ in range(HEIGHT)]
    for column in range(each * len(shown)):
        planned = _between(shown, (column - each // 2) / each)
        if planned is not None:
            cells[_line(planned)][column] = marks.line
    for i, point in enumerate(shown):
        if point.place is not None:
            line, column = _line(point.place), i * each + each // 2
            on_line = cells[line][column] == marks.line
            cells[line][column] = marks.both if on_line else marks.track
    names = {0: words[0], HEIGHT - 1: words[1]}
    return [
        f"{names.get(number, ''):>{MARGIN - 1}} {marks.edge}{''.join(row)}".rstrip()
        for number, row in enumerate(cells)
    ]


def floor(count: int, begins: str, ends: str, width: int, marks: Marks) -> list[str]:
    """The line under a panel of ``count`` tracks, with the clock at its ends."""
    columns = max(1, width - MARGIN - 1)
    each = max(1, min(WIDEST, columns // max(1, count)))
    wide = each * min(count, columns // each)
    gap = max(1, wide - len(begins) - len(ends))
    indent = " " * (MARGIN + 1)
    return [indent + marks.floor * wide, indent + begins + " " * gap + ends]


def _line(value: float) -> int:
    """The line of a panel for a value, the upper end first."""
    return min(HEIGHT - 1, max(0, round((1 - value) / 2 * (HEIGHT - 1))))


def _thinned(points: Sequence[Point], most: int) -> Sequence[Point]:
    if len(points) <= most:
        return points
    if most == 1:
        return points[:1]
    return [points[round(i * (len(points) - 1) / (most - 1))] for i in range(most)]


def _between(points: Sequence[Point], at: float) -> float | None:
    """The planned value ``at`` tracks from the first one's middle; None off its ends."""
    left = int(at // 1)
    share = at - left
    if left < 0 or left >= len(points) or (share > 0 and left + 1 >= len(points)):
        return None
    here = points[left].planned
    if share == 0 or here is None:
        return here
    there = points[left + 1].planned
    return None if there is None else here + share * (there - here)
