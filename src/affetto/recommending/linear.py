"""A line through few observations, held in place by what is known of other people.

Bayesian linear regression with named numbers: ``y = w·x + noise``, where ``w`` is drawn
anew for every listener from a prior that all share. What one listener taught is kept as
two sums (of ``x xᵀ`` and of ``x y``), so that a lesson can be weighed, forgotten by and
by, and taken back. ``refit`` learns the prior from the listeners met so far (empirical
Bayes; Morris, JASA 78(381), 1983).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

SPARE_VAR: Final = 0.14**2  # of a number nobody has named a prior for, as a genre's
FEWEST: Final = 0.5  # lessons; who gave fewer does not speak for people
TIMES: Final = 3  # steps of a refit: it is made again after a while anyway


class Posterior(NamedTuple):
    """What is believed of a listener's numbers."""

    mean: Numbers  # (d,)
    covariance: Numbers  # (d, d)

    def drawn(self, rng: np.random.Generator, times: int = 1, scale: float = 1.0) -> Numbers:
        """Numbers that may well be the true ones, (times, d); ``scale`` is of their spread."""
        d = len(self.mean)
        root = np.linalg.cholesky(self.covariance + 1e-12 * np.eye(d))
        drawn: Numbers = rng.standard_normal((times, d))
        return np.asarray(self.mean + scale * drawn @ root.T)

    def variance(self, x: Numbers) -> Numbers:
        """How unsure ``w·x`` is for each row of ``x``, (n,)."""
        return np.asarray(np.einsum("ij,jk,ik->i", x, self.covariance, x))


@dataclass(frozen=True)
class Prior:
    """What is known of people's numbers before one of them has taught anything."""

    names: tuple[str, ...]
    mean: Numbers  # (d,)
    covariance: Numbers  # (d, d)
    noise: float  # variance of one observation about the line

    @classmethod
    def of(cls, numbers: Mapping[str, tuple[float, float]], noise: float) -> Prior:
        """The prior of independent numbers: ``name -> (mean, standard deviation)``."""
        mean = np.array([m for m, _ in numbers.values()], float)
        spread = np.array([sd for _, sd in numbers.values()], float)
        return cls(tuple(numbers), mean, np.diag(spread**2), noise)

    def over(self, names: Sequence[str]) -> Prior:
        """The same prior for these names, in this order; the unknown are 0 give or take .14."""
        if tuple(names) == self.names:
            return self
        mean, covariance = np.zeros(len(names)), np.diag(np.full(len(names), SPARE_VAR))
        known = [i for i, name in enumerate(names) if name in self.row]
        at = [self.row[names[i]] for i in known]
        mean[known] = self.mean[at]
        covariance[np.ix_(known, known)] = self.covariance[np.ix_(at, at)]
        return Prior(tuple(names), mean, covariance, self.noise)

    @cached_property
    def row(self) -> Mapping[str, int]:
        """Where each name stands."""
        return {name: i for i, name in enumerate(self.names)}

    @cached_property
    def precision(self) -> Numbers:
        """The inverse of the covariance, (d, d)."""
        return np.asarray(np.linalg.inv(self.covariance), float)


class Linear:
    """One listener's numbers: the shared prior and what this listener taught.

    The sums are float32, so that a record gives back exactly what was written.
    """

    def __init__(self, prior: Prior) -> None:
        d = len(prior.names)
        self._prior = prior
        self._squares = np.zeros((d, d), np.float32)  # Σ weight x xᵀ
        self._products = np.zeros(d, np.float32)  # Σ weight x y
        self._energy = np.float32(0.0)  # Σ weight y²
        self._seen = np.float32(0.0)  # Σ weight
        self._posterior: Posterior | None = None

    @property
    def prior(self) -> Prior:
        """What all listeners share."""
        return self._prior

    @property
    def names(self) -> tuple[str, ...]:
        """What the numbers are called."""
        return self._prior.names

    @property
    def seen(self) -> float:
        """How many whole lessons this rests on, after forgetting."""
        return float(self._seen)

    @property
    def posterior(self) -> Posterior:
        """What is believed now."""
        if self._posterior is None:
            prior, noise = self._prior, self._prior.noise
            precision = prior.precision + self._squares.astype(float) / noise
            covariance = np.linalg.inv(precision)
            pull = prior.precision @ prior.mean + self._products.astype(float) / noise
            self._posterior = Posterior(covariance @ pull, (covariance + covariance.T) / 2)
        return self._posterior

    def expects(self, x: Numbers) -> float:
        """What to expect of ``x``, (d,)."""
        return float(self.posterior.mean @ x)

    def learn(self, x: Numbers, y: float, weight: float = 1.0) -> None:
        """Take in that ``x``, (d,), gave ``y``; a negative weight takes a lesson back."""
        x = np.asarray(x, float)
        self._squares = (self._squares + weight * np.outer(x, x)).astype(np.float32)
        self._products = (self._products + weight * y * x).astype(np.float32)
        self._energy = np.float32(self._energy + weight * y * y)
        self._seen = np.float32(max(0.0, float(self._seen) + weight))
        self._posterior = None

    def forget(self, keep: float) -> None:
        """Let what was taught so far count only ``keep`` of what it did, [0, 1]."""
        self._squares = (self._squares * keep).astype(np.float32)
        self._products = (self._products * keep).astype(np.float32)
        self._energy = np.float32(self._energy * keep)
        self._seen = np.float32(self._seen * keep)
        self._posterior = None

    def under(self, prior: Prior) -> Linear:
        """What this listener taught, under another prior: matched by name.

        Names the prior lacks are left out, names that are new have taught nothing.
        """
        told = Linear(prior)
        new = [i for i, name in enumerate(prior.names) if name in self._prior.row]
        old = [self._prior.row[prior.names[i]] for i in new]
        told._squares[np.ix_(new, new)] = self._squares[np.ix_(old, old)]
        told._products[new] = self._products[old]
        told._energy, told._seen = self._energy, self._seen
        return told

    def copy(self) -> Linear:
        """The same numbers, to go on by themselves; nothing is ever changed in place."""
        return copy(self)

    def importance(self) -> Mapping[str, float]:
        """How much was taught about each name: the weighted sum of its squares."""
        return dict(zip(self.names, np.diag(self._squares).tolist(), strict=True))

    def to_record(self) -> dict[str, Any]:
        """What was taught as JSON: exactly, 4 bytes a number, half of the square."""
        upper = self._squares[np.triu_indices(len(self.names))]
        told = np.concatenate([[self._seen, self._energy], self._products, upper])
        packed = base64.b85encode(told.astype("<f4").tobytes()).decode("ascii")
        return {"names": list(self.names), "taught": packed}

    @classmethod
    def from_record(cls, record: Mapping[str, Any], prior: Prior) -> Linear:
        """What ``to_record`` wrote, under the prior of its names and of those it lacks."""
        names = tuple(str(name) for name in record["names"])
        told = cls(prior.over(names))
        numbers = np.frombuffer(base64.b85decode(record["taught"]), "<f4").astype(np.float32)
        d = len(names)
        told._seen, told._energy = numbers[0], numbers[1]
        told._products = numbers[2 : 2 + d].copy()
        half = np.triu_indices(d)
        told._squares[half] = numbers[2 + d :]
        told._squares.T[half] = numbers[2 + d :]
        return told


def refit(
    first: Prior, models: Sequence[Linear], *, now: Prior | None = None, strength: float = 8.0
) -> Prior:
    """The prior that best explains these listeners; ``first`` counts as ``strength`` of them.

    The mean is the generalised least-squares one, and ``first`` counts for it only as one
    listener: how people differ is more often guessed right than how they are. The
    spread and the noise follow by steps of expectation-maximisation from ``now``, the last
    refit. Listeners who taught little say nothing yet; without any, ``first`` stays.
    """
    known = [m for m in models if m.seen >= FEWEST]
    if not known:
        return first
    told = [m if m.names == first.names else m.under(first) for m in known]
    squares = np.array([m._squares for m in told], float)  # (u, d, d)
    products = np.array([m._products for m in told], float)  # (u, d)
    energy = float(sum(float(m._energy) for m in told))
    seen = float(sum(m.seen for m in told))
    count, prior = len(told), now or first
    for _ in range(TIMES):
        covariances = np.linalg.inv(prior.precision + squares / prior.noise)
        # Each listener's evidence on the mean: the less, the less they taught themselves.
        shares = np.einsum("ij,ujk->uik", prior.precision, covariances)
        evidence = count * prior.precision - shares.sum(axis=0) @ prior.precision
        pull = np.einsum("uij,uj->i", shares, products) / prior.noise
        held = first.precision + evidence
        mean = np.linalg.solve(held, first.precision @ first.mean + pull)
        own = prior.precision @ mean + products / prior.noise
        means = np.einsum("uij,uj->ui", covariances, own)
        apart = means - mean
        spread = covariances.sum(axis=0) + apart.T @ apart
        covariance = (strength * first.covariance + spread) / (strength + count)
        missed = energy - 2 * float(np.einsum("ui,ui->", products, means))
        missed += float(np.einsum("uij,ui,uj->", squares, means, means))
        missed += float(np.einsum("uij,uij->", squares, covariances))
        lessons = 10 * strength  # that the first noise counts as
        noise = (lessons * first.noise + max(0.0, missed)) / (lessons + seen)
        prior = Prior(first.names, mean, (covariance + covariance.T) / 2, noise)
    return prior
