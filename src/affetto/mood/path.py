"""From here to there: meet the mood, then lead it.

A goal is a place on the map to be led to, not a jump: the first track stays near the
listener, each later one goes further. Whether meeting first helps more than going
straight is unproven (pre-registered trial of 193 people, doi
10.1177/10298649261421187), so the lead is brisk and its rate is one number.
"""

from __future__ import annotations

from typing import Final

from affetto.choice import Goal
from affetto.emotion import Affect, MoodState

# Share of the way from mood to goal that the 1st, 2nd, … track goes; then all of it.
LEAD: Final = (0.4, 0.65, 0.85, 1.0)

LIFTED: Final = Affect(0.75, 0.45)
CALMED: Final = Affect(0.45, -0.60)
FOCUSED: Final = Affect(0.20, -0.15)
ASLEEP: Final = Affect(0.20, -0.85)


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
        return ASLEEP
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
    share = LEAD[min(step, len(LEAD) - 1)]
    start = mood.mean
    return Affect.clipped(
        start.valence + share * (end.valence - start.valence),
        start.arousal + share * (end.arousal - start.arousal),
    )
