"""Separable convolutions, after Chollet 2017 (arXiv 1610.02357), alone and in company."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from affetto_training.nets.expression import conv, standardised
from affetto_training.nets.resnet import pre_activation_body


def separable(inputs: int, outputs: int) -> nn.Sequential:
    """A 3 × 3 filter in each channel, then a mix of channels."""
    return nn.Sequential(
        nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False),
        nn.Conv2d(inputs, outputs, 1, bias=False),
        nn.BatchNorm2d(outputs),
    )


class Entry(nn.Module):
    """Two separable convolutions, halved, beside a strided shortcut."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            separable(inputs, outputs),
            nn.ReLU(inplace=True),
            separable(outputs, outputs),
            nn.MaxPool2d(3, 2, 1),
        )
        self.shortcut = nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, 2, bias=False), nn.BatchNorm2d(outputs)
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.body(x) + self.shortcut(x)  # type: ignore[no-any-return]


def xception_body() -> nn.Sequential:
    """(n, 1, h, w) → (n, 256)."""
    return nn.Sequential(
        conv(1, 16), conv(16, 32), nn.MaxPool2d(2),
        Entry(32, 64), Entry(64, 128), Entry(128, 256),
        separable(256, 256), nn.ReLU(inplace=True),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(),
    )  # fmt: skip


class XceptionNet(nn.Module):
    """The Xception-style net alone."""

    def __init__(self, classes: int, dropout: float) -> None:
        super().__init__()
        self.body = xception_body()
        self.labels = nn.Sequential(nn.Dropout(dropout), nn.Linear(256, classes))

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        return self.labels(self.body(standardised(x))), None


class XceptionResNet(nn.Module):
    """Xception- and ResNet50V2-style bodies side by side, one layer reading both."""

    def __init__(self, classes: int, dropout: float) -> None:
        super().__init__()
        self.separable = xception_body()
        self.residual = pre_activation_body()
        self.labels = nn.Sequential(nn.Dropout(dropout), nn.Linear(256 + 384, classes))

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        x = standardised(x)
        return self.labels(torch.cat([self.separable(x), self.residual(x)], 1)), None
