"""M3U8: one location a line, what is known of it in the comment lines before.

Extended M3U as players write and read it: ``#EXTINF`` holds whole seconds (-1 when not
known) and "Artist - Title". Where that cannot be told apart again, ``#EXTART`` says the
artist. A song without a location cannot be in such a file.
"""

from __future__ import annotations

import os
import re
from typing import Final

from affetto.music.playlists.entry import Entry, NoPlaylist, Playlist
from affetto.music.playlists.locations import is_absolute, is_address, location, reference

_INF: Final = re.compile(r"\s*(-?\d{1,9})(?:\.\d*)?[^,]*,(.*)", re.DOTALL)
_BETWEEN: Final = " - "
_LINE_ENDS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


def write(playlist: Playlist) -> str:
    """The playlist as text, for a file in UTF-8; songs without a location are left out."""
    lines = ["#EXTM3U"]
    if playlist.title:
        lines.append(f"#PLAYLIST:{playlist.title}")
    for entry in playlist.entries:
        line = _line(entry.location)
        if not line:
            continue
        named = _BETWEEN.join(part for part in (entry.artist, entry.title) if part)
        length = -1 if entry.duration_s is None else round(entry.duration_s)
        lines.append(f"#EXTINF:{length},{named}")
        if _told_apart(named) != (entry.artist, entry.title):
            lines.append(f"#EXTART:{entry.artist}")
        if entry.album:
            lines.append(f"#EXTALB:{entry.album}")
        lines.append(line)
    return "\n".join(lines) + "\n"


def read(text: str) -> Playlist:
    """The playlist that a text holds; lines that nobody understands are passed over."""
    if "\x00" in text:
        raise NoPlaylist("it is no text")
    title, entries = "", []
    said: dict[str, str] = {}
    for raw in re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff")):
        line = raw.strip()
        if line.startswith("#"):
            name, colon, value = line[1:].partition(":")
            if name.upper() == "PLAYLIST":
                title = value
            elif colon:
                said[name.upper()] = value
        elif line:
            entries.append(_entry(line, said))
            said = {}
    return Playlist(title, tuple(entries))


def _entry(line: str, said: dict[str, str]) -> Entry:
    found = _INF.fullmatch(said.get("EXTINF", ""))
    length, named = (int(found[1]), found[2].strip()) if found else (-1, "")
    artist, title = _told_apart(named)
    if (told := said.get("EXTART")) is not None:
        artist = told.strip()
        title = named.removeprefix(artist).removeprefix(_BETWEEN) if artist else named
    return Entry(
        title,
        artist,
        said.get("EXTALB", ""),
        float(length) if length > 0 else None,
        location(line) if line[:5].lower() == "file:" else _plain(line),
    )


def _told_apart(named: str) -> tuple[str, str]:
    """Artist and title as most readers tell them apart."""
    artist, between, title = named.partition(_BETWEEN)
    return (artist.strip(), title.strip()) if between else ("", named)


def _line(where: str) -> str:
    """A location on a line of its own, or "" when no line can hold it."""
    if not where or is_address(where):
        return "" if _LINE_ENDS.search(where) else where.strip()
    breaks = _LINE_ENDS.search(where) is not None or where[-1:].isspace()
    if is_absolute(where):
        return reference(where) if breaks else where
    if breaks:
        return ""
    # A name may look like a comment, an address or an absolute path; "./" says it is none.
    looks = where.startswith(("#", "\ufeff", "." + os.sep, "./")) or where[:1].isspace()
    looks = looks or where[:5].lower() == "file:"
    return f"./{where}" if looks else where


def _plain(line: str) -> str:
    return line if is_address(line) else line.removeprefix("./")
