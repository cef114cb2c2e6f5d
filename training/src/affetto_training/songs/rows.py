"""Rows of streaming-service features, whatever they are called, as one array of numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from affetto_training.songs.reading import Floats, number

# In this order everywhere. "valence" is the service's own, not what listeners said.
FEATURES: Final = (
    "danceability", "energy", "loudness", "mode", "speechiness", "acousticness",
    "instrumentalness", "liveness", "valence", "tempo", "duration", "four_four",
)  # fmt: skip
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "valence": ("spotify_valence", "valence"),  # where both stand, "valence" is a label
    "duration": ("duration_ms", "length", "duration", "duration_s", "length_ms"),
    "four_four": ("time_signature", "meter"),
    "tempo": ("tempo", "bpm", "tempo_bpm"),
}
SHARES: Final = frozenset(
    {"danceability", "energy", "speechiness", "acousticness", "instrumentalness", "liveness",
     "valence"}
)  # fmt: skip
SKEWED: Final = {"speechiness": 0.01, "instrumentalness": 0.001, "liveness": 0.01}
SHORTEST_MS: Final = 5_000.0  # a smaller number was meant in seconds
QUIETEST_DB: Final = -60.0


def features_of(rows: Sequence[Mapping[str, Any]]) -> Floats:
    """Rows as float64 (n, 12) in the order of ``FEATURES``; NaN where nothing sensible is told.

    Shares told in percent and times told in seconds are put right; what lies outside of any
    sense is unknown. Nothing is raised, whatever a row holds.
    """
    found = np.full((len(rows), len(FEATURES)), math.nan)
    for i, row in enumerate(rows):
        if not isinstance(row, Mapping):
            continue
        for j, name in enumerate(FEATURES):
            for candidate in _names(name, row):
                value = _sensible(name, number(row.get(candidate)))
                if not math.isnan(value):
                    found[i, j] = value
                    break
    return found


def _names(feature: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """What a feature may be called in a row; a label is no stand-in for an empty cell."""
    names = NAMES.get(feature, (feature,))
    return names[:1] if feature == "valence" and names[0] in row else names


def _sensible(name: str, value: float) -> float:
    """A feature as the model takes it: skewed ones as logarithms. NaN for nonsense."""
    if math.isnan(value):
        return value
    if name in SHARES:
        value = value / 100 if 1 < value <= 100 else value
        if not 0 <= value <= 1:
            return math.nan
        return math.log(value + SKEWED[name]) if name in SKEWED else value
    if name == "loudness":
        return min(value, 0.0) if QUIETEST_DB <= value <= 10 else math.nan
    if name == "tempo":
        return value if 20 <= value <= 400 else math.nan
    if name == "duration":
        value = value * 1000 if value < SHORTEST_MS else value
        return math.log(value) if 5_000 <= value <= 86_400_000 else math.nan
    if name == "four_four":
        return float(value == 4) if 1 <= value <= 15 else math.nan
    return value if value in (0.0, 1.0) else math.nan  # mode
