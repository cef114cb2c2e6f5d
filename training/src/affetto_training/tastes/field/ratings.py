"""Will this listener like this song here and now? Asked in time order, of people not yet met.

The prior comes from the other 29 people; what a listener says is learnt from row by row, and
every row is told before it is known. Widths of the priors were set once, on the scale of
the outcome: a trait moves a rating by .15 stars a unit, a song by .3, people differ by half of
that; a trial of four others moved the error by less than .002.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from affetto.recommending.linear import Linear, Numbers, Prior
from affetto_training.tastes.field.people import Frame, Taught, followed, leave_one_out, shared
from affetto_training.tastes.field.rows import GENRES, SCALES, SITUATION, Play, Study
from affetto_training.tastes.field.scores import LIKED, auc, interval, rmse

TRAITS: Final = tuple(SCALES)
NAMES: Final = (
    "constant", "lab", *TRAITS, *(f"genre:{g}" for g in GENRES), *SITUATION,
    "before valence", "before arousal", "valence met", "energy met",
)  # fmt: skip
NOISE: Final = 0.75  # stars squared
MIDDLE: Final = 3.3  # stars
STEPS: Final = ((0, 5), (5, 10), (10, 15), (15, 20), (20, 25), (25, 100))  # plays so far

OURS: Final = "people's prior and Bayes for each listener"
WITH_LAB: Final = "the same, and the listener's twenty answers in the lab"
NO_SONGS: Final = "people's prior and Bayes, songs known by their traits alone"
POPULATION: Final = "people's prior alone"
ALONE: Final = "ridge for each listener, no prior"
RUNNING: Final = "the listener's mean so far"


def frame(study: Study, songs: bool = True) -> Frame:
    """The numbers of a rating: traits, genre, situation, mood before, and each song's own."""
    tracks = study.tracks if songs else ()
    plain = len(NAMES) - 2
    return Frame(
        (*NAMES, *(f"song:{t}" for t in tracks)), MIDDLE,
        np.array([2.0, 1.0, *[0.15] * plain, *[0.3] * len(tracks)]),
        np.array([0.4, *[0.08] * (plain + 1), *[0.2] * len(tracks)]),
        NOISE,
    )  # fmt: skip


def features(study: Study, play: Play, track: str | None = None, songs: bool = True) -> Numbers:
    """One play as numbers of ``frame``; ``track`` puts another song into the same moment."""
    track = track or play.track
    traits = np.array(study.traits.get(track, (0.0,) * len(SCALES)))
    met = dict(zip(SCALES, traits, strict=True))
    valence, arousal = play.before or (0.0, 0.0)
    own = [float(track == t) for t in study.tracks] if songs else []
    return np.array([
        1.0, float(play.lab), *traits,
        *(float(study.genres.get(track) == g) for g in GENRES),
        *(play.situation or (0.0,) * len(SITUATION)), valence, arousal,
        valence * met["valence"], arousal * met["energy"], *own,
    ])  # fmt: skip


def taught(
    study: Study,
    what: Callable[[Play], Numbers],
    outcome: Callable[[Play], float],
    which: Callable[[Play], bool],
) -> dict[int, Taught]:
    """Of each listener, the plays that count, as numbers."""
    found: dict[int, list[Play]] = {}
    for play in study.plays:
        if which(play):
            found.setdefault(play.listener, []).append(play)
    return {
        who: Taught(np.array([what(p) for p in plays]), np.array([outcome(p) for p in plays]))
        for who, plays in found.items()
    }


def told_by_each(study: Study) -> dict[str, Numbers]:
    """What every way tells of every play of daily life, before it is known."""
    field = [play for play in study.plays if not play.lab]
    people = taught(study, lambda p: features(study, p), _rating, lambda p: not p.lab)
    plain = taught(study, lambda p: features(study, p, songs=False), _rating, lambda p: not p.lab)
    whole = taught(study, lambda p: features(study, p), _rating, lambda p: True)
    listeners = np.array([p.listener for p in field])
    in_lab = np.array([p.lab for p in study.plays])
    full, bare = frame(study), frame(study, songs=False)
    ways = {
        RUNNING: _each(people, listeners, lambda who, one: _running(people, who)),
        ALONE: _each(plain, listeners, lambda who, one: followed(_nobody(bare), one)),
        POPULATION: _each(people, listeners, lambda who, one: _unmoved(full, people, who)),
        NO_SONGS: _placed(leave_one_out(bare, plain), listeners),
        OURS: _placed(leave_one_out(full, people), listeners),
    }
    everything = _placed(leave_one_out(full, whole), np.array([p.listener for p in study.plays]))
    return {**ways, WITH_LAB: everything[~in_lab]}


def judged(study: Study, told: Mapping[str, Numbers], seed: int) -> dict[str, Any]:
    """Every way's error and AUC with intervals over listeners, and the error as plays go by."""
    field = [play for play in study.plays if not play.lab]
    true = np.array([play.rating for play in field])
    listeners = np.array([play.listener for play in field])
    before = np.array([int((listeners[:i] == who).sum()) for i, who in enumerate(listeners)])
    liked = true >= LIKED
    ways = {}
    for way, says in told.items():
        steps = [(low, (before >= low) & (before < high)) for low, high in STEPS]
        ways[way] = {
            "rmse": rmse(true, says),
            "rmse_ci95": interval(rmse, (true, says), listeners, seed),
            "auc": auc(liked, says),
            "auc_ci95": interval(auc, (liked, says), listeners, seed),
            "as_plays_go_by": [
                [low, int(m.sum()), rmse(true[m], says[m])] for low, m in steps if m.any()
            ],
        }

    def gained(stars: Numbers, shared: Numbers, ours: Numbers) -> float:
        return rmse(stars, shared) - rmse(stars, ours)

    columns = (true, told[POPULATION], told[OURS])
    return {
        "n": len(field),
        "listeners": len(np.unique(listeners)),
        "ways": ways,
        "own_gain": gained(*columns),
        "own_gain_ci95": interval(gained, columns, listeners, seed),
    }


# -- ways that know less ----------------------------------------------------------------


def _rating(play: Play) -> float:
    return play.rating


def _each(
    people: Mapping[int, Taught], listeners: Numbers, way: Callable[[int, Taught], Numbers]
) -> Numbers:
    return _placed({who: way(who, one) for who, one in people.items()}, listeners)


def _placed(told: Mapping[int, Numbers], listeners: Numbers) -> Numbers:
    """What is told of each listener, put where that listener's rows stand."""
    whole = np.zeros(len(listeners))
    for who, says in told.items():
        whole[listeners == who] = says
    return whole


def _running(people: Mapping[int, Taught], who: int) -> Numbers:
    """The others' mean first, then the mean of what this listener said."""
    others = np.concatenate([one.y for k, one in people.items() if k != who])
    y = people[who].y
    return np.concatenate([[others.mean()], np.cumsum(y[:-1]) / np.arange(1, len(y))])


def _nobody(bare: Frame) -> Prior:
    """A plain ridge: it knows of no other person."""
    wide = np.full(len(bare.names), 0.5)
    wide[0] = 1.0
    middle = np.zeros(len(bare.names))
    middle[0] = 3.0
    return Prior(bare.names, middle, np.diag(wide**2), bare.noise)


def _unmoved(full: Frame, people: Mapping[int, Taught], who: int) -> Numbers:
    """What people share, whatever this listener says."""
    prior = shared(full, [p for k, p in people.items() if k != who])
    return np.asarray(people[who].x @ Linear(prior).posterior.mean)
