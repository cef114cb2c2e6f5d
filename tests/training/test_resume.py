"""A run whose process is killed outright, in the middle of an epoch, ends as one that was not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")
pytest.importorskip("onnx", reason="training writes ONNX")

import torch

from affetto.errors import Misuse
from affetto_training import faces as lab
from affetto_training.again import retrained
from affetto_training.config import Config
from affetto_training.loop import device_of, read_run, train

pytestmark = pytest.mark.training

ROOT = Path(__file__).resolve().parents[2]
# An epoch of 63 steps: long enough to be struck in its middle.
CONFIG = 'name = "tiny"\nwidths = [8, 16]\nphases = [[48, 3]]\nbatch = 1\nheld_out = 16\n'


def started(config: Path, data: Path, run: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "affetto_training.faces", "train", str(config)]
    return subprocess.Popen(
        [*command, "--data", str(data), "--out", str(run), "--threads", "1"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "training" / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_run_killed_in_the_middle_of_an_epoch_ends_where_it_would_have_ended(
    data: Path, tmp_path: Path
) -> None:
    config = tmp_path / "tiny.toml"
    config.write_text(CONFIG)
    run = tmp_path / "killed"
    process = started(config, data, run)
    deadline = time.monotonic() + 120
    while not (run / "last.pt").exists():  # the first epoch is kept …
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.002)
    time.sleep(0.03)
    process.kill()  # … and the second has begun: SIGKILL, nothing is tidied up
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    assert process.returncode != 0
    _, _, saved = read_run(run)
    steps = saved["progress"]["step"]
    assert saved["progress"]["epoch"] == 1 and steps == 63

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        resumed = train(Config.read(config), data, run)
        whole = train(Config.read(config), data, tmp_path / "whole")
    finally:
        torch.set_num_threads(threads)
    assert (resumed.step, resumed.epoch) == (whole.step, whole.epoch) == (3 * steps, 3)
    for mine, theirs in zip(resumed.curve, whole.curve, strict=True):
        for name in ("epoch", "train_loss", "held_out_loss", "held_out_accuracy"):
            assert mine[name] == pytest.approx(theirs[name], rel=1e-4)
    kept, other = (read_run(r)[1].state_dict() for r in (run, tmp_path / "whole"))
    for name, weights in kept.items():
        assert torch.allclose(weights, other[name], rtol=1e-4, atol=1e-6)


def test_a_half_written_checkpoint_is_no_checkpoint(data: Path, tmp_path: Path) -> None:
    config = Config(name="tiny", widths=(4,), phases=((24, 2),), batch=32, held_out=16)
    train(config, data, tmp_path, cpu_s=0)
    whole = (tmp_path / "last.pt").read_bytes()
    (tmp_path / "last.part").write_bytes(whole[: len(whole) // 2])
    assert train(config, data, tmp_path).epoch == 2


def test_other_data_than_a_run_began_with_is_refused(data: Path, tmp_path: Path) -> None:
    config = Config(name="tiny", widths=(4,), phases=((24, 2),), batch=32, held_out=16)
    train(config, data, tmp_path, cpu_s=0)
    kept = torch.load(tmp_path / "last.pt", weights_only=False)
    torch.save({**kept, "data": "something else"}, tmp_path / "last.pt")
    with pytest.raises(SystemExit, match="other data"):
        train(config, data, tmp_path)


def test_a_gpu_that_is_not_there_is_asked_for_in_vain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert device_of().type == "cpu"
    with pytest.raises(Misuse, match="no CUDA GPU"):
        device_of("cuda")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU here")
def test_a_gpu_learns_what_a_cpu_learns(data: Path, tmp_path: Path) -> None:
    config = Config(name="tiny", widths=(8, 16), phases=((48, 3),), batch=16, held_out=16)
    there = train(config, data, tmp_path / "gpu", device="cuda")
    here = train(config, data, tmp_path / "cpu", device="cpu")
    for mine, theirs in zip(there.curve, here.curve, strict=True):
        assert mine["train_loss"] == pytest.approx(theirs["train_loss"], rel=0.05)


def test_a_run_lasts_as_long_as_it_is_told_and_says_that_it_was_shortened() -> None:
    config = Config(phases=((32, 20), (48, 12)))
    assert config.lasting(5).phases == ((32, 5),)
    assert config.lasting(25).phases == ((32, 20), (48, 5))
    assert config.lasting(40).phases == ((32, 20), (48, 20))
    assert (config.lasting(5).planned, config.lasting(40).planned) == (32, 40)
    with pytest.raises(Misuse):
        config.lasting(0)


def test_a_configuration_that_cannot_be_read_is_told_with_a_remedy(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = ["--data", str(data), "--out", str(tmp_path / "run")]
    assert lab.main(["train", str(tmp_path / "gone.toml"), *train]) == 2
    assert "training/configs" in capsys.readouterr().err
    (tmp_path / "torn.toml").write_text("name = ")
    assert lab.main(["train", str(tmp_path / "torn.toml"), *train]) == 2


def test_the_best_epoch_of_a_whole_run_says_how_long_to_train_anew(
    data: Path, tmp_path: Path
) -> None:
    text = 'name = "tiny"\nwidths = [4]\nphases = [[24, 4]]\nbatch = 16\nheld_out = 16\n'
    (tmp_path / "tiny.toml").write_text(text)
    config = Config.read(tmp_path / "tiny.toml")
    train(config, data, tmp_path / "first", cpu_s=0)
    with pytest.raises(Misuse, match="1 of 4 epochs"):
        retrained(config, tmp_path / "first")
    curve = train(config, data, tmp_path / "first").curve
    best = max(range(4), key=lambda i: (curve[i]["held_out_accuracy"], -i)) + 1
    options = ["--data", str(data), "--out", str(tmp_path / "again")]
    options += ["--best-of", str(tmp_path / "first")]
    assert lab.main(["train", str(tmp_path / "tiny.toml"), *options]) == 0
    again, _, _ = read_run(tmp_path / "again")
    assert (again.name, again.epochs, again.planned) == ("tiny-best", best, best)
