"""T-RECSYS-like on plays in order: a feed-forward net over features of the last few and of all.

Our reading, as in ``trecsys``: what is asked about a track is how its features go with those
of the liked, of the not liked and of the last plays, and how co-listening speaks for it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto_training.tastes.board.before import alike, fading, liked_of
from affetto_training.tastes.board.data import Floats, Ints
from affetto_training.tastes.board.nets import batches, learn, optimiser
from affetto_training.tastes.board.plays import Plays
from affetto_training.tastes.board.shallow import Settings

EARLIER: Final = 0.6  # of what may be learnt from: features; the net learns on the rest
HALF_LIVES: Final = (2.0, 20.0)  # plays
PAIRS: Final = 128


class Past:
    """What is known before each asked play, from co-listening before ``begin``."""

    def __init__(self, plays: Plays, begin: int, asked: Ints) -> None:
        self.features = plays.features
        near = alike(plays, begin, 2.0)
        self.taste, self.score = [], []
        for half_life in HALF_LIVES:
            past = fading(plays, asked, half_life)
            weight = past.sum(1, keepdims=True) + 0.5
            self.taste.append(past @ plays.features / weight)
            self.score.append(np.log1p(50 * (past @ near) / weight))
        self.heard = fading(plays, asked, 1e9)
        self.popular = np.log1p(liked_of(plays, begin))
        self.wide = 2 + len(HALF_LIVES) + (len(HALF_LIVES) + 1) * plays.features.shape[1]

    def of(self, which: Ints, what: Ints) -> Tensor:
        """Features of each pair (…, wide): ``which`` asked play, ``what`` track; broadcast."""
        single = [self.popular[what], self.heard[which, what]]
        single += [score[which, what] for score in self.score]
        parts = [taste[which] * self.features[what] for taste in self.taste]
        shape = parts[0].shape
        parts.append(np.broadcast_to(self.features[what], shape))
        parts = [np.broadcast_to(x, shape[:-1])[..., None] for x in single] + parts
        return torch.from_numpy(np.concatenate(parts, -1, dtype=np.float32))


class Judge(nn.Module):
    """A feed-forward net whose answer is added to the popularity, so that it starts there."""

    def __init__(self, wide: int, size: int, dropout: float) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(wide, 2 * size), nn.Linear(2 * size, size)
        self.last = nn.Linear(size, 1)
        self.drop = nn.Dropout(dropout)
        nn.init.zeros_(self.last.weight)
        self.popular = nn.Parameter(torch.ones(()))

    def forward(self, told: Tensor) -> Tensor:
        """One logit for each row of features, of which the first is the popularity."""
        deep = F.relu(self.second(self.drop(F.relu(self.first(told)))))
        return torch.as_tensor(self.last(deep).squeeze(-1) + self.popular * told[..., 0])


def t_recsys(plays: Plays, begin: int, asked: Ints, settings: Settings, seed: int) -> Floats:
    """Learnt on the later plays before ``begin``, from features of the earlier ones."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    earlier = int(EARLIER * begin)
    lesson = plays.asked(earlier, begin)
    past = Past(plays, earlier, lesson)
    tracks = len(plays.features)
    net = Judge(past.wide, int(settings["size"]), float(settings["dropout"]))
    step = optimiser(net, settings)
    for _ in range(int(settings["epochs"])):
        for pick in batches(len(lesson), PAIRS):
            which = pick.numpy()[:, None]
            right = plays.track[lesson[which]]
            others = rng.integers(tracks, size=(len(pick), int(settings["negatives"])))
            told = net(past.of(which, np.concatenate([right, others], 1)))
            same = torch.from_numpy(others == right)
            told = torch.cat([told[:, :1], told[:, 1:].masked_fill(same, -1e9)], 1)
            learn(step, F.cross_entropy(told, torch.zeros(len(pick), dtype=torch.long)))

    net.eval()
    past = Past(plays, begin, asked)
    every = np.arange(tracks)
    out = np.zeros((len(asked), tracks), np.float32)
    with torch.no_grad():
        for i in range(len(asked)):
            out[i] = net(past.of(np.array([i]), every)).numpy()
    return out
