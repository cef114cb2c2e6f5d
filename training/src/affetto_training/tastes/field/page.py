"""Writes what was found of SiTunes: JSON, CSV, charts and the page; the same bytes each time."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from affetto_training.tastes.field import ratings
from affetto_training.tastes.field.charts import charts
from affetto_training.tastes.field.words import page_of
from affetto_training.tastes.field.writing import between, signed


def write(found: Mapping[str, Any], results: Path, page: Path) -> list[Path]:
    """Write figures as JSON and CSV, the charts, and the page last; all files."""
    results.mkdir(parents=True, exist_ok=True)
    folder = page.parent / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    files = [results / "situnes.json"]
    _put(files[0], json.dumps(found, indent=1) + "\n")
    for name, rows in _as_tables(found).items():
        files.append(results / f"situnes-{name}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    for name, text in charts(found).items():
        files.append(folder / name)
        _put(files[-1], text)
    _put(page, page_of(found))
    return [*files, page]


def printed(found: Mapping[str, Any]) -> str:
    """The few figures that matter most, for a terminal."""
    ours = found["ratings"]["ways"][ratings.OURS]
    lines = [
        f"rating, in time order, listeners left out: RMSE {ours['rmse']:.3f} "
        f"({between(ours['rmse_ci95'])}), AUC {ours['auc']:.3f} ({between(ours['auc_ci95'])})"
    ]
    for goal, told in found["uplift"]["overall"].items():
        lines.append(
            f"{goal}, {told['plays']}: {signed(told['DR'][0])} over chance, s.e. "
            f"{told['DR'][1]:.3f} ({between(told['ci95'])}), a study figure: effective sample "
            f"{told['effective']:.0f}"
        )
    return "\n".join(lines)


def _as_tables(found: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    told = found["moods"]
    return {
        "ratings": [
            {"way": way, "rmse": r["rmse"], "rmse_low": r["rmse_ci95"][0],
             "rmse_high": r["rmse_ci95"][1], "auc": r["auc"], "auc_low": r["auc_ci95"][0],
             "auc_high": r["auc_ci95"][1]}
            for way, r in found["ratings"]["ways"].items()
        ],
        "moods": [
            {"axis": axis, "known": way, "r2": r["r2"], "rmse": r["rmse"],
             "rmse_low": r["rmse_ci95"][0], "rmse_high": r["rmse_ci95"][1]}
            for axis, ways in told["told"].items()
            for way, r in ways.items()
        ],
        "effects": [
            {"axis": axis, "known": way, "of": name, "coefficient": value, "error": error}
            for axis, ways in told["effects"].items()
            for way, r in ways.items()
            for name, (value, error) in r["coefficients"].items()
        ],
        "uplift": [
            {"goal": p["goal"], "policy": p["way"], "plays": p["plays"],
             "effective": p["effective"], "largest": p["largest"], "estimator": name,
             "uplift": value, "error": error, "refused": name in p["refusals"]}
            for p in found["uplift"]["policies"]
            for name, (value, error) in p["uplift"].items()
        ],
    }  # fmt: skip


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
