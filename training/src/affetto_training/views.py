"""Jittered views of Training with what some teachers say of each: lessons for a smaller net.

``VIEWS/view-K.npz`` holds one view of every face, in the order of the rows that a run
learns from; ``of`` in it is their digest, so that views never teach about other faces.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from affetto.errors import Misuse
from affetto_training.fer2013 import Faces


@dataclass(frozen=True)
class Views:
    """k views of n faces: pixels uint8 (k, n, 48, 48), what the teachers said float16
    (k, n, classes) and (k, n, 9), and which are hidden, bool (k, n)."""

    pixels: Tensor
    labels: Tensor
    votes: Tensor
    hidden: Tensor
    teachers: tuple[str, ...]  # what each was called, and what it began with

    @classmethod
    def read(cls, folder: Path, faces: Faces) -> Views:
        """Every view in ``folder``. Raises Misuse if there is none, or they are of others."""
        files = sorted(folder.glob("view-*.npz"))
        if not files:
            raise Misuse(f"{folder} holds no views.", remedy="Make some with the command views.")
        kept: dict[str, list[Tensor]] = {
            name: [] for name in ("pixels", "labels", "votes", "hidden")
        }
        teachers: set[tuple[str, ...]] = set()
        for file in files:
            with np.load(file) as view:
                if str(view["of"]) != faces.digest:
                    raise Misuse(
                        f"{file} shows other faces than this run learns from.",
                        remedy="Make views with this run's configuration and data.",
                    )
                teachers.add(tuple(str(name) for name in view["teachers"]))
                for name, parts in kept.items():
                    parts.append(torch.from_numpy(view[name]))
        if len(teachers) > 1:
            raise Misuse(
                f"The views in {folder} are of different teachers.",
                remedy="Keep those of one circle of teachers in one folder.",
            )
        whole = {name: torch.stack(tensors) for name, tensors in kept.items()}
        return cls(**whole, teachers=teachers.pop())
