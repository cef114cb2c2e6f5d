"""Recall@20 and NDCG@20 over the whole catalogue, and how far to trust them.

NDCG counts a hit at place p (from 0) as 1 / log2(p + 2) and divides by what the best list
would have (Järvelin and Kekäläinen, ACM TOIS 20(4), 2002). Listeners of whom nothing is asked
do not count; an artist nobody is known to play counts as asked, and is missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

PLACES: Final = 20
DRAWS: Final = 1000  # of the bootstrap over listeners
T_95: Final = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 9: 2.262}  # Student's t, 2-sided

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Scored:
    """One model on one split: a figure per listener, NaN where nothing was asked."""

    recall: Array  # float64, (listeners,)
    ndcg: Array
    coverage: float  # share of the catalogue that stands in anybody's list


def best(scores: Array, known: Any, places: int = PLACES) -> Array:
    """The ``places`` best columns of each row, best first, without those in ``known``."""
    scores = scores.copy()
    scores[known.nonzero()] = -np.inf
    top = np.argpartition(-scores, places, axis=1)[:, :places]
    rows = np.arange(len(scores))[:, None]
    return top[rows, np.argsort(-scores[rows, top], axis=1, kind="stable")]


def scored(lists: Array, asked: Any, artists: int) -> Scored:
    """How good these lists (listeners x places) are for what is ``asked`` (sparse rows)."""
    hits = np.zeros(lists.shape)
    for i, names in enumerate(lists):
        mine = asked.indices[asked.indptr[i] : asked.indptr[i + 1]]
        hits[i] = np.isin(names, mine)
    count = np.diff(asked.indptr).astype(float)
    count[count == 0] = np.nan
    worth = 1 / np.log2(np.arange(lists.shape[1]) + 2)
    ideal = np.r_[0.0, np.cumsum(worth)]
    most = np.minimum(np.nan_to_num(count), lists.shape[1]).astype(int)
    with np.errstate(invalid="ignore"):
        ndcg = np.where(np.isnan(count), np.nan, hits @ worth / np.where(most, ideal[most], 1))
    return Scored(hits.sum(axis=1) / count, ndcg, len(np.unique(lists)) / artists)


def over_splits(values: Sequence[float]) -> tuple[float, float]:
    """The mean over splits and half the width of its 95 % interval (0 for a single split)."""
    if len(values) < 2:
        return float(np.mean(values)), 0.0
    t = T_95.get(len(values) - 1, 1.96)
    return float(np.mean(values)), float(t * np.std(values, ddof=1) / len(values) ** 0.5)


def over_listeners(
    sums: Array, counts: Array, seed: int = 0, draws: int = DRAWS
) -> tuple[float, float]:
    """The 95 % interval of sum / count when listeners are drawn anew, each with all of theirs."""
    rng = np.random.default_rng(seed)
    picks = rng.integers(len(sums), size=(draws, len(sums)))
    means = sums[picks].sum(axis=1) / np.maximum(counts[picks].sum(axis=1), 1e-9)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
