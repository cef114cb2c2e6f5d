"""Whether another version of the map does better: a replay over what was answered.

A row is worth what tracks near its place earned with those who felt its emotion: their mean,
weighed by how near each lay and by one over the chance with which it was drawn, divided by the
sum of the weights (SNIPS: Swaminathan & Joachims, NeurIPS 2015). Its standard error is made
from sums by day, since the answers of one evening hang together. It refuses where fewer than
``LEAST`` answers of equal weight (Kish 1965) would speak.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError
from affetto.listening.policies.emotion_map import EmotionMap, Key
from affetto.listening.policies.evidence import Play

Floats = npt.NDArray[np.float64]

LEAST: Final = 200.0  # effective answers
NEAR: Final = 0.3  # standard deviation of the weight by distance on the map
RAREST: Final = 0.1  # a chance below this counts as this: no answer weighs more than ten
SURE: Final = 1.96  # standard errors on each side of a 95 % interval


@dataclass(frozen=True, slots=True)
class Judged:
    """What two versions are worth over the same answers, [0, 1], and how sure that is."""

    now: float
    proposed: float
    error: float  # standard error of the difference
    answers: int
    effective: float

    @property
    def gain(self) -> float:
        """How much better the proposed one is."""
        return self.proposed - self.now

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the gain."""
        return self.gain - SURE * self.error, self.gain + SURE * self.error

    @property
    def better(self) -> bool:
        """Whether the whole interval lies above nothing."""
        return self.interval[0] > 0.0


class TooFewAnswers(AffettoError):
    """The log is too short to say anything."""


def judge(now: EmotionMap, proposed: EmotionMap, answered: Sequence[Play]) -> Judged:
    """What the rows that differ are worth in both versions, each row by how often it served.

    Raises TooFewAnswers, saying about how many are missing.
    """
    changed = changed_rows(now, proposed)
    by_row = {key: rows for key in changed if (rows := [p for p in answered if p.key == key])}
    about = [play for rows in by_row.values() for play in rows]
    weights = {
        key: (_weights(rows, now, key), _weights(rows, proposed, key))
        for key, rows in by_row.items()
    }
    shares = {key: len(rows) / len(about) for key, rows in by_row.items()}
    speaking = min(
        effective(np.concatenate([np.zeros(1), *(shares[k] * w[side] for k, w in weights.items())]))
        for side in (0, 1)
    )
    if speaking < LEAST:
        raise _too_few(len(about), speaking)
    values = [0.0, 0.0]
    parts: dict[object, float] = {}
    for key, both in weights.items():
        rows, share = by_row[key], shares[key]
        worth = np.array([play.worth for play in rows])
        pulls = np.zeros(len(rows))
        for side, (w, sign) in enumerate(zip(both, (-1.0, 1.0), strict=True)):
            value = float(w @ worth)
            values[side] += share * value
            pulls += sign * share * w * (worth - value)
        for play, pull in zip(rows, pulls, strict=True):
            parts[play.day] = parts.get(play.day, 0.0) + float(pull)
    days = len(parts)
    error = math.sqrt(days / (days - 1) * sum(p * p for p in parts.values())) if days > 1 else 1.0
    return Judged(values[0], values[1], error, len(about), speaking)


def changed_rows(now: EmotionMap, proposed: EmotionMap) -> list[Key]:
    """The rows that lead elsewhere."""
    return [key for key, row in now.rows.items() if row.aim() != proposed.rows[key].aim()]


def effective(weights: Floats) -> float:
    """How many answers of equal weight would say as much."""
    square = float((weights**2).sum())
    return float(weights.sum()) ** 2 / square if square else 0.0


def _weights(rows: Sequence[Play], version: EmotionMap, key: Key) -> Floats:
    """How much each answer says of a row's place, (n,), sum 1."""
    end = version.rows[key].end
    far = np.array([play.place.distance(end) for play in rows])
    drawn = np.array([max(RAREST, play.propensity) for play in rows])
    log = -0.5 * (far / NEAR) ** 2 - np.log(drawn)
    weights = np.exp(log - log.max())
    return np.asarray(weights / weights.sum())


def _too_few(answers: int, speaking: float) -> TooFewAnswers:
    a_piece = speaking / answers if answers else 1.0
    missing = math.ceil((LEAST - speaking) / a_piece)
    return TooFewAnswers(
        f"Too little was answered to judge by: {answers} tracks that say as much as "
        f"{speaking:.0f} of equal weight, where {LEAST:.0f} are needed.",
        remedy=f"About {missing} more are missing on the days that judge, which are every other "
        "day of listening; answer with fits and not now, and agree that readings may be kept.",
    )
