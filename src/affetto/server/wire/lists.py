"""The lists of well-known songs."""

from __future__ import annotations

from pydantic import Field

from affetto.server.wire.values import Shape


class ListedSong(Shape):
    """A song of a list. It cannot be played here unless ``owned`` names a track."""

    title: str
    artist: str
    year: int | None = Field(description="Of first release.")
    language: str = Field(description='"instrumental" for none, empty when not said.')
    region: str
    valence: float
    arousal: float
    because: str = Field(description="Why it belongs, in one sentence; empty when not said.")
    explicit: bool
    edited: bool = Field(description="Whether the listener added or changed it.")
    owned: str | None = Field(description="The id of a track of the library that is this song.")
    link: str = Field(description="Opens a search for the song in the listener's service.")


class SongList(Shape):
    """The well-known songs of one emotion."""

    emotion: str
    service: str = Field(description="Where the links lead; the setting `song_service`.")
    songs: list[ListedSong]


class ListCount(Shape):
    """How long one list is."""

    emotion: str
    songs: int
    owned: int = Field(description="How many of them the library holds.")


class SongLists(Shape):
    """The seven lists, counted."""

    lists: list[ListCount]
