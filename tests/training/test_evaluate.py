"""Scores anybody can check: perfect, hopeless, shrugging, and on any file of faces."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training_kit import face, picture

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")
pytest.importorskip("onnx", reason="training writes ONNX")

import pyarrow as pa
import pyarrow.parquet as pq

from affetto.errors import AffettoError
from affetto_training import faces as lab
from affetto_training.evaluate import as_text, evaluate, in_our_order
from affetto_training.fer2013 import FOUR, Faces
from affetto_training.layouts import read_parquet
from affetto_training.scores import score

pytestmark = pytest.mark.training

CROWD = [4, 5, 6, 1, 3, 2, 0]  # label → the column of FER+ that means the same


def faces(labels: list[int]) -> Faces:
    n = len(labels)
    ballots = np.zeros((n, 10), np.uint8)
    ballots[np.arange(n), [CROWD[i] for i in labels]] = 10
    return Faces(np.zeros((n, 48, 48), np.uint8), np.array(labels, np.int64), ballots)


def table(path: Path, **columns: list[Any]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_scores_are_one_for_a_perfect_reader_and_nil_for_a_hopeless_one() -> None:
    true = faces([0, 1, 2, 3, 4, 5, 6] * 10)
    perfect = score(np.eye(7)[true.labels], true)
    assert (perfect.accuracy, perfect.macro_f1, perfect.ferplus_accuracy) == (1.0, 1.0, 1.0)
    assert perfect.ece == pytest.approx(0.0) and perfect.ferplus_n == 70
    assert perfect.ci95 is not None
    assert perfect.ci95[0] < 1.0 <= perfect.ci95[1] + 1e-9
    wrong = score(np.eye(7)[(true.labels + 1) % 7], true)
    assert (wrong.accuracy, wrong.macro_f1) == (0.0, 0.0)
    assert wrong.ece == pytest.approx(1.0)


def test_a_shrugging_reader_is_calibrated_at_a_seventh() -> None:
    true = faces([0, 1, 2, 3, 4, 5, 6] * 10)
    shrug = score(np.full((70, 7), 1 / 7), true)
    assert shrug.accuracy == pytest.approx(1 / 7)
    assert shrug.ece == pytest.approx(0.0, abs=1e-9)


def test_ties_unknown_not_a_face_and_nobody_asked_are_not_scored() -> None:
    true = faces([3, 4, 0, 1, 2])
    true.ballots[1, [1, 3]] = 5  # a tie
    true.ballots[2] = [0, 0, 0, 0, 4, 0, 0, 0, 6, 0]
    true.ballots[3] = [0, 0, 0, 0, 0, 4, 0, 0, 0, 6]
    true.ballots[4] = 0
    assert score(np.eye(7)[true.labels], true).ferplus_n == 1


def test_unknown_and_not_a_face_do_not_add_up_against_a_plurality() -> None:
    true = faces([6])
    true.ballots[0] = [4, 0, 0, 0, 0, 0, 0, 0, 3, 3]
    assert score(np.eye(7)[[6]], true).ferplus_accuracy == 1.0


def test_a_contemptuous_face_counts_against_seven_outputs_and_for_eight() -> None:
    true = faces([0, 6])
    true.ballots[0] = [0, 0, 0, 0, 1, 0, 0, 9, 0, 0]
    seven = score(np.eye(7)[[0, 6]], true)
    assert (seven.ferplus_n, seven.ferplus_accuracy) == (2, 0.5)
    knowing = np.array([[0.3, 0, 0, 0, 0, 0, 0, 0.7], [0, 0, 0, 0, 0, 0, 0.9, 0.1]])
    eight = score(knowing, true)
    assert (eight.accuracy, eight.ferplus_accuracy) == (1.0, 1.0)


def test_four_classes_are_scored_without_the_crowd() -> None:
    four = faces([0, 1, 3, 4, 6]).seen_as(FOUR)
    found = score(np.eye(4)[four.labels], four)
    assert (found.n, found.accuracy, found.ferplus_accuracy) == (4, 1.0, None)


def test_a_model_is_read_by_its_card_s_names_whatever_their_order() -> None:
    labels = ("neutral", "happy", "contempt", "sad", "fear", "angry", "surprise", "disgust")
    read = in_our_order(np.eye(8)[[5, 1, 2]], labels, faces([0]))
    assert read.argmax(1).tolist() == [0, 3, 7]
    with pytest.raises(AffettoError, match="cannot read disgust"):
        in_our_order(np.eye(7), labels[:7], faces([0]))


def test_any_table_of_crops_is_scored_whatever_their_size_and_colour(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    grey = face(3, rng)
    deep = grey.astype(np.uint16) * 256
    wide = np.repeat(np.repeat(np.stack([grey] * 3, 2), 2, 0), 2, 1)
    path = table(
        tmp_path / "crops.parquet",
        label=[3, 3, 3, -1, None, 0],
        image=[picture(grey), picture(wide), picture(deep), b"", b"", picture(wide, "JPEG")],
    )
    read = read_parquet(path)
    assert read.labels.tolist() == [3, 3, 3, 0]
    assert np.abs(read.pixels[:3].astype(int) - grey).mean() < 12
    assert np.array_equal(read.pixels[2], grey)
    found = evaluate(path)
    assert (found["n"], found["ferplus_accuracy"], found["splits"]) == (4, None, [])
    assert found["no_twins"]["n"] == 4
    assert "every row" in as_text(found)
    assert "FER+" not in as_text(found)


def test_pictures_wrapped_as_some_tables_do_are_read_too(tmp_path: Path) -> None:
    wrapped = {"bytes": picture(face(2, np.random.default_rng(0))), "path": "a.png"}
    path = table(tmp_path / "f.parquet", label=[2], image=[wrapped])
    assert read_parquet(path).labels.tolist() == [2]


def test_without_a_named_split_everything_but_training_is_scored(data: Path) -> None:
    assert evaluate(data)["n"] == 16
    assert evaluate(data)["splits"] == ["PublicTest"]
    assert evaluate(data, "Training")["n"] == 82
    with pytest.raises(AffettoError, match="no split called PrivateTest"):
        evaluate(data, "PrivateTest")


def test_several_unseen_splits_are_scored_together(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    path = table(
        tmp_path / "f.parquet",
        split=["Training", "PublicTest", "PrivateTest"],
        label=[0, 1, 2],
        jpeg=[picture(face(i, rng)) for i in range(3)],
    )
    found = evaluate(path)
    assert (found["n"], found["splits"]) == (2, ["PublicTest", "PrivateTest"])


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"label": [9], "image": [b""]}, "label 9 is none"),
        ({"label": [-1], "image": [b""]}, "no labelled face"),
        ({"label": [-1, 1], "image": [b"", b"no"]}, "Row 1 of f.parquet"),
        ({"label": [1], "photo": [b"no"]}, "no column of pictures"),
        ({"image": [b"no"]}, "no column of labels"),
        ({"label": ["happy"], "image": [b""]}, "not whole numbers"),
        ({"label": [2.5], "image": [b""]}, "not whole numbers"),
    ],
)
def test_a_table_that_cannot_be_scored_says_why(
    tmp_path: Path, columns: dict[str, list[Any]], words: str
) -> None:
    with pytest.raises(AffettoError, match=words):
        evaluate(table(tmp_path / "f.parquet", **columns))


def test_labels_that_became_fractions_are_whole_again_and_gaps_are_left_out(tmp_path: Path) -> None:
    one = picture(face(3, np.random.default_rng(5)))
    path = table(tmp_path / "f.parquet", label=[3.0, float("nan"), None, -1.0], image=[one] * 4)
    assert read_parquet(path).labels.tolist() == [3]


def test_a_file_without_splits_is_not_said_to_be_the_one_that_was_named(tmp_path: Path) -> None:
    one = picture(face(3, np.random.default_rng(5)))
    found = evaluate(table(tmp_path / "f.parquet", label=[3], image=[one]), "PublicTest")
    assert (found["n"], found["splits"]) == (1, [])


@pytest.mark.parametrize(
    "wrong", [["--data", "gone.csv"], ["--data", "gone.parquet"], ["--model", "gone.onnx"],
              ["--model", "notes.txt"]]
)  # fmt: skip
def test_a_file_that_is_missing_or_is_another_kind_is_named_without_a_traceback(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("no model")
    table(Path("f.parquet"), label=[3], image=[picture(face(3, np.random.default_rng(5)))])
    assert lab.main(["evaluate", "--data", "f.parquet", *wrong]) == 1
    assert wrong[1] in capsys.readouterr().err


@pytest.mark.data
def test_public_test_gives_the_figures_the_card_states(capsys: pytest.CaptureFixture[str]) -> None:
    if "AFFETTO_DATA" not in os.environ:
        pytest.skip("AFFETTO_DATA is not set")
    from affetto.inference import shelf

    path = Path(os.environ["AFFETTO_DATA"]) / "fer2013" / "train_public.parquet"
    options = ["evaluate", "--data", str(path), "--split", "PublicTest", "--json"]
    assert lab.main(options) == 0
    found = json.loads(capsys.readouterr().out)
    stated = shelf.find("expression")[1].scores["PublicTest"]
    assert found["n"] == 3589 and found["no_twins"]["n"] == 3309
    assert found["ferplus_n"] == 3396
    keys = {"accuracy", "ci95", "macro_f1", "confusion", "ece", "ferplus_accuracy", "n"}
    assert keys <= set(found) and keys <= set(found["no_twins"])
    for key in ("accuracy", "macro_f1", "ece"):
        assert found[key] == pytest.approx(stated[key], abs=0.002)


def test_a_model_that_expects_the_raters_shares_is_called_true_to_its_word() -> None:
    faces = Faces(
        np.zeros((4, 48, 48), np.uint8),
        np.array([3, 3, 6, 6]),
        np.array([[0, 8, 2, 0, 0, 0, 0, 0, 0, 0]] * 2 + [[10] + [0] * 9] * 2, np.uint8),
    )
    honest = score(np.eye(7)[faces.labels], faces, faces.votes.astype(float))
    assert honest.ferplus_ece == pytest.approx(0.0, abs=1e-6)
    cocksure = score(np.eye(7)[faces.labels], faces, np.eye(9)[[1, 1, 0, 0]])
    assert cocksure.ferplus_ece == pytest.approx((0.2 * 2) / 4, abs=1e-6)
    assert score(np.eye(7)[faces.labels], faces).ferplus_ece is None
