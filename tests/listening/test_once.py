from __future__ import annotations

from datetime import UTC, datetime

import pytest

from affetto import recommend
from affetto.choice import Goal
from affetto.emotion import Affect, Covariance, EmotionReading, MoodState, mood_of
from affetto.errors import Misuse, NothingToPlay
from affetto.listening import once
from affetto.track import Track, TrackFeatures, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TRACKS = [
    Track(
        TrackUri(f"memory:{i}"),
        f"{i}",
        f"artist {i}",
        features=TrackFeatures(-0.9 + 0.3 * (i % 7), -0.9 + 0.3 * (i // 7), 0.1, 0.1),
    )
    for i in range(49)
]


@pytest.mark.parametrize(
    "feeling",
    [
        "happy",
        "HAPPY",
        (0.7, 0.5),
        Affect(0.7, 0.5),
        MoodState(Affect(0.7, 0.5), Covariance(0.02, 0, 0.02), NOON),
        EmotionReading(0.7, 0.5, 0.9, "face", NOON, covariance=Covariance(0.02, 0, 0.02)),
    ],
)
def test_a_feeling_can_be_said_in_many_ways(feeling: object) -> None:
    choices = recommend(feeling, tracks=TRACKS, limit=3, seed=1)  # type: ignore[arg-type]
    assert len({c.track.uri for c in choices}) == 3
    for choice in choices:
        assert choice.track.features is not None
        assert mood_of(choice.track.features) == "happy"


@pytest.mark.parametrize(
    ("word", "quarter"), [("tense", "angry"), ("excited", "happy"), ("Drowsy", "calm")]
)
def test_the_words_on_the_map_are_understood(word: str, quarter: str) -> None:
    choice = recommend(word, goal="MATCH", tracks=TRACKS, limit=1, seed=1)[0]
    assert choice.track.features is not None
    assert choice.track.features.arousal * (-1 if quarter == "calm" else 1) > 0


def test_the_demo_music_is_there_for_every_mood() -> None:
    for mood in ("angry", "happy", "sad", "calm"):
        choice = recommend(mood, limit=1, seed=0)[0]
        assert choice.track.features is not None
        assert mood_of(choice.track.features) == mood


def test_the_same_seed_gives_the_same_list() -> None:
    first = [c.track.uri for c in recommend("calm", tracks=TRACKS, seed=3)]
    assert first == [c.track.uri for c in recommend("calm", tracks=TRACKS, seed=3)]


def test_lift_goes_up_step_by_step() -> None:
    choices = recommend("sad", goal="lift", tracks=TRACKS, limit=4, seed=0)
    targets = [c.target.valence for c in choices]
    assert targets == sorted(targets) and targets[-1] > 0.7


def test_a_reading_without_confidence_asks_for_nothing_in_particular() -> None:
    unread = EmotionReading(0.9, 0.9, 0.0, "face", NOON)
    choice = recommend(unread, tracks=TRACKS, limit=1, seed=0)[0]
    assert "until you say how you feel" in choice.because


def test_no_more_tracks_than_there_are() -> None:
    assert len(recommend("calm", goal=Goal.CALM, tracks=TRACKS[:2], limit=9)) == 2


def test_what_cannot_be_answered_is_refused_with_a_remedy() -> None:
    with pytest.raises(Misuse, match="no mood we know"):
        recommend("hangry", tracks=TRACKS)
    with pytest.raises(Misuse, match="no goal"):
        recommend("calm", goal="win", tracks=TRACKS)
    with pytest.raises(Misuse, match="one track or more"):
        recommend("calm", tracks=TRACKS, limit=0)
    with pytest.raises(Misuse, match="off the mood map"):
        recommend((2.0, 0.0), tracks=TRACKS)
    with pytest.raises(NothingToPlay):
        recommend("calm", tracks=[])


def test_the_best_known_come_first_and_the_unknown_last_never_as_zero() -> None:
    def song(name: str, popularity: int | None, valence: float = 0.6) -> Track:
        heard = TrackFeatures(valence, 0.5)
        return Track(TrackUri(f"x:{name}"), name, features=heard, popularity=popularity)

    tracks = [song("none", None), song("zero", 0), song("top", 80), song("sad", 99, -0.6)]
    found = once.most_popular("happy", tracks=tracks, limit=9)
    assert [choice.track.title for choice in found] == ["top", "zero", "none"]
    assert len(once.most_popular("happy", tracks=tracks, limit=1)) == 1


def test_where_nothing_lies_in_the_quarter_the_nearest_stand_in() -> None:
    tracks = [Track(TrackUri("x:a"), "a", features=TrackFeatures(-0.6, 0.5), popularity=1)]
    assert len(once.most_popular("happy", goal="calm", tracks=tracks)) == 1
    with pytest.raises(NothingToPlay):
        once.most_popular("happy", tracks=[])


def test_the_places_of_a_list_are_those_on_its_way() -> None:
    assert len(once.aims("happy", limit=5)) == 1
    way = once.aims("sad", goal="lift", limit=9)
    assert len(way) == 4 and way[-1] is not None and way[-1].valence > 0.5
