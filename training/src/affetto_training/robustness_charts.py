"""The charts on faces that are hard to see, each with the words for who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from affetto_training.degrade import SWEEPS, Sweep
from affetto_training.plots import Line, Panel, even_ticks, figure

Found = Mapping[str, Any]
Chart = tuple[str, str]  # the SVG, and its words

PER_CENT: Final = even_ticks(0, 100, 20)
WHOSE: Final = {"accuracy": "labels", "ferplus_accuracy": "raters"}
FEW: Final = 20  # faces in a bin of a reliability diagram; fewer are not drawn


@dataclass(frozen=True)
class Readers:
    """Whose figures stand on the page: ours, the same without augmentation, the peer's."""

    ours: Found
    plain: Found | None
    fer: Found | None

    def named(self) -> list[tuple[str, Found, int]]:
        """(name on a chart, figures, series), ours first."""
        told = [("Affetto", self.ours, 0), ("fer", self.fer, 1), ("unaugmented", self.plain, 2)]
        return [(name, found, k) for name, found, k in told if found is not None]


# -- the charts -----------------------------------------------------------------------


def sweep_chart(readers: Readers, figure_of: str, title: str) -> Chart:
    """One panel for each sweep; returns the SVG and the words for who cannot see it."""
    panels = []
    for sweep in SWEEPS:
        lines = [
            Line(
                name,
                [(i, 100 * row[figure_of]) for i, row in enumerate(found["sweeps"][sweep.name])],
                k,
            )
            for name, found, k in readers.named()
        ]
        ticks = [(float(i), number(level)) for i, level in enumerate(sweep.levels)]
        floor = 100 * readers.ours["commonest"][WHOSE[figure_of]]["share"]
        guide = ((0.0, floor), (len(ticks) - 1.0, floor), "")
        panels.append(Panel(sweep.title, sweep.unit, title, lines, ticks, PER_CENT, guide))
    words = (
        f"{title[0].upper()}{title[1:]}, at every level of eight kinds of difficulty. The hardest: "
        + " ".join(
            f"{sweep.title}, {told(sweep, hardest(sweep))}: "
            + ", ".join(
                f"{name} {100 * at(found, sweep, hardest(sweep))[figure_of]:.0f}"
                for name, found, _ in readers.named()
            )
            + "."
            for sweep in SWEEPS
        )
    )
    always = readers.ours["commonest"][WHOSE[figure_of]]
    words += f" Saying {always['word']} of every face (dotted): {100 * always['share']:.0f}."
    return figure(panels, title="Faces that are hard to see", words=words), words


def subtle_chart(readers: Readers) -> Chart:
    ticks = [(0.0, "least"), (1.0, "middle"), (2.0, "most")]
    panels = [
        Panel(
            title,
            "third of the faces, by how far raters agree",
            unit,
            [
                Line(name, [(i, 100 * row[key]) for i, row in enumerate(found["subtle"])], k)
                for name, found, k in readers.named()
            ],
            ticks,
            PER_CENT,
        )
        for title, unit, key in (
            ("Subtle faces: official labels", "accuracy, %", "accuracy"),
            ("Subtle faces: what most raters said", "agreement, %", "ferplus_accuracy"),
        )
    ]
    words = "Agreement with most raters from the least agreed on third of faces to the most. " + (
        ". ".join(
            f"{name}: "
            + ", ".join(f"{100 * row['ferplus_accuracy']:.0f} %" for row in found["subtle"])
            for name, found, _ in readers.named()
        )
        + "."
    )
    return figure(panels, title="Subtle faces", words=words), words


def risk_chart(readers: Readers) -> Chart:
    panels = []
    for title, key in (("Official labels", "labels"), ("Raters", "raters")):
        lines = [
            Line(name, [(100 * c, 100 * a) for c, a in found["risk"][key]["curve"]], k)
            for name, found, k in readers.named()
        ]
        low = min(y for line in lines for _, y in line.points)
        floor = 10 * int(low // 10)
        panels.append(
            Panel(
                f"{title}: answering only when sure",
                "share of faces answered, %",
                "right among those answered, %",
                lines,
                even_ticks(0, 100, 20),
                even_ticks(floor, 100, 10),
            )
        )
    words = "Accuracy falls as less sure faces are answered too. Half answered, then all: " + (
        "; ".join(
            f"{name} {100 * covered(found, 'labels', 0.5):.0f} % and "
            f"{100 * covered(found, 'labels', 1.0):.0f} % by the labels, "
            f"{100 * covered(found, 'raters', 0.5):.0f} % and "
            f"{100 * covered(found, 'raters', 1.0):.0f} % by the raters"
            for name, found, _ in readers.named()
        )
        + "."
    )
    return figure(panels, title="Risk and coverage", words=words), words


def reliability_chart(readers: Readers) -> Chart:
    panels = [
        Panel(
            f"{title}: is it as sure as it is right?",
            "mean confidence, %",
            "how often right, %",
            [
                Line(
                    name,
                    [
                        (100 * row["confidence"], 100 * row["accuracy"])
                        for row in found["reliability"][key]
                        if row["n"] >= FEW
                    ],
                    k,
                )
                for name, found, k in readers.named()
            ],
            even_ticks(0, 100, 20),
            PER_CENT,
            guide=((0, 0), (100, 100), ""),
        )
        for title, key in (("Official labels", "labels"), ("Raters", "raters"))
    ]
    words = (
        "How often readers are right at each confidence; the dotted diagonal is a reader that is "
        "exactly as sure as it is right. Expected calibration error: "
        + ", ".join(f"{name} {found['whole']['ece']:.3f}" for name, found, _ in readers.named())
        + "."
    )
    return figure(panels, title="Reliability", words=words), words


def relit_chart(relit: Found) -> Chart:
    skin = sorted(relit["skin"], key=lambda row: -float(row["stops"]))
    panels = []
    for title, unit, key, rows in (
        ("A darker or lighter face", "stops of light the face sends back", "stops", skin),
        ("The room lit from one side", "stops across the face", "stops", relit["side"]),
    ):
        ticks = [(float(i), number(row[key]))
                 for i, row in enumerate(rows)]  # fmt: skip
        lines = [
            Line("found", [(i, 100 * row["found"] / row["n"]) for i, row in enumerate(rows)], 1),
            Line("read", [(i, 100 * row["read"] / row["n"]) for i, row in enumerate(rows)], 2),
            Line("read alike", [(i, 100 * row["same"] / row["n"]) for i, row in enumerate(rows)]),
        ]
        panels.append(Panel(title, unit, "share of faces, %", lines, ticks, PER_CENT))
    words = (
        f"Of {relit['faces']} faces, how many are found, read, and read as the same expression "
        "as in the untouched photo. "
        + "; ".join(
            f"face at {number(row['stops'])} stops: {row['found']} found, {row['read']} read, "
            f"{row['same']} alike"
            for row in skin
        )
        + "."
    )
    return figure(panels, title="Skin and light on photos", words=words), words


# -- looking things up ----------------------------------------------------------------


def number(value: float) -> str:
    """As it is written on an axis, with a real minus."""
    return f"{value:g}".replace("-", "−")


def share(value: float, digits: int = 1) -> str:
    """A share as per cent, the way the papers write it."""
    return f"{100 * value:.{digits}f} %"


def told(sweep: Sweep, level: float) -> str:
    """One level in a sentence."""
    return sweep.words.format(number(level))


def at(found: Found, sweep: Sweep, level: float) -> Found:
    """The figures of one level."""
    rows: Sequence[Found] = found["sweeps"][sweep.name]
    return next(row for row in rows if row["level"] == level)


def hardest(sweep: Sweep) -> float:
    """The level farthest from the clean one."""
    return max(sweep.levels, key=lambda level: abs(level - sweep.clean))


def covered(found: Found, key: str, share: float) -> float:
    """Accuracy when ``share`` of the faces is answered."""
    curve: Sequence[tuple[float, float]] = found["risk"][key]["curve"]
    return min(curve, key=lambda point: abs(point[0] - share))[1]


def ahead(ours: Found, other: Found, figure_of: str) -> tuple[int, int]:
    """At how many of all degraded levels our figure is the higher one: (levels, of)."""
    pairs = [
        (at(ours, sweep, level)[figure_of], at(other, sweep, level)[figure_of])
        for sweep in SWEEPS
        for level in sweep.levels
        if level != sweep.clean
    ]
    return sum(a > b for a, b in pairs), len(pairs)
