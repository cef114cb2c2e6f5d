from __future__ import annotations

from pathlib import Path

import pytest

import faces_kit
from affetto.errors import ModelMissing
from affetto.inference import shelf


def test_a_model_is_found_with_its_card(tmp_path: Path) -> None:
    faces_kit.with_opinion(tmp_path)
    path, card = shelf.find("expression", folder=tmp_path)
    assert path == tmp_path / "expression.onnx"
    assert card.labels == faces_kit.EXPRESSIONS


def test_a_model_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    faces_kit.with_opinion(tmp_path)
    (tmp_path / "expression.onnx").unlink()
    with pytest.raises(ModelMissing) as caught:
        shelf.find("expression", folder=tmp_path)
    assert "expression.onnx is not installed" in caught.value.problem
    assert "make run" in caught.value.remedy


def test_a_damaged_model_is_never_run(tmp_path: Path) -> None:
    faces_kit.with_opinion(tmp_path)
    path = tmp_path / "expression.onnx"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelMissing, match="checksum"):
        shelf.find("expression", folder=tmp_path)


def test_a_model_mended_while_we_run_is_found(tmp_path: Path) -> None:
    faces_kit.with_opinion(tmp_path)
    path = tmp_path / "expression.onnx"
    whole = path.read_bytes()
    path.write_bytes(b"damaged")
    with pytest.raises(ModelMissing):
        shelf.find("expression", folder=tmp_path)
    path.write_bytes(whole)
    assert shelf.find("expression", folder=tmp_path)[0] == path
