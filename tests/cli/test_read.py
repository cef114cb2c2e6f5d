from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner, Result

import faces_kit
from affetto.cli.read import read
from affetto.cli.reading.sources import answers
from affetto.cli.reading.words import DOUBTS, Answer, as_record, in_words
from affetto.errors import UnreadablePicture
from affetto.senses.face import FaceReader, SeenFace, UnreadFace, reading_of
from affetto.senses.face_crop import Quality
from affetto.senses.face_doubt import WORDS
from cli.doors import Terminal

CLEAR = Quality(pixels=100, light=0.5, contrast=0.2, detail=0.5)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FaceReader:
    folder = faces_kit.with_detector(tmp_path_factory.mktemp("models"))
    return FaceReader(models=faces_kit.with_opinion(folder))


@pytest.fixture
def astronaut(tmp_path: Path) -> Path:
    path = tmp_path / "astronaut.jpg"
    path.write_bytes(faces_kit.encoded(faces_kit.astronaut()))
    return path


def affetto(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(read)
    return CliRunner().invoke(app, list(arguments))


def seen(probabilities: dict[str, float], quality: Quality = CLEAR) -> SeenFace:
    return SeenFace(
        (1, 2, 30, 40), probabilities, reading_of(probabilities, quality, at=faces_kit.NOON)
    )


# -- what is read ---------------------------------------------------------------------------


def test_one_bad_file_never_stops_the_others(
    reader: FaceReader, astronaut: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.jpg"
    empty.write_bytes(b"")
    first, second, third = answers([astronaut, empty, astronaut], reader)
    assert len(first.faces) == len(third.faces) == 1
    assert second.error is not None and "empty" in second.error.problem


def test_a_picture_without_faces_is_an_answer_not_an_error(
    reader: FaceReader, tmp_path: Path
) -> None:
    path = tmp_path / "night.png"
    path.write_bytes(faces_kit.encoded(np.zeros((200, 300, 3), np.uint8), "PNG"))
    (answer,) = answers([path], reader)
    assert as_record(answer) == {"path": str(path), "faces": [], "unread": [], "error": None}
    assert list(in_words(answer)) == ["no face found"]


def test_a_record_holds_what_a_machine_was_promised(reader: FaceReader, astronaut: Path) -> None:
    (answer,) = answers([astronaut], reader)
    record = json.loads(json.dumps(as_record(answer)))
    assert set(record) == {"path", "faces", "unread", "error"}
    assert record["path"] == str(astronaut)
    assert record["error"] is None
    (face,) = record["faces"]
    assert set(face) == {"box", "probabilities", "valence", "arousal", "confidence"}
    assert len(face["box"]) == 4 and all(isinstance(n, int) for n in face["box"])
    assert len(face["probabilities"]) == 7
    assert sum(face["probabilities"].values()) == pytest.approx(1, abs=1e-3)
    assert -1 <= face["valence"] <= 1 and -1 <= face["arousal"] <= 1
    assert 0 <= face["confidence"] <= 1


def test_a_failed_file_has_problem_and_remedy_and_no_faces() -> None:
    error = UnreadablePicture("It is torn.", remedy="Mend it.")
    assert as_record(Answer(Path("x.jpg"), error=error)) == {
        "path": "x.jpg",
        "faces": [],
        "unread": [],
        "error": {"problem": "It is torn.", "remedy": "Mend it."},
    }


# -- what a person is told ------------------------------------------------------------------


def test_the_words_speak_of_looks_and_of_how_sure() -> None:
    answer = Answer(Path("me.jpg"), (seen({"happy": 0.83, "neutral": 0.17}),))
    assert list(in_words(answer)) == ["your face looks happy (83 % sure)"]


@pytest.mark.parametrize(
    ("name", "word"), [("disgust", "disgusted"), ("fear", "afraid"), ("surprise", "surprised")]
)
def test_expressions_are_told_in_words_that_fit_a_face(name: str, word: str) -> None:
    assert list(in_words(Answer(Path("x"), (seen({name: 1.0}),)))) == [
        f"your face looks {word} (100 % sure)"
    ]


def test_not_sure_is_an_answer() -> None:
    dark = Quality(pixels=100, light=0.05, contrast=0.2, detail=0.5)
    (line,) = in_words(Answer(Path("x"), (seen({"sad": 0.9, "happy": 0.1}, dark),)))
    assert line == "your face: hard to tell, perhaps sad (21 % sure)"


def test_several_faces_are_counted_not_called_yours() -> None:
    lines = list(in_words(Answer(Path("x"), (seen({"happy": 1.0}), seen({"sad": 1.0})))))
    assert lines == ["face 1 looks happy (100 % sure)", "face 2 looks sad (100 % sure)"]


def test_a_face_that_is_better_not_read_is_told_with_what_helps() -> None:
    dark = UnreadFace((1, 2, 30, 40), "dark")
    (line,) = in_words(Answer(Path("x"), unread=(dark,)))
    assert line == "a face, but it is too dark to read: a lamp in front of it helps"
    lines = list(in_words(Answer(Path("x"), (seen({"happy": 1.0}),), (dark,))))
    assert lines[1] == "face 2 is too dark to read: a lamp in front of it helps"
    (record,) = as_record(Answer(Path("x"), unread=(dark,)))["unread"]
    assert record == {"box": [1, 2, 30, 40], "doubt": "dark", "words": dark.words}


def test_there_are_words_for_every_doubt() -> None:
    assert set(DOUBTS) == set(WORDS)


# -- the command ----------------------------------------------------------------------------


def test_no_file_at_all_is_misuse() -> None:
    assert affetto().exit_code == 2


@pytest.mark.parametrize("as_json", [True, False])
def test_files_that_cannot_be_read_are_told_one_by_one_and_end_in_1(
    tmp_path: Path, as_json: bool
) -> None:
    fake = tmp_path / "fake.jpg"
    fake.write_text("Dear diary")
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(faces_kit.encoded(faces_kit.astronaut())[:-3000])
    names = [str(tmp_path / "nowhere.jpg"), str(fake), str(cut)]
    expected = ["There is no file", "no picture", "cut short"]
    result = affetto(*(["--json"] if as_json else []), *names)
    assert result.exit_code == 1
    lines = (result.stdout if as_json else result.stderr).splitlines()
    assert len(lines) == len(names)
    for name, line, words in zip(names, lines, expected, strict=True):
        if as_json:
            record = json.loads(line)
            assert record["path"] == name
            assert record["faces"] == []
            assert words in record["error"]["problem"]
            assert record["error"]["remedy"]
        else:
            assert line.count(name) == 1
            assert words in line
    if not as_json:
        assert result.stdout == ""


def test_a_name_that_no_terminal_can_show_is_shown_all_the_same() -> None:
    result = affetto("caf\udce9.jpg")
    assert result.exit_code == 1
    assert "caf?.jpg" in result.stderr
    assert "Traceback" not in result.stderr


def test_importing_the_command_loads_no_model_runtime() -> None:
    code = (
        "import sys, affetto.cli.read;"
        "heavy = {'onnxruntime', 'PIL', 'numpy', 'simplejpeg'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.data
def test_the_sample_photos_are_read_without_a_fault(reader: FaceReader) -> None:
    if not os.environ.get("AFFETTO_DATA"):
        pytest.skip("AFFETTO_DATA does not name a folder of sample data")
    photos = sorted((Path(os.environ["AFFETTO_DATA"]) / "photos").glob("*.jpg"))
    assert len(photos) >= 7
    for answer in answers(photos, reader):
        areas = [face.box[2] * face.box[3] for face in answer.faces]
        assert answer.error is None
        assert areas == sorted(areas, reverse=True)


def test_an_empty_name_is_misuse_and_not_the_current_folder(terminal: Terminal) -> None:
    told = terminal.types("read", "")
    assert told.exit_code == 2 and "An empty name was given." in told.stderr
