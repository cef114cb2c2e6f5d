"""SiTunes, stages 1 and 2: what 30 people heard, how they felt before and after, their ratings.

From "SiTunes: A Situational Music Recommendation Dataset with Physiological and Psychological
Signals", CHIIR 2024. Ratings are 1 to 5; moods are (valence, arousal) in [-1, 1]. Stage 1
is a lab: twenty songs in a row, no mood before. Stage 2 is daily life: each song was chosen by
one of two recommenders or by chance (``Rand``).
"""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from affetto.errors import AffettoError, UnreadableTable

CHANCE: Final = "Rand"
FILES: Final = ("items.csv.gz", "stage1.csv", "stage2.csv.gz", "wrist_s2.npz")
# How a service's number becomes one about as large as 1: (middle, unit).
SCALES: Final[Mapping[str, tuple[float, float]]] = {
    "popularity": (50, 50), "loudness": (-10, 5), "danceability": (0.5, 0.25),
    "energy": (0.5, 0.25), "speechiness": (0.1, 0.2), "acousticness": (0.5, 0.5),
    "instrumentalness": (0.25, 0.5), "valence": (0.5, 0.25), "tempo": (120, 30),
}  # fmt: skip
GENRES: Final = (
    "rock", "other", "indie", "pop", "electronic", "country", "alternative", "rnb", "hip-hop",
    "metal", "jazz", "reggae",
)  # fmt: skip
ACTIVITIES: Final = ("still", "to still", "walking", "missing", "lying", "running")
LAST: Final = 5  # minutes before the song
SITUATION: Final = (
    *(f"half hour {a}" for a in ACTIVITIES), *(f"just {a}" for a in ACTIVITIES[1:]),
    "afternoon", "evening", "steps", "intensity",
)  # fmt: skip


@dataclass(frozen=True)
class Play:
    """One song that one person heard."""

    listener: int
    at: float  # seconds since 1970
    track: str
    rating: float  # 1 to 5
    after: tuple[float, float]  # valence, arousal
    before: tuple[float, float] | None = None  # None in the lab
    by: str = "lab"  # who chose it
    situation: tuple[float, ...] = ()  # as in SITUATION; empty in the lab

    @property
    def lab(self) -> bool:
        """Whether this was stage 1."""
        return self.before is None


@dataclass(frozen=True)
class Study:
    """Every play, by listener and then in time order, and what is known of the tracks."""

    plays: tuple[Play, ...]
    traits: Mapping[str, tuple[float, ...]]  # of a track, as in SCALES; 0 where unknown
    genres: Mapping[str, str]

    @cached_property
    def tracks(self) -> tuple[str, ...]:
        """Every track that was heard, in order."""
        return tuple(sorted({play.track for play in self.plays}))


def read_study(folder: Path) -> Study:
    """Read both stages; AffettoError names what is missing or wrong."""
    missing = [name for name in FILES if not (folder / name).exists()]
    if missing:
        raise AffettoError(
            f"{folder} lacks {', '.join(missing)}.", remedy="Give the folder of SiTunes."
        )
    try:
        items = list(_rows(folder / "items.csv.gz"))
        lab = [_lab(row) for row in _rows(folder / "stage1.csv")]
        wrist = np.load(folder / "wrist_s2.npz")["wrist"].astype(float)
        field = [_field(row, wrist) for row in _rows(folder / "stage2.csv.gz")]
    except (KeyError, ValueError, IndexError, OSError, EOFError) as error:
        raise UnreadableTable(
            f"The tables in {folder} are not those of SiTunes: {error}.",
            remedy="Give the folder as it was published, stages 1 and 2.",
        ) from error
    return Study(
        tuple(sorted(lab + field, key=lambda play: (play.listener, play.at))),
        {row["item_id"]: tuple(_trait(row, name) for name in SCALES) for row in items},
        {row["item_id"]: row["general_genre"] for row in items},
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    else:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _trait(row: Mapping[str, str], name: str) -> float:
    middle, unit = SCALES[name]
    value = float(row[name]) if row[name] else math.nan
    return 0.0 if math.isnan(value) else (value - middle) / unit


def _heard(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "listener": int(row["user_id"]),
        "at": float(row["timestamp"]),
        "track": row["item_id"],
        "rating": float(row["rating"]),
        "after": (float(row["post_v"]), float(row["post_a"])),
    }


def _lab(row: Mapping[str, str]) -> Play:
    return Play(**_heard(row))


def _field(row: Mapping[str, str], wrist: np.ndarray[Any, np.dtype[np.float64]]) -> Play:
    half_hour = wrist[int(row["inter_id"]) - 1]  # (30 minutes, 4)
    kind = half_hour[:, 3]
    situation = (
        *((kind == k).mean() for k in range(len(ACTIVITIES))),
        *((kind[-LAST:] == k).mean() for k in range(1, len(ACTIVITIES))),
        float(row["t2"]),
        float(row["t3"]),
        math.log1p(float(half_hour[:, 2].sum())) / 8,
        min(2.0, float(half_hour[:, 1].mean()) / 50),
    )
    return Play(
        **_heard(row),
        before=(float(row["pre_v"]), float(row["pre_a"])),
        by=row["rec_type"],
        situation=tuple(float(s) for s in situation),
    )
