"""A whole journey before it begins: where it goes, track by track, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final

import numpy as np

from affetto.choice import Aim, Choice
from affetto.emotion import Affect, Covariance
from affetto.listening.course import MOST, Course
from affetto.mood.leading import MILD, Style
from affetto.mood.path import TRACK_S, end_of, tracks_in
from affetto.recommending.fit import Candidates
from affetto.recommending.planning import plan_ahead
from affetto.recommending.rules import rules_for
from affetto.recommending.scoring import Wish
from affetto.recommending.taste import Taste
from affetto.track import Track, TrackUri

UNTIMED_MINUTES: Final = 30.0  # of a journey whose length nobody named
PASSES: Final = 6  # plans made until the clock of the tracks is that of their places
NEAR: Final = 0.1  # map units that a place may be off: a mood is known no better


@dataclass(frozen=True, slots=True)
class Step:
    """One track of a journey, and when it begins."""

    choice: Choice
    begins_s: float
    target: Affect | None  # where it was meant to lie; None = anywhere


@dataclass(frozen=True, slots=True)
class Journey:
    """A plan from a mood to where the aim leads."""

    aim: Aim
    start: Affect
    end: Affect | None
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> float:
        """How long it takes."""
        if not self.steps:
            return 0.0
        last = self.steps[-1]
        return last.begins_s + length_s(last.choice.track)


@dataclass(frozen=True, slots=True)
class Traveller:
    """Whose journey it is: what they like and rule out, have heard, and how they are led."""

    taste: Taste = field(default_factory=Taste)
    never: frozenset[TrackUri] = frozenset()
    heard: Sequence[TrackUri] = ()  # before, oldest first
    style: Style = MILD


def journey(
    candidates: Candidates,
    aim: Aim,
    start: Affect,
    *,
    around: Covariance = Covariance(0.02, 0.0, 0.02),
    traveller: Traveller | None = None,
    seed: int | None = None,
) -> Journey:
    """Plan all tracks of a journey from ``start``, of the aim's minutes or half an hour.

    The same ``seed`` plans the same; none leaves nothing to chance. It ends with the track
    in which the minutes are over. Raises NothingToPlay for an empty library.
    """
    who = traveller or Traveller()
    minutes = UNTIMED_MINUTES if aim.minutes is None else aim.minutes
    over = min(MOST, tracks_in(minutes, track_s=usual_length_s(candidates.tracks)) or 1)
    course = Course(replace(aim, minutes=minutes), start, who.style, over=over)
    wish = Wish(
        goal=aim.goal,
        intent=aim.intent,
        mood=start,
        around=around,
        end=end_of(aim, start),
        heard=who.heard,
        explicit=who.never,  # as firmly kept out
        drawn=bool(aim.way),
        rules=rules_for(aim),
    )
    known: dict[int, float] = {}
    for _ in range(PASSES):
        # A few more than should fill the minutes: those chosen may be shorter.
        count = course.count(known)
        targets = course.targets(count + 2 + (0 if known else count // 5), known)
        rng = None if seed is None else np.random.default_rng(seed)
        choices = plan_ahead(candidates, wish, targets, taste=who.taste, rng=rng)
        known = {place: length_s(choice.track) for place, choice in enumerate(choices)}
        enough = course.count(known)
        meant = course.targets(len(choices), known)
        if enough < len(choices) and not is_off(targets[:enough], meant[:enough]):
            break
    steps: list[Step] = []
    begins_s = 0.0
    for choice, target in zip(choices, targets, strict=False):
        if steps and begins_s >= minutes * 60:
            break
        steps.append(Step(choice, begins_s, target))
        begins_s += length_s(choice.track)
    return Journey(aim, start, end_of(aim, start), tuple(steps))


def is_off(planned: Sequence[Affect | None], meant: Sequence[Affect | None]) -> bool:
    """Whether a place that was planned for is not the one that its time asks for."""
    return any(
        one is not None and other is not None and one.distance(other) > NEAR
        for one, other in zip(planned, meant, strict=True)
    )


def length_s(track: Track) -> float:
    """How long a track plays; the usual length where nobody knows."""
    return track.duration_s or TRACK_S


def usual_length_s(tracks: Sequence[Track]) -> float:
    """How long a track of this music usually plays: the middle of some, spread over all."""
    some = tracks[:: max(1, len(tracks) // 1000)]
    known = [track.duration_s for track in some if track.duration_s > 0]
    return median(known) if known else TRACK_S
