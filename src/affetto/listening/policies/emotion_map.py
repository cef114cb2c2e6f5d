"""The map from an emotion to where the music should go, and what stands in its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from affetto.choice import Aim, Goal, Intent
from affetto.emotion import EXPRESSIONS, MOODS, Affect, EmotionReading
from affetto.errors import Misuse
from affetto.mood.path import end_of

POLICIES: Final = ("mirror", "regulate")

# Every emotion has a row: the seven expressions, and calm of the earlier systems' moods.
EMOTIONS: Final[Mapping[str, Affect]] = MappingProxyType({**EXPRESSIONS, **MOODS})

Key = tuple[str, str]  # policy, emotion


@dataclass(frozen=True, slots=True)
class Row:
    """Where one policy sends one emotion, and who says so. ``place`` only with Goal.PLACE."""

    policy: str
    emotion: str
    goal: Goal
    source: str
    place: Affect | None = None
    intent: Intent | None = None

    @property
    def key(self) -> Key:
        """What tells the row from the others."""
        return self.policy, self.emotion

    @property
    def name(self) -> str:
        """The row's name: ``regulate/sad``."""
        return f"{self.policy}/{self.emotion}"

    @property
    def end(self) -> Affect:
        """Where the row leads somebody who stands where its emotion lies."""
        start = EMOTIONS[self.emotion]
        return end_of(Aim(self.goal, self.place, self.intent), start) or start

    def aim(self, minutes: float | None = None) -> Aim:
        """What to ask of a session, or of ``recommend``."""
        return Aim(self.goal, self.place, self.intent, minutes, row=self.name)

    @property
    def told(self) -> str:
        """Where it leads, in words: ``lift, to comfort``, ``(+0.10, -0.30)``."""
        where = self.goal.value
        if self.place is not None:
            where = f"({self.place.valence:+.2f}, {self.place.arousal:+.2f})"
        return where if self.intent is None else f"{where}, to {self.intent.value}"


@dataclass(frozen=True, slots=True)
class EmotionMap:
    """One version of the map: a row for each policy and emotion."""

    version: int
    rows: Mapping[Key, Row]

    def row(self, policy: str, felt: Affect | EmotionReading) -> Row:
        """The row that serves what is felt. Raises Misuse for a policy nobody knows."""
        return self.rows[policy_called(policy), emotion_of(felt)]


def policy_called(name: str) -> str:
    """``mirror`` or ``regulate``, however written. Raises Misuse for another."""
    word = name.casefold().strip()
    if word not in POLICIES:
        raise Misuse(f"{name!r} is no policy.", remedy=f"Choose {' or '.join(POLICIES)}.")
    return word


def emotion_of(felt: Affect | EmotionReading) -> str:
    """The emotion of a reading's likeliest expression, or the one that lies nearest."""
    expression = felt.expression if isinstance(felt, EmotionReading) else None
    if expression is not None:
        return expression
    return min(EMOTIONS, key=lambda name: EMOTIONS[name].distance(felt))
