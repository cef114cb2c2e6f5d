"""What is kept of a run: one JSON file in ``training/results``, and what follows from it.

Standard library only, so that a report is written where nothing is trained.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from affetto.errors import AffettoError

RISE: Final = 0.005  # a curve that rises by less than half a point is flat
FIFTHS: Final = 5


@dataclass(frozen=True)
class Result:
    """One measured run. Accuracies and intervals are shares of PublicTest."""

    name: str
    row: str  # the earlier system it stands beside; "" for ours
    net: str
    weights: str  # where the body's came from, or "from scratch"
    claim: float | None
    seed: int
    classes: int
    parameters: int
    learnt_from: int  # images
    held_out: int  # images of Training that were watched
    data: str  # which copy of FER2013
    data_hash: str  # of what it learnt from
    data_limit: int  # 0 = all of it
    epochs: int
    of_epochs: int  # as planned
    best_epoch: int  # by accuracy on the held-out images, the first of equals
    plateau: bool  # see ``flat``
    cpu_s: int
    device: str
    labels: tuple[str, ...]
    n: int
    accuracy: float
    ci95: tuple[float, float]
    macro_f1: float
    ece: float
    ferplus_accuracy: float | None
    ferplus_n: int
    confusion: tuple[tuple[int, ...], ...]  # rows true, columns read
    curve: tuple[Mapping[str, float], ...]  # one entry an epoch

    @property
    def shortened(self) -> bool:
        """Whether it learnt for fewer epochs, or from fewer images, than planned."""
        return self.epochs < self.of_epochs or self.data_limit > 0

    @classmethod
    def read(cls, path: Path) -> Result:
        """Read what ``measure`` wrote; AffettoError names what is missing."""
        try:
            told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            known = {f.name: told[f.name] for f in fields(cls)}
            known |= {key: tuple(known[key]) for key in ("labels", "ci95", "curve")}
            known["confusion"] = tuple(tuple(row) for row in known["confusion"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AffettoError(
                f"{path} is not the result of a run: {error}.",
                remedy="Write it anew with the command measure and --to.",
            ) from error
        return cls(**known)


def as_json(found: Mapping[str, Any]) -> str:
    """A result as it is kept: an epoch, and a row of the confusion matrix, a line."""
    lines = []
    for key, value in found.items():
        text = json.dumps(value)
        if isinstance(value, list) and value and isinstance(value[0], list | dict):
            rows = ",\n    ".join(json.dumps(row) for row in value)
            text = f"[\n    {rows}\n  ]"
        lines.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def flat(curve: Sequence[Mapping[str, float]]) -> bool:
    """Whether a run's curve had stopped rising when it ended.

    The mean held-out accuracy of the last fifth of its epochs (three at least) is less
    than half a point above that of the fifth before. A curve that falls is flat, too; one
    too short to tell is not.
    """
    part = max(3, len(curve) // FIFTHS)
    if len(curve) < 2 * part:
        return False
    last = [row["held_out_accuracy"] for row in curve]
    before, after = last[-2 * part : -part], last[-part:]
    return (sum(after) - sum(before)) / part < RISE


def best_epoch(curve: Sequence[Mapping[str, float]]) -> int:
    """The epoch that read the held-out images best; the first of equals."""
    return int(max(curve, key=lambda row: row["held_out_accuracy"])["epoch"])


def stored(folder: Path) -> dict[str, Result]:
    """Every run measured into ``folder``, by name; other JSON files there are passed over."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        if {"curve", "of_epochs"} <= set(json.loads(path.read_text(encoding="utf-8"))):
            result = Result.read(path)
            found[result.name] = result
    return found
