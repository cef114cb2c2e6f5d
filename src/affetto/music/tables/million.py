"""The Million Song Dataset in its HDF5 summary layout, read by h5py: an optional part.

Three groups hold one row a song each (Bertin-Mahieux et al., ISMIR 2011): what it is
(``/metadata/songs``), how it sounds (``/analysis/songs``), and when it appeared
(``/musicbrainz/songs``). A file of one song has the same groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from affetto.errors import PartMissing, UnreadableTable
from affetto.music.tables.opening import LOT, BadLines, Lot, Progress

_REMEDY: Final = 'Install it with: pip install "affetto[hdf5]"'
_GROUPS: Final = ("metadata", "analysis", "musicbrainz")
_FIELDS: Final = {
    "metadata": ("title", "artist_name", "release", "genre", "song_hotttnesss"),
    "analysis": (
        "track_id", "danceability", "duration", "energy", "key", "loudness", "mode", "tempo",
        "time_signature",
    ),
    "musicbrainz": ("year",),
}  # fmt: skip


class MillionTable:
    """A summary file of the Million Song Dataset, or one song's own file."""

    songs = "Million Song Dataset"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._h5py = _h5py()
        with self._opened() as file:
            self._columns = [
                (group, name)
                for group in _GROUPS
                for name in _FIELDS[group]
                if name in (_rows(file, group, path).dtype.names or ())
            ]
            self.rows: int | None = min(len(_rows(file, group, path)) for group in _GROUPS)
        self.header = tuple(name for _, name in self._columns)

    def lots(self, places: Mapping[str, int], bad: BadLines, seen: Progress) -> Iterator[Lot]:
        """The rows in lots; text comes as bytes in UTF-8 and is given as text."""
        total = self.rows or 0
        with self._opened() as file:
            for start in range(0, total, LOT):
                stop = min(total, start + LOT)
                read = {group: _rows(file, group, self._path)[start:stop] for group in _GROUPS}
                cells = {}
                for ours, place in places.items():
                    group, name = self._columns[place]
                    cells[ours] = [_plain(cell) for cell in read[group][name].tolist()]
                if "year" in cells:  # a song whose year is not known has the year 0
                    cells["year"] = [year or None for year in cells["year"]]
                yield Lot(cells, stop - start)
                seen(stop / total)

    def _opened(self) -> Any:
        try:
            return _Told(self._h5py.File(self._path, "r"), self._path)
        except OSError as error:
            raise _damaged(self._path) from error


class _Told:
    """Closes the file, and says in a sentence what HDF5 has against it."""

    def __init__(self, file: Any, path: Path) -> None:
        self._file, self._path = file, path

    def __enter__(self) -> Any:
        return self._file

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        self._file.close()
        if isinstance(error, (OSError, RuntimeError)):
            raise _damaged(self._path) from error


def _rows(file: Any, group: str, path: Path) -> Any:
    rows = file.get(f"{group}/songs")
    if rows is None or not getattr(getattr(rows, "dtype", None), "names", None):
        raise UnreadableTable(
            f"The HDF5 file {path} has no table /{group}/songs.",
            remedy="Of HDF5, only the Million Song Dataset's layout is understood.",
        )
    return rows


def _plain(cell: object) -> object:
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell


def _damaged(path: Path) -> UnreadableTable:
    return UnreadableTable(
        f"The HDF5 file {path} is damaged or cut short.", remedy="Fetch or copy it again."
    )


def _h5py() -> Any:
    try:
        import h5py
    except ImportError as error:
        raise PartMissing(
            "Reading HDF5 needs h5py, which is not installed.", remedy=_REMEDY
        ) from error
    return h5py
