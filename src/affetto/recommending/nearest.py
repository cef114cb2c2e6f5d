"""The tracks nearest to a target, by any weighting of their features.

The weighted squared distance, written out, is ``Σ w x² − 2 Σ w t x + Σ w t²``: the first
sum is the same for every target, the last for every track, so that a search costs one
matrix-vector product. It is made in float32, block by block, so that no block leaves the
processor's cache; whatever could still be among the nearest after rounding is measured
again in float64.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.errors import Misuse

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

LARGEST: Final = 1e9  # of a feature, a target or a weight: their products fit in float32
_BLOCK: Final = 16_384  # tracks; a block's distances and its columns stay in the cache
_EPS: Final = float(np.finfo(np.float32).eps)
_TINY: Final = 1e-30  # where rounding is no longer relative


@dataclass(frozen=True, slots=True)
class Near:
    """What was found, nearest first; of tracks equally near the lower row comes first."""

    rows: Rows  # int64, (m,)
    distances: npt.NDArray[np.float64]  # (m,)


class FeatureSpace:
    """Tracks by features, laid out for searching: ``columns[name][row]``.

    Each column is floats, (n,), NaN where nobody knows; such a feature counts as far
    from a target as the known tracks do on average (their mean squared distance), so
    what is not known is never the one best match. A million tracks with nine features take
    some 40 MB, and 9 more where features are unknown.

    Raises Misuse for columns of different lengths and for numbers no feature can have.
    """

    def __init__(self, columns: Mapping[str, npt.ArrayLike]) -> None:
        given = [np.asarray(column) for column in columns.values()]
        if len({column.shape for column in given}) > 1 or any(c.ndim != 1 for c in given):
            raise Misuse(
                "The columns of features differ in length.",
                remedy="Give every feature one number for each track, NaN where it is not known.",
            )
        self.names = tuple(columns)
        self._n = len(given[0]) if given else 0
        self._columns = np.zeros((len(given), self._n), np.float32)  # about their means
        self._means = np.zeros(len(given))
        self._unknown: dict[int, tuple[Mask, float]] = {}  # which, and the known's variance
        self._squares: tuple[bytes, Floats] = (b"", np.zeros(0, np.float32))
        for i, column in enumerate(given):
            self._lay_out(i, column)

    def __len__(self) -> int:
        return self._n

    def within(self, name: str, low: float = -np.inf, high: float = np.inf) -> Mask:
        """Which tracks have this feature in [low, high], bool (n,); the unknown have not."""
        i = self._index(name)
        mean = self._means[i]
        column = self._columns[i]
        # Rounded alike, so that a bound is met by the number it was taken from.
        found = (column >= np.float32(low - mean)) & (column <= np.float32(high - mean))
        if i in self._unknown:
            found &= ~self._unknown[i][0]
        return np.asarray(found)

    def nearest(
        self,
        target: Mapping[str, float],
        k: int,
        *,
        weights: Mapping[str, float] | None = None,
        among: Mask | Rows | None = None,
    ) -> Near:
        """The ``k`` tracks nearest to ``target``; fewer when there are no more.

        Only the features that the target names count, each with its weight: 1 unless
        ``weights`` says otherwise, and 0 for none at all. The distance is
        ``sqrt(Σ w (x − t)²)``. ``among`` leaves out tracks: a bool for every track, or
        the rows to choose from. Weights that stay the same from search to search are
        quickest.

        Raises Misuse for a feature there is not and for numbers that are none.
        """
        goal, weigh = self._asked(target, weights or {})
        rows, mask = self._chosen(among)
        if k <= 0 or not self._n or (rows is not None and not len(rows)):
            return _NOTHING
        columns = self._columns
        squares = self._squared(weigh)
        if rows is not None:
            columns, squares = columns[:, rows], squares[rows]
        search = _Search(k, columns, squares, goal, weigh)
        search.run(mask)
        found = search.found()
        if rows is not None:
            found = rows[found]
        exact = self._measured(found, goal, weigh)
        order = np.lexsort((found, exact))[:k]
        return Near(found[order], np.sqrt(exact[order]))

    # -- inside -------------------------------------------------------------------------

    def _lay_out(self, i: int, column: npt.NDArray[np.generic]) -> None:
        numbers = column.astype(np.float64)
        unknown = np.isnan(numbers)
        known = numbers[~unknown] if unknown.any() else numbers
        if len(known) and not np.abs(known).max() <= LARGEST:
            raise Misuse(
                f"The feature {self.names[i]!r} holds numbers beyond {LARGEST:g}.",
                remedy="Give NaN where a feature is not known.",
            )
        self._means[i] = known.mean() if len(known) else 0.0
        self._columns[i] = numbers - self._means[i]
        if unknown.any():
            self._columns[i, unknown] = 0.0
            self._unknown[i] = unknown, float(known.var()) if len(known) else 0.0

    def _index(self, name: str) -> int:
        if name in self.names:
            return self.names.index(name)
        near = difflib.get_close_matches(name, self.names, 1, cutoff=0.0)
        raise Misuse(
            f"There is no feature called {name!r}.",
            remedy=f"The nearest is {near[0]!r}." if near else "There are none at all.",
        )

    def _asked(
        self, target: Mapping[str, float], weights: Mapping[str, float]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """The target about the means, and the weight of each feature."""
        goal, weigh = np.zeros(len(self.names)), np.zeros(len(self.names))
        for name in weights:
            self._index(name)
        for name, value in target.items():
            weight = float(weights.get(name, 1.0))
            if not (abs(value) <= LARGEST and 0.0 <= weight <= LARGEST):  # false for NaN too
                raise Misuse(
                    f"The target or the weight of {name!r} is not a number that can be used.",
                    remedy="Give a finite target and a weight that is not negative; leave the "
                    "feature out when it does not matter.",
                )
            i = self._index(name)
            goal[i], weigh[i] = value - self._means[i], weight
        goal[weigh == 0.0] = 0.0
        return goal, weigh

    def _chosen(self, among: Mask | Rows | None) -> tuple[Rows | None, Mask | None]:
        if among is None:
            return None, None
        if among.dtype == np.bool_:
            mask: Mask = among.astype(np.bool_, copy=False)
            if mask.shape != (self._n,):
                raise Misuse(
                    "The choice of tracks does not have one yes or no for each.",
                    remedy=f"Give {self._n} of them, or the rows to choose from.",
                )
            return None, mask
        rows: Rows = np.unique(among.astype(np.int64))
        if len(rows) and not 0 <= rows[0] <= rows[-1] < self._n:
            raise Misuse(
                "The rows to choose from are not all in the library.",
                remedy=f"Give rows from 0 to {self._n - 1}.",
            )
        return rows, None

    def _squared(self, weigh: npt.NDArray[np.float64]) -> Floats:
        """``Σ w x²`` of every track, kept for the weights asked for last."""
        key = weigh.tobytes()
        kept, squares = self._squares
        if kept == key:
            return squares
        squares = np.empty(self._n, np.float32)
        weights = weigh.astype(np.float32)
        for start in range(0, self._n, _BLOCK):
            part = self._columns[:, start : start + _BLOCK]
            np.matmul(weights, part * part, out=squares[start : start + _BLOCK])
        for i, (unknown, variance) in self._unknown.items():
            squares[unknown] += np.float32(weigh[i] * variance)
        self._squares = key, squares  # one assignment: threads may search at once
        return squares

    def _measured(
        self, rows: Rows, goal: npt.NDArray[np.float64], weigh: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Squared distances of these rows, as exact as their features are."""
        away = self._columns[:, rows].astype(np.float64) - goal[:, None]
        squared = weigh @ (away * away)
        for i, (unknown, variance) in self._unknown.items():
            squared += weigh[i] * variance * unknown[rows]
        return np.asarray(squared)


class _Search:
    """One pass over the tracks, holding what may be among the ``k`` nearest so far."""

    def __init__(
        self,
        k: int,
        columns: Floats,
        squares: Floats,
        goal: npt.NDArray[np.float64],
        weigh: npt.NDArray[np.float64],
    ) -> None:
        self._k = k
        self._columns, self._squares = columns, squares
        self._pull = (-2.0 * weigh * goal).astype(np.float32)
        self._goal_squared = float(weigh @ (goal * goal))
        self._away: list[Floats] = []  # squared distances, less the goal's own square
        self._rows: list[Rows] = []
        self._held = 0
        self._limit = np.float32(np.inf)  # beyond it nothing can be among the nearest

    def run(self, mask: Mask | None) -> None:
        n = self._columns.shape[1]
        buffer = np.empty(min(n, _BLOCK), np.float32)
        closer = np.empty(len(buffer), np.bool_)
        for start in range(0, n, _BLOCK):
            end = min(n, start + _BLOCK)
            away, close = buffer[: end - start], closer[: end - start]
            np.matmul(self._pull, self._columns[:, start:end], out=away)
            away += self._squares[start:end]
            np.less_equal(away, self._limit, out=close)
            if mask is not None:
                close &= mask[start:end]
            near = np.flatnonzero(close)
            if len(near):
                self._take(away[near], near + start)

    def found(self) -> Rows:
        return np.concatenate(self._rows) if self._rows else np.zeros(0, np.int64)

    def _take(self, away: Floats, rows: Rows) -> None:
        self._away.append(away)
        self._rows.append(rows)
        self._held += len(rows)
        # Sorted out at once while anything comes in, then only when it has piled up.
        if self._held > self._k and (np.isinf(self._limit) or self._held > 4 * self._k + 64):
            self._sort_out()

    def _sort_out(self) -> None:
        away, rows = np.concatenate(self._away), np.concatenate(self._rows)
        last = float(np.partition(away, self._k - 1)[self._k - 1])
        self._limit = np.float32(last + self._rounding(last))
        keep = np.flatnonzero(away <= self._limit)
        self._away, self._rows = [away[keep]], [rows[keep]]
        self._held = len(keep)

    def _rounding(self, last: float) -> float:
        """How much two of these distances may be off by together, at ``last``.

        A track that near lies within the goal's length and its own distance of the
        middle, which bounds every term that was rounded.
        """
        goal = np.sqrt(self._goal_squared)
        reach = goal + np.sqrt(max(0.0, last + self._goal_squared))
        terms = 2.0 * reach * reach + 2.0 * reach * goal
        return float(2.0 * _EPS * (len(self._pull) + 4) * terms) + _TINY


_NOTHING: Final = Near(np.zeros(0, np.int64), np.zeros(0, np.float64))
