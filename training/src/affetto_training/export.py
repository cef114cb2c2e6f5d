"""Checkpoint → ONNX and its card; both must agree with the net they came from.

The graph is written node by node: batch normalisation is folded into the
convolutions, and weights are kept in half precision and widened when loaded, so the
file is half the size and the arithmetic is still float32. Opset 13 runs on every
runtime we ship to.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

from affetto.errors import Misuse
from affetto.inference.card import ModelCard, ModelInput
from affetto_training.evaluate import read_with
from affetto_training.fer2013 import FER2013_LABELS, SIDE, training_twins
from affetto_training.loop import logits_of, read_run, sets_of
from affetto_training.nets import ExpressionNet, Residual
from affetto_training.scores import Scores, fit_temperature, score

Array = npt.NDArray[np.float32]


class _Graph:
    """Nodes and weights gathered so far; each step returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def node(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def half(self, values: Array) -> str:
        """A weight stored as float16, used as float32."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values.astype(np.float16), name))
        return self.node("Cast", [name], to=TensorProto.FLOAT)

    def exact(self, values: Array) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name


def _numpy(tensor: Tensor) -> Array:
    return tensor.detach().cpu().numpy().astype(np.float32)


def _conv(graph: _Graph, block: Any, x: str) -> str:
    """Convolution, batch normalisation and ReLU as one Conv and one Relu."""
    conv, norm = block[0], block[1]
    scale = _numpy(norm.weight) / np.sqrt(_numpy(norm.running_var) + norm.eps)
    weight = _numpy(conv.weight) * scale[:, None, None, None]
    bias = _numpy(norm.bias) - _numpy(norm.running_mean) * scale
    y = graph.node("Conv", [x, graph.half(weight), graph.exact(bias)], pads=[1, 1, 1, 1])
    return graph.node("Relu", [y])


def to_onnx(net: ExpressionNet) -> onnx.ModelProto:
    """The net's official-label head as ONNX: "image" (n, 1, 48, 48) → "logits" (n, 7)."""
    graph = _Graph()
    mean = graph.node("ReduceMean", ["image"], axes=[2, 3], keepdims=1)
    centred = graph.node("Sub", ["image", mean])
    variance = graph.node(
        "ReduceMean", [graph.node("Mul", [centred, centred])], axes=[2, 3], keepdims=1
    )
    spread = graph.node(
        "Add", [graph.node("Sqrt", [variance]), graph.exact(np.array(0.02, np.float32))]
    )
    x = graph.node("Div", [centred, spread])
    for layer in net.body:
        if isinstance(layer, nn.MaxPool2d):
            x = graph.node("MaxPool", [x], kernel_shape=[2, 2], strides=[2, 2])
        elif isinstance(layer, Residual):
            y = x
            for block in layer.body:
                y = _conv(graph, block, y)
            x = graph.node("Add", [x, y])
        else:
            x = _conv(graph, layer, x)
    pooled = [graph.node("GlobalAveragePool", [x]), graph.node("GlobalMaxPool", [x])]
    flat = graph.node("Flatten", [graph.node("Concat", pooled, axis=1)])
    weight, bias = (
        graph.half(_numpy(net.labels.weight)),
        graph.exact(_numpy(net.labels.bias)),
    )
    graph.nodes.append(helper.make_node("Gemm", [flat, weight, bias], ["logits"], transB=1))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "expression",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 1, SIDE, SIDE])],
            [
                helper.make_tensor_value_info(
                    "logits", TensorProto.FLOAT, ["n", len(FER2013_LABELS)]
                )
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 13)],
        producer_name="affetto-training",
        ir_version=8,
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def card_of(
    file: Path,
    *,
    version: str,
    temperature: float,
    data: str,
    scores: dict[str, object],
    notes: str,
) -> ModelCard:
    """The card of an expression model lying at ``file``."""
    return ModelCard(
        name="expression",
        version=version,
        task="facial expression: seven classes from one aligned face crop",
        input=ModelInput("image", ("n", 1, SIDE, SIDE), "grey", (0.0, 1.0)),
        licence="Apache-2.0",
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        labels=FER2013_LABELS,
        temperature=round(temperature, 4),
        data=data,
        scores=scores,
        source={"what": "trained by affetto_training.faces from random weights"},
        notes=notes,
    )


def export(run: Path, data: Path, to: Path) -> Scores:
    """Write ``to`` (ONNX) and its card from a run's averaged weights.

    The temperature comes from the images held out of Training; PublicTest is only
    scored. Fails when the file and the net disagree by more than half precision can.
    """
    config, net, saved = read_run(run)
    if not isinstance(net, ExpressionNet) or config.classes != len(FER2013_LABELS):
        raise Misuse(
            f"{config.name} is a {config.net} net, and only the expression net is shipped.",
            remedy="Score it with the command measure instead.",
        )
    training, held, public = sets_of(config, data)
    temperature = fit_temperature(
        logits_of(net, torch.from_numpy(held.pixels)), torch.from_numpy(held.labels)
    )
    onnx.save(to_onnx(net), str(to))
    part = held.only(np.arange(min(256, len(held))))
    expected = F.softmax(logits_of(net, torch.from_numpy(part.pixels)) / temperature, 1).numpy()
    gap = float(np.abs(read_with(to, part, temperature) - expected).max())
    if gap > 0.02:
        raise SystemExit(f"{to} disagrees with its net by {gap:.3f}; nothing was shipped.")
    read = read_with(to, public, temperature)
    scores = score(read, public)
    alone = ~np.isin(public.twins, training_twins())
    no_twins = score(read[alone], public.only(alone)).rounded()
    card = card_of(
        to,
        version=config.name,
        temperature=temperature,
        data=(
            f"FER2013 Training, {len(training)} images after removing the twins of "
            f"PublicTest, with FER+ votes; {len(held)} more held out for the temperature."
        ),
        scores={
            "PublicTest": scores.rounded(),
            "PublicTest without twins": {k: no_twins[k] for k in ("n", "accuracy", "macro_f1")},
            "training": {
                "epochs": saved["progress"]["epoch"],
                "cpu_s": round(saved["progress"]["cpu_s"]),
                "seed": config.seed,
            },
        },
        notes=(
            "Reads an expression, which is not a feeling. FER2013 is posed and found "
            "photographs of faces, labelled by few people: ten other raters agree with its "
            "labels for about 64 in 100. No labelled groups of age, gender or skin were "
            "available, so nothing is claimed about them."
        ),
    )
    card.write(to.with_name(f"{to.stem}.card.json"))
    return scores
