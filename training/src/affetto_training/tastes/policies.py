"""Ways of choosing to set beside Affetto's own: from chance to knowing everything.

Each is made with the catalogue and a seed, and is driven as ``world.Policy`` says. None but
the oracle knows more than readings, goals and answers; the earlier systems' way lets the
listener pick one of five tracks, as those systems did. None repeats a track in a session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import Misuse
from affetto_training.tastes.catalogue import Catalogue, Floats
from affetto_training.tastes.listener import PLACES
from affetto_training.tastes.world import Policy

Obs = Mapping[str, Any]
Rows = npt.NDArray[np.int64]

AMONG: Final = (
    0.05  # share of the catalogue among which the nearest, or the most popular, are drawn
)
HELD: Final = 2  # tracks for which plain iso stays with the mood
CURIOUS: Final = 0.5  # how much LinUCB prefers what it does not know


class Random:
    """Any track, each as likely."""

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        self.catalogue, self.rng = catalogue, np.random.default_rng([seed, 4])
        self.user = 0

    def start(self, user: int) -> None:
        """The next session is this listener's."""
        self.user = user

    def begin(self, obs: Obs) -> None:
        """Forget what was played; hold on to the first reading."""
        self.fresh = np.ones(self.catalogue.n, bool)
        self.mood: tuple[float, float] | None = None
        self._read(obs)
        self.first = self.mood

    def choose(self, obs: Obs) -> int:
        """The row of the track to play."""
        return self.drawn(np.flatnonzero(self.fresh))

    def learn(self, track: int, feedback: Mapping[str, Any]) -> None:
        """Remember the latest reading, and nothing else."""
        self.fresh[track] = False
        self._read(feedback["obs"])

    def drawn(self, rows: Rows) -> int:
        """One of these rows, each as likely."""
        return int(rows[self.rng.integers(len(rows))])

    def near(self, place: Sequence[float]) -> int:
        """One of the nearest tracks that was not played in this session."""
        away = np.hypot(*(self.catalogue.va - np.asarray(place)).T)
        away[~self.fresh] = np.inf
        few = max(1, round(AMONG * self.catalogue.n))
        return self.drawn(np.argpartition(away, few - 1)[:few])

    def _read(self, obs: Obs) -> None:
        if obs["valence"] is not None:
            self.mood = obs["valence"], obs["arousal"]


class Popular(Random):
    """One of the most popular twentieth."""

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        super().__init__(catalogue, seed)
        self._top = np.argsort(-catalogue.pop)[: max(20, round(AMONG * catalogue.n))]

    def choose(self, obs: Obs) -> int:
        """The row of the track to play."""
        return self.drawn(self._top[self.fresh[self._top]])


class Earlier(Random):
    """The earlier systems' way: five of the mood, the listener picks, the rest by cosine.

    The mood is read once, when the session begins; where nothing is read any track may be
    among the five. The listener picks knowing what the tracks are.
    """

    asks = True
    pick: Callable[[Sequence[int]], int]

    def begin(self, obs: Obs) -> None:
        """Draw five, let the listener pick, rank the rest of the mood's songs."""
        super().begin(obs)
        va = self.catalogue.va
        bucket = np.arange(self.catalogue.n)
        if self.mood is not None:
            same = ((va >= 0.0) == (np.asarray(self.mood) >= 0.0)).all(axis=1)
            bucket = np.flatnonzero(same) if same.sum() >= 5 else bucket
        picked = self.pick(self.rng.choice(bucket, 5, replace=False).tolist())
        length = np.linalg.norm(va, axis=1) + 1e-9
        alike = va[bucket] @ va[picked] / (length[bucket] * length[picked])
        alike[bucket == picked] = np.inf  # it is played first
        self._queue = bucket[np.argsort(-alike, kind="stable")]
        self._next = 0

    def choose(self, obs: Obs) -> int:
        """The row of the track to play."""
        row = int(self._queue[self._next % len(self._queue)])
        self._next += 1
        return row


class Match(Random):
    """One of those nearest to the latest reading."""

    def choose(self, obs: Obs) -> int:
        """The row of the track to play."""
        return self.near(self.mood or (0.0, 0.0))


class Greedy(Random):
    """One of those nearest to the goal, whoever listens."""

    def choose(self, obs: Obs) -> int:
        """The row of the track to play."""
        return self.near(PLACES.get(obs["goal"], self.first or (0.0, 0.0)))


class Iso(Random):
    """Meet the mood for two tracks, then lead it to the goal in even steps."""

    def choose(self, obs: Obs) -> int:
        """The row of the track to play."""
        start = np.asarray(self.first or (0.0, 0.0))
        goal = np.asarray(PLACES.get(obs["goal"], tuple(start)))
        share = min(1.0, max(0.0, (obs["t"] - HELD + 1) / (10 - HELD)))
        return self.near(start + share * (goal - start))


class LinUCB(Random):
    """One linear bandit for each listener (Li et al., WWW 2010), without a population.

    It is rewarded by what the listener shows: 1 for a like, 0 for a dislike, 0.1 for a
    skip, 0.7 for a track heard out; and by how near the sensor says the mood is to the goal.
    """

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        super().__init__(catalogue, seed)
        told = catalogue.X
        scaled = (told - told.mean(0)) / (told.std(0) + 1e-9)
        self._F = np.column_stack([np.ones(len(told)), scaled])
        self._known: dict[int, tuple[Floats, Floats]] = {}

    def choose(self, obs: Obs) -> int:
        """The row of the track to play."""
        inverse, b = self._of_user()
        unsure = np.einsum("ij,ij->i", self._F @ inverse, self._F)
        score = self._F @ (inverse @ b) + CURIOUS * 0.3 * np.sqrt(unsure)
        score[~self.fresh] = -np.inf
        return int(np.argmax(score))

    def learn(self, track: int, feedback: Mapping[str, Any]) -> None:
        """Move this listener's line."""
        super().learn(track, feedback)
        inverse, b = self._of_user()
        x = self._F[track]
        step = inverse @ x
        inverse -= np.outer(step, step) / (1.0 + x @ step)
        b += self._worth(feedback) * x

    def _worth(self, feedback: Mapping[str, Any]) -> float:
        said = 0.1 if feedback["skipped"] else 0.7
        said = 1.0 if feedback["liked"] else 0.0 if feedback["disliked"] else said
        obs = feedback["obs"]
        if obs["valence"] is None:
            return said
        goal = PLACES.get(obs["goal"], self.first or (0.0, 0.0))
        away = np.hypot(obs["valence"] - goal[0], obs["arousal"] - goal[1])
        return 0.5 * said + 0.5 * max(0.0, 1.0 - float(away))

    def _of_user(self) -> tuple[Floats, Floats]:
        width = self._F.shape[1]
        if self.user not in self._known:
            self._known[self.user] = np.eye(width), np.zeros(width)
        return self._known[self.user]


class Oracle(Random):
    """Knows every hidden taste and the true mood, and takes the best next step."""

    sees_all = True
    look: Callable[[], Floats]

    def choose(self, obs: Obs) -> int:
        """The row of the track to play."""
        return int(np.argmax(np.where(self.fresh, self.look(), -np.inf)))


EARLIER, ENGINE, ORACLE = "earlier systems", "Affetto", "oracle"
POLICIES: Final[Mapping[str, str]] = {
    "random": f"{__name__}:Random",
    "most popular": f"{__name__}:Popular",
    EARLIER: f"{__name__}:Earlier",
    "nearest match": f"{__name__}:Match",
    "greedy to goal": f"{__name__}:Greedy",
    "plain iso": f"{__name__}:Iso",
    "LinUCB": f"{__name__}:LinUCB",
    ENGINE: "affetto_training.acceptance:Policy",
    ORACLE: f"{__name__}:Oracle",
}


def policy_called(name: str) -> Callable[[Catalogue, int], Policy]:
    """What makes the policy of this name, or of ``module:Class``; Misuse names those there are."""
    module, _, kind = POLICIES.get(name, name).partition(":")
    try:
        found: Callable[[Catalogue, int], Policy] = getattr(import_module(module), kind)
    except (ImportError, AttributeError, ValueError) as error:
        raise Misuse(
            f"There is no policy called {name!r}.",
            remedy=f"Choose among {', '.join(POLICIES)}, or give module:Class.",
        ) from error
    return found
