"""Plain stacks of convolutions: the VGG-inspired net, and the net of four classes."""

from __future__ import annotations

from torch import Tensor, nn

from affetto_training.nets.expression import conv, standardised


class VggNet(nn.Module):
    """After Simonyan & Zisserman 2015 (arXiv 1409.1556), for 48 pixels.

    Pairs of 3 × 3 convolutions, each pair halved by pooling, then one dense layer.
    Batch normalisation came later and is here because training is far shorter with it.
    """

    def __init__(self, classes: int, dropout: float) -> None:
        super().__init__()
        self.body = nn.Sequential(
            conv(1, 32), conv(32, 32), nn.MaxPool2d(2),
            conv(32, 64), conv(64, 64), nn.MaxPool2d(2),
            conv(64, 128), conv(128, 128), nn.MaxPool2d(2),
            conv(128, 256), conv(256, 256), nn.MaxPool2d(2),
        )  # fmt: skip
        self.dense = nn.Sequential(
            nn.AdaptiveAvgPool2d(3),
            nn.Flatten(),
            nn.Linear(256 * 3 * 3, 512),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(512, classes),
        )

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        return self.dense(self.body(standardised(x))), None


class FourClassNet(nn.Module):
    """An earlier system's net, layer by layer; 48 pixels only, trained with Adam.

    Convolutions are 3 × 3 without padding: 48 → 46 → 44, pooled 22 → 20, pooled
    10 → 8, pooled 4. The softmax is in the loss.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(inplace=True),
            nn.Conv2d(32, 64, 3), nn.ReLU(inplace=True),
            nn.MaxPool2d(2),
            nn.Dropout(0.25),
            nn.Conv2d(64, 128, 3), nn.ReLU(inplace=True),
            nn.MaxPool2d(2),
            nn.Conv2d(128, 128, 3), nn.ReLU(inplace=True),
            nn.MaxPool2d(2),
            nn.Dropout(0.25),
            nn.Flatten(),
            nn.Linear(128 * 4 * 4, 1024), nn.ReLU(inplace=True),
            nn.Dropout(0.5),
            nn.Linear(1024, classes),
        )  # fmt: skip

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        return self.layers(x), None
