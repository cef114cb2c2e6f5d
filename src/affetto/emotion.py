"""The words for feelings: what a sense says, and what we believe.

Russell's circumplex (J. Pers. Soc. Psychol. 39(6), 1980), both axes in [-1, 1]:
valence -1 is misery, +1 delight; arousal -1 is sleep, +1 frenzy.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol, Self

from affetto.errors import Misuse


class Place(Protocol):
    """Anything that lies on the mood map: a feeling, a reading, what a track sounds like."""

    @property
    def valence(self) -> float:
        """Unpleasant to pleasant, [-1, 1]."""
        ...

    @property
    def arousal(self) -> float:
        """Drowsy to wide awake, [-1, 1]."""
        ...


@dataclass(frozen=True, slots=True)
class Affect:
    """A point on the mood map: a feeling, a target, the mood of a track."""

    valence: float  # [-1, 1]
    arousal: float  # [-1, 1]

    def __post_init__(self) -> None:
        for name, value in (("valence", self.valence), ("arousal", self.arousal)):
            if not (math.isfinite(value) and -1.0 <= value <= 1.0):
                raise Misuse(
                    f"{name} is {value}, which is off the mood map.",
                    remedy="Give a number from -1 to 1.",
                )

    def distance(self, other: Place) -> float:
        """Straight-line distance on the map, in [0, 2√2]."""
        return math.hypot(self.valence - other.valence, self.arousal - other.arousal)

    @classmethod
    def clipped(cls, valence: float, arousal: float) -> Self:
        """The nearest point of the map."""
        return cls(min(1.0, max(-1.0, valence)), min(1.0, max(-1.0, arousal)))


class Covariance(NamedTuple):
    """How unsure a point is: variances of valence and arousal, and their covariance."""

    vv: float
    va: float
    aa: float


# Where each facial expression lies, from the ratings of the like-named emotion words
# in Russell & Mehrabian (J. Research in Personality 11(3), 1977), pleasure and
# arousal. Expressions are names here, never numbers: a model's order is in its card.
EXPRESSIONS: Final[Mapping[str, Affect]] = MappingProxyType(
    {
        "angry": Affect(-0.51, 0.59),
        "disgust": Affect(-0.60, 0.35),
        "fear": Affect(-0.64, 0.60),
        "happy": Affect(0.81, 0.51),
        "sad": Affect(-0.63, -0.27),
        "surprise": Affect(0.40, 0.67),
        "neutral": Affect(0.0, 0.0),
    }
)

# The four moods of the earlier systems, at the middle of their quarter of the map.
MOODS: Final[Mapping[str, Affect]] = MappingProxyType(
    {
        "angry": Affect(-0.6, 0.6),
        "happy": Affect(0.7, 0.5),
        "sad": Affect(-0.6, -0.4),
        "calm": Affect(0.5, -0.5),
    }
)


# The other words that stand on the mood map, where they stand.
_ON_THE_MAP: Final[Mapping[str, Affect]] = MappingProxyType(
    {
        "tense": Affect(-0.6, 0.6),
        "excited": Affect(0.6, 0.6),
        "drowsy": Affect(0.0, -0.9),
        "wide awake": Affect(0.0, 0.9),
        "pleasant": Affect(0.9, 0.0),
        "unpleasant": Affect(-0.9, 0.0),
    }
)


def place_called(word: str) -> Affect:
    """Where a word lies: a mood, an expression, or a word that stands on the map.

    Raises Misuse, naming those we know, for any other.
    """
    known = {**_ON_THE_MAP, **EXPRESSIONS, **MOODS}
    place = known.get(word.casefold().strip())
    if place is None:
        raise Misuse(
            f"{word!r} is no mood we know.", remedy=f"Choose one of {', '.join(sorted(known))}."
        )
    return place


def mood_of(place: Place) -> str:
    """Name the quarter of the map: ``angry``, ``happy``, ``sad`` or ``calm``."""
    if place.valence >= 0:
        return "happy" if place.arousal >= 0 else "calm"
    return "angry" if place.arousal >= 0 else "sad"


# Two copies of one song, mp3 and flac, are heard at most so far apart in nine of ten.
NEAR_AN_AXIS: Final = 0.05


def mood_word(place: Place) -> str:
    """The mood's name as people read it: that of the quarter, unless an axis is too near.

    There another copy of the same song would bear the neighbour's name, so only what is
    sure is said: ``awake``, ``drowsy``, ``pleasant``, ``unpleasant`` or ``in the middle``.
    """
    if abs(place.valence) >= NEAR_AN_AXIS and abs(place.arousal) >= NEAR_AN_AXIS:
        return mood_of(place)
    if abs(place.valence) >= NEAR_AN_AXIS:
        return "pleasant" if place.valence > 0 else "unpleasant"
    if abs(place.arousal) >= NEAR_AN_AXIS:
        return "awake" if place.arousal > 0 else "drowsy"
    return "in the middle"


def affect_of(probabilities: Mapping[str, float]) -> tuple[Affect, Covariance]:
    """Mean and covariance on the map of a distribution over expressions.

    ``probabilities`` sums to 1 and names keys of ``EXPRESSIONS``. The covariance is
    that of the mixture: a face that may be happy or sad is unsure, not neutral.
    """
    mean_v = sum(p * EXPRESSIONS[name].valence for name, p in probabilities.items())
    mean_a = sum(p * EXPRESSIONS[name].arousal for name, p in probabilities.items())
    vv = va = aa = 0.0
    for name, p in probabilities.items():
        dv = EXPRESSIONS[name].valence - mean_v
        da = EXPRESSIONS[name].arousal - mean_a
        vv, va, aa = vv + p * dv * dv, va + p * dv * da, aa + p * da * da
    return Affect.clipped(mean_v, mean_a), Covariance(vv, va, aa)


@dataclass(frozen=True, slots=True)
class EmotionReading:
    """One sense's opinion of one instant."""

    valence: float  # [-1, 1]
    arousal: float  # [-1, 1]
    confidence: float  # [0, 1]; 0 = saw nothing worth believing
    source: str  # "self", "face", "voice", "pulse", "words"
    at: datetime  # aware, UTC
    covariance: Covariance = Covariance(0.09, 0.0, 0.09)
    probabilities: Mapping[str, float] = field(default_factory=dict)  # sums to 1, or empty

    @property
    def affect(self) -> Affect:
        """The reading as a point on the map."""
        return Affect(self.valence, self.arousal)

    @property
    def expression(self) -> str | None:
        """The likeliest expression, or None for a sense that names none."""
        if not self.probabilities:
            return None
        return max(self.probabilities, key=lambda name: self.probabilities[name])


@dataclass(frozen=True, slots=True)
class MoodState:
    """What we believe of a listener now, and how firmly.

    ``believed`` tells each source's share of the belief; the shares sum to 1.
    """

    mean: Affect
    covariance: Covariance
    at: datetime  # aware, UTC
    believed: Mapping[str, float] = field(default_factory=dict)

    @property
    def spread(self) -> float:
        """One number for the uncertainty: the mean standard deviation of the axes."""
        return (math.sqrt(self.covariance.vv) + math.sqrt(self.covariance.aa)) / 2

    @property
    def name(self) -> str:
        """The four-mood view of the mean."""
        return mood_of(self.mean)
