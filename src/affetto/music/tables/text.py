"""Tables as text: CSV in any of its dialects, gzipped or not, read line by line.

Memory stays flat however long the file is. A line that cannot be understood is counted,
named and left out; so is a quote that never closes, with nothing after it lost.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Final

from affetto.errors import UnreadableTable
from affetto.music.tables.opening import LOT, BadLines, Lot, Progress

_LONGEST_LINE: Final = 4 << 20  # bytes; ten thousand columns take about 200 kB
_MOST_LINES: Final = 16  # of one row, broken inside quotes
_SEPARATORS: Final = ",;\t|"
_GZIP: Final = b"\x1f\x8b"


class TextTable:
    """A table of separated values; the first line names the columns."""

    songs = ""
    rows: int | None = None

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._opened() as (file, _):
            head = file.read(1 << 16)
        self._encoding = _encoding(head)
        if self._encoding == "utf-8" and b"\0" in head:
            raise UnreadableTable(
                f"The file {path} is no table: it holds binary data.",
                remedy="Tables are CSV, also gzipped, Parquet or HDF5.",
            )
        self._old_mac = b"\r" in head and b"\n" not in head
        first = head.decode(self._encoding, "replace").lstrip("\ufeff\r\n").splitlines()
        self._separator = _separator(first[0] if first else "")
        with self._opened() as (file, _):
            rows = _Rows(_Lines(file, self._encoding, self._old_mac), self._separator, BadLines())
            self.header = tuple(name.strip() for name in _first(rows))
        if not any(self.header):
            raise UnreadableTable(
                f"The file {path} names no columns.",
                remedy="Its first line must name them, such as title,artist,valence,energy.",
            )

    def lots(self, places: Mapping[str, int], bad: BadLines, seen: Progress) -> Iterator[Lot]:
        """The rows in lots; raises UnreadableTable when a gzipped file is cut short."""
        names, columns = list(places), list(places.values())
        pick = itemgetter(*columns) if len(columns) > 1 else lambda row: (row[columns[0]],)
        width, size = len(self.header), max(1, self._path.stat().st_size)
        with self._opened() as (file, raw):
            rows = _Rows(_Lines(file, self._encoding, self._old_mac), self._separator, bad)
            picked: list[tuple[str, ...]] = []
            _first(rows)  # the header
            rows.width = width
            for row in rows:
                if len(row) != width:
                    if not row or (len(row) < 2 and not row[0].strip()):
                        continue  # an empty line is none
                    bad.add(rows.line, f"it has {len(row):,} cells instead of {width:,}")
                    continue
                picked.append(pick(row))
                if len(picked) == LOT:
                    yield _lot(names, picked)
                    picked = []
                    seen(min(1.0, raw.tell() / size))
            if picked:
                yield _lot(names, picked)
            bad.odd_text += rows.odd_text

    @contextmanager
    def _opened(self) -> Iterator[tuple[BinaryIO, BinaryIO]]:
        """The text as bytes, and the file itself to see how far it was read."""
        try:
            with self._path.open("rb") as raw:
                packed = raw.read(2) == _GZIP
                raw.seek(0)
                if not packed:
                    yield raw, raw
                    return
                with gzip.open(raw) as unpacked:
                    yield unpacked, raw  # type: ignore[misc]
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableTable(
                f"The file {self._path} is damaged or cut short.",
                remedy="Fetch or copy it again.",
            ) from error
        except OSError as error:
            raise UnreadableTable(
                f"The file {self._path} cannot be read ({error.strerror or error}).",
                remedy="Check the disk it lies on, and its permissions.",
            ) from error


def _first(rows: _Rows) -> list[str]:
    """The first row that is not empty."""
    return next((row for row in rows if any(cell.strip() for cell in row)), [])


def _lot(names: list[str], picked: list[tuple[str, ...]]) -> Lot:
    columns = zip(*picked, strict=True)
    return Lot(dict(zip(names, columns, strict=True)), len(picked))


class _TooLong(Exception):
    """A row goes on for too many lines: most likely a quote that never closes."""


class _Lines:
    """Decoded lines, which can be given back."""

    def __init__(self, file: BinaryIO, encoding: str, old_mac: bool) -> None:
        self._file = _recoded(file, encoding) if encoding != "utf-8" else file
        self._again: deque[str] = deque()
        self._old_mac = old_mac
        self._pieces: Iterator[bytes] = _old_mac_lines(file) if old_mac else iter(())
        self.number = 0  # of the line last given
        self.row: list[str] = []  # the lines of the row being read
        self.odd_text = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.row) >= _MOST_LINES:
            raise _TooLong
        line = self._again.popleft() if self._again else self._read()
        self.number += 1
        self.row.append(line)
        return line

    def give_back(self) -> None:
        """All lines of this row but its first are read again."""
        self._again.extendleft(reversed(self.row[1:]))
        self.number -= len(self.row) - 1
        self.row = []

    def _read(self) -> str:
        raw = next(self._pieces, b"") if self._old_mac else self._file.readline(_LONGEST_LINE)
        if not raw:
            raise StopIteration
        if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
            while (more := self._file.readline(_LONGEST_LINE)) and not more.endswith(b"\n"):
                pass
            raw = b'"\n'  # one bad line, without its megabytes
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            self.odd_text += 1
            line = raw.decode("cp1252", "replace")
        return line.removeprefix("\ufeff") if self.number == 0 else line


class _Rows:
    """Rows of cells; a broken one is told to ``bad`` and passed over."""

    def __init__(self, lines: _Lines, separator: str, bad: BadLines) -> None:
        self._lines = lines
        self._bad = bad
        self._rows = csv.reader(lines, delimiter=separator, strict=False)
        self.line = 0  # where the row last given begins
        self.width: int | None = None  # how many cells a row has, once it is known

    @property
    def odd_text(self) -> int:
        return self._lines.odd_text

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> list[str]:
        while True:
            self._lines.row = []
            before = self._lines.number
            try:
                row = next(self._rows)
            except _TooLong:
                self._bad.add(before + 1, "a quote in it never closes")
                self._lines.give_back()
            except csv.Error as error:
                self._bad.add(before + 1, f"it cannot be split into cells ({error})")
                self._lines.give_back()
            else:
                self.line = before + 1
                if len(self._lines.row) > 1 and self._swallows(row):
                    self._bad.add(self.line, "a quote in it never closes")
                    self._lines.give_back()
                    continue
                return row

    def _swallows(self, row: list[str]) -> bool:
        """Whether a row of several lines is one broken line and those it ran into."""
        quotes = sum(line.count('"') for line in self._lines.row)
        return quotes % 2 == 1 or (self.width is not None and len(row) != self.width)


def _encoding(head: bytes) -> str:
    for mark in (b"\xff\xfe", b"\xfe\xff"):
        if head.startswith(mark):
            return "utf-16"
    return "utf-8"


class _recoded:  # noqa: N801 - reads like the function it is
    """UTF-16 text as lines of UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        import io

        self._text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")

    def readline(self, most: int) -> bytes:
        return self._text.readline(most).encode("utf-8", "replace")


def _old_mac_lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines that end with a lone carriage return."""
    rest = b""
    while piece := file.read(1 << 16):
        *whole, rest = (rest + piece).split(b"\r")
        yield from (line + b"\n" for line in whole)
    if rest:
        yield rest


def _separator(line: str) -> str:
    """What stands between the names of the header: the commonest outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
