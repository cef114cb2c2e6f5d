"""Splits that keep each artist on one side, and the figures that are told of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from affetto_training.songs.reading import Floats

Ints = npt.NDArray[np.int64]


def grouped(groups: Sequence[str] | npt.NDArray[np.str_], folds: int, seed: int) -> Ints:
    """The fold of each row, all rows of a group in one, groups dealt out at random."""
    rng = np.random.default_rng(seed)
    names, place = np.unique(np.asarray(groups), return_inverse=True)
    dealt = rng.permutation(len(names)) % folds
    return dealt[place].astype(np.int64)


def stratified(labels: Sequence[str] | npt.NDArray[np.str_], folds: int, seed: int) -> Ints:
    """The fold of each row, every label spread evenly over them."""
    rng = np.random.default_rng(seed)
    labels = np.asarray(labels)
    fold = np.zeros(len(labels), np.int64)
    start = 0
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        fold[rows] = (np.arange(len(rows)) + start) % folds
        start += len(rows)
    return fold


def each(fold: Ints) -> Iterator[tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]:
    """(learn from, ask about) for every fold that has rows on both sides."""
    for k in np.unique(fold):
        if (ask := fold == k).any() and not ask.all():
            yield ~ask, ask


def pearson(a: Floats, b: Floats) -> float:
    """Correlation, 0 where one of them does not vary."""
    if len(a) < 2 or a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def concordance(a: Floats, b: Floats) -> float:
    """Lin's concordance correlation (Biometrics 45(1), 1989)."""
    spread = a.var() + b.var() + (a.mean() - b.mean()) ** 2
    return float(2 * ((a - a.mean()) * (b - b.mean())).mean() / spread) if spread else 0.0


def r_squared(true: Floats, told: Floats) -> float:
    """Share of the variance that is explained; below 0 when the mean would do better."""
    spread = ((true - true.mean()) ** 2).sum()
    return 1.0 - float(((true - told) ** 2).sum() / spread) if spread else 0.0


def quadrant(valence: Floats, arousal: Floats) -> Ints:
    """0 to 3: calm, happy, sad, angry, by the signs; 0 counts as pleasant and awake."""
    return (2 * (valence < 0) + (arousal >= 0)).astype(np.int64)


def macro_f1(true: npt.NDArray[np.generic], told: npt.NDArray[np.generic]) -> float:
    """Mean F1 over the classes that are there."""
    found = []
    for name in np.unique(true):
        hit = float(((true == name) & (told == name)).sum())
        of = float((true == name).sum() + (told == name).sum())
        found.append(2 * hit / of)
    return sum(found) / len(found) if found else math.nan
