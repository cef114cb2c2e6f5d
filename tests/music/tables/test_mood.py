from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints

import numpy as np
import pytest

from affetto.errors import AffettoError, NotFound
from affetto.music.tables import mood
from affetto.music.tables.mood import (
    CALM_SD,
    RULE_SD,
    MedianRule,
    TagModel,
    blended,
    labels,
    model_called,
)

NAN = float("nan")


def features(**given: list[float]) -> dict[str, np.ndarray]:
    return {name: np.array(values, np.float64) for name, values in given.items()}


@pytest.fixture
def rule() -> MedianRule:
    spread = np.linspace(0, 1, 101)
    return MedianRule(spread * 0.4, spread)  # this table's valence is low all over


def test_the_middle_of_the_table_is_the_middle_of_the_map(rule: MedianRule) -> None:
    told = rule(features(valence=[0.2, 0.0, 0.4], energy=[0.5, 1.0, 0.0]))
    assert told[0, :2] == pytest.approx([0, 0], abs=0.01)
    assert told[1, :2] == pytest.approx([-0.5, 0.5], abs=0.01)
    assert told[2, :2] == pytest.approx([0.5, -0.5], abs=0.01)
    assert rule.medians == pytest.approx((0.2, 0.5))
    assert (told[:, 2] == RULE_SD[0]).all() and (told[:, 3] == RULE_SD[1]).all()


def test_a_quiet_acoustic_instrumental_is_calm_and_unsurely_so(rule: MedianRule) -> None:
    told = rule(
        features(
            valence=[0.05] * 4,
            energy=[0.1, 0.1, 0.1, 0.9],
            instrumentalness=[0.9, 0.0, 0.9, 0.9],
            acousticness=[0.9, 0.9, 0.1, 0.9],
        )
    )
    assert told[0, 0] > 0.3 and told[0, 2] == CALM_SD
    assert (told[1:, 0] < -0.3).all()


def test_a_song_without_valence_or_energy_has_no_mood(rule: MedianRule) -> None:
    told = rule(features(valence=[NAN, 0.1], energy=[0.5, NAN]))
    assert np.isnan(told).all()


def test_a_table_of_a_few_songs_is_read_on_the_scale_itself() -> None:
    rule = MedianRule(np.array([0.9]), np.array([0.9]))
    assert rule.medians is None
    told = rule(features(valence=[0.9], energy=[0.2]))
    assert told[0, :2] == pytest.approx([0.4, -0.3])


def test_mood_words_have_their_places_and_unknown_ones_are_counted() -> None:
    told, unknown = labels(["Happy", "sad", "CALM", "Energetic", "mauve", ""])
    assert unknown == 1
    assert told[0, 0] > 0 and told[1, 0] < 0 and told[2, 1] < 0 and told[3, 1] > 0.5
    assert told[3, 2] > told[0, 2]  # energetic says little of pleasure
    assert np.isnan(told[4:]).all()


def test_two_opinions_meet_where_the_surer_one_is() -> None:
    one, other = np.array([[0.8, 0.0, 0.1, 0.3]]), np.array([[-0.8, 0.0, 0.4, 0.3]])
    both = blended(one, other)
    assert 0.6 < both[0, 0] < 0.8 and both[0, 2] < 0.1
    nothing = np.full((1, 4), NAN)
    assert (blended(one, nothing) == one).all() and (blended(nothing, one) == one).all()


def test_a_model_is_asked_by_name_with_none_for_what_is_unknown() -> None:
    asked: list[dict[str, float | None]] = []

    def tell(rows: list[dict[str, float | None]]) -> list[list[float]]:
        asked.extend(rows)
        return [[5.0, -0.5, 0.001, 0.4]] * len(rows)

    told = TagModel("tags", tell)(features(valence=[0.1, NAN], energy=[NAN, NAN], tempo=[90, NAN]))
    assert asked == [{"valence": 0.1, "energy": None, "tempo": 90.0}]
    assert told[0].tolist() == [1.0, -0.5, 0.05, 0.4] and np.isnan(told[1]).all()


@pytest.mark.parametrize("answer", [[1, 2], [[1, 2, 3]], "text", None])
def test_a_model_that_answers_nonsense_is_named_and_the_rule_offered(answer: object) -> None:
    model = TagModel("odd", lambda _rows: answer)
    with pytest.raises(AffettoError, match="'odd' failed") as caught:
        model(features(valence=[0.1], energy=[0.2]))
    assert "--model median" in caught.value.remedy


def test_the_installed_model_is_used_unless_another_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    point = EntryPoint("tags", "json:loads", mood.GROUP)
    monkeypatch.setattr(mood, "entry_points", lambda group: EntryPoints([point]))
    found = model_called(None)
    assert found is not None and found.name == "tags" and mood.model_names() == ["tags"]
    assert model_called("median") is None
    with pytest.raises(NotFound, match="'other'") as caught:
        model_called("other")
    assert "median, tags" in caught.value.remedy
    monkeypatch.setattr(mood, "entry_points", lambda group: EntryPoints([]))
    assert model_called(None) is None
