"""A crowd of simulated listeners and a catalogue, for one way of choosing to meet.

A way of choosing sees what the acceptance shows it (``affetto_training.acceptance:Policy``):
the catalogue as tagged, noisy readings, the goal, and what listeners answer. Two of those set
beside it may ask for more, and say so: the earlier systems let the listener pick one of five
(``asks``), the oracle knows what the listener hides (``sees_all``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from affetto.errors import Misuse
from affetto_training.tastes.catalogue import Catalogue, Floats, made
from affetto_training.tastes.listener import GOALS, Common, Listener
from affetto_training.tastes.scenarios import scenario_called

TRACKS = 1000  # in the catalogue


class Policy(Protocol):
    """A way of choosing for many listeners, one session at a time."""

    def start(self, user: int) -> None:
        """The next session is this listener's."""
        ...

    def begin(self, obs: Mapping[str, Any]) -> None:
        """A session begins with this to go by."""
        ...

    def choose(self, obs: Mapping[str, Any]) -> int:
        """The row of the track to play."""
        ...

    def learn(self, track: int, feedback: Mapping[str, Any]) -> None:
        """What came of it; ``feedback["obs"]`` is what the sensor says afterwards."""
        ...


@dataclass(frozen=True)
class Played:
    """Everything that happened, each (listeners, sessions, tracks) unless said otherwise."""

    reward: Floats
    satisfaction: Floats
    distance: Floats  # of the true mood from the goal after each track
    skipped: npt.NDArray[np.bool_]
    track: npt.NDArray[np.int64]
    mood: Floats  # (listeners, sessions, tracks + 1, 2), the true one before and after
    goal: npt.NDArray[np.int64]  # (listeners, sessions), as in listener.GOALS


class World:
    """One scenario with its music and its listeners; the same seed, the same world."""

    def __init__(
        self,
        scenario: str = "usual",
        *,
        listeners: int,
        seed: int = 0,
        sessions: int = 10,
        tracks: int = 10,
        catalogue: int = TRACKS,
    ) -> None:
        self.scenario = scenario_called(scenario)
        self.seed, self.sessions, self.tracks, self.listeners = seed, sessions, tracks, listeners
        self.music = made(catalogue, self.scenario, np.random.default_rng([seed, 1]))
        self._common = Common.drawn(self.scenario, np.random.default_rng([seed, 2]))

    def crowd(self) -> list[Listener]:
        """The listeners, as they are before their first session."""
        return [
            Listener(
                self.music,
                self.scenario,
                self._common,
                np.random.default_rng([self.seed, 3, i]),
                sessions=self.sessions,
                tracks=self.tracks,
            )
            for i in range(self.listeners)
        ]

    def played(self, create: Callable[[Catalogue, int], Policy]) -> Played:
        """Let a way of choosing, made by ``create(catalogue, seed)``, meet everybody.

        Every listener has a first session before anybody has a second.
        """
        policy = create(self.music.catalogue, self.seed)
        shape = (self.listeners, self.sessions, self.tracks)
        told = {k: np.zeros(shape) for k in ("reward", "satisfaction", "distance")}
        skipped, chosen = np.zeros(shape, bool), np.zeros(shape, np.int64)
        moods = np.zeros((*shape[:2], self.tracks + 1, 2))
        goals = np.zeros(shape[:2], np.int64)
        crowd = self.crowd()
        for j in range(self.sessions):
            for i, listener in enumerate(crowd):
                listener.begin()
                goals[i, j], moods[i, j, 0] = GOALS.index(listener.goal), listener.mood
                policy.start(i)
                _introduced(policy, listener)
                seen = self._seen(listener, 0)
                policy.begin(seen)
                for t in range(self.tracks):
                    track = int(policy.choose(seen))
                    if not 0 <= track < self.music.catalogue.n:
                        raise Misuse(
                            f"The policy chose track {track}, which is not in the catalogue.",
                            remedy=f"Give a row from 0 to {self.music.catalogue.n - 1}.",
                        )
                    heard = listener.hear(track)
                    seen = self._seen(listener, t + 1)
                    policy.learn(track, {**heard.feedback, "obs": seen})
                    at = i, j, t
                    told["reward"][at], told["distance"][at] = heard.reward, heard.distance
                    told["satisfaction"][at] = heard.satisfaction
                    skipped[at], chosen[at], moods[i, j, t + 1] = (
                        heard.skipped,
                        track,
                        listener.mood,
                    )
        return Played(**told, skipped=skipped, track=chosen, mood=moods, goal=goals)

    def _seen(self, listener: Listener, t: int) -> dict[str, Any]:
        """What a way of choosing is shown of a listener before the ``t``-th track."""
        read = listener.reading()
        return {
            "valence": None if read is None else read[0],
            "arousal": None if read is None else read[1],
            "confidence": 0.0 if read is None else 1.0 - self.scenario.sensor_sd,
            "goal": listener.goal,
            "t": t,
        }


def _introduced(policy: Policy, listener: Listener) -> None:
    """Give the two that ask for more what they may have."""
    if getattr(policy, "sees_all", False):
        policy.look = listener.expected  # type: ignore[attr-defined]
    if getattr(policy, "asks", False):

        def pick(tracks: Sequence[int]) -> int:
            return int(tracks[int(np.argmax(listener.pleasure()[list(tracks)]))])

        policy.pick = pick  # type: ignore[attr-defined]
