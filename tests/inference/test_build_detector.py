"""The converter that makes the face detectors; it is a tool, not part of the package."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

import faces_kit
from affetto.errors import ModelMissing
from affetto.inference import shelf
from affetto.inference.card import ModelCard
from affetto.inference.runner import OnnxRunner

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("face-detector-near", "face-detector")
CARDS = {name: ModelCard.read(shelf.MODELS / f"{name}.card.json") for name in NAMES}
CARD = CARDS["face-detector"]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_detector", ROOT / "tools/build_detector.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_detector"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=NAMES)
def card(request: pytest.FixtureRequest) -> ModelCard:
    return CARDS[request.param]


@pytest.fixture(scope="module")
def sources() -> Path:
    """The folder of Google's files, as `npm ci` puts it there."""
    folder: Path = tool().SOURCES
    if not folder.is_dir():
        reason = "the detectors' sources are not there: run `npm ci` in web"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return folder


@pytest.fixture(scope="module")
def source(sources: Path, card: ModelCard) -> Path:
    return sources / card.source["file"]


@pytest.fixture(scope="module")
def converted(source: Path) -> bytes:
    content: bytes = tool().convert(source.read_bytes())
    return content


def test_the_same_source_gives_the_bytes_the_card_names(converted: bytes, card: ModelCard) -> None:
    assert hashlib.sha256(converted).hexdigest() == card.sha256


def pictures(side: int) -> dict[str, np.ndarray]:
    """float32 (side, side, 3) in [-1, 1]."""
    astronaut = Image.fromarray(faces_kit.astronaut())
    small = {
        "portrait": astronaut.resize((192, 192)),
        "close up": astronaut.crop((120, 20, 330, 230)),
        "from afar": astronaut.resize((80, 80)).crop((-56, -56, 136, 136)),
    }
    photos = {
        name: np.asarray(p.resize((side, side)), np.float32) / 127.5 - 1
        for name, p in small.items()
    }
    noise = np.random.default_rng(1).uniform(-1, 1, (side, side, 3)).astype(np.float32)
    return {**photos, "noise": noise, "black": np.full((side, side, 3), -1, np.float32)}


def test_it_computes_what_the_original_computes(
    source: Path, converted: bytes, card: ModelCard, tmp_path: Path
) -> None:
    litert = pytest.importorskip(
        "ai_edge_litert.interpreter", reason="ai-edge-litert is not installed"
    )
    original = litert.Interpreter(
        str(source), experimental_op_resolver_type=litert.OpResolverType.BUILTIN_REF
    )
    original.allocate_tensors()
    (tmp_path / "detector.onnx").write_bytes(converted)
    runner = OnnxRunner(tmp_path / "detector.onnx", card)
    side = int(card.input.shape[-1])
    for name, picture in pictures(side).items():
        ours = runner.run(np.ascontiguousarray(picture.transpose(2, 0, 1)[None]))
        original.set_tensor(original.get_input_details()[0]["index"], picture[None])
        original.invoke()
        theirs = {
            int(detail["shape"][-1]): original.get_tensor(detail["index"])
            for detail in original.get_output_details()
        }
        # On black, the near net's answers reach -30,000; beyond ±10 a score is 0 or 1.
        np.testing.assert_allclose(
            np.clip(ours["scores"], -10, 10),
            np.clip(theirs[1], -10, 10),
            rtol=0,
            atol=1e-4,
            err_msg=name,
        )
        # Where a face may be, in pixels; elsewhere as shares of the input's side.
        likely = theirs[1][0, :, 0] > -3
        np.testing.assert_allclose(
            ours["boxes"][0, likely], theirs[16][0, likely], rtol=0, atol=1e-4, err_msg=name
        )
        np.testing.assert_allclose(
            ours["boxes"] / side, theirs[16] / side, rtol=0, atol=1e-4, err_msg=name
        )


def test_a_second_build_does_nothing(source: Path, card: ModelCard, tmp_path: Path) -> None:
    target = tmp_path / "models" / f"{card.name}.onnx"
    assert tool().build(source, target, card) is True
    before = target.stat().st_mtime_ns
    assert tool().build(source, target, card) is False
    assert target.stat().st_mtime_ns == before


def test_a_damaged_build_is_made_again(source: Path, card: ModelCard, tmp_path: Path) -> None:
    target = tmp_path / f"{card.name}.onnx"
    target.write_bytes(b"half a file")
    assert tool().build(source, target, card) is True
    assert hashlib.sha256(target.read_bytes()).hexdigest() == card.sha256


def test_both_are_built_by_one_call(sources: Path, tmp_path: Path, capsys: Any) -> None:
    assert tool().main(["--from", str(sources), "--to", str(tmp_path)]) == 0
    assert capsys.readouterr().err.count(": built") == 2
    assert {path.stem for path in tmp_path.iterdir()} == set(NAMES)


def test_a_missing_source_says_to_run_npm(tmp_path: Path, capsys: Any) -> None:
    code = tool().main(["--from", str(tmp_path), "--to", str(tmp_path / "models")])
    assert code == 1
    said = capsys.readouterr().err
    assert "face_detection_short_range.tflite is not there" in said
    assert "npm ci" in said
    assert not (tmp_path / "models").exists()


def test_another_file_is_not_taken_for_the_source(tmp_path: Path) -> None:
    (tmp_path / "other.tflite").write_bytes(b"something else")
    with pytest.raises(ModelMissing, match="checksum differs"):
        tool().build(tmp_path / "other.tflite", tmp_path / "x.onnx", CARD)
    assert not (tmp_path / "x.onnx").exists()
