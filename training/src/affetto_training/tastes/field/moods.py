"""How people feel after a song: what goes with it, and how well it can be told beforehand.

Moods and places are in [-1, 1]; a track's place is the service's valence and energy, spread over
that range. Liking is the rating, from -.5 to .5. All on stage 2: the lab knew no mood before, and
its arousal runs against the songs' energy (``lab_arousal``), so that it is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from affetto.recommending.linear import Numbers
from affetto_training.tastes.field.people import Frame, Taught, leave_one_out, prior_of
from affetto_training.tastes.field.rows import SCALES, Play, Study
from affetto_training.tastes.field.scores import Ints, interval, least_squares, rmse

AXES: Final = ("valence", "arousal")
SAD: Final = -0.1  # valence before the song, below which a start counts as sad
STAYS: Final = "as before the song"
BEFORE: Final = "mood before"
TRACK: Final = "mood before, track"
FORESEEN: Final = "mood before, track, rating as foreseen"
RATED: Final = "mood before, track, rating"
NOISE: Final = 0.06


def place(study: Study, track: str) -> tuple[float, float]:
    """Where the service's valence and energy put a track; the middle where it knows neither."""
    told = dict(zip(SCALES, study.traits.get(track, (0.0,) * len(SCALES)), strict=True))
    return told["valence"] / 2, told["energy"] / 2


def liking(rating: float) -> float:
    """One to five stars as -.5 to .5."""
    return (rating - 3) / 4


def studied(study: Study, foreseen: Numbers, seed: int) -> dict[str, Any]:
    """Everything this file finds; ``foreseen`` are ratings told beforehand, one a field play."""
    field = [play for play in study.plays if not play.lab]
    listeners = np.array([play.listener for play in field])
    return {
        "n": len(field),
        "told": {
            axis: _told(study, field, listeners, foreseen, k, seed) for k, axis in enumerate(AXES)
        },
        "effects": {
            axis: _effects(study, field, listeners, foreseen, k) for k, axis in enumerate(AXES)
        },
        "from_the_lab": {
            axis: _from_the_lab(study, field, listeners, k) for k, axis in enumerate(AXES)
        },
        "prior": {axis: _prior(study, field, listeners, k) for k, axis in enumerate(AXES)},
        "matching": _matching(study, field, listeners),
        "sad_starts": _sad_starts(study, field, listeners),
        "lab_arousal": _lab_arousal(study),
    }


# -- told beforehand ----------------------------------------------------------------------


def _told(
    study: Study, field: Sequence[Play], listeners: Ints, foreseen: Numbers, k: int, seed: int
) -> dict[str, Any]:
    true = np.array([play.after[k] for play in field])
    known = _columns(study, field)
    asked = known.copy()
    asked[:, -1] = liking_of(foreseen)
    ways = {STAYS: known[:, 1 + k]}
    for way, columns in ((BEFORE, 3), (TRACK, 5), (FORESEEN, 6), (RATED, 6)):
        beforehand = asked if way == FORESEEN else known
        people = {
            int(who): Taught(
                known[m, :columns], true[m], beforehand[m, :columns]
            )
            for who in np.unique(listeners)
            if (m := listeners == who).any()
        }  # fmt: skip
        says = np.zeros(len(true))
        for who, told in leave_one_out(_frame(columns), people).items():
            says[listeners == who] = told
        ways[way] = says
    spread = float(((true - true.mean()) ** 2).mean())
    return {
        way: {
            "rmse": rmse(true, says),
            "rmse_ci95": interval(rmse, (true, says), listeners, seed),
            "r2": 1 - rmse(true, says) ** 2 / spread,
        }
        for way, says in ways.items()
    }


def liking_of(ratings: Numbers) -> Numbers:
    """``liking`` of many, kept within the scale."""
    return np.clip((ratings - 3) / 4, -0.5, 0.5)


NUMBERS: Final = ("constant", "before valence", "before arousal", "valence", "energy", "liking")


def _columns(study: Study, field: Sequence[Play]) -> Numbers:
    return np.array(
        [[1.0, *(p.before or (0, 0)), *place(study, p.track), liking(p.rating)] for p in field]
    )


def _frame(columns: int) -> Frame:
    """Wide where people share, a tenth of the scale where they differ."""
    wide, own = np.full(columns, 0.5), np.full(columns, 0.1)
    return Frame(NUMBERS[:columns], 0.0, wide, own, NOISE)


# -- what goes with it --------------------------------------------------------------------


def _effects(
    study: Study, field: Sequence[Play], listeners: Ints, foreseen: Numbers, k: int
) -> dict[str, Any]:
    """Least squares over all plays, with more and more of the columns.

    A rating that was foreseen was not reported together with the mood, so that what goes with
    it is no matter of one and the same questionnaire.
    """
    known, y = _columns(study, field), np.array([play.after[k] for play in field])
    asked = known.copy()
    asked[:, -1] = liking_of(foreseen)
    found = {}
    for way, x in (
        (BEFORE, known[:, :3]),
        (TRACK, known[:, :5]),
        (FORESEEN, asked),
        (RATED, known),
    ):
        fit = least_squares(x, y, listeners)
        found[way] = {
            "r2": fit["r2"],
            "sd": fit["sd"],
            "coefficients": {
                name: [float(c), float(e)]
                for name, c, e in zip(NUMBERS, fit["coefficients"], fit["errors"], strict=False)
            },
        }
    return found


def _from_the_lab(study: Study, field: Sequence[Play], listeners: Ints, k: int) -> dict[str, float]:
    """Liking by what the same listener had said of the same song in the lab, before any mood.

    Two-stage least squares with that rating as the instrument; the error is the second stage's.
    """
    said = {(p.listener, p.track): liking(p.rating) for p in study.plays if p.lab}
    both = np.array([(p.listener, p.track) in said for p in field])
    x, y = _columns(study, field)[both], np.array([p.after[k] for p in field])[both]
    earlier = x.copy()
    earlier[:, -1] = [said[p.listener, p.track] for p, m in zip(field, both, strict=True) if m]
    seen = x.copy()
    seen[:, -1] = earlier @ np.linalg.lstsq(earlier, x[:, -1], rcond=None)[0]
    fit = least_squares(seen, y, listeners[both])
    return {
        "n": int(both.sum()),
        "liking": float(fit["coefficients"][-1]),
        "error": float(fit["errors"][-1]),
    }


def _prior(study: Study, field: Sequence[Play], listeners: Ints, k: int) -> dict[str, Any]:
    """What the product's response begins with: a shift beyond where the mood went by itself.

    Of ``[1, place on this axis, liking]``, with the mood before beside them; mean and spread
    between people.
    """
    every = _columns(study, field)
    x = every[:, [0, 3 + k, 5, 1 + k]]
    y = np.array([play.after[k] for play in field])
    frame = Frame(
        ("constant", "place", "liking", "before"), 0.0, np.full(4, 0.5),
        np.array([0.08, 0.08, 0.12, 0.15]), NOISE,
    )  # fmt: skip
    people = [Taught(x[listeners == who], y[listeners == who]) for who in np.unique(listeners)]
    prior = prior_of(frame, people)
    spread = np.sqrt(np.diag(prior.covariance))
    return {
        "noise": prior.noise,
        "numbers": {
            name: [float(m), float(s)]
            for name, m, s in zip(prior.names, prior.mean, spread, strict=True)
        },
    }


# -- what is not proven -------------------------------------------------------------------


def _matching(study: Study, field: Sequence[Play], listeners: Ints) -> dict[str, float]:
    """Whether a song far from the mood before is rated lower: stars a unit of distance."""
    away = np.array(
        [np.hypot(*np.subtract(p.before or (0, 0), place(study, p.track))) for p in field]
    )
    x = np.column_stack([np.ones(len(away)), away])
    fit = least_squares(x, np.array([p.rating for p in field]), listeners)
    return {
        "stars": float(fit["coefficients"][1]),
        "error": float(fit["errors"][1]),
        "r2": float(fit["r2"]),
    }


def _sad_starts(study: Study, field: Sequence[Play], listeners: Ints) -> dict[str, Any]:
    """From a sad start: the rise in valence by the third of the songs' valence, and its slope."""
    sad = [i for i, p in enumerate(field) if p.before and p.before[0] < SAD]
    tag = np.array([place(study, field[i].track)[0] for i in sad])
    before = np.array([(field[i].before or (0, 0))[0] for i in sad])
    after = np.array([field[i].after[0] for i in sad])
    low, high = np.quantile(tag, [1 / 3, 2 / 3])
    thirds: Mapping[str, Any] = {
        "lowest": tag <= low,
        "middle": (tag > low) & (tag <= high),
        "highest": tag > high,
    }
    fit = least_squares(
        np.column_stack([np.ones(len(sad)), before, tag]), after, listeners[np.array(sad)]
    )
    return {
        "n": len(sad),
        "slope": [float(fit["coefficients"][2]), float(fit["errors"][2])],
        "rise": {
            name: [
                int(m.sum()),
                float((after - before)[m].mean()),
                float((after - before)[m].std(ddof=1) / np.sqrt(m.sum())),
            ]
            for name, m in thirds.items()
        },
    }


def _lab_arousal(study: Study) -> dict[str, float]:
    """How arousal after a song goes with its energy: in the lab, and in daily life."""

    def together(plays: Sequence[Play]) -> float:
        energy = [place(study, p.track)[1] for p in plays]
        return float(np.corrcoef(energy, [p.after[1] for p in plays])[0, 1])

    return {
        "lab": together([p for p in study.plays if p.lab]),
        "field": together([p for p in study.plays if not p.lab]),
    }
