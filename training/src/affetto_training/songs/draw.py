"""Bars, tables of shades, and points as small SVG files, in the house's one style.

Every bar and shade carries its number, every kind of point its own mark and name: colour is
never the only thing that tells two apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from affetto_training.plots import document, text

LEFT: Final = 22.0
BAR: Final = 16.0
CELL_WIDE, CELL_HIGH = 62.0, 27.0
SIDE: Final = 250.0  # of a panel of points


@dataclass(frozen=True)
class Cloud:
    """Points of one kind in the units of their panel; the series sets mark and colour."""

    name: str
    points: Sequence[tuple[float, float]]
    series: int = 0
    faint: bool = False


@dataclass(frozen=True)
class Field:
    """One square panel of points."""

    title: str
    x_title: str
    y_title: str
    clouds: Sequence[Cloud]
    x_range: tuple[float, float]
    y_range: tuple[float, float]


def bars(
    title: str, unit: str, groups: Mapping[str, Sequence[float]], kinds: Sequence[str], form: str
) -> str:
    """A bar for each kind of each group; ``form`` is how a number is written."""
    most = max((v for values in groups.values() for v in values), default=1.0) or 1.0
    parts = [text(LEFT, 28, title, "bold"), text(LEFT, 48, unit, "quiet")]
    x = LEFT
    for k, kind in enumerate(kinds if len(kinds) > 1 else ()):
        parts += [_mark(k, x + 5, 65), text(x + 16, 69, kind)]
        x += 40 + 6.6 * len(kind)
    label = max((len(name) for name in groups), default=0) * 6.6 + 12
    y = 84.0 if len(kinds) > 1 else 62.0
    for name, values in groups.items():
        high = len(values) * (BAR + 2)
        parts.append(text(LEFT + label - 8, y + high / 2 + 4, name, "", "end"))
        for k, value in enumerate(values):
            wide = round(360 * value / most, 1)
            top = y + k * (BAR + 2)
            parts.append(
                f'<rect class="f{k}" x="{LEFT + label:g}" y="{top:g}" width="{wide:g}" '
                f'height="{BAR:g}"/>'
            )
            if len(values) > 1:
                parts.append(_mark(k, LEFT + label + wide + 9, top + BAR / 2))
            at = LEFT + label + wide + (20 if len(values) > 1 else 7)
            parts.append(text(at, top + 12, form.format(value), "quiet"))
        y += high + 9
    words = "; ".join(
        f"{name}: "
        + ", ".join(
            (f"{kind} " if len(kinds) > 1 else "") + form.format(v)
            for kind, v in zip(kinds, values, strict=True)
        )
        for name, values in groups.items()
    )
    return document(LEFT + label + 470, y + 12, title, words, parts)


def shades(
    title: str,
    unit: str,
    rows: Mapping[str, Sequence[float]],
    columns: Sequence[str],
    form: str = "{:.2f}",
    most: float = 1.0,
) -> str:
    """A table whose cells are darker the larger their number; below zero in another colour."""
    left = LEFT + max(len(name) for name in rows) * 6.6 + 10
    parts = [text(LEFT, 28, title, "bold"), text(LEFT, 48, unit, "quiet")]
    for j, name in enumerate(columns):
        parts.append(text(left + CELL_WIDE * (j + 0.5), 72, name, "quiet", "middle"))
    for i, (name, values) in enumerate(rows.items()):
        y = 82 + i * CELL_HIGH
        parts.append(text(left - 8, y + 18, name, "", "end"))
        for j, value in enumerate(values):
            x = left + CELL_WIDE * j
            shade = min(1.0, abs(value) / most)
            parts.append(
                f'<rect class="f{0 if value >= 0 else 1}" opacity="{0.55 * shade:.2f}" x="{x:g}" '
                f'y="{y:g}" width="{CELL_WIDE - 1:g}" height="{CELL_HIGH - 1:g}"/>'
            )
            told = form.format(value).replace("-", "−")
            parts.append(text(x + CELL_WIDE / 2, y + 18, told, "", "middle"))
    words = "; ".join(
        f"{name}: " + ", ".join(f"{c} {form.format(v)}" for c, v in zip(columns, vs, strict=True))
        for name, vs in rows.items()
    )
    wide = max(left + CELL_WIDE * len(columns) + 16, LEFT + 9 * len(title))
    return document(wide, 82 + CELL_HIGH * len(rows) + 14, title, words, parts)


def scatter(title: str, fields: Sequence[Field], words: str, columns: int = 2) -> str:
    """Panels of points; the names of the kinds stand above."""
    columns = min(columns, len(fields))
    parts = [text(LEFT, 28, title, "bold")]
    kinds = {c.series: c for f in fields for c in f.clouds}
    x = LEFT
    for _, cloud in sorted(kinds.items()):
        parts += [_mark(cloud.series, x + 5, 46), text(x + 16, 50, cloud.name)]
        x += 40 + 6.6 * len(cloud.name)
    wide, high = SIDE + 66, SIDE + 84
    for k, field in enumerate(fields):
        row, column = divmod(k, columns)
        place = f"translate({LEFT + column * wide:g} {66 + row * high:g})"
        parts += [f'<g transform="{place}">', *_field(field), "</g>"]
    rows = -(-len(fields) // columns)
    wide = max(LEFT + columns * wide, x + 20, LEFT + 9 * len(title))
    return document(wide, 72 + rows * high, title, words, parts)


def _field(field: Field) -> list[str]:
    (x0, x1), (y0, y1) = field.x_range, field.y_range
    left, top = 34.0, 26.0

    def place(x: float, y: float) -> tuple[float, float]:
        across = min(1.0, max(0.0, (x - x0) / (x1 - x0)))
        up = min(1.0, max(0.0, (y - y0) / (y1 - y0)))
        return round(left + across * SIDE, 1), round(top + (1 - up) * SIDE, 1)

    parts = [text(left, 14, field.title)]
    parts.append(f'<path class="axis" fill="none" d="M{left:g} {top:g}v{SIDE:g}h{SIDE:g}"/>')
    for value, anchor in ((x0, "start"), (x1, "end")):
        x, _ = place(value, y0)
        parts.append(text(x, top + SIDE + 16, _number(value), "quiet", anchor))
    for value in (y0, y1):
        _, y = place(x0, value)
        parts.append(text(left - 6, y + (0 if value == y0 else 10), _number(value), "quiet", "end"))
    parts.append(text(left + SIDE / 2, top + SIDE + 32, field.x_title, "quiet", "middle"))
    parts.append(
        f'<text class="quiet" text-anchor="middle" transform="translate({left - 14:g} '
        f'{top + SIDE / 2:g}) rotate(-90)">{escape(field.y_title)}</text>'
    )
    for cloud in field.clouds:
        dim = ' opacity=".3"' if cloud.faint else ' opacity=".75"'
        marks = "".join(_mark(cloud.series, *place(*p), small=True) for p in cloud.points)
        parts.append(f"<g{dim}>{marks}</g>")
    return parts


def _mark(series: int, x: float, y: float, *, small: bool = False) -> str:
    """A disc, a square, a diamond or a triangle."""
    s = 2.4 if small else 4.2
    shapes = (
        f'<circle class="f0" cx="{x:g}" cy="{y:g}" r="{s:g}"/>',
        f'<rect class="f1" x="{x - s:g}" y="{y - s:g}" width="{2 * s:g}" height="{2 * s:g}"/>',
        f'<path class="f2" d="M{x:g} {y - 1.4 * s:g}l{1.4 * s:g} {1.4 * s:g}l{-1.4 * s:g} '
        f'{1.4 * s:g}l{-1.4 * s:g} {-1.4 * s:g}z"/>',
        f'<path class="f3" d="M{x:g} {y - 1.3 * s:g}l{1.3 * s:g} {2.3 * s:g}h{-2.6 * s:g}z"/>',
    )
    return shapes[series % 4]


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")
