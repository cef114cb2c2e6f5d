"""A table of faces as CSV: a row a face, and a row for a picture without any.

Rows are written whole and at once, so a table that was stopped is a shorter table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final, TextIO

from affetto.cli.reading.words import Answer, printable

COLUMNS: Final = (
    "path", "face", "x", "y", "width", "height",
    "expression", "confidence", "valence", "arousal", "doubt", "problem",
)  # fmt: skip

Row = dict[str, str | int | float]


class Table:
    """Writes rows to ``file``, the heads of the columns first."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._rows = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        self._rows.writeheader()

    def add(self, answer: Answer) -> None:
        """The rows of one picture."""
        self._rows.writerows(rows(answer))
        self._file.flush()


def rows(answer: Answer) -> Iterator[Row]:
    """One picture as rows; ``face`` counts from 1, the faces in doubt last."""
    path = {"path": printable(str(answer.path))}
    if answer.error is not None:
        yield {**path, "problem": printable(str(answer.error))}
        return
    if not answer.faces and not answer.unread:
        yield {**path}
    for number, face in enumerate(answer.faces, 1):
        reading = face.reading
        yield {
            **path,
            **_place(number, face.box),
            "expression": reading.expression or "",
            "confidence": round(reading.confidence, 4),
            "valence": round(reading.valence, 4),
            "arousal": round(reading.arousal, 4),
        }
    for number, unread in enumerate(answer.unread, len(answer.faces) + 1):
        yield {**path, **_place(number, unread.box), "doubt": unread.doubt}


def _place(number: int, box: tuple[int, int, int, int]) -> Row:
    return {"face": number, **dict(zip(COLUMNS[2:6], box, strict=True))}
