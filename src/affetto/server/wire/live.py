"""What the live line carries."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from affetto.server.wire.feelings import Face, Unread
from affetto.server.wire.listening import Session
from affetto.server.wire.providers import Sounds
from affetto.server.wire.values import Shape, Trouble


class SessionEvent(Shape):
    """The session changed."""

    type: Literal["session"] = "session"
    session: Session


class ReadingEvent(Shape):
    """A camera frame was looked at. ``face`` is null when none was found or read."""

    type: Literal["reading"] = "reading"
    face: Face | None
    unread: list[Unread] = Field(
        max_length=1, description="The largest face, when it had better not be read."
    )
    others: int
    problem: Trouble | None
    ms: float = Field(description="Time from the frame's arrival to this answer.")


class SoundsEvent(Shape):
    """The music sounds elsewhere, or the player there did something."""

    type: Literal["sounds"] = "sounds"
    sounds: Sounds


class PongEvent(Shape):
    """The answer to a ping."""

    type: Literal["pong"] = "pong"


class Ping(Shape):
    """A sign of life from the page."""

    type: Literal["ping"]
