"""JSPF, the playlist in JSON, with MusicBrainz's own fields where they are known.

https://www.xspf.org/jspf and https://musicbrainz.org/doc/jspf; ListenBrainz takes it.
"""

from __future__ import annotations

import json
from typing import Any, Final

from affetto.music.playlists.entry import Entry, NoPlaylist, Playlist, mbid, moment, seconds
from affetto.music.playlists.locations import is_web, location, reference
from affetto.music.playlists.xspf import RECORDING

LIST_EXTENSION: Final = "https://musicbrainz.org/doc/jspf#playlist"
TRACK_EXTENSION: Final = "https://musicbrainz.org/doc/jspf#track"
_MORE: Final = "additional_metadata"


def write(playlist: Playlist) -> str:
    """The playlist as text, for a file in UTF-8. Whoever takes it in keeps it private."""
    told: dict[str, Any] = {"title": playlist.title}
    if playlist.date is not None:
        told["date"] = playlist.date.isoformat(timespec="seconds")
    told["track"] = [_track(entry) for entry in playlist.entries]
    told["extension"] = {LIST_EXTENSION: {"public": False}}
    return json.dumps({"playlist": told}, ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> Playlist:
    """The playlist that a text holds."""
    try:
        told = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NoPlaylist("it is not JSON") from error
    told = told.get("playlist") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(told.get("track", []), list):
        raise NoPlaylist("it is JSON of another kind")
    tracks = [track for track in told.get("track", []) if isinstance(track, dict)]
    return Playlist(
        _text(told.get("title")), tuple(map(_entry, tracks)), moment(_text(told.get("date")))
    )


def _track(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {"title": entry.title}
    if entry.location:
        told["location"] = [reference(entry.location)]
    if entry.recording:
        told["identifier"] = [RECORDING + entry.recording]
    if entry.artist:
        told["creator"] = entry.artist
    if entry.album:
        told["album"] = entry.album
    if entry.info:
        told["info"] = entry.info
    if entry.duration_s is not None:
        told["duration"] = round(entry.duration_s * 1000)
    if entry.subsonic_id:
        told["extension"] = {TRACK_EXTENSION: {_MORE: {"subsonic_id": entry.subsonic_id}}}
    return told


def _entry(track: dict[str, Any]) -> Entry:
    where, info = _first(track.get("location")), _text(track.get("info"))
    known = [mbid(one.rpartition("/")[2]) for one in _all(track.get("identifier"))]
    extension = track.get("extension")
    more: Any = extension.get(TRACK_EXTENSION) if isinstance(extension, dict) else None
    more = more.get(_MORE) if isinstance(more, dict) else None
    return Entry(
        title=_text(track.get("title")),
        artist=_text(track.get("creator")),
        album=_text(track.get("album")),
        duration_s=seconds(track.get("duration")),
        location=location(where) if where else "",
        info=info if is_web(info) else "",
        recording=next((one for one in known if one), ""),
        subsonic_id=_text(more.get("subsonic_id")) if isinstance(more, dict) else "",
    )


def _first(value: object) -> str:
    return next(iter(_all(value)), "")


def _all(value: object) -> list[str]:
    """Text that may stand alone or in a list: writers do not agree."""
    if isinstance(value, list):
        return [text for one in value if (text := _text(one))]
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
