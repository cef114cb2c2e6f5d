"""Writes docs/claims.md and its charts from stored results, the same bytes for the same files."""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from affetto.inference.card import ModelCard
from affetto.inference.shelf import MODELS
from affetto_training.claim_charts import counts_chart, run_chart
from affetto_training.claims import AUGMENT_THEN_SPLIT, CLAIMS, TRAINING_ACCURACY, Claim
from affetto_training.results import Result, stored

MADE = "<!-- Written by `python -m affetto_training.faces report`; edits here are lost. -->\n"
NOT_YET = "*not run yet*"
SCRATCH = "from scratch"  # what a run says of its weights when none could be had


def write_report(results: Path, to: Path, card: Path = MODELS / "expression.card.json") -> int:
    """Write the page to ``to`` and its charts into ``charts`` beside it; how many runs it has.

    A chart that no run has any more is removed.
    """
    runs = stored(results)
    shipped = ModelCard.read(card)
    charts = to.parent / "charts"
    drawn = {f"claims-{name}.svg": _chart(run) for name, run in runs.items()}
    drawn |= _ours_chart(shipped, runs)
    counts = _read(results / "class-counts.json")
    for view in ("seven", "four"):
        if counts:
            title = f"FER2013, {view} classes"
            drawn[f"claims-classes-{view}.svg"] = counts_chart(title, counts[view])
    charts.mkdir(parents=True, exist_ok=True)
    for old in charts.glob("claims-*.svg"):
        if old.name not in drawn:
            old.unlink()
    for name, text in drawn.items():
        (charts / name).write_text(text, encoding="utf-8", newline="\n")
    page = page_of(runs, shipped, _read(results / "mistakes.json"), counts)
    to.write_text(page, encoding="utf-8", newline="\n")
    return len(runs)


def page_of(
    runs: Mapping[str, Result],
    shipped: ModelCard,
    mistakes: Mapping[str, Any] | None,
    counts: Mapping[str, Any] | None,
) -> str:
    """The whole page as Markdown."""
    known = {name for claim in CLAIMS for name in claim.runs}
    parts = [MADE + _beginning(), _table(runs, shipped)]
    parts += ["## Row by row", *(_section(claim, runs) for claim in CLAIMS)]
    parts.append(_ours(shipped, [run for name, run in runs.items() if name not in known]))
    parts.append(_mistakes(mistakes))
    parts.append(_counts(counts))
    blocks = "\n\n".join(part.rstrip() for part in parts).split("\n\n")
    return "\n\n".join(block if block[0] in "|#!<" else _wrapped(block) for block in blocks) + "\n"


# -- the table ------------------------------------------------------------------------


def _beginning() -> str:
    return """# Claimed and measured

What earlier face systems said of themselves, and what their nets read when we train them.
Each is one configuration in `training/configs`, learns from FER2013's *Training* without any
picture that also stands in *PublicTest*, and reads PublicTest once, when it is done, one
view of each face. Intervals are Wilson's, for 95 in 100. A claim is quoted as it was made; on
which pictures, is seldom known.

A run is *flat* when the mean held-out accuracy of the last fifth of its epochs (three at
least) is less than half a point above that of the fifth before; else it is *still rising*, and
a longer one would probably read better. A run that had fewer epochs than its configuration
plans, or fewer images, says so in **bold**."""


def _table(runs: Mapping[str, Result], shipped: ModelCard) -> str:
    head = (
        "| | what | claimed | measured on PublicTest | macro-F1 | parameters | learnt from | "
        "epochs | CPU-seconds |\n|---|---|---|---|---|---|---|---|---|"
    )
    lines = [head]
    for claim in CLAIMS:
        for name in claim.runs:
            lines.append(_line(claim, name, runs.get(name)))
    scores = shipped.scores["PublicTest"]
    told = shipped.scores.get("training", {})
    lines.append(
        f"| ours | **what Affetto ships**, `{shipped.version}` | | "
        f"**{_share(scores['accuracy'])}** ({_interval(scores['ci95'])}) | "
        f"{scores['macro_f1']:.3f} | | | {told.get('epochs', '')} | {_many(told.get('cpu_s'))} |"
    )
    return "\n".join(lines)


def _line(claim: Claim, name: str, run: Result | None) -> str:
    start = f"| {claim.row} | `{name}` | {_claimed(claim)} | "
    if run is None:
        return start + f"{NOT_YET} | | | | | |"
    note = f", {claim.note}" if claim.note else ""
    note += f", *{run.weights}*" if claim.pretrained and run.weights == SCRATCH else ""
    epochs = f"{run.epochs} of {run.of_epochs}, {'flat' if run.plateau else 'still rising'}"
    if run.shortened:
        epochs = f"**shortened: {epochs}**"
    return start + (
        f"{_share(run.accuracy)} ({_interval(run.ci95)}{note}) | {run.macro_f1:.3f} | "
        f"{_many(run.parameters)} | {_many(run.learnt_from)} | {epochs} | {_many(run.cpu_s)} |"
    )


# -- row by row -----------------------------------------------------------------------


def _section(claim: Claim, runs: Mapping[str, Result]) -> str:
    told = f"claimed {_claimed(claim)}" if claim.claimed else "gave no figure to check"
    parts = [f"### {claim.row}: {claim.what}", f"The earlier system {told}. {claim.why}"]
    for name in claim.runs:
        run = runs.get(name)
        parts.append(f"`{name}`: {NOT_YET}." if run is None else _run(run, claim))
    if claim.row == "C07":
        parts.append(_retrained(*(runs.get(name) for name in claim.runs[:2])))
    if claim.row == "C10":
        parts.append(_memory(*(runs.get(name) for name in claim.runs)))
    return "\n\n".join(part for part in parts if part)


def _run(run: Result, claim: Claim | None) -> str:
    words = (
        f"`{run.name}` ({run.weights}, seed {run.seed}, {run.device}) learnt from "
        f"{_many(run.learnt_from)} images for {run.epochs} epochs, {_many(run.cpu_s)} CPU-seconds"
        f"; {_many(run.held_out)} more were held out, and read best after epoch "
        f"{run.best_epoch}. It reads {_share(run.accuracy)} of {_many(run.n)} faces as labelled."
    )
    if claim is not None and claim.claimed is not None:
        words += f" {verdict(claim.claimed, run)}"
    if run.shortened:
        words += (
            f" **This run was shortened: {run.epochs} of {run.of_epochs} epochs, "
            f"{_many(run.cpu_s)} CPU-seconds, {_many(run.learnt_from)} images.**"
        )
    seen = f"{run.name}: its curve, best at epoch {run.best_epoch}, and its confusion matrix"
    return f"{words}\n\n![{seen}](charts/claims-{run.name}.svg)"


def verdict(claimed: float, run: Result) -> str:
    """Whether the claim stands, from the interval alone."""
    low, high = run.ci95
    gap = abs(run.accuracy - claimed) * 100
    if claimed > high:
        ending = " It has not learnt to its end yet." if run.shortened else ""
        return f"That is {gap:.1f} points below the claim: we do not find it.{ending}"
    if claimed < low:
        return f"That is {gap:.1f} points above the claim: it holds."
    return "The claim lies within the interval: it holds."


def _retrained(first: Result | None, again: Result | None) -> str:
    if first is None:
        return ""
    words = (
        f"Of its {first.epochs} epochs, epoch {first.best_epoch} read the held-out images best; "
        "it is ringed in the first curve."
    )
    if again is None:
        return f"{words} The run of that length is {NOT_YET}."
    return (
        f"{words} Trained anew for {again.epochs}, it reads {_share(again.accuracy)} of "
        f"PublicTest, where all {first.epochs} epochs gave {_share(first.accuracy)}: a "
        f"difference of {100 * (again.accuracy - first.accuracy):+.1f} points, where chance "
        f"alone would make up to {100 * _by_chance(again, first):.1f}."
    )


def _by_chance(*runs: Result) -> float:
    """How far two accuracies lie apart in 95 of 100 cases when there is nothing in it."""
    return 1.96 * math.sqrt(sum(r.accuracy * (1 - r.accuracy) / r.n for r in runs))


def _memory(lstm: Result | None, mean: Result | None) -> str:
    """Whether the LSTM beats the mean of frame readings, in words."""
    if lstm is None or mean is None:
        return f"Whether memory beats the mean: {NOT_YET}."
    gap = lstm.accuracy - mean.accuracy
    spread = _by_chance(lstm, mean)
    told = (
        f"the LSTM reads {_share(lstm.accuracy)} of {_many(lstm.n)} clips, the mean of "
        f"frame readings {_share(mean.accuracy)}; the difference is {100 * gap:+.1f} points, and "
        f"chance alone would make up to {100 * spread:.1f}"
    )
    if gap > spread:
        return f"**The LSTM beats the mean**: {told}."
    if gap < -spread:
        return f"**The LSTM does not beat the mean; it reads worse**: {told}."
    return f"**The LSTM does not beat the mean** by more than chance would: {told}."


def _ours(shipped: ModelCard, runs: Sequence[Result]) -> str:
    scores = shipped.scores["PublicTest"]
    alone = shipped.scores.get("PublicTest without twins")
    words = (
        f"What Affetto ships (`{shipped.version}`, one ONNX file with its card) reads "
        f"{_share(scores['accuracy'])} of {_many(scores['n'])} faces as labelled "
        f"({_interval(scores['ci95'])}), macro-F1 {scores['macro_f1']:.3f}, calibration error "
        f"{scores['ece']:.3f}"
    )
    if scores.get("ferplus_accuracy") is not None:
        words += (
            f", and agrees with what most FER+ raters said on "
            f"{_share(scores['ferplus_accuracy'])} of {_many(scores['ferplus_n'])}"
        )
    words += "."
    if alone:
        words += (
            f" Without the {_many(scores['n'] - alone['n'])} images that have a twin in Training "
            f"(no net here has learnt from that twin) it is {_share(alone['accuracy'])}."
        )
    parts = ["## Ours", words, f"![{shipped.version} as shipped](charts/claims-shipped.svg)"]
    parts += [_run(run, None) for run in runs]
    return "\n\n".join(parts)


# -- the rest -------------------------------------------------------------------------


def _mistakes(found: Mapping[str, Any] | None) -> str:
    title = "## The two usual mistakes, made on purpose"
    if found is None:
        return f"{title}\n\nThey are {NOT_YET}."
    honest, leaked, learnt = (
        found["honest"], found["augment_then_split"], found["training_accuracy"]
    )  # fmt: skip
    unseen = leaked["unseen"]
    rows = (
        ("the truth: split first, score on new faces", honest, honest),
        ("copies first, split at random afterwards", leaked, unseen),
        ("accuracy on what was learnt", learnt, honest),
    )
    table = "\n".join(_mistake(what, told, true) for what, told, true in rows)
    return f"""{title}

One small net ({_many(found["parameters"])} parameters, {found["side"]} px, {found["epochs"]}
epochs, seed {found["seed"]}) and {_many(found["images"])} faces of Training, a fifth of them put
aside before anything else; {_many(found["cpu_s"])} CPU-seconds for all. PublicTest is not touched.

| what is reported | faces | accuracy | macro-F1 | on the fifth put aside |
|---|---|---|---|---|
{table}

{AUGMENT_THEN_SPLIT} {_many(leaked["copies"])} copies make {_share(unseen["accuracy"])} look like
{_share(leaked["accuracy"])}, {_points(leaked, unseen)} points more, and a macro-F1 of
{unseen["macro_f1"]:.3f} like {leaked["macro_f1"]:.3f}.

{TRAINING_ACCURACY} It makes {_share(honest["accuracy"])} look like {_share(learnt["accuracy"])},
{_points(learnt, honest)} points more."""


def _mistake(what: str, told: Mapping[str, Any], true: Mapping[str, Any]) -> str:
    measured = f"{_share(told['accuracy'])} ({_interval(told['ci95'])})"
    return (
        f"| {what} | {_many(told['n'])} | {measured} | {told['macro_f1']:.3f} | "
        f"{_share(true['accuracy'])} |"
    )


def _points(high: Mapping[str, Any], low: Mapping[str, Any]) -> str:
    return f"{100 * (high['accuracy'] - low['accuracy']):.1f}"


def _counts(counts: Mapping[str, Any] | None) -> str:
    title = "## How many faces of each class"
    if counts is None:
        return f"{title}\n\n*Not counted yet*."
    lines = [title, f"{counts['data']}."]
    for view in ("seven", "four"):
        names = list(next(iter(counts[view].values())))
        totals = [sum(split[name] for split in counts[view].values()) for name in names]
        told = ", ".join(f"{n:,} {name}" for name, n in zip(names, totals, strict=True))
        lines.append(f"In {view} classes, over all splits: {told} = {sum(totals):,}.")
        lines.append(f"![{view} classes, by split](charts/claims-classes-{view}.svg)")
    return "\n\n".join(lines)


def _chart(run: Result) -> str:
    return run_chart(run.name, run.labels, run.confusion, run.curve, run.best_epoch, run.claim)


def _ours_chart(shipped: ModelCard, runs: Mapping[str, Result]) -> dict[str, str]:
    run = runs.get(shipped.version)
    name, confusion = f"{shipped.version}, as shipped", shipped.scores["PublicTest"]["confusion"]
    curve, best = (run.curve, run.best_epoch) if run else ((), 0)
    return {"claims-shipped.svg": run_chart(name, shipped.labels, confusion, curve, best)}


def _wrapped(words: str) -> str:
    return textwrap.fill(words, 99, break_long_words=False, break_on_hyphens=False)


def _read(path: Path) -> dict[str, Any] | None:
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _claimed(claim: Claim) -> str:
    if claim.claimed is None:
        return "no figure"
    told = f"{100 * claim.claimed:.2f}".rstrip("0").rstrip(".") + " %"
    return ("about " if claim.about else "") + told + (f", {claim.note}" if claim.note else "")


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"


def _interval(pair: Sequence[float]) -> str:
    return f"{100 * pair[0]:.1f} to {100 * pair[1]:.1f}"


def _many(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"
