"""Logs of simulated listeners who choose for themselves, as plays in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from affetto_training.tastes.board.plays import Block, Plays, joined
from affetto_training.tastes.catalogue import Catalogue
from affetto_training.tastes.world import World

SCENARIO: Final = "wanderers"  # tastes move on, so that the order of plays tells something
LISTENERS: Final = 400
SITTINGS: Final = 10
OFFERED: Final = 40  # tracks a listener is shown, drawn anew each time, to pick one from
LATER: Final = 0.2  # of the sittings are told, the last ones


class OwnChoice:
    """Shows each listener some tracks drawn at random; they play the one they like best now."""

    asks = True  # the world gives ``pick``
    pick: Callable[[Sequence[int]], int]

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        self._n = catalogue.n
        self._rng = np.random.default_rng([seed, 5])

    def start(self, user: int) -> None:
        """Everybody is served alike."""

    def begin(self, obs: Mapping[str, Any]) -> None:
        """No reading counts."""

    def choose(self, obs: Mapping[str, Any]) -> int:
        """The row of the track that is picked."""
        return self.pick(self._rng.choice(self._n, min(OFFERED, self._n), replace=False).tolist())

    def learn(self, track: int, feedback: Mapping[str, Any]) -> None:
        """Nothing to learn."""


def logged(seed: int, listeners: int = LISTENERS, sittings: int = SITTINGS) -> Plays:
    """The log of one world; the same seed, the same plays. Liked is what was not skipped."""
    world = World(SCENARIO, listeners=listeners, sessions=sittings, seed=seed)
    told = world.played(OwnChoice)
    sequences = [
        [
            (int(track), not skipped, sitting)
            for sitting, (tracks, skips) in enumerate(zip(mine, left, strict=True))
            for track, skipped in zip(tracks, skips, strict=True)
        ]
        for mine, left in zip(told.track, told.skipped, strict=True)
    ]
    return joined(sequences, world.music.catalogue.X)


def last_sittings(plays: Plays) -> Block:
    """Everybody's last sittings, to be told from what came before."""
    first = round((1 - LATER) * (plays.sitting.max() + 1))
    return Block(int(np.searchsorted(plays.sitting, first)), len(plays))
