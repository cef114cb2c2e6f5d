from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.emotion import (
    EXPRESSIONS,
    MOODS,
    Affect,
    Covariance,
    EmotionReading,
    MoodState,
    affect_of,
    mood_of,
    mood_word,
)
from affetto.errors import Misuse

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SEVEN = {"angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"}


def test_there_are_seven_expressions_and_four_moods() -> None:
    assert set(EXPRESSIONS) == SEVEN
    assert set(MOODS) == {"angry", "happy", "sad", "calm"}


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_every_mood_lies_in_the_quarter_that_bears_its_name(mood: str) -> None:
    assert mood_of(MOODS[mood]) == mood


@pytest.mark.parametrize(
    ("valence", "arousal", "word"),
    [
        (0.5, 0.5, "happy"),
        (-0.05, 0.05, "angry"),
        (0.01, 0.55, "awake"),
        (-0.01, 0.55, "awake"),
        (-0.04, -0.6, "drowsy"),
        (0.6, -0.02, "pleasant"),
        (-0.6, 0.02, "unpleasant"),
        (0.0, 0.0, "in the middle"),
    ],
)
def test_a_song_next_to_an_axis_is_named_by_what_is_sure(
    valence: float, arousal: float, word: str
) -> None:
    assert mood_word(Affect(valence, arousal)) == word


@pytest.mark.parametrize("bad", [1.01, -1.01, math.nan, math.inf])
def test_a_point_off_the_map_is_refused_with_a_remedy(bad: float) -> None:
    with pytest.raises(Misuse, match="off the mood map") as refused:
        Affect(bad, 0.0)
    assert refused.value.remedy == "Give a number from -1 to 1."
    with pytest.raises(Misuse, match="arousal"):
        Affect(0.0, bad)


def test_clipping_brings_a_point_back_to_the_edge() -> None:
    assert Affect.clipped(3.0, -7.0) == Affect(1.0, -1.0)


def test_a_sure_face_has_the_place_of_its_expression_and_no_doubt() -> None:
    place, doubt = affect_of({"happy": 1.0})
    assert place == EXPRESSIONS["happy"]
    assert doubt == pytest.approx(Covariance(0.0, 0.0, 0.0))


def test_half_happy_half_sad_is_unsure_not_neutral() -> None:
    place, doubt = affect_of({"happy": 0.5, "sad": 0.5})
    assert abs(place.valence) < 0.2
    assert math.sqrt(doubt.vv) > 0.6


@given(st.lists(st.floats(0.001, 1), min_size=7, max_size=7))
def test_any_distribution_lands_on_the_map_with_a_proper_covariance(raw: list[float]) -> None:
    shares = {name: p / sum(raw) for name, p in zip(sorted(SEVEN), raw, strict=True)}
    place, doubt = affect_of(shares)
    assert -1 <= place.valence <= 1 and -1 <= place.arousal <= 1
    assert doubt.vv >= 0 and doubt.aa >= 0
    assert doubt.vv * doubt.aa >= doubt.va**2 - 1e-12


def test_a_reading_names_its_likeliest_expression_if_it_has_any() -> None:
    reading = EmotionReading(0.1, 0.2, 0.9, "face", NOON, probabilities={"sad": 0.4, "happy": 0.6})
    assert reading.expression == "happy"
    assert reading.affect == Affect(0.1, 0.2)
    assert EmotionReading(0.1, 0.2, 0.9, "pulse", NOON).expression is None


def test_a_mood_tells_its_quarter_and_its_spread() -> None:
    mood = MoodState(Affect(0.5, -0.5), Covariance(0.04, 0.0, 0.16), NOON)
    assert mood.name == "calm"
    assert mood.spread == pytest.approx(0.3)
