"""Fitting the mood model, and judging it on excerpts that it has not heard.

Everything that is chosen (how the parts of the likeness are weighed, how far it reaches,
how noisy ratings are, how wide a blur must be) is chosen inside the excerpts it may
learn from, by leaving out one recording at a time there; the score comes from others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.music.mood_model import FARTHEST, Likeness, MoodModel
from affetto_training.sounds_data import Clips, Numbers

FOLDS: Final = 10
LANDMARKS: Final = 64  # far fewer than the excerpts: no rating can be had back
OUT: Final = np.sqrt(3.0)  # spreads
STEADY: Final = 1e-4  # added where landmarks resemble each other, for exact arithmetic
Z90: Final = 1.645  # half the width of the middle 90 % of a normal distribution
GRID: Final = tuple(
    (Likeness(share * (1 - line), (1 - share) * (1 - line), line, length), noise)
    for share, line, length, noise in product(
        (0.3, 0.5, 0.7), (0.0, 0.1, 0.3), (1.0, 1.5), (0.2, 0.4, 0.8)
    )
)
Fold = tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]  # learnt from, judged on
Learner = Callable[[Numbers, Numbers, npt.NDArray[np.int64]], Callable[[Numbers], Numbers]]


@dataclass(frozen=True)
class Scores:
    """How well moods were told: one value an axis (valence, arousal) unless said."""

    r: tuple[float, float]
    ccc: tuple[float, float]  # concordance (Lin, Biometrics 45(1), 1989)
    rmse: tuple[float, float]
    quadrant: float  # share told in the right quarter of the plane
    coverage: tuple[float, float] | None  # of the 90 % interval; None without deviations
    n: int

    @classmethod
    def of(cls, told: Numbers, moods: Numbers) -> Scores:
        """``told`` is (n, 2), or (n, 4) with deviations; ``moods`` is (n, 2)."""
        guess = told[:, :2]
        away = guess - moods
        gap = np.square(guess.mean(axis=0) - moods.mean(axis=0))
        shared = ((guess - guess.mean(axis=0)) * (moods - moods.mean(axis=0))).mean(axis=0)
        spreads = guess.std(axis=0), moods.std(axis=0)
        covered = None
        if told.shape[1] == 4:
            covered = _pair(np.mean(np.abs(away) <= Z90 * told[:, 2:], axis=0))
        return cls(
            r=_pair(shared / (spreads[0] * spreads[1] + 1e-12)),
            ccc=_pair(2 * shared / (spreads[0] ** 2 + spreads[1] ** 2 + gap + 1e-12)),
            rmse=_pair(np.sqrt(np.square(away).mean(axis=0))),
            quadrant=float(np.mean(((guess >= 0) == (moods >= 0)).all(axis=1))),
            coverage=covered,
            n=len(moods),
        )

    def as_dict(self) -> dict[str, Any]:
        """Rounded, by name."""
        told: dict[str, Any] = {"n": self.n}
        for i, axis in enumerate(("valence", "arousal")):
            told[axis] = {"r": self.r[i], "ccc": self.ccc[i], "rmse": self.rmse[i]}
            if self.coverage:
                told[axis]["coverage90"] = self.coverage[i]
            told[axis] = {name: round(value, 3) for name, value in told[axis].items()}
        return told | {"quadrant": round(self.quadrant, 3)}


def _pair(values: Numbers) -> tuple[float, float]:
    return float(values[0]), float(values[1])


def mean_of(scores: list[Scores]) -> Scores:
    """The mean of each figure over repetitions."""
    covered = [s.coverage for s in scores if s.coverage]
    return Scores(
        _pair(np.mean([s.r for s in scores], axis=0)),
        _pair(np.mean([s.ccc for s in scores], axis=0)),
        _pair(np.mean([s.rmse for s in scores], axis=0)),
        float(np.mean([s.quadrant for s in scores])),
        _pair(np.mean(covered, axis=0)) if covered else None,
        scores[0].n,
    )


# -- the model ------------------------------------------------------------------------


def fit(
    heard: Numbers,
    moods: Numbers,
    groups: npt.NDArray[np.int64],
    grid: tuple[tuple[Likeness, float], ...] = GRID,
    landmarks: Callable[[Numbers], Numbers] | None = None,
) -> MoodModel:
    """The model that tells left-out recordings best, of those in ``grid``.

    A Gaussian process projected onto ``landmarks`` of the standardised excerpts (Rasmussen
    & Williams, section 8.3.4), by default those ``on_axes``. The blur is scaled so that the
    same left-out errors are as wide as it says.
    """
    usual, spread = heard.mean(axis=0), heard.std(axis=0) + 1e-6
    z = np.clip((heard - usual) / spread, -FARTHEST, FARTHEST)
    marks = (landmarks or on_axes)(z)
    means, variance = moods.mean(axis=0), moods.var(axis=0)
    best: tuple[float, Any] | None = None
    for likeness, noise in grid:
        among = likeness.between(marks, marks) + STEADY * np.eye(len(marks))
        across, apart = likeness.between(z, marks), _inverse(among)
        alike = across @ apart @ across.T
        inverse = _inverse(alike + noise * np.eye(len(z)))
        errors, blurs = left_out(inverse, inverse @ (moods - means), groups)
        cost = float((np.square(errors).mean(axis=0) / variance).sum())
        if best is None or cost < best[0]:
            beyond = np.maximum(likeness.itself(z) - np.diag(alike), 0)  # of all landmarks
            blurs = np.sqrt(np.square(blurs) + beyond)
            scale = np.sqrt(np.mean(np.square(errors / blurs[:, None]), axis=0))
            best = cost, (likeness, noise, among, across, apart, scale)
    assert best is not None
    likeness, noise, among, across, apart, scale = best[1]
    left = _inverse(among + across.T @ across / noise)
    weights = left @ (across.T @ (moods - means)) / noise
    return MoodModel(likeness, noise, usual, spread, marks, weights, means, apart - left, scale)


def on_axes(z: Numbers, count: int = LANDMARKS) -> Numbers:
    """Landmarks on the axes along which the excerpts ``z`` (n, d) differ most: (count, d).

    Two an axis, as far out as the sigma points of Julier & Uhlmann (1997).
    """
    middle = z.mean(axis=0)
    _, lengths, axes = np.linalg.svd(z - middle, full_matrices=False)
    far = OUT * lengths[: count // 2, None] / np.sqrt(len(z)) * axes[: count // 2]
    return np.concatenate([middle + far, middle - far])


def _inverse(matrix: Numbers) -> Numbers:
    return np.asarray(np.linalg.inv(matrix), np.float64)


def left_out(
    inverse: Numbers, weights: Numbers, groups: npt.NDArray[np.int64]
) -> tuple[Numbers, Numbers]:
    """Errors (n, 2) and blurs (n,) had each recording been left out (Rasmussen & Williams,
    section 5.4.2, by blocks)."""
    errors, blurs = np.empty_like(weights), np.empty(len(weights))
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        block = np.linalg.inv(inverse[np.ix_(rows, rows)])
        errors[rows] = block @ weights[rows]
        blurs[rows] = np.sqrt(np.diag(block))
    return errors, blurs


def mood_learner(heard: Numbers, moods: Numbers, groups: npt.NDArray[np.int64]) -> Any:
    """What ships, as ``judged`` wants it."""
    return fit(heard, moods, groups).tell


# -- judging --------------------------------------------------------------------------


def folds_by_recording(clips: Clips, seed: int) -> Iterator[Fold]:
    """Ten folds; a recording lies in one of them."""
    kinds, at = np.unique(clips.groups, return_inverse=True)
    fold = (np.random.default_rng(seed).permutation(len(kinds)) % FOLDS)[at]
    for number in range(FOLDS):
        yield fold != number, fold == number


def folds_by_genre(clips: Clips) -> Iterator[Fold]:
    """One genre left out at a time."""
    genres = np.array(clips.genres)
    for genre in sorted(set(clips.genres)):
        yield genres != genre, genres == genre


def told_by(clips: Clips, folds: Iterator[Fold], learner: Learner) -> Numbers:
    """What a learner says of each excerpt when it had not heard it: (n, 2 or 4)."""
    told: Numbers | None = None
    for learnt, judged in folds:
        tell = learner(clips.heard[learnt], clips.moods[learnt], clips.groups[learnt])
        answer = np.asarray(tell(clips.heard[judged]))
        if told is None:
            told = np.zeros((len(clips.names), answer.shape[1]))
        told[judged] = answer
    assert told is not None
    return told


def judge(
    clips: Clips, learner: Learner, seeds: tuple[int, ...], *, judged: int | None = None
) -> dict[str, Any]:
    """Scores by recording (the mean over seeds, and each) and with a genre left out.

    Only the first ``judged`` rows are scored; those after them are learned from only.
    """
    scored = slice(0, judged)
    each = [
        Scores.of(
            told_by(clips, folds_by_recording(clips, seed), learner)[scored], clips.moods[scored]
        )
        for seed in seeds
    ]
    told = {"by_recording": mean_of(each).as_dict(), "seeds": list(seeds)}
    told["each_seed"] = [one.as_dict() for one in each]
    if len(set(clips.genres)) > 1:
        by_genre = told_by(clips, folds_by_genre(clips), learner)
        told["by_genre"] = Scores.of(by_genre[scored], clips.moods[scored]).as_dict()
    return told
