"""Scores by group: whoever brings labels sees each group by itself."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from training_kit import face, picture

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")

import pyarrow as pa
import pyarrow.parquet as pq

from affetto.errors import AffettoError
from affetto_training import faces as lab
from affetto_training.evaluate import as_text, evaluate
from affetto_training.fer2013 import Faces
from affetto_training.groups import by_group
from affetto_training.layouts import read_column

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 young and 5 old faces, one of nobody knows whom, and one without a label."""
    rng = np.random.default_rng(2)
    ages = ["young"] * 40 + ["old"] * 5 + [None, "young"]
    labels = [i % 7 for i in range(46)] + [-1]
    pictures = [picture(face(max(0, label), rng)) for label in labels]
    path = tmp_path_factory.mktemp("people") / "people.parquet"
    pq.write_table(pa.table({"label": labels, "image": pictures, "age": ages}), path)
    return path


def test_each_group_has_its_own_figures_and_a_small_one_is_flagged(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lab.main(["evaluate", "--data", str(people), "--by", "age", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {name: (g["n"], g["small"]) for name, g in found["by"].items()} == {
        "old": (5, True),
        "young": (40, False),
        "(not said)": (1, True),
    }
    right = sum(round(g["accuracy"] * g["n"]) for g in found["by"].values())
    assert right == round(found["accuracy"] * found["n"])
    assert lab.main(["evaluate", "--data", str(people), "--by", "age"]) == 0
    told = capsys.readouterr().out
    assert "hardly a figure" in told.split("old", 1)[1].splitlines()[0]


def test_groups_are_scored_apart_not_together() -> None:
    labels = np.array([0] * 30 + [3] * 30)
    faces = Faces(np.zeros((60, 48, 48), np.uint8), labels, np.zeros((60, 10), np.uint8))
    groups = by_group(["a"] * 30 + ["b"] * 30, np.eye(7)[[0] * 60], faces, None)
    assert (groups["a"]["accuracy"], groups["b"]["accuracy"]) == (1.0, 0.0)
    assert (groups["a"]["ece"], groups["b"]["ece"]) == (0.0, 1.0)
    assert groups["a"]["ferplus_accuracy"] is None


def test_without_a_column_nothing_is_said_of_groups(people: Path) -> None:
    found = evaluate(people)
    assert "by" not in found
    assert "hardly a figure" not in as_text(found)


def test_an_unknown_column_names_the_known_ones(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lab.main(["evaluate", "--data", str(people), "--by", "gender"]) == 1
    assert "no column gender. Its columns are label, image, age." in capsys.readouterr().err
    with pytest.raises(AffettoError, match="no column age") as refused:
        read_column(tmp_path, "age")
    assert "Only a csv or a parquet" in refused.value.remedy


def test_a_column_of_numbers_is_asked_to_be_put_into_ranges() -> None:
    faces = Faces(np.zeros((60, 48, 48), np.uint8), np.zeros(60, int), np.zeros((60, 10), np.uint8))
    with pytest.raises(AffettoError, match="60 groups") as refused:
        by_group([str(i) for i in range(60)], np.eye(7)[[0] * 60], faces, None)
    assert "ranges" in refused.value.remedy


def test_a_column_of_a_csv_is_read_for_the_split_that_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "faces.csv"
    path.write_text(
        "emotion,pixels,Usage,Age\n0,1,Training,young\n1,2,PublicTest,old\n2,3,PublicTest,young\n"
    )
    assert read_column(path, "Age", "PublicTest") == ["old", "young"]
    assert set(evaluate(path, by="Age")["by"]) == {"old", "young"}


def test_the_groups_follow_the_order_in_which_splits_are_scored(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    columns = {
        "split": ["PrivateTest", "Training", "PublicTest"],
        "label": [0, 1, 2],
        "jpeg": [picture(face(i, rng)) for i in range(3)],
        "who": ["c", "a", "b"],
    }
    pq.write_table(pa.table(columns), tmp_path / "f.parquet")
    assert read_column(tmp_path / "f.parquet", "who", "PublicTest") == ["b"]
    assert {k: g["n"] for k, g in evaluate(tmp_path / "f.parquet", by="who")["by"].items()} == {
        "b": 1,
        "c": 1,
    }


@pytest.mark.parametrize("column", ["split", "label"])
def test_the_columns_that_are_read_anyway_tell_groups_too(data: Path, column: str) -> None:
    found = evaluate(data, by=column)
    assert sum(group["n"] for group in found["by"].values()) == found["n"]
