"""T-RECSYS-like: a feed-forward net over content features and co-listening.

After Fessahaye et al., T-RECSYS (ICCE 2019), of which the name and the idea are kept: one net
that is fed with what a song is and with who else listens. What exactly it was fed with is our
reading: how the artist's tags go with the listener's, and how their co-listening does.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto_training.tastes.board.data import Floats, Ints, Listening
from affetto_training.tastes.board.nets import LEAST, Field, batches, learn, optimiser
from affetto_training.tastes.board.shallow import Settings, neighbours, tag_vectors, unit, weighted
from affetto_training.tastes.board.splits import split

WIDE: Final = 24  # of tags, and of co-listening, after a singular value decomposition
PAIRS: Final = 256  # plays in a step; each brings its negatives
INNER: Final = 77  # added to the seed of the split by which the net learns


class Features:
    """What the net is told of a listener and an artist, from these plays and tags alone."""

    def __init__(self, known: Listening, columns: Ints) -> None:
        tags = tag_vectors(known, 0.5)
        taste = unit(weighted(known, "log") @ tags)
        self.tag_artist, self.tag_listener = _narrow(tags[columns], taste)
        heard = unit(known.heard[:, columns].T.tocsr())
        near = neighbours(known, 200, 10.0)[:, columns]
        self.play_artist, self.play_listener = _narrow(heard, unit(known.heard)[:, columns] @ heard)
        self.score = _even((weighted(known, "unit") @ near).toarray())
        self.content = _even((taste @ tags[columns].T).toarray())
        self.popular = _even(np.log1p(known.popularity[columns])[None])[0]

    def of(self, who: Ints, what: Ints) -> Tensor:
        """Features of each pair: (…, 2 * WIDE + 3), ``who`` and ``what`` broadcast."""
        parts = [
            self.tag_listener[who] * self.tag_artist[what],
            self.play_listener[who] * self.play_artist[what],
        ]
        shape = parts[0].shape[:-1]
        single = (self.score[who, what], self.content[who, what], self.popular[what])
        parts += [np.broadcast_to(x, shape)[..., None] for x in single]
        return torch.from_numpy(np.concatenate(parts, -1, dtype=np.float32))


def t_recsys(known: Listening, settings: Settings, seed: int) -> Floats:
    """Learnt to tell a fifth of the plays from features of the other four fifths.

    The features of a play must not have seen it: so the net learns on an inner split, and
    answers with features of everything it may know.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    columns = np.flatnonzero(known.popularity >= LEAST)
    inner = split(known.plays, seed + INNER)
    features = Features(known.without(inner.train, inner.test), columns)
    who, what = inner.test[:, columns].nonzero()
    chance = known.popularity[columns] ** float(settings["popular"])
    chance /= chance.sum()
    often = torch.from_numpy(np.log(chance))  # how often each is drawn is no fault of its own

    size = int(settings["size"])
    net = nn.Sequential(
        nn.Linear(2 * WIDE + 3, 2 * size), nn.ReLU(), nn.Dropout(float(settings["dropout"])),
        nn.Linear(2 * size, size), nn.ReLU(), nn.Linear(size, 1),
    )  # fmt: skip
    step = optimiser(net, settings)
    played = known.heard[:, columns].toarray() > 0
    for _ in range(int(settings["epochs"])):
        for pick in batches(len(who), PAIRS):
            mine = who[pick.numpy()]
            others = rng.choice(len(columns), (len(pick), int(settings["negatives"])), p=chance)
            among = np.c_[what[pick.numpy()], others]
            told = net(features.of(mine[:, None], among)).squeeze(-1) - often[among]
            wrong = torch.from_numpy(played[mine[:, None], others])  # played after all
            told = torch.cat([told[:, :1], told[:, 1:].masked_fill(wrong, -1e9)], 1)
            learn(step, F.cross_entropy(told, torch.zeros(len(pick), dtype=torch.long)))

    net.eval()
    features = Features(known, columns)
    every = np.arange(len(columns))
    listeners, artists = known.plays.shape
    with torch.no_grad():
        rows = [
            net(features.of(np.array([i]), every)).squeeze(-1).numpy() for i in range(listeners)
        ]
    return Field(columns, np.zeros(0, np.float32), artists).wide(np.stack(rows))


def _narrow(artists: Any, listeners: Any) -> tuple[Floats, Floats]:
    """Both in the artists' first WIDE singular directions, each dimension of unit spread."""
    from scipy.sparse.linalg import svds

    wide = min(WIDE, min(artists.shape) - 1)
    _, _, directions = svds(artists, k=wide, random_state=0)
    sides = [np.asarray(x @ directions.T, np.float32) for x in (artists, listeners)]
    sides = [x / (x.std(0) + 1e-6) for x in sides]
    return tuple(np.pad(x, ((0, 0), (0, WIDE - wide))) for x in sides)  # type: ignore[return-value]


def _even(rows: Any) -> Floats:
    """Rows with mean 0 and spread 1."""
    rows = np.asarray(rows, np.float32)
    return np.asarray((rows - rows.mean(1, keepdims=True)) / (rows.std(1, keepdims=True) + 1e-6))
