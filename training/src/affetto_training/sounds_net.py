"""The net that hears what a piece sounds like: musicnn's published weights as ONNX.

musicnn (Pons & Serra, ISMIR late-breaking 2019; ISC licence, weights in its package) was
trained to tell the fifty commonest tags of the Million Song Dataset from 3 s of sound.
Its checkpoint is a TensorFlow bundle, read here with NumPy. What is kept is all but the
tags: the 200 numbers of its last hidden layer.

The two tall convolutions are most of its work. They are evaluated at every ``TIME_STEP``-th
moment and held in between, and the long ones at every ``BAND_STEP``-th band before the
maximum over bands is taken: half of the work, and the ``study`` says what it costs.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from affetto.errors import Misuse
from affetto.inference.card import ModelCard, ModelInput

Array = npt.NDArray[np.float32]

CHECKPOINT: Final = "musicnn/MSD_musicnn/"
FRAMES: Final = 187
BANDS: Final = 96
WIDTH: Final = 200
TIME_STEP: Final = 2
BAND_STEP: Final = 4
_EPSILON: Final = 1e-3  # of its batch normalisations


# -- the checkpoint -------------------------------------------------------------------


def weights_of(wheel: Path) -> dict[str, Array]:
    """Every float32 tensor of the checkpoint in musicnn's wheel, by its name.

    Raises Misuse when the file is not that wheel.
    """
    try:
        with zipfile.ZipFile(wheel) as packed:
            index = packed.read(CHECKPOINT + ".index")
            data = packed.read(CHECKPOINT + ".data-00000-of-00001")
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise Misuse(
            f"{wheel} is not the wheel of musicnn ({error}).",
            remedy="Fetch it with: pip download --no-deps musicnn==0.1.0",
        ) from error
    found = {}
    for name, told in _entries(index):
        fields = dict(_fields(told))
        if name and fields.get(1) == 1:  # DT_FLOAT
            shape = [dict(_fields(side)).get(1, 0) for _, side in _fields(fields.get(2, b""))]
            start = fields.get(4, 0)
            values = np.frombuffer(data[start : start + fields[5]], np.float32)
            found[name.removeprefix("model/")] = values.reshape(shape)
    return found


def _entries(table: bytes) -> Iterator[tuple[str, bytes]]:
    """The pairs of a LevelDB table that is not compressed, as TensorFlow writes it."""
    footer = table[-48:]
    _, at = _varint(footer, 0)
    _, at = _varint(footer, at)
    start, at = _varint(footer, at)
    size, _ = _varint(footer, at)
    for _, place in _block(table[start : start + size]):
        begin, at = _varint(place, 0)
        length, _ = _varint(place, at)
        for key, value in _block(table[begin : begin + length]):
            yield key.decode(), value


def _block(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    restarts = int.from_bytes(block[-4:], "little")
    end, at, key = len(block) - 4 - 4 * restarts, 0, b""
    while at < end:
        shared, at = _varint(block, at)
        new, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + new]
        at += new
        yield key, block[at : at + length]
        at += length


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """Number and value of each field of a protocol-buffer message."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, kind = tag >> 3, tag & 7
        if kind == 0:
            value, at = _varint(message, at)
            yield number, value
        else:
            length, at = (4, at) if kind == 5 else _varint(message, at)
            yield number, message[at : at + length]
            at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


# -- the graph ------------------------------------------------------------------------


class _Graph:
    """Nodes and weights gathered so far; each step returns the name of its output."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.told = weights
        self.nodes: list[onnx.NodeProto] = []
        self.kept: list[onnx.TensorProto] = []

    def node(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def keep(self, values: npt.NDArray[Any]) -> str:
        name = f"w{len(self.kept)}"
        self.kept.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def half(self, values: Array) -> str:
        """A weight stored as float16, used as float32."""
        return self.node("Cast", [self.keep(values.astype(np.float16))], to=TensorProto.FLOAT)

    def norm(self, x: str, number: int) -> str:
        """Batch normalisation over axis 1, as a scale and a shift."""
        scale, shift = self.affine(number)
        side = (1, -1, 1, 1)
        scaled = self.node("Mul", [x, self.keep(scale.reshape(side))])
        return self.node("Add", [scaled, self.keep(shift.reshape(side))])

    def affine(self, number: int) -> tuple[Array, Array]:
        name = "batch_normalization" + (f"_{number}" if number else "")
        told = {key: self.told[f"{name}/{key}"] for key in ("gamma", "beta")}
        mean, spread = self.told[f"{name}/moving_mean"], self.told[f"{name}/moving_variance"]
        scale = told["gamma"] / np.sqrt(spread + np.float32(_EPSILON))
        return scale, told["beta"] - mean * scale

    def conv(self, x: str, number: int, pads: list[int], strides: list[int]) -> str:
        name = "conv2d" + (f"_{number}" if number else "")
        kernel = self.told[f"{name}/kernel"].transpose(3, 2, 0, 1)
        inputs = [x, self.half(kernel), self.keep(self.told[f"{name}/bias"])]
        y = self.node("Conv", inputs, pads=pads, strides=strides)
        return self.node("Relu", [y])


def graph_of(
    weights: Mapping[str, Array], *, time_step: int = TIME_STEP, band_step: int = BAND_STEP
) -> onnx.ModelProto:
    """The net from log-mel frames (n, 187, 96) to its last hidden layer (n, 200)."""
    g = _Graph(weights)
    picture = g.node("Unsqueeze", ["frames", g.keep(np.array([1], np.int64))])
    x = g.norm(picture, 0)
    heard = []
    length = -(-FRAMES // time_step)
    turns = g.keep(np.array([1, 1, time_step, 1], np.int64))
    last = [g.keep(np.array([v], np.int64)) for v in (0, FRAMES, 2)]
    for number in (0, 1):  # timbre: tall filters
        y = g.norm(g.conv(x, number, [3, 0, 3, 0], [time_step, 1]), number + 1)
        y = g.node("ReduceMax", [y], axes=[3], keepdims=1)
        if time_step > 1:  # hold each moment until the next: (n, c, t, 1) → (n, c, t, step)
            y = g.node("Tile", [y, g.keep(np.array([1, 1, 1, time_step], np.int64))])
            shape = g.keep(np.array([0, 0, length * time_step, 1], np.int64))
            y = g.node("Slice", [g.node("Reshape", [y, shape]), *last])
        heard.append(y)
    del turns
    few = g.node("Slice", [x, *(g.keep(np.array([v], np.int64)) for v in (0, BANDS, 3, band_step))])
    for number, tall in ((2, 128), (3, 64), (4, 32)):  # rhythm: long filters
        before = (tall - 1) // 2
        y = g.conv(few, number, [before, 0, tall - 1 - before, 0], [1, 1])
        heard.append(g.node("ReduceMax", [g.norm(y, number + 1)], axes=[3], keepdims=1))
    front = g.node("Concat", heard, axis=1)  # (n, 561, 187, 1)
    layers, y = [front], front
    for number in (5, 6, 7):
        side = g.node("Transpose", [y], perm=[0, 3, 2, 1])
        new = g.norm(g.conv(side, number, [3, 0, 3, 0], [1, 1]), number + 1)
        y = new if number == 5 else g.node("Add", [new, y])
        layers.append(y)
    every = g.node("Concat", layers, axis=1)  # (n, 753, 187, 1)
    most = g.node("ReduceMax", [every], axes=[2], keepdims=0)
    mean = g.node("ReduceMean", [every], axes=[2], keepdims=0)
    flat = g.node("Flatten", [g.node("Concat", [most, mean], axis=2)])
    scale, shift = g.affine(9)
    dense = g.told["dense/kernel"]
    bias = g.told["dense/bias"] + shift @ dense
    y = g.node("MatMul", [flat, g.half(scale[:, None] * dense)])
    g.nodes.append(helper.make_node("Relu", [g.node("Add", [y, g.keep(bias)])], ["heard"]))
    model = helper.make_model(
        helper.make_graph(
            g.nodes,
            "music-ear",
            [helper.make_tensor_value_info("frames", TensorProto.FLOAT, ["n", FRAMES, BANDS])],
            [helper.make_tensor_value_info("heard", TensorProto.FLOAT, ["n", WIDTH])],
            g.kept,
        ),
        opset_imports=[helper.make_opsetid("", 13)],
        ir_version=8,
        producer_name="affetto",
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def write_net(wheel: Path, to: Path) -> ModelCard:
    """Write the net as ``to`` and its card beside it."""
    to.write_bytes(graph_of(weights_of(wheel)).SerializeToString())
    card = ModelCard(
        name="music-ear",
        version="musicnn-0.1.0",
        task="what three seconds of music sound like",
        input=ModelInput("frames", ("n", FRAMES, BANDS), "", (0.0, 6.0)),
        licence="ISC",
        sha256=hashlib.sha256(to.read_bytes()).hexdigest(),
        data="tags of the Million Song Dataset, by the authors of musicnn",
        source={
            "made by": "Jordi Pons, Music Technology Group, Universitat Pompeu Fabra",
            "file": f"{CHECKPOINT} in the Python package musicnn 0.1.0",
            "changed": f"weights rounded to float16; timbre heard at every {TIME_STEP}nd frame, "
            f"rhythm in every {BAND_STEP}th band; the tags left off",
        },
        notes="Frames are log10(1 + 10000 mel power) as affetto.music.ear makes them.",
    )
    card.write(to.with_name(f"{to.stem}.card.json"))
    return card
