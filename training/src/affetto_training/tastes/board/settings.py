"""The file of tuned settings: TOML, a table for each model of each table, to be read by eye."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from affetto.errors import AffettoError

Tables = dict[str, dict[str, dict[str, Any]]]  # table, model, setting

HEAD: Final = """\
# What each recommender of the leaderboard was tuned to; written by
#   python -m affetto_training.tastes leaderboard --data DIR --tune
# Every configuration tried is in training/results/leaderboard-tuning.csv.
"""


def read_settings(path: Path) -> Tables:
    """Settings by table and model; AffettoError where there are none."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AffettoError(
            f"{path} is not there, so no model knows its settings.",
            remedy="Add --tune to find them, or name their file with --settings.",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise AffettoError(
            f"{path} cannot be read: {error}.", remedy="Put it right, or add --tune to write it."
        ) from None
    return told


def keep_settings(path: Path, table: str, model: str, settings: Mapping[str, Any]) -> None:
    """Put one model's settings into the file, beside those that are there."""
    tables = read_settings(path) if path.exists() else {}
    tables.setdefault(table, {})[model] = dict(settings)
    parts = [HEAD]
    for name, models in tables.items():
        for called, values in models.items():
            lines = [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in values.items()]
            parts.append("\n".join([f"[{name}.{json.dumps(called)}]", *lines]) + "\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8", newline="\n")
