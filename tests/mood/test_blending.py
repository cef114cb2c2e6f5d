from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affetto.emotion import EXPRESSIONS, Affect, Covariance, EmotionReading, MoodState
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


@dataclass(frozen=True)
class Clip:
    """A face that looks one way for a while, then another, for the whole of a clip."""

    looks: tuple[tuple[float, float, float, float], ...]  # valence, arousal, confidence, seconds
    change_s: float  # a change of expression takes so long

    @property
    def seconds(self) -> float:
        return sum(look[3] for look in self.looks)

    def face(self, at: float) -> EmotionReading:
        """What is read at an instant."""
        ends = 0.0
        here = self.looks[0]
        for before, after_ in itertools.pairwise(self.looks):
            ends += before[3]
            share = float(at >= ends)
            if self.change_s:
                share = min(1.0, max(0.0, (at - ends) / self.change_s + 0.5))
            here = tuple(a + share * (b - a) for a, b in zip(here, after_, strict=True))
        return face(here[0], here[1], at=at, confidence=here[2])

    def path(self, fps: int) -> list[MoodState]:
        """The mood at every half second, when each rate below shows a frame."""
        belief, path = Belief(), []
        for frame in range(int(self.seconds * fps) + 1):
            belief.fold(self.face(frame / fps))
            if 2 * frame % fps == 0:
                mood = belief.at(after(frame / fps))
                assert mood is not None
                path.append(mood)
        return path


def apart(one: list[MoodState], two: list[MoodState]) -> float:
    """The furthest that two paths are from each other, on either axis."""
    return max(
        max(abs(a.mean.valence - b.mean.valence), abs(a.mean.arousal - b.mean.arousal))
        for a, b in zip(one, two, strict=False)
    )


# What a face can be read as: a mixture of expressions lies no farther out than they do.
pleasant = st.floats(*(f(e.valence for e in EXPRESSIONS.values()) for f in (min, max)))
awake = st.floats(*(f(e.arousal for e in EXPRESSIONS.values()) for f in (min, max)))
looks = st.tuples(pleasant, awake, st.floats(0.5, 1), st.floats(1, 8))


@settings(deadline=None, max_examples=60)
@given(st.lists(looks, min_size=1, max_size=5), st.floats(0.4, 2.0))
def test_a_clip_gives_the_same_path_at_2_10_and_30_frames_a_second(
    looks: list[tuple[float, float, float, float]], change_s: float
) -> None:
    """Of changes that take about as long as the longest gap between two frames, or longer."""
    clip = Clip(tuple(looks), change_s)
    finest = clip.path(30)
    assert apart(clip.path(10), finest) < 0.05
    assert apart(clip.path(2), finest) < 0.05


@pytest.mark.parametrize("fps", [2, 10])
@pytest.mark.parametrize("cut_s", [5.0, 5.01, 5.2, 5.4, 5.49])
def test_even_a_cut_from_sad_to_happy_does_so(fps: int, cut_s: float) -> None:
    """Nothing between two frames says when it was: half a frame is lost or won."""
    clip = Clip(((-0.5, -0.3, 0.9, cut_s), (0.65, 0.4, 0.9, 6.0)), 0.0)
    assert apart(clip.path(fps), clip.path(30)) < 0.05


def test_the_mood_follows_as_it_did_whatever_the_rate() -> None:
    """5 s of the new face: 1 - 2^(-5/4) of the way."""
    clip = Clip(((-0.6, 0.0, 0.9, 5.0), (0.8, 0.0, 0.9, 5.0)), 0.0)
    expected = 0.8 - 1.4 * math.pow(0.5, 5 / 4)
    for fps in (2, 10, 30):
        assert clip.path(fps)[-1].mean.valence == pytest.approx(expected, abs=0.03)


def test_between_two_readings_the_last_goes_on_for_a_second_and_no_longer() -> None:
    belief = Belief()
    belief.fold(face(-0.5))
    belief.fold(face(0.5, at=0.5))
    valences = []
    for seconds in (0.5, 1.0, 1.5, 60.0):
        mood = belief.at(after(seconds))
        assert mood is not None
        valences.append(mood.mean.valence)
    assert valences[0] < valences[1] < valences[2] == pytest.approx(valences[3])


def test_the_mood_keeps_its_place_but_grows_unsure_when_the_face_leaves() -> None:
    belief = Belief()
    belief.fold(face(0.7))
    soon, later = belief.at(after(10)), belief.at(after(300))
    assert soon is not None and later is not None
    assert later.mean.valence == pytest.approx(soon.mean.valence)
    assert later.spread > soon.spread
    assert belief.at(after(3600)) is None


def test_a_belief_from_before_the_last_reading_was_kept_is_understood() -> None:
    belief = Belief()
    belief.fold(face(0.4))
    record = belief.to_record()
    del record["face"]["last"]
    assert Belief.from_record(record).at(after(3)) == belief.at(after(3))


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
