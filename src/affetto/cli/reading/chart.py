"""A clip's timeline as a picture: how pleasant and how awake the face looks, and where
nothing could be read.

Drawn with Pillow, which is here anyway, at twice the size and then halved: smooth lines
without a plotting library of 30 MB.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import Image, ImageDraw, ImageFont

from affetto.cli.reading.drawing import COLOURS, save
from affetto.cli.reading.words import LOOKS, UNSURE, clock, look_of, why_not

if TYPE_CHECKING:
    from affetto.senses.timeline import Second

Colour = tuple[int, int, int]

WIDE, HIGH = 1600, 960
LEFT, RIGHT = 190, 1540
VALENCE, AROUSAL, STRIP = (170, 430), (480, 740), (786, 834)  # top and bottom of each
FINER: Final = 2  # drawn so many times larger
TICKS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)  # seconds apart
MOST_TICKS: Final = 14
LEAST_STEP: Final = 2  # pixels; of a longer clip, several seconds are told as one
ROOM_FOR_DOTS: Final = 16  # pixels a second must have to be marked by a dot

INK: Final[Colour] = (38, 46, 52)
SOFT: Final[Colour] = (104, 114, 121)
PAPER: Final[Colour] = (255, 255, 255)
PANEL: Final[Colour] = (247, 246, 243)
RULE: Final[Colour] = (220, 218, 212)
GAP: Final[Colour] = (232, 231, 228)
HATCH: Final[Colour] = (206, 205, 201)
WARM: Final[Colour] = (184, 92, 44)
COOL: Final[Colour] = (38, 108, 146)


def chart(seconds: Sequence[Second], title: str) -> Image.Image:
    """The timeline of one clip, 1600 × 960 pixels; ``seconds`` holds at least one."""
    return _Sheet(seconds).drawn(title)


def save_chart(seconds: Sequence[Second], title: str, path: Path) -> None:
    """Write the chart to ``path``. Raises CannotSave."""
    save(chart(seconds, title), path)


def merged(seconds: Sequence[Second], each: int) -> list[Second]:
    """Every ``each`` seconds as one, blended as the looks within a second are."""
    from affetto.senses.timeline import ENOUGH, Second, blended

    told = []
    for start, group in groupby(seconds, lambda second: second.second // each * each):
        some = list(group)
        read = [second.reading for second in some if second.reading]
        whys = Counter(second.why for second in some if second.why)
        enough = bool(read) and len(read) >= ENOUGH * len(some)
        told.append(
            Second(
                start,
                sum(second.looks for second in some),
                sum(second.read for second in some),
                max(second.faces for second in some),
                blended(read, looks=len(some), at=read[0].at) if enough else None,
                None if enough else whys.most_common(1)[0][0],
            )
        )
    return told


class _Sheet:
    """One chart being drawn; all lengths in pixels of the finished one."""

    def __init__(self, seconds: Sequence[Second]) -> None:
        self._length = seconds[-1].second + 1
        self._step = max(1, math.ceil(LEAST_STEP * self._length / (RIGHT - LEFT)))  # seconds
        self._seconds = merged(seconds, self._step)
        self._image = Image.new("RGB", (FINER * WIDE, FINER * HIGH), PAPER)
        self._pen = ImageDraw.Draw(self._image, "RGBA")

    def drawn(self, title: str) -> Image.Image:
        """The finished chart."""
        self._text(LEFT, 52, title, 34, INK, most=RIGHT - LEFT)
        over = "each second" if self._step == 1 else f"{self._step} seconds each"
        about = (
            f"Blended over {over}. Line: mean; band: one standard deviation to either side. "
            "An expression is not a feeling."
        )
        self._text(LEFT, 96, about, 20, SOFT, most=RIGHT - LEFT)
        self._panel(VALENCE, "valence", "pleasant", "unpleasant")
        self._panel(AROUSAL, "arousal", "wide awake", "drowsy")
        self._ticks()
        self._gaps()
        self._curve(VALENCE, WARM, lambda r: r.valence, lambda r: r.covariance.vv)
        self._curve(AROUSAL, COOL, lambda r: r.arousal, lambda r: r.covariance.aa)
        self._strip()
        self._legend()
        return self._image.resize((WIDE, HIGH), Image.Resampling.LANCZOS)

    # -- the ground ---------------------------------------------------------------------

    def _panel(self, rows: tuple[int, int], name: str, high: str, low: str) -> None:
        top, bottom = rows
        self._box(LEFT, top, RIGHT, bottom, PANEL)
        for value in (-1, -0.5, 0, 0.5, 1):
            y = _height(value, rows)
            self._line([(LEFT, y), (RIGHT, y)], SOFT if value == 0 else RULE, 1)
        self._text(LEFT - 18, top + 4, high, 21, INK, anchor="rm")
        self._text(LEFT - 18, (top + bottom) / 2, name, 19, SOFT, anchor="rm")
        self._text(LEFT - 18, bottom - 4, low, 21, INK, anchor="rm")

    def _ticks(self) -> None:
        step = next((t for t in TICKS if self._length / t <= MOST_TICKS), 7200)
        for second in range(0, self._length + 1, step):
            x = self._x(second)
            for top, bottom in (VALENCE, AROUSAL):
                self._line([(x, top), (x, bottom)], RULE, 1)
            self._line([(x, STRIP[1]), (x, STRIP[1] + 8)], SOFT, 1)
            self._text(x, STRIP[1] + 24, clock(second), 19, SOFT, anchor="mm")

    def _gaps(self) -> None:
        for why, left, right in self._stretches(
            lambda second: None if second.reading else why_not(second)
        ):
            for top, bottom in (VALENCE, AROUSAL, STRIP):
                self._hatched(left, top, right, bottom)
            if self._wide(why, 19) < right - left - 12:
                for top, bottom in (VALENCE, AROUSAL):
                    self._text((left + right) / 2, (top + bottom) / 2, why, 19, SOFT, "mm", GAP)

    def _hatched(self, left: float, top: float, right: float, bottom: float) -> None:
        size = (max(1, round(FINER * (right - left))), FINER * (round(bottom) - round(top)))
        patch = Image.new("RGB", size, GAP)
        pen = ImageDraw.Draw(patch)
        for start in range(-size[1], size[0], FINER * 14):
            pen.line((start, size[1], start + size[1], 0), fill=HATCH, width=FINER)
        self._image.paste(patch, (round(FINER * left), FINER * round(top)))

    # -- what was read ------------------------------------------------------------------

    def _curve(
        self,
        rows: tuple[int, int],
        colour: Colour,
        mean: Callable[[Any], float],
        variance: Callable[[Any], float],
    ) -> None:
        for run in self._runs():
            points, above, below = [], [], []
            for second in run:
                value, spread = mean(second.reading), math.sqrt(variance(second.reading))
                x = self._x(second.second + self._step / 2)
                points.append((x, _height(value, rows)))
                above.append((x, _height(min(1.0, value + spread), rows)))
                below.append((x, _height(max(-1.0, value - spread), rows)))
            # A run reaches over the whole of its first and last second.
            first, last = self._x(run[0].second), self._x(run[-1].second + self._step)
            above = [(first, above[0][1]), *above, (last, above[-1][1])]
            below = [(first, below[0][1]), *below, (last, below[-1][1])]
            self._pen.polygon(_finer([*above, *reversed(below)]), fill=(*colour, 46))
            self._line([(first, points[0][1]), *points, (last, points[-1][1])], colour, 3)
            if self._step * (RIGHT - LEFT) / self._length >= ROOM_FOR_DOTS:
                for second, (x, y) in zip(run, points, strict=True):
                    self._dot(x, y, colour, hollow=second.reading.confidence < UNSURE)

    def _strip(self) -> None:
        for told, left, right in self._stretches(
            lambda second: (
                (second.reading.expression, second.reading.confidence < UNSURE)
                if second.reading
                else None
            )
        ):
            name, unsure = told
            colour = _paler(COLOURS.get(name, GAP)) if unsure else COLOURS.get(name, GAP)
            self._box(left, STRIP[0], right, STRIP[1], colour)
            self._line([(left, STRIP[0]), (left, STRIP[1])], PAPER, 1)
            words = f"{LOOKS.get(name, name)}{' ?' if unsure else ''}"
            if self._wide(words, 20) < right - left - 10:
                middle = (left + right) / 2
                self._text(middle, sum(STRIP) / 2, words, 20, INK, anchor="mm")
        self._text(LEFT - 18, sum(STRIP) / 2, "looks", 21, INK, anchor="rm")

    def _legend(self) -> None:
        x, y = float(LEFT), 912
        seen = dict.fromkeys(s.reading.expression for s in self._seconds if s.reading)
        for second in self._seconds:
            if second.reading and second.reading.expression in seen:
                name = second.reading.expression or ""
                del seen[second.reading.expression]
                self._box(x, y - 10, x + 20, y + 10, COLOURS.get(name, GAP))
                x = self._text(x + 30, y, look_of(second.reading), 19, SOFT, anchor="lm") + 30
        if any(s.reading and s.reading.confidence < UNSURE for s in self._seconds):
            self._dot(x + 10, y, SOFT, hollow=True)
            x = self._text(x + 30, y, "hard to tell", 19, SOFT, anchor="lm") + 30
        if any(s.reading is None for s in self._seconds):
            self._hatched(x, y - 10, x + 20, y + 10)
            self._text(x + 30, y, "nothing read", 19, SOFT, anchor="lm")

    # -- seconds ------------------------------------------------------------------------

    def _runs(self) -> Iterator[list[Any]]:
        """Seconds in a row that were read."""
        for read, run in groupby(self._seconds, lambda second: second.reading is not None):
            if read:
                yield list(run)

    def _stretches(self, told: Callable[[Second], Any]) -> Iterator[tuple[Any, float, float]]:
        """What is told of seconds in a row that are alike, from where to where; not None."""
        for what, run in groupby(self._seconds, told):
            if what is not None:
                alike = list(run)
                yield what, self._x(alike[0].second), self._x(alike[-1].second + self._step)

    def _x(self, second: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(1.0, second / self._length)

    # -- the pen ------------------------------------------------------------------------

    def _box(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        low, high = _finer([(left, top), (right, bottom)])
        self._pen.rectangle((*low, high[0] - 1, high[1] - 1), fill=fill)

    def _line(self, points: Sequence[tuple[float, float]], fill: Colour, wide: int) -> None:
        self._pen.line(_finer(points), fill=fill, width=FINER * wide, joint="curve")

    def _dot(self, x: float, y: float, colour: Colour, *, hollow: bool) -> None:
        ((x, y),) = _finer([(x, y)])
        round_ = (x - 6 * FINER, y - 6 * FINER, x + 6 * FINER, y + 6 * FINER)
        self._pen.ellipse(round_, fill=PAPER if hollow else colour, outline=colour, width=2 * FINER)

    def _wide(self, words: str, size: int) -> float:
        font = ImageFont.load_default(FINER * size)
        return float(self._pen.textlength(words, font=font)) / FINER

    def _text(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        fill: Colour,
        anchor: str = "lm",
        ground: Colour | None = None,
        *,
        most: float = math.inf,
    ) -> float:
        """Write words; returns where they end. Words wider than ``most`` are cut."""
        while self._wide(words, size) > most and len(words) > 2:
            words = words[:-2].rstrip() + "…"
        font = ImageFont.load_default(FINER * size)
        place = (FINER * x, FINER * y)
        if ground is not None:
            left, top, right, bottom = self._pen.textbbox(place, words, font=font, anchor=anchor)
            self._pen.rectangle((left - 12, top - 8, right + 12, bottom + 8), fill=ground)
        self._pen.text(place, words, font=font, fill=fill, anchor=anchor)
        return x + self._wide(words, size)


def _height(value: float, rows: tuple[int, int]) -> float:
    top, bottom = rows
    return bottom - (value + 1) / 2 * (bottom - top)


def _finer(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(FINER * x, FINER * y) for x, y in points]


def _paler(colour: Colour) -> Colour:
    red, green, blue = ((part + 2 * 255) // 3 for part in colour)
    return red, green, blue
