"""What holds for any table, whoever wrote it."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affetto.listening.importing import import_into
from affetto.music.tables.columns import layout_of
from affetto.music.tables.opening import BadLines, open_table
from affetto.music.tables.values import numbers, same_name, song_name, text

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
QUICK = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORDS = st.text(
    st.characters(
        exclude_categories=("Cs",), exclude_characters="\0\r\n\x1c\x1d\x1e\x85\u2028\u2029"
    ),
    max_size=12,
)
CELLS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True).map(repr),
    st.sampled_from(["", "NA", "0.5", "1e308", "-3", "50%", "=1+1", "0,25"]),
    WORDS,
)
HEADER = ["title", "artist", "valence", "energy", "popularity", "duration_ms", "tempo"]


@QUICK
@given(
    rows=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=8),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_written_is_what_is_read(
    tmp_path: Path, rows: list[tuple[str, ...]], separator: str, newline: str
) -> None:
    path = tmp_path / "t"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(
            file, delimiter=separator, lineterminator=newline, quoting=csv.QUOTE_ALL
        )
        writer.writerow(["title", "valence", "energy"])
        writer.writerows(rows)
    table, bad = open_table(path), BadLines()
    lots = table.lots(layout_of(table.header).places, bad, lambda _done: None)
    read = [
        row
        for lot in lots
        for row in zip(*(lot.cells[n] for n in ("title", "valence", "energy")), strict=True)
    ]
    assert read == rows and bad.count == 0


@QUICK
@given(rows=st.lists(st.tuples(WORDS, WORDS, *[CELLS] * 5), min_size=1, max_size=30))
def test_every_row_is_kept_or_counted_and_nothing_kept_lies_off_the_map(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADER)
        writer.writerows(rows)
    report = import_into(None, path, now=NOON, model="median")
    counts = {step.name: step.count for step in report.steps}
    assert report.rows == len(rows)
    assert report.kept + counts["rows without a title"] + counts[
        "doubles by title and artist"
    ] == len(rows)
    assert 0 <= report.moods <= report.kept
    again = import_into(None, path, now=NOON, model="median")
    assert (again.kept, again.steps) == (report.kept, report.steps)


@given(st.lists(CELLS, max_size=10))
def test_a_cell_is_a_finite_number_missing_or_counted(cells: list[str]) -> None:
    found, wrong = numbers(cells)
    assert len(found) == len(cells) and 0 <= wrong <= len(cells)
    assert not any(abs(value) == float("inf") for value in found)


@given(st.text(max_size=40))
def test_a_clean_name_is_clean_already(words: str) -> None:
    clean = text(words)
    assert text(clean) == clean and not any(category(sign) == "Cc" for sign in clean)
    assert same_name(same_name(words)) == same_name(words)
    assert bool(song_name(clean)) == bool(same_name(clean))
