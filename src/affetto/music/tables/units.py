"""In which unit a column speaks, told by its numbers; and what cannot be right in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from affetto.music.tables.values import Floats

SHARES: Final = (
    "danceability", "energy", "speechiness", "acousticness", "instrumentalness", "liveness",
    "valence", "vocal",
)  # fmt: skip
# What a column may hold in our units; what lies outside is an error, not an outlier.
RANGES: Final[Mapping[str, tuple[float, float]]] = {
    **dict.fromkeys(SHARES, (0.0, 1.0)),
    "duration": (1.0, 6 * 3600.0),  # s
    "loudness": (-70.0, 6.0),  # dB below full scale; loud masters overshoot a little
    "popularity": (0.0, 100.0),
    "tempo": (20.0, 320.0),  # beats a minute
    "time_signature": (1.0, 16.0),
    "year": (1860.0, 2100.0),  # the first sound that was recorded
    "mood_valence": (-1.0, 1.0),
    "mood_arousal": (-1.0, 1.0),
    "mood_valence_sd": (0.01, 2.0),
    "mood_arousal_sd": (0.01, 2.0),
}
# Standard scores of listeners' tags rarely go beyond this (one in two hundred, Deezer).
STANDARD: Final = 2.2
_HIGH: Final = 95  # percent: one odd row must not decide a unit
_MANY_S: Final = 5000.0  # a median song of this many seconds is one in milliseconds
_FEW_S: Final = 15.0  # a table whose longest songs last fewer seconds counts in minutes


@dataclass(frozen=True, slots=True)
class Unit:
    """How a column becomes ours: ``number * factor + offset``, then kept in its range."""

    column: str
    words: str = ""  # what was changed; "" for nothing
    factor: float = 1.0
    offset: float = 0.0
    decibels: bool = False  # 20 log10 of what is there
    clips: bool = False  # a scale without ends: what is beyond is drawn in
    unknown: str = ""  # why the column cannot be used; "" when it can

    def applied(self, values: Floats) -> tuple[Floats, int]:
        """The values in our unit, NaN where out of range, and how many that were."""
        if self.unknown:
            return np.full(len(values), np.nan), 0
        if self.decibels:
            with np.errstate(divide="ignore", invalid="ignore"):
                scaled = 20 * np.log10(values)
        else:
            with np.errstate(over="ignore"):
                scaled = values * self.factor + self.offset
        low, high = RANGES[self.column]
        if self.clips:
            return np.clip(scaled, low, high), 0
        slack = 1e-6 * (high - low)  # what was kept in 32 bits may overshoot by a hair
        out = np.isfinite(values) & ~((scaled >= low - slack) & (scaled <= high + slack))
        return np.where(out, np.nan, np.clip(scaled, low, high)), int(out.sum())


def unit_of(column: str, header: str, sample: Mapping[str, Floats]) -> Unit:
    """The unit of one column; ``header`` is its name in the file."""
    values = sample[column][np.isfinite(sample[column])]
    if not len(values):
        return Unit(column)
    unit = _guess(column, header, values, sample)
    _, out = unit.applied(values)
    if out > len(values) / 2:
        return Unit(
            column,
            unknown=f"its numbers, {values.min():g} to {values.max():g}, are in no known unit",
        )
    return unit


def _guess(column: str, header: str, values: Floats, sample: Mapping[str, Floats]) -> Unit:
    high, middle = float(np.percentile(values, _HIGH)), float(np.median(values))
    if column in SHARES and _in_percent(sample):
        return Unit(column, "percent to 0–1", 0.01)
    if column == "duration":
        named = header.casefold().rstrip("_ ").endswith("ms") and middle > 1000
        if middle >= _MANY_S or named:
            return Unit(column, "milliseconds to seconds", 0.001)
        if high < _FEW_S:
            return Unit(column, "minutes to seconds", 60.0)
    if column == "popularity" and high <= 1.0 and bool((values % 1 != 0).any()):
        return Unit(column, "0–1 to 0–100", 100.0)
    if column == "loudness" and values.min() >= 0:
        if high <= 1.0:
            return Unit(column, "amplitude to decibels", decibels=True)
        return Unit(column, "decibels without their minus sign", -1.0)
    if column.startswith("mood_"):
        return _of_mood(column, sample)
    return Unit(column)


def _in_percent(sample: Mapping[str, Floats]) -> bool:
    """Whether most of the columns that should lie in 0–1 go beyond 1, together."""
    highs = []
    for name in SHARES:
        values = sample.get(name, np.zeros(0))
        values = values[np.isfinite(values)]
        if len(values):
            highs.append(float(np.percentile(values, _HIGH)))
    beyond = sum(1.5 < high <= 100 for high in highs)
    return beyond > len(highs) / 2


def _of_mood(column: str, sample: Mapping[str, Floats]) -> Unit:
    """Valence and arousal share one scale: -1 to 1, ratings of 1 to 9, or standard scores."""
    both = np.concatenate([sample.get("mood_valence", []), sample.get("mood_arousal", [])])
    both = both[np.isfinite(both)]
    sd = column.endswith("_sd")
    if not len(both) or np.abs(both).max() <= 1.0:
        return Unit(column)
    if both.min() >= 1.0 and both.max() <= 9.0:
        return Unit(column, "ratings of 1–9 to -1–1", 0.25, 0.0 if sd else -1.25)
    if abs(both.mean()) < 0.5 and 0.6 < both.std() < 1.4 and np.abs(both).max() < 6:
        return Unit(column, "standard scores to -1–1", 1 / STANDARD, clips=not sd)
    return Unit(column)
