"""From a streaming service's features to where listeners would put a song, with doubt.

A ridge on random Fourier features (Rahimi & Recht, NIPS 2007), which comes as near as one
likes to a kernel machine and, unlike one, keeps no song it has learnt from. NumPy only, so
that whoever imports a table needs neither torch nor scikit-learn. The weights stay in this
distribution: they were fitted on features that came from a streaming service.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from affetto.errors import AffettoError
from affetto_training.songs.reading import Floats
from affetto_training.songs.rows import FEATURES, features_of

WEIGHTS: Final = Path(__file__).parent.parent / "weights" / "table-mood.npz"
# Listener tags come standardised, within 2.2 of the middle but for one in two hundred;
# divided by this they fill the map, and its middle stays theirs.
STANDARD_UNITS: Final = 2.2
FARTHEST: Final = 4.0  # standard deviations; beyond them nothing was learnt
WIDTH: Final = 1.6448536  # standard deviations to each side that hold 90 in 100
AT_ONCE: Final = 4096  # rows; so that a million need no more memory
SIGHTS: Final = 5  # rounds of filling what is missing and seeing how features go together


@dataclass(frozen=True)
class Recipe:
    """How the model is fitted."""

    gamma: float = 0.02  # width of the kernel, on standardised features
    alpha: float = 3.0  # weight of the penalty, in rows
    waves: int = 500
    seed: int = 0


@dataclass(frozen=True)
class TableModel:
    """A fitted model; float64 arrays of the shapes given."""

    centre: Floats  # (12,)
    scale: Floats  # (12,)
    together: Floats  # (12, 12) covariance of the standardised features
    waves: Floats  # (12, k)
    shifts: Floats  # (k,)
    weights: Floats  # (k, 2)
    middle: Floats  # (2,) mean valence and arousal
    slopes: Floats  # (12, 2) the straight lines that come nearest to it
    sd: Floats  # (2,) with every feature known

    def told(self, features: Floats) -> Floats:
        """Features (n, 12), NaN where unknown, to float64 (n, 4): valence, arousal, sd of each.

        What is unknown is filled in from what is known, and costs certainty.
        """
        parts = [
            self._part(features[i : i + AT_ONCE]) for i in range(0, max(1, len(features)), AT_ONCE)
        ]
        return np.concatenate(parts)

    def _part(self, features: Floats) -> Floats:
        standard, lost = self._filled(features)
        out = np.empty((len(features), 4))
        out[:, :2] = np.clip(_waved(standard, self.waves, self.shifts) @ self.weights, -2, 2)
        out[:, :2] += self.middle
        blind = np.isnan(features).all(axis=1)
        out[blind, :2] = self.middle
        out[:, :2] = np.clip(out[:, :2], -1, 1)
        out[:, 2:] = np.minimum(np.sqrt(self.sd**2 + lost), 1.0)
        return out

    def _filled(self, features: Floats) -> tuple[Floats, Floats]:
        """Standardised features without gaps, and the variance (n, 2) that the gaps add."""
        standard = np.clip((features - self.centre) / self.scale, -FARTHEST, FARTHEST)
        lost = np.zeros((len(standard), 2))
        gaps, kind = np.unique(np.isnan(standard), axis=0, return_inverse=True)
        for k, gap in enumerate(gaps):
            rows = np.flatnonzero(kind.ravel() == k)
            if not gap.any() or not len(rows):
                continue
            guess, left = _guess(self.together, gap)
            standard[np.ix_(rows, gap)] = standard[np.ix_(rows, ~gap)] @ guess
            slopes = self.slopes[gap]
            lost[rows] = np.einsum("it,ij,jt->t", slopes, left, slopes)
        return standard, np.maximum(lost, 0.0)


def _guess(together: Floats, gap: np.typing.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Unknown features from known ones (known, unknown), and the covariance that is left."""
    known = together[np.ix_(~gap, ~gap)] + 1e-6 * np.eye(int((~gap).sum()))
    across = together[np.ix_(~gap, gap)]
    guess: Floats = np.asarray(np.linalg.solve(known, across), np.float64)  # empty if blind
    return guess, together[np.ix_(gap, gap)] - across.T @ guess


def _waved(standard: Floats, waves: Floats, shifts: Floats) -> Floats:
    return np.asarray(np.cos(standard @ waves + shifts) * math.sqrt(2 / len(shifts)))


def fit(features: Floats, targets: Floats, weights: Floats, recipe: Recipe) -> TableModel:
    """Learn from features (n, 12) and targets (n, 2); NaN in either means unknown.

    Its sd is that of what it learnt from until ``calibrated``.
    """
    (model,) = fits(features, targets, weights, recipe, [recipe.alpha])
    return model


def fits(
    features: Floats, targets: Floats, weights: Floats, recipe: Recipe, alphas: Sequence[float]
) -> list[TableModel]:
    """One model for each penalty; all else is worked out once."""
    whole = np.where(np.isnan(features), 0.0, weights[:, None])
    filled = np.nan_to_num(features)
    centre = (whole * filled).sum(axis=0) / whole.sum(axis=0)
    scale = np.sqrt((whole * (filled - centre) ** 2).sum(axis=0) / whole.sum(axis=0)) + 1e-9
    together = _together((features - centre) / scale, weights)

    rng = np.random.default_rng(recipe.seed)
    waves = rng.normal(size=(len(FEATURES), recipe.waves)) * math.sqrt(2 * recipe.gamma)
    shifts = rng.uniform(0, 2 * math.pi, recipe.waves)
    empty = np.zeros((len(FEATURES), 2))
    sd = np.array([_sd(targets[:, t], weights) for t in (0, 1)])
    start = TableModel(
        centre, scale, together, waves, shifts, np.zeros((recipe.waves, 2)), sd, empty, sd
    )
    standard, _ = start._filled(features)
    waved = _waved(standard, waves, shifts)
    learnt = [np.empty((recipe.waves, 2)) for _ in alphas]
    middles = [np.empty(2) for _ in alphas]
    slopes = np.empty((len(FEATURES), 2))
    for t in (0, 1):
        there = ~np.isnan(targets[:, t])
        w, y, z = weights[there], targets[there, t], waved[there]
        mean, at = float(w @ y / w.sum()), w @ z / w.sum()
        apart = z - at
        gram, aimed = (apart * w[:, None]).T @ apart, (apart * w[:, None]).T @ (y - mean)
        for k, alpha in enumerate(alphas):
            learnt[k][:, t] = np.linalg.solve(gram + alpha * np.eye(recipe.waves), aimed)
            middles[k][t] = mean - at @ learnt[k][:, t]
        x = standard[there]
        lines = (x * w[:, None]).T @ x + w.sum() * 0.01 * np.eye(len(FEATURES))
        slopes[:, t] = np.linalg.solve(lines, (x * w[:, None]).T @ (y - mean))
    return [
        TableModel(centre, scale, together, waves, shifts, a, b, slopes, sd)
        for a, b in zip(learnt, middles, strict=True)
    ]


def _together(standard: Floats, weights: Floats) -> Floats:
    """The covariance of standardised features with gaps, by filling and looking again."""
    filled = np.clip(np.nan_to_num(standard), -FARTHEST, FARTHEST)
    gaps, kind = np.unique(np.isnan(standard), axis=0, return_inverse=True)
    share = weights / weights.sum()
    together: Floats = (filled * share[:, None]).T @ filled
    for _ in range(SIGHTS if gaps.any() else 0):
        left = np.zeros_like(together)
        for k, gap in enumerate(gaps):
            rows = np.flatnonzero(kind.ravel() == k)
            guess, more = _guess(together, gap)
            filled[np.ix_(rows, gap)] = filled[np.ix_(rows, ~gap)] @ guess
            left[np.ix_(gap, gap)] += share[rows].sum() * more
        together = (filled * share[:, None]).T @ filled + left
    return together


def _sd(values: Floats, weights: Floats) -> float:
    there = ~np.isnan(values)
    w, y = weights[there], values[there]
    return float(np.sqrt(w @ (y - w @ y / w.sum()) ** 2 / w.sum()))


def calibrated(residuals: Floats) -> Floats:
    """The sd (2,) whose 90 % intervals would have held 90 in 100 of residuals (n, 2)."""
    return np.asarray(np.quantile(np.abs(residuals), 0.9, axis=0) / WIDTH)


def save(model: TableModel, to: Path) -> None:
    """Keep a model as an npz of float32."""
    to.parent.mkdir(parents=True, exist_ok=True)
    kept = {f.name: getattr(model, f.name).astype(np.float32) for f in fields(model)}
    np.savez_compressed(to, **kept)


def load(path: Path = WEIGHTS) -> TableModel:
    """The model that was kept; AffettoError when it is not there or damaged."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return TableModel(**{f.name: kept[f.name].astype(float) for f in fields(TableModel)})
    except (OSError, KeyError, ValueError) as error:
        raise AffettoError(
            f"The weights of the table model in {path.name} cannot be read: {error}.",
            remedy="Reinstall affetto-training, or fit it anew: "
            "python -m affetto_training.tables train --data FILE.",
        ) from error


@cache
def _shipped() -> TableModel:
    return load()


def table_mood(rows: Sequence[Mapping[str, Any]]) -> Floats:
    """Where listeners would put each song: float64 (n, 4) valence, arousal, sd of each.

    In [-1, 1], from features named as streaming services name them; any may be missing,
    None or nonsense, and a row without one is told the middle of all songs and great doubt.
    """
    return _shipped().told(features_of(rows))
