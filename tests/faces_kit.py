"""Models and pictures for tests of everything that looks at faces.

The face is scikit-image's astronaut (NASA, public domain), which comes in its wheel.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from affetto.inference import shelf
from affetto.inference.card import ModelCard, ModelInput
from affetto.senses.sense import ImageFrame

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
EXPRESSIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
VOTES = (
    "neutral", "happiness", "surprise", "sadness", "anger",
    "disgust", "fear", "contempt", "unclear",
)  # fmt: skip

Pixels = npt.NDArray[np.uint8]


def astronaut() -> Pixels:
    """512 × 512, RGB: one smiling face, its box near (174, 69) to (279, 174)."""
    import skimage.data

    pixels: Pixels = skimage.data.astronaut()
    return pixels


def frame(pixels: Pixels) -> ImageFrame:
    return ImageFrame(np.ascontiguousarray(pixels), NOON)


def encoded(pixels: Pixels, kind: str = "JPEG", **options: object) -> bytes:
    """The picture as the bytes of a file."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


def with_detector(folder: Path) -> Path:
    """``folder`` with the face detectors in it; where they were not built, the test is skipped.

    On a build machine (CI=true) a missing one is a failure, not a skip.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("face-detector-near", "face-detector"):
        path = shelf.MODELS / f"{name}.onnx"
        if not path.is_file():
            reason = "the face detectors are not built: run `python tools/build_detector.py`"
            pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
        shutil.copy(path, folder)
        shutil.copy(shelf.MODELS / f"{name}.card.json", folder)
    return folder


def with_opinion(
    folder: Path,
    *,
    logits: tuple[float, ...] = (0, 0, 0, 3, 0, 0, 1),
    labels: tuple[str, ...] = EXPRESSIONS,
    temperature: float = 1.0,
    votes: tuple[float, ...] | None = None,
    voted: tuple[str, ...] = VOTES,
    votes_temperature: float = 1.0,
) -> Path:
    """``folder`` with a toy expression net that says ``logits`` of every face.

    With ``votes``, logits too, it has a second output whose order is ``voted``.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    said = {"logits": logits, **({} if votes is None else {"votes": votes})}
    weights = {}
    for name, values in said.items():
        weights[f"{name} kernel"] = np.zeros((48 * 48, len(values)), np.float32)
        weights[f"{name} bias"] = np.array(values, np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Flatten", ["image"], ["flat"]),
            *(
                helper.make_node("Gemm", ["flat", f"{name} kernel", f"{name} bias"], [name])
                for name in said
            ),
        ],
        "opinion",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 1, 48, 48])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", len(values)])
            for name, values in said.items()
        ],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "expression.onnx"
    onnx.save(model, path)
    card = card_for(path, labels=labels, temperature=temperature)
    if votes is not None:
        card = replace(card, votes=voted, votes_temperature=votes_temperature)
    card.write(folder / "expression.card.json")
    return folder


def card_for(
    path: Path, *, labels: tuple[str, ...] = EXPRESSIONS, temperature: float = 1.0
) -> ModelCard:
    """A true card for a toy expression net."""
    return ModelCard(
        name=path.stem,
        version="toy",
        task="a toy",
        input=ModelInput("image", ("n", 1, 48, 48), "grey", (0.0, 1.0)),
        licence="Apache-2.0",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        labels=labels,
        temperature=temperature,
    )
