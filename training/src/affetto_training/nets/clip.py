"""Reading a clip: a small net looks at each frame, then something remembers.

``ClipNet`` remembers with an LSTM (Hochreiter & Schmidhuber 1997); ``ClipMean`` is the
same net without memory, its frames' readings averaged, for the LSTM to beat.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto_training.nets.expression import conv, standardised

WIDTH = 192


def _frame_body() -> nn.Sequential:
    """(n, 1, h, w) → (n, 192)."""
    return nn.Sequential(
        conv(1, 24), nn.MaxPool2d(2),
        conv(24, 48), nn.MaxPool2d(2),
        conv(48, 96), nn.MaxPool2d(2),
        conv(96, WIDTH),
        nn.AdaptiveMaxPool2d(1), nn.Flatten(),
    )  # fmt: skip


class ClipNet(nn.Module):
    """Clips float32 (n, frames, 1, h, w) in [0, 1] → logits (n, classes)."""

    def __init__(self, classes: int, dropout: float) -> None:
        super().__init__()
        self.body = _frame_body()
        self.memory = nn.LSTM(WIDTH, 128, batch_first=True)
        self.labels = nn.Sequential(nn.Dropout(dropout), nn.Linear(128, classes))

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        frames = self.body(standardised(x.flatten(0, 1))).unflatten(0, x.shape[:2])
        remembered, _ = self.memory(frames)
        return self.labels(remembered[:, -1]), None


class ClipMean(nn.Module):
    """The same frames read one by one; logits are the log of their mean probabilities."""

    def __init__(self, classes: int, dropout: float) -> None:
        super().__init__()
        self.body = _frame_body()
        self.labels = nn.Sequential(nn.Dropout(dropout), nn.Linear(WIDTH, classes))

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        logits = self.labels(self.body(standardised(x.flatten(0, 1)))).unflatten(0, x.shape[:2])
        mean = torch.logsumexp(F.log_softmax(logits, 2), 1) - torch.log(torch.tensor(x.shape[1]))
        return mean, None
