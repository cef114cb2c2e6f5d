"""The tables on faces that are hard to see, as Markdown, from stored figures."""

from __future__ import annotations

from affetto_training.degrade import SWEEPS
from affetto_training.photos import tally
from affetto_training.robustness_charts import Found, Readers, at, covered, number, share
from affetto_training.robustness_words import COMPASS


def levels_table(readers: Readers) -> str:
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
            unclear = "–" if ours["unclear"] is None else share(ours["unclear"])
            figures = " | ".join(
                f"{share(row['accuracy'])} | {share(row['ferplus_accuracy'])}"
                for row in (at(found, sweep, level) for _, found, _ in named)
            )
            clean = " (clean)" if level == sweep.clean else ""
            rows.append(
                f"| {sweep.title} | {number(level)}{clean} | {figures} "
                f"| {share(ours['confidence'])} | {ours['ece']:.3f} | {unclear} |"
            )
    notes = "; ".join(f"{sweep.title.lower()}: {sweep.unit}" for sweep in SWEEPS)
    return "\n".join([*rows, f"\nLevels are: {notes}.\n", "</details>"])


def subtle_table(readers: Readers) -> str:
    named = readers.named()
    rows = [
        "| agreement of the raters | faces | "
        + " | ".join(f"{name}: labels | raters" for name, _, _ in named)
        + " |",
        "|---|---|" + "---|" * (2 * len(named)),
    ]
    for i, part in enumerate(readers.ours["subtle"]):
        figures = " | ".join(
            f"{share(row['accuracy'])} | {share(row['ferplus_accuracy'])}"
            for row in (found["subtle"][i] for _, found, _ in named)
        )
        agreed = f"{share(part['from'], 0)} to {share(part['to'], 0)}"
        if part["from"] == part["to"]:
            agreed = share(part["from"], 0)
        rows.append(f"| {agreed} | {part['n']:,} | {figures} |")
    return "\n".join(rows)


def risk_table(readers: Readers) -> str:
    rows = [
        "| reader | AURC, labels | right at 50 % | at 80 % | at 100 % "
        "| AURC, raters | right at 50 % | at 80 % | at 100 % |",
        "|---|" + "---|" * 8,
    ]
    for name, found, _ in readers.named():
        figures = " | ".join(
            f"{found['risk'][key]['aurc']:.3f} | "
            + " | ".join(share(covered(found, key, part)) for part in (0.5, 0.8, 1.0))
            for key in ("labels", "raters")
        )
        rows.append(f"| {name} | {figures} |")
    return "\n".join(rows)


def reliable_line(readers: Readers) -> str:
    return (
        "Expected calibration error on the official labels, 15 bins: "
        + ", ".join(f"{name} **{found['whole']['ece']:.3f}**" for name, found, _ in readers.named())
        + ". On spoilt crops confidence must fall with accuracy; the first table says how far."
    )


def photos_table(ours: Found, fer: Found | None) -> str:
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
    return f"{row['says']} {share(row['share'], 0)}{mark}"


def relit_table(relit: Found) -> str:
    rows = [
        "| change | readings | found | read | doubts | of these, the same expression "
        "| where the untouched photo gave it more than half | moved on the map | confidence |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    names = [(f"face at {number(row['stops'])} stops", row) for row in relit["skin"]]
    names += [
        (f"side light, {row['stops']:g} stop{'s' if row['stops'] != 1 else ''}", row)
        for row in relit["side"]
    ]
    names += [(f"side light from {COMPASS[row['angle']]}", row) for row in relit["angle"]]
    for name, row in names:
        doubts = ", ".join(f"{doubt} {count}" for doubt, count in row["doubts"].items())
        moved = "–" if row["moved"] is None else f"{row['moved']:.2f}"
        sure = "–" if row["confidence"] is None else share(row["confidence"], 0)
        rows.append(
            f"| {name} | {row['n']} | {row['found']} | {row['read']} "
            f"| {doubts or '–'} | {row['same']} "
            f"| {row['sure_same']} of {row['sure']} | {moved} "
            f"| {sure} |"
        )
    faces = "; ".join(
        f"{face['luminance']:.2f}: "
        + ("not read" if face["stops"] is None else number(face["stops"]))
        for face in relit["darkest"]
    )
    told = (
        "\nHow many stops down each face is still read, by its luminance in the photo: "
        f"{faces}. It should not depend on how dark a face was to begin with how soon it is "
        "doubted."
    )
    return "\n".join([*rows, told])
