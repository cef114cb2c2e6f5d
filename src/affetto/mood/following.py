"""How a mood goes on while music plays: usual mood, inertia, and what is read of it.

A Kalman filter over four numbers, where the listener is (valence, arousal) and where
they usually are. A track carries the mood: it goes back toward the usual by what the
inertia leaves of the way, and the music adds its shift. A reading corrects both places,
the usual one the less the shorter it has been since the last. Inertia is learned beside
them, one number an axis, by how far off the carrying was (an extended filter's step).

What is not known of a listener yet is what is known of people (``Population``).
Nothing read, nothing changed: ``observe(None, …)`` leaves every number as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.emotion import Affect, Covariance

Matrix = npt.NDArray[np.float64]

TRACK_S: Final = 210.0  # the step that inertia is told for
# Without music a mood goes half of the way back in this time: of 897 field plays the
# mood before correlated about .3 with that after the play 10 to 60 minutes earlier, .14
# after one to four hours, .05 later (SiTunes, CHIIR 2024, stage 2).
WAIT_HALF_LIFE_S: Final = 1200.0
WILD: Final = 9.21  # squared Mahalanobis distance that one honest reading in 100 exceeds
OWN_WORD_VAR: Final = 0.08**2  # how far a touch of the map lies from what is meant
INERTIA_RANGE: Final = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Population:
    """What is known of people: the prior of every listener.

    The defaults are rounded from self-reports before and after 897 plays of 30 people
    (SiTunes, stage 2): usual moods differ by .15, one person's moods by .36 about them,
    and .5 to .6 of a difference from the usual is left after a track.
    """

    usual: Affect = Affect(0.25, 0.0)
    usual_sd: tuple[float, float] = (0.15, 0.16)  # between people
    spread: tuple[float, float] = (0.36, 0.36)  # of one person's moods, sd
    inertia: tuple[float, float] = (0.6, 0.55)  # share left after one track
    inertia_sd: tuple[float, float] = (0.15, 0.15)  # between people


PEOPLE: Final = Population()


class Following:
    """One listener's mood through a sitting and from one sitting to the next."""

    def __init__(self, people: Population = PEOPLE) -> None:
        self._people = people
        usual, sd = people.usual, np.array(people.usual_sd)
        self._state = np.array([usual.valence, usual.arousal] * 2)  # mood, then usual
        between = np.diag(sd**2)
        self._doubt: Matrix = np.block([[between, between], [between, between]])
        self._doubt[:2, :2] += np.diag(np.square(people.spread))
        self._inertia = np.array(people.inertia)
        self._inertia_var = np.square(people.inertia_sd)
        self._slope = np.zeros(2)  # of the believed mood against inertia
        self._read = 0

    # -- what is believed --------------------------------------------------------------

    @property
    def mean(self) -> Affect:
        """The mood now."""
        return Affect.clipped(float(self._state[0]), float(self._state[1]))

    @property
    def covariance(self) -> Covariance:
        """How unsure it is."""
        return _covariance(self._doubt[:2, :2])

    @property
    def usual(self) -> Affect:
        """Where the listener usually is."""
        return Affect.clipped(float(self._state[2]), float(self._state[3]))

    @property
    def usual_covariance(self) -> Covariance:
        """How unsure that is."""
        return _covariance(self._doubt[2:, 2:])

    @property
    def inertia(self) -> tuple[float, float]:
        """The share of a difference from the usual that is left after one track, by axis."""
        return float(self._inertia[0]), float(self._inertia[1])

    @property
    def read(self) -> int:
        """How many readings all this rests on."""
        return self._read

    def expected(self, seconds: float = TRACK_S) -> Affect:
        """The mood after so long a track, if the music did nothing."""
        kept = self._inertia ** (max(0.0, seconds) / TRACK_S)
        after = self._state[2:] + kept * (self._state[:2] - self._state[2:])
        return Affect.clipped(float(after[0]), float(after[1]))

    # -- what happens ------------------------------------------------------------------

    def carry(
        self,
        shift: tuple[float, float] | None = None,
        share_heard: float = 1.0,
        seconds: float = TRACK_S,
    ) -> None:
        """One track went by, ``seconds`` of it; ``shift`` is what all of it does to the mood.

        ``share_heard`` in [0, 1] is how much of the shift has come through. None means
        that nothing is known of what the track does.
        """
        played = max(0.0, seconds) / TRACK_S
        kept = self._inertia**played
        off = self._state[:2] - self._state[2:]
        self._slope = kept * self._slope + played * kept / self._inertia * off
        self._drift(kept)
        if shift is not None:
            share = min(1.0, max(0.0, share_heard))
            moved = np.clip(self._state[:2] + share * np.array(shift), -1, 1)
            self._state = np.concatenate([moved, self._state[2:]])

    def wait(self, seconds: float) -> None:
        """Time went by without music, within a sitting or between two."""
        kept = np.full(2, 0.5 ** (max(0.0, seconds) / WAIT_HALF_LIFE_S))
        self._slope = kept * self._slope
        self._drift(kept)

    def observe(self, mean: Affect | None, covariance: Covariance, *, own: bool = False) -> None:
        """Take in what was read of the mood, with its doubt; None changes nothing.

        A reading farther off than one honest reading in 100 is doubted in proportion.
        ``own`` is the listener's own word: it is never doubted and nearly exact.
        """
        if mean is None:
            return
        noise = np.array([[covariance.vv, covariance.va], [covariance.va, covariance.aa]])
        if own:
            noise = np.diag(np.minimum(np.diag(noise), OWN_WORD_VAR))
        noise = noise + 1e-6 * np.eye(2)  # a covariance of zero is a point, not a fault
        off = np.array([mean.valence, mean.arousal]) - self._state[:2]
        spread = self._doubt[:2, :2] + noise
        wild = float(off @ np.linalg.solve(spread, off)) / WILD
        if wild > 1.0 and not own:
            spread = spread + (wild - 1.0) * noise
        self._learn_inertia(off, spread)
        gain = np.linalg.solve(spread, self._doubt[:2]).T  # (4, 2)
        self._state = np.clip(self._state + gain @ off, -1, 1)
        doubt = self._doubt - gain @ self._doubt[:2]
        self._doubt = (doubt + doubt.T) / 2
        self._slope = self._slope - gain[:2] @ self._slope
        self._read += 1

    # -- what is kept ------------------------------------------------------------------

    def copy(self) -> Following:
        """The same, to go on by itself; no array is ever changed in place."""
        return copy(self)

    def to_record(self) -> dict[str, Any]:
        """The listener's numbers as JSON, exactly; some 500 bytes."""
        return {
            "state": self._state.tolist(),
            "doubt": self._doubt[np.triu_indices(4)].tolist(),
            "inertia": self._inertia.tolist(),
            "inertia_var": self._inertia_var.tolist(),
            "slope": self._slope.tolist(),
            "read": self._read,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any], people: Population = PEOPLE) -> Following:
        """The listener that ``to_record`` wrote."""
        told = cls(people)
        told._state = np.array(record["state"], float)
        upper = np.zeros((4, 4))
        upper[np.triu_indices(4)] = record["doubt"]
        told._doubt = np.triu(upper) + np.triu(upper, 1).T
        told._inertia = np.array(record["inertia"], float)
        told._inertia_var = np.array(record["inertia_var"], float)
        told._slope = np.array(record["slope"], float)
        told._read = int(record["read"])
        return told

    # -- inside ------------------------------------------------------------------------

    def _drift(self, kept: Matrix) -> None:
        """Back toward the usual, as unsure as a mood of any moment where nothing is kept."""
        step = np.block([[np.diag(kept), np.diag(1 - kept)], [np.zeros((2, 2)), np.eye(2)]])
        self._state = step @ self._state
        anew = np.append(np.square(self._people.spread) * (1 - kept**2), (0.0, 0.0))
        self._doubt = step @ self._doubt @ step.T + np.diag(anew)

    def _learn_inertia(self, off: Matrix, spread: Matrix) -> None:
        """Which inertia would have been less wrong; none the wiser where nothing was carried."""
        var = np.diag(spread) + self._slope**2 * self._inertia_var
        gain = self._inertia_var * self._slope / var
        self._inertia = np.clip(self._inertia + gain * off, *INERTIA_RANGE)
        self._inertia_var = self._inertia_var * (1 - gain * self._slope)


def refitted(
    people: Population, followings: Sequence[Following], *, strength: float = 8.0
) -> Population:
    """What is known of people after following some: empirical Bayes, the old prior counting
    as ``strength`` listeners. Listeners read fewer than three times say nothing yet.
    """
    known = [f for f in followings if f._read >= 3]
    if not known:
        return people

    def mixed(
        prior: Matrix, prior_var: Matrix, means: Matrix, variances: Matrix
    ) -> tuple[Matrix, Matrix]:
        mean = (strength * prior + means.sum(axis=0)) / (strength + len(means))
        spread = strength * (prior_var + (prior - mean) ** 2)
        spread = spread + (variances + (means - mean) ** 2).sum(axis=0)
        return mean, spread / (strength + len(means))

    usual, usual_var = mixed(
        np.array([people.usual.valence, people.usual.arousal]),
        np.square(people.usual_sd),
        np.array([f._state[2:] for f in known]),
        np.array([np.diag(f._doubt)[2:] for f in known]),
    )
    inertia, inertia_var = mixed(
        np.array(people.inertia),
        np.square(people.inertia_sd),
        np.array([f._inertia for f in known]),
        np.array([f._inertia_var for f in known]),
    )
    return Population(
        usual=Affect.clipped(float(usual[0]), float(usual[1])),
        usual_sd=_pair(np.sqrt(usual_var)),
        spread=people.spread,
        inertia=_pair(inertia),
        inertia_sd=_pair(np.sqrt(inertia_var)),
    )


def _pair(numbers: Matrix) -> tuple[float, float]:
    return float(numbers[0]), float(numbers[1])


def _covariance(doubt: Matrix) -> Covariance:
    return Covariance(float(doubt[0, 0]), float(doubt[0, 1]), float(doubt[1, 1]))
