"""Nets that read a listener's plays in order: a GRU, a causal CNN, and attention.

Each says at every place what will be liked there, from the plays before it alone. All three
share how a play is told to them (the track, its features, whether it was liked, whether it
began a sitting), how tracks are scored, and how they learn; they differ in what lies between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto_training.tastes.board.before import liked_of
from affetto_training.tastes.board.data import Floats, Ints
from affetto_training.tastes.board.nets import batches, learn, optimiser
from affetto_training.tastes.board.plays import Plays
from affetto_training.tastes.board.shallow import Settings

LISTENERS: Final = 32  # in a step
LONGEST: Final = 200  # plays of one listener that are read


@dataclass(frozen=True)
class Rows:
    """A row for each listener, filled up at the end: (listeners, long)."""

    track: Tensor  # the number of tracks where there is none
    kind: Tensor  # 0 not liked, 1 liked; 2 more where a sitting begins
    number: Ints  # which play this is, -1 for none

    @classmethod
    def of(cls, plays: Plays, end: int) -> Rows:
        """The first ``end`` plays."""
        mine = [np.flatnonzero(plays.listener[:end] == w) for w in range(plays.listener.max() + 1)]
        mine = [m[-LONGEST:] for m in mine]
        long = max(1, max(map(len, mine)))
        number = np.array([np.pad(m, (0, long - len(m)), constant_values=-1) for m in mine])
        there = number >= 0
        sitting = np.where(there, plays.sitting[number], -1)
        starts = np.diff(sitting, prepend=-1, axis=1) != 0
        kind = plays.liked[number] + 2 * starts
        track = np.where(there, plays.track[number], len(plays.features))
        return cls(torch.from_numpy(track), torch.from_numpy(kind), number)


class Reader(nn.Module):
    """Tells plays to ``middle`` and scores tracks by what it answers."""

    def __init__(self, features: Floats, size: int, dropout: float, middle: nn.Module) -> None:
        super().__init__()
        tracks, wide = features.shape
        self.register_buffer("features", torch.from_numpy(np.pad(features, ((0, 1), (0, 0)))))
        self.track = nn.Embedding(tracks + 1, size, padding_idx=tracks)
        self.kind = nn.Embedding(4, size)
        self.told = nn.Linear(wide, size)
        self.asked = nn.Linear(wide, size)
        self.first = nn.Parameter(torch.zeros(size))  # before anything was played
        self.own = nn.Parameter(0.02 * torch.randn(tracks, size))
        self.bias = nn.Parameter(torch.zeros(tracks))
        self.drop = nn.Dropout(dropout)
        self.middle = middle
        with torch.no_grad():
            self.track.weight.mul_(0.1)
            self.kind.weight.mul_(0.1)

    def taste(self, track: Tensor, kind: Tensor) -> Tensor:
        """What is known before each place: (n, long, size)."""
        features = torch.as_tensor(self.features)
        play = self.track(track) + self.told(features[track]) + self.kind(kind)
        start = self.first.expand(len(track), 1, -1)
        before = self.drop(torch.cat([start, play[:, :-1]], 1))
        return torch.as_tensor(self.drop(self.middle(before)))

    def score(self, taste: Tensor) -> Tensor:
        """Logits of every track."""
        features = torch.as_tensor(self.features)[:-1]
        return torch.as_tensor(taste @ (self.own + self.asked(features)).T + self.bias)


class Recurrent(nn.Module):
    """A gated recurrent unit (Hidasi et al., GRU4Rec, ICLR 2016)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.unit = nn.GRU(size, size, batch_first=True)

    def forward(self, before: Tensor) -> Tensor:
        """States after each place."""
        return torch.as_tensor(self.unit(before)[0])


class Causal(nn.Module):
    """Dilated convolutions that look back only (Yuan et al., NextItNet, WSDM 2019)."""

    def __init__(self, size: int, layers: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Conv1d(size, size, 3, dilation=2**i) for i in range(layers))

    def forward(self, before: Tensor) -> Tensor:
        """Each layer adds to what it was given, so that nothing is lost on the way."""
        x = before.transpose(1, 2)
        for i, layer in enumerate(self.layers):
            x = x + F.relu(layer(F.pad(x, (2 * 2**i, 0))))
        return x.transpose(1, 2)


class Looking(nn.Module):
    """Attention to earlier plays with weights to read (Kang and McAuley, SASRec, ICDM 2018)."""

    def __init__(self, size: int, heads: int) -> None:
        super().__init__()
        self.ask, self.key = nn.Linear(size, size), nn.Linear(size, size, bias=False)
        self.value, self.out = nn.Linear(size, size), nn.Linear(size, size)
        self.ago = nn.Parameter(torch.zeros(heads, LONGEST + 1))  # how much age counts
        self.heads = heads

    def weights(self, before: Tensor) -> Tensor:
        """How much each earlier play counts at each place: (n, heads, long, long)."""
        n, long, size = before.shape
        ask, key = (
            f(before).view(n, long, self.heads, -1).transpose(1, 2) for f in (self.ask, self.key)
        )
        place = torch.arange(long)
        age = place[:, None] - place
        told = ask @ key.transpose(2, 3) / (size / self.heads) ** 0.5
        told = told + self.ago[:, age.clamp(min=0)]
        return torch.softmax(told.masked_fill(age < 0, -1e9), -1)

    def forward(self, before: Tensor) -> Tensor:
        """The weighted mean of what was played, beside the last play itself."""
        n, long, size = before.shape
        value = self.value(before).view(n, long, self.heads, -1).transpose(1, 2)
        seen = (self.weights(before) @ value).transpose(1, 2).reshape(n, long, size)
        return torch.as_tensor(before + self.out(seen))


def session_rnn(plays: Plays, begin: int, asked: Ints, settings: Settings, seed: int) -> Floats:
    """A GRU over the plays in order."""
    torch.manual_seed(seed)
    return _told(plays, begin, asked, settings, Recurrent(int(settings["size"])))


def session_cnn(plays: Plays, begin: int, asked: Ints, settings: Settings, seed: int) -> Floats:
    """Convolutions over the plays in order."""
    torch.manual_seed(seed)
    middle = Causal(int(settings["size"]), int(settings["layers"]))
    return _told(plays, begin, asked, settings, middle)


def attention(plays: Plays, begin: int, asked: Ints, settings: Settings, seed: int) -> Floats:
    """Attention over the plays in order."""
    torch.manual_seed(seed)
    middle = Looking(int(settings["size"]), int(settings["heads"]))
    return _told(plays, begin, asked, settings, middle)


def _told(plays: Plays, begin: int, asked: Ints, settings: Settings, middle: nn.Module) -> Floats:
    """Learn from the plays before ``begin``, then score every track before each asked play."""
    net = Reader(plays.features, int(settings["size"]), float(settings["dropout"]), middle)
    net.bias.data = torch.log(1 + torch.from_numpy(liked_of(plays, begin)))  # popular at first
    step = optimiser(net, settings)
    rows = Rows.of(plays, begin)
    wanted = torch.from_numpy((rows.number >= 0) & plays.liked[rows.number])
    for _ in range(int(settings["epochs"])):
        for pick in batches(len(rows.track), LISTENERS):
            here = wanted[pick]
            if here.any():
                taste = net.taste(rows.track[pick], rows.kind[pick])[here]
                learn(step, F.cross_entropy(net.score(taste), rows.track[pick][here]))

    net.eval()
    rows = Rows.of(plays, int(asked.max(initial=-1)) + 1)
    place = np.full(len(plays), -1)
    place[asked] = np.arange(len(asked))
    out = np.zeros((len(asked), len(plays.features)), np.float32)
    with torch.no_grad():
        for pick in torch.split(torch.arange(len(rows.track)), LISTENERS):
            number = rows.number[pick.numpy()]
            here = (number >= 0) & (place[number] >= 0)
            taste = net.taste(rows.track[pick], rows.kind[pick])[torch.from_numpy(here)]
            out[place[number[here]]] = net.score(taste).numpy()
    return out
