"""A song as a Subsonic server tells of it. Any field may be missing, and most are somewhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from affetto.music.evidence import told_by
from affetto.music.subsonic.answers import many
from affetto.music.tags import Tags, line_of, year_of
from affetto.track import Track, TrackUri

PROVIDER: Final = "subsonic"
LONGEST_ID: Final = 300  # characters; what is longer no server gave out
# How servers call what nobody tagged.
_NOBODY: Final = frozenset(
    {"[unknown]", "[unknown artist]", "[unknown album]", "[non-album tracks]", "<unknown>"}
)


@dataclass(frozen=True, slots=True)
class Song:
    """A track on a server, and what it takes to fetch it."""

    track: Track
    ending: str  # of its file: ".mp3"; "" where the server does not say
    cover: str  # what its picture is asked for by, "" for none
    starred: bool = False


def uri_of(song_id: str) -> TrackUri:
    """The name of a song in this house."""
    return TrackUri(f"{PROVIDER}:{song_id}")


def id_of(uri: TrackUri) -> str | None:
    """What the server calls the song; None when no server of ours can have given this name."""
    provider, _, song_id = uri.partition(":")
    sound = provider == PROVIDER and 0 < len(song_id) <= LONGEST_ID and song_id.isprintable()
    return song_id if sound else None


def song_of(told: Mapping[str, Any]) -> Song | None:
    """The song in an answer; None for a folder, a video, or something without a name."""
    song_id = _text(told.get("id"))
    if not song_id or told.get("isDir") is True or told.get("isVideo") is True:
        return None
    uri = uri_of(song_id)
    if id_of(uri) is None:
        return None
    path = PurePosixPath(_text(told.get("path")))
    tags = _tags(told, path)
    track = Track(
        uri,
        tags.title,
        tags.artist,
        tags.album,
        genre=tags.genre.partition(";")[0],
        year=tags.year,
        duration_s=max(0.0, _number(told.get("duration")) or 0.0),
        features=told_by(tags),
    )
    ending = _text(told.get("suffix")).lower().lstrip(".") or path.suffix.lower().lstrip(".")
    return Song(
        track,
        f".{ending}" if ending else "",
        _text(told.get("coverArt")),
        bool(told.get("starred")),
    )


def songs_in(told: Iterable[Mapping[str, Any]]) -> list[Song]:
    """The songs among what was told."""
    return [song for one in told if (song := song_of(one)) is not None]


def _tags(told: Mapping[str, Any], path: PurePosixPath) -> Tags:
    """The server's words in place of a file's own."""
    artists = [_named(one.get("name")) for one in many(told, "artists")]
    genres = [_named(one.get("name")) for one in many(told, "genres")]
    if not any(genres):
        genres = [_named(told.get("genre"))]
    moods = told.get("moods")
    moods = moods if isinstance(moods, list) else [moods]
    return Tags(
        title=line_of(told.get("title")) or line_of(told.get("name")) or path.stem or "Untitled",
        artist=_named(told.get("artist"))
        or _named(told.get("displayArtist"))
        or ", ".join(filter(None, artists)),
        album=_named(told.get("album")),
        genre=";".join(filter(None, genres)),
        year=year_of(told.get("year")),
        moods=tuple(filter(None, map(line_of, moods))),
        bpm=_number(told.get("bpm")) or None,
        comment=line_of(told.get("comment")),
    )


def _named(value: object) -> str:
    name = line_of(value)
    return "" if name.casefold() in _NOBODY else name


def _text(value: object) -> str:
    """A word that some servers write as a number."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
