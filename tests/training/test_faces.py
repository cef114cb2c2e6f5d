"""The trainer on 64 made-up faces: two steps, a resume, an export that agrees."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")
pytest.importorskip("onnx", reason="training writes ONNX")

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from affetto.inference.card import ModelCard
from affetto_training import faces as trainer
from affetto_training.fer2013 import (
    FER2013_LABELS,
    FERPLUS_VOTES,
    Faces,
    hold_out,
    read_parquet,
    without_twins,
)

pytestmark = pytest.mark.training

TINY = trainer.Config(
    name="tiny", widths=(4, 8), phases=((24, 1), (48, 1)), batch=32, held_out=16, warm_up=0.2
)


def picture(value: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(value).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """64 + 16 noise faces whose brightness ramp tells the label; two twins, one blank."""
    rng = np.random.default_rng(0)
    rows: dict[str, list[object]] = {"split": [], "label": [], "jpeg": []}
    rows |= {f"fp_{v}": [] for v in FERPLUS_VOTES}
    for i in range(98):
        label = i % 7
        image = rng.integers(0, 60, (48, 48)).astype(np.uint8)
        image[label * 6 : label * 6 + 6] += 150
        if i == 97:
            image[:] = 128
        rows["split"].append("PublicTest" if i < 16 else "Training")
        rows["label"].append(label)
        rows["jpeg"].append(rows["jpeg"][i - 16] if i in (16, 17) else picture(image))
        for vote in FERPLUS_VOTES:
            rows[f"fp_{vote}"].append(None if i == 20 else int(vote == "happiness") * 10)
    path = tmp_path_factory.mktemp("fer") / "faces.parquet"
    pq.write_table(pa.table(rows), path)
    return path


def test_twins_of_the_test_and_blank_images_leave_the_training(data: Path) -> None:
    public, training = read_parquet(data, "PublicTest"), read_parquet(data, "Training")
    kept = without_twins(training, public)
    assert len(training) == 82 and len(kept) == 79
    assert not set(kept.twins) & set(public.twins)


def test_held_out_images_share_no_twin_with_the_rest(data: Path) -> None:
    training = read_parquet(data, "Training")
    doubled = training.only(np.concatenate([np.arange(82), np.arange(82)]))
    rest, held = hold_out(doubled, 10, seed=1)
    assert len(held) == 20 and not set(rest.twins) & set(held.twins)


def test_votes_are_shares_and_a_face_nobody_voted_on_has_none(data: Path) -> None:
    votes = read_parquet(data, "Training").votes
    assert votes.shape == (82, 9)
    assert sorted(set(votes.sum(1).round(6).tolist())) == [0.0, 1.0]


def test_two_steps_leave_a_checkpoint_and_a_curve(data: Path, tmp_path: Path) -> None:
    progress = trainer.train(TINY, data, tmp_path, max_steps=2)
    assert progress.step == 2
    assert np.isfinite(progress.curve[-1]["train_loss"])
    assert (tmp_path / "last.pt").exists()


def test_a_run_killed_between_epochs_ends_where_it_would_have_ended(
    data: Path, tmp_path: Path
) -> None:
    whole = trainer.train(TINY, data, tmp_path / "whole")
    trainer.train(TINY, data, tmp_path / "cut", max_steps=whole.step // 2)
    resumed = trainer.train(TINY, data, tmp_path / "cut")
    assert resumed.step == whole.step
    for a, b in zip(whole.curve, resumed.curve, strict=True):
        assert a["train_loss"] == pytest.approx(b["train_loss"], rel=1e-4)
        assert a["held_out_loss"] == pytest.approx(b["held_out_loss"], rel=1e-4)


def test_a_checkpoint_of_another_configuration_is_refused(data: Path, tmp_path: Path) -> None:
    trainer.train(TINY, data, tmp_path, max_steps=1)
    other = trainer.Config(name="other", widths=(4, 8), phases=((24, 1),), held_out=16)
    with pytest.raises(SystemExit, match="another configuration"):
        trainer.train(other, data, tmp_path)


def test_the_exported_file_agrees_and_its_card_describes_it(data: Path, tmp_path: Path) -> None:
    trainer.train(TINY, data, tmp_path / "run", max_steps=2)
    to = tmp_path / "expression.onnx"
    scores = trainer.export(tmp_path / "run", data, to)
    card = ModelCard.read(tmp_path / "expression.card.json")
    assert card.labels == FER2013_LABELS
    assert card.scores["PublicTest"]["n"] == scores.n == 16
    assert sum(map(sum, scores.confusion)) == 16
    probabilities = trainer.read_with(to, read_parquet(data, "PublicTest"), card.temperature)
    assert probabilities.shape == (16, 7)
    assert probabilities.sum(1) == pytest.approx(np.ones(16))


def faces(labels: list[int]) -> Faces:
    n = len(labels)
    votes = np.zeros((n, 9), np.float32)
    order = [4, 5, 6, 1, 3, 2, 0]  # FER2013 label → FER+ column
    votes[np.arange(n), [order[i] for i in labels]] = 1.0
    return Faces(
        np.zeros((n, 48, 48), np.uint8),
        np.array(labels, np.int64),
        votes,
        np.array([str(i) for i in range(n)]),
    )


def test_scores_are_one_for_a_perfect_reader_and_nil_for_a_hopeless_one() -> None:
    true = faces([0, 1, 2, 3, 4, 5, 6] * 10)
    perfect = trainer.score(np.eye(7)[true.labels], true)
    assert (perfect.accuracy, perfect.macro_f1, perfect.ferplus_accuracy) == (1.0, 1.0, 1.0)
    assert perfect.ece == pytest.approx(0.0) and perfect.ferplus_n == 70
    assert perfect.ci95[0] < 1.0 <= perfect.ci95[1] + 1e-9
    wrong = trainer.score(np.eye(7)[(true.labels + 1) % 7], true)
    assert (wrong.accuracy, wrong.macro_f1) == (0.0, 0.0)
    assert wrong.ece == pytest.approx(1.0)


def test_a_shrugging_reader_is_calibrated_at_a_seventh() -> None:
    true = faces([0, 1, 2, 3, 4, 5, 6] * 10)
    shrug = trainer.score(np.full((70, 7), 1 / 7), true)
    assert shrug.accuracy == pytest.approx(1 / 7)
    assert shrug.ece == pytest.approx(0.0, abs=1e-9)


def test_a_tied_vote_is_not_scored() -> None:
    true = faces([3, 4])
    true.votes[1] = 0.0
    true.votes[1, [1, 3]] = 0.5
    assert trainer.score(np.eye(7)[[3, 3]], true).ferplus_n == 1


def test_every_committed_configuration_reads() -> None:
    configs = sorted(Path("training/configs").glob("*.toml"))
    assert configs
    for path in configs:
        assert trainer.Config.read(path).name == path.stem


def test_the_command_line_trains_exports_and_evaluates(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "tiny.toml"
    config.write_text('name = "tiny"\nwidths = [4]\nphases = [[24, 1]]\nheld_out = 16\n')
    run, to = str(tmp_path / "run"), str(tmp_path / "net.onnx")
    assert trainer.main(["train", str(config), "--data", str(data), "--out", run]) == 0
    assert trainer.main(["export", run, "--data", str(data), "--to", to]) == 0
    capsys.readouterr()
    assert trainer.main(["evaluate", "--data", str(data), "--model", to]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 16


def test_rare_expressions_are_drawn_more_often_when_asked() -> None:
    import torch

    labels = torch.tensor([0] * 900 + [1] * 100)
    plain = trainer.order_of(labels, 0.0, torch.Generator().manual_seed(1))
    assert sorted(plain.tolist()) == list(range(1000))
    drawn = trainer.order_of(labels, 1.0, torch.Generator().manual_seed(1))
    assert 0.4 < float((labels[drawn] == 1).float().mean()) < 0.6


def test_mixing_keeps_labels_and_votes_with_their_pictures() -> None:
    import torch

    x = torch.eye(8)
    blended, labels = trainer.mixed(x, x, share=0.7, rng=torch.Generator().manual_seed(2))
    assert torch.equal(blended, labels)
    assert torch.allclose(labels.sum(1), torch.ones(8))


def test_a_mixed_and_balanced_run_learns_too(data: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    config = replace(TINY, mixup=0.2, balance=0.5)
    assert np.isfinite(trainer.train(config, data, tmp_path, max_steps=2).curve[-1]["train_loss"])
