from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.emotion import Affect, Covariance, EmotionReading
from affetto.mood.blending import Belief, blend, own_word

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def face(
    valence: float, arousal: float = 0.0, *, at: float = 0.0, confidence: float = 0.9
) -> EmotionReading:
    return EmotionReading(
        valence, arousal, confidence, "face", after(at), covariance=Covariance(0.04, 0.0, 0.04)
    )


def test_a_reading_nobody_believes_leaves_the_mood_unknown_not_neutral() -> None:
    assert blend([], now=NOON) is None
    assert blend([face(0.9, confidence=0.0)], now=NOON) is None


def test_a_hardly_believed_reading_is_too_vague_to_act_on() -> None:
    assert blend([face(0.9, confidence=0.05)], now=NOON) is None


def test_a_believed_reading_becomes_the_mood_with_its_doubt() -> None:
    mood = blend([face(0.6, 0.2)], now=NOON)
    assert mood is not None
    assert mood.mean.valence == pytest.approx(0.6)
    assert mood.mean.arousal == pytest.approx(0.2)
    assert 0.2 < mood.spread < 0.5
    assert mood.believed == {"face": 1.0}


def test_half_of_a_face_is_renewed_in_four_seconds() -> None:
    mood = blend([face(1.0), face(-1.0, at=4.0)], now=after(4))
    assert mood is not None
    assert mood.mean.valence == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("fps", [1, 2, 5, 10, 30])
def test_the_frame_rate_does_not_change_the_mood(fps: int) -> None:
    """A face that turns from sad to happy after 5 s, read at different rates."""
    belief = Belief()
    for frame in range(10 * fps + 1):
        seconds = frame / fps
        belief.fold(face(-0.6 if seconds < 5 else 0.8, at=seconds))
    mood = belief.at(after(10))
    assert mood is not None
    # 5 s of the new face: 1 - 2^(-5/4) of the way, give or take one frame.
    expected = 0.8 - 1.4 * math.pow(0.5, 5 / 4)
    assert mood.mean.valence == pytest.approx(expected, abs=0.12 if fps == 1 else 0.06)


def test_the_mood_keeps_its_place_but_grows_unsure_when_the_face_leaves() -> None:
    belief = Belief()
    belief.fold(face(0.7))
    soon, later = belief.at(after(10)), belief.at(after(300))
    assert soon is not None and later is not None
    assert later.mean.valence == pytest.approx(soon.mean.valence)
    assert later.spread > soon.spread
    assert belief.at(after(3600)) is None


def test_the_own_word_silences_the_senses_and_gives_way_slowly() -> None:
    belief = Belief()
    belief.fold(own_word(Affect(-0.5, -0.5), NOON))
    belief.fold(face(0.9, 0.5, at=1))
    at_once = belief.at(after(1))
    assert at_once is not None
    assert at_once.mean.distance(Affect(-0.5, -0.5)) < 0.02
    for minute in range(1, 31):
        belief.fold(face(0.9, 0.5, at=60 * minute))
    much_later = belief.at(after(1800))
    assert much_later is not None
    assert much_later.mean.valence > 0.2
    assert set(much_later.believed) == {"self", "face"}


def test_two_senses_meet_between_and_the_surer_one_counts_for_more() -> None:
    voice = EmotionReading(-0.8, 0.0, 0.9, "voice", NOON, covariance=Covariance(0.04, 0.0, 0.04))
    mood = blend([face(0.8), voice], now=NOON)
    assert mood is not None
    assert 0.2 < mood.mean.valence < 0.8
    alone = blend([face(0.8)], now=NOON)
    assert alone is not None and mood.spread < alone.spread


def test_late_news_does_not_overrule_what_was_heard_since() -> None:
    belief = Belief()
    belief.fold(face(0.5, at=10))
    belief.fold(face(-0.9, at=2))
    mood = belief.at(after(10))
    assert mood is not None and mood.mean.valence == pytest.approx(0.5)


def test_forgetting_the_senses_keeps_the_own_word() -> None:
    belief = Belief()
    belief.fold(face(0.9))
    belief.forget_senses()
    assert belief.at(NOON) is None
    belief.fold(own_word(Affect(0.1, 0.2), NOON))
    belief.forget_senses()
    mood = belief.at(NOON)
    assert mood is not None and mood.mean.distance(Affect(0.1, 0.2)) < 1e-9


def test_a_belief_survives_the_server() -> None:
    belief = Belief()
    belief.fold(own_word(Affect(0.1, 0.2), NOON))
    belief.fold(face(0.9, at=400))
    again = Belief.from_record(json.loads(json.dumps(belief.to_record())))
    assert again.at(after(500)) == belief.at(after(500))


numbers = st.floats(-1, 1)


@given(
    st.lists(
        st.tuples(
            numbers, numbers, st.floats(0, 1), st.floats(0, 600), st.sampled_from(["face", "voice"])
        ),
        max_size=12,
    )
)
def test_the_mood_stays_on_the_map_with_a_proper_covariance(
    rows: list[tuple[float, float, float, float, str]],
) -> None:
    readings = [
        EmotionReading(v, a, c, source, after(s), covariance=Covariance(0.05, 0.02, 0.05))
        for v, a, c, s, source in rows
    ]
    mood = blend(readings, now=after(600))
    if mood is None:
        return
    assert mood.covariance.vv > 0 and mood.covariance.aa > 0
    assert mood.covariance.vv * mood.covariance.aa > mood.covariance.va**2
    assert math.isclose(sum(mood.believed.values()), 1.0)
