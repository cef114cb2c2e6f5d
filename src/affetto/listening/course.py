"""The way that a session takes: from where, to where, and how far along it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from affetto.choice import Aim, Goal
from affetto.emotion import Affect
from affetto.listening.records import affect_from, aim_from, aim_record, pair_of
from affetto.mood.leading import MILD, STYLES, Style
from affetto.mood.path import UNTIMED, end_of, tracks_in, waypoints


@dataclass(slots=True)
class Course:
    """Where the music goes while one aim stands."""

    aim: Aim = field(default_factory=Aim)
    start: Affect | None = None  # the mood it sets out from; None until one is known
    style: Style = MILD
    step: int = 0  # tracks put on since
    over: int = 0  # tracks it takes in all

    def __post_init__(self) -> None:
        self.over = self.over or tracks_in(self.aim.minutes) or UNTIMED

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
        """How many tracks are left of it."""
        return max(0, self.over - self.step)

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
            self.over, self.step, self.start = max(1, self.left), 0, mood

    def targets(self, count: int) -> list[Affect | None]:
        """Where each of the next ``count`` tracks should lie; None is anywhere."""
        ahead = waypoints(self.aim, self.start, self.step + count, over=self.over, style=self.style)
        return ahead[self.step :]

    def to_record(self) -> dict[str, Any]:
        """The course as JSON."""
        return {
            "aim": aim_record(self.aim),
            "start": pair_of(self.start),
            "style": self.style.name,
            "step": self.step,
            "over": self.over,
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
        )
