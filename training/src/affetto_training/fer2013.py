"""FER2013 with its FER+ votes: reading it, and keeping its twins apart.

Goodfellow et al. 2013 (arXiv 1307.0414); Barsoum et al. 2016 (arXiv 1608.01041).
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
from PIL import Image

# The order in which FER2013 numbers its labels. It travels in the data and in the
# model's card; code that decodes a model reads it from there, never from here.
FER2013_LABELS: Final = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
FERPLUS_VOTES: Final = (
    "neutral", "happiness", "surprise", "sadness", "anger",
    "disgust", "fear", "contempt", "unknown", "NF",
)  # fmt: skip
SIDE: Final = 48  # pixels; FER2013's native crop


@dataclass(frozen=True)
class Faces:
    """Face crops with their labels.

    pixels uint8 (n, 48, 48) grey; labels int64 (n,) in FER2013 order; votes float32
    (n, 9): share of raters for the eight FER+ expressions and "unclear" (unknown and
    not-a-face together), rows of zeros where nobody voted; twins: sha1 of the pixels.
    """

    pixels: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    votes: npt.NDArray[np.float32]
    twins: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.labels)

    def only(self, keep: npt.NDArray[Any]) -> Faces:
        return Faces(self.pixels[keep], self.labels[keep], self.votes[keep], self.twins[keep])


def read_parquet(path: Path, split: str) -> Faces:
    """Read one split of the parquet file described in docs/training.md."""
    table = pq.read_table(path, filters=[("split", "==", split)])
    rows = table.to_pydict()
    pixels = np.stack(
        [np.asarray(Image.open(io.BytesIO(b)).convert("L"), np.uint8) for b in rows["jpeg"]]
    )
    raw = np.array(
        [[rows[f"fp_{v}"][i] or 0 for v in FERPLUS_VOTES] for i in range(len(pixels))], np.float32
    )
    votes = np.concatenate([raw[:, :8], raw[:, 8:].sum(1, keepdims=True)], axis=1)
    total = votes.sum(1, keepdims=True)
    votes = np.divide(votes, total, out=np.zeros_like(votes), where=total > 0)
    twins = np.array([hashlib.sha1(p.tobytes()).hexdigest() for p in pixels])
    return Faces(pixels, np.array(rows["label"], np.int64), votes, twins)


def without_twins(training: Faces, *others: Faces) -> Faces:
    """Training without any image that also stands, pixel for pixel, in another split.

    Blank images go too: thirteen of FER2013's are one flat grey.
    """
    known = set[str]().union(*(set(o.twins.tolist()) for o in others))
    keep = np.array([t not in known for t in training.twins])
    keep &= training.pixels.reshape(len(training), -1).std(1) > 1.0
    return training.only(keep)


def hold_out(faces: Faces, count: int, seed: int) -> tuple[Faces, Faces]:
    """Split off about ``count`` images; copies of one image stay on one side."""
    order = np.random.default_rng(seed).permutation(np.unique(faces.twins))
    chosen = set(order[:count].tolist())
    held = np.array([t in chosen for t in faces.twins])
    return faces.only(~held), faces.only(held)
