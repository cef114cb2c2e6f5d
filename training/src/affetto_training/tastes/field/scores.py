"""Figures with intervals: whole listeners are drawn again, since their plays hang together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.recommending.linear import Numbers

Ints = npt.NDArray[np.int64]

TIMES: Final = 1000  # listeners are drawn anew
LIKED: Final = 4.0  # stars


def rmse(true: Numbers, told: Numbers) -> float:
    """Root mean squared error."""
    return float(np.sqrt(((true - told) ** 2).mean()))


def auc(liked: npt.NDArray[np.bool_], told: Numbers) -> float:
    """How often a liked song is told above another, ties counting half; .5 where none is."""
    yes, no = np.sort(told[liked]), told[~liked]
    if not len(yes) or not len(no):
        return 0.5
    above = len(yes) - (np.searchsorted(yes, no, "left") + np.searchsorted(yes, no, "right")) / 2
    return float(above.mean() / len(yes))


def mean(values: Numbers) -> float:
    """The plain mean."""
    return float(values.mean())


def interval(
    statistic: Callable[..., float],
    columns: Sequence[npt.NDArray[Any]],
    listeners: Ints,
    seed: int,
) -> list[float]:
    """The 95 % bootstrap interval of a statistic of columns (n,), over listeners (n,)."""
    rng = np.random.default_rng(seed)
    rows = [np.flatnonzero(listeners == who) for who in np.unique(listeners)]
    found = []
    for _ in range(TIMES):
        drawn = np.concatenate([rows[k] for k in rng.integers(0, len(rows), len(rows))])
        found.append(statistic(*(column[drawn] for column in columns)))
    return [float(q) for q in np.quantile(found, [0.025, 0.975])]


def least_squares(x: Numbers, y: Numbers, listeners: Ints) -> dict[str, Any]:
    """Ordinary least squares with cluster-robust standard errors (CR1; Liang & Zeger 1986).

    ``x`` (n, d) holds its own constant. Gives ``coefficients``, ``errors`` (d,), ``r2``, ``sd``.
    """
    bread = np.linalg.inv(x.T @ x)
    slopes = bread @ (x.T @ y)
    missed = y - x @ slopes
    sums = np.array(
        [x[listeners == who].T @ missed[listeners == who] for who in np.unique(listeners)]
    )
    groups, (n, d) = len(sums), x.shape
    small = groups / (groups - 1) * (n - 1) / (n - d)
    spread = small * bread @ (sums.T @ sums) @ bread
    return {
        "coefficients": slopes,
        "errors": np.sqrt(np.diag(spread)),
        "r2": 1 - float((missed**2).sum() / ((y - y.mean()) ** 2).sum()),
        "sd": float(np.sqrt((missed**2).sum() / (n - d))),
    }
