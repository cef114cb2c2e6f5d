"""Every model of the second table, and the settings it is tried with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from affetto_training.tastes.board import before, sessions, trecsys_plays
from affetto_training.tastes.board.data import Floats, Ints
from affetto_training.tastes.board.models import Grid
from affetto_training.tastes.board.plays import Plays
from affetto_training.tastes.board.shallow import Settings


@dataclass(frozen=True)
class Sequencer:
    """A model of ordered plays: how it scores, what it may be set to, and what it is."""

    scores: Callable[[Plays, int, Ints, Settings, int], Floats]
    words: str
    grid: Grid = field(default_factory=dict)


NET: Final[Grid] = {
    "size": [8, 16, 32, 64],
    "dropout": [0.1, 0.3, 0.5],
    "rate": [0.001, 0.003, 0.01],
    "decay": [0.01, 0.1, 1.0],
    "epochs": [3, 10, 25],
}
SEQUENCERS: Final[Mapping[str, Sequencer]] = {
    "random": Sequencer(before.at_random, "any order"),
    "popular": Sequencer(before.popular, "what was liked most often"),
    "item-kNN": Sequencer(
        before.item_knn,
        "who liked this liked that, the latest first",
        {
            "shrink": [0.0, 1.0, 5.0],
            "half_life": [2.0, 10.0, 50.0, 250.0],
            "popular": [0.0, 0.3, 0.7, 1.0],
        },
    ),
    "Markov": Sequencer(
        before.markov,
        "what was liked after the last one",
        {"popular": [1.0, 3.0, 10.0, 20.0, 40.0, 80.0, 150.0, 300.0, 600.0, 1200.0]},
    ),
    "session RNN": Sequencer(sessions.session_rnn, "a GRU over the plays", NET),
    "session CNN": Sequencer(
        sessions.session_cnn, "causal convolutions over the plays", {**NET, "layers": [2, 3, 4]}
    ),
    "attention": Sequencer(
        sessions.attention,
        "earlier plays weighed, with weights to read",
        {**NET, "heads": [1, 2, 4]},
    ),
    "T-RECSYS-like": Sequencer(
        trecsys_plays.t_recsys,
        "a feed-forward net over content and co-listening",
        {**NET, "negatives": [20, 50]},
    ),
}
