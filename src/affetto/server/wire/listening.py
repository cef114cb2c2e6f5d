"""A session, and all that a listener can say to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from affetto.choice import Goal
from affetto.server.wire.feelings import Heard, Mood
from affetto.server.wire.tracks import Track
from affetto.server.wire.values import Coordinate, Covariance, Point, Seconds, Shape, Share

Source = Literal["face", "voice", "pulse", "words"]
Uri = Annotated[str, Field(min_length=3, max_length=1000, pattern=r"^[^:\s]+:[^\x00]+$")]


class Choice(Shape):
    """One track, chosen for one moment, and why."""

    track: Track
    because: str
    target: Point


class Session(Shape):
    """Everything a page shows while somebody listens."""

    id: str
    revision: int = Field(description="Grows with every change; an older one is stale.")
    goal: Goal
    mood: Mood | None
    target: Point | None
    playing: Choice | None
    queue: list[Choice]
    liked: bool = Field(description="Whether the listener likes the playing track.")
    heard: Heard | None
    senses_muted: bool = Field(
        description='True for a while after "not how I feel": readings change nothing.'
    )
    behind: bool = Field(
        description="What plays was chosen for another mood or goal; the next track follows."
    )


class StartSession(Shape):
    """Begin to listen, from a place on the map or from an unknown mood."""

    goal: Goal = Goal.MATCH
    valence: Coordinate | None = None
    arousal: Coordinate | None = None


class AimSession(Shape):
    """Change where the music should lead."""

    goal: Goal


class Touch(Shape):
    """The listener's own word for how they feel."""

    valence: Coordinate
    arousal: Coordinate


class Reading(Shape):
    """What a sense in the browser, or a photo read before, says."""

    valence: Coordinate
    arousal: Coordinate
    covariance: Covariance = (0.09, 0.0, 0.09)
    confidence: Share
    source: Source
    probabilities: dict[str, Share] = Field(default_factory=dict, max_length=64)


class Next(Shape):
    """Go on to the next track. Asked twice for the same track, it moves on once."""

    answer: Literal["finished", "skipped"]
    position_s: Seconds = 0.0
    playing: Uri | None = Field(
        None, description="The track that was playing when this was asked; null when none was."
    )


class Play(Shape):
    """One track that the listener picked."""

    uri: Uri


class GiveAnswer(Shape):
    """What the listener says of a track."""

    answer: Literal["liked", "unliked", "not_now"]
    uri: Uri
    position_s: Seconds = 0.0
