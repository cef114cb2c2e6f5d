"""What was learned of a listener, what they stated, and how all of it leaves the house."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, model_validator

from affetto.choice import Answer, Goal, Intent
from affetto.server.wire.values import Point, Shape, Share

Name = Annotated[str, Field(min_length=1, max_length=300)]


class Estimate(Shape):
    """A number that was learned, how sure it is, and what it rests on."""

    name: str = Field(description="Of a trait, an artist, or what moves a mood.")
    words: str = Field(description="What it means, in one sentence.")
    amount: float
    low: float = Field(description="With high, the interval it lies in by 95 in 100.")
    high: float
    n: int = Field(description="How many answers, tracks or readings it rests on.")


class Effects(Shape):
    """What music does to this listener's mood."""

    known: bool = Field(description="False: no effect is known yet.")
    words: str
    n: int = Field(description="How many tracks with a mood read before and after.")
    effects: list[Estimate]


class UsualMood(Shape):
    """Where the listener usually is on the map."""

    place: Point
    spread: float = Field(description="Mean standard deviation of the two axes.")
    words: str
    n: int = Field(description="How many readings it rests on.")


class Leading(Shape):
    """A way of being led, and how likely it is the best one for this listener."""

    name: str
    words: str
    chance: Share


class Liked(Shape):
    """A track that the listener said they like."""

    uri: str
    title: str
    artist: str


class Never(Shape):
    """What is never played again: one track, or all of an artist."""

    of: Literal["track", "artist"]
    name: str = Field(description="The track's id, or the artist's name.")
    words: str = Field(description="The track's title and artist, or the artist's name.")


class SetNever(Shape):
    """Never again, or again after all."""

    of: Literal["track", "artist"]
    name: Name
    never: StrictBool


class Statement(Shape):
    """One thing that the listener stated: told, not guessed."""

    about: Literal["artist", "genre", "decade"]
    name: Name = Field(description='An artist, a genre, or a decade as "1990".')
    liked: StrictBool = Field(description="False: the listener does not like it.")
    mood: Literal["angry", "happy", "sad", "calm"] | None = Field(
        description='Only when feeling so: "when I am sad, play …"; null: always.'
    )

    @model_validator(mode="after")
    def _is_a_decade(self) -> Statement:
        if self.about == "decade" and not re.fullmatch(r"[12]\d\d0", self.name.strip()):
            raise ValueError('name a decade by its first year, as "1990"')
        return self


class Preferences(Shape):
    """What the listener has stated and set."""

    statements: Annotated[list[Statement], Field(max_length=500)]
    novelty: Share = Field(description="How much may be new: 0 the familiar, 1 the unheard.")
    explicit: StrictBool = Field(description="Whether explicit tracks may play.")


class Learned(Shape):
    """Everything that was learned of the listener, in words and numbers."""

    answers: int = Field(description="How many answers are kept.")
    since: datetime | None = Field(description="When the first was given; null: none yet.")
    words: str = Field(description="The whole in one sentence.")
    traits: list[Estimate] = Field(description="What the listener likes, the surest first.")
    artists: list[Estimate]
    response: Effects
    usual: UsualMood | None = Field(description="Null while no mood was ever read.")
    leading: list[Leading] = Field(description="The likeliest first.")
    liked: list[Liked]
    never: list[Never]
    preferences: Preferences
    imported: int = Field(description="How many plays of an imported history were matched.")


class LoggedChoice(Shape):
    """One track that was put on. Places are null unless they were agreed to be kept."""

    session: str
    track: str
    at: datetime
    because: str
    propensity: float | None = Field(description="The chance with which it was drawn.")
    terms: dict[str, float]
    goal: Goal | None
    intent: Intent | None
    minutes: float | None
    row: str | None = Field(description="The row of the emotion map it was put on for.")
    chosen_by: str | None = Field(description="The way of choosing.")
    target: Point | None
    achieved: Point | None


class LoggedAnswer(Shape):
    """One answer of the listener."""

    track: str
    at: datetime
    answer: Answer
    position_s: float


class KeptProvider(Shape):
    """A provider that is connected, without its secrets."""

    provider: str
    settings: dict[str, str]
    connected_at: datetime


class Export(Shape):
    """All that was learned and all it was learned from, to take along."""

    at: datetime
    learned: Learned
    record: dict[str, Any] = Field(description="The numbers themselves, exactly.")
    choices: list[LoggedChoice]
    answers: list[LoggedAnswer]
    connections: list[KeptProvider]


class BadLine(Shape):
    """A line of an imported history that could not be read."""

    line: int
    problem: str


class Imported(Shape):
    """What an imported listening history came to."""

    plays: int = Field(description="Plays that could be read.")
    matched: int = Field(description="Of these, plays of tracks of this library.")
    tracks: int = Field(description="Tracks of this library among them.")
    artists: int = Field(description="Artists of this library among them.")
    bad: int = Field(description="Lines that could not be read.")
    bad_lines: Annotated[list[BadLine], Field(max_length=20)] = Field(
        description="The first of them, and why."
    )
