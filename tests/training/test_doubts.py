"""The limits beyond which a face is not read can be measured anew, and mean something."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import faces_kit

pytest.importorskip("torch", reason="the lab is not installed")

from affetto.senses import face_doubt
from affetto.senses.face_crop import cropped
from affetto.senses.face_finder import FoundFace
from affetto_training import doubts
from affetto_training.doubts import (
    COVERS,
    PARTS,
    as_text,
    covered,
    darkened,
    measured,
    plain,
    ten_points_lost,
)

# The astronaut's face as the detector finds it.
BOX = np.array([174, 70, 279, 175], np.float32)
POINTS = [[205, 102], [247, 105], [224, 128], [223, 147], [182, 110], [271, 115]]


@pytest.fixture(scope="module")
def crops() -> np.ndarray:
    """Four times the astronaut, uint8 (4, 48, 48), a little brighter each time."""
    face = FoundFace(BOX, np.array(POINTS, np.float32), 0.9)
    crop = cropped(faces_kit.astronaut(), face) * 255
    return np.stack([crop * share for share in (0.7, 0.8, 0.9, 1.0)]).astype(np.uint8)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = faces_kit.with_opinion(
        tmp_path_factory.mktemp("model"), votes=(1, 2, 0, 0, 0, 0, 0, 0, -1)
    )
    return folder / "expression.onnx"


@pytest.mark.parametrize("cover", COVERS)
@pytest.mark.parametrize("part", PARTS)
def test_a_cover_hides_its_part_and_nothing_else(
    crops: np.ndarray, part: str, cover: doubts.Cover
) -> None:
    hidden = covered(crops, part, cover)
    assert (hidden[:, ~PARTS[part]] == crops[:, ~PARTS[part]]).all()
    assert (hidden[:, PARTS[part]] != crops[:, PARTS[part]]).mean() > 0.5
    assert (covered(crops, part, cover) == hidden).all(), "always the same draw"


@pytest.mark.parametrize("part", PARTS)
def test_something_plain_before_the_eyes_or_the_mouth_is_noticed(
    crops: np.ndarray, part: str
) -> None:
    for crop, hidden in zip(crops, covered(crops, part, plain), strict=True):
        assert _doubt(crop) is None
        assert _doubt(hidden) == "covered"


def test_the_dark_is_noticed(crops: np.ndarray) -> None:
    assert _doubt(darkened(crops, 0.5)[0]) is None
    assert _doubt(darkened(crops, 0.05)[0]) == "dark"


def _doubt(crop: np.ndarray) -> str | None:
    (seen,) = doubts.shown_by(crop[None])
    return face_doubt.doubt_of_crop(crop.astype(np.float32) / 255, seen)


def test_a_limit_lies_where_ten_points_are_lost() -> None:
    assert ten_points_lost([(0.5, 0.70), (0.3, 0.65), (0.1, 0.45)]) == pytest.approx(0.25)
    assert ten_points_lost([(0.5, 0.70), (0.3, 0.69)]) == 0.3  # as far as was looked


def test_every_limit_that_is_set_is_measured(data: Path, model: Path) -> None:
    found = measured(data, model, held_out=30)
    for name, both in found["limits"].items():
        assert both["set"] == getattr(face_doubt, name)
        assert np.isfinite(both["measured"])
    assert found["n"] == 15
    for shares in found["refused"].values():
        *each, every = shares.values()
        assert sum(each) == pytest.approx(every)
        assert 0 <= every <= 1
    text = as_text(found)
    assert all(name in text for name in found["limits"])


def test_a_model_without_votes_calls_nothing_unclear(data: Path, tmp_path: Path) -> None:
    folder = faces_kit.with_opinion(tmp_path)
    found = measured(data, folder / "expression.onnx", held_out=30)
    assert found["limits"]["UNCLEAR"]["measured"] == 0


def test_the_command_prints_what_it_measured(
    data: Path, model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"model": "toy"}
    monkeypatch.setattr(doubts, "measured", lambda *_: told)
    assert doubts.main(["--data", str(data), "--model", str(model), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == told


def test_data_that_are_not_there_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doubts.main(["--data", str(tmp_path / "none.parquet")]) == 1
    assert "none.parquet" in capsys.readouterr().err
