"""A session as a screen shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from affetto.choice import Aim, Choice
from affetto.emotion import Affect, EmotionReading, MoodState
from affetto.mood.path import TRACK_S
from affetto.track import Track, TrackUri


@dataclass(frozen=True, slots=True)
class Planned:
    """One step of the plan; no track is chosen yet where ``track`` is None."""

    at: datetime  # when it begins, as far as can be said
    target: Affect | None
    track: Track | None


@dataclass(frozen=True, slots=True)
class Passed:
    """One track of the journey that is over, and the mood that was believed then."""

    at: datetime  # when it ended
    uri: TrackUri
    target: Affect | None
    place: Affect | None  # of the track
    mood: Affect | None


@dataclass(frozen=True, slots=True)
class SessionState:
    """Everything there is to show."""

    aim: Aim
    mood: MoodState | None
    target: Affect | None  # of the track that comes next
    playing: Choice | None
    queue: tuple[Choice, ...]
    pinned: frozenset[TrackUri]  # of the queue
    plan: tuple[Planned, ...]  # what plays, the queue, and the rest of the way
    achieved: tuple[Passed, ...]  # since the aim was set, the last 100, oldest first
    liked: bool  # the playing track
    fits: bool  # the listener said that the playing track does
    heard: EmotionReading | None  # what a sense last said
    senses_muted: bool
    behind: bool  # what plays was chosen for another mood or aim; the next one follows
    can_undo: bool
    revision: int  # rises with every change


def place_of(track: Track) -> Affect | None:
    """Where a track lies on the map; None when nobody has listened to it."""
    features = track.features
    return Affect(features.valence, features.arousal) if features else None


def timetable(
    choices: Sequence[Choice],
    rest: Sequence[Affect | None],
    *,
    each_s: float = TRACK_S,
    began: datetime | None,
    now: datetime,
) -> tuple[Planned, ...]:
    """When each of ``choices`` begins, and then each step of ``rest``, ``each_s`` apart.

    ``began`` is when the first one was put on; None when it is yet to be.
    """
    steps: list[Planned] = []
    at = began or now
    for n, choice in enumerate(choices):
        steps.append(Planned(at, choice.target, choice.track))
        at += timedelta(seconds=choice.track.duration_s or TRACK_S)
        if n == 0:
            at = max(at, now)  # it was paused for a while
    for target in rest:
        steps.append(Planned(at, target, None))
        at += timedelta(seconds=each_s)
    return tuple(steps)
