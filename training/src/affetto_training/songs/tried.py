"""What was tried for the table model, all on the same rows and folds by artist."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from affetto_training.songs import folds
from affetto_training.songs.lesson import lesson, listeners_said
from affetto_training.songs.reading import Floats, Songs, plain
from affetto_training.songs.table_model import Recipe, fit

Way = Callable[[Floats, Floats, Floats], Floats]  # (learn from, said, asked) -> told
FOR_A_KERNEL: Final = 300  # rows from which a Gaussian process finds its kernel


def compared(tags: Songs, catalogue: Songs | None, seed: int) -> dict[str, Any]:
    """r of valence and arousal and the share of right quarters, for every way."""
    everything, said = lesson(tags), listeners_said(tags)
    fold = folds.grouped(everything.artists, 10, seed)
    year = _year(tags, catalogue)
    x, with_year = everything.features, np.c_[everything.features, year]
    told = {name: _told(way, x, said, fold) for name, way in ways().items()}
    told["mean of SVR, LightGBM and random waves"] = np.mean(
        [told["SVR"], told["LightGBM"], told["random waves, as shipped but for playlists"]], axis=0
    )
    if np.isfinite(year).any():
        told["SVR, and the year where a catalogue knows it"] = _told(_svr, with_year, said, fold)
    true = folds.quadrant(*said.T)
    rows = {
        name: {
            "valence_r": round(folds.pearson(one[:, 0], said[:, 0]), 4),
            "arousal_r": round(folds.pearson(one[:, 1], said[:, 1]), 4),
            "quarter": round(float((folds.quadrant(*one.T) == true).mean()), 4),
        }
        for name, one in told.items()
    }
    return {"n": len(said), "year_known": int(np.isfinite(year).sum()), "ways": rows}


def _told(way: Way, x: Floats, said: Floats, fold: folds.Ints) -> Floats:
    out = np.zeros_like(said)
    for learn, ask in folds.each(fold):
        middle = np.nanmean(x[learn], axis=0)
        filled = np.where(np.isnan(x), middle, x)
        scale = filled[learn].std(axis=0) + 1e-9
        standard = (filled - middle) / scale
        for t in (0, 1):
            out[ask, t] = way(standard[learn], said[learn, t], standard[ask])
    return out


def ways() -> Mapping[str, Way]:
    """Ways to tell one number from standardised features."""
    return {
        "the service's own valence and energy, a line each": _own,
        "ridge": _ridge,
        "ridge with every product of two": _products,
        "kernel ridge": _kernel,
        "SVR": _svr,
        "Gaussian process": _gaussian,
        "gradient boosting": _boosting,
        "LightGBM": _lightgbm,
        "random waves, as shipped but for playlists": _waves,
    }


def _own(x: Floats, y: Floats, ask: Floats) -> Floats:
    """Of valence and energy, whichever goes better with what is asked for."""
    best = max((8, 1), key=lambda k: abs(folds.pearson(x[:, k], y)))
    return _ridge(x[:, [best]], y, ask[:, [best]])


def _ridge(x: Floats, y: Floats, ask: Floats) -> Floats:
    from sklearn.linear_model import Ridge

    return np.asarray(Ridge(10.0).fit(x, y).predict(ask))


def _products(x: Floats, y: Floats, ask: Floats) -> Floats:
    from sklearn.linear_model import Ridge
    from sklearn.preprocessing import PolynomialFeatures

    made = PolynomialFeatures(2, include_bias=False).fit(x)
    return np.asarray(Ridge(300.0).fit(made.transform(x), y).predict(made.transform(ask)))


def _kernel(x: Floats, y: Floats, ask: Floats) -> Floats:
    from sklearn.kernel_ridge import KernelRidge

    fitted = KernelRidge(alpha=3.0, kernel="rbf", gamma=0.02).fit(x, y - y.mean())
    return np.asarray(fitted.predict(ask) + y.mean())


def _svr(x: Floats, y: Floats, ask: Floats) -> Floats:
    from sklearn.svm import SVR

    return np.asarray(SVR(C=0.2, gamma=0.03, epsilon=0.14).fit(x, y).predict(ask))


def _gaussian(x: Floats, y: Floats, ask: Floats) -> Floats:
    """Its kernel from some rows by their likelihood, then all rows under that kernel."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    some = np.random.default_rng(0).permutation(len(x))[:FOR_A_KERNEL]
    kernel = ConstantKernel(0.05) * RBF(4.0) + WhiteKernel(0.2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a bound that is reached is no fault here
        found = GaussianProcessRegressor(kernel, random_state=0).fit(x[some], y[some] - y.mean())
        whole = GaussianProcessRegressor(found.kernel_, optimizer=None).fit(x, y - y.mean())
    return np.asarray(whole.predict(ask) + y.mean())


def _boosting(x: Floats, y: Floats, ask: Floats) -> Floats:
    from sklearn.ensemble import HistGradientBoostingRegressor

    fitted = HistGradientBoostingRegressor(
        learning_rate=0.05, max_iter=80, max_leaf_nodes=7, l2_regularization=5.0, random_state=0
    ).fit(x, y)
    return np.asarray(fitted.predict(ask))


def _lightgbm(x: Floats, y: Floats, ask: Floats) -> Floats:
    import lightgbm

    how = {
        "objective": "regression", "num_leaves": 7, "learning_rate": 0.03, "lambda_l2": 5.0,
        "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1, "verbose": -1,
        "num_threads": 1, "seed": 0, "deterministic": True,
    }  # fmt: skip
    return np.asarray(lightgbm.train(how, lightgbm.Dataset(x, y), 160).predict(ask))


def _waves(x: Floats, y: Floats, ask: Floats) -> Floats:
    both = np.column_stack([y, y])
    model = fit(x, both, np.ones(len(y)), Recipe(waves=300, gamma=0.02, alpha=3.0))
    return np.asarray(model.told(ask)[:, 0])


def _year(tags: Songs, catalogue: Songs | None) -> Floats:
    """The year, or the decade, of each tagged song that a catalogue knows by artist and title."""
    known: dict[tuple[str, str], float] = {}
    if catalogue is not None:
        when = catalogue.numbers("year", "decade")
        when = np.where(np.isnan(when[:, 0]), when[:, 1], when[:, 0])
        names = zip(catalogue.texts("artist"), catalogue.texts("name"), strict=True)
        for (artist, name), year in zip(names, when, strict=True):
            if name and np.isfinite(year):
                key = (plain(artist), plain(name))
                known[key] = min(float(year), known.get(key, np.inf))
    pairs = zip(tags.texts("artist"), tags.texts("name"), strict=True)
    return np.array([known.get((plain(a), plain(n)), np.nan) for a, n in pairs])
