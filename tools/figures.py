"""The expression model's figures in the papers, from its card and stored results."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CARD = ROOT / "src" / "affetto" / "inference" / "models" / "expression.card.json"
PEERS = ROOT / "training" / "results" / "peers.json"
BEGIN = "<!-- figures: from expression.card.json -->\n"
END = "<!-- figures end -->"


def block(card: dict[str, Any], fer: dict[str, Any]) -> str:
    """What stands between the marks: ``fer`` is that package's entry in peers.json."""
    told, alone = card["scores"]["PublicTest"], card["scores"]["PublicTest without twins"]
    raters = "agreement with the plurality of ten FER+ raters, eight classes"
    rows = [
        (f"on FER2013 PublicTest, {told['n']:,} crops, one view each", ""),
        ("---", "---"),
        ("accuracy, 7 classes", interval(told)),
        (
            "beside it: the `fer` package, [measured here](robustness.md); 65.28 % elsewhere",
            share(fer["whole"]["accuracy"]),
        ),
        (
            f"without the images that have a twin in Training (n = {alone['n']:,})",
            share(alone["accuracy"]),
        ),
        ("macro-F1", f"{told['macro_f1']:.3f}"),
        ("calibration error (ECE, 15 bins)", f"{told['ece']:.3f}"),
        (f"{raters} (n = {told['ferplus_n']:,})", share(told["ferplus_accuracy"])),
        ("beside it: `fer`, which cannot say contempt", share(fer["whole"]["ferplus_accuracy"])),
    ]
    lines = [f"| {what} | {figure} |".replace("|  |", "| |") for what, figure in rows]
    found = {
        name: row[k] / sum(row)
        for k, (name, row) in enumerate(zip(card["labels"], told["confusion"], strict=True))
    }
    best_first = sorted(found.items(), key=lambda one: -one[1])
    of_each = ", ".join(f"{name} {100 * part:.0f} %" for name, part in best_first)
    run = card["scores"]["training"]
    return "\n".join(
        [
            *lines,
            "",
            f"How many of each expression it finds: {of_each}.",
            f"Trained as `{card['version']}` for {run['epochs']} epochs, "
            f"{run['cpu_s']:,} CPU-seconds, seed {run['seed']};",
            "how the run went is told in [Claimed and measured](claims.md).",
            "",
        ]
    )


def models() -> str:
    """docs/models.md with the figures as they are stored now."""
    text = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    return before + BEGIN + block(*stored()) + END + rest.split(END)[1]


def readme() -> str:
    """README.md with its two lines on the model as they are stored now."""
    card, fer = stored()
    told = card["scores"]["PublicTest"]
    beside = share(fer["whole"]["accuracy"])
    lines = {
        "expression, FER2013 PublicTest, 7 classes, one view": (
            f" (n = {told['n']:,}) | {interval(told)} | the `fer` package: {beside} |"
        ),
        "how far its confidence can be believed (ECE)": (
            f" | {told['ece']:.3f} | 0 is perfect |".replace(" 0.", " .")
        ),
    }
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for what, figure in lines.items():
        begins = re.escape(f"| {what}")
        text, count = re.subn(rf"^{begins}.*$", f"| {what}{figure}", text, flags=re.MULTILINE)
        assert count == 1, what
    return text


def stored() -> tuple[dict[str, Any], dict[str, Any]]:
    """The card of the model in the package, and what was measured of ``fer``."""
    card = json.loads(CARD.read_text(encoding="utf-8"))
    return card, json.loads(PEERS.read_text(encoding="utf-8"))["fer"]


def share(value: float) -> str:
    return f"{100 * value:.1f} %"


def interval(told: dict[str, Any]) -> str:
    low, high = (100 * end for end in told["ci95"])
    return f"{share(told['accuracy'])} (95 % interval {low:.1f} to {high:.1f})"
