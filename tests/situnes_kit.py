"""A study that never was, in SiTunes' files: what pleases lifts, energy wakes, no tag helps."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np

ITEMS = (
    "item_id", "popularity", "loudness", "danceability", "energy", "speechiness", "acousticness",
    "instrumentalness", "valence", "tempo", "general_genre",
)  # fmt: skip
LAB = ("user_id", "item_id", "no", "timestamp", "rating", "listen_s", "post_v", "post_a")
FIELD = (
    "inter_id", "user_id", "item_id", "timestamp", "rating", "pre_v", "pre_a", "post_v", "post_a",
    "listen_s", "rec_type", "t1", "t2", "t3",
)  # fmt: skip


def write_study(
    folder: Path, seed: int, listeners: int = 8, plays: int = 18, tracks: int = 12
) -> None:
    """Half of the plays of daily life by chance, in which nobody has one song twice."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    valence, energy = rng.uniform(0, 1, (2, tracks))
    worth = rng.normal(0, 0.9, tracks)  # what all think of a song
    tastes = worth + rng.normal(0, 0.5, (listeners, tracks))
    _write(folder / "items.csv.gz", ITEMS, [_item(t, valence[t], energy[t]) for t in range(tracks)])
    lab, field, wrist = [], [], []
    for who in range(listeners):
        for no, t in enumerate(rng.permutation(tracks)[: tracks // 2]):
            lab.append([who + 1, t, no + 1, 1000 + no, _stars(3.2 + tastes[who, t], rng), "",
                        _kept(rng.normal(0, 0.2)), _kept(rng.normal(0, 0.2))])  # fmt: skip
        by_chance = list(rng.permutation(tracks))[: plays // 2]
        for k in range(plays):
            chance = k % 2 == 0 and bool(by_chance)
            t = by_chance.pop() if chance else int(rng.integers(tracks))
            stars = _stars(3.2 + tastes[who, t], rng)
            before = _kept(rng.normal(0.2, 0.3)), _kept(rng.normal(0, 0.3))
            up = 0.1 + 0.6 * before[0] + 0.12 * (stars - 3) + rng.normal(0, 0.1)
            awake = 0.5 * before[1] + 0.5 * (energy[t] - 0.5) + rng.normal(0, 0.1)
            field.append([len(field) + 1, who + 1, t, 5000 + 100 * k, stars, *before, _kept(up),
                          _kept(awake), "", "Rand" if chance else "GCN", 1, 0, 0])  # fmt: skip
            wrist.append(np.column_stack([
                np.zeros(30), rng.uniform(0, 60, 30), rng.integers(0, 90, 30),
                rng.integers(0, 6, 30),
            ]))  # fmt: skip
    _write(folder / "stage1.csv", LAB, lab)
    _write(folder / "stage2.csv.gz", FIELD, field)
    np.savez(folder / "wrist_s2.npz", wrist=np.array(wrist, np.float32))


def _item(track: int, valence: float, energy: float) -> list[object]:
    unknown = track == 0  # some rows of the study lack features
    return [track, "" if unknown else 50, -8, 0.5, energy, 0.1, 0.4, 0.1, valence, 120, "rock"]


def _stars(value: float, rng: np.random.Generator) -> int:
    return int(np.clip(round(value + rng.normal(0, 0.3)), 1, 5))


def _kept(value: float) -> float:
    return float(np.clip(value, -1, 1))


def _write(path: Path, head: tuple[str, ...], rows: list[list[object]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *rows])
    told = text.getvalue().encode()
    path.write_bytes(gzip.compress(told) if path.suffix == ".gz" else told)
