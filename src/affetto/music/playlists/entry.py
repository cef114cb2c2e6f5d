"""What a playlist holds, whatever file it is kept in."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final
from uuid import UUID

# What would end a line in one reader or another, or may not stand in XML 1.0.
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


class NoPlaylist(Exception):
    """Why a text is no playlist of its kind, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One song of a playlist. Empty text means "not known"; all text is on one line.

    ``location`` is a path or an address, as ``locations`` describes; without one the song
    is known by name only.
    """

    title: str
    artist: str = ""
    album: str = ""
    duration_s: float | None = None
    location: str = ""
    info: str = ""  # address of a page that tells more of it, or finds it
    recording: str = ""  # MusicBrainz's id of the recording, a UUID
    subsonic_id: str = ""  # what the listener's Subsonic server calls it

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and field.name != "location":
                object.__setattr__(self, field.name, one_line(value))
        object.__setattr__(self, "recording", mbid(self.recording))


@dataclass(frozen=True, slots=True)
class Playlist:
    """Songs in order, under a title; ``date`` is when it was made, aware."""

    title: str
    entries: tuple[Entry, ...] = ()
    date: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", one_line(self.title))


def one_line(text: str) -> str:
    """Text that every format can hold: no line ends, control signs or half characters."""
    return _UNFIT.sub(" ", text).strip()


def mbid(text: str) -> str:
    """A MusicBrainz id as it is written, or "" for what is none."""
    try:
        return str(UUID(text)) if len(text) == 36 else ""
    except ValueError:
        return ""


def moment(text: str) -> datetime | None:
    """The time that a playlist gives for its making; None for one without its zone."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    return told if told.tzinfo is not None else None


def seconds(milliseconds: object) -> float | None:
    """A duration that XSPF or JSPF gives in milliseconds; None for what is none."""
    if isinstance(milliseconds, str):
        milliseconds = int(milliseconds) if re.fullmatch(r"\s*\d{1,12}\s*", milliseconds) else None
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    return milliseconds / 1000 if 0 < milliseconds < 1e12 else None
