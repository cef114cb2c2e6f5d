"""Recommenders without a net: what everybody plays, what goes together, and what it is called.

Every recommender here is a function of what to learn from, its settings and a seed, and gives
a score for every listener and artist: float32, (listeners, artists), the higher the better.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from affetto_training.tastes.board.data import Floats, Listening

Settings = Mapping[str, Any]


def at_random(known: Listening, settings: Settings, seed: int) -> Floats:
    """Any order at all."""
    chance: Floats = np.random.default_rng(seed).random(known.plays.shape, np.float32)
    return chance


def popular(known: Listening, settings: Settings, seed: int) -> Floats:
    """What most listeners have played, the same for everybody."""
    return np.tile(known.popularity, (known.plays.shape[0], 1))


def weighted(known: Listening, how: str) -> Any:
    """Plays as weights: ``one`` each, ``log`` (1 + plays), or ``unit``: the latter, of length 1."""
    if how == "one":
        return known.heard
    rows = known.plays.copy()
    rows.data = np.log1p(rows.data)
    return unit(rows) if how == "unit" else rows


def item_knn(known: Listening, settings: Settings, seed: int) -> Floats:
    """Each artist one plays names the k artists whose listeners are most nearly its own.

    The cosine's denominator gains ``shrink``, so that chance pairs are not called alike
    (Sarwar et al., WWW 2001; Ferrari Dacrema et al., RecSys 2019).
    """
    near = neighbours(known, int(settings["k"]), float(settings["shrink"]))
    return np.asarray((weighted(known, settings["weights"]) @ near).toarray(), np.float32)


def neighbours(known: Listening, k: int, shrink: float) -> Any:
    """The k nearest of each artist, as sparse rows of their cosines."""
    heard = known.heard
    together = (heard.T @ heard).tocsr()
    together.setdiag(0)
    together.eliminate_zeros()
    norms = np.sqrt(known.popularity)
    rows = np.repeat(np.arange(len(norms)), np.diff(together.indptr))
    together.data /= norms[rows] * norms[together.indices] + shrink
    for begin, end in zip(together.indptr[:-1], together.indptr[1:], strict=True):
        if end - begin > k:
            row = together.data[begin:end]
            row[np.argpartition(-row, k)[k:]] = 0
    together.eliminate_zeros()
    return together


def ease(known: Listening, settings: Settings, seed: int) -> Floats:
    """A linear model of every artist by all others (EASE; Steck, WWW 2019), exactly.

    With fewer listeners than artists the inverse is taken on the listeners' side: for
    P = (X'X + l)^-1 it holds that XP = (XX' + l)^-1 X, and its diagonal follows.
    """
    x = weighted(known, settings["weights"])
    penalty = float(settings["penalty"])
    gram = (x @ x.T).toarray().astype(np.float64)
    gram[np.diag_indices_from(gram)] += penalty
    projected = np.asarray(x.T @ np.linalg.inv(gram).T).T  # XP, listeners x artists
    diagonal = (1 - np.asarray(x.multiply(projected).sum(axis=0)).ravel()) / penalty
    scores = x.toarray() - projected / diagonal
    return np.asarray(scores, np.float32)


def content(known: Listening, settings: Settings, seed: int) -> Floats:
    """Artists that listeners' tags call alike: the cosine to the mean of what one plays."""
    tags = tag_vectors(known, float(settings["damping"]))
    taste = unit(weighted(known, settings["weights"]) @ tags)
    scores = (taste @ tags.T).toarray()
    lift = known.popularity ** float(settings["popular"])
    return np.asarray(scores * lift, np.float32)


def tag_vectors(known: Listening, damping: float) -> Any:
    """Each artist's tags, damped counts times rarity, as sparse rows of length 1."""
    tags = known.tags.copy()
    rarity = _idf(np.asarray((tags > 0).sum(axis=0)).ravel(), tags.shape[0])
    tags.data = tags.data**damping
    return unit(tags @ sparse.diags(rarity).tocsr())


def _idf(count: Any, of: int) -> Floats:
    return np.asarray(np.log((1 + of) / (1 + count)), np.float32)


def unit(rows: Any) -> Any:
    """Sparse rows of length 1."""
    rows = rows.tocsr()
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(norms, 1e-9)).astype(np.float32).tocsr() @ rows
