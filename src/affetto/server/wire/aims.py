"""Where the music should go, which way is planned, and which way it went."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool

from affetto.choice import Goal, Intent
from affetto.server.wire.values import Point, Shape

Minutes = Annotated[float, Field(strict=True, ge=1, le=600, allow_inf_nan=False)]


def _a_way(points: list[Point]) -> list[Point]:
    """A way has two ends."""
    if len(points) == 1:
        raise ValueError("a way takes two points or more; leave it empty for none")
    return points


Way = Annotated[list[Point], Field(max_length=64), AfterValidator(_a_way)]

Row = Annotated[str, Field(pattern=r"^(mirror|regulate)/[a-z]{1,20}$")]


class Aim(Shape):
    """Where the music goes, by which way, and in how long."""

    goal: Goal
    place: Point | None = Field(description='Where the goal "place" leads.')
    intent: Intent | None = Field(description="What the music is for.")
    minutes: float | None = Field(
        description="How long the way may take; null: as long as it lasts."
    )
    way: list[Point] = Field(
        description="A journey drawn by hand, 2 to 64 points; it outranks the goal. Empty: none."
    )
    lifted: bool = Field(
        description="The listener lifted the cap on long runs of dark and agitated music."
    )
    row: str | None = Field(
        default=None,
        description="The row of the emotion map that it was taken from, such as regulate/sad.",
    )


class Wish(Shape):
    """Where the music should go; the words are those of Aim."""

    goal: Goal = Goal.MATCH
    place: Point | None = None
    intent: Intent | None = None
    minutes: Minutes | None = None
    way: Way = Field(default_factory=list)
    lifted: StrictBool = False
    row: Row | None = None


class Planned(Shape):
    """One step of the plan. The first is the track that plays."""

    at: datetime = Field(description="When it begins, as far as can be said now.")
    target: Point | None = Field(description="Where its track should lie; null: anywhere.")
    track: str | None = Field(description="The track's id; null while none is chosen yet.")
    place: Point | None = Field(description="Where that track lies; null when nobody knows.")


class Achieved(Shape):
    """One track of this journey that is over, and the mood that was believed then."""

    at: datetime = Field(description="When it ended.")
    target: Point | None
    track: str
    place: Point | None
    mood: Point | None = Field(description="Null when nothing was known.")
