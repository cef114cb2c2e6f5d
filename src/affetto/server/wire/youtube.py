"""YouTube: the connection, and the playlist that is being made there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from affetto.server.wire.values import Shape, Trouble

Key = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[!-~]+$")]


class YouTubeMissed(Shape):
    """One song that is not in the playlist, and why."""

    title: str
    artist: str
    why: str
    link: str = Field(description="Opens a search for it at YouTube.")


class YouTubePlaylist(Shape):
    """How far a playlist at YouTube is."""

    title: str
    total: int
    added: int
    missed: list[YouTubeMissed]
    left: int = Field(description="Songs that were not tried, or not yet.")
    url: str = Field(description="Where it can be seen; empty while it is not there.")
    finished: bool
    trouble: Trouble | None = Field(description="Why it ended before the last song.")


class YouTubeState(Shape):
    """What is known of the connection."""

    connected: bool
    redirect: str = Field(description="Where Google sends the listener back to.")
    trouble: Trouble | None = Field(description="Of the last sign-in.")
    playlist: YouTubePlaylist | None = Field(description="The one made last, since the start.")


class YouTubeConnect(Shape):
    """The listener's own registration at Google."""

    client_id: Key
    client_secret: Annotated[SecretStr, Field(min_length=1, max_length=500)]


class YouTubeSignIn(Shape):
    """Where to go to sign in."""

    url: str


class KeepYouTubePlaylist(Shape):
    """What to make a playlist of."""

    of: Literal["queue", "session"] = Field(
        description='"queue": what plays and comes next. "session": what was put on in the latest.'
    )
