"""Tables of songs as files hold them: csv, gzipped csv or parquet, told by their columns."""

from __future__ import annotations

import csv
import difflib
import gzip
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError

Floats = npt.NDArray[np.float64]

MOODS: Final = ("Calm", "Energetic", "Happy", "Sad")  # of the table of moods, in its order
# What the table of 22 columns and its copy of 10 share with the table of moods.
CLUSTERED: Final = (
    "danceability", "energy", "key", "speechiness", "acousticness",
    "liveness", "valence", "tempo", "duration_ms",
)  # fmt: skip
# The ten that the earlier systems told the mood from.
TOLD_FROM: Final = (
    "duration_ms", "danceability", "acousticness", "energy", "instrumentalness",
    "liveness", "valence", "loudness", "speechiness", "tempo",
)  # fmt: skip
OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "duration_ms": ("length",),
    "name": ("song_name", "track_name", "title", "song"),
    "artist": ("artist_name", "artists", "singer"),
    "year": ("release_date",),
}


@dataclass(frozen=True)
class Songs:
    """Rows of one table, each a mapping from column to text or number; "" and None are unknown."""

    path: Path
    rows: Sequence[Mapping[str, Any]]

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> str:
        """What this table calls a column; AffettoError names the nearest it has."""
        known = list(self.rows[0]) if self.rows else []
        for candidate in (name, *OTHER_NAMES.get(name, ())):
            if candidate in known:
                return candidate
        near = difflib.get_close_matches(name, known, 1, 0.5)
        raise AffettoError(
            f"{self.path.name} has no column {name}.",
            remedy=f"Should {near[0]} be it? Then rename it."
            if near
            else f"It has {', '.join(map(str, known)) or 'no rows at all'}.",
        )

    def has(self, name: str) -> bool:
        """Whether there is such a column, by this name or another."""
        known = self.rows[0] if self.rows else {}
        return any(candidate in known for candidate in (name, *OTHER_NAMES.get(name, ())))

    def numbers(self, *names: str) -> Floats:
        """Columns as float64 (rows, names); NaN where a cell holds no number."""
        columns = [self.column(name) for name in names]
        return np.array([[number(row[c]) for c in columns] for row in self.rows], np.float64)

    def texts(self, name: str) -> npt.NDArray[np.str_]:
        """A column as text, "" where there is none."""
        column = self.column(name)
        return np.array(["" if row[column] is None else str(row[column]) for row in self.rows])

    def where(self, keep: npt.NDArray[np.bool_]) -> Songs:
        """Only the rows that are kept, in their order."""
        return Songs(self.path, [row for row, kept in zip(self.rows, keep, strict=True) if kept])


def number(cell: object) -> float:
    """A cell as a finite number, NaN where it is none; of a date only the year counts."""
    if isinstance(cell, str):
        date = re.fullmatch(r"(\d{4})-\d\d(-\d\d)?", cell.strip())
        cell = date.group(1) if date else cell
    try:
        value = float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return math.nan
    return value if math.isfinite(value) else math.nan


def read_songs(path: Path) -> Songs:
    """Read a table; AffettoError when it is not there, is empty, or is no table."""
    try:
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            rows: list[Mapping[str, Any]] = pq.read_table(path).to_pylist()
        elif path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
                rows = list(csv.DictReader(file))
        else:
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                rows = list(csv.DictReader(file))
    except (OSError, ValueError, EOFError, csv.Error) as error:
        raise AffettoError(
            f"{path} cannot be read as a table of songs: {error}.",
            remedy="Give a csv, a csv.gz or a parquet file.",
        ) from error
    if not rows:
        raise AffettoError(f"{path} has no rows.", remedy="Give a table with songs in it.")
    return Songs(path, rows)


def distinct(songs: Songs, names: Sequence[str]) -> tuple[Songs, Floats]:
    """The rows whose numbers are all there, each set of numbers once: rows and float64 (n, names).

    Named songs keep their first row; order is that of the file.
    """
    values = songs.numbers(*names)
    whole = np.flatnonzero(np.isfinite(values).all(axis=1))
    _, first = np.unique(values[whole], axis=0, return_index=True)
    keep = np.zeros(len(songs), bool)
    keep[whole[np.sort(first)]] = True
    return songs.where(keep), values[keep]


def plain(words: str) -> str:
    """Letters and digits only, without accents, brackets, or what follows a dash: to join by."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    bare = re.sub(r"\(.*?\)|\[.*?\]| - .*", "", bare)
    return "".join(c for c in bare if c.isalnum())
