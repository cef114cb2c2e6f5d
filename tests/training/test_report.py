"""The page of claims: written from what was measured, and from nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")
pytest.importorskip("onnx", reason="training writes ONNX")

from affetto.errors import AffettoError
from affetto.inference.card import ModelCard
from affetto.inference.shelf import MODELS
from affetto_training import faces as lab
from affetto_training.claims import CLAIMS
from affetto_training.config import Config
from affetto_training.report import page_of, verdict, write_report
from affetto_training.results import Result, as_json, best_epoch, flat, stored

pytestmark = pytest.mark.training

RESULTS = Path("training/results")
CARD = MODELS / "expression.card.json"


def curve(*accuracies: float) -> tuple[dict[str, float], ...]:
    return tuple({"epoch": i + 1, "held_out_accuracy": a} for i, a in enumerate(accuracies))


def result(name: str, accuracy: float = 0.6, **changes: Any) -> Result:
    claim = next((c for c in CLAIMS if name in c.runs), None)
    made = Result(
        name=name, row=claim.row if claim else "", net="vgg", weights="from scratch",
        claim=claim.claimed if claim else None, seed=7, classes=7, parameters=1234567,
        learnt_from=27091, held_out=1266, data="parquet: some", data_hash="0f",
        data_limit=0, epochs=10, of_epochs=10, best_epoch=9, plateau=True, cpu_s=4321,
        device="CPU", labels=("angry", "happy"), n=3589, accuracy=accuracy,
        ci95=(round(accuracy - 0.016, 4), round(accuracy + 0.016, 4)), macro_f1=0.55, ece=0.03,
        ferplus_accuracy=None, ferplus_n=0, confusion=((8, 2), (1, 9)),
        curve=curve(*(0.3 + 0.03 * i for i in range(9)), 0.5),
    )  # fmt: skip
    return replace(made, **changes)


def page(*runs: Result, mistakes: dict[str, Any] | None = None) -> str:
    return page_of({run.name: run for run in runs}, ModelCard.read(CARD), mistakes, None)


def line_of(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if f"`{name}`" in line and line[0] == "|")


def test_every_claim_is_that_of_its_configurations() -> None:
    configs = {p.stem: Config.read(p) for p in Path("training/configs").glob("*.toml")}
    for claim in CLAIMS:
        for name in claim.runs:
            config = configs[name.removesuffix("-best")]
            assert (config.row, config.claim or None) == (claim.row, claim.claimed)
    named = {name for claim in CLAIMS for name in claim.runs}
    assert {c.name for c in configs.values() if c.row} <= named


def test_a_run_that_was_never_run_is_said_not_to_have_been() -> None:
    text = page(result("c03-vgg"))
    assert "*not run yet*" in line_of(text, "c04-resnet")
    assert "60.0 % (58.4 to 61.6)" in line_of(text, "c03-vgg")
    assert "10 of 10, flat" in line_of(text, "c03-vgg")


def test_a_shortened_run_says_so_in_bold_with_epochs_seconds_and_images() -> None:
    cut = result("c04-resnet", epochs=4, plateau=False)
    assert "**shortened: 4 of 10, still rising**" in line_of(page(cut), cut.name)
    told = " ".join(page(cut).split())
    assert "**This run was shortened: 4 of 10 epochs, 4,321 CPU-seconds, 27,091 images.**" in told
    assert "**shortened" in line_of(page(result("c03-vgg", data_limit=64)), "c03-vgg")


def test_a_claim_stands_or_falls_by_the_interval() -> None:
    assert "it holds" in verdict(0.605, result("c03-vgg", 0.6))
    assert "above the claim: it holds" in verdict(0.5198, result("c03-vgg", 0.6))
    assert "32.8 points below the claim" in verdict(0.928, result("c05-resnet50", 0.6))
    assert "not learnt to its end" in verdict(0.928, result("c05-resnet50", 0.6, epochs=2))


@pytest.mark.parametrize(
    ("lstm", "mean", "words"),
    [
        (0.66, 0.60, "**The LSTM beats the mean**: the LSTM reads 66.0 %"),
        (0.61, 0.60, "**The LSTM does not beat the mean** by more than chance"),
        (0.55, 0.60, "it reads worse**"),
    ],
)
def test_whether_memory_beats_the_mean_is_told_from_the_figures(
    lstm: float, mean: float, words: str
) -> None:
    told = page(result("c10-cnn-lstm", lstm), result("c10-cnn-mean", mean))
    assert words in " ".join(told.split())


def test_the_four_class_net_is_told_with_its_best_epoch_and_its_second_run() -> None:
    first, again = result("c07-four-class", 0.71), result("c07-four-class-best", 0.72, epochs=9)
    assert "The run of that length is *not run yet*" in " ".join(page(first).split())
    told = " ".join(page(first, replace(again, of_epochs=9)).split())
    assert "epoch 9 read the held-out images best" in told
    assert "Trained anew for 9, it reads 72.0 % of PublicTest" in told
    assert "+1.0 points" in told


def test_weights_that_could_not_be_had_are_owned_up_to() -> None:
    assert "*from scratch*" in line_of(page(result("c05-resnet50")), "c05-resnet50")
    had = result("c05-resnet50", weights="somewhere/resnet-50")
    assert "from scratch" not in line_of(page(had), "c05-resnet50")


def test_a_curve_is_flat_when_its_last_fifth_gains_less_than_half_a_point() -> None:
    assert flat(curve(*[0.6] * 6))
    assert flat(curve(0.1, 0.2, 0.3, 0.7, 0.7, 0.7, 0.703, 0.703, 0.703))
    assert not flat(curve(0.60, 0.60, 0.60, 0.61, 0.61, 0.61))
    assert flat(curve(0.60, 0.60, 0.60, 0.50, 0.50, 0.50))
    assert not flat(curve(0.6, 0.6, 0.6, 0.6, 0.6))  # too short to tell
    assert best_epoch(curve(0.1, 0.4, 0.4)) == 2


def test_the_same_results_give_the_same_bytes_and_charts_that_are_whole(tmp_path: Path) -> None:
    results, to = tmp_path / "results", tmp_path / "docs" / "claims.md"
    results.mkdir()
    to.parent.mkdir()
    for run in (result("c03-vgg"), result("faces-v9")):
        (results / f"{run.name}.json").write_text(as_json(asdict(run)))
    (results / "mistakes.json").write_text((RESULTS / "mistakes.json").read_text())
    (results / "class-counts.json").write_text((RESULTS / "class-counts.json").read_text())
    gone = to.parent / "charts" / "claims-gone.svg"
    gone.parent.mkdir()
    gone.write_text("of a run that is no more")
    assert write_report(results, to, CARD) == 2
    first = {p.name: p.read_bytes() for p in [to, *to.parent.glob("charts/*")]}
    assert write_report(results, to, CARD) == 2
    assert {p.name: p.read_bytes() for p in [to, *to.parent.glob("charts/*")]} == first
    assert "claims-gone.svg" not in first
    for name in ("c03-vgg", "faces-v9", "shipped", "classes-seven", "classes-four"):
        assert ElementTree.fromstring(first[f"claims-{name}.svg"]).tag.endswith("svg")
        assert f"charts/claims-{name}.svg" in first["claims.md"].decode()
    assert b"claimed 52.0%" in first["claims-c03-vgg.svg"]


def test_the_page_in_docs_is_what_the_stored_results_say(tmp_path: Path) -> None:
    to = tmp_path / "claims.md"
    write_report(RESULTS, to)
    remedy = "run python -m affetto_training.faces report"
    assert to.read_text("utf-8") == Path("docs/claims.md").read_text("utf-8"), remedy
    kept = {p.name: p.read_text("utf-8") for p in Path("docs/charts").glob("claims-*.svg")}
    assert {p.name: p.read_text("utf-8") for p in to.parent.glob("charts/*")} == kept, remedy


def test_what_measure_keeps_can_be_read_again(data: Path, tmp_path: Path) -> None:
    config = 'name = "tiny"\nwidths = [4]\nphases = [[24, 2]]\nheld_out = 16\nbatch = 32\n'
    (tmp_path / "tiny.toml").write_text(config)
    run, table = str(tmp_path / "run"), ["--data", str(data)]
    train = ["train", str(tmp_path / "tiny.toml"), *table, "--out", run]
    assert lab.main([*train, "--cpu-seconds", "0"]) == 0
    to = tmp_path / "results" / "tiny.json"
    assert lab.main(["measure", run, *table, "--to", str(to)]) == 0
    assert (kept := stored(to.parent)["tiny"]).shortened
    assert (kept.epochs, kept.of_epochs, len(kept.curve)) == (1, 2, 1)
    assert lab.main(train) == 0
    assert lab.main(["measure", run, *table, "--to", str(to)]) == 0
    assert not stored(to.parent)["tiny"].shortened
    assert sum(map(sum, stored(to.parent)["tiny"].confusion)) == 16
    told = json.loads(to.read_text())
    del told["macro_f1"]
    to.write_text(json.dumps(told))
    with pytest.raises(AffettoError, match=r"not the result of a run: 'macro_f1'"):
        stored(to.parent)


def test_classes_are_counted_as_seven_and_as_four(data: Path, tmp_path: Path) -> None:
    to = tmp_path / "counts.json"
    assert lab.main(["counts", "--data", str(data), "--to", str(to)]) == 0
    found = json.loads(to.read_text())
    assert sum(found["seven"]["Training"].values()) == 82
    assert list(found["four"]["Training"]) == ["angry", "happy", "sad", "calm"]
    assert found["four"]["PublicTest"]["calm"] == found["seven"]["PublicTest"]["neutral"]


def test_the_official_counts_are_those_that_are_kept() -> None:
    found = json.loads((RESULTS / "class-counts.json").read_text())
    four = [sum(split[n] for split in found["four"].values()) for n in found["four"]["Training"]]
    assert (four, sum(four)) == ([4462, 8110, 5483, 5572], 23627)
