"""Runs in MLflow: what went in, the curve, what came out, and the net itself.

MLflow is optional and never asked for unless somebody says ``--track``. Its store is a
SQLite file; what is too large for a table lies in a folder beside it. A run remembers its
place in the store (``RUN/mlflow.json``), so that a resumed one goes on where it was.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from affetto.errors import AffettoError
from affetto_training import nets
from affetto_training.bookkeeping import STORE
from affetto_training.config import Config
from affetto_training.loop import Progress, read_run

EXPERIMENT: Final = "faces"
PLACE: Final = "mlflow.json"  # where in a store a run is kept
SCORES: Final = ("accuracy", "macro_f1", "ece", "ferplus_accuracy")


def available() -> bool:
    """Whether MLflow is installed, whole or skinny."""
    return importlib.util.find_spec("mlflow") is not None


def client_of(store: str) -> Any:
    """A client of the store, which is made when it is not there; AffettoError without MLflow."""
    if not available():
        raise AffettoError(
            "MLflow is not installed, so no run can be tracked.",
            remedy="Run tools/setup.py training, or pip install mlflow-skinny sqlalchemy alembic.",
        )
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    from mlflow import MlflowClient

    if store.startswith("sqlite:///"):
        _folder_of(store).mkdir(parents=True, exist_ok=True)
    return MlflowClient(tracking_uri=store, registry_uri=store)


class Diary:
    """One training run as MLflow keeps it."""

    def __init__(self, run: Path, store: str = STORE) -> None:
        self.run = run
        self.client = client_of(store)
        self.store = store
        self.id = ""
        self.last = 0  # the last epoch that the store knows

    def heard(self, progress: Progress) -> None:
        """Write down every epoch that is not there yet; the run's first words come first."""
        from mlflow.entities import Metric

        if not self.id:
            self._open()
            self.client.update_run(self.id, "RUNNING")

        now = int(time.time() * 1000)
        new = [row for row in progress.curve if row["epoch"] > self.last]
        metrics = [
            Metric(name, float(value), now, int(row["epoch"]))
            for row in new
            for name, value in row.items()
            if name != "epoch"
        ]
        for i in range(0, len(metrics), 1000):  # as many as the store takes at once
            self.client.log_batch(self.id, metrics[i : i + 1000])
        self.last = max([self.last, *(int(row["epoch"]) for row in new)])

    def close(self) -> None:
        """Keep the net, and put it into the registry once.

        The run is called finished, or killed while it has epochs left to learn.
        """
        config, net, saved = read_run(self.run)
        self.heard(Progress(**saved["progress"]))
        weights = self.run / "weights.pt"
        torch.save({k: saved.get(k) for k in ("config", "made_of", "average")}, weights)
        digest = _digest(saved["average"])
        self.client.log_artifact(self.id, str(weights), f"model/{digest}")
        self.client.set_tag(self.id, "parameters", sum(p.numel() for p in net.parameters()))
        weights.unlink()
        self._register(config.name, digest)
        if (self.run / "scores.json").exists():
            self.measured(json.loads((self.run / "scores.json").read_text(encoding="utf-8")))
        whole = saved["progress"]["epoch"] >= config.planned
        self.client.set_terminated(self.id, "FINISHED" if whole else "KILLED")

    def measured(self, found: Mapping[str, Any]) -> None:
        """Keep what ``measure`` found: figures, confusion matrix, and the result itself."""
        if not self.id:
            self._open()
        for name in SCORES:
            if found[name] is not None:
                self.client.log_metric(self.id, f"PublicTest_{name}", found[name])
        self.client.set_tag(self.id, "data_hash", found["data_hash"])  # of an older run, too
        matrix = {"labels": found["labels"], "rows true, columns read": found["confusion"]}
        self.client.log_dict(self.id, matrix, "confusion.json")
        self.client.log_dict(self.id, dict(found), "result.json")

    def attach(self, *files: Path) -> None:
        """Keep files with the run: the exported net and its card."""
        if not self.id:
            self._open()
        for file in files:
            self.client.log_artifact(self.id, str(file), "export")

    def _open(self) -> None:
        """Find the run's place in the store, or make one."""
        place = self.run / PLACE
        known = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
        if known.get("store") == self.store and self._goes_on(known["run"]):
            return
        config, _, saved = read_run(self.run)
        experiment = self.client.get_experiment_by_name(EXPERIMENT)
        number = experiment.experiment_id if experiment else self._experiment()
        tags = {"mlflow.source.name": "affetto_training.faces", "row": config.row or "ours"}
        if commit := _commit():
            tags["mlflow.source.git.commit"] = commit
        made = self.client.create_run(number, run_name=config.name, tags=tags)
        self.id = made.info.run_id
        for name, value in asdict(config).items():
            self.client.log_param(self.id, name, value)
        self.client.log_param(self.id, "data_hash", saved.get("data", "unknown"))
        self.client.log_param(self.id, "device", saved.get("device", "CPU"))
        self.client.log_dict(self.id, asdict(config), "config.json")
        place.write_text(json.dumps({"store": self.store, "run": self.id}) + "\n", "utf-8")

    def _goes_on(self, number: str) -> bool:
        """Whether the store still has this run; then it is written on there."""
        from mlflow.exceptions import MlflowException

        try:
            stage = self.client.get_run(number).info.lifecycle_stage
        except MlflowException:
            return False
        if stage != "active":  # deleted, and still in the bin
            return False
        known = self.client.get_metric_history(number, "train_loss")
        self.id = number
        self.last = max((metric.step for metric in known), default=0)
        return True

    def _experiment(self) -> str:
        beside = None
        if self.store.startswith("sqlite:///"):
            beside = (_folder_of(self.store) / "mlflow-files").resolve().as_uri()
        kind = {"mlflow.experimentKind": "custom_model_development"}  # shown as training
        return str(self.client.create_experiment(EXPERIMENT, beside, tags=kind))

    def _register(self, name: str, digest: str) -> None:
        """A version for each set of weights, and no second one for the same."""
        versions = self.client.search_model_versions(f"name='{name}'")
        if any(v.tags.get("weights") == digest for v in versions):
            return
        if not self.client.search_registered_models(f"name='{name}'"):
            self.client.create_registered_model(name)
        source = f"{self.client.get_run(self.id).info.artifact_uri}/model/{digest}"
        self.client.create_model_version(name, source, self.id, tags={"weights": digest})


def tracked(run: Path) -> Diary | None:
    """The diary of a run that is tracked already; None where it is not, or cannot be."""
    place = run / PLACE
    if not place.exists() or not available():
        return None
    return Diary(run, json.loads(place.read_text(encoding="utf-8"))["store"])


def registered(name: str, version: int | None = None, store: str = STORE) -> nn.Module:
    """A net from the registry, its newest version by default, as it was when it was kept."""
    client = client_of(store)
    from mlflow.artifacts import download_artifacts

    versions = {int(v.version): v for v in client.search_model_versions(f"name='{name}'")}
    chosen = versions.get(version or max(versions, default=0))
    if chosen is None:
        raise AffettoError(
            f"The registry in {store} has no {name}{f' {version}' if version else ''}.",
            remedy=f"It has {', '.join(map(str, sorted(versions))) or 'nothing of that name'}.",
        )
    folder = Path(download_artifacts(artifact_uri=chosen.source, tracking_uri=store))
    kept = torch.load(folder / "weights.pt", map_location="cpu", weights_only=False)
    net = nets.build(Config(**kept["config"]), made_of=kept["made_of"])
    net.load_state_dict(kept["average"])
    return net.eval()


def _folder_of(store: str) -> Path:
    return Path(store.removeprefix("sqlite:///")).parent


def _digest(weights: Mapping[str, torch.Tensor]) -> str:
    whole = hashlib.sha256()
    for name, tensor in weights.items():
        whole.update(name.encode() + tensor.detach().cpu().contiguous().numpy().tobytes())
    return whole.hexdigest()[:16]


def _commit() -> str:
    """The commit that the working tree stands on, empty where there is none."""
    try:
        done = subprocess.run(
            ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()
