"""Files that are tables, and files that only say so."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from affetto.errors import AffettoError, NotFound, PartMissing, UnreadableTable
from affetto.music.tables.columns import layout_of
from affetto.music.tables.opening import BadLines, Table, open_table
from tables_kit import million, written

HEADER = ["title", "artist", "valence", "energy"]
ROWS = [["One", "A", "0.1", "0.9"], ["Two, too", 'B "b"', "0.2", "0.8"], ["Three", "C", "", "0.7"]]


def cells(table: Table, bad: BadLines | None = None) -> list[tuple[object, ...]]:
    layout = layout_of(table.header)
    lots = table.lots(layout.places, bad or BadLines(), lambda _done: None)
    return [row for lot in lots for row in zip(*(lot.cells[name] for name in HEADER), strict=True)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end_is_understood(
    tmp_path: Path, separator: str, newline: str
) -> None:
    path = written(tmp_path / "t", HEADER, ROWS, separator, newline=newline)
    assert [list(row) for row in cells(open_table(path))] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_understood(tmp_path: Path, encoding: str) -> None:
    rows = [["Año nuevo 北", "Ω", "0.1", "0.2"]]
    path = written(tmp_path / "t.csv", HEADER, rows, encoding=encoding)
    assert [list(row) for row in cells(open_table(path))] == rows


def test_text_that_is_no_utf8_is_read_as_western_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", HEADER, [["Café", "É", "0.1", "0.2"]], encoding="latin-1")
    bad = BadLines()
    assert cells(open_table(path), bad)[0][:2] == ("Café", "É")
    assert bad.odd_text == 1 and bad.count == 0


def test_a_gzipped_table_is_a_table(tmp_path: Path) -> None:
    plain = written(tmp_path / "t.csv", HEADER, ROWS)
    (tmp_path / "t.gz").write_bytes(gzip.compress(plain.read_bytes()))
    assert len(cells(open_table(tmp_path / "t.gz"))) == 3


def test_a_bad_line_is_named_and_the_rest_survives(tmp_path: Path) -> None:
    lines = [",".join(HEADER), "One,A,0.1,0.9", "Two,0.2", "Three,C,0.3,0.7,9", "", "Four,D,1,1"]
    (tmp_path / "t.csv").write_text("\n".join(lines))
    bad = BadLines()
    assert [row[0] for row in cells(open_table(tmp_path / "t.csv"), bad)] == ["One", "Four"]
    assert bad.count == 2 and [line for line, _ in bad.named] == [3, 4]
    assert "2 cells instead of 4" in bad.named[0][1]


@pytest.mark.parametrize("after", [3, 40])
@pytest.mark.parametrize("broken", ['"Open,X,0.5,0.5', 'Open,"X,0.5,0.5'])
def test_a_quote_that_never_closes_costs_its_own_line_only(
    tmp_path: Path, after: int, broken: str
) -> None:
    lines = [",".join(HEADER), "One,A,0.1,0.9", broken]
    lines += [
        f'"Song {n}",B,0.2,0.8' if n % 3 == 0 else f"Song {n},B,0.2,0.8" for n in range(after)
    ]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n")
    bad = BadLines()
    titles = [row[0] for row in cells(open_table(tmp_path / "t.csv"), bad)]
    assert titles == ["One", *(f"Song {n}" for n in range(after))]
    assert [line for line, _ in bad.named] == [3] and "never closes" in bad.named[0][1]


def test_a_title_over_two_lines_is_one_title(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", HEADER, [["Two\nlines", "A", "0.1", "0.2"], ROWS[0]])
    bad = BadLines()
    assert [row[0] for row in cells(open_table(path), bad)] == ["Two\nlines", "One"]
    assert bad.count == 0


def test_an_endless_line_is_one_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("w") as file:
        file.write(",".join(HEADER) + "\nOne,A,0.1,0.9\n")
        for _ in range(6):
            file.write("x" * (1 << 20))
        file.write("\nTwo,B,0.1,0.9\n")
    bad = BadLines()
    assert [row[0] for row in cells(open_table(path), bad)] == ["One", "Two"]
    assert bad.count == 1


def test_what_is_no_table_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    (tmp_path / "blank").write_bytes(b"\n\n \n")
    (tmp_path / "half.parquet").write_bytes(b"PAR1" + b"x" * 200)
    (tmp_path / "half.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + b"\0" * 20)
    (tmp_path / "half.gz").write_bytes(gzip.compress(b"title,energy\n" * 9)[:20])
    for name, said in (
        ("empty", "is empty"),
        ("picture", "binary data"),
        ("sheet.xlsx", "spreadsheet"),
        ("blank", "names no columns"),
        ("half.parquet", "damaged or cut short"),
        ("half.h5", "damaged or cut short"),
        ("half.gz", "damaged or cut short"),
        (".", "a folder"),
    ):
        with pytest.raises(UnreadableTable, match=said):
            open_table(tmp_path / name)
    with pytest.raises(NotFound, match="no file"):
        open_table(tmp_path / "nothing.csv")
    with pytest.raises(AffettoError, match="cannot be read"):
        open_table(tmp_path / "a\0b")


def test_a_gzipped_table_that_is_cut_short_is_said_so_while_it_is_read(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    rows = [[f"Song {n}", "A", chance.random(), chance.random()] for n in range(20_000)]
    plain = written(tmp_path / "t.csv", HEADER, rows).read_bytes()
    packed = gzip.compress(plain)
    (tmp_path / "t.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(UnreadableTable, match="cut short"):
        cells(open_table(tmp_path / "t.gz"))


def test_parquet_is_read_by_its_columns(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = arrow.table(
        {"energy": [0.9, None], "name": ["One", ""], "artists": [["A", "B"], None],
         "valence": [0.1, 0.2], "extra": [1, 2]}
    )  # fmt: skip
    parquet.write_table(table, tmp_path / "t.parquet")
    opened = open_table(tmp_path / "t.parquet")
    assert opened.rows == 2
    assert cells(opened) == [("One", ["A", "B"], 0.1, 0.9), ("", None, 0.2, None)]
    whole = (tmp_path / "t.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[:-30])
    with pytest.raises(UnreadableTable, match="cut short"):
        open_table(tmp_path / "cut.parquet")


@pytest.mark.parametrize(
    ("part", "extra", "head"),
    [("pyarrow", "tables", b"PAR1"), ("h5py", "hdf5", b"\x89HDF\r\n\x1a\n")],
)
def test_an_optional_part_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, extra: str, head: bytes
) -> None:
    monkeypatch.setitem(sys.modules, part, None)
    (tmp_path / "t").write_bytes(head + b"\0" * 50)
    with pytest.raises(PartMissing) as caught:
        open_table(tmp_path / "t")
    assert f"affetto[{extra}]" in caught.value.remedy


@pytest.fixture
def h5py() -> ModuleType:
    return pytest.importorskip("h5py")


def test_the_million_song_layout_is_read(tmp_path: Path, h5py: ModuleType) -> None:
    million(tmp_path / "msd_summary.h5", 3)
    table = open_table(tmp_path / "msd_summary.h5")
    layout = layout_of(table.header, songs=table.songs)
    assert table.rows == 3 and layout.kind == "Million Song Dataset"
    (lot,) = table.lots(layout.places, BadLines(), lambda _done: None)
    assert list(lot.cells["artist"]) == ["Déjà 0", "Déjà 1", "Déjà 2"]
    assert list(lot.cells["year"]) == [None, 1981, 1982]
    assert lot.cells["id"][2] == "TR0000000000000002"


def test_other_hdf5_is_not_guessed_at(tmp_path: Path, h5py: ModuleType) -> None:
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file.create_dataset("songs", data=[1, 2])
    with pytest.raises(UnreadableTable, match="no table /metadata/songs"):
        open_table(tmp_path / "other.h5")
