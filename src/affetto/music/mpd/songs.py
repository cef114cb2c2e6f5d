"""What MPD says of a song, as a track of ours."""

from __future__ import annotations

import math
import re
from pathlib import PurePosixPath
from typing import Final

from affetto.music.mpd.conversation import Item
from affetto.track import Track, TrackUri

PROVIDER: Final = "mpd"
TAGS: Final = ("Artist", "AlbumArtist", "Album", "Title", "Name", "Genre", "Date")  # those we read
_LONGEST: Final = 300  # characters of a title


def uri_of(file: str) -> TrackUri:
    """The name of MPD's ``file``: a path in its music directory, or an address."""
    return TrackUri(f"{PROVIDER}:{file}")


def file_of(uri: TrackUri) -> str:
    """What MPD calls the track; "" for one of another provider."""
    provider, _, file = uri.partition(":")
    return file if provider == PROVIDER else ""


def track_of(song: Item) -> Track:
    """A song as MPD lists it. An untagged title is taken from the file's name."""
    file = _first(song, "file")
    title = _shown(_first(song, "Title") or _first(song, "Name"))
    return Track(
        uri=uri_of(file),
        title=title or _shown(PurePosixPath(file).stem or file) or "Untitled",
        artist=_shown(", ".join(song.get("Artist") or song.get("AlbumArtist") or ())),
        album=_shown(_first(song, "Album")),
        genre=_shown(_first(song, "Genre")),
        year=_year(_first(song, "Date")),
        duration_s=max(0.0, number(_first(song, "duration") or _first(song, "Time")) or 0.0),
    )


def number(text: str) -> float | None:
    """A number as MPD writes it; None for anything else."""
    try:
        told = float(text)
    except ValueError:
        return None
    return told if math.isfinite(told) else None


def _first(song: Item, key: str) -> str:
    return song.get(key, [""])[0]


def _shown(text: str) -> str:
    """One clean line."""
    if text.isprintable() and "  " not in text:
        return text[:_LONGEST].strip()
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST]


def _year(date: str) -> int | None:
    found = re.search(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)", date)
    return int(found[0]) if found else None
