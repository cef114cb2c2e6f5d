"""A sitting put into what a screen shows of it."""

from __future__ import annotations

from datetime import datetime

from affetto.listening.sensing import is_behind
from affetto.listening.sitting import Sitting
from affetto.listening.states import SessionState, timetable
from affetto.listening.travelling import length_s
from affetto.mood.path import TRACK_S


def shown(s: Sitting, now: datetime, *, can_undo: bool) -> SessionState:
    """The sitting at ``now``."""
    mood, course, playing = s.belief.at(now), s.course, s.playing
    known = {place: length_s(choice.track) for place, choice in enumerate(s.queue.choices)}
    left = course.count(known) if course.ends else 0
    ahead = course.targets(max(len(s.queue) + 1, left), known)
    return SessionState(
        aim=course.aim,
        mood=mood,
        target=ahead[0],
        playing=playing,
        queue=tuple(s.queue.choices),
        pinned=frozenset(s.queue.pinned),
        plan=timetable(
            s.in_sight(),
            ahead[len(s.queue) :] if course.ends else [],
            each_s=course.usual_s(known) if course.step_s else TRACK_S,
            began=s.put_on_at if playing else None,
            now=now,
        ),
        achieved=tuple(s.achieved),
        liked=playing is not None and s.learning.likes(playing.track.uri),
        fits=s.fits,
        heard=s.heard,
        senses_muted=s.is_muted(now),
        behind=is_behind(s, mood),
        can_undo=can_undo,
        revision=s.revision,
    )
