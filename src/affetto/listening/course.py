"""The way that a session takes: from where, to where, and how far along it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from types import MappingProxyType
from typing import Any, Final

from affetto.choice import Aim, Goal
from affetto.emotion import Affect
from affetto.listening.records import affect_from, aim_from, aim_record, pair_of
from affetto.mood.leading import MILD, STYLES, Style
from affetto.mood.path import TRACK_S, UNTIMED, end_of, places_at, tracks_in

MOST: Final = 400  # tracks of one plan
Lengths = Mapping[int, float]  # seconds of the tracks ahead that are known; 0 = the next one
_UNKNOWN: Final[Lengths] = MappingProxyType({})


@dataclass(slots=True)
class Course:
    """Where the music goes while one aim stands.

    A step is a usual track. Where the aim has minutes, a track takes as many steps as it
    is long, so that the way is over with the minutes; otherwise each track is one.
    """

    aim: Aim = field(default_factory=Aim)
    start: Affect | None = None  # the mood it sets out from; None until one is known
    style: Style = MILD
    step: float = 0  # where the next track begins
    over: int = 0  # steps it takes in all
    begun: float = 0  # where the track began that plays
    step_s: float = 0.0  # seconds of a step; 0 where tracks are counted

    def __post_init__(self) -> None:
        self.over = self.over or tracks_in(self.aim.minutes) or UNTIMED
        self.step_s = self.step_s or (self.aim.minutes or 0.0) * 60 / self.over

    @property
    def stays(self) -> bool:
        """Whether it only keeps the listener company, wherever they are."""
        aim = self.aim
        return aim.goal is Goal.MATCH and aim.intent is None and not aim.way

    @property
    def ends(self) -> bool:
        """Whether it has an end that the listener named: a way drawn, or minutes."""
        return bool(self.aim.way) or self.aim.minutes is not None

    @property
    def left(self) -> int:
        """How many usual tracks are left of it."""
        return max(0, ceil(self.over - self.step - 1e-6))

    @property
    def end(self) -> Affect | None:
        """Where it leads; None when nobody can know."""
        return end_of(self.aim, self.start)

    def follow(self, mood: Affect | None) -> None:
        """Go by what is believed now: set out once a mood is known, and keep it company."""
        if self.start is None or self.stays:
            self.start = mood

    def restart(self, mood: Affect) -> None:
        """The listener said where they are: what is left of the way begins there.

        A way drawn by hand goes on as it was drawn.
        """
        if not self.aim.way:
            left = max(1, self.left)
            self.begun -= self.step
            self.over, self.step, self.start = left, 0, mood

    def put_on(self, length_s: float) -> None:
        """A track of this length begins."""
        self.begun = self.step
        self.step += length_s / self.step_s if self.step_s else 1

    def broke_off(self, played_s: float) -> None:
        """What plays is over after so many seconds, as the minutes go; counted, it counts."""
        if self.step_s:
            self.step = min(self.step, self.begun + max(0.0, played_s) / self.step_s)

    @property
    def arrives(self) -> bool:
        """Whether it is over with the track that plays."""
        return self.begun < self.over <= self.step + 1e-6

    def usual_s(self, known: Lengths = _UNKNOWN) -> float:
        """How long a track ahead takes that is not known yet: as those that are, or a step."""
        return sum(known.values()) / len(known) if known else self.step_s or TRACK_S

    def count(self, known: Lengths = _UNKNOWN) -> int:
        """How many tracks are left of it, with what is known of them."""
        if not self.step_s:
            return self.left
        return sum(step < self.over - 1e-6 for step in self._steps(MOST, known))

    def targets(self, count: int, known: Lengths = _UNKNOWN) -> list[Affect | None]:
        """Where each of the next ``count`` tracks should lie; None is anywhere."""
        steps = self._steps(count, known)
        return places_at(self.aim, self.start, steps, over=self.over, style=self.style)

    def _steps(self, count: int, known: Lengths) -> list[float]:
        """Where each of the next ``count`` tracks begins."""
        usual_s = self.usual_s(known)
        steps, step = [], self.step
        for place in range(count):
            steps.append(step)
            step += known.get(place, usual_s) / self.step_s if self.step_s else 1
        return steps

    def to_record(self) -> dict[str, Any]:
        """The course as JSON."""
        return {
            "aim": aim_record(self.aim),
            "start": pair_of(self.start),
            "style": self.style.name,
            "step": self.step,
            "over": self.over,
            "begun": self.begun,
            "step_s": self.step_s,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Course:
        """The course that ``to_record`` wrote."""
        return cls(
            aim=aim_from(record["aim"]),
            start=affect_from(record["start"]),
            style=STYLES.get(record["style"], MILD),
            step=record["step"],
            over=record["over"],
            begun=record.get("begun", 0),
            step_s=record.get("step_s", 0.0),
        )
