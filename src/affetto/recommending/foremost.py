"""The foremost of very many tracks, laid out apart so that each choice is quick.

Of every part of the mood map those are kept that a listener is expected to like best, so
that whatever mood comes, some of the best for it are at hand. It is made anew now and then,
while a track plays; what a choice among them loses against a look at all is measured in
``make bench``.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from affetto.recommending.fit import Candidates
from affetto.recommending.nearest import Rows
from affetto.recommending.response import Response
from affetto.recommending.scoring import Scores, Wish
from affetto.recommending.taste import Taste
from affetto.recommending.traits import Traits

COUNT: Final = 20_000
CELLS: Final = 12  # along each axis of the map


def foremost(candidates: Candidates, taste: Taste, *, count: int = COUNT) -> Candidates:
    """At most ``count`` of the candidates, those liked best in every cell of the map."""
    rows = rows_of(candidates, taste, count=count)
    if len(rows) == len(candidates):
        return candidates
    traits = candidates.traits
    few = Traits(traits.names, np.ascontiguousarray(traits.columns[:, rows]))
    return Candidates([candidates.tracks[row] for row in rows], few)


def rows_of(candidates: Candidates, taste: Taste, *, count: int = COUNT) -> Rows:
    """The rows of the foremost, int64, in order."""
    n = len(candidates)
    if n <= count:
        return np.arange(n)
    liked = Scores(candidates, Wish(), taste, Response()).worth()
    across, up = (
        np.clip((axis + 1) / 2 * CELLS, 0, CELLS - 1).astype(np.int64)
        for axis in (candidates.valence, candidates.arousal)
    )
    cell = across * CELLS + up
    order = np.lexsort((-liked, cell))
    sizes = np.bincount(cell, minlength=CELLS * CELLS)
    begins = np.cumsum(sizes) - sizes
    place = np.arange(n) - begins[cell[order]]
    quota = _quota(sizes, count)
    return np.sort(order[place < quota])


def _quota(sizes: Rows, count: int) -> int:
    """How many each cell may give, so that all together give ``count`` at most."""
    low, high = 0, int(sizes.max())
    while low < high:
        middle = (low + high + 1) // 2
        if int(np.minimum(sizes, middle).sum()) <= count:
            low = middle
        else:
            high = middle - 1
    return max(1, low)
