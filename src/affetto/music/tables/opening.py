"""What kind of table a file is, told by its first bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from affetto.errors import NotFound, UnreadableTable

LOT: Final = 4096  # rows read together
_NAMED_BAD: Final = 20  # bad lines named; the others are counted

Progress = Callable[[float], None]  # how much was read, [0, 1]


@dataclass(slots=True)
class BadLines:
    """Lines that could not be understood and were left out."""

    count: int = 0
    named: list[tuple[int, str]] = field(default_factory=list)  # line, reason
    odd_text: int = 0  # lines that are no UTF-8, read as Western European

    def add(self, line: int, reason: str) -> None:
        """Count a line, and name it while few are named."""
        self.count += 1
        if len(self.named) < _NAMED_BAD:
            self.named.append((line, reason))


@dataclass(frozen=True, slots=True)
class Lot:
    """Some rows, column by column; only the columns that were asked for."""

    cells: Mapping[str, Sequence[object]]  # our name -> one cell a row
    size: int


class Table(Protocol):
    """A table that can be read from its start as often as needed."""

    header: tuple[str, ...]
    songs: str  # what the file's own kind tells of it; "" for any table
    rows: int | None  # None where only reading tells

    def lots(self, places: Mapping[str, int], bad: BadLines, seen: Progress) -> Iterator[Lot]:
        """The rows in lots of at most LOT; ``places`` is which column is which."""
        ...


def open_table(path: Path) -> Table:
    """The table in the file at ``path``: CSV (also gzipped), Parquet or HDF5.

    Raises NotFound when there is no such file, UnreadableTable when it is no table, and
    PartMissing when reading its format needs an optional part.
    """
    head = _head(path)
    if not head:
        raise UnreadableTable(
            f"The file {path} is empty.", remedy="Name a table with a header and rows."
        )
    if head.startswith(b"PAR1"):
        from affetto.music.tables.parquet import ParquetTable

        return ParquetTable(path)
    if head.startswith(b"\x89HDF\r\n\x1a\n"):
        from affetto.music.tables.million import MillionTable

        return MillionTable(path)
    if head.startswith(b"PK\x03\x04"):
        raise UnreadableTable(
            f"The file {path} is a zip archive or a spreadsheet.",
            remedy="Unpack it, or save the sheet as CSV, and import that.",
        )
    from affetto.music.tables.text import TextTable

    return TextTable(path)


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableTable(
                f"{path} is a folder, not a table.",
                remedy="Name one file; a folder of music is read by `affetto library scan`.",
            )
        with path.open("rb") as file:
            return file.read(16)
    except FileNotFoundError:
        raise NotFound(
            f"There is no file {path}.", remedy="Check the name, or put it in quotes."
        ) from None
    except (OSError, ValueError) as error:  # a null character in the name is a ValueError
        raise UnreadableTable(
            f"The file {path} cannot be read ({getattr(error, 'strerror', None) or error}).",
            remedy="Check its name and permissions.",
        ) from error
