"""Whether the weights of attention may be read: does what weighs most matter most?

For each listener the best suggestion is taken. It is the sum of what each played artist adds;
the one that adds most is taken away, then any other in its stead.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import torch

from affetto_training.tastes.board.data import Listening
from affetto_training.tastes.board.nets import attended, field_of, padded
from affetto_training.tastes.board.shallow import Settings

LISTENERS: Final = 300


def read_weights(
    known: Listening, settings: Settings, seed: int, listeners: int = LISTENERS
) -> dict[str, Any]:
    """Shares of listeners: the score falls without the first; more than without any other."""
    field = field_of(known)
    net = attended(field, settings, seed)
    nobody = field.heard.shape[1]
    falls, most, needed = [], [], []
    with torch.no_grad():
        for row, heard in zip(padded(field.heard)[:listeners], field.heard, strict=False):
            mine = row[row != nobody]
            if len(mine) < 3:
                continue
            scores = net(row[None])[0].masked_fill(torch.from_numpy(heard) > 0, -1e9)
            best = int(scores.argmax())
            value = net.value(mine).unflatten(-1, (net.heads, -1))
            weight = net.weights(mine[None])[0]
            added = ((weight[..., None] * value).flatten(1) * net.suggestion[best]).sum(1)
            without = mine.repeat(len(mine), 1).fill_diagonal_(nobody)
            left = net(without)[:, best]
            first = int(added.argmax())
            falls.append(bool(left[first] < scores[best]))
            most.append(int(left.argmin()) == first)
            share = weight.mean(1)
            needed.append(float(torch.exp(-(share * torch.log(share + 1e-12)).sum()) / len(mine)))
    return {
        "listeners": len(falls),
        "falls": float(np.mean(falls)),
        "most": float(np.mean(most)),
        "spread": float(np.mean(needed)),  # 1: all of a listener's artists weigh alike
    }
