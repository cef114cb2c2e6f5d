from __future__ import annotations

import pytest

from affetto.cli.journey_chart import FINE, HEIGHT, PLAIN, Point, floor, marks_for, panel

DOWN = [Point(0.8 - 0.2 * i, 0.8 - 0.2 * i if i % 2 else 0.0) for i in range(9)]


def test_a_line_that_leads_down_is_drawn_from_the_upper_left_to_the_lower_right() -> None:
    lines = panel(DOWN, ("lively", "quiet"), 80, PLAIN)
    assert len(lines) == HEIGHT
    first = [line.index(".") for line in lines if "." in line]
    assert first == sorted(first)
    assert lines[0].startswith(" lively |") and lines[-1].startswith("  quiet |")


def test_every_track_is_marked_once_on_or_off_the_line() -> None:
    drawn = "".join(panel(DOWN, ("", ""), 80, FINE))
    assert drawn.count(FINE.track) + drawn.count(FINE.both) == len(DOWN)
    assert drawn.count(FINE.both) >= 4


@pytest.mark.parametrize("width", [12, 20, 40, 79, 200])
def test_a_chart_keeps_within_a_terminal_of_any_width(width: int) -> None:
    points = [Point(0.0, 0.1)] * 30
    told = [
        *panel(points, ("bright", "dark"), width, PLAIN),
        *floor(30, "0:00", "1:48:00", 60, PLAIN),
    ]
    assert max(len(line) for line in told[:HEIGHT]) <= width


def test_what_is_not_known_is_left_out() -> None:
    drawn = "".join(
        panel([Point(None, None), Point(0.0, None), Point(None, 0.5)], ("", ""), 40, PLAIN)
    )
    assert drawn.count("o") == 1 and drawn.count("@") == 0
    assert panel([Point(None, None)], ("", ""), 40, PLAIN) == ["        |"] * HEIGHT


def test_a_terminal_that_knows_only_plain_letters_gets_plain_ones() -> None:
    assert marks_for("utf-8") is FINE
    assert marks_for("ascii") is PLAIN and marks_for("cp1252") is PLAIN
    assert marks_for(None) is PLAIN and marks_for("no such encoding") is PLAIN
    lines = panel(DOWN, ("lively", "quiet"), 60, PLAIN) + floor(9, "0:00", "30:00", 60, PLAIN)
    assert "\n".join(lines).isascii()


def test_the_clock_stands_at_the_ends_of_the_line() -> None:
    line, clock = floor(10, "0:00", "36:00", 80, PLAIN)
    assert line.strip() == "-" * 60
    assert clock.strip().startswith("0:00") and clock.endswith("36:00")
    assert len(clock) == len(line)
