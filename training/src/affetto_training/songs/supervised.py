"""The mood of a song from ten features, by every way the earlier systems tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from affetto_training.songs import folds
from affetto_training.songs.folds import Ints
from affetto_training.songs.reading import MOODS, TOLD_FROM, Floats, Songs

# (learn from, their classes, asked, seed) -> shares (n, 4)
Teller = Callable[[Floats, Ints, Floats, int], Floats]
EPOCHS: Final = 300
HIDDEN: Final = 8
CLASSES: Final = len(MOODS)
AWAKE: Final = (1, 2)  # Energetic and Happy


def tellers() -> dict[str, Teller]:
    """Every way, by name; their settings were chosen once and not on these songs."""
    return {
        "the commonest mood": _commonest,
        "logistic regression": _logistic,
        "random forest": _forest,
        "gradient boosting": _boosting,
        "LightGBM": _lightgbm,
        "small neural net": lambda x, y, ask, seed: net(x, y, ask, seed)[0],
        "hierarchical SVM": _hierarchical,
        "vote of regression, forest and LightGBM": _vote,
    }


def compared(moods: Songs, seeds: tuple[int, ...], count: int = 10) -> dict[str, Any]:
    """Accuracy, macro-F1 and confusion of each, in folds and in folds by artist."""
    values, true = moods.numbers(*TOLD_FROM), _classes(moods)
    artists = np.array([a.casefold() for a in moods.texts("artist")])
    found: dict[str, Any] = {"n": len(true), "artists": len(set(artists)), "ways": {}}
    for name, teller in tellers().items():
        rows: dict[str, Any] = {}
        for kind in ("folds", "by_artist"):
            runs, matrix = [], np.zeros((CLASSES, CLASSES), int)
            for seed in seeds:
                split = (
                    folds.stratified(true.astype(str), count, seed)
                    if kind == "folds"
                    else folds.grouped(artists, count, seed)
                )
                told = np.zeros(len(true), int)
                for learn, ask in folds.each(split):
                    shares = teller(values[learn], true[learn], values[ask], seed)
                    told[ask] = shares.argmax(axis=1)
                runs.append((float((told == true).mean()), folds.macro_f1(true, told)))
                np.add.at(matrix, (true, told), 1)
            accuracy, f1 = np.mean(runs, axis=0)
            rows[kind] = {
                "accuracy": round(float(accuracy), 4),
                "macro_f1": round(float(f1), 4),
                "confusion": matrix.tolist(),  # summed over seeds; rows true
            }
        found["ways"][name] = rows
    split = folds.stratified(true.astype(str), 5, seeds[0]) == 0
    found["curve"] = net(values[~split], true[~split], values[split], seeds[0], true[split])[1]
    return found


def _classes(moods: Songs) -> Ints:
    return np.array([MOODS.index(m) for m in moods.texts("mood")], np.int64)


def _scaled(x: Floats, ask: Floats) -> tuple[Floats, Floats]:
    centre, scale = x.mean(axis=0), x.std(axis=0) + 1e-12
    return (x - centre) / scale, (ask - centre) / scale


def _spread(told: Any, classes: Any) -> Floats:
    """Shares over all four classes, of a model that has seen only some of them."""
    out = np.zeros((len(told), CLASSES))
    out[:, np.asarray(classes, int)] = told
    return out


def _commonest(x: Floats, y: Ints, ask: Floats, seed: int) -> Floats:
    share = np.bincount(y, minlength=CLASSES) / len(y)
    return np.tile(share, (len(ask), 1))


def _logistic(x: Floats, y: Ints, ask: Floats, seed: int) -> Floats:
    from sklearn.linear_model import LogisticRegression

    x, ask = _scaled(x, ask)
    fitted = LogisticRegression(max_iter=2000).fit(x, y)
    return _spread(fitted.predict_proba(ask), fitted.classes_)


def _forest(x: Floats, y: Ints, ask: Floats, seed: int) -> Floats:
    from sklearn.ensemble import RandomForestClassifier

    fitted = RandomForestClassifier(150, min_samples_leaf=2, random_state=seed).fit(x, y)
    return _spread(fitted.predict_proba(ask), fitted.classes_)


def _boosting(x: Floats, y: Ints, ask: Floats, seed: int) -> Floats:
    from sklearn.ensemble import HistGradientBoostingClassifier

    fitted = HistGradientBoostingClassifier(
        max_iter=60, max_leaf_nodes=7, min_samples_leaf=8, random_state=seed
    ).fit(x, y)
    return _spread(fitted.predict_proba(ask), fitted.classes_)


def _lightgbm(x: Floats, y: Ints, ask: Floats, seed: int) -> Floats:
    import lightgbm

    how = {
        "objective": "multiclass", "num_class": CLASSES, "num_leaves": 7, "learning_rate": 0.05,
        "min_data_in_leaf": 5, "feature_fraction": 0.7, "bagging_fraction": 0.7,
        "bagging_freq": 1, "lambda_l2": 1.0, "verbose": -1, "num_threads": 1, "seed": seed,
        "deterministic": True,
    }  # fmt: skip
    fitted = lightgbm.train(how, lightgbm.Dataset(x, y), 100)
    return np.asarray(fitted.predict(ask))


def _vote(x: Floats, y: Ints, ask: Floats, seed: int) -> Floats:
    return sum((way(x, y, ask, seed) for way in (_logistic, _forest, _lightgbm)), np.zeros(()))


def _hierarchical(x: Floats, y: Ints, ask: Floats, seed: int) -> Floats:
    """First awake or drowsy, then which of two; an SVM at each of three forks."""
    from sklearn.svm import SVC

    x, ask = _scaled(x, ask)
    awake = np.isin(y, AWAKE)
    if awake.all() or not awake.any():
        return _commonest(x, y, ask, seed)
    top = SVC(C=2.0, gamma="scale").fit(x, awake).predict(ask)
    out = np.zeros((len(ask), CLASSES))
    for side in (True, False):
        mine, asked = awake == side, top == side
        if not asked.any():
            continue
        if len(np.unique(y[mine])) < 2:
            told = np.full(asked.sum(), y[mine][0])
        else:
            told = SVC(C=2.0, gamma="scale").fit(x[mine], y[mine]).predict(ask[asked])
        out[np.flatnonzero(asked), told] = 1.0
    return out


def net(
    x: Floats, y: Ints, ask: Floats, seed: int, true: Ints | None = None
) -> tuple[Floats, list[dict[str, float]]]:
    """Ten inputs, eight rectified units, four moods: shares, and the curve where truth is known."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    x, ask = _scaled(x, ask)
    learn, asked = (torch.from_numpy(a.astype(np.float32)) for a in (x, ask))
    classes = torch.from_numpy(y)
    body = nn.Sequential(nn.Linear(x.shape[1], HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, CLASSES))
    optimiser = torch.optim.Adam(body.parameters(), lr=0.02, weight_decay=1e-4)
    curve = []
    for epoch in range(1, EPOCHS + 1):
        optimiser.zero_grad()
        out = body(learn)
        loss = nn.functional.cross_entropy(out, classes)
        if true is not None and (epoch == 1 or epoch % 10 == 0):
            with torch.no_grad():
                held = body(asked)
                truth = torch.from_numpy(true)
                curve.append({
                    "epoch": epoch,
                    "loss": round(float(loss), 4),
                    "held_out_loss": round(float(nn.functional.cross_entropy(held, truth)), 4),
                    "accuracy": round(float((out.argmax(1) == classes).float().mean()), 4),
                    "held_out_accuracy": round(float((held.argmax(1) == truth).float().mean()), 4),
                })  # fmt: skip
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    with torch.no_grad():
        return body(asked).softmax(1).double().numpy(), curve
