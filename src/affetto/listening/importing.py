"""Bringing a table of songs onto the shelf: read twice, cleaned, and kept in lots.

The first reading keeps nothing, so a file that is cut short changes nothing. The second
keeps whole lots; an import cut short leaves each song as it was or as it is now, and the
same import again completes it, with no song twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from affetto.errors import UnreadableTable
from affetto.music.tables.cleaning import Cleaning
from affetto.music.tables.columns import layout_of
from affetto.music.tables.mood import model_called
from affetto.music.tables.opening import open_table
from affetto.music.tables.report import Report
from affetto.music.tables.survey import survey
from affetto.store.songs import SongShelf

Tell = Callable[[str, float], None]  # "reading" or "keeping", and how much is done, [0, 1]

READING: Final = "reading"
KEEPING: Final = "keeping"


def import_into(
    shelf: SongShelf | None,
    file: Path,
    *,
    now: datetime,
    model: str | None = None,
    named: Mapping[str, str] | None = None,
    tell: Tell = lambda _what, _done: None,
) -> Report:
    """Put the songs of the table in ``file`` onto ``shelf``; None for a dry run.

    ``model`` is the table model to tell moods with ("median" for the median rule; left
    out, the first that is installed), ``named`` says which column is what (ours -> the
    file's). Raises NotFound, Misuse, UnreadableTable or PartMissing before anything is
    kept, and StoreTrouble when the shelf cannot be written.
    """
    began = time.monotonic()
    path = file.absolute()
    telling = model_called(model)
    table = open_table(path)
    before = path.stat()
    layout = layout_of(table.header, named=named, songs=table.songs)
    found = survey(table, layout, lambda done: tell(READING, done))
    tell(READING, 1.0)
    if not found.rows:
        raise UnreadableTable(
            f"The table {path} has a header and no rows"
            + (
                f" that could be read; {found.bad.count:,} were left out."
                if found.bad.count
                else "."
            ),
            remedy="Give it a row for each song.",
        )
    cleaning = Cleaning(str(path), table, layout, found, telling)
    report = cleaning.report
    report.dry_run = shelf is None
    for songs in cleaning.songs(lambda done: tell(KEEPING, done)):
        if shelf is not None:
            report.new += shelf.save(songs, path, now=now)
    tell(KEEPING, 1.0)
    after = path.stat()
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise UnreadableTable(
            f"The file {path} was changed while it was read.",
            remedy="Import it again when nothing writes to it.",
        )
    if shelf is not None:
        report.gone = shelf.finish(path, told_from=report.told_from or "nothing", now=now)
    report.seconds = time.monotonic() - began
    return report
