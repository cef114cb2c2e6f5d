"""What a model says of itself: the JSON card that lies beside its file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from affetto.errors import ModelMissing


@dataclass(frozen=True, slots=True)
class ModelInput:
    """What a model wants to be given: float32, one value range, one order of colours."""

    name: str
    shape: tuple[int | str, ...]  # a word such as "n" where any number will do
    colour: str  # "grey" or "rgb"
    range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model: how to feed it, how to read it, where it comes from, how good it is.

    ``labels`` is the order of the model's outputs and the only place that order lives.
    """

    name: str
    version: str
    task: str
    input: ModelInput
    licence: str
    sha256: str  # of the model file, lower-case hexadecimal
    labels: tuple[str, ...] = ()
    temperature: float = 1.0  # logits are divided by it before the softmax
    data: str = ""  # what it learnt from
    scores: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)  # where its weights come from
    notes: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read ``NAME.card.json``; ModelMissing when it is absent or says too little."""
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            given = values["input"]
            values["input"] = ModelInput(
                name=given["name"],
                shape=tuple(given["shape"]),
                colour=given["colour"],
                range=(float(given["range"][0]), float(given["range"][1])),
            )
            values["labels"] = tuple(values.get("labels", ()))
            return cls(**values)
        except FileNotFoundError as error:
            raise ModelMissing(
                f"The model card {path.name} is not there.", remedy="Reinstall affetto."
            ) from error
        except (ValueError, KeyError, TypeError, IndexError, OSError) as error:
            raise ModelMissing(
                f"The model card {path.name} cannot be read ({error}).",
                remedy="Reinstall affetto; a card of your own must follow docs/models.md.",
            ) from error

    def write(self, path: Path) -> None:
        """Write the card; ``read`` gives it back unchanged."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
