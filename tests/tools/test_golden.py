"""The golden file still says what the reading says."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from affetto.inference import shelf

ROOT = Path(__file__).resolve().parents[2]
REMEDY = "run `python tools/golden.py` and look at what changed"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    if not (shelf.MODELS / "face-detector-near.onnx").is_file():
        reason = "the face detectors are not built: run `python tools/build_detector.py`"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    spec = importlib.util.spec_from_file_location("golden", ROOT / "tools/golden.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["golden"] = module
    spec.loader.exec_module(module)
    return module


def kept(tool: ModuleType) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((tool.FOLDER / "face-reading.json").read_text())
    return told


def differences(ours: Any, theirs: Any, where: str = "") -> list[str]:
    """Where two answers differ by more than other processors' arithmetic explains."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if set(ours) != set(theirs):
            return [f"{where}: {sorted(set(ours) ^ set(theirs))}"]
        return [d for key in ours for d in differences(ours[key], theirs[key], f"{where}.{key}")]
    if isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        if len(ours) != len(theirs):
            return [f"{where}: {len(ours)} and {len(theirs)}"]
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [d for k, (one, two) in pairs for d in differences(one, two, f"{where}[{k}]")]
    if isinstance(ours, float) or isinstance(theirs, float):
        near = abs(ours - theirs) <= 1e-3 * max(1.0, abs(theirs))
        return [] if near else [f"{where}: {ours} and {theirs}"]
    return [] if ours == theirs else [f"{where}: {ours!r} and {theirs!r}"]


def test_it_is_what_python_says_today(tool: ModuleType) -> None:
    told = kept(tool)
    raw = np.frombuffer((tool.FOLDER / "face-reading.bin").read_bytes(), np.uint8)
    parts = {}
    for name, place in told["parts"].items():
        high, wide, first = place["height"], place["width"], place["offset"]
        parts[name] = raw[first : first + high * wide * 3].reshape(high, wide, 3)
    assert parts.keys() == tool.parts().keys(), REMEDY
    assert not differences(json.loads(json.dumps(tool.written(parts))), told)[:5], REMEDY


def test_it_shows_enough_and_stays_small(tool: ModuleType) -> None:
    told = kept(tool)
    crops = [crop for frame in told["frames"] for crop in frame["crops"]]
    assert len(crops) >= 200
    assert len(told["frames"]) >= 12
    sizes = [path.stat().st_size for path in tool.FOLDER.glob("face-reading.*")]
    assert len(sizes) == 2 and sum(sizes) <= 1_500_000
    doubts = {doubt for crop in crops for doubt in crop["doubts"].values()}
    assert doubts == {None, "small", "dark", "blurred", "turned", "covered"}
    assert any(frame["look"]["others"] for frame in told["frames"])
    assert any(not frame["found"] for frame in told["frames"])
    assert any(frame["far"] and not frame["near"] for frame in told["frames"])
