"""What ``affetto read`` is given: folders, standard input, tables of them."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import faces_kit
from affetto.cli import read as command
from affetto.cli.main import app
from affetto.cli.reading.sources import sources
from affetto.cli.reading.table import COLUMNS, rows
from affetto.cli.reading.words import Answer
from affetto.errors import Misuse, UnreadablePicture
from affetto.senses.face import UnreadFace

FACE = faces_kit.encoded(faces_kit.astronaut())


pytestmark = pytest.mark.usefixtures("opinion")


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A folder with a face, an empty file, a wall and things that are no pictures."""
    top = tmp_path / "album"
    (top / "deep" / "er").mkdir(parents=True)
    (top / ".thumbnails").mkdir()
    (top / "b.jpg").write_bytes(FACE)
    (top / "a.PNG").write_bytes(b"")
    (top / "deep" / "er" / "wall.png").write_bytes(
        faces_kit.encoded(faces_kit.astronaut()[:60, :60] * 0 + 120, "PNG")
    )
    for name in ("notes.txt", ".hidden.jpg", ".thumbnails/t.jpg", "photo.HEIC", "clip.mp4"):
        (top / name).write_bytes(b"no picture")
    return top


def affetto(*words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *words], input=stdin)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# -- folders --------------------------------------------------------------------------------


def test_a_folder_means_the_pictures_in_it_and_below_sorted(album: Path) -> None:
    found = sources([album])
    names = [path.relative_to(album).as_posix() for path in found.paths]
    assert names == ["a.PNG", "b.jpg", "deep/er/wall.png"]
    assert dict(found.passed_over) == {".heic": 1, ".mp4": 1}


def test_a_folder_is_told_file_by_file_and_what_was_passed_over_is_said(album: Path) -> None:
    told = affetto(str(album))
    assert told.exit_code == 1
    assert "b.jpg: your face looks happy" in told.stdout
    assert "wall.png: no face found" in told.stdout
    assert "a.PNG" in told.stderr and "empty" in told.stderr
    assert "1 .heic, 1 .mp4" in told.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows shuts folders in another way")
def test_a_folder_that_is_shut_is_said_to_be(album: Path) -> None:
    shut = album / "deep"
    shut.chmod(0)
    try:
        if os.access(shut, os.R_OK):
            pytest.skip("this user may open every folder")
        told = affetto(str(album))
    finally:
        shut.chmod(0o755)
    assert told.exit_code == 1 and "could not be opened" in told.stderr


def test_a_folder_without_pictures_is_no_failure(tmp_path: Path) -> None:
    told = affetto(str(tmp_path))
    assert (told.exit_code, told.stdout) == (0, "")
    assert "no picture in" in told.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_a_bar_is_drawn_where_it_is_seen_and_never_into_the_answer(album: Path) -> None:
    import pty

    def talk(*words: str, to_file: bool) -> str:
        ours, theirs = pty.openpty()
        out = subprocess.PIPE if to_file else theirs
        command = [sys.executable, "-m", "affetto", "read", *words]
        with subprocess.Popen(command, stdout=out, stderr=theirs) as reading:
            os.close(theirs)
            said = b""
            while True:
                try:
                    said += os.read(ours, 4096)
                except OSError:  # Linux says so when the other end is closed
                    break
                if not said.strip() and reading.poll() is not None:
                    break
        os.close(ours)
        return said.decode()

    assert "3/3" in talk(str(album), to_file=True)
    assert "3/3" not in talk(str(album), to_file=False)
    assert "3/3" in talk(str(album), "--csv", str(album.parent / "t.csv"), to_file=False)


# -- standard input -------------------------------------------------------------------------


def test_a_picture_comes_by_standard_input() -> None:
    told = affetto("-", stdin=FACE)
    assert told.exit_code == 0
    assert told.stdout.startswith("standard input: your face looks happy")
    record = json.loads(affetto("-", "--json", stdin=FACE).stdout)
    assert record["path"] == "-" and len(record["faces"]) == 1


def test_what_comes_by_standard_input_and_is_no_picture_is_told() -> None:
    told = affetto("-", stdin=b"Dear diary")
    assert told.exit_code == 1
    assert told.stderr.startswith("standard input: This is no picture")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    told = affetto(str(tmp_path / "pipe.jpg"))
    assert told.exit_code == 1 and "not an ordinary file" in told.stderr


def test_standard_input_can_be_named_once_and_holds_no_clip() -> None:
    with pytest.raises(Misuse, match="twice"):
        sources([Path("-"), Path("-")])
    told = affetto("-", "--timeline", stdin=FACE)
    assert told.exit_code == 2 and "Name the file" in told.stderr


# -- tables ---------------------------------------------------------------------------------


def test_a_table_has_a_row_for_every_face_and_for_every_picture_without_one(
    album: Path, tmp_path: Path
) -> None:
    target = tmp_path / "faces.csv"
    told = affetto(str(album), "--csv", str(target))
    assert (told.exit_code, told.stdout) == (1, "")
    assert "3 pictures in" in told.stderr and "1 of which could not be read" in told.stderr
    broken, face, wall = table(target.read_text(encoding="utf-8"))
    assert tuple(face) == COLUMNS
    assert face["path"] == str(album / "b.jpg")
    assert (face["face"], face["expression"], face["doubt"], face["problem"]) == (
        "1",
        "happy",
        "",
        "",
    )
    assert 0 < float(face["confidence"]) <= 1 and int(face["width"]) > 40
    assert "empty" in broken["problem"] and broken["face"] == ""
    assert wall["face"] == wall["problem"] == ""


def test_a_face_in_doubt_has_its_row_and_no_expression() -> None:
    (row,) = rows(Answer(Path("x.jpg"), unread=(UnreadFace((1, 2, 3, 4), "turned"),)))
    assert row["doubt"] == "turned" and "expression" not in row
    assert [row[name] for name in ("face", "x", "y", "width", "height")] == [1, 1, 2, 3, 4]


def test_a_name_with_commas_and_quotes_stays_one_field() -> None:
    from affetto.cli.reading.table import Table

    text = io.StringIO()
    name = 'a, "b"\n.jpg'
    Table(text).add(Answer(Path(name), error=UnreadablePicture("Torn.", remedy="Mend it.")))
    assert table(text.getvalue())[0]["path"] == name


def test_a_table_can_be_printed(album: Path) -> None:
    told = affetto(str(album / "b.jpg"), "--csv", "-")
    assert told.exit_code == 0
    assert [row["expression"] for row in table(told.stdout)] == ["happy"]


def test_a_table_never_replaces_another_unless_told_to(album: Path, tmp_path: Path) -> None:
    target = tmp_path / "faces.csv"
    target.write_text("mine")
    told = affetto(str(album / "b.jpg"), "--csv", str(target))
    assert told.exit_code == 2 and "--force" in told.stderr
    assert target.read_text() == "mine"
    assert affetto(str(album / "b.jpg"), "--csv", str(target), "--force").exit_code == 0
    assert len(table(target.read_text())) == 1


@pytest.mark.parametrize("other", ["--json", "--timeline"])
def test_a_table_is_all_that_csv_makes(album: Path, tmp_path: Path, other: str) -> None:
    told = affetto(str(album / "b.jpg"), "--csv", str(tmp_path / "t.csv"), other)
    assert told.exit_code == 2 and "leave out --csv" in told.stderr


def test_a_table_that_cannot_be_written_says_so(album: Path, tmp_path: Path) -> None:
    told = affetto(str(album / "b.jpg"), "--csv", str(tmp_path / "no" / "t.csv"))
    assert told.exit_code == 2 and "There is no folder" in told.stderr


def test_a_table_that_is_interrupted_keeps_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def some(found: object, reader: object) -> Iterator[Answer]:
        yield Answer(Path("one.jpg"))
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "_all", some)
    (tmp_path / "p.jpg").write_bytes(FACE)
    told = affetto(str(tmp_path), "--csv", str(tmp_path / "t.csv"))
    assert told.exit_code == 130 and "holds 1 of 1 pictures" in told.stderr
    assert [row["path"] for row in table((tmp_path / "t.csv").read_text())] == ["one.jpg"]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent in another way on Windows")
def test_ctrl_c_leaves_a_table_that_can_be_read(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number:03}.jpg").write_bytes(FACE)
    target = tmp_path / "t.csv"
    words = [sys.executable, "-m", "affetto", "read", str(tmp_path), "--csv", str(target)]
    reading = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while time.monotonic() < until and not (target.is_file() and target.stat().st_size > 500):
        time.sleep(0.01)
    reading.send_signal(signal.SIGINT)
    _, said = reading.communicate(timeout=60)
    assert reading.returncode == 130, said
    kept = table(target.read_text(encoding="utf-8"))
    assert 0 < len(kept) < 400
    assert all(row["face"] == "1" and row["arousal"] for row in kept)
    assert f"holds {len(kept)} of 400 pictures" in said
