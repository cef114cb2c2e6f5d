"""The tracks worth a look for each place of a journey, out of very many.

How close a track lies, precision-weighted, is a sum of six products of a number of the
track and a number of the place, so all places cost one matrix product, made block by
block in the processor's cache. A sample says above what score the best few hundred lie;
only what lies above is sorted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.emotion import Affect, Covariance
from affetto.recommending.fit import Candidates

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

# A track known as well as a catalogue's usual one is neither favoured nor held back.
USUAL: Final = (0.35**2, 0.30**2)
PER_ARTIST: Final = 20  # of a shortlist: the rules shall always find enough others
_BLOCK: Final = 16_384  # tracks
_SAMPLE: Final = 4_096


@dataclass(frozen=True, slots=True)
class Closeness:
    """What it adds to lie near a place: 0 right there, less the farther and the vaguer.

    ``-(w_v · dv² + w_a · da²)`` by the precision of track and place together, and the
    logarithm of that doubt, without which the vaguest track would be close to everything.
    ``valence`` and ``arousal`` are the weights, in reward for one standard deviation.
    """

    candidates: Candidates
    around: Covariance
    valence: float
    arousal: float

    def at(self, rows: Rows, place: Affect | None) -> Floats:
        """The amount for each of these rows, float32; 0 for all when no place is meant."""
        if place is None:
            return np.zeros(len(rows), np.float32)
        return np.asarray(self.over(rows, _powers([place]))[0])

    def over(self, rows: Rows | slice, powers: Floats) -> Floats:
        """The amounts for several places at once, (places, rows)."""
        return np.asarray(-(powers @ self._parts(rows)))

    def _parts(self, rows: Rows | slice) -> Floats:
        """What of each row is multiplied with ``_powers``, (6, rows)."""
        of = self.candidates
        v, a = of.valence[rows], of.arousal[rows]
        vv = of.valence_var[rows] + np.float32(self.around.vv)
        aa = of.arousal_var[rows] + np.float32(self.around.aa)
        va = np.float32(self.around.va)
        det = vv * aa - va * va
        usual = (USUAL[0] + self.around.vv) * (USUAL[1] + self.around.aa) - self.around.va**2
        qv = np.float32(self.valence) * aa / det
        qa = np.float32(self.arousal) * vv / det
        cross = np.float32(-2.0 * math.sqrt(self.valence * self.arousal)) * va / det
        vague = np.float32((self.valence + self.arousal) / 2) * np.log(det / np.float32(usual))
        return np.stack(
            (
                qv * v * v + qa * a * a + cross * v * a + vague,
                -2 * qv * v - cross * a,
                -2 * qa * a - cross * v,
                qv,
                qa,
                cross,
            )
        )


def best(closeness: Closeness, gain: Floats, places: Sequence[Affect | None], k: int) -> list[Rows]:
    """For each place the ``k`` rows with most closeness and gain, best first.

    ``gain`` is float32 (n,), -inf for what shall not be found. Of rows that score alike
    any may be found.
    """
    powers = _powers(places)
    n = len(gain)
    if n <= 4 * max(k, _SAMPLE):
        score = gain + closeness.over(slice(None), powers)
        return [_first(np.arange(n), row, k) for row in score]
    sample = np.arange(0, n, max(1, n // max(_SAMPLE, n // 64)))
    told = gain[sample] + closeness.over(sample, powers)
    rank = len(sample) - max(8, math.ceil(3 * k * len(sample) / n))
    least = np.partition(told, rank, axis=1)[:, rank]
    rows: list[list[Rows]] = [[] for _ in places]
    scores: list[list[Floats]] = [[] for _ in places]
    for begin in range(0, n, _BLOCK):
        block = slice(begin, begin + _BLOCK)
        score = gain[block] + closeness.over(block, powers)
        for i, limit in enumerate(least):
            found = np.flatnonzero(score[i] >= limit)
            rows[i].append(found + begin)
            scores[i].append(score[i, found])
    answer = []
    for i, place in enumerate(places):
        row, value = np.concatenate(rows[i]), np.concatenate(scores[i])
        if np.count_nonzero(np.isfinite(value)) < k:  # the sample was not like the rest
            row = np.arange(n)
            value = gain + closeness.over(slice(None), _powers([place]))[0]
        answer.append(_first(row, value, k))
    return answer


def spread(rows: Rows, artist: npt.NDArray[np.int32], per_artist: int = PER_ARTIST) -> Rows:
    """The rows without those for which enough of the same artist come before."""
    codes = artist[rows]
    order = np.argsort(codes, kind="stable")
    first = np.r_[True, np.diff(codes[order]) != 0]
    begins = np.maximum.accumulate(np.where(first, np.arange(len(rows)), 0))
    keep = np.empty(len(rows), np.bool_)
    keep[order] = np.arange(len(rows)) - begins < per_artist
    return rows[keep]


def _first(rows: Rows, score: Floats, k: int) -> Rows:
    known = np.flatnonzero(score > -np.inf)
    if len(known) > k:
        known = known[np.argpartition(-score[known], k - 1)[:k]]
    return rows[known[np.argsort(-score[known], kind="stable")]]


def _powers(places: Sequence[Affect | None]) -> Floats:
    """1, v, a, v², a² and va of each place, (places, 6); zeros for none."""
    told = [
        (0.0,) * 6
        if p is None
        else (1.0, p.valence, p.arousal, p.valence**2, p.arousal**2, p.valence * p.arousal)
        for p in places
    ]
    return np.array(told, np.float32).reshape(len(told), 6)
