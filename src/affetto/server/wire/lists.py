"""The lists of well-known songs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool

from affetto.server.wire.values import Coordinate, Shape

Words = Annotated[str, Field(max_length=1000)]
Name = Annotated[str, Field(min_length=1, max_length=300)]


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
    edited: bool = Field(description="Whether it differs from the list that came with Affetto.")
    songs: list[ListedSong]


class ListCount(Shape):
    """How long one list is."""

    emotion: str
    songs: int
    owned: int = Field(description="How many of them the library holds.")


class SongLists(Shape):
    """The seven lists, counted."""

    lists: list[ListCount]


class SongName(Shape):
    """Which song of a list is meant."""

    title: Name
    artist: Name


class EditSong(Shape):
    """A song to add, or to have in the place of another."""

    title: Name
    artist: Name
    year: Annotated[int, Field(ge=1000, le=2999)] | None = None
    language: Words = ""
    region: Words = ""
    valence: Coordinate | None = Field(default=None, description="Null: the emotion's own.")
    arousal: Coordinate | None = Field(default=None, description="Null: the emotion's own.")
    because: Words = ""
    explicit: StrictBool = False
    instead_of: SongName | None = Field(default=None, description="Null: it is added.")


class MoveSong(Shape):
    """Where a song of a list is to stand."""

    title: Name
    artist: Name
    to: Annotated[int, Field(ge=0, le=1_000_000, description="Counted from 0.")]


class TakenSongs(Shape):
    """What an imported file did to the lists, in songs."""

    added: int
    changed: int
    unchanged: int
    removed: int
