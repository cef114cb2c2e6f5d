"""Another model of moods that keeps weights only, tried beside the one that ships.

The likeness of two pieces as random waves (Rahimi & Recht, NIPS 2007) through the cues and
through what the ear heard, and straight lines through the cues; a Bayesian linear layer
(Bishop, *Pattern Recognition and Machine Learning*, section 3.3) on top.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from affetto.music.mood_model import CUES, FARTHEST, Likeness
from affetto_training.sounds_data import Numbers
from affetto_training.sounds_fit import GRID, left_out


def waves_learner(count: int, heard: Numbers, moods: Numbers, groups: npt.NDArray[np.int64]) -> Any:
    """``count`` waves for the cues and as many for the ear, as ``judge`` wants a learner."""
    usual, spread = heard.mean(axis=0), heard.std(axis=0) + 1e-6
    cut, rng = len(CUES), np.random.default_rng(0)
    waves = [rng.normal(size=(width, count)) for width in (cut, heard.shape[1] - cut)]
    shifts = rng.uniform(0, 2 * np.pi, (2, count))

    def waved(pieces: Numbers, likeness: Likeness) -> Numbers:
        z = np.clip((pieces - usual) / spread, -FARTHEST, FARTHEST)
        told = [np.sqrt(likeness.by_line / cut) * z[:, :cut]]
        parts = zip((z[:, :cut], z[:, cut:]), waves, shifts, likeness[:2], strict=True)
        for part, wave, shift, share in parts:
            turns = part @ wave / (likeness.length * np.sqrt(len(wave))) + shift
            told.append(np.sqrt(2 * share / count) * np.cos(turns))
        return np.concatenate(told, axis=1)

    means, variance = moods.mean(axis=0), moods.var(axis=0)
    best: tuple[float, Any] | None = None
    for likeness, noise in GRID:
        given = waved(heard, likeness)
        inverse = np.asarray(np.linalg.inv(given @ given.T + noise * np.eye(len(given))))
        errors, blurs = left_out(inverse, inverse @ (moods - means), groups)
        cost = float((np.square(errors).mean(axis=0) / variance).sum())
        if best is None or cost < best[0]:
            scale = np.sqrt(np.mean(np.square(errors / blurs[:, None]), axis=0))
            best = cost, (likeness, noise, given, scale)
    assert best is not None
    likeness, noise, given, scale = best[1]
    unsure = np.linalg.inv(given.T @ given / noise + np.eye(given.shape[1]))
    weights = unsure @ given.T @ (moods - means) / noise

    def tell(pieces: Numbers) -> Numbers:
        new = waved(np.asarray(pieces, np.float64), likeness)
        blur = np.sqrt(((new @ unsure) * new).sum(axis=1) + noise)
        return np.concatenate([np.clip(new @ weights + means, -1, 1), blur[:, None] * scale], 1)

    return tell
