"""From here to there: meet the mood, then lead it.

A goal is a place on the map to be led to, not a jump. What the music is for says how
the way runs; where it says nothing, the listener's own style of being led does (see
``leading``). A way drawn by hand is taken as it was drawn.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from affetto.choice import Aim, Goal, Intent
from affetto.emotion import Affect, MoodState
from affetto.mood.leading import MILD, Style

# Share of the way from mood to goal that the 1st, 2nd, … track goes; then all of it.
LEAD: Final = (0.4, 0.65, 0.85, 1.0)

LIFTED: Final = Affect(0.75, 0.45)
CALMED: Final = Affect(0.45, -0.60)
FOCUSED: Final = Affect(0.20, -0.15)
ASLEEP: Final = Affect(0.20, -0.85)

TRACK_S: Final = 216.0  # a track of 3.6 minutes, where nobody knows how long it is
UNTIMED: Final = 6  # tracks that a journey takes when no minutes were named


def destination(goal: Goal, mood: Affect | None, *, place: Affect | None = None) -> Affect | None:
    """Where a goal leads from ``mood``. None when matching a mood nobody knows.

    ``place`` is where ``Goal.PLACE`` leads; without one it matches. Nobody is led down:
    lifting keeps a valence, or calming a stillness, that is already past the usual place.
    """
    if goal is Goal.PLACE and place is not None:
        return place
    if goal in (Goal.MATCH, Goal.PLACE):
        return mood
    if goal is Goal.LIFT:
        return LIFTED if mood is None else Affect(max(LIFTED.valence, mood.valence), LIFTED.arousal)
    if goal is Goal.CALM:
        return CALMED if mood is None else Affect(CALMED.valence, min(CALMED.arousal, mood.arousal))
    if goal is Goal.SLEEP:
        return ASLEEP if mood is None else Affect(ASLEEP.valence, min(ASLEEP.arousal, mood.arousal))
    return FOCUSED


def target(
    goal: Goal, mood: MoodState | None, step: int, *, place: Affect | None = None
) -> Affect | None:
    """Where the ``step``-th track since the goal was set should lie (0 = first).

    None means there is no reason to prefer any place: nothing is known and the
    goal is to match it. With the mood unknown other goals aim straight at their place.
    """
    end = destination(goal, mood.mean if mood else None, place=place)
    if mood is None or end is None:
        return end
    return _between(mood.mean, end, LEAD[min(step, len(LEAD) - 1)])


def tracks_in(minutes: float | None, *, track_s: float = TRACK_S) -> int | None:
    """How many tracks fill so many minutes, at least one; None when they are not limited."""
    return None if minutes is None else max(1, round(minutes * 60 / track_s))


def end_of(aim: Aim, start: Affect | None) -> Affect | None:
    """Where a journey ends that begins at ``start``; None when nobody can know.

    A way drawn by hand outranks the goal, and a goal other than matching the intent.
    """
    if aim.way:
        return aim.way[-1]
    if aim.goal in (Goal.MATCH, Goal.PLACE) and aim.place is None and aim.intent is not None:
        return _COURSES[aim.intent].end(start)
    return destination(aim.goal, start, place=aim.place)


def places_at(
    aim: Aim,
    start: Affect | None,
    steps: Sequence[float],
    *,
    over: int | None = None,
    style: Style = MILD,
) -> list[Affect | None]:
    """Where the tracks should lie that begin when so many usual ones are over: 0 is the first.

    A step may be a fraction, where tracks are longer or shorter than the usual one. ``start``
    is the mood when the aim was set. The journey takes ``over`` tracks, by default as many as
    fill the aim's minutes, and from then on stays at its end. ``style`` says how fast it leads
    where neither a drawn way nor an intent does. None is a track for which there is no reason
    to prefer any place.
    """
    over = max(1, over or tracks_in(aim.minutes) or UNTIMED)
    if aim.way:
        return [_along(aim.way, 1.0 if over == 1 else k / (over - 1)) for k in steps]
    end = end_of(aim, start)
    course = _COURSES.get(aim.intent) if aim.intent is not None else None
    if course is not None and course.style is not None:
        style = course.style
    if aim.goal is Goal.SLEEP:
        style = GLIDE
    shares = [_share(step, over, style) for step in steps]
    if start is None or end is None:
        return [end if share > 0.0 else start for share in shares] if course else [end] * len(steps)
    return [_between(start, end, share) for share in shares]


# -- what the music is for -----------------------------------------------------------------

# Sleep, and getting going: every track a little further, none held and none hurried.
GLIDE: Final = Style("glide", 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Course:
    """The way an intent takes: where it ends, and how it gets there (None: as usual)."""

    end: Callable[[Affect | None], Affect | None]
    style: Style | None = None


def _keep(mood: Affect | None) -> Affect | None:
    """Entertainment: a mood that is fine as it is wants company, not a direction."""
    return mood


def _rest(mood: Affect | None) -> Affect:
    """Revival: quieter and a little warmer, to gather strength. Nobody is stirred."""
    if mood is None:
        return Affect(0.4, -0.5)
    return Affect(max(0.4, mood.valence), min(-0.5, mood.arousal))


def _intensify(mood: Affect | None) -> Affect | None:
    """Strong sensation: the same feeling, stronger: further out on the map.

    Only what is pleasant grows in valence. People who chose sad music felt worse after
    it, whatever they had hoped (335 listeners; Garrido & Schubert 2015), so a dark mood
    becomes more intense, not darker.
    """
    if mood is None:
        return Affect(0.3, 0.7)
    strength = Affect(0.0, 0.0).distance(mood)
    if strength < 0.15:  # no feeling yet that could be had more of
        return Affect.clipped(mood.valence, mood.arousal + 0.4)
    reach = 0.35 / strength
    valence = mood.valence + max(0.0, reach * mood.valence)
    return Affect.clipped(valence, mood.arousal + reach * mood.arousal)


def _distract(mood: Affect | None) -> Affect:
    """Diversion: at once to something pleasant and engaging; matching would dwell on it."""
    return Affect(0.5 if mood is None else max(0.5, mood.valence), 0.25)


def _release(mood: Affect | None) -> Affect:
    """Discharge: music as dark or as fierce as the mood for half of the way, then easier.

    The easing is there because letting out without it goes with anxiety (Carlson et al.,
    Frontiers in Human Neuroscience 9, 2015): the way ends no darker than the middle.
    """
    if mood is None:
        return Affect(0.0, -0.2)
    return Affect(max(0.0, mood.valence), min(-0.2, mood.arousal))


def _think(mood: Affect | None) -> Affect:
    """Mental work: the mood is kept, so that it can be looked at; the pace makes room."""
    if mood is None:
        return Affect(0.0, -0.3)
    return Affect(mood.valence, min(-0.3, mood.arousal))


def _comfort(mood: Affect | None) -> Affect:
    """Solace: understood first, then gently led to somewhere warm and quiet."""
    if mood is None:
        return Affect(0.3, -0.3)
    return Affect(max(0.3, mood.valence), min(max(mood.arousal, -0.4), -0.2))


def _go(mood: Affect | None) -> Affect:
    """Getting going: brighter and livelier with every track."""
    if mood is None:
        return Affect(0.5, 0.7)
    return Affect(max(0.5, mood.valence), max(0.7, mood.arousal))


# The strategies are those of Saarikallio & Erkkila (Psychology of Music 35(1), 2007); how
# they run on the map is our reading of them.
_COURSES: Final = {
    Intent.KEEP: _Course(_keep),
    Intent.REST: _Course(_rest),
    Intent.INTENSIFY: _Course(_intensify),
    Intent.DISTRACT: _Course(_distract, Style("at once", 0.0, 0.2)),
    Intent.RELEASE: _Course(_release, Style("match, then ease", 0.5, 1.0)),
    Intent.THINK: _Course(_think),
    Intent.COMFORT: _Course(_comfort, Style("match, then lift", 0.35, 1.0)),
    Intent.GO: _Course(_go, GLIDE),
}


# -- inside --------------------------------------------------------------------------------


def _share(step: float, over: int, style: Style) -> float:
    """How much of the way the ``step``-th of ``over`` tracks goes: held, led, arrived.

    Leading sets out and arrives gently, w(t) = t²(3 - 2t); a glide is even.
    """
    hold = min(round(style.hold * over), over - 1)
    by = max(hold + 1, round(style.by * over))
    t = min(1.0, max(0.0, (step + 1 - hold) / (by - hold)))
    return t if style == GLIDE else t * t * (3 - 2 * t)


def _between(start: Affect, end: Affect, share: float) -> Affect:
    if share >= 1.0:  # exactly, whatever rounding would make of it
        return end
    return Affect.clipped(
        start.valence + share * (end.valence - start.valence),
        start.arousal + share * (end.arousal - start.arousal),
    )


def _along(way: Sequence[Affect], share: float) -> Affect:
    """The point of a drawn way that has this share of its length behind it."""
    left = min(1.0, share) * sum(a.distance(b) for a, b in itertools.pairwise(way))
    for a, b in itertools.pairwise(way):
        length = a.distance(b)
        if left <= length and length > 0.0:
            return _between(a, b, left / length)
        left -= length
    return way[-1]
