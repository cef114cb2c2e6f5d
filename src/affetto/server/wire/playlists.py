"""Playlists that a music server or a player keeps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool

from affetto.server.wire.values import Shape


class PlaylistPlace(Shape):
    """A provider that keeps playlists."""

    name: str
    title: str


class PlaylistPlaces(Shape):
    """Every connected provider that keeps playlists."""

    places: list[PlaylistPlace]


class KeepPlaylist(Shape):
    """Let a provider keep what plays and what comes next."""

    provider: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = Field(
        "", description="Left empty, it is called after the day and the time."
    )
    replace: StrictBool = Field(False, description="A playlist of that name may be given up.")


class KeptPlaylist(Shape):
    """What is in it."""

    name: str
    songs: int
    missing: list[str] = Field(description="The titles of songs that are not there.")
