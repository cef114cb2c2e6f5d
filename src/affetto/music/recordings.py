"""Which files hold the same recording: an mp3 and a flac, a remaster and the original.

A recording leaves a print: for each of 32 bands between 130 Hz and 2 kHz, three or four
times a second, whether the band stands out between its neighbours. Level, encoding,
equalising and mastering hardly change that. The idea is that of Haitsma & Kalker ("A
highly robust audio fingerprinting system", ISMIR 2002), with longer frames and no
differences in time, so that a print stays small and a file may begin a little earlier.

Two prints are compared by the share of their bits that differ, at the shift that fits
best. Of 50 medleys of six-second clips, the same one encoded, shifted, equalised and
compressed differed by .15 at most, and different ones by .35 at least; the limits below
lie between. What is told apart is notes and their times: a performance that follows
another note for note, beat for beat, to the same length, is taken for a copy of it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.music.hearing import RATE, SILENCE_DB, Floats

PRINT: Final = "print 1"  # goes up whenever prints are made another way

_EVERY: Final = 4  # samples averaged into one: nothing above 2 kHz is looked at
_FRAME: Final = 4096  # of those: 0.74 s
_HOP: Final = 1536  # 0.28 s
_BITS: Final = 32
_LOWEST_HZ, _HIGHEST_HZ = 130.0, 2000.0
_FEWEST: Final = 12  # frames of an excerpt that tell enough: 4 s
_MOST: Final = 4  # excerpts
_SHIFTS: Final = 11  # frames either way: 3 s
_GIVE: Final = 2  # frames: excerpts lie at shares of a length that differs a little
_SAME: Final = 0.22  # share of bits, where the words agree too
_SURELY_SAME: Final = 0.18  # whatever the words say
_SAME_LENGTH_S: Final = 3.0
_SURELY_SAME_LENGTH_S: Final = 1.5
# Mean square difference of the bands' shares, for a quick first look: among those medleys
# .003 at most for the same recording, .013 at least for another.
_ALIKE: Final = 0.008
_AT_ONCE: Final = 2000  # recordings in memory, unless more are of nearly the same length
_SONG: Final = "song "  # before a song's name, to tell it from a URI

# Another rendering of a song, not another copy of a recording.
_RENDERINGS: Final = frozenset(
    {
        "acapella", "acoustic", "cappella", "cover", "demo", "dub", "edit", "extended",
        "instrumental", "karaoke", "live", "mix", "nightcore", "orchestral", "piano", "rehearsal",
        "remix", "reprise", "rework", "session", "sessions", "slowed", "sped", "take", "unplugged",
        "version",
    }
)  # fmt: skip
# Said of copies of one recording, after a dash or in brackets.
_SAME_RENDERING: Final = re.compile(
    r"\b(?:(?:digital(?:ly)?\s+)?re-?master(?:ed)?|mono|stereo|album version|single version|"
    r"original(?: version| mix)?|explicit|clean|bonus track|deluxe|feat\.?|ft\.?|featuring|"
    r"with)\b",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"\s*[(\[]([^)\]]*)[)\]]|\s+-\s+(.*)$")

Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Recording:
    """What is known of one file, to tell whether another holds the same."""

    uri: str
    title: str
    artist: str
    duration_s: float
    sound_print: str
    song: str | None  # what was found earlier; None before it was compared


@dataclass(frozen=True, slots=True)
class Songs:
    """What a comparison found."""

    of: Mapping[str, str]  # URI -> song, for recordings that are in a song with others
    renamed: Mapping[str, str]  # songs that turned out to be one with another


def sound_print(excerpts: Sequence[Floats]) -> str:
    """The print of a piece from its excerpts (float32, (samples,), at ``RATE``).

    Empty when there is too little to tell it by: silence, or less than four seconds.
    """
    told = b""
    for excerpt in excerpts[:_MOST]:
        bits = _bits(excerpt)
        if len(bits) < _FEWEST:
            bits = bits[:0]
        told += bytes([len(bits)]) + np.packbits(bits, axis=1).tobytes()
    return base64.b85encode(told).decode() if any(told) else ""


def difference(one: str, other: str) -> float:
    """The share of bits in which two prints differ, in [0, 1]; 1 when nothing compares.

    All excerpts are shifted alike, give or take ``_GIVE`` frames: another performance
    may hold the same notes, but not at the same times.
    """
    pairs = zip(_excerpts(one), _excerpts(other), strict=False)
    found = [_shifted(a, b) for a, b in pairs if len(a) >= _FEWEST and len(b) >= _FEWEST]
    return float(np.min(np.mean(found, axis=0))) if found else 1.0


def same_recording(one: Recording, other: Recording) -> bool:
    """Whether two files hold the same recording, by sound, length and words."""
    apart_s = abs(one.duration_s - other.duration_s)
    if not (one.sound_print and other.sound_print) or apart_s > _SAME_LENGTH_S:
        return False
    if _renderings(one.title) != _renderings(other.title):
        return False
    differ = difference(one.sound_print, other.sound_print)
    if _words(one) == _words(other):
        return differ <= _SAME
    return differ <= _SURELY_SAME and apart_s <= _SURELY_SAME_LENGTH_S


def songs(recordings: Iterable[Recording]) -> Songs:
    """Compare the recordings that were not compared yet with all others.

    They come in the order of their length, so that only those of nearly the same length
    are held at once. A song keeps the name it has; a new one is named after one of its
    recordings, file and print, so that no two songs ever share a name.
    """
    above: dict[str, str] = {}  # a forest: each URI and song, and what it belongs to

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = name = above[above[name]]
        return name

    uris: dict[str, str] = {}
    kept: dict[str, None] = {}
    for one, near in _neighbours(recordings):
        for other in near:
            # Of two hundred copies each needs to be compared with one of the others only.
            if top(one.uri) != top(other.uri) and same_recording(one, other):
                above[top(one.uri)] = top(other.uri)
                for each in (one, other):
                    uris[each.uri] = each.sound_print
                    if each.song:
                        kept[each.song] = None
                        above[top(each.uri)] = top(_SONG + each.song)
    names: dict[str, str] = {}
    renamed = {}
    for song in kept:
        name = names.setdefault(top(_SONG + song), song)
        if name != song:
            renamed[song] = name
    found = {uri: names.setdefault(top(uri), _name(uri, told)) for uri, told in uris.items()}
    return Songs(found, renamed)


def _name(uri: str, told: str) -> str:
    return hashlib.blake2s(f"{uri} {told}".encode(), digest_size=8).hexdigest()


class _Window:
    """The recordings last met, with what a first look needs side by side."""

    def __init__(self) -> None:
        self.recordings: list[Recording] = []
        room = 2 * _AT_ONCE
        self._lengths = np.zeros(room)
        self._shares = np.zeros((room, _BITS), dtype=np.float32)
        self._words = np.zeros(room, dtype=np.int64)
        self._fresh = np.zeros(room, dtype=bool)

    def near(self, one: Recording) -> list[Recording]:
        """Those of nearly the length of ``one`` that may hold the same."""
        count = len(self.recordings)
        start = int(np.searchsorted(self._lengths[:count], one.duration_s - _SAME_LENGTH_S))
        here = slice(start, count)
        apart = np.square(self._shares[here] - _shares(one.sound_print)).mean(axis=1)
        alike = (apart <= _ALIKE) | (self._words[here] == hash(_words(one)))
        if one.song is not None:
            alike &= self._fresh[here]
        return [self.recordings[start + int(i)] for i in np.flatnonzero(alike)]

    def add(self, one: Recording) -> None:
        count = len(self.recordings)
        if count == len(self._lengths):
            self._make_room(one.duration_s)
            count = len(self.recordings)
        self._lengths[count] = one.duration_s
        self._shares[count] = _shares(one.sound_print)
        self._words[count] = hash(_words(one))
        self._fresh[count] = one.song is None
        self.recordings.append(one)

    def _make_room(self, duration_s: float) -> None:
        """Forget those too short to be compared any more; grow when there are few."""
        start = int(np.searchsorted(self._lengths, duration_s - _SAME_LENGTH_S))
        del self.recordings[:start]
        more = 0 if start >= len(self._lengths) // 2 else len(self._lengths)
        for name in ("_lengths", "_shares", "_words", "_fresh"):
            column = getattr(self, name)
            room = np.zeros((len(column) + more, *column.shape[1:]), dtype=column.dtype)
            room[: len(column) - start] = column[start:]
            setattr(self, name, room)


def _neighbours(
    recordings: Iterable[Recording],
) -> Iterator[tuple[Recording, list[Recording]]]:
    """Each recording with those before it that may be the same."""
    window = _Window()
    for one in recordings:
        if one.sound_print:
            yield one, window.near(one)
            window.add(one)


def _bits(excerpt: Floats) -> Bits:
    """Which bands stand out between their neighbours, by frame: (frames, 32), 0 or 1."""
    whole = len(excerpt) // _EVERY * _EVERY
    low = excerpt[:whole].reshape(-1, _EVERY).mean(axis=1)
    low = low - low.mean() if len(low) else low
    if len(low) < _FRAME or 10 * np.log10(np.mean(np.square(low)) + 1e-12) <= SILENCE_DB:
        return np.zeros((0, _BITS), dtype=np.uint8)
    frames = np.lib.stride_tricks.sliding_window_view(low, _FRAME)[::_HOP]
    spectrum = np.fft.rfft(frames * np.hanning(_FRAME).astype(np.float32), axis=1)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    edges = np.searchsorted(
        np.fft.rfftfreq(_FRAME, _EVERY / RATE),
        np.geomspace(_LOWEST_HZ, _HIGHEST_HZ, _BITS + 3),
    )
    bands = np.stack(
        [power[:, a : max(b, a + 1)].mean(axis=1) for a, b in pairwise(edges)],
        axis=1,
    )
    level = np.log(bands + 1e-9)
    return np.asarray(level[:, 1:-1] > (level[:, :-2] + level[:, 2:]) / 2, dtype=np.uint8)


def _excerpts(told: str) -> list[Bits]:
    """A print's excerpts: (frames, 32) each, some of them empty."""
    data, found = base64.b85decode(told), []
    while data:
        end = 1 + data[0] * _BITS // 8
        rows = np.frombuffer(data[1:end], dtype=np.uint8).reshape(-1, _BITS // 8)
        found.append(np.unpackbits(rows, axis=1))
        data = data[end:]
    return found


def _shifted(one: Bits, other: Bits) -> npt.NDArray[np.float64]:
    """The share of differing bits at each shift, or at the best one near it."""
    shares = np.ones(2 * (_SHIFTS + _GIVE) + 1)
    for shift in range(-_SHIFTS, _SHIFTS + 1):
        a, b = (one[shift:], other) if shift >= 0 else (one, other[-shift:])
        both = min(len(a), len(b))
        if both >= _FEWEST:
            shares[shift + _SHIFTS + _GIVE] = np.mean(a[:both] != b[:both])
    near = np.lib.stride_tricks.sliding_window_view(shares, 2 * _GIVE + 1)
    return np.asarray(near.min(axis=1))


def _shares(told: str) -> Floats:
    """How often each band stands out: (32,)."""
    rows = [bits for bits in _excerpts(told) if len(bits)]
    if not rows:
        return np.full(_BITS, -1.0, dtype=np.float32)
    return np.asarray(np.concatenate(rows).mean(axis=0), dtype=np.float32)


def _words(one: Recording) -> tuple[str, str]:
    """Artist and title without what is said of copies, of accents and of punctuation."""

    def aside(match: re.Match[str]) -> str:
        return "" if _SAME_RENDERING.search(match[1] or match[2] or "") else match[0]

    title = _ASIDE.sub(aside, one.title) or one.title
    return _plain(one.artist), _plain(title)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if c.isalnum())


def _renderings(title: str) -> frozenset[str]:
    plain = _SAME_RENDERING.sub(" ", title.casefold())
    return frozenset(re.findall(r"[^\W_]+", plain)) & _RENDERINGS
