"""Saying "not sure": what it gains, and whether confidence means what it says."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")

from affetto_training.fer2013 import Faces
from affetto_training.risk import (
    Judged,
    against_labels,
    against_raters,
    by_agreement,
    reliability,
    risk_coverage,
)

pytestmark = pytest.mark.training


def faces(ballots: list[list[int]], labels: list[int] | None = None) -> Faces:
    n = len(ballots)
    return Faces(
        np.zeros((n, 48, 48), np.uint8),
        np.array(labels or [0] * n, np.int64),
        np.array(ballots, np.uint8),
    )


def test_leaving_out_the_unsure_half_helps_a_reader_that_knows_itself() -> None:
    judged = Judged(np.linspace(1, 0.1, 100), np.arange(100) < 50)
    found = risk_coverage(judged)
    curve = dict(found["curve"])
    assert (curve[0.5], curve[1.0]) == (1.0, 0.5)
    assert found["n"] == 100 and len(found["curve"]) == 20


def test_the_area_is_nil_for_a_reader_that_is_never_wrong_and_one_for_one_always_wrong() -> None:
    sure = np.linspace(1, 0.1, 40)
    assert risk_coverage(Judged(sure, np.ones(40, bool)))["aurc"] == 0.0
    assert risk_coverage(Judged(sure, np.zeros(40, bool)))["aurc"] == 1.0
    assert risk_coverage(Judged(sure[:0], np.zeros(0, bool)))["aurc"] is None


def test_a_reader_as_sure_as_it_is_right_lies_on_the_diagonal() -> None:
    rng = np.random.default_rng(3)
    confidence = rng.uniform(0.2, 1, 20_000)
    rows = reliability(Judged(confidence, rng.random(20_000) < confidence))
    assert sum(row["n"] for row in rows) == 20_000
    assert all(row["accuracy"] == pytest.approx(row["confidence"], abs=0.04) for row in rows)
    assert [row["from"] for row in rows] == pytest.approx([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])


def test_the_raters_are_asked_only_where_they_agreed() -> None:
    tie = [5, 5, 0, 0, 0, 0, 0, 0, 0, 0]
    happy = [0, 10, 0, 0, 0, 0, 0, 0, 0, 0]
    contempt = [0, 0, 0, 0, 0, 0, 0, 10, 0, 0]
    asked = faces([tie, happy, contempt])
    says_happy = np.eye(7)[[3, 3, 3]]
    assert against_raters(says_happy, asked, None).right.tolist() == [True, False]
    votes = np.eye(9)[[0, 7, 7]]
    assert against_raters(says_happy, asked, votes).right.tolist() == [False, True]


def test_what_a_reader_calls_unclear_is_missing_from_its_confidence() -> None:
    votes = np.array([[0.1, 0.3, 0, 0, 0, 0, 0, 0, 0.6]])
    judged = against_raters(np.eye(7)[[3]], faces([[0, 10] + [0] * 8]), votes)
    assert judged.confidence[0] == pytest.approx(0.3) and judged.right[0]


def test_subtle_faces_are_those_on_which_raters_hardly_agree() -> None:
    ballots = [[0, share, 10 - share] + [0] * 7 for share in (6, 6, 7, 8, 8, 9, 10, 10, 10)]
    subtle = faces(ballots, [3] * 9)
    shares = np.eye(7)[[0] * 3 + [3] * 6]
    parts = by_agreement(
        against_labels(shares, subtle), against_raters(shares, subtle, None), subtle
    )
    assert [(p["from"], p["to"], p["n"]) for p in parts] == [
        (0.6, 0.7, 3),
        (0.8, 0.9, 3),
        (1.0, 1.0, 3),
    ]
    assert [p["accuracy"] for p in parts] == [0.0, 1.0, 1.0]


def test_where_most_faces_are_plain_to_everybody_the_clearest_part_is_not_empty() -> None:
    ballots = [[0, share, 10 - share] + [0] * 7 for share in (6, 7, 10, 10, 10, 10)]
    clear = faces(ballots, [3] * 6)
    shares = np.eye(7)[[3] * 6]
    parts = by_agreement(against_labels(shares, clear), against_raters(shares, clear, None), clear)
    assert parts[-1]["from"] == 1.0 and sum(p["n"] for p in parts) == 6


def test_nobody_asked_is_no_part() -> None:
    nobody = faces([[0] * 10])
    shares = np.eye(7)[[0]]
    judged = against_raters(shares, nobody, None)
    assert by_agreement(against_labels(shares, nobody), judged, nobody) == []
