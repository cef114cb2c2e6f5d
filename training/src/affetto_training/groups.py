"""Scores for each group of faces, as a column of the table tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError
from affetto_training.fer2013 import Faces
from affetto_training.scores import score

FEW: Final = 30  # faces; below, a group's figures say little
MOST: Final = 50  # groups; more is a number that nobody put into ranges
UNSAID: Final = "(not said)"

Shares = npt.NDArray[np.float64]


def by_group(
    groups: Sequence[str], probabilities: Shares, faces: Faces, votes: Shares | None
) -> dict[str, dict[str, Any]]:
    """The keys of ``Scores`` for each group, without the confusion, and whether it is small.

    ``groups`` (n,) names each face's group, "" where nothing is said. ``probabilities`` and
    ``votes`` are those of ``score``. Raises AffettoError when there are too many groups.
    """
    named = np.array([group or UNSAID for group in groups])
    names = sorted(set(named.tolist()), key=lambda name: (name == UNSAID, name))
    if len(names) > MOST:
        raise AffettoError(
            f"The column tells {len(names):,} groups apart.",
            remedy=f"Put its values into at most {MOST} groups, ranges of age for instance.",
        )
    found = {}
    for name in names:
        rows = named == name
        scores = score(
            probabilities[rows], faces.only(rows), None if votes is None else votes[rows]
        ).rounded()
        del scores["confusion"]
        found[name] = {**scores, "small": bool(rows.sum() < FEW)}
    return found


def as_lines(column: str, groups: dict[str, dict[str, Any]]) -> list[str]:
    """The same for a reader, one line a group."""
    wide = max(len(column), *(len(name) for name in groups))
    lines = [f"{column:<{wide}}{'n':>8}  accuracy (95 %)          macro-F1     ECE    FER+"]
    for name, scores in groups.items():
        low, high = scores["ci95"]
        crowd = scores["ferplus_accuracy"]
        lines.append(
            f"{name:<{wide}}{scores['n']:>8,}  {scores['accuracy']:6.1%} ({low:.1%} to {high:.1%})"
            f"{scores['macro_f1']:>10.3f}{scores['ece']:>9.3f}"
            f"{'-' if crowd is None else f'{crowd:.1%}':>8}"
            f"{'  few faces: hardly a figure' if scores['small'] else ''}"
        )
    return lines
