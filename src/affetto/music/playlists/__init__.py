"""Playlists as files: M3U8, XSPF and JSPF, out and in again."""

from affetto.music.playlists.entry import Entry, Playlist
from affetto.music.playlists.files import (
    ENDINGS,
    FORMATS,
    Format,
    UnreadablePlaylist,
    file_name,
    format_of,
    read_playlist,
    seen_from,
    write_playlist,
)
from affetto.music.playlists.making import made_of

__all__ = [
    "ENDINGS",
    "FORMATS",
    "Entry",
    "Format",
    "Playlist",
    "UnreadablePlaylist",
    "file_name",
    "format_of",
    "made_of",
    "read_playlist",
    "seen_from",
    "write_playlist",
]
