"""How a reader holds when faces are hard to see: every sweep, subtle faces, confidence.

The same degraded crops for every reader. One that lives in an environment of its own gets
them as a file (``write_crops`` in ``degrade``) and hands its answers back (``peer_fer``).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError
from affetto.inference import shelf
from affetto.inference.card import ModelCard
from affetto.senses.face import FaceReader
from affetto_training import relit
from affetto_training.degrade import SEED, SWEEPS, key, write_crops
from affetto_training.evaluate import card_beside, in_our_order, read_with
from affetto_training.fer2013 import FERPLUS_VOTES, Faces, training_twins
from affetto_training.layouts import read_splits
from affetto_training.photos import boxes_of, ours, theirs
from affetto_training.risk import (
    against_labels,
    against_raters,
    by_agreement,
    reliability,
    risk_coverage,
)
from affetto_training.scores import score

Shares = npt.NDArray[np.float64]
# What a reader says of crops under a key: shares (n, classes), and votes (n, 9) or None.
Reader = Callable[[str, npt.NDArray[np.uint8]], tuple[Shares, Shares | None]]

COUNT: Final = 1200  # faces of the sweeps


def sets(data: Path, count: int = COUNT) -> tuple[Faces, Faces]:
    """The split that scores, whole, and the faces of the sweeps.

    These are drawn by a fixed seed from the images that have no twin in Training.
    """
    _, whole, _ = read_splits(data)
    alone = np.flatnonzero(~np.isin(whole.twins, training_twins()) & ~whole.blank)
    drawn = np.random.default_rng(SEED).permutation(alone)[:count]
    keep = np.zeros(len(whole), bool)
    keep[drawn] = True
    return whole, whole.only(keep)


def measured(read: Reader, whole: Faces, faces: Faces) -> dict[str, Any]:
    """Everything that is measured on crops, as plain values."""
    shares, votes = read("whole", whole.pixels)
    labels, raters = against_labels(shares, whole), against_raters(shares, whole, votes)
    scores = score(shares, whole, votes).rounded()
    del scores["confusion"]
    clean = _level(read("clean", faces.pixels), faces)
    return {
        "whole": scores,
        "n": len(faces),
        "seed": SEED,
        "commonest": commonest(faces),
        "sweeps": {
            sweep.name: [
                {
                    "level": level,
                    **(
                        clean
                        if level == sweep.clean
                        else _level(
                            read(key(sweep.name, level), sweep.at(faces.pixels, level)), faces
                        )
                    ),
                }
                for level in sweep.levels
            ]
            for sweep in SWEEPS
        },
        "subtle": by_agreement(labels, raters, whole),
        "risk": {"labels": risk_coverage(labels), "raters": risk_coverage(raters)},
        "reliability": {"labels": reliability(labels), "raters": reliability(raters)},
    }


def sweep(
    data: Path,
    model: Path | None = None,
    photos: Path | None = None,
    *,
    count: int = COUNT,
    threads: int = 1,
) -> dict[str, Any]:
    """Measure an exported model (ours by default) on crops, and on photos if they are there."""
    if model is None:
        model, card = shelf.find("expression")
    else:
        card = card_beside(model)
    path = model
    whole, faces = sets(data, count)

    def read(name: str, pixels: npt.NDArray[np.uint8]) -> tuple[Shares, Shares | None]:
        crops = Faces(
            pixels, np.zeros(len(pixels), np.int64), np.zeros((len(pixels), 10), np.uint8)
        )
        answer = read_with(path, crops, card, threads=threads)
        return in_our_order(answer.labels, card.labels, crops), answer.votes

    found = {
        "model": card.version,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "date": today().isoformat(),
        **measured(read, whole, faces),
    }
    if photos is not None:
        with whole_reader(path, card) as reader:
            found["photos"] = ours(photos, reader)
            found["relit"] = relit.measure(photos, reader)
    return found


@contextmanager
def whole_reader(model: Path, card: ModelCard) -> Iterator[FaceReader]:
    """A face reader with our detectors and this expression model."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for detector in ("face-detector-near", "face-detector"):
            path, _ = shelf.find(detector)
            shutil.copy(path, folder)
            shutil.copy(path.with_name(f"{detector}.card.json"), folder)
        shutil.copy(model, folder / "expression.onnx")
        digest = hashlib.sha256(model.read_bytes()).hexdigest()
        replace(card, sha256=digest).write(folder / "expression.card.json")
        yield FaceReader(models=folder)


def write_crops_for_peers(
    data: Path, to: Path, photos: Path | None = None, count: int = COUNT
) -> int:
    """Write what ``peer_fer`` reads: every crop at every level, and our boxes in the photos."""
    whole, faces = sets(data, count)
    boxes = {} if photos is None else {"boxes": boxes_of(photos, FaceReader())}
    write_crops(faces.pixels, whole.pixels, to, **boxes)
    return len(faces)


def peer(data: Path, answers: Path, crops: Path, count: int = COUNT) -> dict[str, Any]:
    """Score what a reader in an environment of its own has answered.

    ``answers`` is what ``peer_fer`` wrote about ``crops``. Raises AffettoError when it is about
    others.
    """
    whole, faces = sets(data, count)
    with np.load(crops) as file:
        boxes = json.loads(str(file["boxes"])) if "boxes" in file.files else {}
    with np.load(answers) as file:
        stored = {name: file[name] for name in file.files}

    def read(name: str, pixels: npt.NDArray[np.uint8]) -> tuple[Shares, Shares | None]:
        if name not in stored or len(stored[name]) != len(pixels):
            raise AffettoError(
                f"{answers.name} does not answer the crops of {name}.",
                remedy="Write the crops anew with the command crops, and ask the peer again.",
            )
        return stored[name].astype(np.float64), None

    found = {
        **json.loads(str(stored["about"])),
        "date": today().isoformat(),
        "whole_quantised": round(
            float((stored["whole-tflite"].argmax(1) == whole.labels).mean()), 4
        ),
        **measured(read, whole, faces),
    }
    if "photos" in stored:
        said = json.loads(str(stored["photos"]))
        found["photos"] = {kind: theirs(said, boxes, kind) for kind in ("our_boxes", "own_boxes")}
    return found


def commonest(faces: Faces) -> dict[str, dict[str, Any]]:
    """The word that would be right most often if it were said of every face, and how often."""
    labels = np.bincount(faces.labels, minlength=len(faces.names))
    raters = np.bincount(faces.plurality[faces.plurality >= 0], minlength=8)
    return {
        kind: {
            "word": names[counts.argmax()],
            "share": round(float(counts.max() / counts.sum()), 4),
        }
        for kind, names, counts in (
            ("labels", faces.names, labels),
            ("raters", FERPLUS_VOTES, raters),
        )
        if counts.sum()
    }


def today() -> date:
    return datetime.now(UTC).date()


def _level(read: tuple[Shares, Shares | None], faces: Faces) -> dict[str, Any]:
    """The figures of one level; ``unclear``: how many faces would not be answered at all."""
    shares, votes = read
    scores = score(shares, faces, votes).rounded()
    crowd = against_raters(shares, faces, votes)
    wanted = ("accuracy", "ci95", "macro_f1", "ece", "ferplus_accuracy", "ferplus_n")
    return {
        **{name: scores[name] for name in wanted},
        "confidence": round(float(shares.max(1).mean()), 4),
        "ferplus_confidence": round(float(crowd.confidence.mean()), 4),
        "unclear": None if votes is None else round(float((votes.argmax(1) == 8).mean()), 4),
    }
