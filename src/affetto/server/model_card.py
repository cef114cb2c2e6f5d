"""What a model's card tells a listener: how good it is, on what, and what it is not.

A card is a file that anybody may write, so a figure that is missing or is none is told
as null and never made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from affetto.server import wire

if TYPE_CHECKING:
    from affetto.inference.card import ModelCard


def model(card: ModelCard, size_bytes: int) -> wire.Model:
    """The card of the model whose file is ``size_bytes`` large."""
    groups = card.scores.get("groups")
    speed = card.scores.get("speed")
    return wire.Model(
        name=card.name,
        version=card.version,
        labels=list(card.labels),
        data=card.data,
        scores=[
            scores
            for on, told in card.scores.items()
            if isinstance(told, Mapping) and (scores := _scores(on, told, card.labels))
        ],
        groups=groups if isinstance(groups, str) else "",
        size_bytes=size_bytes,
        cpu_ms=_number(speed.get("cpu_ms")) if isinstance(speed, Mapping) else None,
        licence=card.licence,
        notes=card.notes,
    )


def file(card: ModelCard, size_bytes: int) -> wire.ModelFile:
    """A model file as the page fetches it."""
    return wire.ModelFile(
        name=card.name,
        url=address(card),
        bytes=size_bytes,
        sha256=card.sha256,
        card=wire.ModelAnswers(
            name=card.name,
            version=card.version,
            labels=list(card.labels),
            temperature=card.temperature,
            votes=list(card.votes),
            votes_temperature=card.votes_temperature,
        ),
    )


def address(card: ModelCard) -> str:
    """Where a model file is found: an address that never means another file."""
    return f"/models/{card.name}-{card.sha256[:12]}.onnx"


def _scores(on: str, told: Mapping[str, object], labels: Sequence[str]) -> wire.Scores | None:
    """One set of figures, or None for what is no score, such as how it was trained."""
    n, accuracy = _number(told.get("n")), _number(told.get("accuracy"))
    if n is None or accuracy is None:
        return None
    ferplus_n = _number(told.get("ferplus_n"))
    return wire.Scores(
        on=on,
        n=int(n),
        accuracy=accuracy,
        ci95=_pair(told.get("ci95")),
        macro_f1=_number(told.get("macro_f1")),
        ece=_number(told.get("ece")),
        ferplus_accuracy=_number(told.get("ferplus_accuracy")),
        ferplus_n=int(ferplus_n) if ferplus_n is not None else None,
        ferplus_ece=_number(told.get("ferplus_ece")),
        found=_found(told.get("confusion"), labels),
    )


def _found(confusion: object, labels: Sequence[str]) -> dict[str, float]:
    """Of each expression, the share that was read as what it was (recall).

    ``confusion`` counts faces, rows true and columns read, both in the order of labels.
    """
    if not isinstance(confusion, Sequence) or len(confusion) != len(labels):
        return {}
    return {
        label: round(row[i] / sum(row), 4)
        for i, (label, row) in enumerate(zip(labels, confusion, strict=True))
        if isinstance(row, Sequence) and len(row) == len(labels) and sum(row) > 0
    }


def _pair(told: object) -> tuple[float, float] | None:
    if not isinstance(told, Sequence) or len(told) != 2:
        return None
    low, high = _number(told[0]), _number(told[1])
    return None if low is None or high is None else (low, high)


def _number(told: object) -> float | None:
    good = isinstance(told, int | float) and not isinstance(told, bool)
    return float(told) if good else None  # type: ignore[arg-type]
