"""The models tried for moods from sound, judged alike on the same folds.

The one that ships makes all its choices inside the excerpts it learns from. The others
stand with settings fixed after a first look at the same excerpts, which flatters them a
little, so a narrow win of theirs would not be one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.music.decoding import opened
from affetto.music.ear import listen, patches_of
from affetto.music.hearing import RATE, Floats, measure
from affetto.music.mood_model import CUES, Likeness, cues
from affetto_training.sounds_data import Clips, Numbers, read_clips, rows_of
from affetto_training.sounds_fit import GRID, Learner, fit, judge, mood_learner, on_axes
from affetto_training.sounds_waves import waves_learner

FEW: Final = tuple((Likeness(0.5, 0.5, 0.0, length), 0.4) for length in (1.0, 1.5))
SLOW: Final = ("extra trees", "gradient boosting", "ensemble")  # one seed is enough


def study(folder: Path, seeds: Sequence[int], wheel: Path | None) -> dict[str, Any]:
    """Judge every model; what ``report`` needs, with the data and the seeds."""
    clips = read_clips(folder)
    sounds = [_sound(path) for path, _, _ in rows_of(folder)]
    cut = len(CUES)
    views = {
        "cues": clips.heard[:, :cut],
        "ear": clips.heard[:, cut:],
        "cues + ear": clips.heard,
        "timbre": np.array([timbre(one) for one in sounds]),
    }
    views["cues + timbre"] = np.concatenate([views["cues"], views["timbre"]], axis=1)
    found = []
    for name, what, learner in _plan():
        found.append(_row(name, what, replace(clips, heard=views[what]), learner, seeds))
    if wheel is not None:
        whole = np.concatenate([views["cues"], as_published(wheel, sounds)], axis=1)
        told = replace(clips, heard=whole)
        found.append(_row("landmarks, 64", "cues + ear as published", told, mood_learner, seeds))
    more = _with_views(clips, sounds)
    found.append(
        _row(
            "landmarks, 64, also from views",
            "cues + ear",
            more,
            lambda h, m, g: fit(h, m, g, FEW).tell,
            seeds[:1],
            judged=len(clips.names),
        )
    )
    return {
        "data": folder.name,
        "data_hash": clips.hash,
        "excerpts": len(clips.names),
        "recordings": len(set(clips.groups.tolist())),
        "folds": 10,
        "date": date.today().isoformat(),
        "models": found,
    }


def _row(
    name: str,
    what: str,
    clips: Clips,
    learner: Learner,
    seeds: Sequence[int],
    judged: int | None = None,
) -> dict[str, Any]:
    used = seeds[:1] if name in SLOW else seeds
    told = judge(clips, learner, tuple(used), judged=judged)
    print(f"{name}, {what}: {told['by_recording']}", flush=True)
    return {
        "model": name,
        "hears": what,
        "numbers": clips.heard.shape[1],
        "ships": learner is mood_learner and what == "cues + ear",
        **{key: told.get(key) for key in ("by_recording", "by_genre", "seeds")},
    }


def _plan() -> list[tuple[str, str, Learner]]:
    only_cues = tuple(
        (Likeness(1.0 - line.by_line, 0.0, line.by_line, line.length), noise)
        for line, noise in GRID
        if line.by_cues == line.by_ear
    )
    return [
        ("ridge", "cues", partial(_apart, "ridge")),
        ("SVR", "cues", partial(_apart, "svr")),
        ("SVR", "timbre", partial(_apart, "svr")),
        ("SVR", "cues + timbre", partial(_apart, "svr")),
        ("extra trees", "cues + timbre", partial(_apart, "trees")),
        ("ridge", "ear", partial(_apart, "ridge")),
        ("SVR", "ear", partial(_apart, "svr")),
        ("SVR", "cues + ear", partial(_apart, "svr")),
        ("kernel ridge", "cues + ear", partial(_apart, "kernel")),
        ("extra trees", "cues + ear", partial(_apart, "trees")),
        ("gradient boosting", "cues + ear", partial(_apart, "boosting")),
        ("ensemble", "cues + ear", _ensemble),
        ("Gaussian process", "cues", lambda h, m, g: fit(h, m, g, only_cues, _itself).tell),
        ("Gaussian process", "cues + ear", lambda h, m, g: fit(h, m, g, GRID, _itself).tell),
        ("random waves, 100", "cues + ear", partial(waves_learner, 50)),
        ("random waves, 200", "cues + ear", partial(waves_learner, 100)),
        ("random waves, 500", "cues + ear", partial(waves_learner, 250)),
        ("landmarks at random, 64", "cues + ear", partial(_landmarks, _at_random)),
        ("landmarks, 48", "cues + ear", partial(_landmarks, partial(on_axes, count=48))),
        ("landmarks, 64", "cues + ear", mood_learner),
        ("landmarks, 96", "cues + ear", partial(_landmarks, partial(on_axes, count=96))),
    ]


def _itself(z: Numbers) -> Numbers:
    """The excerpts for landmarks: a Gaussian process as it is, which remembers them."""
    return z


def _at_random(z: Numbers, count: int = 64) -> Numbers:
    """Landmarks spread as the excerpts are."""
    spread = np.cov(z.T, bias=True)
    rng = np.random.default_rng(0)
    return rng.multivariate_normal(z.mean(axis=0), spread, size=count, method="eigh")


def _landmarks(
    which: Callable[[Numbers], Numbers],
    heard: Numbers,
    moods: Numbers,
    groups: npt.NDArray[np.int64],
) -> Any:
    return fit(heard, moods, groups, GRID, which).tell


def _apart(kind: str, heard: Numbers, moods: Numbers, groups: npt.NDArray[np.int64]) -> Any:
    """Valence and arousal each by a model of scikit-learn."""
    models = [_model(kind, heard.shape[1]).fit(heard, mood) for mood in moods.T]
    return lambda new: np.stack([one.predict(new) for one in models], axis=1)


def _model(kind: str, width: int) -> Any:
    from sklearn.ensemble import ExtraTreesRegressor, HistGradientBoostingRegressor
    from sklearn.kernel_ridge import KernelRidge
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVR

    models: Mapping[str, Any] = {
        "ridge": Ridge(1.5 * width),
        "svr": SVR(C=0.5, epsilon=0.1, gamma=0.5 / width),
        "kernel": KernelRidge(alpha=0.4, kernel="rbf", gamma=0.5 / width),
        "trees": ExtraTreesRegressor(100, min_samples_leaf=2, max_features=0.3, random_state=7),
        "boosting": HistGradientBoostingRegressor(
            max_iter=80, learning_rate=0.06, max_leaf_nodes=6, random_state=7
        ),
    }
    return make_pipeline(StandardScaler(), models[kind])


def _ensemble(heard: Numbers, moods: Numbers, groups: npt.NDArray[np.int64]) -> Any:
    """The mean of the Gaussian process, an SVR and extra trees."""
    told = [_apart(kind, heard, moods, groups) for kind in ("svr", "trees")]
    process = mood_learner(heard, moods, groups)
    return lambda new: (process(new)[:, :2] + sum(one(new) for one in told)) / 3


# -- what else can be heard -----------------------------------------------------------


def _sound(path: Path) -> Floats:
    with opened(path) as sound:
        return sound.span(0.0, 30.0)


def timbre(samples: Floats) -> Numbers:
    """Usual statistics of timbre: mean, sd and 10th and 90th percentile of 20 MFCCs, of
    their changes, and of the contrast in six octaves: (184,)."""
    from affetto.music.hearing import FRAME, HOP, MEL_BANDS, _mel_bands, _power

    power = _power(samples, FRAME, HOP)
    mel = power @ _mel_bands()
    turns = np.outer(np.arange(MEL_BANDS) + 0.5, np.arange(20)) * np.pi / MEL_BANDS
    mfcc = np.log(mel / (mel.mean() + 1e-12) + 1e-5) @ np.cos(turns)
    hz = np.fft.rfftfreq(FRAME, 1 / RATE)
    edges = (0, 200, 400, 800, 1600, 3200, 8000)
    logs = np.log(power / (power.mean() + 1e-12) + 1e-7)
    contrast = []
    for low, high in pairwise(edges):
        band = np.sort(logs[:, (hz >= low) & (hz < high)], axis=1)
        few = max(1, band.shape[1] // 5)
        contrast.append(band[:, -few:].mean(axis=1) - band[:, :few].mean(axis=1))
    frames = np.concatenate(
        [mfcc[1:], np.abs(np.diff(mfcc, axis=0)), np.stack(contrast, axis=1)[1:]], axis=1
    )
    percentiles = np.percentile(frames, (10, 90), axis=0)
    return np.concatenate([frames.mean(axis=0), frames.std(axis=0), *percentiles])


def as_published(wheel: Path, sounds: Sequence[Floats]) -> Numbers:
    """What musicnn's net hears at every moment and in every band: (n, 200)."""
    import onnxruntime

    from affetto_training.sounds_net import graph_of, weights_of

    graph = graph_of(weights_of(wheel), time_step=1, band_step=1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    net = onnxruntime.InferenceSession(
        graph.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    heard = [net.run(None, {"frames": patches_of(one, 3)})[0].mean(axis=0) for one in sounds]
    return np.array(heard, dtype=np.float64)


def _with_views(clips: Clips, sounds: Sequence[Floats]) -> Clips:
    """The excerpts, then each one's halves and each 6 dB quieter, as more to learn from."""
    heard = [clips.heard]
    for first, last, level in ((0.0, 0.5, 1.0), (0.5, 1.0, 1.0), (0.0, 1.0, 0.5)):
        rows = []
        for sound in sounds:
            n = len(sound)
            view = np.asarray(sound[int(first * n) : int(last * n)] * np.float32(level))
            rows.append(np.concatenate([cues(measure([view])), listen([view])]))
        heard.append(np.array(rows, dtype=np.float64))
    times = len(heard)
    return Clips(
        clips.names * times,
        np.concatenate(heard),
        np.tile(clips.moods, (times, 1)),
        np.tile(clips.groups, times),
        clips.genres * times,
    )
