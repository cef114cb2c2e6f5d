"""One finished study as MLflow keeps it: what went in, every figure, the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from affetto_training.tracking import _commit, _folder_of, client_of

EXPERIMENT: Final = "music"


def keep(
    found: Mapping[str, Any],
    params: Mapping[str, Any],
    files: Sequence[Path],
    store: str,
    *,
    name: str = "music-study",
    source: str = "affetto_training.music_study",
) -> str:
    """Write one finished run into the store; its number there. AffettoError without MLflow."""
    from mlflow.entities import Metric

    client = client_of(store)
    known = client.get_experiment_by_name(EXPERIMENT)
    number = known.experiment_id if known else _made(client, store)
    tags = {"mlflow.source.name": source}
    if commit := _commit():
        tags["mlflow.source.git.commit"] = commit
    run = str(client.create_run(number, run_name=name, tags=tags).info.run_id)
    for param, value in params.items():
        client.log_param(run, param, value)
    metrics = [Metric(way, value, 0, step) for way, value, step in figures(found)]
    for i in range(0, len(metrics), 1000):
        client.log_batch(run, metrics[i : i + 1000])
    for file in files:
        client.log_artifact(run, str(file))
    client.set_terminated(run, "FINISHED")
    return run


def figures(found: Any, name: str = "") -> Iterator[tuple[str, float, int]]:
    """Every number with the way to it, in words that MLflow takes; curves by their epochs."""
    if isinstance(found, bool) or found is None:
        return
    if isinstance(found, int | float):
        yield name, float(found), 0
    elif isinstance(found, Mapping):
        for key, value in found.items():
            clean = "".join(c if c.isascii() and c.isalnum() else "_" for c in str(key))
            yield from figures(value, f"{name}/{clean}" if name else clean)
    elif isinstance(found, list) and found and isinstance(found[0], Mapping):
        for row in found:
            for key, value in row.items():
                if key != "epoch":
                    yield f"{name}/{key}", float(value), int(row["epoch"])


def _made(client: Any, store: str) -> str:
    beside = None
    if store.startswith("sqlite:///"):
        beside = (_folder_of(store) / "mlflow-files").resolve().as_uri()
    return str(client.create_experiment(EXPERIMENT, beside))
