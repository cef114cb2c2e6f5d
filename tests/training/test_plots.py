"""Charts that can be read: names that do not overlap, both themes, words for who cannot see."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")

from affetto_training.plots import APART, Line, Panel, even_ticks, figure

pytestmark = pytest.mark.training

SVG = "{http://www.w3.org/2000/svg}"


def chart(*lines: Line, columns: int = 2, panels: int = 1) -> ElementTree.Element:
    ticks = even_ticks(0, 100, 20)
    panel = Panel("Blur & noise", "pixels", "accuracy, %", lines, ticks, ticks)
    return ElementTree.fromstring(
        figure([panel] * panels, title="A < B", words="Falls.", columns=columns)
    )


def test_a_chart_says_what_it_shows_and_follows_the_reader_s_theme() -> None:
    root = chart(Line("ours", [(0, 80), (100, 40)]))
    assert [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")] == ["A < B", "Falls."]
    assert "prefers-color-scheme:dark" in (root.findtext(f"{SVG}style") or "")
    told = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Blur & noise", "pixels", "accuracy, %", "ours"} <= set(told)


def test_lines_that_end_together_keep_their_names_apart() -> None:
    names = ("ours", "theirs", "other")
    root = chart(*(Line(name, [(0, 80), (100, 50)], k) for k, name in enumerate(names)))
    places = sorted(float(t.get("y", 0)) for t in root.iter(f"{SVG}text") if t.text in names)
    assert all(b - a >= APART - 0.5 for a, b in pairwise(places))


def test_each_line_has_its_own_dash_and_mark() -> None:
    root = chart(*(Line(f"line {k}", [(0, 10 * k), (100, 20 * k)], k) for k in range(4)))
    paths = [p for p in root.iter(f"{SVG}path") if (p.get("class") or "").startswith("line ")]
    assert len({p.get("stroke-dasharray") for p in paths}) == 4
    marks = [e for e in root.iter() if re.fullmatch(r"f\d", e.get("class") or "")]
    shapes = {
        (e.tag, re.sub(r"^M[\d. ]+", "", e.get("d") or "")) for e in marks if e.tag != f"{SVG}text"
    }
    assert len(shapes) == 4


def test_higher_is_higher_and_a_value_off_the_axis_stays_on_the_chart() -> None:
    root = chart(Line("ours", [(0, 20), (50, 60), (100, 140)]))
    (path,) = [p for p in root.iter(f"{SVG}path") if p.get("class") == "line s0"]
    heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", path.get("d") or "")]
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] == 54.0


def test_panels_stand_in_rows() -> None:
    root = chart(Line("ours", [(0, 20), (100, 60)]), panels=3, columns=2)
    places = {g.get("transform") for g in root.iter(f"{SVG}g")}
    assert len(places) == 3
    assert float(root.get("height", 0)) > 2 * 260


def test_a_line_without_a_point_is_left_out() -> None:
    root = chart(Line("ours", [(0, 20), (100, 60)]), Line("nothing", [], 1))
    assert "nothing" not in [text.text for text in root.iter(f"{SVG}text")]
