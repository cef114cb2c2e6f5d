"""From the features of a table to a place on the mood map.

A streaming service's "valence" is not what listeners call pleasant: over 1,943 songs the
two correlate by .43, and "energy" with how aroused listeners call a song by .34. A model
learnt from listeners' tags may be installed beside us (entry points of the group
``affetto.table_models``); without one, the median rule stands in and says how unsure it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import entry_points
from typing import Any, Final, Protocol

import numpy as np

from affetto.emotion import EXPRESSIONS, MOODS, Affect
from affetto.errors import AffettoError, NotFound
from affetto.music.tables.values import Floats

GROUP: Final = "affetto.table_models"
MEDIAN: Final = "median"  # the rule's name on the command line
TAGS: Final = "listener tags"
RULE: Final = "median rule"

# Root mean square error of the rule against the valence and arousal of listeners' tags over
# the 1,943 songs with features of Deezer's training set (Delbouys et al., ISMIR 2018), whose
# standard scores are divided by 2.2 to fill the map: .448 and .443; the right quarter for
# 43 %. Nothing was fitted or drawn, so there is no seed.
RULE_SD: Final = (0.45, 0.45)
# Among them 18 are quiet, acoustic and instrumental: too few to know their valence.
CALM_SD: Final = 0.6
FEW: Final = 30  # rows below which a table's own medians say nothing
_SUNG: Final = 0.5  # instrumentalness above this is meant to be an instrumental (Spotify)
_ACOUSTIC: Final = 0.5

# How sure the word of a table is, each axis; "energetic" says nothing of pleasure.
_LABEL_SD: Final = 0.35
_LABELS: Final[Mapping[str, tuple[Affect, float]]] = {
    **{name: (place, _LABEL_SD) for name, place in {**EXPRESSIONS, **MOODS}.items()},
    "relaxed": (MOODS["calm"], _LABEL_SD),
    "anger": (MOODS["angry"], _LABEL_SD),
    "energetic": (Affect(0.1, 0.7), 0.6),
}

Model = Callable[[Sequence[Mapping[str, float | None]]], Any]


class Telling(Protocol):
    """What places songs on the mood map."""

    words: str  # "median rule", "listener tags"

    @property
    def scaling(self) -> str:
        """How the features are made alike, in words."""
        ...

    def __call__(self, features: Mapping[str, Floats]) -> Floats:
        """(n, 4): valence, arousal and the sd of each in [-1, 1]; NaN where not known."""
        ...


class MedianRule:
    """Valence and energy by their rank in the table, half the map wide.

    The middle of the table is the middle of the map, and its ends lie half-way to the
    edge, since the ranks tell so little. A quiet, acoustic instrumental has a low
    "valence" for want of a beat and a voice, not of peace: it is taken as calm, unsurely.
    """

    words = RULE

    def __init__(self, valence: Floats, energy: Floats) -> None:
        """``valence`` and ``energy`` are those of the whole table, sorted, in [0, 1]."""
        self._valence, self._energy = valence, energy

    @property
    def scaling(self) -> str:
        """How the features are made alike, in words."""
        return "as ranks in the table" if self.medians else "as they are, from 0 to 1"

    @property
    def medians(self) -> tuple[float, float] | None:
        """Valence and energy in the middle of the table; None for too small a table."""
        if min(len(self._valence), len(self._energy)) < FEW:
            return None
        return float(np.median(self._valence)), float(np.median(self._energy))

    def __call__(self, features: Mapping[str, Floats]) -> Floats:
        """(n, 4): valence, arousal and the sd of each; NaN where a feature is missing."""
        valence = _rank(features["valence"], self._valence) - 0.5
        arousal = _rank(features["energy"], self._energy) - 0.5
        nothing = np.full(len(valence), np.nan)
        instrumental = features.get("instrumentalness", nothing) > _SUNG
        acoustic = features.get("acousticness", nothing) > _ACOUSTIC
        calm = instrumental & acoustic & (arousal < 0)
        valence = np.where(calm, np.abs(valence), valence)
        told = np.stack(
            [
                valence,
                arousal,
                np.where(calm, CALM_SD, RULE_SD[0]),
                np.full(len(valence), RULE_SD[1]),
            ],
            axis=1,
        )
        told[~np.isfinite(told).all(axis=1)] = np.nan
        return told


class TagModel:
    """A model from the group ``affetto.table_models``."""

    words = TAGS
    scaling = "scaled by the model"

    def __init__(self, name: str, model: Model) -> None:
        self.name = name
        self._model = model

    def __call__(self, features: Mapping[str, Floats]) -> Floats:
        """(n, 4) as the model tells; NaN where nothing is known of the sound.

        The model is given one dict a song: Spotify's names, None for what is not known.
        Raises AffettoError when it fails or answers in another shape.
        """
        names = list(features)
        matrix = np.stack([features[name] for name in names], axis=1)
        known = np.isfinite(matrix).any(axis=1)
        told = np.full((len(matrix), 4), np.nan)
        if not known.any():
            return told
        rows = [
            {n: v if v == v else None for n, v in zip(names, row, strict=True)}
            for row in matrix[known].tolist()
        ]
        try:
            found = np.asarray(self._model(rows), np.float64)
            if found.shape != (len(rows), 4):
                raise ValueError(f"it gave the shape {found.shape} for {len(rows)} songs")
        except Exception as error:  # anyone's code
            raise AffettoError(
                f"The table model {self.name!r} failed: {error}.",
                remedy=f"Update it, or import with --model {MEDIAN}.",
            ) from error
        found[~np.isfinite(found).all(axis=1)] = np.nan
        found[:, :2] = np.clip(found[:, :2], -1, 1)
        found[:, 2:] = np.clip(found[:, 2:], 0.05, 1)
        told[known] = found
        return told


def model_names() -> list[str]:
    """The table models installed here."""
    return sorted(point.name for point in entry_points(group=GROUP))


def model_called(name: str | None) -> TagModel | None:
    """The model of that name; of no name the first installed. None for the median rule.

    Raises NotFound for a name that is not installed.
    """
    if name == MEDIAN:
        return None
    points = {point.name: point for point in entry_points(group=GROUP)}
    if name is None:
        name = min(points, default=None)
        if name is None:
            return None
    if name not in points:
        raise NotFound(
            f"There is no table model called {name!r}.",
            remedy=f"Installed are: {', '.join([MEDIAN, *sorted(points)])}.",
        )
    return TagModel(name, points[name].load())


def labels(words: Sequence[str]) -> tuple[Floats, int]:
    """The places of mood words, (n, 4), NaN where there is none; how many we do not know."""
    told, unknown = np.full((len(words), 4), np.nan), 0
    for row, word in enumerate(words):
        place = _LABELS.get(word.casefold())
        if place is not None:
            told[row] = (place[0].valence, place[0].arousal, place[1], _LABEL_SD)
        elif word:
            unknown += 1
    return told, unknown


def blended(one: Floats, other: Floats) -> Floats:
    """Two opinions of the same songs as one, each weighed by how sure it is, (n, 4)."""
    result = np.where(np.isfinite(one), one, other)
    both = np.isfinite(one).all(axis=1) & np.isfinite(other).all(axis=1)
    mine, theirs = one[both], other[both]
    wm, wt = mine[:, 2:] ** -2.0, theirs[:, 2:] ** -2.0
    result[both, :2] = (wm * mine[:, :2] + wt * theirs[:, :2]) / (wm + wt)
    result[both, 2:] = (wm + wt) ** -0.5
    return np.asarray(result)


def _rank(values: Floats, ordered: Floats) -> Floats:
    """Where each value stands among the ``ordered``, 0 to 1; itself in too small a table."""
    if len(ordered) < FEW:
        return values
    low = np.searchsorted(ordered, values, side="left")
    high = np.searchsorted(ordered, values, side="right")
    return np.where(np.isfinite(values), (low + high) / (2.0 * len(ordered)), np.nan)
