"""What to expect next without a net: the popular, the neighbours, the usual next one.

Every model of ordered plays is a function of the plays, the moment up to which it may learn,
the plays to tell, its settings and a seed. It scores all tracks for each play to tell, from
that listener's plays before it: float32, (asked, tracks).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from affetto_training.tastes.board.data import Floats, Ints
from affetto_training.tastes.board.plays import Plays
from affetto_training.tastes.board.shallow import Settings


def at_random(plays: Plays, begin: int, asked: Ints, settings: Settings, seed: int) -> Floats:
    """Any order at all."""
    shape = len(asked), len(plays.features)
    chance: Floats = np.random.default_rng(seed).random(shape, np.float32)
    return chance


def popular(plays: Plays, begin: int, asked: Ints, settings: Settings, seed: int) -> Floats:
    """What was liked most often."""
    return np.tile(liked_of(plays, begin), (len(asked), 1))


def item_knn(plays: Plays, begin: int, asked: Ints, settings: Settings, seed: int) -> Floats:
    """Tracks liked by those who like what this listener liked, the latest counting most."""
    near = alike(plays, begin, float(settings["shrink"]))
    past = fading(plays, asked, float(settings["half_life"]))
    lift = (1 + liked_of(plays, begin)) ** float(settings["popular"])
    return np.asarray(past @ near * lift + 1e-6 * lift, np.float32)


def markov(plays: Plays, begin: int, asked: Ints, settings: Settings, seed: int) -> Floats:
    """Which track was liked after this one, and where none was, the popular."""
    tracks = len(plays.features)
    after = np.zeros((tracks, tracks), np.float32)
    before = previous(plays)
    for i in np.flatnonzero(plays.liked[:begin] & (before[:begin] >= 0)):
        after[plays.track[before[i]], plays.track[i]] += 1
    usual = liked_of(plays, begin) + 1
    last = before[asked]
    told = np.where(last[:, None] >= 0, after[plays.track[last]], 0)
    return np.asarray(told + float(settings["popular"]) * usual / usual.sum(), np.float32)


def liked_of(plays: Plays, begin: int) -> Floats:
    """How often each track was liked before ``begin``."""
    mine = plays.track[:begin][plays.liked[:begin]]
    return np.bincount(mine, minlength=len(plays.features)).astype(np.float32)


def alike(plays: Plays, begin: int, shrink: float) -> Floats:
    """The cosine of any two tracks by who liked them before ``begin``, none with itself."""
    mine = np.flatnonzero(plays.liked[:begin])
    who = np.zeros((plays.listener.max() + 1, len(plays.features)), np.float32)
    who[plays.listener[mine], plays.track[mine]] = 1
    together = who.T @ who
    norms = np.sqrt(np.diag(together))
    together /= np.outer(norms, norms) + shrink + 1e-9
    np.fill_diagonal(together, 0)
    return together


def fading(plays: Plays, asked: Ints, half_life: float) -> Floats:
    """How much of each track a listener has liked before each play: (asked, tracks).

    A liked play weighs half after ``half_life`` more plays, liked or not.
    """
    keep = 0.5 ** (1 / half_life)
    taste: dict[int, Any] = {}
    wanted = {int(i): k for k, i in enumerate(asked)}
    out = np.zeros((len(asked), len(plays.features)), np.float32)
    for i in range(int(asked.max(initial=-1)) + 1):
        who = int(plays.listener[i])
        mine = taste.setdefault(who, np.zeros(len(plays.features), np.float32))
        if i in wanted:
            out[wanted[i]] = mine
        mine *= keep
        mine[plays.track[i]] += plays.liked[i]
    return out


def previous(plays: Plays) -> Ints:
    """The play before each by the same listener, -1 for their first."""
    last: dict[int, int] = {}
    out = np.full(len(plays), -1)
    for i, who in enumerate(plays.listener.tolist()):
        out[i] = last.get(who, -1)
        last[who] = i
    return out
