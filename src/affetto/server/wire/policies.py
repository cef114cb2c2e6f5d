"""Where two plain policies send each emotion."""

from __future__ import annotations

from pydantic import Field

from affetto.choice import Goal, Intent
from affetto.server.wire.values import Point, Shape


class PolicyRow(Shape):
    """Where one policy sends one emotion: an aim to ask of a session, with its row."""

    row: str = Field(description="What the row is called, such as regulate/sad.")
    policy: str
    emotion: str
    goal: Goal
    place: Point | None
    intent: Intent | None
    source: str = Field(description="Who says so.")


class PolicyMap(Shape):
    """The emotion map in force."""

    version: int
    digest: str = Field(description="SHA-256 of its file.")
    own: bool = Field(description="Whether it is the listener's own copy.")
    rows: list[PolicyRow]
