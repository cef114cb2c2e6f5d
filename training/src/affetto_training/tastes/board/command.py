"""What ``leaderboard`` does with what was asked for."""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from affetto.errors import AffettoError, Misuse

FIGURES: Final = "leaderboard.json"
TRIED: Final = "leaderboard-tuning.csv"


def answer(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    for part in ("scipy", "implicit", "torch"):
        if importlib.util.find_spec(part) is None:
            raise AffettoError(
                f"{part} is not installed, so the leaderboard cannot be made.",
                remedy="Run tools/setup.py training.",
            )
    with _one_thread():
        return tune(options) if options.tune else ranked(options)


def asked_for(options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Each table with the models that were asked for; Misuse when there is none."""
    from affetto_training.tastes.board.tables import TABLES, models_of

    names = [t for t in TABLES if options.table in (None, t)]
    known = {model for t in names for model in models_of(t)}
    if options.only is not None and options.only not in known:
        raise Misuse(
            f"There is no model called {options.only!r}.",
            remedy=f"There are {', '.join(sorted(known))}.",
        )
    for name in names:
        models = [m for m in models_of(name) if options.only in (None, m)]
        if models:
            yield name, models


def tune(options: argparse.Namespace) -> str:
    """Find settings anew, model by model, and keep each at once with everything tried."""
    from affetto_training.tastes.board.settings import keep_settings, read_settings
    from affetto_training.tastes.board.tables import judge_of, models_of
    from affetto_training.tastes.board.tuning import tuned

    told = []
    for table, models in asked_for(options):
        known = read_settings(options.settings) if options.settings.exists() else {}
        settings: dict[str, dict[str, Any]] = known.get(table, {})
        judge = judge_of(table, options.data, settings)
        for name in models:
            grid = models_of(table)[name].grid
            if not grid:
                continue
            began = time.process_time()
            winner, trials = tuned(name, grid, partial(judge, name), 0)
            settings[name] = winner
            keep_settings(options.settings, table, name, winner)
            _keep_trials(options.to / TRIED, table, name, trials)
            best = max(trial.ndcg for trial in trials)
            cpu_s = time.process_time() - began
            told.append(f"{table}: {name} {best:.4f} of {len(trials)}, {cpu_s:.0f} CPU-s")
    return "\n".join([*told, f"{options.settings} holds the settings."])


def ranked(options: argparse.Namespace) -> str:
    """Train every model as it was tuned, and write what came of it.

    One model alone is only printed; one table alone takes its place among the stored figures.
    """
    from affetto_training.tastes.board.settings import read_settings
    from affetto_training.tastes.board.tables import table

    settings = read_settings(options.settings)
    if options.only:
        lines = []
        for name, models in asked_for(options):
            mine = settings.get(name, {})
            told = table(name, options.data, mine, models, whole=False, quick=options.quick)
            lines += [_line(name, row) for row in told["rows"]]
        return "\n".join(lines)

    made = {}
    for name, models in () if options.from_results else asked_for(options):
        began = time.process_time()
        mine = settings.get(name, {})
        made[name] = table(name, options.data, mine, models, whole=True, quick=options.quick)
        made[name]["quick"] = options.quick
        made[name]["minutes"] = (time.process_time() - began) / 60
    kept = options.to / FIGURES
    found = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    found |= made
    files = write(found, options.to, options.page)
    if options.track:
        from affetto_training.songs.diary import keep

        flat = {table: json.dumps(models) for table, models in settings.items()}
        of = {"name": "leaderboard", "source": "affetto_training.tastes"}
        keep(_figures(found), flat, files, options.track, **of)
    return f"{files[-1]} and {len(files) - 1} files"


def write(found: dict[str, Any], results: Path, page: Path) -> list[Path]:
    """Write figures as JSON and CSV, and once all tables are there, charts and the page."""
    from affetto_training.tastes.board.page import charts, page_of
    from affetto_training.tastes.board.tables import TABLES

    results.mkdir(parents=True, exist_ok=True)
    files = {results / FIGURES: json.dumps(found, indent=1, ensure_ascii=False) + "\n"}
    for name in TABLES:
        if name in found:
            files[results / f"leaderboard-{name}.csv"] = _csv(found[name]["rows"])
    if all(name in found for name in TABLES):
        files |= {page.parent / "charts" / name: text for name, text in charts(found).items()}
        files[page] = page_of(found)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(files)


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows without lists, numbers with five digits."""
    text = io.StringIO()
    names = [name for name, value in rows[0].items() if not isinstance(value, list)]
    writer = csv.DictWriter(text, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: round(v, 5) if isinstance(v, float) else v for k, v in row.items()})
    return text.getvalue()


def _figures(found: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of each model by its table and name."""
    return {t: {row["model"]: row for row in told["rows"]} for t, told in found.items()}


def _line(table: str, row: dict[str, Any]) -> str:
    return (
        f"{table}: {row['model']}: Recall@20 {row['recall']:.4f} ± {row['recall_half']:.4f}, "
        f"NDCG@20 {row['ndcg']:.4f} ± {row['ndcg_half']:.4f}, {row['cpu_s']:.0f} CPU-s a split"
    )


def _keep_trials(path: Path, table: str, model: str, trials: Any) -> None:
    """Put these trials into the file in the place of the model's earlier ones."""
    rows = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
    rows = [row for row in rows if row[:2] != [table, model]]
    rows += [[table, model, json.dumps(dict(t.settings)), f"{t.ndcg:.5f}"] for t in trials]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "model", "settings", "validation_ndcg20"])
        writer.writerows(rows)


@contextmanager
def _one_thread() -> Iterator[None]:
    """More threads would add numbers up in another order."""
    import torch
    from threadpoolctl import threadpool_limits

    torch.set_num_threads(1)
    with threadpool_limits(1):
        yield
