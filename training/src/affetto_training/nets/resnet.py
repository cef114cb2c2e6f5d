"""Residual nets for 48 pixels: the custom one, and one that normalises first."""

from __future__ import annotations

import itertools

from torch import Tensor, nn

from affetto_training.nets.expression import conv, standardised


class BasicBlock(nn.Module):
    """Two convolutions beside a shortcut (He et al. 2015, arXiv 1512.03385)."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )
        self.second = nn.Sequential(
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs)
        )
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.relu(self.second(self.first(x)) + self.shortcut(x))


class ResNet(nn.Module):
    """The custom ResNet-inspired net: four stages of two blocks, pooled to one vector."""

    def __init__(self, classes: int, dropout: float) -> None:
        super().__init__()
        layers: list[nn.Module] = [conv(1, 32)]
        for stage, (before, width) in enumerate(itertools.pairwise((32, 32, 64, 128, 256))):
            layers += [BasicBlock(before, width, 1 if stage == 0 else 2)]
            layers += [BasicBlock(width, width, 1)]
        self.body = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.labels = nn.Sequential(nn.Dropout(dropout), nn.Linear(256, classes))

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        return self.labels(self.body(standardised(x))), None


class PreActivation(nn.Module):
    """A bottleneck that normalises before it convolves (He et al. 2016, arXiv 1603.05027)."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        middle = outputs // 4
        self.before = nn.Sequential(nn.BatchNorm2d(inputs), nn.ReLU())
        self.body = nn.Sequential(
            conv1(inputs, middle),
            nn.Conv2d(middle, middle, 3, stride, 1, bias=False),
            nn.BatchNorm2d(middle),
            nn.ReLU(inplace=True),
            nn.Conv2d(middle, outputs, 1, bias=False),
        )
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        ready = self.before(x)
        kept = x if isinstance(self.shortcut, nn.Identity) else self.shortcut(ready)
        return kept + self.body(ready)  # type: ignore[no-any-return]


def conv1(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


def pre_activation_body() -> nn.Sequential:
    """(n, 1, h, w) → (n, 384): ResNet50V2's plan at a quarter of its depth and width."""
    return nn.Sequential(
        conv(1, 32), nn.MaxPool2d(2),
        PreActivation(32, 96, 1), PreActivation(96, 96, 1),
        PreActivation(96, 192, 2), PreActivation(192, 192, 1),
        PreActivation(192, 384, 2), PreActivation(384, 384, 1),
        nn.BatchNorm2d(384), nn.ReLU(inplace=True),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(),
    )  # fmt: skip
