"""The sizes that simulated listeners are drawn with, as SiTunes tells them.

SiTunes (CHIIR 2024, stages 1 and 2): 30 people rated songs and told their mood before and
after each. ``MEASURED`` keeps every figure with its standard error, the spread over 400
crowds of 30 drawn from those listeners with replacement; ``figures`` takes them from any
plays, of the study or of simulated listeners, so that the two can be set side by side.

What the study cannot tell: whether liking moves a mood or a mood the rating, since both were
told together; when people skip, since they were asked to hear songs out; how readings fail.
Half of the residual variance of moods, and of ratings that do not come again, is taken for
the reports' own noise.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError
from affetto_training.tastes.catalogue import Floats
from affetto_training.tastes.listener import LIFE_SD
from affetto_training.tastes.policies import Random
from affetto_training.tastes.world import World

Ints = npt.NDArray[np.int64]

STARS: Final = 5
RATING_SD: Final = 0.116  # noise of a rating, in satisfaction: as large as the occasion's
# Stars and mood were told in one breath. Were their noises alike to this degree, an effect of
# 0.30 would look much like the 0.50 of the study; drawn at 0.50, moods would fly off the map.
IN_ONE_BREATH: Final = 0.9
CROWDS: Final = 400  # of the bootstrap


class Figure(NamedTuple):
    """One measured size and its standard error."""

    value: float
    error: float


# By measured(DATA); a test with the data takes them anew.
MEASURED: Final[Mapping[str, Figure]] = {
    "valence_mean": Figure(0.276, 0.028),
    "valence_between": Figure(0.134, 0.020),
    "valence_within": Figure(0.343, 0.016),
    "arousal_mean": Figure(0.004, 0.034),
    "arousal_between": Figure(0.145, 0.038),
    "arousal_within": Figure(0.384, 0.016),
    "valence_inertia": Figure(0.546, 0.040),
    "arousal_inertia": Figure(0.500, 0.041),
    "liking_on_valence": Figure(0.498, 0.045),
    "liking_on_valence_sd": Figure(0.255, 0.046),
    "tag_on_valence": Figure(0.018, 0.014),
    "energy_on_arousal": Figure(0.138, 0.032),
    "energy_on_arousal_sd": Figure(0.117, 0.028),
    "valence_residual": Figure(0.206, 0.014),
    "arousal_residual": Figure(0.261, 0.013),
    "satisfaction_mean": Figure(0.545, 0.015),
    "satisfaction_between": Figure(0.074, 0.010),
    "satisfaction_within": Figure(0.255, 0.008),
    "satisfaction_again": Figure(0.187, 0.013),
    "satisfaction_agreed": Figure(0.141, 0.008),
    "mismatch": Figure(-0.016, 0.027),
    "mismatch_sd": Figure(0.070, 0.028),
    "popularity": Figure(0.001, 0.005),
}

WORDS: Final[Mapping[str, str]] = {
    "valence_mean": "valence before, mean",
    "valence_between": "valence before, sd between listeners",
    "valence_within": "valence before, sd of one listener",
    "arousal_mean": "arousal before, mean",
    "arousal_between": "arousal before, sd between listeners",
    "arousal_within": "arousal before, sd of one listener",
    "valence_inertia": "share of valence that is left after a song",
    "arousal_inertia": "share of arousal that is left after a song",
    "liking_on_valence": "liking on valence, per unit of satisfaction",
    "liking_on_valence_sd": "the same, sd between listeners",
    "tag_on_valence": "tag of valence on valence, per unit of the map",
    "energy_on_arousal": "tag of energy on arousal, per unit of the map",
    "energy_on_arousal_sd": "the same, sd between listeners",
    "valence_residual": "valence after, residual sd",
    "arousal_residual": "arousal after, residual sd",
    "satisfaction_mean": "satisfaction, mean",
    "satisfaction_between": "satisfaction, sd between listeners",
    "satisfaction_within": "satisfaction, sd of one listener",
    "satisfaction_again": "of that, what comes again with the same track, sd",
    "satisfaction_agreed": "of that, what others share, sd",
    "mismatch": "satisfaction per unit of distance between tag and mood before",
    "mismatch_sd": "the same, sd between listeners",
    "popularity": "satisfaction per sd of popularity",
}


@dataclass(frozen=True)
class Plays:
    """Plays with their reports, a row each; NaN where a mood was not told."""

    listener: Ints
    stage: Ints  # ratings are taken about the listener's mean of a stage
    track: Ints
    satisfaction: Floats  # (stars - 1) / 4
    before: Floats  # (n, 2), valence and arousal told before
    after: Floats  # (n, 2), and after
    tag: Floats  # (n, 2), valence and energy of the track on the map's scale
    popularity: Floats

    def of(self, rows: Any) -> Plays:
        """These rows alone."""
        return Plays(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


def measured(data: Path, crowds: int = CROWDS, seed: int = 0) -> dict[str, Figure]:
    """Every figure of SiTunes with its standard error."""
    plays = study(data)
    told = figures(plays)
    rng = np.random.default_rng(seed)
    people = [np.flatnonzero(plays.listener == who) for who in np.unique(plays.listener)]
    drawn = []
    for _ in range(crowds):
        chosen = [people[k] for k in rng.integers(len(people), size=len(people))]
        crowd = plays.of(np.concatenate(chosen))
        names = np.repeat(np.arange(len(chosen)), [len(rows) for rows in chosen])
        drawn.append(figures(Plays(**{**vars(crowd), "listener": names})))
    return {k: Figure(v, float(np.std([d[k] for d in drawn]))) for k, v in told.items()}


def simulated(listeners: int = 200, seed: int = 0) -> dict[str, float]:
    """The same figures of usual simulated listeners who took part in such a study.

    Each hears 40 tracks of 60 drawn at random, one a session, and tells mood and stars with
    the noise of a report. Of what a track did to a mood only tracks heard out tell, as in
    the study, where nobody was to skip.
    """
    world = World("usual", listeners=listeners, seed=seed, sessions=40, tracks=1, catalogue=60)
    played = world.played(Random)
    rng = np.random.default_rng([seed, 5])
    n = played.track.size
    track = played.track.reshape(n)
    noise = rng.normal(size=played.mood.shape)
    shared = IN_ONE_BREATH * noise[:, :, 1, 0] + (1 - IN_ONE_BREATH**2) ** 0.5 * rng.normal(
        size=noise.shape[:2]
    )
    told = (played.satisfaction[:, :, 0] + RATING_SD * shared).reshape(n)
    mood = played.mood + np.asarray(LIFE_SD) * noise
    mood[:, :, 1][played.skipped[:, :, 0]] = np.nan
    catalogue = world.music.catalogue
    return figures(
        Plays(
            listener=np.repeat(np.arange(listeners), world.sessions),
            stage=np.zeros(n, np.int64),
            track=track,
            satisfaction=np.clip(np.round(told * (STARS - 1)), 0, STARS - 1) / (STARS - 1),
            before=mood[:, :, 0].reshape(n, 2),
            after=mood[:, :, 1].reshape(n, 2),
            tag=catalogue.va[track],
            popularity=catalogue.pop[track],
        )
    )


def figures(plays: Plays) -> dict[str, float]:
    """Every figure of ``WORDS`` from these plays."""
    told: dict[str, float] = {}
    field = plays.of(~np.isnan(plays.before).any(axis=1))
    for axis, name in enumerate(("valence", "arousal")):
        told[f"{name}_mean"] = float(field.before[:, axis].mean())
        told |= _spread(f"{name}_", field.before[:, axis], field.listener)
    field = plays.of(~np.isnan(plays.before + plays.after).any(axis=1))
    both = [field.satisfaction, field.tag[:, 0], field.tag[:, 1]]
    for axis, name in enumerate(("valence", "arousal")):
        line = _line(field.after[:, axis], [field.before[:, axis], *both], field.listener)
        told[f"{name}_inertia"], told[f"{name}_residual"] = line.slopes[0], line.residual
        if name == "valence":
            told["liking_on_valence"], told["liking_on_valence_sd"] = line.slopes[1], line.sds[1]
            told["tag_on_valence"] = line.slopes[2]
        else:
            told["energy_on_arousal"], told["energy_on_arousal_sd"] = line.slopes[3], line.sds[3]
    away = np.hypot(*(field.tag - field.before).T)
    line = _line(field.satisfaction, [away], field.listener)
    told["mismatch"], told["mismatch_sd"] = line.slopes[0], line.sds[0]
    known = plays.of(~np.isnan(plays.popularity))
    scaled = known.popularity / known.popularity.std()
    told["popularity"] = _line(known.satisfaction, [scaled], known.listener).slopes[0]
    told["satisfaction_mean"] = float(plays.satisfaction.mean())
    about = _within(plays.satisfaction, plays.listener * 2 + plays.stage)
    told |= _spread("satisfaction_", plays.satisfaction, plays.listener)
    told |= _shared(about, plays.listener, plays.track)
    return {name: told[name] for name in WORDS}


class _Line(NamedTuple):
    slopes: list[float]
    sds: list[float]  # of the slopes between listeners
    residual: float


def _line(y: Floats, columns: list[Floats], who: Ints) -> _Line:
    """Least squares within listeners; between them by the method of moments."""
    x, y = _within(np.column_stack(columns), who), _within(y, who)
    slopes = np.linalg.lstsq(x, y, rcond=None)[0]
    own, noise = [], []
    for name in np.unique(who):
        mine = x[who == name]
        spare = len(mine) - mine.shape[1] - 1
        if spare < 3:
            continue
        inverse = np.linalg.pinv(mine.T @ mine)
        slope = inverse @ mine.T @ y[who == name]
        rest = y[who == name] - mine @ slope
        own.append(slope)
        noise.append(np.diag(inverse) * (rest @ rest) / spare)
    variance = np.var(own, axis=0, ddof=1) - np.median(noise, axis=0)
    spare = len(y) - len(np.unique(who)) - len(slopes)
    rest = y - x @ slopes
    sds = np.sqrt(np.maximum(0.0, variance))
    return _Line(slopes.tolist(), sds.tolist(), float(np.sqrt(rest @ rest / spare)))


def _within(x: Floats, who: Ints) -> Floats:
    """About each listener's mean."""
    _, code, count = np.unique(who, return_inverse=True, return_counts=True)
    sums = np.zeros((len(count), *x.shape[1:]))
    np.add.at(sums, code, x)
    means = sums / count.reshape(-1, *[1] * (x.ndim - 1))
    return np.asarray(x - means[code])


def _spread(name: str, x: Floats, who: Ints) -> dict[str, float]:
    """The standard deviation between listeners and within one."""
    names, count = np.unique(who, return_counts=True)
    inner = float((_within(x, who) ** 2).sum() / (len(x) - len(names)))
    means = np.array([x[who == k].mean() for k in names])
    between = float(means.var(ddof=1)) - inner * float(np.mean(1.0 / count))
    return {f"{name}between": max(0.0, between) ** 0.5, f"{name}within": inner**0.5}


def _shared(about: Floats, who: Ints, track: Ints) -> dict[str, float]:
    """What comes again with a track, with the same listener and with others."""
    same, pairs = _products(about, who * 100_000 + track)
    all_same, all_pairs = _products(about, track)
    others = (all_same - same) / max(1, all_pairs - pairs)
    return {
        "satisfaction_again": max(0.0, same / max(1, pairs)) ** 0.5,
        "satisfaction_agreed": max(0.0, others) ** 0.5,
    }


def _products(x: Floats, key: Ints) -> tuple[float, int]:
    """The sum of products of all ordered pairs that share a key, and their number."""
    _, code = np.unique(key, return_inverse=True)
    count, total, square = np.bincount(code), np.bincount(code, x), np.bincount(code, x * x)
    return float((total**2 - square).sum()), int((count * (count - 1)).sum())


# -- reading the study -------------------------------------------------------------------


def study(data: Path) -> Plays:
    """Stages 1 and 2 as plays; AffettoError where the tables are not there."""
    folder = data / "situnes" if (data / "situnes").is_dir() else data
    try:
        tracks = {_number(r["item_id"]): r for r in _rows(folder / "items.csv.gz")}
        rows = [(1, r) for r in _rows(folder / "stage1.csv")]
        rows += [(2, r) for r in _rows(folder / "stage2.csv.gz")]
    except OSError as error:
        raise AffettoError(
            f"The study cannot be read: {error}.",
            remedy="Give the folder that holds situnes with stage1.csv, stage2.csv.gz and "
            "items.csv.gz.",
        ) from error
    rows = [(stage, r) for stage, r in rows if _number(r["item_id"]) in tracks]

    def of_play(name: str) -> Floats:
        return np.array([_number(r.get(name)) for _, r in rows])

    def of_track(name: str) -> Floats:
        return np.array([_number(tracks[_number(r["item_id"])][name]) for _, r in rows])

    plays = Plays(
        listener=of_play("user_id").astype(np.int64),
        stage=np.array([stage - 1 for stage, _ in rows]),
        track=of_play("item_id").astype(np.int64),
        satisfaction=(of_play("rating") - 1.0) / (STARS - 1),
        before=np.column_stack([of_play("pre_v"), of_play("pre_a")]),
        after=np.column_stack([of_play("post_v"), of_play("post_a")]),
        tag=2.0 * np.column_stack([of_track("valence"), of_track("energy")]) - 1.0,
        popularity=of_track("popularity"),
    )
    return plays.of(~np.isnan(plays.tag).any(axis=1))


def _rows(path: Path) -> list[dict[str, str]]:
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")
