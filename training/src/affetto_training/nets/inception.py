"""Several filter sizes side by side, after Szegedy et al. 2015 (arXiv 1409.4842)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from affetto_training.nets.expression import conv, standardised
from affetto_training.nets.resnet import conv1


class Inception(nn.Module):
    """1 × 1, 3 × 3, 5 × 5 (as two 3 × 3) and pooling, each a quarter of ``outputs``."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        part = outputs // 4
        self.one = conv1(inputs, part)
        self.three = nn.Sequential(conv1(inputs, part), conv(part, part))
        self.five = nn.Sequential(conv1(inputs, part // 2), conv(part // 2, part), conv(part, part))
        self.pool = nn.Sequential(nn.MaxPool2d(3, 1, 1), conv1(inputs, part))

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], 1)


class InceptionNet(nn.Module):
    """Two plain convolutions, then six inception modules at three scales."""

    def __init__(self, classes: int, dropout: float) -> None:
        super().__init__()
        self.body = nn.Sequential(
            conv(1, 32), conv(32, 48), nn.MaxPool2d(2),
            Inception(48, 96), Inception(96, 128), nn.MaxPool2d(2),
            Inception(128, 192), Inception(192, 192), nn.MaxPool2d(2),
            Inception(192, 256), Inception(256, 256),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        )  # fmt: skip
        self.labels = nn.Sequential(nn.Dropout(dropout), nn.Linear(256, classes))

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        return self.labels(self.body(standardised(x))), None
