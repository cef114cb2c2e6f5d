"""A session, and all that a listener can say to it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool

from affetto.choice import Goal, Intent
from affetto.server.wire.aims import Achieved, Aim, Minutes, Planned, Row, Way, Wish
from affetto.server.wire.feelings import Heard, Mood
from affetto.server.wire.tracks import Track
from affetto.server.wire.values import Coordinate, Covariance, Point, Seconds, Shape, Share

Source = Literal["face", "voice", "pulse", "words"]
Uri = Annotated[str, Field(min_length=3, max_length=1000, pattern=r"^[^:\s]+:[^\x00]+$")]


def _whole(number: Any) -> Any:
    """In JSON 3.0 is a whole number as well."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


Place = Annotated[int, Field(strict=True, ge=0, le=1000), BeforeValidator(_whole)]


class Term(Shape):
    """One part of why a track was chosen. All terms of a choice add up to its score."""

    name: str
    amount: float = Field(description="What it adds; a negative one speaks against the track.")


class Choice(Shape):
    """One track, chosen for one moment, and why."""

    track: Track
    because: str
    target: Point
    instead: str = Field(
        description="What another wish would have played, as one sentence; may be empty."
    )
    terms: list[Term] = Field(description="The strongest first; empty for a track one picked.")
    pinned: bool = Field(description="It stays in the queue, whatever is planned anew.")


class Session(Shape):
    """Everything a page shows while somebody listens."""

    id: str
    revision: int = Field(description="Grows with every change; an older one is stale.")
    goal: Goal
    aim: Aim
    mood: Mood | None
    target: Point | None
    playing: Choice | None
    queue: list[Choice]
    plan: list[Planned] = Field(
        description="The playing track, the queue, and the rest of the way to its end."
    )
    achieved: list[Achieved] = Field(
        description="The last 100 tracks since this aim was set, oldest first."
    )
    liked: bool = Field(description="Whether the listener likes the playing track.")
    fits: bool = Field(description="Whether the listener said that the playing track fits.")
    can_undo: bool = Field(description="Whether there is an act of the listener to take back.")
    heard: Heard | None
    senses_muted: bool = Field(
        description='True for a while after "not how I feel": readings change nothing.'
    )
    behind: bool = Field(
        description="What plays was chosen for another mood or goal; the next track follows."
    )


class StartSession(Wish):
    """Begin to listen, from a place on the map or from an unknown mood."""

    valence: Coordinate | None = None
    arousal: Coordinate | None = None


class AimSession(Shape):
    """Change where the music should lead.

    With a goal it is a new aim: what is left out takes its default. Without one only what
    is named changes.
    """

    goal: Goal | None = None
    place: Point | None = None
    intent: Intent | None = None
    minutes: Minutes | None = None
    way: Way = Field(default_factory=list)
    lifted: StrictBool | None = None
    row: Row | None = None


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
    """What the listener says of a track. Taste and fit are kept apart.

    "fits" and "not_now" speak of the moment only; "never" keeps the track, or its whole
    artist, away for good.
    """

    answer: Literal["liked", "unliked", "never", "fits", "not_now"]
    uri: Uri
    position_s: Seconds = 0.0
    of: Literal["track", "artist"] = Field("track", description='Whom "never" is said of.')


class Pin(Shape):
    """Keep a track of the queue where it is, or let it go again."""

    uri: Uri
    pinned: StrictBool


class Remove(Shape):
    """Take a track out of the queue, for this session; nothing is learned from it."""

    uri: Uri


class Move(Shape):
    """Put a track of the queue at another place in it. It stays there: it is pinned."""

    uri: Uri
    to: Place = Field(
        description="The place in the queue, 0 for the next; beyond the end is the end."
    )
