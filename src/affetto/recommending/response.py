"""What music does to one listener's mood, and whether that is known yet.

After a track the mood is where it would have gone without music, plus a shift: a line
through ``[1, the track's own place on that axis, its satisfaction - .5]``, one for valence
and one for arousal. Both begin where most people's do: being pleased lifts, energy wakes,
and the track's own valence does little (897 plays in daily life; SiTunes stage 2, CHIIR 2024;
``docs/situnes.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from affetto.recommending.linear import Linear, Prior

CONSTANT: Final = "constant"
PLACE: Final = "place"
LIKING: Final = "liking"

# The priors' means as measured there, rounded, and the noise about them. Liking on valence is
# .47 by ratings told together with the mood, .41 by ratings foreseen, and .33 by what the same
# listener had said of the song in the lab; the last is free of one mood colouring both.
VALENCE: Final = Prior.of(
    {CONSTANT: (0.0, 0.08), PLACE: (0.02, 0.06), LIKING: (0.33, 0.12)}, noise=0.04
)
AROUSAL: Final = Prior.of(
    {CONSTANT: (0.0, 0.08), PLACE: (0.13, 0.08), LIKING: (0.05, 0.08)}, noise=0.06
)
ENOUGH: Final = 12  # tracks read before and after, until an effect is spoken of
CLEAR: Final = 2.0  # standard deviations that it must lie off zero


@dataclass(frozen=True, slots=True)
class People:
    """What music does to people: where every listener's response begins."""

    valence: Prior = VALENCE
    arousal: Prior = AROUSAL


PEOPLE: Final = People()


@dataclass(frozen=True, slots=True)
class Effect:
    """What has been seen of the music's doing, and a sentence to say it in."""

    n: int  # tracks it rests on
    liking: tuple[float, float]  # valence from the worst to the best liked: mean, sd
    energy: tuple[float, float]  # arousal from a still to a frantic track: mean, sd
    words: str


class Response:
    """What music does to one listener."""

    def __init__(self, people: People = PEOPLE) -> None:
        self.valence = Linear(people.valence)
        self.arousal = Linear(people.arousal)
        self.n = 0  # tracks before and after which the mood was read

    @property
    def coefficients(self) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """Shift for nothing, per place and per liking; of valence, then of arousal."""
        v, a = self.valence.posterior.mean, self.arousal.posterior.mean
        return (float(v[0]), float(v[1]), float(v[2])), (float(a[0]), float(a[1]), float(a[2]))

    def shift(self, valence: float, arousal: float, satisfaction: float) -> tuple[float, float]:
        """What a whole track of this place is expected to do to the mood, by axis."""
        v, a = self.coefficients
        liking = satisfaction - 0.5
        return v[0] + v[1] * valence + v[2] * liking, a[0] + a[1] * arousal + a[2] * liking

    def learn(
        self,
        place: tuple[float, float],
        satisfaction: float,
        moved: tuple[float, float],
        doubt: tuple[float, float],
        share_heard: float = 1.0,
    ) -> None:
        """Take in that the mood ``moved`` so far beyond where it was going by itself.

        ``doubt`` is the variance with which that is known; ``share_heard``, in [0, 1], how
        much of the track had its say.
        """
        self.n += 1
        for axis, line in enumerate((self.valence, self.arousal)):
            x = share_heard * np.array([1.0, place[axis], satisfaction - 0.5])
            noise = line.prior.noise
            line.learn(x, moved[axis], noise / (noise + max(0.0, doubt[axis])))

    def effect(self) -> Effect:
        """What is known of it; its words are "No effect known yet" while that is little."""
        liking = _told(self.valence, LIKING, 1.0)
        energy = _told(self.arousal, PLACE, 2.0)
        return Effect(self.n, liking, energy, _words(self.n, liking, energy))

    def copy(self) -> Response:
        """The same response, to learn by itself."""
        same = copy(self)
        same.valence, same.arousal = self.valence.copy(), self.arousal.copy()
        return same

    def to_record(self) -> dict[str, Any]:
        """What was taught as JSON, exactly."""
        return {
            "n": self.n,
            "valence": self.valence.to_record()["taught"],
            "arousal": self.arousal.to_record()["taught"],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any], people: People = PEOPLE) -> Response:
        """What ``to_record`` wrote."""
        told = cls(people)
        told.n = int(record["n"])
        names = VALENCE.names
        told.valence = Linear.from_record(
            {"names": names, "taught": record["valence"]}, people.valence
        )
        told.arousal = Linear.from_record(
            {"names": names, "taught": record["arousal"]}, people.arousal
        )
        return told


def _told(line: Linear, name: str, over: float) -> tuple[float, float]:
    """What is believed of one number, over so much of what it is told by: mean, sd."""
    row = line.prior.row[name]
    belief = line.posterior
    return over * float(belief.mean[row]), over * float(np.sqrt(belief.covariance[row, row]))


def _words(n: int, liking: tuple[float, float], energy: tuple[float, float]) -> str:
    if not n:
        return "No effect known yet: your mood was not read before and after any track so far."
    if n < ENOUGH:
        tracks = "track" if n == 1 else "tracks"
        return f"No effect known yet: your mood was read before and after {n} {tracks} so far."
    liked = f"music you like {'lifts' if liking[0] > 0 else 'lowers'} your mood"
    lively = f"lively music {'wakes' if energy[0] > 0 else 'calms'} you"
    known = abs(liking[0]) > CLEAR * liking[1], abs(energy[0]) > CLEAR * energy[1]
    if not any(known):
        return f"No effect known yet: none stands out in the {n} tracks heard so far."
    told = f"{liked} and {lively}" if all(known) else liked if known[0] else lively
    return f"So it seems after {n} tracks: {told}."
