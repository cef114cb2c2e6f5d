"""What `make test` says at its end: which test failed, and which passed only the second time."""

from __future__ import annotations

import pytest

import outcomes

TOLD = """
  1) e2e/dark.spec.ts:12:1 › the page is dark ─────────────────

    Error: expect(received).toBe(expected)

  1 failed
    e2e/dark.spec.ts:12:1 › the page is dark ────────────────────
  2 flaky
    e2e/player.spec.ts:30:3 › a phone › plays on ────────────────
    e2e/player.spec.ts:44:3 › a desk › plays on ─────────────────
  124 passed (6.5m)
"""


def test_the_journeys_that_failed_are_named_once() -> None:
    told = outcomes.named(TOLD.splitlines(), "failed").splitlines()
    assert len(told) == 1
    assert told[0].startswith("failed: e2e/dark.spec.ts:12:1 › the page is dark")


def test_what_passed_only_the_second_time_is_told_too() -> None:
    told = outcomes.named(TOLD.splitlines(), "flaky").splitlines()
    assert [line.split(" › ")[0] for line in told] == [
        "flaky: e2e/player.spec.ts:30:3",
        "flaky: e2e/player.spec.ts:44:3",
    ]
    assert outcomes.named(["  127 passed (6.5m)"], "flaky") == ""


def test_what_failed_stands_below_its_line_of_the_table(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = ["....F", "FAILED tests/a.py::b - AssertionError", "== 1 failed, 4 passed in 2.10s =="]
    note = "ended with code 1\n" + outcomes.missed(told)
    outcomes.summary([outcomes.Outcome("python tests", "failed", 2.1, note)], 3.0)
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].startswith("  python tests") and lines[2].endswith("ended with code 1")
    assert lines[3] == "      FAILED tests/a.py::b - AssertionError"
