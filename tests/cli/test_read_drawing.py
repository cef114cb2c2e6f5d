"""``affetto read --overlay`` of pictures: what is drawn, and what it never carries over."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

import faces_kit
from affetto.cli.main import app
from affetto.cli.reading.drawing import Mark, drawn, marks_of
from affetto.cli.reading.saving import CannotSave, whole
from affetto.errors import PartMissing
from affetto.senses.face import Look, SeenFace, UnreadFace, reading_of
from affetto.senses.face_crop import Quality
from affetto.senses.haar_finder import HaarFinder

CLEAR = Quality(pixels=100, light=0.5, contrast=0.2, detail=0.5)
RED = (255, 0, 0)


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """The astronaut, with where and when noted in the file."""
    notes = Image.Exif()
    notes[0x010F] = "A camera"
    notes.get_ifd(0x8825)[2] = (48.0, 51.0, 29.0)
    path = tmp_path / "me.jpg"
    path.write_bytes(faces_kit.encoded(faces_kit.astronaut(), exif=notes, comment=b"secret place"))
    return path


def affetto(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, words)])


def grey(wide: int, high: int) -> np.ndarray:
    return np.full((high, wide, 3), 128, np.uint8)


def changed(image: Image.Image) -> np.ndarray:
    """Where a grey picture is no longer grey."""
    return np.abs(np.asarray(image).astype(int) - 128).max(2) > 20


# -- what is drawn --------------------------------------------------------------------------


def test_a_box_and_a_plate_stand_where_the_face_is() -> None:
    touched = changed(drawn(grey(640, 480), [Mark((200, 150, 120, 120), "happy  90 %", RED)]))
    assert touched[150, 200:320].all() and touched[269, 200:320].all()
    assert touched[150:270, 200].all() and touched[150:270, 319].all()
    assert not touched[165:255, 215:305].any()  # the face itself stays free
    assert touched[124:146, 200:280].mean() > 0.9  # a plate above it


@pytest.mark.parametrize("size", [(16, 16), (60, 45), (240, 2000), (640, 480), (1600, 1200)])
def test_a_label_is_whole_and_large_enough_on_any_picture(size: tuple[int, int]) -> None:
    wide, high = size
    words = "perhaps surprised  38 %"
    image = drawn(grey(*size), [Mark((0, 0, wide // 2, high // 2), words, RED)])
    assert min(image.size) >= min(240, 10 * min(size))
    plate = np.asarray(image)[..., 0] < 60
    rows, columns = plate.any(1).sum(), plate.any(0).sum()
    assert rows >= 16 and columns <= image.width
    letters = np.asarray(image).min(2) > 200
    assert letters.sum() > 100


def test_a_face_at_the_top_has_its_label_below() -> None:
    touched = changed(drawn(grey(640, 480), [Mark((200, 0, 120, 120), "sad  80 %", RED)]))
    assert touched[122:150, 200:270].mean() > 0.9


def test_labels_of_neighbours_do_not_cover_each_other() -> None:
    marks = [Mark((100 + 50 * k, 150, 48, 48), "surprised  77 %", RED) for k in range(3)]
    plates = np.asarray(drawn(grey(640, 480), marks))[..., 0] < 40
    alone = [(np.asarray(drawn(grey(640, 480), [m]))[..., 0] < 40).sum() for m in marks]
    assert plates.sum() > 0.93 * sum(alone)


def test_a_label_does_not_cover_another_face() -> None:
    above, below = Mark((200, 60, 120, 90), "sad  80 %", RED), Mark((200, 160, 120, 90), "x", RED)
    touched = changed(drawn(grey(640, 480), [above, below]))
    assert not touched[70:140, 210:310].any() and not touched[170:240, 210:310].any()


def test_a_face_that_was_not_read_has_a_dashed_grey_box_and_the_reason() -> None:
    (mark,) = marks_of(Look((), (UnreadFace((200, 150, 120, 120), "dark"),)))
    assert (mark.words, mark.dashed) == ("too dark to read", True)
    assert len(set(mark.colour)) == 1
    edge = np.asarray(drawn(grey(640, 480), [mark]))[150, 200:320].max(1) > 180
    assert 0.3 < edge.mean() < 0.7


def test_several_faces_carry_the_numbers_that_the_words_use() -> None:
    shares = {"happy": 1.0}
    face = SeenFace((1, 2, 30, 40), shares, reading_of(shares, CLEAR, at=faces_kit.NOON))
    marks = marks_of(Look((face,), (UnreadFace((5, 5, 50, 50), "small"),)))
    assert [m.words for m in marks] == ["1  happy  100 %", "2  too small to read"]
    assert [m.words for m in marks_of(Look((face,)))] == ["happy  100 %"]


# -- the file -------------------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_a_picture_is_drawn_and_nothing_else_is_carried_over(
    opinion: Path, portrait: Path, tmp_path: Path, ending: str, kind: str
) -> None:
    target = tmp_path / f"out.{ending}"
    told = affetto(portrait, "--overlay", target)
    assert told.exit_code == 0, told.stderr
    assert "your face looks happy" in told.stdout
    with Image.open(target) as image:
        assert (image.format, image.size) == (kind, (512, 512))
        assert not dict(image.getexif()) and "comment" not in image.info
    assert b"secret place" not in target.read_bytes() and b"A camera" not in target.read_bytes()


def test_nothing_is_replaced_unless_told_to_and_never_what_is_read(
    opinion: Path, portrait: Path, tmp_path: Path
) -> None:
    before = portrait.read_bytes()
    target = tmp_path / "out.jpg"
    target.write_text("mine")
    told = affetto(portrait, "--overlay", target)
    assert told.exit_code == 2 and "--force" in told.stderr
    assert target.read_text() == "mine"
    assert affetto(portrait, "--overlay", target, "--force").exit_code == 0
    assert target.stat().st_size > 5000
    told = affetto(portrait, "--overlay", portrait, "--force")
    assert told.exit_code == 2 and "would replace what is read" in told.stderr
    assert portrait.read_bytes() == before


def test_one_drawing_is_of_one_file_in_a_folder_that_is_there(
    opinion: Path, portrait: Path, tmp_path: Path
) -> None:
    assert "one file" in affetto(portrait, portrait, "--overlay", tmp_path / "o.jpg").stderr
    (tmp_path / "d.jpg").mkdir()
    assert "is a folder" in affetto(portrait, "--overlay", tmp_path / "d.jpg").stderr
    told = affetto(portrait, "--overlay", tmp_path / "no" / "o.jpg")
    assert told.exit_code == 2 and "There is no folder" in told.stderr


def test_a_picture_that_cannot_be_read_is_not_drawn(opinion: Path, tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_text("Dear diary")
    told = affetto(tmp_path / "x.jpg", "--overlay", tmp_path / "out.jpg")
    assert told.exit_code == 1 and not (tmp_path / "out.jpg").exists()


def test_a_file_half_written_is_no_file(tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    target.write_text("mine")
    with pytest.raises(CannotSave, match="could not be written"), whole(target) as part:
        part.write_text("half")
        raise OSError(28, "No space left on device")
    assert [p.name for p in tmp_path.iterdir()] == ["out.png"]
    assert target.read_text() == "mine"


# -- the other detector ---------------------------------------------------------------------


def test_the_haar_detector_reads_too(portrait: Path) -> None:
    try:
        HaarFinder()
    except PartMissing as error:
        reason = f"{error.problem} {error.remedy}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    told = affetto(portrait, "--detector", "haar")
    assert told.exit_code == 0 and "no face found" not in told.stdout
    assert "face" in told.stdout


def test_a_detector_we_do_not_have_is_misuse(portrait: Path) -> None:
    assert affetto(portrait, "--detector", "magic").exit_code == 2
