"""FER2013 with its FER+ votes: faces, their names, and keeping twins apart.

Goodfellow et al. 2013 (arXiv 1307.0414); Barsoum et al. 2016 (arXiv 1608.01041).
``layouts`` reads the files it comes in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.senses.face_votes import VOTED

# The order in which FER2013 numbers its labels. It travels in the data and in the
# model's card; code that decodes a model reads it from there, never from here.
FER2013_LABELS: Final = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
FERPLUS_VOTES: Final = (
    "neutral", "happiness", "surprise", "sadness", "anger",
    "disgust", "fear", "contempt", "unknown", "NF",
)  # fmt: skip
FERPLUS_WORDS: Final = {**VOTED, "contempt": "contempt"}
# The view of four: who looks neutral is called calm, and the other three classes leave.
FOUR: Final = {"angry": "angry", "happy": "happy", "sad": "sad", "neutral": "calm"}
SIDE: Final = 48  # pixels; FER2013's native crop


@dataclass(frozen=True)
class Faces:
    """Face crops with their labels; ``names[label]`` is what a label means.

    pixels uint8 (n, 48, 48) grey; labels int64 (n,); ballots uint8 (n, 10): how many
    raters said each of FERPLUS_VOTES, rows of zeros where nobody was asked.
    """

    pixels: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    ballots: npt.NDArray[np.uint8]
    names: tuple[str, ...] = FER2013_LABELS

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def votes(self) -> npt.NDArray[np.float32]:
        """Shares, float32 (n, 9): the eight expressions, then "unclear" (unknown and NF)."""
        unclear = self.ballots[:, 8:].sum(1, keepdims=True)
        votes = np.concatenate([self.ballots[:, :8], unclear], axis=1).astype(np.float32)
        total = votes.sum(1, keepdims=True)
        return np.asarray(np.divide(votes, total, out=np.zeros_like(votes), where=total > 0))

    @cached_property
    def plurality(self) -> npt.NDArray[np.int64]:
        """What most raters said, int64 (n,) into FERPLUS_VOTES.

        -1 where it cannot be scored: no votes, a tie, or most said unknown or not a face.
        """
        top = self.ballots.max(1, keepdims=True)
        won = ((self.ballots == top).sum(1) == 1) & (top[:, 0] > 0)
        winner = self.ballots.argmax(1)
        return np.where(won & (winner < 8), winner, -1)

    @cached_property
    def twins(self) -> npt.NDArray[np.uint64]:
        """A fingerprint of each crop, uint64 (n,): equal for equal pixels."""
        digests = b"".join(hashlib.sha1(p.tobytes()).digest()[:8] for p in self.pixels)
        return np.frombuffer(digests, ">u8").astype(np.uint64)

    @cached_property
    def digest(self) -> str:
        """A hash of all that is here, 16 hexadecimal digits: equal for equal data."""
        whole = hashlib.sha256(" ".join(self.names).encode())
        for part in (self.pixels, self.labels.astype("<i8"), self.ballots):
            whole.update(np.ascontiguousarray(part).tobytes())
        return whole.hexdigest()[:16]

    @cached_property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Thirteen of FER2013's images are one flat grey."""
        return np.asarray(self.pixels.reshape(len(self), -1).std(1) <= 1.0)

    def only(self, keep: npt.NDArray[Any]) -> Faces:
        return Faces(self.pixels[keep], self.labels[keep], self.ballots[keep], self.names)

    def seen_as(self, words: Mapping[str, str]) -> Faces:
        """The same faces under other names (``FOUR``); a class without a word leaves."""
        names = tuple(dict.fromkeys(words.values()))
        number = np.array([names.index(words[n]) if n in words else -1 for n in self.names])
        labels = number[self.labels]
        keep = labels >= 0
        return Faces(self.pixels[keep], labels[keep], self.ballots[keep], names)

    def counts(self) -> dict[str, int]:
        """How many faces of each name."""
        counted = np.bincount(self.labels, minlength=len(self.names))
        return dict(zip(self.names, counted.tolist(), strict=True))


def without_twins(training: Faces, *others: Faces) -> Faces:
    """Training without any image that also stands, pixel for pixel, in another split.

    Blank images go too.
    """
    known = np.concatenate([np.empty(0, np.uint64), *(o.twins for o in others)])
    return training.only(~np.isin(training.twins, known) & ~training.blank)


def hold_out(faces: Faces, count: int, seed: int) -> tuple[Faces, Faces]:
    """Split off about ``count`` images; copies of one image stay on one side."""
    order = np.random.default_rng(seed).permutation(np.unique(faces.twins))
    held = np.isin(faces.twins, order[:count])
    return faces.only(~held), faces.only(held)


def training_twins() -> npt.NDArray[np.uint64]:
    """Fingerprints of every image in Training, sorted: what any of our nets may have seen.

    They come with the package, so that an evaluation finds twins without the data.
    """
    file = resources.files("affetto_training") / "training-twins.npy"
    with resources.as_file(file) as path:
        return np.asarray(np.load(path), np.uint64)


def write_training_twins(training: Faces, to: Path) -> int:
    """Write the file that ``training_twins`` reads; returns how many it holds."""
    fingerprints = np.unique(training.twins)
    np.save(to, fingerprints)
    return len(fingerprints)
