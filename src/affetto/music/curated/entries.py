"""Rows of words, checked, as songs and names. Every error names the line."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from affetto.emotion import EXPRESSIONS
from affetto.errors import Misuse
from affetto.music.curated.rows import BadSheet, Row, bad
from affetto.music.curated.song import CuratedSong, SongKey, emotion_called, plain

_LONGEST: Final = {"title": 300, "artist": 300, "language": 100, "region": 100, "because": 1000}
_YES: Final = frozenset({"true", "yes", "on", "1"})
_NO: Final = frozenset({"false", "no", "off", "0", ""})


@dataclass(frozen=True, slots=True)
class Removed:
    """A song by its name: one of ours that a listener does not want, or one of an order."""

    emotion: str
    title: str
    artist: str

    @property
    def key(self) -> SongKey:
        """The key of the song that is meant."""
        return SongKey(plain(self.artist), plain(self.title))


def song_of(row: Row, name: str, emotion: str) -> CuratedSong:
    """The song a row tells of; ``emotion`` is that of rows that name none. Raises BadSheet.

    Where no place on the map is given, the emotion's own counts.
    """
    words = {key: _tidy(text, key, row, name) for key, text in row.words.items()}
    for needed in ("title", "artist"):
        if not words.get(needed):
            raise bad(row.where, name, f"the song has no {needed}", f"Add its {needed}")
    explicit = words.get("explicit", "").casefold()
    if explicit not in _YES | _NO:
        raise bad(row.at("explicit"), name, f"explicit is {explicit!r}", "Write true or false")
    called = _emotion(words, row, name, emotion)
    valence, arousal = (_coordinate(words.get(k, ""), k, row, name) for k in ("valence", "arousal"))
    middle = EXPRESSIONS[called]
    return CuratedSong(
        emotion=called,
        title=words["title"],
        artist=words["artist"],
        valence=middle.valence if valence is None else valence,
        arousal=middle.arousal if arousal is None else arousal,
        year=_year(words.get("year", ""), row, name),
        language=words.get("language", ""),
        region=words.get("region", ""),
        because=words.get("because", ""),
        explicit=explicit in _YES,
    )


def removed_of(row: Row, name: str, emotion: str) -> Removed:
    """The name a row tells of. Raises BadSheet."""
    words = {key: _tidy(text, key, row, name) for key, text in row.words.items()}
    for needed in ("title", "artist"):
        if not words.get(needed):
            raise bad(row.where, name, f"the name has no {needed}", f"Add its {needed}")
    return Removed(_emotion(words, row, name, emotion), words["title"], words["artist"])


def _emotion(words: Mapping[str, str], row: Row, name: str, otherwise: str) -> str:
    word = words.get("emotion") or otherwise
    if not word:
        raise bad(
            row.where, name, "the song names no emotion", "Add one to it, or say --emotion NAME"
        )
    try:
        return emotion_called(word)
    except Misuse as error:
        raise BadSheet(
            f"{row.at('emotion')} of {name}: {error.problem}", remedy=error.remedy
        ) from error


def _tidy(text: str, key: str, row: Row, name: str) -> str:
    words = " ".join(text.split())
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in words):
        raise bad(row.at(key), name, f"{key} holds a character that is no text", "Type it again")
    if len(words) > _LONGEST.get(key, 100):
        raise bad(row.at(key), name, f"{key} is longer than {_LONGEST.get(key, 100)} letters",
                   "Shorten it")  # fmt: skip
    return words


def _year(text: str, row: Row, name: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1000 <= int(text[:9]) <= 2999):
        raise bad(row.at("year"), name, f"{text!r} is no year",
                   "Write it as 1967, or leave it out")  # fmt: skip
    return int(text)


def _coordinate(text: str, key: str, row: Row, name: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -1.0 <= value <= 1.0:
        raise bad(row.at(key), name, f"{key} is {text!r}, which is off the mood map",
                   "Give a number from -1 to 1, such as 0.4")  # fmt: skip
    return value
