"""Each layer sees all before it, after Huang et al. 2017 (arXiv 1608.06993)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from affetto_training.nets.expression import standardised


class DenseLayer(nn.Module):
    """Adds ``growth`` channels to what it was given."""

    def __init__(self, inputs: int, growth: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.BatchNorm2d(inputs),
            nn.ReLU(),
            nn.Conv2d(inputs, 4 * growth, 1, bias=False),
            nn.BatchNorm2d(4 * growth),
            nn.ReLU(inplace=True),
            nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([x, self.body(x)], 1)


class DenseNet(nn.Module):
    """Three dense blocks of six layers; between them, half the channels and a quarter
    of the pixels are kept."""

    def __init__(self, classes: int, dropout: float, growth: int = 16, layers: int = 6) -> None:
        super().__init__()
        width = 2 * growth
        body: list[nn.Module] = [nn.Conv2d(1, width, 3, stride=2, padding=1, bias=False)]
        for block in range(3):
            for _ in range(layers):
                body.append(DenseLayer(width, growth))
                width += growth
            body += [nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
            if block < 2:
                body += [nn.Conv2d(width, width // 2, 1, bias=False), nn.AvgPool2d(2)]
                width //= 2
        self.body = nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.labels = nn.Sequential(nn.Dropout(dropout), nn.Linear(width, classes))

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        return self.labels(self.body(standardised(x))), None
