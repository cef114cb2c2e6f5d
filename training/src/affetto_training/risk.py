"""What a reader gains by saying "not sure", and whether its confidence means what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto_training.fer2013 import FERPLUS_VOTES, FERPLUS_WORDS, Faces

Shares = npt.NDArray[np.float64]

EXPRESSIONS: Final = FERPLUS_VOTES[:8]
STEPS: Final = 20  # points of a risk–coverage curve
BINS: Final = 10  # of a reliability diagram


@dataclass(frozen=True)
class Judged:
    """How sure a reader was of each of n faces, and whether it was right."""

    confidence: Shares  # (n,), [0, 1]
    right: npt.NDArray[np.bool_]  # (n,)


def against_labels(probabilities: Shares, faces: Faces) -> Judged:
    """By the official labels; (n, classes) in the order of ``faces.names``."""
    official = probabilities[:, : len(faces.names)]
    return Judged(official.max(1), official.argmax(1) == faces.labels)


def against_raters(probabilities: Shares, faces: Faces, votes: Shares | None) -> Judged:
    """By what most FER+ raters said, eight classes; faces without a plurality are left out.

    ``votes`` (n, 9) is the reader's own idea of the raters' vote; without it, its classes
    are taken for their like-named votes, and contempt is nothing it can say.
    """
    if votes is None:
        crowd = np.zeros((len(faces), len(EXPRESSIONS)))
        for column, name in enumerate(faces.names):
            crowd[:, EXPRESSIONS.index(FERPLUS_WORDS[name])] = probabilities[:, column]
    else:
        crowd = votes[:, : len(EXPRESSIONS)]
    voted = faces.plurality >= 0
    return Judged(crowd.max(1)[voted], (crowd.argmax(1) == faces.plurality)[voted])


def risk_coverage(judged: Judged) -> dict[str, Any]:
    """Accuracy among the surest faces, for each share of faces answered.

    ``aurc`` is the error averaged over every such share, the area under the risk–coverage
    curve (El-Yaniv & Wiener 2010): 0 is a reader that is never wrong. Faces of equal
    confidence keep their order.
    """
    n = len(judged.right)
    if n == 0:
        return {"n": 0, "aurc": None, "curve": []}
    order = np.argsort(-judged.confidence, kind="stable")
    accuracy = np.cumsum(judged.right[order]) / np.arange(1, n + 1)
    counts = [max(1, round(n * (i + 1) / STEPS)) for i in range(STEPS)]
    return {
        "n": n,
        "aurc": round(float((1 - accuracy).mean()), 4),
        "curve": [[round(c / n, 4), round(float(accuracy[c - 1]), 4)] for c in counts],
    }


def reliability(judged: Judged) -> list[dict[str, Any]]:
    """Bins of equal width that hold a face: how many, how sure on the mean, how often right."""
    number = np.minimum((judged.confidence * BINS).astype(int), BINS - 1)
    return [
        {
            "from": round(b / BINS, 4),
            "n": int((number == b).sum()),
            "confidence": round(float(judged.confidence[number == b].mean()), 4),
            "accuracy": round(float(judged.right[number == b].mean()), 4),
        }
        for b in range(BINS)
        if (number == b).any()
    ]


def by_agreement(
    judged_labels: Judged, judged_raters: Judged, faces: Faces
) -> list[dict[str, Any]]:
    """Three parts of the faces with a plurality, from the least agreed on to the most.

    Agreement is the share of a face's votes that its plurality won; equal shares stay in
    one part, so the parts are only about as large as each other.
    """
    voted = faces.plurality >= 0
    ballots = faces.ballots[voted].astype(float)
    agreement = ballots.max(1) / ballots.sum(1)
    if not len(agreement):
        return []
    low, high = np.quantile(agreement, [1 / 3, 2 / 3])
    part = (agreement > low).astype(int) + (agreement > high).astype(int)
    if (part == 2).sum() == 0:  # a third and more agree wholly
        part = (agreement > low).astype(int) + (agreement >= high).astype(int)
    right = judged_labels.right[voted]
    return [
        {
            "from": round(float(agreement[part == p].min()), 4),
            "to": round(float(agreement[part == p].max()), 4),
            "n": int((part == p).sum()),
            "accuracy": round(float(right[part == p].mean()), 4),
            "ferplus_accuracy": round(float(judged_raters.right[part == p].mean()), 4),
        }
        for p in range(3)
        if (part == p).any()
    ]
