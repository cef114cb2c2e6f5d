"""When what the senses read changes the queue: near a track's end, once, and not in a flicker.

Everything here is told in seconds and in map units, never in readings, so that a camera
that reads once a second and one that reads thirty times lead to the same queue.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto
from typing import Final

from affetto.emotion import MoodState
from affetto.listening.sitting import Sitting

# A sensed mood counts when it has moved this far on the map and then stayed this still for
# this long; a photo, one reading alone, counts at once.
MOVED: Final = 0.25
STILL: Final = 0.15
SETTLED_S: Final = 5.0
LONE_READING_S: Final = 10.0
# So long before its end the senses may change what comes after a track.
NEAR_END_S: Final = 20.0
# A mood read longer ago than this says nothing of what a track has done.
FRESH_S: Final = 60.0


class Call(Enum):
    """What a reading calls for."""

    NOTHING = auto()
    PLAN = auto()  # all of the queue: nothing plays yet
    PLAN_REST = auto()  # all but the next track, which was shown as such


def is_alone(sitting: Sitting, at: datetime) -> bool:
    """Whether a reading of this moment is the only one for a while, as a photo is."""
    heard = sitting.heard
    return heard is None or (at - heard.at).total_seconds() >= LONE_READING_S


def called_for(sitting: Sitting, now: datetime, *, alone: bool) -> Call:
    """What to do now that something was read; remembers where the mood has gone."""
    mood = sitting.belief.at(now)
    if mood is None:
        return Call.NOTHING
    if sitting.planned_for is not None and mood.mean.distance(sitting.planned_for) < MOVED:
        sitting.moved = None
        return Call.NOTHING
    if sitting.moved is None or mood.mean.distance(sitting.moved[0]) > STILL:
        sitting.moved = (mood.mean, now)
    settled = (now - sitting.moved[1]).total_seconds() >= SETTLED_S
    if sitting.playing is None:
        begins = alone or settled or sitting.planned_for is None
        return Call.PLAN if begins else Call.NOTHING
    if not sitting.sensed and (alone or (settled and is_near_end(sitting, now))):
        sitting.sensed = True
        return Call.PLAN_REST
    return Call.NOTHING


def is_near_end(sitting: Sitting, now: datetime) -> bool:
    """Whether what plays is about to end; always, when nobody knows how long it is."""
    if sitting.playing is None or sitting.put_on_at is None:
        return True
    length = sitting.playing.track.duration_s
    return not length or (now - sitting.put_on_at).total_seconds() >= length - NEAR_END_S


def is_behind(sitting: Sitting, mood: MoodState | None) -> bool:
    """Whether what plays was chosen for another aim, or for a mood that has passed."""
    if sitting.playing is None:
        return False
    aim, place = sitting.playing_for
    if aim != sitting.course.aim:
        return True
    return mood is not None and (place is None or mood.mean.distance(place) >= MOVED)


def newly_read(sitting: Sitting, now: datetime) -> MoodState | None:
    """The mood, if it was read since the listener's model was last told; it is told now.

    What was read once is no news after the next track, and must not count twice.
    """
    read_at, told_at = sitting.read_at, sitting.observed_at
    if read_at is None or (told_at is not None and read_at <= told_at):
        return None
    if (now - read_at).total_seconds() > FRESH_S:
        return None
    sitting.observed_at = now
    return sitting.belief.at(now)
