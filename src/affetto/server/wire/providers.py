"""Where music lives: the providers, what they ask, how they are, and where it sounds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from affetto.server.wire.values import Seconds, Shape, Share, Trouble

Text = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Settings = Annotated[dict[Name, Text], Field(max_length=32)]


class Asked(Shape):
    """One thing a provider has to be told: a field of a form."""

    name: str
    label: str
    secret: bool = Field(description="It is never shown again, and kept sealed.")
    default: str
    help: str
    needed: bool


class Check(Shape):
    """One thing that was tried."""

    name: str
    works: bool | None = Field(description="Null: it is not offered there, which is no fault.")
    says: str
    remedy: str


class Provider(Shape):
    """One provider that is installed, or in use all the same."""

    name: str
    title: str
    summary: str
    asks: list[Asked]
    state: Literal["off", "on", "trouble"]
    named_in_file: bool = Field(description="It is in use because the settings file names it.")
    settings: dict[str, str] = Field(description="What it was told, but for the secrets.")
    kept: list[str] = Field(description="The secrets that are kept, by name.")
    library: bool = Field(description="It brings music.")
    player: bool = Field(description="Music can sound there.")
    tracks: int = Field(description="How many tracks of the library are its own.")
    trouble: Trouble | None


class Providers(Shape):
    """Every provider, those in use first."""

    providers: list[Provider]


class Looked(Shape):
    """What looking again has found."""

    tracks: int = Field(description="How many there are now, in all places.")
    new: int
    gone: int


class Connect(Shape):
    """Connect a provider: it is tried first."""

    settings: Settings = Field(
        default_factory=dict, description="A secret left out is the one that is kept already."
    )
    anyway: StrictBool = Field(False, description="Keep it although not all of it works.")


class TryOut(Shape):
    """Try a provider and keep nothing."""

    settings: Settings | None = Field(
        None, description="Null: as it is connected; else with these."
    )


class Checks(Shape):
    """What was tried, and whether the provider is connected now."""

    connected: bool
    checks: list[Check]


class Sounds(Shape):
    """Where the music sounds, and what the player there does."""

    outlet: str | None = Field(description="The provider whose player sounds; null: the page.")
    title: str = Field(description='What it is called; "" for the page.')
    state: Literal["playing", "resting", "waiting"] = Field(
        description='"waiting": the player is lost and looked for.'
    )
    position_s: float
    duration_s: float | None
    volume: float | None = Field(description="[0, 1]; null: it cannot be set there.")
    trouble: Trouble | None = Field(description="Why it came back to the page, or waits.")


class SoundIn(Shape):
    """Let the music sound somewhere else from now on, at the same place of the track."""

    outlet: Name | None = Field(description="A provider with a player; null: the page.")
    position_s: Seconds = 0.0
    playing: StrictBool = False


class Steer(Shape):
    """Tell the player what to do; what is left out stays as it is."""

    playing: StrictBool | None = None
    position_s: Seconds | None = None
    volume: Share | None = None
