"""A choice of music with its reason, and the listener's answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from affetto.emotion import Affect
from affetto.track import Track


class Goal(StrEnum):
    """Where the listener wants the music to go."""

    MATCH = "match"  # stay with how I feel
    LIFT = "lift"  # brighter
    CALM = "calm"  # quieter
    FOCUS = "focus"  # steady and out of the way


@dataclass(frozen=True, slots=True)
class Choice:
    """One track chosen for one moment. ``because`` is one true sentence."""

    track: Track
    target: Affect
    because: str
    score: float = 0.0  # higher is better; comparable within one choosing only


class Answer(StrEnum):
    """What a listener can say of a choice, with a button or by leaving."""

    LIKED = "liked"
    UNLIKED = "unliked"  # the like taken back
    NOT_NOW = "not_now"  # a fine song, the wrong moment
    FINISHED = "finished"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer to one track."""

    track: Track
    answer: Answer
    at: datetime  # aware, UTC
    position_s: float = 0.0  # how far the track had played
