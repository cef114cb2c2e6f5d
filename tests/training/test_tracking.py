"""What MLflow keeps of a run: all of it, once, and a net that reads as it did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")
pytest.importorskip("onnx", reason="training writes ONNX")
pytest.importorskip("mlflow", reason="tracking needs mlflow-skinny (installed when CI=true)")

import torch
from mlflow import MlflowClient

from affetto.errors import AffettoError
from affetto_training import bookkeeping, tracking
from affetto_training import faces as lab
from affetto_training.loop import logits_of, read_run
from affetto_training.tracking import registered

pytestmark = [
    pytest.mark.training,
    # MLflow asks SQLAlchemy 2.1 for a way of loading that it calls out of date.
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning"),
]

CONFIG = 'name = "tiny"\nwidths = [4, 8]\nphases = [[24, 3]]\nbatch = 32\nheld_out = 16\n'


@pytest.fixture(scope="module")
def store(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A store with one run: stopped after its first epoch, gone on with, measured, exported."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "tiny.toml").write_text(CONFIG)
    kept = f"sqlite:///{(folder / 'store' / 'mlflow.db').as_posix()}"
    run, table = str(folder / "run"), ["--data", str(data)]
    train = ["train", str(folder / "tiny.toml"), *table, "--out", run, "--track", kept]
    assert lab.main([*train, "--cpu-seconds", "0"]) == 0
    assert the_run(kept)[1].info.status == "KILLED"
    assert lab.main(train) == 0
    assert lab.main(["measure", run, *table]) == 0
    assert lab.main(["export", run, *table, "--to", str(folder / "net.onnx")]) == 0
    yield kept


def folder_of(store: str) -> Path:
    return Path(store.removeprefix("sqlite:///")).parent.parent


def the_run(store: str):
    client = MlflowClient(tracking_uri=store)
    experiment = client.get_experiment_by_name("faces")
    assert experiment is not None
    (run,) = client.search_runs([experiment.experiment_id])
    return client, run


def test_a_run_that_was_stopped_goes_on_in_the_same_place_and_no_epoch_is_told_twice(
    store: str,
) -> None:
    client, run = the_run(store)
    _, _, saved = read_run(folder_of(store) / "run")
    for name in ("train_loss", "held_out_loss", "held_out_accuracy", "cpu_s"):
        told = [(m.step, m.value) for m in client.get_metric_history(run.info.run_id, name)]
        assert told == [(r["epoch"], r[name]) for r in saved["progress"]["curve"]]
    assert [m.step for m in client.get_metric_history(run.info.run_id, "side")] == [1, 2, 3]
    assert run.info.status == "FINISHED"


def test_what_went_in_and_what_came_out_can_be_looked_up(store: str) -> None:
    client, run = the_run(store)
    config, _, saved = read_run(folder_of(store) / "run")
    assert run.data.params["learning_rate"] == str(config.learning_rate)
    assert run.data.params["data_hash"] == saved["data"]
    found = json.loads((folder_of(store) / "run" / "scores.json").read_text())
    assert run.data.metrics["PublicTest_accuracy"] == found["accuracy"]
    files = {f.path for f in client.list_artifacts(run.info.run_id)}
    files |= {f.path for f in client.list_artifacts(run.info.run_id, "export")}
    assert {"config.json", "confusion.json", "result.json", "model"} <= files
    assert {"export/net.onnx", "export/net.card.json"} <= files


def test_a_net_from_the_registry_reads_exactly_as_the_run_s_own(store: str) -> None:
    _, net, _ = read_run(folder_of(store) / "run")
    images = torch.randint(0, 255, (9, 48, 48), dtype=torch.uint8)
    mine, votes = logits_of(net, images)
    theirs, their_votes = logits_of(registered("tiny", store=store), images)
    assert torch.equal(mine, theirs)
    assert votes is not None and their_votes is not None
    assert torch.equal(votes, their_votes)
    first, _ = logits_of(registered("tiny", 1, store), images)
    assert not torch.equal(mine, first)  # of the run when it was stopped


def test_the_same_net_is_put_into_the_registry_once(store: str) -> None:
    client, _ = the_run(store)
    before = len(client.search_model_versions("name='tiny'"))
    assert lab.main(["track", str(folder_of(store) / "run"), "--store", store]) == 0
    assert len(client.search_model_versions("name='tiny'")) == before == 2


def test_a_net_that_was_never_kept_is_asked_for_in_vain_and_told_so(store: str) -> None:
    with pytest.raises(AffettoError, match="has no nobody"):
        registered("nobody", store=store)
    with pytest.raises(AffettoError, match="has no tiny 9"):
        registered("tiny", 9, store)


def test_a_run_that_was_thrown_out_of_the_store_begins_a_new_page(store: str) -> None:
    run = folder_of(store) / "run"
    client, first = the_run(store)
    before = (run / tracking.PLACE).read_text()
    (run / tracking.PLACE).write_text(json.dumps({"store": store, "run": "0" * 32}))
    assert lab.main(["track", str(run), "--store", store]) == 0
    new = json.loads((run / tracking.PLACE).read_text())["run"]
    assert new != first.info.run_id
    assert [m.step for m in client.get_metric_history(new, "train_loss")] == [1, 2, 3]
    client.delete_run(new)
    assert lab.main(["track", str(run), "--store", store]) == 0
    newest = json.loads((run / tracking.PLACE).read_text())["run"]
    assert newest not in (new, first.info.run_id)
    client.delete_run(newest)
    (run / tracking.PLACE).write_text(before)


def test_without_mlflow_a_run_goes_on_and_says_once_that_it_is_not_tracked(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tracking, "available", lambda: False)
    (tmp_path / "tiny.toml").write_text(CONFIG)
    run = str(tmp_path / "run")
    train = ["train", str(tmp_path / "tiny.toml"), "--data", str(data), "--out", run, "--track"]
    assert lab.main(train) == 0
    assert lab.main(["measure", run, "--data", str(data)]) == 0
    assert capsys.readouterr().err.count("goes on untracked") == 1
    assert not (tmp_path / "run" / tracking.PLACE).exists()
    assert lab.main(["track", run]) == 1
    assert "mlflow-skinny" in capsys.readouterr().err


def test_nothing_is_tracked_unasked(data: Path, tmp_path: Path) -> None:
    with bookkeeping.diary(tmp_path, None):
        pass
    assert list(tmp_path.iterdir()) == []
