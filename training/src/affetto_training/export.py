"""Checkpoint → ONNX and its card; both must agree with the net they came from.

The graph is written node by node: batch normalisation is folded into the
convolutions, and weights are kept in half precision and widened when loaded, so the
file is half the size and the arithmetic is still float32. Opset 13 runs on every
runtime we ship to.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
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
from affetto_training.config import Config
from affetto_training.evaluate import read_with, session_of
from affetto_training.fer2013 import FER2013_LABELS, FERPLUS_VOTES, SIDE, training_twins
from affetto_training.loop import logits_of, read_run, sets_of
from affetto_training.nets import ExpressionNet, Residual
from affetto_training.scores import Scores, fit_temperature, score

Array = npt.NDArray[np.float32]

VOTES = (*FERPLUS_VOTES[:8], "unclear")  # the order of the second head


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

    def count(self, values: list[int]) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.array(values, np.int64), name))
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
    """The net as ONNX: "image" (n, 1, 48, 48) → "logits" (n, 7) and "votes" (n, 9)."""
    graph = _Graph()
    seen = "image"
    if net.mirrored:  # the crops, then their mirror images
        backwards = [graph.count([k]) for k in (-1, np.iinfo(np.int64).min, 3, -1)]
        seen = graph.node("Concat", [seen, graph.node("Slice", [seen, *backwards])], axis=0)
    mean = graph.node("ReduceMean", [seen], axes=[2, 3], keepdims=1)
    centred = graph.node("Sub", [seen, mean])
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
    for head, name in ((net.labels, "logits"), (net.votes, "votes")):
        weight, bias = graph.half(_numpy(head.weight)), graph.exact(_numpy(head.bias))
        if not net.mirrored:
            graph.nodes.append(helper.make_node("Gemm", [flat, weight, bias], [name], transB=1))
            continue
        both = graph.node("Gemm", [flat, weight, bias], transB=1)
        apart = graph.node("Reshape", [both, graph.count([2, -1, head.out_features])])
        graph.nodes.append(helper.make_node("ReduceMean", [apart], [name], axes=[0], keepdims=0))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "expression",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 1, SIDE, SIDE])],
            [
                helper.make_tensor_value_info(
                    "logits", TensorProto.FLOAT, ["n", len(FER2013_LABELS)]
                ),
                helper.make_tensor_value_info("votes", TensorProto.FLOAT, ["n", len(VOTES)]),
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 13)],
        producer_name="affetto-training",
        ir_version=8,
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def card_of(version: str, temperatures: tuple[float, float]) -> ModelCard:
    """What is known of an expression model before it has been scored."""
    return ModelCard(
        name="expression",
        version=version,
        task=(
            "facial expression from one aligned face crop: seven classes, and what raters "
            "would vote"
        ),
        input=ModelInput("image", ("n", 1, SIDE, SIDE), "grey", (0.0, 1.0)),
        licence="Apache-2.0",
        sha256="",
        labels=FER2013_LABELS,
        temperature=round(temperatures[0], 4),
        votes=VOTES,
        votes_temperature=round(temperatures[1], 4),
    )


def source_of(config: Config, teachers: tuple[str, ...]) -> dict[str, str]:
    """Where the weights come from, in words."""
    began = f"the weights of {config.begins_with}" if config.begins_with else "random weights"
    source = {"what": f"trained by affetto_training.faces from {began}"}
    if teachers:
        source["teachers"] = "; ".join(teachers)
    if config.credit:
        source["credit"] = config.credit
    return source


def cpu_ms(model: Path, rounds: int = 200) -> float:
    """Median CPU-milliseconds that one crop takes on one thread."""
    session = session_of(model, threads=1)
    crop = np.random.default_rng(1).random((1, 1, SIDE, SIDE), np.float32)
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        session.run(None, {"image": crop})
        times.append(time.process_time() - begun)
    return 1000 * float(np.median(times))


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
    logits, votes = logits_of(net, torch.from_numpy(held.pixels))
    assert votes is not None
    asked = torch.from_numpy(held.votes).sum(1) > 0
    temperatures = (
        fit_temperature(logits, F.one_hot(torch.from_numpy(held.labels), logits.shape[1]).float()),
        fit_temperature(votes[asked], torch.from_numpy(held.votes)[asked]),
    )
    bare = card_of(config.name, temperatures)
    model = to_onnx(net)
    onnx.save(model, str(to))
    read = read_with(to, held, bare)
    gap = max(
        float(np.abs(mine - F.softmax(theirs / t, 1).numpy()).max())
        for mine, theirs, t in zip(
            (read.labels, read.votes), (logits, votes), temperatures, strict=True
        )
        if mine is not None
    )
    if gap > 0.02:
        to.unlink()
        raise SystemExit(f"{to} disagrees with its net by {gap:.3f}; nothing was shipped.")
    read = read_with(to, public, bare)
    assert read.votes is not None
    scores = score(read.labels, public, read.votes)
    alone = ~np.isin(public.twins, training_twins())
    no_twins = score(read.labels[alone], public.only(alone), read.votes[alone]).rounded()
    teachers = tuple(saved.get("teachers", ()))
    card = replace(
        bare,
        data=(
            f"FER2013 Training, {len(training)} images after removing the twins of "
            f"PublicTest, with FER+ votes; {len(held)} more held out for the temperature."
            + (
                f" Taught by nets trained on FER2013 Training: {'; '.join(teachers)}."
                if teachers
                else ""
            )
        ),
        scores={
            "PublicTest": scores.rounded(),
            "PublicTest without twins": {
                k: no_twins[k]
                for k in (
                    *("n", "accuracy", "ci95", "macro_f1", "ece"),
                    *("ferplus_accuracy", "ferplus_n", "ferplus_ece"),
                )
            },
            "speed": {"cpu_ms": round(cpu_ms(to), 2)},
            "groups": (
                "Not available: no faces labelled by age, gender or skin tone could be had. "
                "What was measured instead, light and darkness of the skin in a few "
                "photographs, is no substitute."
            ),
            "training": {
                "epochs": saved["progress"]["epoch"],
                "cpu_s": round(saved["progress"]["cpu_s"]),
                "seed": config.seed,
            },
        },
        notes=(
            "Reads an expression, which is not a feeling. FER2013 is posed and found "
            "photographs of faces, labelled by few people: ten other raters agree with its "
            "labels for about 64 in 100."
        ),
        source=source_of(config, teachers),
    )
    helper.set_model_props(model, {"card": card.text})
    onnx.save(model, str(to))
    card = replace(card, sha256=hashlib.sha256(to.read_bytes()).hexdigest())
    card.write(to.with_name(f"{to.stem}.card.json"))
    return scores
