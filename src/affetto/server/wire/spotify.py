"""Spotify: connected or not, where it sounds, what a mood plays there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from affetto.server.wire.values import Seconds, Shape, Share, Trouble

SpotifyMood = Literal["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral", "calm"]
SpotifyUri = Annotated[
    str, Field(pattern=r"^spotify:(track|album|artist|playlist):[0-9A-Za-z]{1,40}$")
]
DeviceId = Annotated[str, Field(min_length=1, max_length=100)]


class SpotifyConnect(Shape):
    """Begin to connect, with the Client ID of an app of one's own."""

    client_id: str = Field(pattern=r"^[0-9A-Za-z]{16,64}$")


class SpotifySignIn(Shape):
    """Where to sign in."""

    url: str = Field(description="At Spotify; it leads back here.")


class SpotifySong(Shape):
    """A song at Spotify. It is shown and played, and never kept or learned from."""

    uri: str
    title: str
    artist: str
    album: str
    duration_s: float
    link: str = Field(description="To it, at Spotify.")


class SpotifyMissed(Shape):
    """A song of a list that was not found at Spotify."""

    title: str
    artist: str
    link: str = Field(description="Opens a search for it there.")


class SpotifyList(Shape):
    """Songs that are looked up at Spotify, one after the other."""

    wanted: int
    found: list[SpotifySong]
    missed: list[SpotifyMissed]
    done: bool
    trouble: Trouble | None = Field(description="Why it ended early.")


class SpotifyPlaylist(Shape):
    """A playlist that was made or brought up to date, or will be once all is looked up."""

    name: str
    link: str = Field(description="To it, at Spotify; empty until it is written.")
    new: bool
    songs: int
    wanted: SpotifyList
    trouble: Trouble | None


class SpotifyState(Shape):
    """What is known of the connection, without asking Spotify."""

    connected: bool
    client_id: str = Field(description="Of the connection, else of the settings; may be empty.")
    redirect: str = Field(description="The redirect URI to give in Spotify's dashboard.")
    until: datetime | None = Field(description="About when one has to sign in again.")
    listed: SpotifyList | None = Field(description="The list that was put on last.")
    playlist: SpotifyPlaylist | None = Field(description="The playlist that was asked for last.")
    put_on: int = Field(description="How many songs were put on since the start.")
    trouble: Trouble | None = Field(description="What came of the last sign-in, if not good.")


class SpotifyDevice(Shape):
    """Something of the listener's that can sound."""

    id: str
    name: str
    kind: str = Field(description='"Computer", "Smartphone", "Speaker" and more.')
    active: bool = Field(description="Whether Spotify plays there.")
    usable: bool = Field(description="Whether it takes commands from here.")
    chosen: bool


class SpotifyDevices(Shape):
    """The devices that are awake."""

    devices: list[SpotifyDevice]


class SpotifyChoose(Shape):
    """Where it should sound."""

    device: DeviceId


class SpotifyPlay(Shape):
    """Play what the listener wants for a mood, or one thing by its URI."""

    mood: SpotifyMood | None = Field(
        default=None, description="Null, without `uri`: where the running session leads."
    )
    uri: SpotifyUri | None = Field(default=None, description="It outranks a mood.")


class SpotifyPlayed(Shape):
    """What came of it. With a trouble nothing plays, and the link is the way out."""

    mood: str | None
    words: str = Field(description="What the listener typed for the mood; empty for the list.")
    link: str = Field(
        description="Opens the same at Spotify, with no account; without words, its front page."
    )
    listed: SpotifyList | None = Field(description="How far a list is looked up.")
    trouble: Trouble | None


class SpotifyPlaying(Shape):
    """What Spotify does now."""

    song: SpotifySong | None
    playing: bool
    position_s: float
    device: str = Field(description="The name of the device; empty when none is awake.")
    volume: float | None = Field(description="Null where it cannot be set.")


class SpotifyAct(Shape):
    """Steer what plays."""

    do: Literal["pause", "resume", "next", "previous", "seek", "volume"]
    position_s: Seconds = Field(default=0.0, description="Where to, for `seek`.")
    volume: Share = Field(default=1.0, description="How loud, for `volume`.")


class SpotifyQueue(Shape):
    """Put a song behind the one that sounds."""

    uri: Annotated[str, Field(pattern=r"^spotify:track:[0-9A-Za-z]{1,40}$")]


class SpotifySongs(Shape):
    """Some of the listener's saved songs."""

    songs: list[SpotifySong]
    more: bool


class SpotifyPreset(Shape):
    """What is played for one mood."""

    mood: str
    words: str = Field(description="A search text or a link; empty for our list.")
    link: str = Field(
        description="Opens the same at Spotify, with no account; without words, its front page."
    )


class SpotifyPresets(Shape):
    """What is played for each mood."""

    presets: list[SpotifyPreset]


class SetSpotifyPresets(Shape):
    """The words for each mood, anew; a mood left out plays its list."""

    words: dict[SpotifyMood, Annotated[str, Field(max_length=200)]]


class KeepSpotifyPlaylist(Shape):
    """Make a private playlist at Spotify, or bring it up to date."""

    of: Literal[
        "played", "session", "angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"
    ] = Field(
        description="`played`: what was put on at Spotify; `session`: the songs of the running "
        "session, by title and artist; else the list of that emotion."
    )
    name: str = Field(default="Affetto", min_length=1, max_length=100)
