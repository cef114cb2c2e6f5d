"""Reading a table once: how many rows, which are doubles, and in which units it speaks.

Statistics come from at most 100,000 rows, taken evenly over the whole table: all of a
smaller one. Of every row only two hashes and its popularity are remembered, so that a
million rows take about 25 MB.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.music.tables.columns import NUMBERS, Layout
from affetto.music.tables.opening import BadLines, Lot, Progress, Table
from affetto.music.tables.units import Unit, unit_of
from affetto.music.tables.values import Floats, numbers, same_name, text

_SAMPLE: Final = 100_000
_HUGE: Final = 1e12


@dataclass(slots=True)
class Seen:
    """What was met in one column of numbers."""

    present: int = 0
    missing: int = 0
    wrong: int = 0  # neither empty nor a finite number


@dataclass(slots=True)
class Survey:
    """What one reading of a table tells."""

    rows: int = 0
    unnamed: int = 0
    doubles_by_id: int = 0
    doubles_by_name: int = 0
    keep: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))  # (rows,)
    columns: dict[str, Seen] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    sample: dict[str, Floats] = field(default_factory=dict)  # sorted, in our units, in range
    bad: BadLines = field(default_factory=BadLines)


def survey(table: Table, layout: Layout, seen: Progress) -> Survey:
    """Read the whole of ``table`` once. Raises UnreadableTable when it is cut short."""
    found = Survey()
    names = [name for name in NUMBERS if name in layout.places]
    found.columns = {name: Seen() for name in names}
    wanted = {n: p for n, p in layout.places.items() if n in (*names, "id", "title", "artist")}
    rows, sample = _Rows(), _Sample(names)
    for lot in table.lots(wanted, found.bad, seen):
        columns = {}
        for name in names:
            columns[name], wrong = numbers(lot.cells[name], name)
            told = found.columns[name]
            present = int(np.isfinite(columns[name]).sum())
            told.present += present
            told.wrong += wrong
            told.missing += lot.size - present - wrong
        named = rows.add(lot, columns.get("popularity"))
        sample.add(columns, named if "title" in wanted else np.ones(lot.size, np.bool_))
        found.rows += lot.size
    found.units = _units(sample.columns(), layout)
    for name, values in sample.columns().items():
        clean, _ = found.units[name].applied(values)
        found.sample[name] = np.sort(clean[np.isfinite(clean)])
    rows.judge(found)
    return found


def _units(sample: Mapping[str, Floats], layout: Layout) -> dict[str, Unit]:
    return {name: unit_of(name, layout.header[layout.places[name]], sample) for name in sample}


class _Rows:
    """What tells doubles: hashes of id and name, and popularity, of every row."""

    def __init__(self) -> None:
        self._ids, self._names, self._popularity = array("q"), array("q"), array("f")
        self._named = bytearray()

    def add(self, lot: Lot, popularity: Floats | None) -> npt.NDArray[np.bool_]:
        """Remember a lot; which of its rows have a title, bool (n,)."""
        nothing: Sequence[object] = ("",) * lot.size
        titles = [text(cell) for cell in lot.cells.get("title", nothing)]
        artists = [text(cell) for cell in lot.cells.get("artist", nothing)]
        self._ids.extend(
            hash(one) or 1 if (one := plain_id(cell)) else 0
            for cell in lot.cells.get("id", nothing)
        )
        self._names.extend(
            (hash((same_name(title), same_name(artist))) or 1) if title and artist else 0
            for title, artist in zip(titles, artists, strict=True)
        )
        known = np.full(lot.size, -1.0) if popularity is None else np.nan_to_num(popularity, nan=-1)
        self._popularity.frombytes(np.clip(known, -1, 1e9).astype(np.float32).tobytes())
        named = np.array([bool(title) for title in titles], np.bool_)
        self._named.extend(named.tobytes())
        return named

    def judge(self, found: Survey) -> None:
        """Say which rows stay: named, and of doubles the most popular, else the first."""
        keep = np.frombuffer(bytes(self._named), np.bool_).copy()
        found.unnamed = int(found.rows - keep.sum())
        found.doubles_by_id = self._drop(keep, self._ids)
        found.doubles_by_name = self._drop(keep, self._names)
        found.keep = keep

    def _drop(self, keep: npt.NDArray[np.bool_], hashes: array[int]) -> int:
        """Take the doubles out of ``keep``; how many they were."""
        values = np.frombuffer(hashes, np.int64)
        popularity = np.frombuffer(self._popularity, np.float32)
        rows = np.flatnonzero(keep & (values != 0))
        order = rows[np.lexsort((rows, -popularity[rows], values[rows]))]
        again = np.zeros(len(order), np.bool_)
        again[1:] = values[order][1:] == values[order][:-1]
        keep[order[again]] = False
        return int(again.sum())


class _Sample:
    """Every k-th row, k doubling whenever there are too many."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._lots: list[Floats] = []
        self._step, self._phase, self._held = 1, 0, 0

    def add(self, columns: Mapping[str, Floats], wanted: npt.NDArray[np.bool_]) -> None:
        if not self._names:
            return
        matrix = np.stack([columns[name] for name in self._names], axis=1)[wanted]
        first = -self._phase % self._step
        self._phase += len(matrix)
        self._lots.append(matrix[first :: self._step])
        self._held += len(self._lots[-1])
        if self._held >= 2 * _SAMPLE:
            self._lots = [np.concatenate(self._lots)[::2].copy()]
            self._held = len(self._lots[0])
            self._step *= 2

    def columns(self) -> dict[str, Floats]:
        """The sampled rows by column, float64 (m,), NaN where nothing stands."""
        if not self._lots:
            return {name: np.zeros(0) for name in self._names}
        # Sums of the absurd overflow; a unit is told as well by the merely huge.
        matrix = np.clip(np.concatenate(self._lots), -_HUGE, _HUGE)
        return {name: matrix[:, place] for place, name in enumerate(self._names)}


def plain_id(cell: object) -> str:
    """A song's identifier, alike whether written as an id, a link or a URI."""
    found = text(cell)
    for start in ("spotify:track:", "https://open.spotify.com/track/"):
        found = found.removeprefix(start)
    return found.partition("?")[0]
