"""Line charts as small SVG files that read on light pages and dark ones.

Each line carries its own name at its end, and a mark and dash of its own, so that colour is
never the only thing that tells two apart. A chart brings its own ground: it follows the
reader's preference for light or dark whatever the page around it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

# Order of the series in every chart: the first is ours.
DASHES: Final = ("", "7 4", "2 4", "9 3 2 3")
INKS: Final = ("#b04a20", "#27708a", "#7a5fae", "#6b7a2c")
INKS_IN_THE_DARK: Final = ("#f2a177", "#7cc4dc", "#bda9ee", "#bccb74")

STYLE: Final = (
    "text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#2c2a27}"
    ".ground{fill:#fdfcfa;stroke:#e4e0d9}.quiet{fill:#696560}.bold{font-weight:600;font-size:14px}"
    ".grid{stroke:#e9e5de}.axis{stroke:#a8a39b}.guide{stroke:#a8a39b;stroke-dasharray:3 4}"
    ".leader{stroke-width:1;opacity:.5}.line{fill:none;stroke-width:2.2;stroke-linejoin:round}"
    + "".join(f".s{i}{{stroke:{c}}}.f{i}{{fill:{c}}}" for i, c in enumerate(INKS))
    + "@media(prefers-color-scheme:dark){text{fill:#edebe7}.quiet{fill:#a8a39b}"
    ".ground{fill:#1d1c1a;stroke:#33312e}.grid{stroke:#302e2b}.axis,.guide{stroke:#77726b}"
    + "".join(f".s{i}{{stroke:{c}}}.f{i}{{fill:{c}}}" for i, c in enumerate(INKS_IN_THE_DARK))
    + "}"
)
WIDE: Final = 440.0  # pixels of one panel with its margins
HIGH: Final = 268.0
LEFT, RIGHT, TOP, BOTTOM = 42.0, 92.0, 54.0, 46.0  # margins of a panel
APART: Final = 14.0  # pixels between two names at the ends of lines
MARKS: Final = 12  # on one line; of more points only some are marked


@dataclass(frozen=True)
class Line:
    """One series: its name, and points (x, y) in the units of its panel."""

    name: str
    points: Sequence[tuple[float, float]]
    series: int = 0  # which colour, dash and mark


@dataclass(frozen=True)
class Panel:
    """One pair of axes. Ticks are (place, text); both axes say their unit."""

    title: str
    x_title: str
    y_title: str
    lines: Sequence[Line]
    x_ticks: Sequence[tuple[float, str]]
    y_ticks: Sequence[tuple[float, str]]
    guide: tuple[tuple[float, float], tuple[float, float], str] | None = None  # and its name


def even_ticks(low: float, high: float, step: float, form: str = "{:g}") -> list[tuple[float, str]]:
    """Ticks from ``low`` to ``high``, both included."""
    count = round((high - low) / step)
    places = [round(low + i * step, 10) for i in range(count + 1)]
    return [(place, form.format(place)) for place in places]


def figure(panels: Sequence[Panel], *, title: str, words: str, columns: int = 2) -> str:
    """An SVG document; ``words`` say what it shows to whoever cannot see it."""
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    wide, high = WIDE * columns + 16, HIGH * rows + 16
    parts: list[str] = []
    for i, panel in enumerate(panels):
        row, column = divmod(i, columns)
        place = f"translate({8 + column * WIDE:g} {8 + row * HIGH:g})"
        parts += [f'<g transform="{place}">', *_drawn(panel), "</g>"]
    return document(wide, high, title, words, parts)


def document(wide: float, high: float, title: str, words: str, parts: Sequence[str]) -> str:
    """An SVG document in the house's style, ``wide`` by ``high`` pixels."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" '
        f'width="{wide:g}" height="{high:g}" role="img" aria-labelledby="title words">',
        f'<title id="title">{escape(title)}</title><desc id="words">{escape(words)}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" x=".5" y=".5" width="{wide - 1:g}" height="{high - 1:g}" rx="12"/>',
    )
    return "\n".join([*head, *parts, "</svg>", ""])


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Words at a place; ``kind`` is a class of the style, ``anchor`` what lies at ``x``."""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{x:g}" y="{y:g}"{side}>{escape(words)}</text>'


def _drawn(panel: Panel) -> list[str]:
    inner_wide, inner_high = WIDE - LEFT - RIGHT, HIGH - TOP - BOTTOM
    xs, ys = [x for x, _ in panel.x_ticks], [y for y, _ in panel.y_ticks]

    def across(x: float) -> float:
        return round(LEFT + (x - min(xs)) / (max(xs) - min(xs)) * inner_wide, 1)

    def down(y: float) -> float:
        share = (y - min(ys)) / (max(ys) - min(ys))
        return round(TOP + (1 - min(1.0, max(0.0, share))) * inner_high, 1)

    right, bottom = LEFT + inner_wide, TOP + inner_high
    parts = [
        text(LEFT, 22, panel.title, "bold"),
        text(LEFT, 42, panel.y_title, "quiet"),
        text(LEFT + inner_wide / 2, bottom + 36, panel.x_title, "quiet", "middle"),
    ]
    for y, words in panel.y_ticks:
        kind = "axis" if y == min(ys) else "grid"
        parts.append(f'<path class="{kind}" d="M{LEFT:g} {down(y):g}H{right:g}"/>')
        parts.append(text(LEFT - 9, down(y) + 4, words, "quiet", "end"))
    for x, words in panel.x_ticks:
        if words:
            parts.append(text(across(x), bottom + 18, words, "quiet", "middle"))
    if panel.guide:
        (x0, y0), (x1, y1), words = panel.guide
        parts.append(
            f'<path class="guide" d="M{across(x0):g} {down(y0):g}L{across(x1):g} {down(y1):g}"/>'
        )
        parts.append(text(across(x1) - 8, down(y1) + 14, words, "quiet", "end"))
    lines = [line for line in panel.lines if line.points]
    ends = _spread([down(line.points[-1][1]) for line in lines], TOP, bottom)
    for line, end in zip(lines, ends, strict=True):
        places = [(across(x), down(y)) for x, y in line.points]
        path = "L".join(f"{x:g} {y:g}" for x, y in places)
        k = line.series % len(INKS)
        dash = f' stroke-dasharray="{DASHES[k]}"' if DASHES[k] else ""
        parts.append(f'<path class="line s{k}"{dash} d="M{path}"/>')
        every = -(-len(places) // MARKS)
        parts += [_mark(k, x, y) for x, y in places[::-1][::every]]
        x, y = places[-1]
        if abs(end - y) > 4:
            path = f"M{x + 5:g} {y:g}L{right + 9:g} {end:g}"
            parts.append(f'<path class="leader s{k}" fill="none" d="{path}"/>')
        parts.append(text(right + 11, end + 4, line.name, f"f{k}"))
    return parts


def _mark(series: int, x: float, y: float) -> str:
    """A disc, a square, a diamond or a triangle."""
    shapes = (
        f'<circle class="f0" cx="{x:g}" cy="{y:g}" r="3.4"/>',
        f'<rect class="f1" x="{x - 3:g}" y="{y - 3:g}" width="6" height="6"/>',
        f'<path class="f2" d="M{x:g} {y - 4.4:g}l4.4 4.4l-4.4 4.4l-4.4 -4.4z"/>',
        f'<path class="f3" d="M{x:g} {y - 4:g}l4 7h-8z"/>',
    )
    return shapes[series]


def _spread(places: list[float], top: float, bottom: float) -> list[float]:
    """The same places moved just so far apart that names do not overlap."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for _ in range(60):
        for above, below in pairwise(order):
            lack = APART - (moved[below] - moved[above])
            if lack > 0:
                moved[above] -= lack / 2
                moved[below] += lack / 2
        moved = [min(bottom, max(top, y)) for y in moved]
    return [round(y, 1) for y in moved]
