"""How fast to lead: straight there, mildly, or after meeting the mood for a while.

Whether music that first matches a mood leads it better is unproven: 59 people said yes
after sadness (Starcke & von Georgi, Psychology of Music, 2024), 193 in a pre-registered
trial on anxiety showed no difference (doi 10.1177/10298649261421187). So no style is
the right one until a listener's own journeys say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from affetto.emotion import Affect

FAR_ENOUGH: Final = 0.3  # a shorter way says nothing of how well it was led
FADE: Final = 0.98  # per journey: what one learned fifty journeys ago counts a third
_GRID: Final = (np.arange(512) + 0.5) / 512


@dataclass(frozen=True, slots=True)
class Style:
    """How a journey's tracks are spread over its way, as shares of the tracks."""

    name: str
    hold: float  # so many stay with the mood first
    by: float  # after so many the end is reached


STRAIGHT: Final = Style("straight", 0.0, 0.5)
MILD: Final = Style("mild", 0.1, 0.8)
ISO: Final = Style("iso", 0.3, 1.0)
STYLES: Final = {style.name: style for style in (STRAIGHT, MILD, ISO)}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A style, and the chance with which it was drawn."""

    style: Style
    propensity: float  # (0, 1]


def progress(start: Affect, end: Affect, now: Affect) -> float | None:
    """The share of the way from ``start`` to ``end`` that is behind, [0, 1].

    None when the way is too short to tell.
    """
    way = start.distance(end)
    if way < FAR_ENOUGH:
        return None
    return min(1.0, max(0.0, 1.0 - now.distance(end) / way))


class Lead:
    """Which style brings this listener further: Thompson sampling, one Beta for each.

    All begin alike, as one journey gone well and one gone badly.
    """

    def __init__(self) -> None:
        self._counts = dict.fromkeys(STYLES, (1.0, 1.0))

    def draw(self, rng: np.random.Generator) -> Drawn:
        """A style for one journey; the more promising, the likelier."""
        drawn = {name: rng.beta(*counts) for name, counts in self._counts.items()}
        name = max(drawn, key=lambda one: drawn[one])
        return Drawn(STYLES[name], self.chances()[name])

    def chances(self) -> dict[str, float]:
        """How likely each style is the best one; they sum to 1."""
        density = {name: _beta(good, bad) for name, (good, bad) in self._counts.items()}
        below = {name: np.cumsum(d) - d / 2 for name, d in density.items()}
        best = {
            name: float(
                np.sum(d * np.prod([b for other, b in below.items() if other != name], axis=0))
            )
            for name, d in density.items()
        }
        total = sum(best.values())
        return {name: chance / total for name, chance in best.items()}

    def learn(self, style: Style, start: Affect, end: Affect, now: Affect) -> None:
        """A journey in this style is over, and the listener is at ``now``."""
        came = progress(start, end, now)
        if came is None:
            return
        self._counts = {
            name: (1 + FADE * (good - 1), 1 + FADE * (bad - 1))
            for name, (good, bad) in self._counts.items()
        }
        good, bad = self._counts[style.name]
        self._counts[style.name] = (good + came, bad + 1 - came)

    def copy(self) -> Lead:
        """The same, to learn by itself."""
        same = Lead()
        same._counts = dict(self._counts)
        return same

    def to_record(self) -> dict[str, Any]:
        """What was learned as JSON."""
        return {name: list(counts) for name, counts in self._counts.items()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Lead:
        """The model that ``to_record`` wrote; a style it does not know is new."""
        lead = cls()
        for name in STYLES:
            if name in record:
                good, bad = record[name]
                lead._counts[name] = (float(good), float(bad))
        return lead


def _beta(good: float, bad: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The Beta distribution over a grid of [0, 1], summing to 1."""
    log = (good - 1) * np.log(_GRID) + (bad - 1) * np.log1p(-_GRID)
    weights = np.exp(log - log.max())
    return np.asarray(weights / weights.sum())
