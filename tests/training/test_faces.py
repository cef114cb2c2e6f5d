"""The trainer on 64 made-up faces: two steps, a resume, an export that agrees."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")
pytest.importorskip("onnx", reason="training writes ONNX")

import torch

from affetto.errors import Misuse
from affetto.inference.card import ModelCard
from affetto_training import faces as lab
from affetto_training.augment import clips, hide, mirrored, plain, worn
from affetto_training.config import Config
from affetto_training.evaluate import card_beside, evaluate, measure, read_with, session_of
from affetto_training.export import export, to_onnx
from affetto_training.fer2013 import FER2013_LABELS
from affetto_training.layouts import read_parquet
from affetto_training.lessons import FromTeachers
from affetto_training.loop import mixed, order_of, rate_at, read_run, sets_of, train
from affetto_training.nets import NETS, ExpressionNet
from affetto_training.teaching import make_views
from affetto_training.views import Views

pytestmark = pytest.mark.training

TINY = Config(
    name="tiny", widths=(4, 8), phases=((24, 1), (48, 1)), batch=32, held_out=16, warm_up=0.2
)


def test_two_steps_leave_a_checkpoint_and_a_curve(data: Path, tmp_path: Path) -> None:
    progress = train(TINY, data, tmp_path, max_steps=2)
    assert progress.step == 2
    assert np.isfinite(progress.curve[-1]["train_loss"])
    assert (tmp_path / "last.pt").exists()


def test_a_run_killed_between_epochs_ends_where_it_would_have_ended(
    data: Path, tmp_path: Path
) -> None:
    whole = train(TINY, data, tmp_path / "whole")
    train(TINY, data, tmp_path / "cut", max_steps=whole.step // 2)
    resumed = train(TINY, data, tmp_path / "cut")
    assert resumed.step == whole.step
    for a, b in zip(whole.curve, resumed.curve, strict=True):
        assert a["train_loss"] == pytest.approx(b["train_loss"], rel=1e-4)
        assert a["held_out_loss"] == pytest.approx(b["held_out_loss"], rel=1e-4)


def test_a_checkpoint_of_another_configuration_is_refused(data: Path, tmp_path: Path) -> None:
    train(TINY, data, tmp_path, max_steps=1)
    other = Config(name="other", widths=(4, 8), phases=((24, 1),), held_out=16)
    with pytest.raises(SystemExit, match="another configuration"):
        train(other, data, tmp_path)


def test_the_exported_file_agrees_and_its_card_describes_it(data: Path, tmp_path: Path) -> None:
    train(TINY, data, tmp_path / "run", max_steps=2)
    to = tmp_path / "expression.onnx"
    scores = export(tmp_path / "run", data, to)
    card = ModelCard.read(tmp_path / "expression.card.json")
    assert card.labels == FER2013_LABELS
    assert card.scores["PublicTest"]["n"] == scores.n == 16
    assert sum(map(sum, scores.confusion)) == 16
    read = read_with(to, read_parquet(data, "PublicTest"), card)
    assert read.votes is not None
    assert (read.labels.shape, read.votes.shape) == ((16, 7), (16, 9))
    assert read.labels.sum(1) == pytest.approx(np.ones(16))
    assert card.scores["speed"]["cpu_ms"] > 0
    assert "random weights" in card.source["what"]


def test_a_mirrored_net_reads_a_face_and_its_mirror_image_alike(tmp_path: Path) -> None:
    torch.manual_seed(3)
    net = ExpressionNet((4, 8), 0.0, mirrored=True).eval()
    file = tmp_path / "net.onnx"
    file.write_bytes(to_onnx(net).SerializeToString())
    session = session_of(file, threads=1)
    crops = np.random.default_rng(3).random((5, 1, 48, 48), np.float32)
    told = session.run(None, {"image": crops})
    mirrored_too = session.run(None, {"image": crops[..., ::-1].copy()})
    with torch.no_grad():
        both = net(torch.from_numpy(crops))
        net.mirrored = False
        one = net(torch.from_numpy(crops))
    for mine, turned, theirs, alone in zip(told, mirrored_too, both, one, strict=True):
        assert mine == pytest.approx(theirs.numpy(), abs=2e-3)  # half precision
        assert turned == pytest.approx(mine, abs=1e-5)
        assert np.abs(mine - alone.numpy()).max() > 1e-2


def test_a_run_in_bfloat16_learns_the_same_lesson_a_little_coarser(
    data: Path, tmp_path: Path
) -> None:
    fine = train(TINY, data, tmp_path / "fine", max_steps=2)
    coarse = train(replace(TINY, precision="bfloat16"), data, tmp_path / "coarse", max_steps=2)
    a, b = fine.curve[-1]["train_loss"], coarse.curve[-1]["train_loss"]
    assert a == pytest.approx(b, rel=0.02)
    assert a != b


def test_a_pupils_card_names_its_teachers(data: Path, views: Path, tmp_path: Path) -> None:
    train(TAUGHT, data, views.parent / "pupil", max_steps=2)
    to = tmp_path / "expression.onnx"
    saved = torch.load(views.parent / "pupil" / "last.pt", weights_only=False)
    saved["config"]["credit"] = "Thanks."
    torch.save(saved, views.parent / "pupil" / "last.pt")
    export(views.parent / "pupil", data, to)
    card = ModelCard.read(tmp_path / "expression.card.json")
    assert card.source["teachers"] == "teacher, from random weights"
    assert card.data.endswith(
        "Taught by nets trained on FER2013 Training: teacher, from random weights."
    )
    assert "teacher" in card.source["what"]
    assert card.source["credit"] == "Thanks."


def test_the_exported_file_carries_its_own_card(data: Path, tmp_path: Path) -> None:
    train(TINY, data, tmp_path / "run", max_steps=2)
    to = tmp_path / "expression.onnx"
    export(tmp_path / "run", data, to)
    beside = card_beside(to)
    to.with_suffix(".card.json").unlink()
    assert card_beside(to) == replace(beside, sha256="")
    assert evaluate(data, "PublicTest", to)["n"] == 16


def test_every_committed_configuration_reads() -> None:
    configs = sorted(Path("training/configs").glob("*.toml"))
    assert configs
    for path in configs:
        assert Config.read(path).name == path.stem


def test_every_net_and_every_claim_has_a_configuration() -> None:
    configs = [Config.read(path) for path in Path("training/configs").glob("*.toml")]
    assert {c.net for c in configs} == set(NETS)
    claims = {c.row: c.claim for c in configs if c.row}
    assert claims == {
        "C03": 0.5198, "C04": 0.7315, "C05": 0.928, "C06": 0.92, "C07": 0.7028,
        "C09": 0.0, "C10": 0.0,
    }  # fmt: skip


def test_the_command_line_trains_exports_and_evaluates(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "tiny.toml"
    config.write_text('name = "tiny"\nwidths = [4]\nphases = [[24, 1]]\nheld_out = 16\n')
    run, to = str(tmp_path / "run"), str(tmp_path / "net.onnx")
    assert lab.main(["train", str(config), "--data", str(data), "--out", run]) == 0
    assert lab.main(["export", run, "--data", str(data), "--to", to]) == 0
    assert lab.main(["measure", run, "--data", str(data)]) == 0
    capsys.readouterr()
    assert lab.main(["evaluate", "--data", str(data), "--model", to, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 16
    assert lab.main(["layout", str(data)]) == 0
    assert "82 Training + 16 PublicTest" in capsys.readouterr().out


def test_rare_expressions_are_drawn_more_often_when_asked() -> None:
    labels = torch.tensor([0] * 900 + [1] * 100)
    plain = order_of(labels, 0.0, torch.Generator().manual_seed(1))
    assert sorted(plain.tolist()) == list(range(1000))
    drawn = order_of(labels, 1.0, torch.Generator().manual_seed(1))
    assert 0.4 < float((labels[drawn] == 1).float().mean()) < 0.6


def test_mixing_keeps_labels_and_votes_with_their_pictures() -> None:
    x = torch.eye(8)
    blended, labels = mixed(x, x, share=0.7, rng=torch.Generator().manual_seed(2))
    assert torch.equal(blended, labels)
    assert torch.allclose(labels.sum(1), torch.ones(8))


def test_a_mixed_and_balanced_run_learns_too(data: Path, tmp_path: Path) -> None:
    config = replace(TINY, mixup=0.2, balance=0.5)
    assert np.isfinite(train(config, data, tmp_path, max_steps=2).curve[-1]["train_loss"])


def test_a_misspelt_key_in_a_configuration_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("leraning_rate = 1.0\n")
    with pytest.raises(Misuse, match="leraning_rate"):
        Config.read(path)
    path.write_text('optimiser = "sgd"\n')
    with pytest.raises(Misuse, match="adamw, adam"):
        Config.read(path)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('batch = "64"', "batch = 64"),
        ("batch = 0.5", "batch = 64"),
        ("seed = true", "seed = 7"),
        ('mirrored = "no"', "mirrored = false"),
        ("learning_rate = 2026-11-21", "learning_rate = 0.003"),
        ("name = 3", 'name = "faces-v1"'),
        ("widths = 24", "widths = [24, 48, 96, 224]"),
        ("phases = [32, 20]", "phases = [[32, 20], [48, 12]]"),
        ("phases = [[32, 20, 1]]", "phases = [[32, 20], [48, 12]]"),
    ],
)
def test_a_mistyped_value_is_named_and_shown_as_it_is_written(
    line: str, remedy: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(f"{line}\n")
    with pytest.raises(Misuse) as caught:
        Config.read(path)
    assert f"x.toml sets {line.split()[0]} to what it cannot be" in caught.value.problem
    assert remedy in caught.value.remedy


def test_whole_numbers_will_do_where_fractions_may_stand(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("learning_rate = 1\nwidths = [8, 8, 8, 8]\nphases = [[32, 1]]\n")
    config = Config.read(path)
    assert (config.learning_rate, config.widths, config.phases) == (1.0, (8,) * 4, ((32, 1),))


def test_a_problem_is_told_with_its_remedy_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lab.main(["measure", str(tmp_path), "--data", str(tmp_path)]) == 2
    assert "Train one first" in capsys.readouterr().err
    assert lab.main(["layout", str(tmp_path / "no.parquet")]) == 1


def test_a_run_stops_once_its_cpu_seconds_are_spent_and_goes_on_later(
    data: Path, tmp_path: Path
) -> None:
    assert train(TINY, data, tmp_path, cpu_s=0.0).epoch == 1
    assert train(TINY, data, tmp_path, cpu_s=1e9).epoch == 2


def test_the_rate_rises_then_falls_or_stays() -> None:
    falling = Config(warm_up=0.1)
    assert rate_at(0.05, falling) == pytest.approx(falling.learning_rate / 2)
    assert rate_at(0.5, falling) == pytest.approx(falling.learning_rate / 2)
    assert rate_at(0.99, falling) < falling.learning_rate / 100
    assert rate_at(0.9, Config(warm_up=0.0, schedule="constant")) == Config.learning_rate


def test_a_measured_run_stands_beside_its_claim(data: Path, tmp_path: Path) -> None:
    train(replace(TINY, row="C03", claim=0.5198), data, tmp_path, max_steps=1)
    found = measure(tmp_path, data)
    assert json.loads((tmp_path / "scores.json").read_text()) == found
    assert (found["row"], found["claim"], found["n"]) == ("C03", 0.5198, 16)
    assert (found["epochs"], found["of_epochs"]) == (1, 2)
    assert found["data"].startswith("parquet: 82 Training + 16 PublicTest")


def test_a_mirrored_face_is_the_face_or_its_mirror_image() -> None:
    faces = torch.arange(8 * 48 * 48).reshape(8, 48, 48).remainder(251).to(torch.uint8)
    seen = mirrored(faces, 48, torch.Generator().manual_seed(0))
    straight = plain(faces)
    turned = [torch.equal(a, b) for a, b in zip(seen, straight.flip(3), strict=True)]
    kept = [torch.equal(a, b) for a, b in zip(seen, straight, strict=True)]
    assert 0 < sum(turned) < 8 and all(a != b for a, b in zip(turned, kept, strict=True))


def test_a_clip_is_one_face_that_drifts_with_noise_of_its_own_in_each_frame() -> None:
    faces = torch.zeros(6, 48, 48, dtype=torch.uint8)
    faces[:, 12:36, 12:36] = 200
    clip = clips(faces, 32, 8, torch.Generator().manual_seed(4))
    assert clip.shape == (6, 8, 1, 32, 32)
    assert float(clip.min()) >= 0 and float(clip.max()) <= 1
    steps = (clip[:, 1:] - clip[:, :-1]).abs().mean((2, 3, 4))
    apart = (clip[:, -1] - clip[:, 0]).abs().mean()
    assert bool((steps > 0).all()) and float(apart) > float(steps.median())
    again = clips(faces, 32, 8, torch.Generator().manual_seed(4))
    assert torch.equal(clip, again)


TAUGHT = replace(TINY, name="pupil", begins_with="teacher", views="views", taught=0.7)


@pytest.fixture
def views(data: Path, tmp_path: Path) -> Path:
    train(replace(TINY, name="teacher"), data, tmp_path / "teacher", max_steps=2)
    assert make_views(TAUGHT, data, [tmp_path / "teacher"], tmp_path / "views", 2) == 2
    return tmp_path / "views"


def test_a_pupil_begins_where_its_teacher_ended_and_learns_from_its_views(
    data: Path, views: Path
) -> None:
    progress = train(TAUGHT, data, views.parent / "pupil", max_steps=2)
    assert progress.step == 2
    assert np.isfinite(progress.curve[-1]["train_loss"])
    never = replace(TAUGHT, name="never", learning_rate=0.0, ema=0.0)
    train(never, data, views.parent / "never", max_steps=1)
    assert Views.read(views, sets_of(TAUGHT, data)[0]).teachers == ("teacher, from random weights",)
    weights = [read_run(views.parent / run)[1].labels.weight for run in ("teacher", "never")]
    assert torch.equal(*weights)


def test_views_that_are_there_are_not_made_again(data: Path, views: Path) -> None:
    assert make_views(TAUGHT, data, [views.parent / "teacher"], views, 3) == 1


def test_a_hidden_face_has_no_label_and_its_votes_say_unclear(data: Path, views: Path) -> None:
    training, _, _ = sets_of(TAUGHT, data)
    shown = Views.read(views, training)
    x, labels, votes = FromTeachers(training, TAUGHT, views).draw(
        torch.arange(len(training)), 48, torch.Generator().manual_seed(4)
    )
    which = torch.randint(2, (len(training),), generator=torch.Generator().manual_seed(4))
    hidden = shown.hidden[which, torch.arange(len(training))]
    assert 0 < hidden.sum() < len(hidden)
    assert labels[hidden].sum() == 0
    assert torch.equal(votes[hidden][:, 8], torch.ones(int(hidden.sum())))
    assert torch.allclose(labels[~hidden].sum(1), torch.ones(int((~hidden).sum())), atol=2e-3)
    assert torch.allclose(votes[~hidden].sum(1), torch.ones(int((~hidden).sum())), atol=2e-3)
    assert x.shape == (len(training), 1, 48, 48)


def test_views_never_teach_about_other_faces(data: Path, views: Path) -> None:
    with pytest.raises(Misuse, match="other faces"):
        train(replace(TAUGHT, seed=8), data, views.parent / "other", max_steps=1)
    with pytest.raises(Misuse, match="holds no views"):
        train(replace(TAUGHT, views="nowhere"), data, views.parent / "none", max_steps=1)


def test_a_run_does_not_go_on_with_other_teachers(data: Path, views: Path) -> None:
    train(TAUGHT, data, views.parent / "pupil", max_steps=1)
    train(replace(TINY, name="another"), data, views.parent / "another", max_steps=1)
    for file in views.glob("view-*.npz"):
        file.unlink()
    make_views(TAUGHT, data, [views.parent / "another"], views, 1)
    with pytest.raises(SystemExit, match="other teachers"):
        train(TAUGHT, data, views.parent / "pupil")


def test_views_and_their_share_go_together() -> None:
    with pytest.raises(Misuse, match="go together"):
        replace(TINY, taught=0.5)


def test_hiding_leaves_nothing_to_read_and_keeps_the_range() -> None:
    rng = torch.Generator().manual_seed(2)
    faces = torch.rand(60, 1, 48, 48, generator=rng) * 0.5 + 0.25
    hidden = hide(faces.clone(), rng)
    assert hidden.shape == faces.shape
    assert float(hidden.min()) >= 0
    assert float(hidden.max()) <= 1
    changed = ((hidden - faces).abs() > 0.02).float().mean((1, 2, 3))
    assert float(changed.min()) > 0.35
    assert hide(faces[:0], rng).shape == (0, 1, 48, 48)


def test_a_poor_lens_spoils_some_faces_and_keeps_the_range() -> None:
    rng = torch.Generator().manual_seed(3)
    faces = torch.rand(200, 1, 48, 48, generator=rng)
    seen = worn(faces.clone(), rng)
    changed = ((seen - faces).abs() > 1e-6).float().mean((1, 2, 3)) > 0.5
    assert 0.2 < float(changed.float().mean()) < 0.5
    assert float(seen.min()) >= 0
    assert float(seen.max()) <= 1
    assert worn(faces[:0], rng).shape == (0, 1, 48, 48)
