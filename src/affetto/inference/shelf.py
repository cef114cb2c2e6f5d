"""The shelf of models: finds a model's file and makes sure that it is the right one."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from affetto.errors import ModelMissing
from affetto.inference.card import ModelCard

MODELS: Final = Path(__file__).with_name("models")


def find(name: str, *, folder: Path = MODELS) -> tuple[Path, ModelCard]:
    """The file ``NAME.onnx`` and its card.

    Raises ModelMissing when either is absent, or when the file is not the one whose
    sha256 the card gives. A file is hashed once, and again only if it changes.
    """
    card = ModelCard.read(folder / f"{name}.card.json")
    path = folder / f"{name}.onnx"
    try:
        stat = path.stat()
    except OSError as error:
        raise ModelMissing(
            f"The model {path.name} is not installed.",
            remedy="From a clone, run `make run`, which builds it; otherwise reinstall affetto.",
        ) from error
    if _sha256(path, stat.st_mtime_ns, stat.st_size) != card.sha256:
        raise ModelMissing(
            f"The model {path.name} is damaged (its checksum differs from its card's).",
            remedy="Delete it and run `make run` from a clone; otherwise reinstall affetto.",
        )
    return path, card


@lru_cache(maxsize=16)
def _sha256(path: Path, mtime_ns: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
