"""A choice of music with its reason, and the listener's answer to it."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    SLEEP = "sleep"  # slower and softer, track by track
    PLACE = "place"  # a point of the map that the listener chose


class Intent(StrEnum):
    """What the music is for, in the listener's own words; one mood has several.

    The seven strategies of Saarikallio & Erkkila (Psychology of Music 35(1), 2007),
    and "get me going".
    """

    KEEP = "keep"  # keep me here
    REST = "rest"  # rest me
    INTENSIFY = "intensify"  # more of it
    DISTRACT = "distract"  # take my mind off it
    RELEASE = "release"  # let it out
    THINK = "think"  # let me think
    COMFORT = "comfort"  # comfort me
    GO = "go"  # get me going


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the music should go, by which way, and in how long.

    ``place`` is the point of ``Goal.PLACE``. ``way`` is a journey drawn by hand, from
    where it begins to where it ends; it counts for more than the goal. ``lifted`` says
    that the listener has lifted the cap on long runs of dark and agitated music. ``row``
    names the row of the emotion map that the aim was taken from: ``regulate/sad``.
    """

    goal: Goal = Goal.MATCH
    place: Affect | None = None
    intent: Intent | None = None
    minutes: float | None = None  # None = as long as it lasts
    way: tuple[Affect, ...] = ()
    lifted: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of why a track was chosen: what it is called, and what it adds.

    Amounts of one choice share a unit and add up to its score; a negative one speaks
    against the track.
    """

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Choice:
    """One track chosen for one moment. ``because`` is one true sentence."""

    track: Track
    target: Affect
    because: str
    score: float = 0.0  # higher is better; comparable within one choosing only
    instead: str = ""  # what another wish would have played, as one sentence
    terms: tuple[Term, ...] = field(default=())  # of the score, the strongest first
    propensity: float = 1.0  # chance with which it was drawn, (0, 1]


class Answer(StrEnum):
    """What a listener can say of a choice, with a button or by leaving."""

    LIKED = "liked"
    UNLIKED = "unliked"  # the like taken back
    NEVER = "never"  # never again
    FITS = "fits"  # the right music for this moment
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
