"""The two usual mistakes raise the figure, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")
pytest.importorskip("onnx", reason="training writes ONNX")

from affetto_training import faces as lab
from affetto_training.fer2013 import Faces
from affetto_training.mistakes import split_at_random, with_copies

pytestmark = pytest.mark.training


def faces(*labels: int) -> Faces:
    pixels = np.random.default_rng(1).integers(0, 255, (len(labels), 48, 48)).astype(np.uint8)
    return Faces(pixels, np.array(labels), np.zeros((len(labels), 10), np.uint8))


def test_copies_fill_every_class_up_and_leave_the_faces_as_they_were() -> None:
    before = faces(0, 0, 0, 0, 3, 3, 5)
    filled = with_copies(before, seed=1)
    assert [n for n in filled.counts().values() if n] == [4, 4, 4]
    assert np.array_equal(filled.pixels[:7], before.pixels)
    assert not set(filled.twins[7:].tolist()) & set(before.twins.tolist())


def test_a_random_split_loses_and_doubles_nothing() -> None:
    whole = faces(*range(7), *range(7))
    learnt, asked = split_at_random(whole, 0.3, seed=2)
    assert (len(learnt), len(asked)) == (10, 4)
    together = np.concatenate([learnt.twins, asked.twins])
    assert sorted(together) == sorted(whole.twins)


def test_both_mistakes_are_made_and_told_beside_the_truth(data: Path, tmp_path: Path) -> None:
    to = tmp_path / "mistakes.json"
    options = ["--data", str(data), "--to", str(to), "--epochs", "2", "--images", "60"]
    assert lab.main(["mistakes", *options]) == 0
    found = json.loads(to.read_text())
    honest, leaked = found["honest"], found["augment_then_split"]
    assert found["images"] == 60
    assert honest["n"] + honest["learnt_from"] == 60
    assert found["training_accuracy"]["n"] == honest["learnt_from"]
    assert leaked["n"] + leaked["learnt_from"] == honest["learnt_from"] + leaked["copies"]
    assert leaked["unseen"]["n"] == honest["n"]


def test_the_kept_figures_show_what_the_mistakes_are_worth() -> None:
    found = json.loads(Path("training/results/mistakes.json").read_text())
    honest, leaked = found["honest"], found["augment_then_split"]
    assert leaked["accuracy"] > leaked["unseen"]["accuracy"]
    assert found["training_accuracy"]["accuracy"] > honest["accuracy"]
