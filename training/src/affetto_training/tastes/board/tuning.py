"""Settings by trial: the best NDCG@20 on a part of what may be learnt from.

The first test split's training part is split once more, with a seed of its own. What that
split asks for is never looked at; the other four share most of their rows with it, which the
page says and shows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

TRIALS: Final = 14


@dataclass(frozen=True)
class Trial:
    """One configuration and what it scored on validation."""

    model: str
    settings: Mapping[str, Any]
    ndcg: float


def configurations(
    grid: Mapping[str, Sequence[Any]], seed: int, count: int = TRIALS
) -> Iterator[dict[str, Any]]:
    """All of a small grid, or ``count`` of a large one, drawn without repeats."""
    names, choices = list(grid), list(grid.values())
    sizes = [len(values) for values in choices]
    whole = int(np.prod(sizes)) if sizes else 0
    rng = np.random.default_rng(seed)
    picked = rng.choice(whole, count, replace=False) if whole > count else np.arange(whole)
    for place in picked:
        at = [int(i) for i in np.unravel_index(int(place), sizes)]
        yield {name: values[i] for name, values, i in zip(names, choices, at, strict=True)}


def tuned(
    model: str,
    grid: Mapping[str, Sequence[Any]],
    judge: Callable[[Mapping[str, Any]], float],
    seed: int,
    count: int = TRIALS,
) -> tuple[dict[str, Any], list[Trial]]:
    """The settings that ``judge`` likes best, the first of equals, and everything tried."""
    trials = []
    for settings in configurations(grid, seed, count):
        trials.append(Trial(model, settings, judge(settings)))
        print(f"{model}: {trials[-1].ndcg:.4f} {settings}", file=sys.stderr, flush=True)
    winner = max(trials, key=lambda trial: trial.ndcg)
    return dict(winner.settings), trials
