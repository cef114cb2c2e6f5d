"""What every Sense must do, whoever wrote it.

A sense's own tests subclass ``SenseContract`` and give three fixtures:

    sense       the sense itself
    telling     a moment it can read (for a face: a picture with one)
    empty       a moment with nothing to read (a picture without a face)
"""

from __future__ import annotations

import math
from datetime import UTC
from typing import Any

import pytest

from affetto.emotion import EXPRESSIONS, EmotionReading
from affetto.senses.sense import Sense


class SenseContract:
    """The suite."""

    @pytest.fixture
    def reading(self, sense: Sense[Any], telling: Any) -> EmotionReading:
        reading = sense.read(telling)
        assert reading is not None
        return reading

    def test_nothing_to_read_is_an_answer_not_an_error(self, sense: Sense[Any], empty: Any) -> None:
        assert sense.read(empty) is None

    def test_a_reading_lies_on_the_map(self, reading: EmotionReading) -> None:
        assert -1 <= reading.affect.valence <= 1
        assert -1 <= reading.affect.arousal <= 1

    def test_a_reading_says_how_far_to_trust_it(self, reading: EmotionReading) -> None:
        assert 0 <= reading.confidence <= 1
        vv, va, aa = reading.covariance
        assert min(vv, aa) > 0
        assert vv * aa - va * va >= -1e-9  # a covariance, not just three numbers

    def test_a_reading_names_its_sense(self, sense: Sense[Any], reading: EmotionReading) -> None:
        assert reading.source == sense.source

    def test_a_reading_carries_the_time_of_its_moment(
        self, telling: Any, reading: EmotionReading
    ) -> None:
        assert reading.at.tzinfo is not None
        assert reading.at.astimezone(UTC) == telling.at.astimezone(UTC)

    def test_probabilities_are_of_known_expressions_and_sum_to_one(
        self, reading: EmotionReading
    ) -> None:
        if reading.probabilities:
            assert set(reading.probabilities) <= set(EXPRESSIONS)
            assert all(p >= 0 for p in reading.probabilities.values())
            assert math.isclose(sum(reading.probabilities.values()), 1, abs_tol=1e-3)

    def test_the_same_moment_reads_the_same(self, sense: Sense[Any], telling: Any) -> None:
        first, second = sense.read(telling), sense.read(telling)
        assert first is not None
        assert second is not None
        assert math.isclose(first.valence, second.valence, abs_tol=1e-6)
        assert math.isclose(first.arousal, second.arousal, abs_tol=1e-6)
