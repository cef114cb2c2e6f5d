"""How well a model reads face crops: accuracy, F1, calibration, the crowd's opinion."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from affetto_training.fer2013 import FERPLUS_VOTES, FERPLUS_WORDS, Faces


def fit_temperature(logits: Tensor, shares: Tensor) -> float:
    """The temperature that makes held-out confidences honest (Guo et al. 2017).

    Both float32 (n, classes); ``shares`` is what was true, one-hot or as raters voted.
    """
    log_t = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t], lr=0.2, max_iter=60)

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = F.cross_entropy(logits / log_t.exp(), shares)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return float(log_t.detach().exp())


@dataclass(frozen=True)
class Scores:
    """How well a model reads face crops it never saw; None where nothing could be scored."""

    n: int
    accuracy: float | None
    ci95: tuple[float, float] | None  # Wilson
    macro_f1: float | None  # over the classes that were there or were read
    ece: float | None  # 15 equal-width bins
    # Against what most FER+ raters said, eight classes. A model without contempt is
    # wrong on every face that most raters called contemptuous: these rows are scored too.
    ferplus_accuracy: float | None
    ferplus_n: int
    # How far the share of raters it expects for its word lies from the share there was.
    ferplus_ece: float | None
    confusion: list[list[int]]  # rows true, columns read

    def rounded(self) -> dict[str, Any]:
        """The same as plain values, four digits after the point."""
        return {name: _rounded(value) for name, value in vars(self).items()}


def score(
    probabilities: npt.NDArray[np.float64],
    faces: Faces,
    votes: npt.NDArray[np.float64] | None = None,
) -> Scores:
    """Score probabilities (n, classes), in the order of ``faces.names``.

    ``votes`` (n, 8 or more), in the order of FERPLUS_VOTES, is what the model thinks that
    raters would say; without it the FER+ figure is that of the classes. There a column
    more than there are classes is contempt, which no label says.
    """
    n, classes = len(faces), len(faces.names)
    confusion = np.zeros((classes, classes), int)
    expected: float | None = None
    if votes is not None:
        crowd, voted = votes[:, :8].argmax(1), faces.plurality >= 0
        asked, one = faces.votes.sum(1) > 0, np.arange(n)
        expected = gap(votes[one, crowd][asked], faces.votes[one, crowd][asked])
    else:
        words = [FERPLUS_WORDS.get(name, "") for name in faces.names]
        words += ["contempt"] * (probabilities.shape[1] - classes)
        numbers = np.array([FERPLUS_VOTES.index(w) if w else -2 for w in words])
        crowd = numbers[probabilities.argmax(1)]
        voted = (faces.plurality >= 0) & (set(FERPLUS_VOTES[:7]) <= set(words))
    agreed = (crowd == faces.plurality)[voted]
    if n == 0:
        return Scores(0, None, None, None, None, None, 0, None, confusion.tolist())
    official = probabilities[:, :classes] / probabilities[:, :classes].sum(1, keepdims=True)
    read, true = official.argmax(1), faces.labels
    np.add.at(confusion, (true, read), 1)
    either = confusion.sum(0) + confusion.sum(1)
    f1 = 2 * confusion.diagonal()[either > 0] / either[either > 0]
    accuracy, z = float((read == true).mean()), 1.96
    centre = (accuracy + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(accuracy * (1 - accuracy) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Scores(
        n=n,
        accuracy=accuracy,
        ci95=(centre - half, centre + half),
        macro_f1=float(f1.mean()),
        ece=gap(official.max(1), read == true),
        ferplus_accuracy=float(agreed.mean()) if len(agreed) else None,
        ferplus_n=len(agreed),
        ferplus_ece=expected,
        confusion=confusion.tolist(),
    )


def gap(said: npt.NDArray[Any], was: npt.NDArray[Any]) -> float | None:
    """Expected calibration error: |said - was|, both (n,), averaged in 15 equal bins of said.

    None when there is nothing to compare.
    """
    if len(said) == 0:
        return None
    bins = np.minimum((said * 15).astype(int), 14)
    return float(sum(abs((said - was)[bins == b].sum()) for b in range(15)) / len(said))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, tuple):
        return [round(v, 4) for v in value]
    return value
