"""How well one track follows another: tempo, energy, key, loudness, and whose it is.

What is not known of either track costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.track import Track

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

# What a difference costs, in shares of the hardest cut. Judgements, not measurements.
TEMPO: Final = 0.5  # for each doubling; half and double time count as one tempo
ENERGY: Final = 0.5  # from none to all
KEY: Final = 0.15  # from a key to the one across the circle of fifths
LOUDNESS: Final = 0.02  # for each dB

_FIFTHS: Final = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}


@dataclass(frozen=True, slots=True)
class Sounds:
    """What of each track's sound a transition turns on, float32 (n,); NaN = not known."""

    octave: Floats  # log2 of the tempo in beats a minute
    energy: Floats  # [0, 1]
    fifth: Floats  # place on the circle of fifths, 0 to 11
    loudness: Floats  # dB


def sounds_of(tracks: Sequence[Track]) -> Sounds:
    """The sounds of a library; 16 bytes a track."""
    features = [t.features for t in tracks]

    def column(told: list[float | None]) -> Floats:
        return np.array([np.nan if one is None else one for one in told], np.float32)

    tempo = column(
        [f.tempo_bpm if f and f.tempo_bpm and f.tempo_bpm > 0 else None for f in features]
    )
    return Sounds(
        np.log2(tempo),
        column([f.energy if f else None for f in features]),
        column([fifth_of(f.key) if f and f.key else None for f in features]),
        column([f.loudness_db if f else None for f in features]),
    )


def fifth_of(key: str) -> int | None:
    """Where a key stands on the circle of fifths, C = 0 and G = 1; minor with its major.

    Keys are written "C", "F#", "Bb minor"; None for what is none.
    """
    tonic, _, mode = key.strip().partition(" ")
    if tonic[:1] not in _FIFTHS or set(tonic[1:]) - set("#b"):
        return None
    place = _FIFTHS[tonic[0]] + 7 * (tonic.count("#") - tonic[1:].count("b"))
    return (place - 3 if mode.casefold().startswith("min") else place) % 12


def roughness(sounds: Sounds, before: Rows, after: Rows) -> Floats:
    """What each track of ``after`` costs after each of ``before``, float32 (b, a), 0 or more."""

    def apart(column: Floats) -> Floats:
        return np.asarray(np.abs(column[before][:, None] - column[after][None, :]))

    octave = apart(sounds.octave) % 1
    fifth = apart(sounds.fifth)
    parts = (
        TEMPO * np.minimum(octave, 1 - octave),
        ENERGY * apart(sounds.energy),
        KEY / 6 * np.minimum(fifth, 12 - fifth),
        LOUDNESS * apart(sounds.loudness),
    )
    cost = np.zeros((len(before), len(after)), np.float32)
    for part in parts:
        cost += np.fmax(part, 0)  # 0 where nobody knows
    return cost
