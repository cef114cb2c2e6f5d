"""Both tables: every model on every split, and what may be said of it.

A figure comes with two intervals of 95 %: over splits (or worlds), and of listeners drawn
anew. The five splits share most of their rows, so that theirs is narrower than five tables of
other listeners would make it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from affetto_training.tastes.board.data import Listening
from affetto_training.tastes.board.metrics import (
    PLACES,
    Array,
    best,
    over_listeners,
    over_splits,
    scored,
)  # fmt: skip
from affetto_training.tastes.board.models import MODELS, POPULAR, Bench
from affetto_training.tastes.board.ordered import SEQUENCERS
from affetto_training.tastes.board.plays import Block, Plays
from affetto_training.tastes.board.shallow import Settings

Row = dict[str, Any]


@dataclass
class Tally:
    """What one model got, split by split: sums a listener, and of how many plays."""

    recall: list[Array]
    ndcg: list[Array]
    count: list[Array]
    coverage: list[float]
    cpu_s: float = 0.0


def artists(
    listening: Listening,
    settings: Mapping[str, Settings],
    names: Sequence[str],
    seeds: Sequence[int],
) -> list[Row]:
    """The first table. A blend's seconds are those of adding up, where its parts come before."""
    tallies = {name: Tally([], [], [], []) for name in names}
    for seed in seeds:
        bench = Bench(listening, seed, settings)
        for name, tally in tallies.items():
            began = time.process_time()
            found = bench.judged(name)
            tally.cpu_s += time.process_time() - began
            asked = ~np.isnan(found.ndcg)
            tally.recall.append(np.nan_to_num(found.recall))
            tally.ndcg.append(np.nan_to_num(found.ndcg))
            tally.count.append(asked.astype(float))
            tally.coverage.append(found.coverage)
            said(f"split {seed}: {name} {np.nanmean(found.ndcg):.4f}")
    words = {name: model.words for name, model in MODELS.items()}
    return _rows(tallies, words, apart=False)


def ordered(
    worlds: Iterable[tuple[Plays, Sequence[Block]]],
    settings: Mapping[str, Settings],
    names: Sequence[str],
    seeds: Sequence[int] = (1,),
) -> list[Row]:
    """The second table: each world of plays has listeners of its own."""
    tallies = {name: Tally([], [], [], []) for name in names}
    for plays, blocks in worlds:
        for name, tally in tallies.items():
            began = time.process_time()
            found = [told(plays, blocks, name, settings.get(name, {}), seed) for seed in seeds]
            tally.cpu_s += time.process_time() - began
            recall, ndcg, count = np.mean([sums for sums, _ in found], axis=0)
            tally.recall.append(recall)
            tally.ndcg.append(ndcg)
            tally.count.append(count)
            tally.coverage.append(float(np.mean([coverage for _, coverage in found])))
            said(f"{name} {ndcg.sum() / count.sum():.4f}")
    words = {name: model.words for name, model in SEQUENCERS.items()}
    return _rows(tallies, words, apart=True)


def told(
    plays: Plays, blocks: Sequence[Block], name: str, settings: Settings, seed: int
) -> tuple[Array, float]:
    """Recall@20, NDCG@20 and 1, summed over each listener's plays: (3, listeners); coverage."""
    from scipy import sparse

    listeners = int(plays.listener.max()) + 1
    sums = np.zeros((3, listeners))
    seen: set[int] = set()
    for block in blocks:
        asked = plays.asked(block.begin, block.end)
        scores = SEQUENCERS[name].scores(plays, block.begin, asked, settings, seed)
        cells = np.ones(len(asked)), (np.arange(len(asked)), plays.track[asked])
        truth = sparse.csr_matrix(cells, shape=scores.shape)
        lists = best(scores, sparse.csr_matrix(scores.shape), min(PLACES, scores.shape[1] - 1))
        found = scored(lists, truth, scores.shape[1])
        for k, values in enumerate((found.recall, found.ndcg, np.ones(len(asked)))):
            np.add.at(sums[k], plays.listener[asked], values)
        seen.update(np.unique(lists).tolist())
    return sums, len(seen) / len(plays.features)


def _rows(tallies: Mapping[str, Tally], words: Mapping[str, str], apart: bool) -> list[Row]:
    """Figures of each model, the worst first; ``apart``: each split has its own listeners."""
    join: Callable[[list[Array]], Array] = np.concatenate if apart else _summed
    usual = tallies.get(POPULAR)
    rows = []
    for name, tally in tallies.items():
        row: Row = {"model": name, "words": words[name]}
        counts = join(tally.count)
        for what, parts in (("recall", tally.recall), ("ndcg", tally.ndcg)):
            each = [float(p.sum() / c.sum()) for p, c in zip(parts, tally.count, strict=True)]
            row[what], row[f"{what}_half"] = over_splits(each)
            row[f"{what}_low"], row[f"{what}_high"] = over_listeners(join(parts), counts)
            row[f"{what}_each"] = each
        row["coverage"] = float(np.mean(tally.coverage))
        row["cpu_s"] = tally.cpu_s / len(tally.ndcg)
        row["beside_popular"] = ""
        if usual is not None and name != POPULAR:
            low, high = over_listeners(join(tally.ndcg) - join(usual.ndcg), counts)
            row["beside_popular"] = "above" if low > 0 else "below" if high < 0 else "level"
        rows.append(row)
    return sorted(rows, key=lambda row: float(row["ndcg"]))


def _summed(parts: list[Array]) -> Array:
    return np.asarray(np.sum(parts, axis=0))


def said(words: str) -> None:
    """How far the work is, to whoever waits for it."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)
