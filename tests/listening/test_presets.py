from __future__ import annotations

import pytest

from affetto.emotion import Affect
from affetto.errors import Misuse
from affetto.listening.presets import PLACES, Presets, list_for, mood_at, mood_called
from affetto.music.curated import load


def test_a_mood_brings_the_words_the_listener_typed_for_it() -> None:
    presets = Presets({"Calm": "  rain  on a roof ", "sad": ""})
    assert presets.words("calm") == "rain on a roof"
    assert presets.words("sad") == ""
    assert Presets.from_text(presets.to_text()).words("calm") == "rain on a roof"


@pytest.mark.parametrize("text", ["", "[]", "no JSON", '{"hungry": "food"}'])
def test_presets_that_cannot_be_read_are_none(text: str) -> None:
    assert Presets.from_text(text).to_text() == "{}"


def test_a_mood_that_is_none_is_named_with_those_there_are() -> None:
    with pytest.raises(Misuse, match="hungry") as caught:
        Presets({"hungry": "food"})
    assert "calm" in caught.value.remedy
    with pytest.raises(Misuse, match="longer than 200"):
        Presets({"calm": "x" * 201})


@pytest.mark.parametrize(
    ("place", "mood"),
    [
        (Affect(0.8, 0.5), "happy"),
        (Affect(0.4, -0.6), "calm"),
        (Affect(-0.6, -0.3), "sad"),
        (Affect(-0.5, 0.6), "angry"),
        (Affect(0.0, 0.0), "neutral"),
    ],
)
def test_a_place_on_the_map_is_called_by_the_mood_nearest_to_it(place: Affect, mood: str) -> None:
    assert mood_at(place) == mood


def test_every_mood_has_a_list_to_fall_back_on() -> None:
    assert all(load(list_for(mood_called(mood))) for mood in PLACES)
