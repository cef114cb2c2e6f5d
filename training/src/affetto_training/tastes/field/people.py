"""Lines for many people: what they share is learnt from the others, the rest from oneself.

The product's own ``affetto.recommending.linear`` does the learning. What people share is one
model over the rows of everybody; how they differ is refitted from each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from affetto.recommending.linear import Linear, Numbers, Prior, refit


@dataclass(frozen=True)
class Taught:
    """What one person went through, in time order: x (n, d) and y (n,).

    ``asked`` (n, d) is what was known of each row beforehand, where that is less than ``x``.
    """

    x: Numbers
    y: Numbers
    asked: Numbers | None = None


@dataclass(frozen=True)
class Frame:
    """The numbers of a model, and how large each may be before anything is known."""

    names: tuple[str, ...]
    middle: float  # of the constant
    shared: Numbers  # (d,), standard deviation of what people share
    own: Numbers  # (d,), standard deviation between people
    noise: float  # variance about the line


def shared(frame: Frame, people: Iterable[Taught]) -> Prior:
    """What people share, from the rows of all of them, without a word on how they differ."""
    middle = np.zeros(len(frame.names))
    middle[0] = frame.middle
    wide = Linear(Prior(frame.names, middle, np.diag(frame.shared**2), frame.noise))
    for one in people:
        for x, y in zip(one.x, one.y, strict=True):
            wide.learn(x, float(y))
    return Prior(frame.names, wide.posterior.mean, np.diag(frame.own**2), frame.noise)


def prior_of(frame: Frame, people: Sequence[Taught]) -> Prior:
    """The prior for somebody new: what people share, and how they differ."""
    first = shared(frame, people)
    models = []
    for one in people:
        model = Linear(first)
        for x, y in zip(one.x, one.y, strict=True):
            model.learn(x, float(y))
        models.append(model)
    return refit(first, models)


def followed(prior: Prior, one: Taught) -> Numbers:
    """What was expected of each row before it was known, (n,)."""
    model, told = Linear(prior), np.zeros(len(one.y))
    asked = one.x if one.asked is None else one.asked
    for i, (x, y) in enumerate(zip(one.x, one.y, strict=True)):
        told[i] = model.expects(asked[i])
        model.learn(x, float(y))
    return told


def leave_one_out(frame: Frame, people: Mapping[int, Taught]) -> dict[int, Numbers]:
    """For each person, what was expected with a prior of all the others."""
    return {
        who: followed(prior_of(frame, [p for k, p in people.items() if k != who]), one)
        for who, one in people.items()
    }
