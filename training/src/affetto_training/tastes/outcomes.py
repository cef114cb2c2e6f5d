"""How a way of choosing did: one figure for each listener, and intervals over listeners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from affetto_training.tastes.catalogue import Floats
from affetto_training.tastes.listener import ARRIVED
from affetto_training.tastes.world import Played

DRAWS: Final = 1000  # of the bootstrap
# What is told of each policy, and in words.
FIGURES: Final[Mapping[str, str]] = {
    "reward": "reward",
    "reward_last": "reward, last third of the sessions",
    "satisfaction": "satisfaction",
    "skip": "share of tracks skipped",
    "skip_last": "share skipped, last third",
    "distance": "distance of the mood from the goal",
    "reached": "share of sessions that come within 0.30 of the goal",
    "gap": "share of the way from the earlier systems to the oracle",
    "gap_last": "the same, last third",
    "lead": "reward above the earlier systems",
    "skips_against": "skips as a share of the earlier systems'",
}


class Told(NamedTuple):
    """A mean over listeners with its 95 % interval."""

    value: float
    low: float
    high: float


def by_listener(played: Played) -> dict[str, Floats]:
    """The figures that each listener has alone, (listeners,) each."""
    last = slice(-max(1, played.reward.shape[1] // 3), None)

    def mean(x: npt.NDArray[Any]) -> Floats:
        return np.asarray(x.mean(axis=(1, 2), dtype=np.float64))

    return {
        "reward": mean(played.reward),
        "reward_last": mean(played.reward[:, last]),
        "satisfaction": mean(played.satisfaction),
        "skip": mean(played.skipped),
        "skip_last": mean(played.skipped[:, last]),
        "distance": mean(played.distance),
        "reached": np.asarray((played.distance <= ARRIVED).any(axis=2).mean(axis=1)),
    }


def told(
    mine: Mapping[str, Floats],
    earlier: Mapping[str, Floats],
    oracle: Mapping[str, Floats],
    seed: int = 0,
) -> dict[str, Told]:
    """Every figure of one policy with its interval.

    Listeners are drawn with replacement, the same ones for all policies: who was unlucky
    with one was so with all.
    """
    n = len(mine["reward"])
    draws = np.random.default_rng([seed, 6]).integers(n, size=(DRAWS, n))
    found = {}
    for name, values in mine.items():
        found[name] = _told(float(values.mean()), values[draws].mean(axis=1))
    for name, key in (("gap", "reward"), ("gap_last", "reward_last")):
        a, b, c = mine[key], earlier[key], oracle[key]
        drawn = [x[draws].mean(axis=1) for x in (a, b, c)]
        found[name] = _told(_share(a.mean(), b.mean(), c.mean()), _share(*drawn))
    lead = mine["reward"] - earlier["reward"]
    found["lead"] = _told(float(lead.mean()), lead[draws].mean(axis=1))
    skips = [x["skip"][draws].mean(axis=1) for x in (mine, earlier)]
    whole = mine["skip"].mean() / max(1e-9, earlier["skip"].mean())
    found["skips_against"] = _told(float(whole), skips[0] / np.maximum(1e-9, skips[1]))
    return {name: found[name] for name in FIGURES}


def _told(value: float, drawn: Floats) -> Told:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Told(value, float(low), float(high))


def _share(a: Any, b: Any, c: Any) -> Any:
    return (a - b) / (c - b)
