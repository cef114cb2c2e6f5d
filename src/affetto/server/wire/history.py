"""Past sessions: what was played in each, how the mood went, and what a span of days came to."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from affetto.choice import Answer, Goal
from affetto.server.wire.values import Coordinate, Point, Shape


class PastSession(Shape):
    """One time of listening. Places are null unless they were agreed to be kept."""

    id: str
    goal: Goal = Field(description="The last goal of the session.")
    started_at: datetime
    ended_at: datetime | None = Field(description="Null while it runs.")
    tracks: int = Field(description="How many tracks were put on.")
    before: Point | None = Field(
        description="How the listener said they were: asked, or the map's first touch within "
        "two minutes."
    )
    after: Point | None


class PastSessions(Shape):
    """One page of them, the latest first."""

    total: int
    sessions: list[PastSession]


class PastAnswer(Shape):
    """What the listener said of a track, or how they left it."""

    at: datetime
    answer: Answer
    position_s: float


class PastTrack(Shape):
    """One track of a session."""

    track: str = Field(description="The track's id.")
    title: str = Field(description="Its id when it has left the library.")
    artist: str
    here: bool = Field(description="Whether it is still in the library.")
    at: datetime = Field(description="When it was put on.")
    heard_s: float = Field(description="For how long it was heard, as far as can be told.")
    because: str
    goal: Goal | None
    target: Point | None
    mood_after: Point | None = Field(description="The mood believed when it was over.")
    answers: list[PastAnswer]


class PastMood(Shape):
    """The mood at one moment of a session."""

    at: datetime
    valence: float
    arousal: float
    spread: float | None = Field(
        description="Mean standard deviation of the two axes; null where there is none."
    )
    source: Literal["senses", "belief", "self"] = Field(
        description="Readings of the senses, the belief at the end of a track, or own words."
    )


class PastAccount(Shape):
    """One session with its tracks, its moods and what the listener said."""

    session: PastSession
    tracks: list[PastTrack]
    moods: list[PastMood] = Field(description="In the order of time; empty where none was kept.")
    corrections: list[datetime] = Field(description='When the listener said "not how I feel".')


class CheckIn(Shape):
    """How the listener is, before or after a session."""

    moment: Literal["before", "after"]
    valence: Coordinate
    arousal: Coordinate


class MoodChange(Shape):
    """After less before, the mean of the sessions in which both are known."""

    sessions: int
    valence: float
    arousal: float
    lighter: int = Field(description="Sessions after which it was more pleasant, by 0.1 or more.")
    heavier: int = Field(description="Sessions after which it was less pleasant, by 0.1 or more.")


class GoalCount(Shape):
    """How many tracks were put on for one goal."""

    goal: Goal
    tracks: int


class HistoryRecap(Shape):
    """What a span of days came to."""

    since: datetime
    until: datetime
    sessions: int
    tracks: int = Field(description="Tracks put on.")
    different: int = Field(description="Different tracks among them.")
    heard_s: float
    liked: int
    goals: list[GoalCount] = Field(description="Those most listened for first.")
    change: MoodChange | None = Field(description="Null where no session has both moments.")


class Deleted(Shape):
    """How many sessions went."""

    sessions: int
