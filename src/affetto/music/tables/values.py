"""One cell of a table, as the text or number it means."""

from __future__ import annotations

import math
import re
import unicodedata
from ast import literal_eval
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_EMPTY: Final = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?"})
_NO_TEXT: Final = frozenset({"", "n/a", "nan", "null"})  # "None" and "-" are songs
_LONGEST: Final = 300  # characters of a title
_CLOCK: Final = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:\.\d+)?")
_YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
# Signs that turn the text after them around, or none at all: a title must not reach
# beyond its own cell.
_UNSEEN: Final = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x200B}
_NAMES: Final = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_MINOR: Final = frozenset({"0", "0.0", "false", "min", "minor"})
_MAJOR: Final = frozenset({"1", "1.0", "true", "maj", "major"})
_KEY: Final = re.compile(r"([A-G])\s*([#♯b♭]?)\s*(m|min|minor|maj|major)?", re.IGNORECASE)


def is_missing(cell: object) -> bool:
    """Whether a cell says nothing, in any of the usual ways."""
    if cell is None or isinstance(cell, float):
        return cell is None or math.isnan(cell)
    return isinstance(cell, str) and cell.strip().casefold() in _EMPTY


def numbers(cells: Sequence[object], column: str = "") -> tuple[Floats, int]:
    """The cells as float64 (n,), NaN where there is none, and how many made no sense.

    A clock time ("3:05") and a year in a date are understood in their columns; a comma
    may stand for the point.
    """
    try:
        found = np.array([np.nan if c is None or c == "" else c for c in cells], np.float64)
        if found.ndim == 1:
            bad = np.isinf(found)
            found[bad] = np.nan
            return found, int(bad.sum())
    except (TypeError, ValueError, OverflowError):
        pass
    found, wrong = np.full(len(cells), np.nan), 0
    for place, cell in enumerate(cells):
        if is_missing(cell):
            continue
        value = _number(cell, column)
        if value is None:
            wrong += 1
        else:
            found[place] = value
    return found, wrong


def _number(cell: object, column: str) -> float | None:
    text = str(cell).strip()
    if column == "duration" and (clock := _CLOCK.fullmatch(text)):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return float(hours * 3600 + minutes * 60 + seconds)
    if column == "year" and (year := _YEAR.search(text)):
        return float(year.group())
    text = text.removesuffix("%").removesuffix("dB").strip()
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    try:
        value = float(text)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def text(cell: object) -> str:
    """A cell as one clean line: no control signs, no list brackets, at most 300 characters.

    Right-to-left text stays as it is; the signs that would turn its neighbours go.
    """
    if cell is None or isinstance(cell, float):
        return "" if cell is None or math.isnan(cell) else f"{cell:g}"
    found = cell if isinstance(cell, str) else str(cell)
    if found[:2] in ("['", '["', "[]"):
        found = _first_names(found)
    if len(found) > _LONGEST or not (found.isascii() and found.isprintable()):
        found = "".join(
            " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") else sign
            for sign in found[: 4 * _LONGEST]
            if ord(sign) not in _UNSEEN
        )
    found = " ".join(found.split())[:_LONGEST]
    return "" if len(found) < 5 and found.casefold() in _NO_TEXT else found


def _first_names(text_of_list: str) -> str:
    try:
        names = literal_eval(text_of_list[:2000])
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text_of_list
    return ", ".join(str(name) for name in names) if isinstance(names, list) else text_of_list


def key_of(key: object, mode: object) -> str | None:
    """A key's name, such as "F# minor", from a number 0 to 11 or a name, and the mode."""
    if is_missing(key):
        return None
    minor = str(mode).strip().casefold() in _MINOR
    try:
        number = float(str(key))
    except ValueError:
        named = _KEY.fullmatch(str(key).strip())
        if named is None:
            return None
        letter, sign, scale = named.groups()
        name = letter.upper() + {"♯": "#", "♭": "b"}.get(sign, sign.lower())
        low = (scale or "").casefold()
        minor = (low.startswith("mi") or scale == "m") if scale else minor
    else:
        if number not in range(12):
            return None
        name = _NAMES[int(number)]
    return f"{name} minor" if minor else name


def mode_of(key: object, mode: object) -> float | None:
    """1.0 for major and 0.0 for minor, as the key's name or the mode says; else None."""
    named = _KEY.fullmatch(str(key).strip())
    if named is not None and named[3]:
        return float(named[3] != "m" and not named[3].casefold().startswith("mi"))
    said = str(mode).strip().casefold()
    return 0.0 if said in _MINOR else 1.0 if said in _MAJOR else None


def same_name(words: str) -> str:
    """A title or artist as two rows are compared: no case, accents or signs.

    Writing in any alphabet keeps its letters.
    """
    if words.isascii():
        bare = words.casefold()
    else:
        # Twice, since some signs have a case only when taken apart (Unicode, 3.13 D146).
        apart = unicodedata.normalize("NFKD", words).casefold()
        spread = unicodedata.normalize("NFKD", apart).casefold()
        bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    kept = bare if bare.isalnum() else " ".join(_SIGNS.sub(" ", bare).split())
    return kept or bare.strip()


def song_name(title: str) -> str:
    """A title as a song is known by: like ``same_name``, without what only a release adds.

    "Help!" and "Help! (Remastered 2009)" are one song.
    """
    return same_name(_ADDED.sub(" ", title)) or same_name(title)


_ADDED: Final = re.compile(
    r"[(\[][^)\]]*[)\]]|\s[-–]\s[^-–]*\b(?:remaster(?:ed)?|version|edit|mono|stereo)\b.*"
    r"|\s(?:feat|ft|featuring)\b.*",
    re.IGNORECASE,
)
_SIGNS: Final = re.compile(r"[^\w]+")
