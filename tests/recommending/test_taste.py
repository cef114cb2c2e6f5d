from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affetto.choice import Answer, Feedback
from affetto.emotion import Affect
from affetto.recommending.fit import Candidates
from affetto.recommending.taste import Saying, Taste, lesson
from affetto.recommending.traits import Moment
from affetto.track import Track, TrackFeatures, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SONG = Track(TrackUri("memory:song"), "Song", "Singer", genre="Folk")
OTHER = Track(TrackUri("memory:other"), "Other", "")


def said(answer: Answer, position_s: float = 0.0, track: Track = SONG) -> Feedback:
    return Feedback(track, answer, NOON, position_s)


def some(n: int, seed: int = 0) -> list[Track]:
    """Tracks all over the map, by nine artists in three genres."""
    points = np.random.default_rng(seed).uniform(-0.9, 0.9, (n, 2))
    return [
        Track(
            TrackUri(f"memory:{i}"),
            f"{i}",
            f"Artist {i % 9}",
            genre=("rock", "jazz", "folk")[i % 3],
            year=1960 + i % 60,
            features=TrackFeatures(float(v), float(a), tempo_bpm=60.0 + i % 120),
        )
        for i, (v, a) in enumerate(points)
    ]


def test_a_skip_at_once_says_more_than_a_skip_at_the_end() -> None:
    soon, late, end = (lesson(said(Answer.SKIPPED, s)) for s in (1, 40, 210))
    finished = lesson(said(Answer.FINISHED))
    assert soon and late and end and finished
    assert soon[0] < late[0] < end[0] == pytest.approx(finished[0])
    assert soon[1] > late[1] > end[1]


def test_not_now_says_nothing_about_liking() -> None:
    assert Taste.learned([said(Answer.NOT_NOW), said(Answer.FITS)]) == Taste()


def test_a_like_taken_back_leaves_nothing_behind() -> None:
    moment = Moment(Affect(0.5, 0.5), hour=9.0)
    taste, never = Taste(), Taste()
    for one in (taste, never):
        for track in some(20):
            one.learn(said(Answer.FINISHED, track=track), moment)
    liked = some(40)[30]
    before = taste.expected(liked)
    taste.learn(said(Answer.LIKED, track=liked), moment)
    assert taste.likes(liked.uri) and taste.expected(liked) > before + 0.05
    taste.learn(said(Answer.UNLIKED, track=liked), moment)
    assert not taste.likes(liked.uri)
    assert taste.expected(liked) == pytest.approx(before, abs=2e-3)  # but for what was forgotten


def test_liking_a_song_speaks_a_little_for_its_artist() -> None:
    taste = Taste.learned([said(Answer.LIKED), said(Answer.LIKED, track=OTHER)])
    assert list(taste.artists) == ["singer"]
    assert 0 < taste.of_artist("SINGER") < taste.of_track(SONG.uri) + taste.of_artist("singer")
    assert taste.likes(SONG.uri)


def test_hearing_a_song_to_the_end_is_not_saying_that_one_likes_it() -> None:
    taste = Taste.learned([said(Answer.FINISHED)] * 10)
    assert taste.expected(SONG) > 0.6 and not taste.likes(SONG.uri)


def test_hearing_out_a_favourite_without_a_word_hardly_denies_it() -> None:
    tracks = [t for t in some(90) if t.genre == "jazz"]
    taste = Taste.learned(said(Answer.LIKED, track=track) for track in tracks[:-1])
    before = taste.expected(tracks[-1])
    taste.learn(said(Answer.FINISHED, track=tracks[-1]))
    assert taste.expected(tracks[-1]) > before - 0.1 > 0.8


def test_a_like_stays_said_whatever_is_skipped_later() -> None:
    taste = Taste.learned([said(Answer.LIKED), *[said(Answer.SKIPPED, 1)] * 3])
    assert taste.likes(SONG.uri) and taste.expected(SONG) < 0.5


def test_a_like_said_twice_counts_once_and_taking_back_nothing_takes_nothing() -> None:
    assert Taste.learned([said(Answer.LIKED)] * 2) == Taste.learned([said(Answer.LIKED)])
    assert Taste.learned([said(Answer.UNLIKED)]) == Taste()


def test_never_again_is_kept_until_the_song_is_liked() -> None:
    taste = Taste.learned([said(Answer.LIKED), said(Answer.NEVER)])
    assert taste.never == {SONG.uri} and not taste.likes(SONG.uri)
    taste.learn(said(Answer.LIKED))
    assert not taste.never and taste.likes(SONG.uri)


def test_what_is_skipped_again_and_again_is_expected_to_displease() -> None:
    tracks = some(60)
    taste = Taste()
    for track in tracks:
        answer = Answer.FINISHED if track.genre == "jazz" else Answer.SKIPPED
        taste.learn(said(answer, 2.0, track))
    jazz, rock = some(63, seed=9)[61], some(63, seed=9)[60]
    assert (jazz.genre, rock.genre) == ("jazz", "rock")
    assert taste.expected(jazz) > taste.expected(rock) + 0.15


@pytest.mark.parametrize(
    "saying",
    [Saying("artist", "singer"), Saying("genre", "folk"), Saying("decade", "1970")],
    ids=lambda s: s.kind,
)
def test_what_is_said_is_believed_at_once_and_can_be_taken_back(saying: Saying) -> None:
    song = Track(SONG.uri, "Song", "Singer", genre="Folk Rock", year=1974)
    taste = Taste()
    plain = taste.expected(song)
    taste.tell(saying, True)
    assert taste.expected(song) > plain + 0.2
    taste.tell(saying, False)
    assert taste.expected(song) < plain - 0.2
    assert taste.expected(OTHER) == plain
    taste.tell(saying, None)
    assert taste.expected(song) == plain


def test_lively_in_the_morning_and_quiet_at_night_is_learned_as_two_things() -> None:
    taste = Taste()
    for i, track in enumerate(some(200)):
        assert track.features is not None
        morning, lively = i % 2 == 0, track.features.arousal > 0
        answer = Answer.FINISHED if morning == lively else Answer.SKIPPED
        taste.learn(said(answer, 2.0, track), Moment(hour=6.0 if morning else 18.0))
    lively = Track(TrackUri("x:1"), "", features=TrackFeatures(0.0, 0.8))
    early, late = (taste.expected(lively, Moment(hour=h)) for h in (6.0, 18.0))
    assert early > late + 0.15
    assert late < taste.expected(lively) < early


def test_when_i_am_sad_play_counts_only_when_i_am_sad() -> None:
    taste = Taste()
    taste.tell(Saying("artist", "Singer", mood="sad"), True)
    sad, happy = Moment(Affect(-0.5, -0.4)), Moment(Affect(0.5, 0.4))
    assert taste.word_for(SONG, sad) > 0
    assert taste.word_for(SONG, happy) == taste.word_for(SONG) == 0


def test_plays_elsewhere_are_weak_evidence() -> None:
    imported, heard = Taste(), Taste()
    imported.recall(SONG, plays=40)
    heard.learn(said(Answer.LIKED))
    plain = Taste().expected(SONG)
    assert plain < imported.expected(SONG) < heard.expected(SONG)
    imported.recall(OTHER, plays=0)
    assert OTHER.uri not in imported.tracks


@given(
    st.integers(0, 8),
    st.lists(st.tuples(st.integers(0, 59), st.sampled_from(list(Answer))), max_size=12),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_adding_a_disliked_artist_never_raises_it(
    artist: int, history: list[tuple[int, Answer]], liked_before: bool
) -> None:
    tracks = some(60)
    taste = Taste.learned(said(answer, 5.0, tracks[i]) for i, answer in history)
    if liked_before:
        taste.tell(Saying("artist", f"Artist {artist}"), True)
    his = [t for t in tracks if t.artist == f"Artist {artist}"]
    before = [taste.expected(t) for t in his]
    taste.tell(Saying("artist", f"artist {artist}"), False)
    assert all(taste.expected(t) <= b for t, b in zip(his, before, strict=True))


@given(st.lists(st.tuples(st.integers(0, 29), st.sampled_from(list(Answer))), max_size=15))
@settings(max_examples=30, deadline=None)
def test_taste_survives_the_server(history: list[tuple[int, Answer]]) -> None:
    tracks = some(30)
    moment = Moment(Affect(0.2, -0.1), hour=20.0, activity="walking")
    taste = Taste()
    for i, answer in history:
        taste.learn(said(answer, 9.0, tracks[i]), moment)
    taste.tell(Saying("genre", "jazz", "sad"), True)
    back = Taste.from_record(json.loads(json.dumps(taste.to_record())))
    assert back == taste
    for track in tracks:
        assert back.expected(track, moment) == taste.expected(track, moment)


def test_a_taste_kept_before_there_was_a_line_keeps_its_likes() -> None:
    old = {
        "liked": ["memory:song"],
        "tracks": {"memory:song": 1.15, "memory:other": -0.8},
        "artists": {"singer": 0.345},
    }
    taste = Taste.from_record(old)
    assert taste.likes(SONG.uri) and not taste.likes(OTHER.uri)
    assert taste.expected(SONG) > Taste().expected(SONG) + 0.1
    assert taste.expected(OTHER) < Taste().expected(OTHER) - 0.05
    taste.learn(said(Answer.UNLIKED))
    assert not taste.likes(SONG.uri)


def test_what_was_learned_of_a_genre_outlives_a_library_without_it() -> None:
    taste = Taste()
    for track in some(30):
        taste.learn(said(Answer.LIKED if track.genre == "jazz" else Answer.SKIPPED, 1, track))
    jazz = Track(TrackUri("x:1"), "x", genre="jazz")
    liked = taste.expected(jazz)
    for i in range(40):  # far more genres than the line has room for
        taste.learn(said(Answer.FINISHED, track=Track(TrackUri(f"y:{i}"), "y", genre=f"g{i}")))
    assert len(taste.line.names) == 20 and "genre:jazz" in taste.line.names
    assert taste.expected(jazz) > liked - 0.1


def test_a_decade_that_is_none_speaks_of_no_track() -> None:
    taste = Taste()
    taste.tell(Saying("decade", "small"), True)
    rows, _ = taste.offsets(Candidates([SONG, OTHER]))["told"]
    assert not len(rows)
