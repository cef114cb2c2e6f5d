"""The flagship: a nine-layer residual net with two heads."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn

LABELS = 7  # official labels
VOTES = 9  # the eight FER+ expressions and "unclear"


def standardised(x: Tensor) -> Tensor:
    """Each crop with mean 0 and spread 1, so that a dim room and a bright one look alike."""
    mean = x.mean((2, 3), keepdim=True)
    spread = ((x - mean) ** 2).mean((2, 3), keepdim=True).sqrt()
    return (x - mean) / (spread + 0.02)


def conv(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """x + f(x), f two convolutions."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(conv(width, width), conv(width, width))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)  # type: ignore[no-any-return]


class ExpressionNet(nn.Module):
    """A nine-layer residual net after D. Page's ResNet-9, with two heads.

    Input float32 (n, 1, h, w), grey in [0, 1]; each crop is standardised inside.
    Returns logits of the official labels (n, classes) and of the FER+ votes (n, 9).
    A ``mirrored`` net that has learnt reads each crop and its mirror image and answers
    their mean, so that left and right make no difference.
    """

    def __init__(
        self,
        widths: tuple[int, ...],
        dropout: float,
        classes: int = LABELS,
        *,
        mirrored: bool = False,
    ) -> None:
        super().__init__()
        self.mirrored = mirrored
        layers: list[nn.Module] = [conv(1, widths[0])]
        for before, width in itertools.pairwise(widths):
            layers += [nn.MaxPool2d(2), conv(before, width), Residual(width)]
        self.body = nn.Sequential(*layers)
        self.drop = nn.Dropout(dropout)
        self.labels = nn.Linear(2 * widths[-1], classes)
        self.votes = nn.Linear(2 * widths[-1], VOTES)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        labels, votes = self._read(x)
        if self.training or not self.mirrored:
            return labels, votes
        mirror_labels, mirror_votes = self._read(x.flip(3))
        return (labels + mirror_labels) / 2, (votes + mirror_votes) / 2

    def _read(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.body(standardised(x))
        x = self.drop(torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1))
        return self.labels(x), self.votes(x)
