"""Parquet tables, read by PyArrow: an optional part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from affetto.errors import PartMissing, UnreadableTable
from affetto.music.tables.opening import LOT, BadLines, Lot, Progress

_REMEDY: Final = 'Install it with: pip install "affetto[tables]"'


class ParquetTable:
    """A Parquet file. Only the columns that are asked for are read."""

    songs = ""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._arrow, self._open = _pyarrow()
        with self._told():
            file = self._open(path)
            self.header = tuple(str(name) for name in file.schema_arrow.names)
            self.rows: int | None = int(file.metadata.num_rows)
            file.close()

    def lots(self, places: Mapping[str, int], bad: BadLines, seen: Progress) -> Iterator[Lot]:
        """The rows in lots."""
        count, total = 0, max(1, self.rows or 1)
        with self._told():
            file = self._open(self._path)
            try:
                wanted = [self.header[place] for place in places.values()]
                for batch in file.iter_batches(batch_size=LOT, columns=wanted):
                    cells = {
                        ours: batch.column(batch.schema.names.index(self.header[p])).to_pylist()
                        for ours, p in places.items()
                    }
                    yield Lot(cells, batch.num_rows)
                    count += batch.num_rows
                    seen(min(1.0, count / total))
            finally:
                file.close()

    def _told(self) -> _Told:
        return _Told(self._path, self._arrow.ArrowException)


class _Told:
    """Says in a sentence what PyArrow has against a file."""

    def __init__(self, path: Path, trouble: type[Exception]) -> None:
        self._path, self._trouble = path, trouble

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (self._trouble, OSError)):
            raise UnreadableTable(
                f"The Parquet file {self._path} is damaged or cut short.",
                remedy="Fetch or copy it again.",
            ) from error


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise PartMissing(
            "Reading Parquet needs PyArrow, which is not installed.", remedy=_REMEDY
        ) from error
    return pyarrow, ParquetFile
