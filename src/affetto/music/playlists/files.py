"""Playlist files: which format a name asks for, written whole or not at all, read back."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from affetto.errors import AffettoError, Misuse
from affetto.music.playlists import jspf, m3u8, xspf
from affetto.music.playlists.entry import NoPlaylist, Playlist
from affetto.music.playlists.locations import is_absolute, is_address

LARGEST: Final = 20_000_000  # bytes of a file that is read
_LONGEST_NAME: Final = 80  # characters; with its ending it fits every file system
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_TAKEN: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # by Windows


class UnreadablePlaylist(AffettoError):
    """A file that is no playlist."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a playlist."""

    name: str
    mime: str
    write: Callable[[Playlist], str]
    read: Callable[[str], Playlist]
    names: bool = True  # whether it can hold a song that is known by name only

    @property
    def ending(self) -> str:
        """How its files are called."""
        return f".{self.name}"

    def holds(self, playlist: Playlist) -> int:
        """How many of a playlist's songs a file of this format has."""
        return sum(self.names or bool(one.location) for one in playlist.entries)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        one.name: one
        for one in (
            Format("m3u8", "audio/mpegurl", m3u8.write, m3u8.read, names=False),
            Format("xspf", "application/xspf+xml", xspf.write, xspf.read),
            Format("jspf", "application/jspf+json", jspf.write, jspf.read),
        )
    }
)
ENDINGS: Final = tuple(one.ending for one in FORMATS.values())


def format_of(path: Path) -> Format:
    """The format that a file name asks for. Raises Misuse for another ending."""
    ending = path.suffix.casefold().removeprefix(".")
    found = FORMATS.get("m3u8" if ending == "m3u" else ending)
    if found is None:
        raise Misuse(
            f"{path.name} is not called like a playlist.",
            remedy=f"Give it a name that ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.",
        )
    return found


def write_playlist(path: Path, playlist: Playlist, *, relative: bool = False) -> int:
    """Write a playlist in the format of the file's ending; returns how many songs it holds.

    With ``relative`` files are named as seen from the playlist's folder. What was there
    before is replaced at once or, when something fails, kept.
    """
    form = format_of(path)
    told = seen_from(path.absolute().parent, playlist) if relative else playlist
    part = path.with_name(f".{secrets.token_hex(4)}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(form.write(told))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise AffettoError(
            f"The playlist {path} could not be written ({error.strerror or error}).",
            remedy="Free some space, or choose another folder.",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return form.holds(told)


def read_playlist(path: Path) -> Playlist:
    """The playlist in a file; paths in it are as they stand there.

    Raises Misuse for another ending and UnreadablePlaylist for what is no playlist.
    """
    form = format_of(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadablePlaylist(
            f"The playlist {path} cannot be read ({error.strerror or error}).",
            remedy="Check its name and that you may read it.",
        ) from error
    try:
        if len(data) > LARGEST:
            raise NoPlaylist(f"it is larger than {LARGEST // 1_000_000} MB")
        return form.read(_decoded(data))
    except NoPlaylist as error:
        raise UnreadablePlaylist(
            f"The file {path} is no {form.name.upper()} playlist: {error}.",
            remedy="Save it anew with the program that made it.",
        ) from error


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")  # an old list of somebody's; every byte is a letter there


def seen_from(folder: Path, playlist: Playlist) -> Playlist:
    """The playlist with its files named as seen from ``folder``; addresses stay."""

    def seen(where: str) -> str:
        if not where or is_address(where) or not is_absolute(where):
            return where
        try:
            return os.path.relpath(where, folder)
        except ValueError:  # on Windows, another drive
            return where

    entries = tuple(replace(one, location=seen(one.location)) for one in playlist.entries)
    return replace(playlist, entries=entries)


def file_name(title: str, form: Format) -> str:
    """A name for a playlist's file that every system takes: "Low Tide.m3u8"."""
    text = unicodedata.normalize("NFC", title.encode("utf-8", "replace").decode())
    name = " ".join(_UNSAFE.sub(" ", text).split())[:_LONGEST_NAME].strip(" .")
    if not name or _TAKEN.fullmatch(name):
        name = f"Playlist {name}".strip()
    return name + form.ending
