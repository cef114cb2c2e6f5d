"""Every recommender of the first table, and the settings it is tried with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from affetto_training.tastes.board import factors, nets, shallow, trecsys
from affetto_training.tastes.board.data import Floats, Listening
from affetto_training.tastes.board.metrics import Scored, best, scored
from affetto_training.tastes.board.shallow import Settings
from affetto_training.tastes.board.splits import split

Grid = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Model:
    """A recommender: how it scores, what it may be set to, and what it is."""

    scores: Callable[[Listening, Settings, int], Floats] | None  # None: a blend of ``parts``
    words: str
    grid: Grid = field(default_factory=dict)
    parts: tuple[str, ...] = ()


OURS: Final = "hybrid"  # the best on validation of what was built
POPULAR: Final = "popular"
MODELS: Final[Mapping[str, Model]] = {
    "random": Model(shallow.at_random, "any order"),
    POPULAR: Model(shallow.popular, "what most listeners play"),
    "content": Model(
        shallow.content,
        "tags",
        {"damping": [0.3, 0.5, 1.0], "weights": ["one", "log"], "popular": [0.0, 0.25, 0.5, 0.75]},
    ),
    "item-kNN": Model(
        shallow.item_knn,
        "who plays this plays that",
        {
            "k": [50, 100, 200, 400, 1000],
            "shrink": [0.0, 2.0, 5.0, 10.0, 20.0],
            "weights": ["one", "log"],
        },
    ),
    "ALS": Model(
        factors.als,
        "matrix factorisation",
        {
            "factors": [64, 128, 192],
            "penalty": [10.0, 20.0, 30.0, 45.0],
            "alpha": [0.7, 1.0, 1.5],
            "rounds": [15],
            "weights": ["one", "log"],
        },
    ),
    "BPR": Model(
        factors.bpr,
        "matrix factorisation by pairs",
        {
            "factors": [32, 64, 128],
            "rate": [0.01, 0.02, 0.05],
            "penalty": [0.01, 0.03, 0.06],
            "rounds": [100, 200, 300],
        },
    ),
    "EASE": Model(
        shallow.ease,
        "a linear model of every artist by all others",
        {
            "penalty": [3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 2000.0, 4000.0, 8000.0],
            "weights": ["one", "log", "unit"],
        },
    ),
    "hybrid": Model(
        None,
        "ALS and content",
        {"ALS": [1.0], "content": [0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0, 1.5]},
        ("ALS", "content"),
    ),
    "neural CF": Model(
        nets.neural_cf,
        "factors beside a feed-forward net",
        {
            "size": [16, 32],
            "dropout": [0.0, 0.2, 0.5],
            "rate": [0.001, 0.002, 0.005],
            "decay": [0.0001, 0.01, 0.1],
            "negatives": [4, 8],
            "epochs": [6, 12],
        },
    ),
    "RBM": Model(
        nets.rbm,
        "a restricted Boltzmann machine",
        {
            "hidden": [50, 100, 200],
            "rate": [0.02, 0.05, 0.1],
            "decay": [0.0003, 0.001, 0.003],
            "epochs": [15, 30],
        },
    ),
    "attention": Model(
        nets.attention,
        "a weighted mean of what one plays, with weights to read",
        {
            "size": [64, 128],
            "heads": [1, 4],
            "rate": [0.001, 0.003],
            "decay": [0.01, 0.1, 1.0],
            "dropout": [0.5, 0.7],
            "epochs": [10, 20],
        },
    ),
    "T-RECSYS-like": Model(
        trecsys.t_recsys,
        "a feed-forward net over content and co-listening",
        {
            "size": [16, 32],
            "dropout": [0.0, 0.1, 0.3],
            "rate": [0.001, 0.002, 0.004],
            "decay": [0.0001, 0.01],
            "negatives": [10, 20],
            "popular": [0.5, 0.75],
            "epochs": [4, 8],
        },
    ),
}


class Bench:
    """One split, and what each recommender says of it when it has learnt from its first part."""

    def __init__(self, listening: Listening, seed: int, settings: Mapping[str, Settings]) -> None:
        self.seed = seed
        self.settings = settings
        self.split = split(listening.plays, seed)
        self.known = listening.without(self.split.train, self.split.test)
        self._evened: dict[str, Floats] = {}

    def scores(self, name: str, settings: Settings | None = None) -> Floats:
        """What ``name`` says with these settings, or with those it was tuned to."""
        model = MODELS[name]
        settings = self.settings.get(name, {}) if settings is None else settings
        if model.scores is not None:
            return model.scores(self.known, settings, self.seed)
        parts = [p for p in model.parts if settings[p]]
        total = np.zeros(self.known.plays.shape, np.float32)
        for part in parts:
            total += np.float32(settings[part]) * self.evened(part)
        return total

    def evened(self, name: str) -> Floats:
        """The tuned scores of ``name`` with mean 0 and spread 1 for each listener, kept."""
        if name not in self._evened:
            self._evened[name] = _evened(self.scores(name), self.split.train)
        return self._evened[name]

    def judged(self, name: str, settings: Settings | None = None) -> Scored:
        """How good its lists are for what the split asks."""
        scores = self.scores(name, settings)
        if any(name in model.parts for model in MODELS.values()) and settings is None:
            self._evened[name] = _evened(scores, self.split.train)
        lists = best(scores, self.split.train)
        return scored(lists, self.split.test, scores.shape[1])


def _evened(scores: Floats, known: Any) -> Floats:
    """What is known already does not count; what lies far below all others is drawn near."""
    scores = scores.copy()
    scores[known.nonzero()] = np.nan
    middle, spread = np.nanmean(scores, 1, keepdims=True), np.nanstd(scores, 1, keepdims=True)
    even = np.nan_to_num((scores - middle) / (spread + 1e-9))
    return np.asarray(even.clip(-3), np.float32)
