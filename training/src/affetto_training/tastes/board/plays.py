"""Plays in the order of time, and the moments up to which a model may learn.

Two sources: SiTunes, stages 1 and 2 (Li et al., CHIIR 2024: 30 listeners, rated plays), and the
logs of simulated listeners. A play is *liked* where it was rated 4 or 5, or not skipped.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError
from affetto_training.tastes.board.data import Floats, Ints

SITUNES: Final = Path("situnes")
LIKED: Final = 4  # of five stars
APART_S: Final = 3600.0  # between two plays of one sitting
FEATURES: Final = (
    "popularity", "loudness", "danceability", "energy", "speechiness", "acousticness",
    "instrumentalness", "valence", "tempo",
)  # fmt: skip
BLOCKS: Final = 5
TUNED: Final = (0.3, 0.5)  # of SiTunes' plays: settings are chosen between these moments
TESTED: Final = (0.5, 1.0)


@dataclass(frozen=True)
class Plays:
    """One row a play, oldest first."""

    listener: Ints
    track: Ints
    liked: npt.NDArray[np.bool_]
    sitting: Ints  # counts up for each listener; plays of one number follow close on another
    features: Floats  # (tracks, features), each with mean 0 and spread 1

    def __len__(self) -> int:
        return len(self.track)

    def asked(self, begin: int, end: int) -> Ints:
        """The liked plays from ``begin`` to ``end``: those to be told."""
        return begin + np.flatnonzero(self.liked[begin:end])


@dataclass(frozen=True)
class Block:
    """Learn from the plays before ``begin``; tell those up to ``end``, each from its past."""

    begin: int
    end: int


def blocks(plays: Plays, share: tuple[float, float], count: int = BLOCKS) -> list[Block]:
    """A stretch of time in equal parts; a model learns anew before each."""
    edges = np.linspace(share[0] * len(plays), share[1] * len(plays), count + 1).round().astype(int)
    return [Block(int(a), int(b)) for a, b in pairwise(edges)]


def read_situnes(data: Path) -> Plays:
    """Stages 1 and 2; plays of tracks that the table of tracks does not know are left out."""
    items = _rows(data / SITUNES / "items.csv.gz")
    place = {row["item_id"]: i for i, row in enumerate(items)}
    stages = ("stage1.csv", "stage2.csv.gz")
    rows = [row for name in stages for row in _rows(data / SITUNES / name)]
    rows = sorted((r for r in rows if r["item_id"] in place), key=lambda r: float(r["timestamp"]))
    who = {u: i for i, u in enumerate(sorted({row["user_id"] for row in rows}))}
    listener = np.array([who[row["user_id"]] for row in rows])
    at = np.array([float(row["timestamp"]) for row in rows])
    values = np.array([[_number(row[name]) for name in FEATURES] for row in items])
    return Plays(
        listener,
        np.array([place[row["item_id"]] for row in rows]),
        np.array([float(row["rating"]) >= LIKED for row in rows]),
        _sittings(listener, at),
        standard(values),
    )


def standard(values: Any) -> Floats:
    """Each column with mean 0 and spread 1; what is missing lies in the middle."""
    values = np.asarray(values, float)
    spread = np.nanstd(values, 0)
    even = (values - np.nanmean(values, 0)) / np.where(spread > 0, spread, 1)
    return np.asarray(np.nan_to_num(even), np.float32)


def _sittings(listener: Ints, at: Any) -> Ints:
    last: dict[int, tuple[float, int]] = {}
    out = np.zeros(len(listener), np.int64)
    for i, (who, now) in enumerate(zip(listener.tolist(), at.tolist(), strict=True)):
        before, number = last.get(who, (now, 0))
        out[i] = number + (now - before > APART_S)
        last[who] = now, int(out[i])
    return out


def joined(sequences: Sequence[Sequence[tuple[int, bool, int]]], features: Any) -> Plays:
    """Plays from one sequence a listener, of (track, liked, sitting), sitting by sitting.

    The n-th sitting of everybody comes before anybody's next: that is their common time.
    """
    rows = sorted(
        ((sitting, who, i, track, liked)
         for who, plays in enumerate(sequences)
         for i, (track, liked, sitting) in enumerate(plays)),
    )  # fmt: skip
    sitting, who, _, track, liked = (np.array(column) for column in zip(*rows, strict=True))
    return Plays(who, track, liked.astype(bool), sitting, standard(features))


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise AffettoError(
            f"{path} is not there.",
            remedy=f"Name with --data the folder that holds {SITUNES}, stages 1 and 2.",
        ) from None
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
