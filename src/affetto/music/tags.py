"""What a file says of itself: title, artist, album, genre, year, its mood, and its cover.

Tags are written by anyone and anything. Whatever is missing, broken or absurd reads as
"not tagged"; nothing here fails on what a file contains.
"""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from affetto.music.provider import Cover

# Names, in a file's tags, which of their values we wrote.
MARK: Final = "AFFETTO"

_LONGEST_LYRICS: Final = 100_000  # characters
# Control characters, and what Unicode calls the ends of lines and paragraphs.
_BREAKING: Final = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), "�")
_LONGEST: Final = 300  # characters; some files keep a whole page in their title
LARGEST_COVER: Final = 10_000_000  # bytes
_PICTURES: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
)


@dataclass(frozen=True, slots=True)
class Tags:
    """A file's own words. Empty text means "not tagged"; the title is never empty."""

    title: str
    artist: str = ""
    album: str = ""
    genre: str = ""
    year: int | None = None
    moods: tuple[str, ...] = ()  # as somebody named them; never those we wrote ourselves
    bpm: float | None = None
    comment: str = ""
    lyrics: str = ""


def read_tags(path: Path) -> Tags:
    """The tags of the file at ``path``; an untagged title is taken from its name."""
    found = _open(path, image=False)
    named = line_of(as_text(path.stem)) or "Untitled"
    if found is None:
        return Tags(named)
    return Tags(
        title=line_of(found.title) or named,
        artist=line_of(found.artist) or line_of(found.albumartist),
        album=line_of(found.album),
        genre=line_of(found.genre),
        year=year_of(found.year),
        moods=_moods(found),
        bpm=_number(_first(found, "bpm")),
        comment=line_of(found.comment),
        lyrics=_first(found, "lyrics")[:_LONGEST_LYRICS],
    )


def recording_in(path: Path) -> str:
    """MusicBrainz's id of the recording, as FLAC, Ogg and MP4 files hold it; or ""."""
    found = _open(path, image=False)
    told = (_first(found, name) for name in ("musicbrainz_trackid", "musicbrainz track id"))
    return next((text for text in told if text), "")


def embedded_cover(path: Path) -> Cover | None:
    """The picture inside the file at ``path``, when a browser can show it."""
    found = _open(path, image=True)
    try:
        image = found.images.any if found is not None else None
    except (AttributeError, IndexError, ValueError):
        return None
    if image is None or not isinstance(image.data, bytes):
        return None
    return picture(image.data)


def picture(data: bytes) -> Cover | None:
    """A cover from bytes, its kind told by the bytes themselves, never by a label."""
    if len(data) > LARGEST_COVER:
        return None
    for head, mime in _PICTURES:
        if data.startswith(head):
            return Cover(data, mime)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Cover(data, "image/webp")
    return None


def shown(name: str | os.PathLike[str]) -> str:
    """A file name fit for eyes, on one line: what is no UTF-8 or breaks lines becomes �."""
    return as_text(name).translate(_BREAKING)


def as_text(name: str | os.PathLike[str]) -> str:
    """A file name as Unicode: bytes that are no UTF-8 become �."""
    return os.fsencode(name).decode("utf-8", "replace")


def _open(path: Path, *, image: bool) -> Any:
    from tinytag import TinyTag

    try:
        with path.open("rb") as file:
            # Not by name: a wrong ending must not choose the wrong reader.
            return TinyTag.get(file_obj=file, tags=True, duration=False, image=image)
    except Exception:
        # The reader is handed bytes from anywhere and answers with whatever error its
        # arithmetic met. A file without readable tags is still a file with music.
        return None


def _moods(found: Any) -> tuple[str, ...]:
    if "mood" in _first(found, MARK.casefold()).split():
        return ()
    told = [*_all(found, "mood"), *_all(found, "tmoo")]  # TMOO: as ID3v2.4 calls it
    return tuple(line for line in map(line_of, told) if line)


def _first(found: Any, name: str) -> str:
    return next(iter(_all(found, name)), "")


def _all(found: Any, name: str) -> list[str]:
    """What the file says under one of the less common names."""
    other = getattr(found, "other", None)
    told = other.get(name) if isinstance(other, dict) else None
    return [text for text in told or () if isinstance(text, str)]


def _number(text: str) -> float | None:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def line_of(value: object) -> str:
    """One clean line of text out of whatever a tag held."""
    if not isinstance(value, str):
        return ""
    text = value.encode("utf-8", "replace").decode("utf-8")
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:_LONGEST].strip()


def year_of(value: object) -> int | None:
    """The first believable year in a date of any style."""
    found = re.search(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)", str(value or ""))
    return int(found.group()) if found else None
