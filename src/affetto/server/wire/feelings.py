"""What was seen of a face, and what is believed of a mood."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from affetto.senses.face_doubt import Doubt
from affetto.server.wire.values import Shape


class Face(Shape):
    """One face in a picture, as the model sees it."""

    box: tuple[int, int, int, int] = Field(description="x, y, width, height in pixels.")
    probabilities: dict[str, float]
    expression: str = Field(description="The likeliest expression.")
    valence: float
    arousal: float
    covariance: tuple[float, float, float] = Field(
        description="Variance of valence, covariance, variance of arousal."
    )
    confidence: float = Field(description="0 means: saw nothing worth believing.")


class Unread(Shape):
    """One face that was found and not read. It changes nothing."""

    box: tuple[int, int, int, int] = Field(description="x, y, width, height in pixels.")
    doubt: Doubt = Field(description="What speaks against reading it.")
    words: str = Field(description="Why it was not read and what helps, for its owner.")


class PictureReading(Shape):
    """What a photo says. The largest face is taken for the listener's."""

    faces: list[Face] = Field(
        max_length=1, description="The largest face; none if nobody is there or it is unread."
    )
    unread: list[Unread] = Field(
        max_length=1, description="The largest face, when it had better not be read."
    )
    others: int = Field(description="How many other faces were seen; they are not read.")
    width: int = Field(description="Width of the picture the boxes refer to, in pixels.")
    height: int


class Mood(Shape):
    """What is believed of the listener now, and how firmly."""

    valence: float
    arousal: float
    covariance: tuple[float, float, float]
    spread: float = Field(description="Mean standard deviation of the two axes.")
    name: str = Field(description="angry, happy, sad or calm.")
    believed: dict[str, float] = Field(description="Each source's share of the belief.")
    words: str = Field(description='The place on the map in words: "fairly pleasant, calm".')


class Heard(Shape):
    """The last reading a sense gave."""

    expression: str | None
    confidence: float
    source: str
    at: datetime
