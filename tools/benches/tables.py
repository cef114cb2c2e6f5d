"""Bringing in a table of songs."""

from __future__ import annotations

import csv
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from affetto.cli.bench import peak_memory_mb, timed
from affetto.listening.importing import import_into
from affetto.store.database import Database
from affetto.store.songs import SongShelf
from benches.table import Row
from tables_kit import MOOD_HEADER, mood_rows, written

SONGS = 10_000
IMPORTS = 7
BAR_MS = 1000.0  # ten thousand songs a second


def importing() -> list[Row]:
    """Ten thousand songs of the 19-column table, read twice, cleaned, given a mood and kept."""
    with TemporaryDirectory() as folder:
        table = written(Path(folder) / "songs.csv", MOOD_HEADER, mood_rows(SONGS))
        database = Database.at(Path(folder) / "affetto.db")
        database.migrate()
        shelf = SongShelf(database)

        def bring() -> None:
            shelf.forget()
            import_into(shelf, table, now=datetime.now(UTC), model="median")

        told = timed("", bring, rounds=IMPORTS, warm_up=1)
        peak = peak_memory_mb()
        database.close()

        def copied() -> None:
            with sqlite3.connect(":memory:") as plain, table.open(newline="") as file:
                rows = csv.reader(file)
                header = next(rows)
                plain.execute(
                    f"CREATE TABLE songs ({', '.join(f'c{n}' for n in range(len(header)))})"
                )
                plain.executemany(f"INSERT INTO songs VALUES ({','.join('?' * len(header))})", rows)
            plain.close()

        bare = timed("", copied, rounds=IMPORTS, warm_up=1)
    return [
        Row(f"import {SONGS:,} songs from a table", told.median_ms, told.p95_ms, told.cpu_ms,
            told.cpu_p95_ms, peak, f"{BAR_MS:,.0f} ms", told.median_ms <= BAR_MS,
            f"{SONGS / told.cpu_ms * 1000:,.0f} rows per CPU second; `csv` into SQLite in memory, "
            f"nothing read of them: {bare.median_ms:.0f}"),
    ]  # fmt: skip
