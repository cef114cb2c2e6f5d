"""Recommenders with a net, small enough for one core: neural CF, an RBM, and attention.

Nothing can be learnt of an artist whom one listener plays: nets score the others, and put
these below them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto_training.tastes.board.data import Floats, Ints, Listening
from affetto_training.tastes.board.shallow import Settings

LEAST: Final = 2  # listeners of an artist that a net learns
BATCH: Final = 64  # listeners
PAIRS: Final = 4096


@dataclass(frozen=True)
class Field:
    """The artists that a net sees."""

    columns: Ints  # which of the catalogue
    heard: Floats  # 1 where played: (listeners, these artists)
    whole: int  # artists of the catalogue

    def wide(self, scores: Floats) -> Floats:
        """Scores for the whole catalogue, the artists not seen below all others."""
        out = np.full((len(scores), self.whole), scores.min() - 1, np.float32)
        out[:, self.columns] = scores
        return out


def field_of(known: Listening, least: int = LEAST) -> Field:
    """The artists with at least ``least`` listeners."""
    columns = np.flatnonzero(known.popularity >= least)
    return Field(columns, known.heard[:, columns].toarray(), known.plays.shape[1])


def optimiser(net: nn.Module, settings: Settings) -> torch.optim.Optimizer:
    """AdamW at the settings' rate and decay."""
    return torch.optim.AdamW(
        net.parameters(), lr=float(settings["rate"]), weight_decay=float(settings["decay"])
    )


def batches(count: int, size: int, rng: torch.Generator | None = None) -> Iterator[Tensor]:
    """All of ``count`` rows in an order of chance, ``size`` at a time."""
    order = torch.randperm(count, generator=rng)
    for begin in range(0, count, size):
        yield order[begin : begin + size]


def learn(step: torch.optim.Optimizer, loss: Tensor) -> None:
    """One step down."""
    step.zero_grad()
    torch.autograd.backward(loss)
    step.step()


# -- neural collaborative filtering ------------------------------------------------------


class NeuralCF(nn.Module):
    """A product of factors beside a feed-forward net (He et al., WWW 2017)."""

    def __init__(self, listeners: int, artists: int, size: int, dropout: float) -> None:
        super().__init__()
        self.listener = nn.Embedding(listeners, 2 * size)
        self.artist = nn.Embedding(artists, 2 * size)
        self.first_listener = nn.Linear(size, 2 * size)
        self.first_artist = nn.Linear(size, 2 * size, bias=False)
        self.rest = nn.Sequential(nn.ReLU(), nn.Dropout(dropout), nn.Linear(2 * size, size))
        self.last = nn.Linear(2 * size, 1)
        self.bias = nn.Embedding(artists, 1)
        for table in (self.listener, self.artist):
            nn.init.normal_(table.weight, std=0.05)
        nn.init.zeros_(self.bias.weight)

    def forward(self, who: Tensor, what: Tensor) -> Tensor:
        """Logits of (who, what), which are broadcast against each other."""
        a, b = self.listener(who).chunk(2, -1)
        c, d = self.artist(what).chunk(2, -1)
        deep = F.relu(self.rest(self.first_listener(b) + self.first_artist(d)))
        product = a * c
        shape = product.shape[:-1]
        both = torch.cat([product, deep.expand(*shape, -1)], -1)
        return torch.as_tensor(self.last(both) + self.bias(what)).squeeze(-1)


def neural_cf(known: Listening, settings: Settings, seed: int) -> Floats:
    """Learnt from every play and some artists not played, drawn anew each epoch."""
    torch.manual_seed(seed)
    field = field_of(known)
    listeners, artists = field.heard.shape
    net = NeuralCF(listeners, artists, int(settings["size"]), float(settings["dropout"]))
    step = optimiser(net, settings)
    who, what = (torch.from_numpy(x) for x in field.heard.nonzero())
    more = int(settings["negatives"])
    for _ in range(int(settings["epochs"])):
        for pick in batches(len(who), PAIRS):
            others = torch.randint(artists, (len(pick), more))
            told = net(who[pick, None], torch.cat([what[pick, None], others], 1))
            truth = torch.zeros_like(told)
            truth[:, 0] = 1
            learn(step, F.binary_cross_entropy_with_logits(told, truth))
    net.eval()
    every = torch.arange(artists)
    with torch.no_grad():
        rows = [net(w[:, None], every).numpy() for w in torch.split(torch.arange(listeners), 16)]
    return field.wide(np.concatenate(rows))


# -- restricted Boltzmann machine --------------------------------------------------------


def rbm(known: Listening, settings: Settings, seed: int) -> Floats:
    """A restricted Boltzmann machine over who is played, by contrastive divergence.

    After Salakhutdinov, Mnih and Hinton (ICML 2007), with plays in the place of ratings: a
    visible unit is 1 where an artist is played. Scores are the visible units' means.
    """
    field = field_of(known)
    rng = torch.Generator().manual_seed(seed)
    seen = torch.from_numpy(field.heard)
    listeners, artists = seen.shape
    hidden = int(settings["hidden"])
    weights = 0.01 * torch.randn(artists, hidden, generator=rng)
    share = seen.mean(0).clamp(1e-4, 1 - 1e-4)
    visible_bias, hidden_bias = torch.log(share / (1 - share)), torch.zeros(hidden)
    pace = [torch.zeros_like(x) for x in (weights, visible_bias, hidden_bias)]
    rate, decay = float(settings["rate"]), float(settings["decay"])
    for epoch in range(int(settings["epochs"])):
        drive = 0.5 if epoch < 5 else 0.9
        for pick in batches(listeners, BATCH, rng):
            v0 = seen[pick]
            h0 = torch.sigmoid(v0 @ weights + hidden_bias)
            h = torch.bernoulli(h0, generator=rng)
            v1 = torch.sigmoid(h @ weights.T + visible_bias)
            h1 = torch.sigmoid(v1 @ weights + hidden_bias)
            slopes = (
                (v0.T @ h0 - v1.T @ h1) / len(pick) - decay * weights,
                (v0 - v1).mean(0),
                (h0 - h1).mean(0),
            )
            for x, p, slope in zip((weights, visible_bias, hidden_bias), pace, slopes, strict=True):
                p.mul_(drive).add_(slope, alpha=rate)
                x.add_(p)
    told = torch.sigmoid(seen @ weights + hidden_bias) @ weights.T + visible_bias
    return field.wide(told.numpy())


# -- attention ---------------------------------------------------------------------------


class Attention(nn.Module):
    """A taste as a weighted mean of the artists one plays; the weights can be read.

    Nothing lies between mean and score but a product, so that a score is exactly the sum of
    what each played artist adds: weight times (value . suggestion).
    """

    def __init__(self, artists: int, size: int, heads: int) -> None:
        super().__init__()
        self.value = nn.Embedding(artists + 1, size, padding_idx=artists)
        self.key = nn.Linear(size, size)
        self.whole = nn.Linear(size, size, bias=False)
        self.ask = nn.Linear(size, heads, bias=False)
        self.heads = heads
        self.suggestion = nn.Parameter(0.05 * torch.randn(artists, size))
        self.bias = nn.Parameter(torch.zeros(artists))
        with torch.no_grad():
            self.value.weight.normal_(std=0.1)[artists].zero_()

    def weights(self, played: Tensor) -> Tensor:
        """How much each played artist counts, a row sums to 1 in each head: (n, long, heads)."""
        value, there = self.value(played), played.ne(len(self.bias))
        count = there.sum(1, keepdim=True).clamp(min=1)
        mean = value.sum(1) / count
        told = self.ask(torch.tanh(self.key(value) + self.whole(mean)[:, None]))
        return torch.softmax(told.masked_fill(~there[..., None], -1e9), 1)

    def forward(self, played: Tensor) -> Tensor:
        """Logits of every artist: (n, artists). ``played`` is padded with their number."""
        n, _ = played.shape
        value = self.value(played).unflatten(-1, (self.heads, -1))
        taste = (self.weights(played)[..., None] * value).sum(1).reshape(n, -1)
        return torch.as_tensor(taste @ self.suggestion.T + self.bias)


def attention(known: Listening, settings: Settings, seed: int) -> Floats:
    """Learnt by telling all of a listener's artists from a part of them."""
    field = field_of(known)
    net = attended(field, settings, seed)
    with torch.no_grad():
        rows = [net(p).numpy() for p in torch.split(padded(field.heard), BATCH)]
    return field.wide(np.concatenate(rows))


def attended(field: Field, settings: Settings, seed: int) -> Attention:
    """The net that has learnt this field."""
    torch.manual_seed(seed)
    listeners, artists = field.heard.shape
    net = Attention(artists, int(settings["size"]), int(settings["heads"]))
    step = optimiser(net, settings)
    played, truth = padded(field.heard), torch.from_numpy(field.heard)
    net.bias.data = torch.log(truth.sum(0))  # popular at first
    hidden = float(settings["dropout"])
    for _ in range(int(settings["epochs"])):
        for pick in batches(listeners, BATCH):
            some = played[pick]
            some = some.masked_fill(torch.rand(some.shape) < hidden, artists)
            told = torch.log_softmax(net(some), 1)
            loss = -(told * truth[pick]).sum(1).mean() / truth[pick].sum(1).mean()
            learn(step, loss)
    return net.eval()


def padded(heard: Any) -> Tensor:
    """The artists of each listener as rows of equal length, filled up with their number."""
    listeners, artists = heard.shape
    long = max(1, int(heard.sum(1).max()))
    rows = torch.full((listeners, long), artists)
    for i, row in enumerate(heard):
        mine = np.flatnonzero(row)
        rows[i, : len(mine)] = torch.from_numpy(mine)
    return rows
