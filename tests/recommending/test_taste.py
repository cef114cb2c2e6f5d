from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from affetto.choice import Answer, Feedback
from affetto.recommending.taste import Taste, bounded, lesson
from affetto.track import Track, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SONG = Track(TrackUri("memory:song"), "Song", "Singer")
OTHER = Track(TrackUri("memory:other"), "Other", "")


def said(answer: Answer, position_s: float = 0.0, track: Track = SONG) -> Feedback:
    return Feedback(track, answer, NOON, position_s)


def test_a_skip_at_once_says_more_than_a_skip_at_the_end() -> None:
    assert lesson(said(Answer.SKIPPED, 1)) < lesson(said(Answer.SKIPPED, 40)) < 0
    assert lesson(said(Answer.SKIPPED, 200)) == 0


def test_not_now_says_nothing_about_liking() -> None:
    taste = Taste.learned([said(Answer.NOT_NOW)])
    assert taste.tracks == {} and taste.artists == {}


def test_a_like_taken_back_leaves_nothing_behind() -> None:
    taste = Taste.learned([said(Answer.LIKED), said(Answer.UNLIKED)])
    assert taste.tracks[SONG.uri] == 0 and taste.artists["singer"] == 0
    assert not taste.likes(SONG.uri)


def test_liking_a_song_speaks_a_little_for_its_artist() -> None:
    taste = Taste.learned([said(Answer.LIKED), said(Answer.LIKED, track=OTHER)])
    assert taste.artists == {"singer": pytest.approx(0.3)}
    assert taste.likes(SONG.uri)


def test_hearing_a_song_to_the_end_is_not_saying_that_one_likes_it() -> None:
    taste = Taste.learned([said(Answer.FINISHED)] * 10)
    assert taste.tracks[SONG.uri] > 1 and not taste.likes(SONG.uri)


def test_a_like_stays_said_whatever_is_skipped_later() -> None:
    taste = Taste.learned([said(Answer.LIKED), *[said(Answer.SKIPPED, 1)] * 3])
    assert taste.likes(SONG.uri) and taste.tracks[SONG.uri] < 0.5


def test_a_like_said_twice_counts_once_and_taking_back_nothing_takes_nothing() -> None:
    assert Taste.learned([said(Answer.LIKED)] * 2) == Taste.learned([said(Answer.LIKED)])
    assert Taste.learned([said(Answer.UNLIKED)]) == Taste()


def test_no_track_is_loved_beyond_measure() -> None:
    assert bounded(17) == 2 and bounded(-17) == -2


def test_taste_survives_the_server() -> None:
    taste = Taste.learned([said(Answer.LIKED), said(Answer.SKIPPED, 3, OTHER)])
    assert Taste.from_record(json.loads(json.dumps(taste.to_record()))) == taste
