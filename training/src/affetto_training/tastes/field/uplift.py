"""What our choice would have earned where chance chose: the randomly logged rows of stage 2.

A policy may play the songs that chance played to most listeners; the few rows of other songs
stay in the log and speak for none. The reward is how far the mood moved towards the goal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from affetto.errors import AffettoError
from affetto.recommending.linear import Numbers
from affetto_training.tastes import estimators
from affetto_training.tastes.estimators import Estimate, Log
from affetto_training.tastes.field.foresight import FOLDS, Moment, moments
from affetto_training.tastes.field.rows import Study
from affetto_training.tastes.field.scores import interval, mean

DEALS: Final = 5  # times that listeners are dealt out over the folds
SHARES: Final[Mapping[str, float]] = {
    "the best track": 0.0, "the best quarter": 0.25, "the best half": 0.5,
    "all but the worst fifth": 0.8,
}  # fmt: skip
HEADLINE: Final = "the best quarter"  # large enough for a standard error of about .03
# Of each goal: which axis, in which direction, and the trait that a tag alone would go by.
GOALS: Final[Mapping[str, tuple[int, float, str]]] = {
    "valence up": (0, 1.0, "valence"),
    "calm": (1, -1.0, "energy"),
}
OURS: Final = "response and taste"
TASTE: Final = "taste alone"
TAG: Final = "the tag alone"


def wanted(score: Numbers, chance: Numbers, share: float) -> Numbers:
    """The policy's own chances, (candidates,): what chance would play, of its best part alone.

    ``share`` is of the chance that is kept; 0 keeps the best track only. What has no chance is
    never played; a share of 1 is chance itself.
    """
    order = np.argsort(np.where(chance > 0, -score, np.inf), kind="stable")
    kept = np.zeros(len(score))
    if share <= 0:
        kept[order[0]] = 1.0
        return kept
    whole = chance[order] / chance.sum()
    before = np.concatenate([[0.0], np.cumsum(whole)[:-1]])
    kept[order] = np.clip(share - before, 0.0, whole)
    return np.asarray(kept / kept.sum())


def log_of(seen: Sequence[Moment], goal: str, way: str, share: float) -> Log:
    """The rows of chance as a log of how far the mood moved towards the goal."""
    axis, sign, tag = GOALS[goal]
    reward, logged, want, told, hoped = [], [], [], [], []
    for m in seen:
        before = (m.play.before or (0.0, 0.0))[axis]
        hope = sign * (m.after[axis] - before)
        score = {OURS: hope, TASTE: m.rating, TAG: sign * m.traits[tag]}[way]
        chances = wanted(score, m.chance * m.open, share)
        reward.append(sign * (m.play.after[axis] - before))
        logged.append(m.chance[m.played])
        want.append(chances[m.played])
        told.append(hope[m.played])
        hoped.append(float(chances @ hope))
    listeners = np.array([m.play.listener for m in seen])
    columns = [np.array(c, np.float64) for c in (reward, logged, want, told, hoped)]
    listeners = np.array([m.play.listener for m in seen])
    return Log(columns[0], columns[1], columns[2], columns[3], columns[4], listeners)


def compared(study: Study, seed: int) -> dict[str, Any]:
    """Every policy by every estimator; ours again in other folds and under other chances."""
    dealt = [moments(study, seed + k) for k in range(DEALS)]
    policies = [
        {"goal": goal, "way": way, "plays": name} | judged(log_of(dealt[0], goal, way, share), seed)
        for goal in GOALS
        for way in (OURS, TASTE, TAG)
        for name, share in SHARES.items()
    ]
    other = {
        **{f"listeners dealt out anew, {k}": dealt[k] for k in range(1, DEALS)},
        "rows dealt out, not listeners": moments(study, seed, by_row=True),
        "twenty songs, each as likely": moments(study, seed, even=True),
    }
    again = [
        {"how": how, "goal": goal, "plays": name, "n": len(rows)}
        | _short(log_of(rows, goal, OURS, SHARES[name]))
        for how, rows in other.items()
        for goal in GOALS
        for name in ("the best track", HEADLINE)
    ]
    return {
        "n": len(dealt[0]), "folds": FOLDS, "deals": DEALS, "least": estimators.LEAST,
        "overall": {goal: _overall(dealt, goal, seed) for goal in GOALS},
        "policies": policies, "again": again,
    }  # fmt: skip


def _overall(dealt: Sequence[Sequence[Moment]], goal: str, seed: int) -> dict[str, Any]:
    """The doubly robust uplift of ours over chance, on the mean of all ways to deal out folds."""
    logs = [log_of(seen, goal, OURS, SHARES[HEADLINE]) for seen in dealt]
    each = [_gains(log) for log in logs]
    gains = np.asarray(np.mean([rows for rows, _ in each], axis=0))
    uplift = estimators.as_logged(replace(logs[0], reward=gains))
    listeners = np.asarray(logs[0].groups, np.int64)
    return {
        "plays": HEADLINE,
        "DR": _told(uplift),
        "ci95": interval(mean, (gains,), listeners, seed),
        "each": [value for _, value in each],
        "effective": float(np.mean([estimators.effective(log.weights) for log in logs])),
    }


def _gains(log: Log) -> tuple[Numbers, float]:
    """What the doubly robust estimate adds at each row to what was earned there, and its mean."""
    chance, robust = estimators.as_logged(log), estimators.doubly_robust(log, 0.0)
    gain = robust.value - chance.value
    return (robust.parts - chance.parts) * len(log.reward) + gain, gain


def judged(log: Log, seed: int) -> dict[str, Any]:
    """Uplift over chance by every estimator, and which of them would refuse."""
    chance = estimators.as_logged(log)
    agreed = log.weights > 0
    ways: Mapping[str, Callable[[float], Estimate]] = {
        "replay": lambda least: estimators.replay(log, agreed, least),
        "IPS": lambda least: estimators.ips(log, least),
        "SNIPS": lambda least: estimators.snips(log, least),
        "DM": lambda least: estimators.direct(log, least),
        "DR": lambda least: estimators.doubly_robust(log, least),
    }
    found: dict[str, Any] = {
        "effective": estimators.effective(log.weights),
        "largest": float(log.weights.max()),
        "uplift": {},
        "refusals": {},
    }
    for name, way in ways.items():
        try:
            way(estimators.LEAST)
        except AffettoError as error:
            found["refusals"][name] = error.problem
        try:
            found["uplift"][name] = _told(way(0.0).over(chance))
        except AffettoError:
            continue  # it is not right for this log at any size
    gains, _ = _gains(log)
    listeners = np.asarray(log.groups, np.int64)
    found["ci95"] = interval(mean, (gains,), listeners, seed)
    return found


def _told(estimate: Estimate) -> list[float]:
    return [estimate.value, estimate.error]


def _short(log: Log) -> dict[str, Any]:
    chance = estimators.as_logged(log)
    return {
        "effective": estimators.effective(log.weights),
        "DR": _told(estimators.doubly_robust(log, 0.0).over(chance)),
        "SNIPS": _told(estimators.snips(log, 0.0).over(chance)),
    }
