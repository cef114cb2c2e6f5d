"""What our models would have said of every row that chance chose, before it was known.

Five folds of listeners: taste and response are learnt from the listeners of the other folds, and
then, row by row, from what this listener had said before the row; its own outcome and all later
ones stay unknown. Widths of the response's prior were chosen by how well it tells the rows that
chance did *not* choose; nothing was tried on the rows that are judged.

Nobody heard one song twice by chance, so the chance of a song is its share among the songs of
chance that this listener had not had yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.recommending.linear import Linear, Numbers
from affetto_training.songs.folds import grouped
from affetto_training.tastes.field import ratings
from affetto_training.tastes.field.moods import liking, place
from affetto_training.tastes.field.people import Frame, prior_of
from affetto_training.tastes.field.rows import CHANCE, SCALES, Play, Study

FOLDS: Final = 5
FEW: Final = 4  # plays by chance below which a song cannot be judged


@dataclass(frozen=True)
class Moment:
    """One row that chance chose, as our models saw it beforehand. Arrays are (candidates,)."""

    play: Play
    played: int  # which candidate
    chance: Numbers
    open: npt.NDArray[np.bool_]  # whether a policy may play it
    rating: Numbers  # foreseen stars
    after: tuple[Numbers, Numbers]  # foreseen valence and arousal
    traits: Mapping[str, Numbers]


@dataclass(frozen=True)
class Songs:
    """What chance could play: names, how common each is, and which are common enough."""

    names: Sequence[str]
    common: Numbers
    often: npt.NDArray[np.bool_]


def response_frame(study: Study) -> Frame:
    """The numbers of a mood after a song: the mood before, liking, traits, each song's own."""
    tracks = study.tracks
    traits = len(SCALES)
    return Frame(
        ("constant", "before valence", "before arousal", "liking", *SCALES,
         *(f"song:{t}" for t in tracks)),
        0.0,
        np.array([1.0, 0.5, 0.5, 1.0, *[0.02] * traits, *[0.04] * len(tracks)]),
        np.array([0.06, 0.05, 0.05, 0.2, *[0.01] * traits, *[0.015] * len(tracks)]),
        0.065,
    )  # fmt: skip


def response_row(study: Study, play: Play, track: str, rating: float) -> Numbers:
    """A song in the moment of a play, with a rating known or foreseen."""
    before = play.before or (0.0, 0.0)
    own = [float(track == t) for t in study.tracks]
    return np.array([1.0, *before, liking(rating), *study.traits[track], *own])


def moments(study: Study, seed: int, *, by_row: bool = False, even: bool = False) -> list[Moment]:
    """Every row of chance, foreseen in folds.

    ``by_row`` deals out rows instead of listeners, so that a listener's other rows are known,
    later ones too. ``even`` takes the twenty songs as equally likely, and leaves out other rows.
    """
    drawn = [i for i, p in enumerate(study.plays) if p.by == CHANCE]
    counts = {t: sum(study.plays[i].track == t for i in drawn) for t in study.tracks}
    candidates = [t for t in study.tracks if counts[t] >= (FEW if even else 1)]
    common = np.array([1.0 if even else counts[t] for t in candidates])
    often = np.array([counts[t] >= FEW for t in candidates])
    fold = np.full(len(study.plays), -1)
    if by_row:
        fold[drawn] = grouped([str(i) for i in drawn], FOLDS, seed)
    else:
        fold[:] = grouped([str(p.listener) for p in study.plays], FOLDS, seed)
    found = []
    for k in range(FOLDS):
        found += _foreseen(study, fold, k, by_row, Songs(candidates, common, often))
    return sorted(found, key=lambda m: (m.play.listener, m.play.at))


def _foreseen(
    study: Study,
    fold: np.ndarray[Any, np.dtype[np.int64]],
    k: int,
    by_row: bool,
    songs: Songs,
) -> list[Moment]:
    known = {id(p) for p, f in zip(study.plays, fold, strict=True) if f != k}
    taste = prior_of(
        ratings.frame(study),
        list(_taught(study, lambda p: id(p) in known, None).values()),
    )
    response = [
        prior_of(
            response_frame(study),
            list(_taught(study, lambda p: id(p) in known and not p.lab, axis).values()),
        )
        for axis in (0, 1)
    ]
    found = []
    for who in sorted({p.listener for p in study.plays}):
        mine = [(p, f) for p, f in zip(study.plays, fold, strict=True) if p.listener == who]
        if not any(f == k and p.by == CHANCE for p, f in mine):
            continue
        models = Linear(taste), Linear(response[0]), Linear(response[1])
        for play, f in mine if by_row else ():
            if f != k:
                _learn(study, models, play)
        heard: set[str] = set()
        for play, f in mine:
            if play.by == CHANCE and play.track in songs.names:
                if f == k:
                    found.append(_moment(study, models, play, songs, heard))
                heard.add(play.track)
            if not by_row:
                _learn(study, models, play)
    return found


def _taught(study: Study, which: Callable[[Play], bool], axis: int | None) -> dict[int, Any]:
    if axis is None:
        return ratings.taught(
            study, lambda p: ratings.features(study, p), lambda p: p.rating, which
        )
    return ratings.taught(
        study, lambda p: response_row(study, p, p.track, p.rating), lambda p: p.after[axis], which
    )


def _learn(study: Study, models: tuple[Linear, Linear, Linear], play: Play) -> None:
    """Take in one play; the lab tells of taste alone."""
    models[0].learn(ratings.features(study, play), play.rating)
    if not play.lab:
        row = response_row(study, play, play.track, play.rating)
        for axis in (0, 1):
            models[1 + axis].learn(row, play.after[axis])


def _moment(
    study: Study,
    models: tuple[Linear, Linear, Linear],
    play: Play,
    songs: Songs,
    heard: AbstractSet[str],
) -> Moment:
    new = np.array([t not in heard for t in songs.names])
    stars = np.array([models[0].expects(ratings.features(study, play, t)) for t in songs.names])
    rows = np.array(
        [response_row(study, play, t, s) for t, s in zip(songs.names, stars, strict=True)]
    )
    tags = np.array([place(study, t) for t in songs.names])
    return Moment(
        play,
        songs.names.index(play.track),
        songs.common * new / (songs.common * new).sum(),
        songs.often & new,
        stars,
        (rows @ models[1].posterior.mean, rows @ models[2].posterior.mean),
        {"valence": tags[:, 0], "energy": tags[:, 1]},
    )
