"""The tables by name: where their plays come from, and how their models are tuned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from affetto_training.tastes.board import judge
from affetto_training.tastes.board.data import Listening, read_listening
from affetto_training.tastes.board.logs import OFFERED, last_sittings, logged
from affetto_training.tastes.board.metrics import best, scored
from affetto_training.tastes.board.models import MODELS, Bench
from affetto_training.tastes.board.ordered import SEQUENCERS
from affetto_training.tastes.board.plays import TESTED, TUNED, Block, Plays, blocks, read_situnes
from affetto_training.tastes.board.shallow import Settings, content
from affetto_training.tastes.board.splits import SEEDS, TUNING, split
from affetto_training.tastes.board.weighing import read_weights

ARTISTS, SITUNES, SIMULATED = TABLES = ("artists", "situnes", "simulated")
WORLDS: Final = 3  # simulated ones
QUICK: Final = (12, 5)  # listeners, sittings
Worlds = Sequence[tuple[Plays, Sequence[Block]]]
Judge = Callable[[str, Settings], float]  # NDCG@20 on validation


def models_of(table: str) -> Mapping[str, Any]:
    """The table's models by name."""
    return MODELS if table == ARTISTS else SEQUENCERS


def table(
    name: str,
    data: Path,
    settings: Mapping[str, Settings],
    models: Sequence[str],
    *,
    whole: bool,
    quick: bool = False,
) -> dict[str, Any]:
    """One table: its ``rows``, the worst model first, and if ``whole``, of what it is made.

    ``quick`` takes two splits, worlds and seeds, and small worlds.
    """
    seeds = SEEDS[:2] if quick else SEEDS
    if name == ARTISTS:
        listening = read_listening(data)
        rows = judge.artists(listening, settings, models, seeds)
        told = {"listeners": listening.plays.shape[0], "catalogue": listening.plays.shape[1]}
        return {"rows": rows, **told, **(_asides(listening, settings) if whole else {})}
    if name == SITUNES:
        plays = read_situnes(data)
        worlds: Worlds = [(plays, blocks(plays, TESTED))]
        rows = judge.ordered(worlds, settings, models, seeds)
    else:
        worlds = [_world(seed, quick) for seed in seeds[:WORLDS]]
        rows = judge.ordered(worlds, settings, models)
    plays = worlds[-1][0]
    return {
        "rows": rows,
        "plays": len(plays),
        "listeners": len(np.unique(plays.listener)),
        "tracks": len(plays.features),
        "asked": sum(len(p.asked(b.begin, b.end)) for p, parts in worlds for b in parts),
        "offered": OFFERED,
        "worlds": len(worlds),
    }


def _asides(listening: Listening, settings: Mapping[str, Settings]) -> dict[str, Any]:
    """What the page says beside the table, of the first split."""
    bench = Bench(listening, SEEDS[0], settings)
    train, test = bench.split.train, bench.split.test
    left = content(listening.only(train), settings["content"], SEEDS[0])
    judged = scored(best(left, train), test, left.shape[1])
    told = bench.judged("content")
    return {
        "counts": listening.plays.nnz,
        "tags": {"left": float(np.nanmean(judged.ndcg)), "taken": float(np.nanmean(told.ndcg))},
        "attention": read_weights(bench.known, settings["attention"], SEEDS[0]),
    }


def judge_of(name: str, data: Path, settings: Mapping[str, Settings]) -> Judge:
    """How a configuration does on validation, where nothing that is tested is looked at.

    Artists: a split inside the first split's training part. SiTunes: plays before the first
    one tested. Simulated: a world of its own.
    """
    if name == ARTISTS:
        listening = read_listening(data)
        first = split(listening.plays, SEEDS[0])
        bench = Bench(listening.without(first.train, first.test), TUNING, settings)
        return lambda model, tried: float(np.nanmean(bench.judged(model, tried).ndcg))
    plays = read_situnes(data) if name == SITUNES else None
    world = (plays, blocks(plays, TUNED)) if plays else _world(TUNING)
    seeds: Final = SEEDS[:2] if plays else (TUNING,)

    def ndcg(model: str, tried: Settings) -> float:
        sums = sum(judge.told(*world, model, tried, seed)[0] for seed in seeds)
        _, total, count = np.sum(sums, axis=1)
        return float(total / count)

    return ndcg


def _world(seed: int, quick: bool = False) -> tuple[Plays, Sequence[Block]]:
    plays = logged(seed, *QUICK) if quick else logged(seed)
    return plays, [last_sittings(plays)]
