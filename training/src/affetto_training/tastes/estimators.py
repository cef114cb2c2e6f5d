"""What another way of choosing would have earned, told from what was logged.

Six estimators over the same log: replay (Li et al., WSDM 2011), IPS (Horvitz & Thompson,
JASA 47, 1952), SNIPS (Swaminathan & Joachims, NeurIPS 2015), the direct method, the doubly
robust one (Dudík et al., ICML 2011), and the latter decision by decision for lists (Jiang & Li,
ICML 2016). Each gives its value with a standard error, the largest weight, and the effective
sample size, (Σw)² / Σw² (Kish 1965); each refuses where fewer than ``LEAST`` would speak.

With ``groups``, rows of one listener are taken to hang together, and a standard error is made
from sums by listener.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError

Floats = npt.NDArray[np.float64]

LEAST: Final = 200.0  # effective rows below which no value is told
SURE: Final = 1.959964  # standard errors on each side of a 95 % interval


@dataclass(frozen=True)
class Log:
    """n decisions that were made by chance, and what the judged policy thinks of them.

    All are float64 (n,): ``reward`` in any unit; ``logged``, the chance with which what was
    played was drawn, (0, 1]; ``wanted``, the chance with which the policy would have played
    it. A model of rewards gives ``told`` for what was played, and ``hoped``, its mean over
    what the policy would play. ``groups`` names the listener of each row.
    """

    reward: Floats
    logged: Floats
    wanted: Floats
    told: Floats | None = None
    hoped: Floats | None = None
    groups: npt.NDArray[np.generic] | None = None

    def __post_init__(self) -> None:
        columns = [self.reward, self.logged, self.wanted, self.told, self.hoped, self.groups]
        if any(len(c) != len(self.reward) for c in columns if c is not None):
            raise AffettoError(
                "The columns of the log differ in length.", remedy="Give one number a row in each."
            )
        if not np.all((self.logged > 0) & (self.logged <= 1) & (self.wanted >= 0)):
            raise AffettoError(
                "A chance in the log lies outside of (0, 1].",
                remedy="Log the chance with which each track was drawn.",
            )

    @property
    def weights(self) -> Floats:
        """How much more often the policy plays what was played, (n,)."""
        return np.asarray(self.wanted / self.logged, np.float64)


@dataclass(frozen=True)
class Estimate:
    """A value with its standard error. ``parts`` (n,) sum to 0: each row's pull on it."""

    way: str
    value: float
    error: float
    effective: float  # rows
    largest: float  # weight
    parts: Floats = field(repr=False)
    groups: npt.NDArray[np.generic] | None = field(default=None, repr=False)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the normal."""
        return self.value - SURE * self.error, self.value + SURE * self.error

    def over(self, other: Estimate) -> Estimate:
        """This value less another from the same rows, with the error of the difference."""
        parts = self.parts - other.parts
        return _estimate(
            self.way, self.value - other.value, parts, self.groups, self.effective, self.largest
        )


def effective(weights: Floats) -> float:
    """Kish's effective sample size: how many rows of equal weight would say as much."""
    square = float((weights**2).sum())
    return float(weights.sum()) ** 2 / square if square else 0.0


def as_logged(log: Log) -> Estimate:
    """The mean of what was earned: the value of chance itself."""
    ones = np.ones(len(log.reward))
    return _mean("as logged", log.reward, ones, log.groups, 0.0)


def replay(log: Log, agreed: npt.NDArray[np.bool_], least: float = LEAST) -> Estimate:
    """The mean over the rows where the policy's own pick was what was played.

    Right only where chance gave every candidate the same; the log must say so.
    """
    if len(log.logged) and np.ptp(log.logged) > 1e-9:
        raise AffettoError(
            "Replay needs a log whose rows were all drawn with one and the same chance.",
            remedy="Use SNIPS or the doubly robust estimator for this log.",
        )
    return _ratio("replay", log.reward, agreed.astype(np.float64), log.groups, least)


def ips(log: Log, least: float = LEAST) -> Estimate:
    """Inverse propensity scoring: unbiased, and as loud as its largest weight."""
    return _mean("IPS", log.weights * log.reward, log.weights, log.groups, least)


def snips(log: Log, least: float = LEAST) -> Estimate:
    """IPS by the sum of its weights: a bias of order 1/n for far less noise."""
    return _ratio("SNIPS", log.reward, log.weights, log.groups, least)


def direct(log: Log, least: float = LEAST) -> Estimate:
    """The direct method: what the model hopes for. It is as wrong as the model is.

    Its standard error knows of the rows alone, and nothing of the model's faults. Every row
    speaks, whatever was played, so that only the number of rows can be too small.
    """
    _, hoped = _model(log)
    return _mean("DM", hoped, np.ones(len(hoped)), log.groups, least)


def doubly_robust(log: Log, least: float = LEAST) -> Estimate:
    """The model's hope, put right by what was seen: unbiased if model or chances are right."""
    told, hoped = _model(log)
    terms = hoped + log.weights * (log.reward - told)
    return _mean("DR", terms, log.weights, log.groups, least)


@dataclass(frozen=True)
class Lists:
    """n lists of k decisions, each (n, k) as in ``Log``; the value is the sum of a list.

    ``told`` and ``hoped`` are what a model thinks is still to come from a place of the list on.
    """

    reward: Floats
    logged: Floats
    wanted: Floats
    told: Floats
    hoped: Floats
    groups: npt.NDArray[np.generic] | None = None


def doubly_robust_lists(lists: Lists, least: float = LEAST) -> Estimate:
    """Per-decision doubly robust: each place weighs only what was drawn up to it.

    The effective sample is that of the whole list's weight, its smallest.
    """
    weights = lists.wanted / lists.logged
    value = np.zeros(len(weights))
    for place in reversed(range(weights.shape[1])):
        seen = lists.reward[:, place] + value - lists.told[:, place]
        value = lists.hoped[:, place] + weights[:, place] * seen
    whole = np.asarray(weights.prod(axis=1), np.float64)
    return _mean("DR by decision", value, whole, lists.groups, least)


# -- what they share --------------------------------------------------------------------


def _model(log: Log) -> tuple[Floats, Floats]:
    if log.told is None or log.hoped is None:
        raise AffettoError(
            "This estimator needs a model of rewards, and the log holds none.",
            remedy="Give told and hoped, or use SNIPS.",
        )
    return log.told, log.hoped


def _mean(
    way: str,
    terms: Floats,
    weights: Floats,
    groups: npt.NDArray[np.generic] | None,
    least: float,
) -> Estimate:
    size = _enough(way, weights, least)
    value = float(terms.mean())
    return _estimate(
        way, value, (terms - value) / len(terms), groups, size, float(weights.max(initial=0))
    )


def _ratio(
    way: str,
    reward: Floats,
    weights: Floats,
    groups: npt.NDArray[np.generic] | None,
    least: float,
) -> Estimate:
    size = _enough(way, weights, least)
    value = float((weights * reward).sum() / weights.sum())
    parts = weights * (reward - value) / weights.sum()
    return _estimate(way, value, parts, groups, size, float(weights.max()))


def _estimate(
    way: str,
    value: float,
    parts: Floats,
    groups: npt.NDArray[np.generic] | None,
    size: float,
    largest: float,
) -> Estimate:
    sums = parts
    if groups is not None:
        _, place = np.unique(groups, return_inverse=True)
        sums = np.asarray(np.bincount(place, weights=parts), np.float64)
    n = len(sums)
    error = math.sqrt(n / (n - 1) * float((sums**2).sum())) if n > 1 else math.inf
    return Estimate(way, value, error, size, largest, parts, groups)


def _enough(way: str, weights: Floats, least: float) -> float:
    size = effective(weights)
    if size < least or size == 0:
        raise AffettoError(
            f"{way} would rest on an effective sample of {size:.0f} of {len(weights)} rows, "
            f"fewer than {max(least, 1):.0f}.",
            remedy="Log more decisions drawn by chance, or judge a policy that is nearer to "
            "what was logged.",
        )
    return size
