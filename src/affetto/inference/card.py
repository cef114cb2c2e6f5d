"""What a model says of itself: the JSON card beside its file, and the copy inside it."""

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
    A file that carries its own card leaves ``sha256`` empty there: no file can hold its
    own checksum.
    """

    name: str
    version: str
    task: str
    input: ModelInput
    licence: str
    sha256: str  # of the model file, lower-case hexadecimal
    labels: tuple[str, ...] = ()
    temperature: float = 1.0  # logits are divided by it before the softmax
    votes: tuple[str, ...] = ()  # order of a second output, what raters would say
    votes_temperature: float = 1.0
    data: str = ""  # what it learnt from
    scores: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)  # where its weights come from
    notes: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read ``NAME.card.json``; ModelMissing when it is absent or says too little."""
        try:
            return cls.parse(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise ModelMissing(
                f"The model card {path.name} is not there.", remedy="Reinstall affetto."
            ) from error
        except (ValueError, KeyError, TypeError, IndexError, OSError) as error:
            raise ModelMissing(
                f"The model card {path.name} cannot be read ({error}).",
                remedy="Reinstall affetto; a card of your own must follow docs/models.md.",
            ) from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """The card that ``text`` holds as JSON. ValueError, KeyError, TypeError or
        IndexError when it is none."""
        values = json.loads(text)
        given = values["input"]
        values["input"] = ModelInput(
            name=given["name"],
            shape=tuple(given["shape"]),
            colour=given["colour"],
            range=(float(given["range"][0]), float(given["range"][1])),
        )
        values["labels"] = tuple(values.get("labels", ()))
        values["votes"] = tuple(values.get("votes", ()))
        return cls(**values)

    @property
    def text(self) -> str:
        """The card as JSON; ``parse`` gives it back unchanged."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)

    def write(self, path: Path) -> None:
        """Write the card; ``read`` gives it back unchanged."""
        path.write_text(self.text + "\n", encoding="utf-8")
