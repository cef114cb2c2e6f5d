"""Taste as a few numbers for each listener and artist: ALS and BPR, by the library implicit."""

from __future__ import annotations

import os
import warnings
from typing import Any

import numpy as np

from affetto_training.tastes.board.data import Floats, Listening
from affetto_training.tastes.board.shallow import Settings, weighted


def als(known: Listening, settings: Settings, seed: int) -> Floats:
    """Weighted matrix factorisation (Hu, Koren and Volinsky, ICDM 2008)."""
    from implicit.cpu.als import AlternatingLeastSquares

    model = _made(
        AlternatingLeastSquares,
        factors=int(settings["factors"]),
        regularization=float(settings["penalty"]),
        alpha=float(settings["alpha"]),
        iterations=int(settings["rounds"]),
        random_state=seed,
    )
    return _fitted(model, weighted(known, settings["weights"]))


def bpr(known: Listening, settings: Settings, seed: int) -> Floats:
    """Pairs put in order (Bayesian personalised ranking; Rendle et al., UAI 2009)."""
    from implicit.cpu.bpr import BayesianPersonalizedRanking

    model = _made(
        BayesianPersonalizedRanking,
        factors=int(settings["factors"]),
        learning_rate=float(settings["rate"]),
        regularization=float(settings["penalty"]),
        iterations=int(settings["rounds"]),
        num_threads=1,  # two threads would write into one another's factors
        random_state=seed,
    )
    return _fitted(model, known.heard)


def _made(kind: Any, **settings: Any) -> Any:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # asks for one BLAS thread
        return kind(**settings)


def _fitted(model: Any, weights: Any) -> Floats:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        model.fit(weights.tocsr(), show_progress=False)
    return np.asarray(model.user_factors @ model.item_factors.T, np.float32)
