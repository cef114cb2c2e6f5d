"""Excerpts with the valence and arousal that listeners gave, and what we hear in them.

A folder holds ``annotations.csv`` (file, Arousal, Valence; -10 to 10) and the sounds it
names, as Grekow's set on GTZAN recordings does (*From Content-based Music Emotion
Recognition to Emotion Maps of Musical Pieces*, Springer 2018).
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError, Misuse
from affetto.music.decoding import opened
from affetto.music.ear import listen
from affetto.music.hearing import measure
from affetto.music.mood_model import cues

Numbers = npt.NDArray[np.float64]

SCALE: Final = 10.0
ALIKE: Final = 0.95  # correlation above which two excerpts are the same recording


@dataclass(frozen=True)
class Clips:
    """Rated excerpts, one a row. Moods lie in [-1, 1]; columns are valence, arousal."""

    names: tuple[str, ...]
    heard: Numbers  # (n, d): cues, then what the ear heard
    moods: Numbers  # (n, 2)
    groups: npt.NDArray[np.int64]  # (n,); the same recording has the same number
    genres: tuple[str, ...]  # by file name; "" where it says none

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that change with any name or rating."""
        rows = zip(self.names, self.moods, strict=True)
        told = sorted(f"{name} {valence:.4f} {arousal:.4f}" for name, (valence, arousal) in rows)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def rows_of(folder: Path) -> list[tuple[Path, float, float]]:
    """Path, valence and arousal in [-1, 1] of every excerpt; Misuse when it cannot be told."""
    table = folder / "annotations.csv"
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        return [
            (folder / row["file"], float(row["Valence"]) / SCALE, float(row["Arousal"]) / SCALE)
            for row in rows
        ]
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise Misuse(
            f"{table} is no table of rated sounds ({error}).",
            remedy="It needs the columns file, Valence and Arousal, the ratings from -10 to 10.",
        ) from error


def read_clips(folder: Path) -> Clips:
    """Listen to every excerpt of ``folder``; AffettoError names one that cannot be read."""
    rows = rows_of(folder)
    heard = []
    for path, _, _ in rows:
        try:
            heard.append(hear(path))
        except (AffettoError, OSError) as error:
            raise AffettoError(
                f"{path.name} cannot be listened to ({error}).",
                remedy="Put the sound there, or take its row out of annotations.csv.",
            ) from error
    features = np.array(heard, dtype=np.float64)
    names = tuple(path.name for path, _, _ in rows)
    return Clips(
        names=names,
        heard=features,
        moods=np.array([mood for _, *mood in rows]),
        groups=grouped(features, names),
        genres=tuple(genre_of(name) for name in names),
    )


def hear(path: Path) -> npt.NDArray[np.float32]:
    """What the model is given of a whole excerpt: (d,)."""
    with opened(path) as sound:
        samples = sound.span(0.0, 30.0)
    return np.concatenate([cues(measure([samples])), listen([samples])])


def genre_of(name: str) -> str:
    """ "blues" of "out_blues.00009.ogg"."""
    return name.split(".")[0].removeprefix("out_") if name.count(".") > 1 else ""


def grouped(heard: Numbers, names: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Which excerpts are the same recording: those that sound it, and copies by name."""
    z = (heard - heard.mean(axis=0)) / (heard.std(axis=0) + 1e-9)
    z /= np.linalg.norm(z, axis=1, keepdims=True) + 1e-9
    same = z @ z.T > ALIKE
    plain = [name.replace(" - Kopia", "") for name in names]
    numbers = np.arange(len(names))
    for i in range(len(names)):
        for j in range(i):
            if same[i, j] or plain[i] == plain[j]:
                numbers[numbers == numbers[i]] = numbers[j]
    return numbers
