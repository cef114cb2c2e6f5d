"""Music made of numbers: what a way of choosing is shown of it, and what is true of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto_training.tastes.scenarios import Scenario

Floats = npt.NDArray[np.float64]

STYLES: Final = 8
SOUNDS: Final = (
    "valence", "energy", "danceability", "acousticness", "instrumentalness", "tempo",
)  # fmt: skip
NAMES: Final = (*SOUNDS, "popularity", *(f"style{k}" for k in range(STYLES)))
# How features go together, in the order of SOUNDS: near to the correlations among the 935
# tracks of SiTunes whose features are known.
TOGETHER: Final = np.array(
    [
        [1.0, 0.4, 0.5, -0.2, -0.2, 0.1],
        [0.4, 1.0, 0.2, -0.7, -0.1, 0.2],
        [0.5, 0.2, 1.0, -0.2, -0.2, 0.0],
        [-0.2, -0.7, -0.2, 1.0, 0.2, -0.2],
        [-0.2, -0.1, -0.2, 0.2, 1.0, 0.0],
        [0.1, 0.2, 0.0, -0.2, 0.0, 1.0],
    ]
)
BETWEEN, WITHIN = 0.9, 1.1  # sd of the logits, between styles and within one
SPREAD: Final = float(np.hypot(BETWEEN, WITHIN))


@dataclass(frozen=True)
class Catalogue:
    """What a way of choosing may know of the music; names as the acceptance asks for them."""

    n: int
    X: Floats  # (n, features), in the units of NAMES: tempo in beats a minute, the rest [0, 1]
    NAMES: tuple[str, ...]
    va: Floats  # (n, 2), valence and arousal as tagged, [-1, 1]
    style: npt.NDArray[np.int64]  # (n,)
    pop: Floats  # (n,), [0, 1]
    genre: npt.NDArray[np.int64]  # (n,), the same as style


@dataclass(frozen=True)
class Music:
    """The catalogue, and what is true of it and shown to nobody but the oracle."""

    catalogue: Catalogue
    place: Floats  # (n, 2), where each track truly lies, [-1, 1]
    sounds: Floats  # (n, 7), the true features and popularity, standardised
    styles: Floats  # (n, STYLES), one where it is of the style, about the mean
    agreed: Floats  # (n,), what everybody likes of it and no feature tells, sd 1


def made(n: int, scenario: Scenario, rng: np.random.Generator) -> Music:
    """``n`` tracks of eight styles; the same generator state, the same music."""
    chol = np.linalg.cholesky(TOGETHER)
    style = rng.choice(STYLES, n, p=rng.dirichlet(np.full(STYLES, 2.0)))
    logits = (BETWEEN * rng.normal(size=(STYLES, 6)) @ chol.T)[style]
    logits = logits + WITHIN * rng.normal(size=(n, 6)) @ chol.T
    pop = rng.beta(1.2, 2.5, n)
    noise = SPREAD * rng.normal(size=(n, 2))
    told = logits.copy()
    for axis, r in enumerate((scenario.brightness_tag, scenario.energy_tag)):
        told[:, axis] = r * logits[:, axis] + np.sqrt(1.0 - r * r) * noise[:, axis]
    truth, shown = _features(logits), _features(told)
    one_hot = np.eye(STYLES)[style]
    sounds = np.column_stack([truth, pop])
    return Music(
        catalogue=Catalogue(
            n=n,
            X=np.column_stack([shown, pop, one_hot]),
            NAMES=NAMES,
            va=2.0 * shown[:, :2] - 1.0,
            style=style,
            pop=pop,
            genre=style,
        ),
        place=2.0 * truth[:, :2] - 1.0,
        sounds=(sounds - sounds.mean(0)) / sounds.std(0),
        styles=one_hot - one_hot.mean(0),
        agreed=rng.normal(size=n),
    )


def _features(logits: Floats) -> Floats:
    """Logits as features: shares, and the tempo in beats a minute."""
    features: Floats = 1.0 / (1.0 + np.exp(-logits))
    features[:, 5] = 120.0 + 20.0 * logits[:, 5]
    return features
