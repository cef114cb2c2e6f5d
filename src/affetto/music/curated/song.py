"""A song that fits an emotion, as somebody judged it: words about it, no sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from affetto.emotion import EXPRESSIONS
from affetto.errors import Misuse
from affetto.music.curated.guess import guess
from affetto.track import Track, TrackFeatures, TrackUri

PROVIDER: Final = "list"
JUDGED_SD: Final = 0.25  # ours is one opinion; people's ratings of a song differ as much
SILENT_ARTICLE: Final = "the "
_MARKS: Final = range(0x0300, 0x0370)  # accents of Latin, Greek and Cyrillic letters
_DROPPED: Final = frozenset(".'’‘`´")


class SongKey(NamedTuple):
    """What makes two entries the same song, whatever their spelling."""

    artist: str
    title: str


@dataclass(frozen=True, slots=True)
class CuratedSong:
    """One entry of a list. Empty text means "not said"; ``year`` is that of first release.

    For a composed piece ``artist`` is the composer and ``year`` that of publication or
    first performance.
    """

    emotion: str  # a key of ``EXPRESSIONS``
    title: str
    artist: str
    valence: float  # [-1, 1]
    arousal: float  # [-1, 1]
    year: int | None = None
    language: str = ""  # "instrumental" for none
    region: str = ""
    because: str = ""  # one sentence: why it belongs
    explicit: bool = False

    @property
    def key(self) -> SongKey:
        """The same for every spelling of this song."""
        return SongKey(plain(self.artist), plain(self.title))

    def as_track(self) -> Track:
        """The song as a seed for taste. It cannot be played: no library holds its URI."""
        slug = "-".join(f"{self.key.artist} {self.key.title}".split())
        return Track(
            uri=TrackUri(f"{PROVIDER}:{slug}"),
            title=self.title,
            artist=self.artist,
            year=self.year,
            features=TrackFeatures(
                valence=self.valence,
                arousal=self.arousal,
                valence_sd=JUDGED_SD,
                arousal_sd=JUDGED_SD,
                sources=(PROVIDER,),
            ),
        )


def emotion_called(word: str) -> str:
    """The emotion of this name. Raises Misuse naming the seven, and the nearest, for others."""
    name = word.casefold().strip()
    if name in EXPRESSIONS:
        return name
    raise Misuse(
        f"There is no list for {word!r}.{guess(name, EXPRESSIONS)}",
        remedy=f"The lists are: {', '.join(EXPRESSIONS)}.",
    )


def plain(text: str) -> str:
    """Text as it is compared: no case, accents, punctuation, nor "The" in front."""
    folded = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    letters = (
        "" if ord(c) in _MARKS or c in _DROPPED else c if _is_letter(c) else " " for c in folded
    )
    words = " ".join("".join(letters).split()).removeprefix(SILENT_ARTICLE)
    return words or " ".join(folded.split())


def _is_letter(c: str) -> bool:
    # Marks of other scripts are letters: Hindi vowels, Japanese voicing.
    return c.isalnum() or unicodedata.category(c).startswith("M")


def owned(tracks: Iterable[Track], songs: Iterable[CuratedSong]) -> dict[SongKey, Track]:
    """The first track that holds each of ``songs``; songs that none holds are left out.

    Remasters, guests and other spellings count; the same title by somebody else does not.
    """
    wanted: dict[str, list[tuple[frozenset[str], SongKey]]] = {}
    for song in songs:
        for title in _titles(song.title):
            wanted.setdefault(title, []).append((_artists(song.artist), song.key))
    found: dict[SongKey, Track] = {}
    for track in tracks:
        for title in _titles(track.title):
            for artists, key in wanted.get(title, ()):
                if key not in found and artists & _artists(track.artist):
                    found[key] = track
    return found


_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BETWEEN: Final = re.compile(
    r"[;,/&+]|\b(?:feat|ft|featuring|with|and|vs)\b\.?", re.IGNORECASE | re.UNICODE
)


def _titles(title: str) -> frozenset[str]:
    """The ways a title may be written: with and without what is in brackets or after a dash."""
    before_dash = title.partition(" - ")[0]
    ways = {plain(way) for way in (title, _ASIDE.sub(" ", title), _ASIDE.sub(" ", before_dash))}
    return frozenset(ways - {""})


def _artists(artist: str) -> frozenset[str]:
    """All names in an artist field, and the field as a whole."""
    names = {plain(name) for name in _BETWEEN.split(artist)} | {plain(artist)}
    return frozenset(name for name in names if len(name) > 1)
