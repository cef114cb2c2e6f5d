"""Which plays are learnt from and which are asked for, drawn anew for each seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

SHARE: Final = 0.2  # of each listener's artists that are asked for
SEEDS: Final = (1, 2, 3, 4, 5)
TUNING: Final = 1000  # the seed of the split inside a training part, where settings are chosen


@dataclass(frozen=True)
class Split:
    """Plays to learn from and plays to tell, listeners x artists; no cell is in both."""

    train: Any  # scipy.sparse.csr_matrix
    test: Any


def split(plays: Any, seed: int, share: float = SHARE) -> Split:
    """Draw ``share`` of each listener's artists, rounded, to be asked for."""
    rng = np.random.default_rng(seed)
    asked = np.zeros(plays.nnz, bool)
    for begin, end in zip(plays.indptr[:-1], plays.indptr[1:], strict=True):
        count = round(share * (end - begin))
        asked[begin + rng.permutation(end - begin)[:count]] = True
    return Split(_part(plays, ~asked), _part(plays, asked))


def _part(plays: Any, kept: Any) -> Any:
    rows = np.repeat(np.arange(plays.shape[0]), np.diff(plays.indptr))
    cells = (plays.data[kept], (rows[kept], plays.indices[kept]))
    return sparse.csr_matrix(cells, shape=plays.shape)
