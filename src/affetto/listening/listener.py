"""One listener: their taste, what music does to them, and the mood they are in.

    begin ──▶ decide ──▶ heard ──▶ decide ──▶ heard …      undo: as if the last were not said

It joins three things that know nothing of each other: the taste and the response of
``recommending`` and the following of ``mood``. Beyond one sitting only this is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from affetto.choice import Aim, Choice, Feedback
from affetto.emotion import Affect, MoodState
from affetto.mood.following import PEOPLE as MOODS
from affetto.mood.following import Following, Population
from affetto.recommending import response, taste
from affetto.recommending.fit import Candidates
from affetto.recommending.linear import Prior
from affetto.recommending.response import Response
from affetto.recommending.taste import Taste
from affetto.track import TrackUri


@dataclass(frozen=True)
class People:
    """What is known of people: where every listener begins."""

    taste: Prior = taste.PEOPLE
    response: response.People = response.PEOPLE
    moods: Population = MOODS


PEOPLE: Final = People()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a choice has to mind beside taste and mood."""

    heard: Sequence[TrackUri] = ()  # oldest first, over all sittings
    barred: frozenset[TrackUri] = frozenset()  # "not now"
    target: Affect | None = None  # of a planned journey; None: as the aim leads
    left: int | None = None  # tracks still to come in this sitting; None: nobody knows
    novelty: float = 0.5  # [0, 1]: 0 only what is known, 1 as much new as can be
    hour: float | None = None  # of the local day
    activity: str | None = None


class Listener:
    """What is known of one person, and the choices that follow from it."""

    def __init__(self, people: People = PEOPLE) -> None:
        self.taste = Taste(people.taste)
        self.response = Response(people.response)
        self.following = Following(people.moods)

    def begin(self, mood: MoodState | None, aim: Aim | None = None) -> None:
        """Begin a sitting; ``mood`` is what is believed now, None when nothing is."""
        raise NotImplementedError

    def decide(
        self, candidates: Candidates, setting: Setting | None = None, *, rng: np.random.Generator
    ) -> Choice:
        """The track to play now. The same generator state, the same choice.

        Raises NothingToPlay when there is no candidate at all.
        """
        raise NotImplementedError

    def heard(self, feedback: Feedback, mood: MoodState | None = None) -> None:
        """Take in one answer; ``mood`` is what was read after a track ended or was skipped."""
        raise NotImplementedError

    def undo(self) -> bool:
        """Be exactly as before the last ``heard``; False when there is none to undo."""
        raise NotImplementedError

    def to_record(self) -> dict[str, Any]:
        """What is kept of the listener as JSON, exactly; the learned part under 2 kB."""
        raise NotImplementedError

    @classmethod
    def from_record(cls, record: Mapping[str, Any], people: People = PEOPLE) -> Listener:
        """The listener that ``to_record`` wrote; a taste alone, as once kept, will do."""
        raise NotImplementedError
