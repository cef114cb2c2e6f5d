from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from affetto.choice import Aim, Answer, Goal
from affetto.emotion import Affect, Covariance, EmotionReading
from affetto.errors import Misuse, NotFound, NothingToPlay
from affetto.listening.session import ListeningSession
from affetto.recommending.fit import Candidates
from affetto.track import Track, TrackFeatures, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def library(count: int = 80, seed: int = 1) -> Candidates:
    points = np.random.default_rng(seed).uniform(-0.9, 0.9, (count, 2))
    return Candidates(
        [
            Track(
                TrackUri(f"memory:{i}"),
                f"Track {i}",
                f"Artist {i % 15}",
                features=TrackFeatures(float(v), float(a), 0.15, 0.15),
            )
            for i, (v, a) in enumerate(points)
        ]
    )


def face(valence: float, arousal: float, at: float, confidence: float = 0.9) -> EmotionReading:
    return EmotionReading(
        valence, arousal, confidence, "face", after(at), covariance=Covariance(0.03, 0, 0.03)
    )


@pytest.fixture
def session() -> ListeningSession:
    return ListeningSession(library(), seed=5, now=NOON)


def queue(session: ListeningSession, at: float = 0.0) -> list[str]:
    return [c.track.uri for c in session.snapshot(after(at)).queue]


def test_touching_the_map_fills_the_queue_with_that_mood(session: ListeningSession) -> None:
    session.touch(Affect(0.6, 0.5), NOON)
    session.start(NOON)
    state = session.snapshot(NOON)
    assert state.playing is not None and len(state.queue) == 5
    for choice in (state.playing, *state.queue):
        assert choice.track.features is not None
        assert Affect(0.6, 0.5).distance(choice.track.features) < 0.6
    assert len({c.track.uri for c in (state.playing, *state.queue)}) == 6


def test_music_starts_before_anything_is_known(session: ListeningSession) -> None:
    session.start(NOON)
    state = session.snapshot(NOON)
    assert state.playing is not None and state.mood is None and state.target is None
    assert "until you say how you feel" in state.playing.because


def test_a_new_mood_changes_what_comes_next_never_what_plays(session: ListeningSession) -> None:
    session.touch(Affect(0.6, 0.5), NOON)
    session.start(NOON)
    before = session.snapshot(NOON)
    session.touch(Affect(-0.6, -0.5), after(5))
    now = session.snapshot(after(5))
    assert now.playing == before.playing
    assert all(c.track.features and c.track.features.valence < 0.1 for c in now.queue)


def test_a_track_chosen_for_another_mood_is_known_to_be_behind(session: ListeningSession) -> None:
    session.touch(Affect(-0.6, -0.5), NOON)
    session.start(NOON)
    assert not session.snapshot(NOON).behind
    session.touch(Affect(0.6, 0.5), after(5))
    assert session.snapshot(after(5)).behind
    again = ListeningSession.from_record(session.to_record(), library())
    assert again.snapshot(after(5)).behind
    session.next(Answer.SKIPPED, 6.0, after(6))
    assert not session.snapshot(after(6)).behind
    session.aim(Aim(Goal.CALM), after(7))
    assert session.snapshot(after(7)).behind


def test_no_face_and_no_confidence_change_nothing(session: ListeningSession) -> None:
    session.touch(Affect(0.6, 0.5), NOON)
    session.start(NOON)
    before = queue(session)
    for second in range(1, 30):
        session.feel(face(-0.9, -0.9, second, confidence=0.0), after(second))
    assert queue(session, 30) == before


def test_a_photo_counts_at_once(session: ListeningSession) -> None:
    session.start(NOON)
    session.feel(face(-0.6, -0.4, 20), after(20))
    first = session.snapshot(after(20))
    assert first.mood is not None and first.mood.mean.valence < -0.5
    session.next(Answer.FINISHED, 30.0, after(50))
    session.feel(face(0.8, 0.5, 60), after(60))
    assert all(
        c.track.features and c.track.features.valence > 0
        for c in session.snapshot(after(60)).queue[1:]
    )


def test_a_flickering_face_does_not_flap_the_queue(session: ListeningSession) -> None:
    session.feel(face(0.5, 0.3, 0), NOON)
    session.start(NOON)
    before, plans = queue(session), 0
    last = before
    for frame in range(1, 240):  # two minutes at 2 fps, another face every half second
        at = frame / 2
        session.feel(face(0.8 if frame % 2 else -0.6, 0.4, at), after(at))
        if queue(session, at) != last:
            plans, last = plans + 1, queue(session, at)
    assert plans <= 2


def test_a_face_that_stays_changed_re_plans_within_seconds(session: ListeningSession) -> None:
    for frame in range(20):
        session.feel(face(0.7, 0.4, frame / 2), after(frame / 2))
    session.start(after(10))
    playing = session.snapshot(after(10)).playing
    for frame in range(20, 60):
        session.feel(face(-0.7, -0.3, frame / 2), after(frame / 2))
    state = session.snapshot(after(30))
    assert state.playing == playing
    assert all(c.track.features and c.track.features.valence < 0.2 for c in state.queue[1:])


def test_not_how_i_feel_forgets_the_face_and_mutes_it_for_a_minute(
    session: ListeningSession,
) -> None:
    session.feel(face(-0.7, -0.4, 0), NOON)
    session.start(NOON)
    session.correct(after(5))
    state = session.snapshot(after(5))
    assert state.mood is None and state.heard is None and state.senses_muted
    session.feel(face(-0.7, -0.4, 30), after(30))
    assert session.snapshot(after(30)).mood is None
    session.feel(face(-0.7, -0.4, 70), after(70))
    assert session.snapshot(after(70)).mood is not None


def test_saying_how_one_does_feel_ends_the_muting(session: ListeningSession) -> None:
    session.correct(NOON)
    session.touch(Affect(0.4, -0.4), after(2))
    assert not session.snapshot(after(2)).senses_muted


def test_the_own_word_outranks_the_camera(session: ListeningSession) -> None:
    session.touch(Affect(0.6, -0.5), NOON)
    session.start(NOON)
    before = queue(session)
    for frame in range(1, 60):
        session.feel(face(-0.8, 0.6, frame / 2), after(frame / 2))
    assert queue(session, 30) == before


def test_lift_leads_up_from_a_low_mood(session: ListeningSession) -> None:
    session.touch(Affect(-0.7, -0.4), NOON)
    session.aim(Aim(Goal.LIFT), NOON)
    session.start(NOON)
    state = session.snapshot(NOON)
    assert state.playing is not None
    path = [state.playing.target, *(c.target for c in state.queue)]
    valences = [p.valence for p in path]
    assert valences == sorted(valences)
    assert -0.7 < valences[0] < 0 < 0.7 < valences[-1]


def test_skip_goes_on_once_however_often_it_is_sent(session: ListeningSession) -> None:
    session.touch(Affect(0.2, 0.2), NOON)
    session.start(NOON)
    first = session.snapshot(NOON).playing
    following = queue(session)
    assert first is not None
    skipped = session.next(Answer.SKIPPED, 3.0, after(3), playing=first.track.uri)
    again = session.next(Answer.SKIPPED, 3.0, after(3), playing=first.track.uri)
    state = session.snapshot(after(3))
    assert skipped is not None and again is None
    assert state.playing is not None and state.playing.track.uri == following[0]
    assert first.track.uri not in queue(session) and len(state.queue) == 5


def test_next_before_anything_played_starts_the_music(session: ListeningSession) -> None:
    assert session.next(Answer.FINISHED, 0.0, NOON) is None
    assert session.snapshot(NOON).playing is not None


def test_a_like_is_no_way_to_end_a_track(session: ListeningSession) -> None:
    with pytest.raises(Misuse, match="finished"):
        session.next(Answer.LIKED, 0.0, NOON)


def test_like_shows_and_can_be_taken_back(session: ListeningSession) -> None:
    session.start(NOON)
    playing = session.snapshot(NOON).playing
    assert playing is not None
    assert session.answer(Answer.LIKED, playing.track.uri, 5.0, NOON) is not None
    assert session.snapshot(NOON).liked
    assert session.answer(Answer.LIKED, playing.track.uri, 5.0, NOON) is None
    assert session.answer(Answer.UNLIKED, playing.track.uri, 9.0, NOON) is not None
    assert not session.snapshot(NOON).liked


def test_a_like_is_taken_back_long_after_its_track_was_over(session: ListeningSession) -> None:
    session.start(NOON)
    playing = session.snapshot(NOON).playing
    assert playing is not None
    liked = playing.track.uri
    session.answer(Answer.LIKED, liked, 5.0, NOON)
    for n in range(8):
        session.next(Answer.FINISHED, 60.0, after(60 * n))
    assert session.learning.likes(liked)
    assert session.answer(Answer.UNLIKED, liked, 0.0, after(600)) is not None
    assert not session.learning.likes(liked)
    assert session.answer(Answer.UNLIKED, TrackUri("memory:gone"), 0.0, after(601)) is None


def test_not_now_moves_on_and_keeps_the_track_away(session: ListeningSession) -> None:
    session.touch(Affect(0.2, 0.2), NOON)
    session.start(NOON)
    away = session.snapshot(NOON).playing
    assert away is not None
    session.answer(Answer.NOT_NOW, away.track.uri, 5.0, after(5))
    heard = []
    for n in range(60):
        state = session.snapshot(after(5 + n))
        assert state.playing is not None
        heard.append(state.playing.track.uri)
        session.next(Answer.FINISHED, 60.0, after(5 + n))
    assert away.track.uri not in heard


def test_not_now_for_a_queued_track_lets_the_playing_one_be(session: ListeningSession) -> None:
    session.touch(Affect(0.2, 0.2), NOON)
    session.start(NOON)
    before = session.snapshot(NOON)
    session.answer(Answer.NOT_NOW, before.queue[2].track.uri, 0.0, NOON)
    now = session.snapshot(NOON)
    assert now.playing == before.playing
    assert before.queue[2].track.uri not in {c.track.uri for c in now.queue}


def test_an_answer_for_a_track_not_in_sight_is_ignored(session: ListeningSession) -> None:
    session.start(NOON)
    assert session.answer(Answer.LIKED, TrackUri("memory:elsewhere"), 0.0, NOON) is None
    playing = session.snapshot(NOON).playing
    assert playing is not None
    assert session.answer(Answer.FINISHED, playing.track.uri, 0.0, NOON) is None


def test_the_same_seed_gives_the_same_evening() -> None:
    def evening(seed: int) -> list[str]:
        session = ListeningSession(library(), seed=seed, now=NOON)
        session.touch(Affect(0.3, 0.1), NOON)
        heard = []
        for n in range(20):
            session.next(Answer.FINISHED, 60.0, after(60 * n))
            state = session.snapshot(after(60 * n))
            assert state.playing is not None
            heard.append(state.playing.track.uri)
        return heard

    assert evening(1) == evening(1) != evening(2)


def test_a_session_goes_on_after_the_server_was_away(session: ListeningSession) -> None:
    session.touch(Affect(-0.2, 0.4), NOON)
    session.start(NOON)
    session.next(Answer.FINISHED, 60.0, after(60))
    playing = session.snapshot(after(60)).playing
    assert playing is not None
    session.answer(Answer.LIKED, playing.track.uri, 1.0, after(61))
    record = json.loads(json.dumps(session.to_record()))
    again = ListeningSession.from_record(record, library())
    was, now = session.snapshot(after(70)), again.snapshot(after(70))
    assert (now.playing, now.queue, now.mood, now.aim, now.liked) == (
        was.playing,
        was.queue,
        was.mood,
        was.aim,
        was.liked,
    )
    session.next(Answer.FINISHED, 60.0, after(120))
    again.next(Answer.FINISHED, 60.0, after(120))
    assert again.snapshot(after(120)).queue == session.snapshot(after(120)).queue


def test_a_muted_session_is_still_muted_after_the_server_was_away(
    session: ListeningSession,
) -> None:
    session.correct(NOON)
    again = ListeningSession.from_record(session.to_record(), library())
    assert again.snapshot(after(10)).senses_muted


def test_tracks_that_left_the_library_leave_the_queue(session: ListeningSession) -> None:
    session.touch(Affect(0.2, 0.2), NOON)
    session.start(NOON)
    gone = set(queue(session)[:2])
    rest = Candidates([t for t in library().tracks if t.uri not in gone])
    session.stock(rest, NOON)
    assert gone.isdisjoint(queue(session)) and len(queue(session)) == 5
    unchanged = queue(session)
    session.stock(rest, NOON)
    assert queue(session) == unchanged


def test_an_empty_library_says_what_to_do() -> None:
    session = ListeningSession(Candidates([]), seed=1, now=NOON)
    with pytest.raises(NothingToPlay, match="library scan"):
        session.start(NOON)


def test_an_emptied_library_stops_the_queue_not_the_session(session: ListeningSession) -> None:
    session.touch(Affect(0.2, 0.2), NOON)
    session.start(NOON)
    session.stock(Candidates([]), NOON)
    session.correct(NOON)
    session.aim(Aim(Goal.CALM), NOON)
    assert session.snapshot(NOON).queue == ()
    session.stock(library(), NOON)
    assert len(session.snapshot(NOON).queue) == 5


def test_a_restored_session_is_news_to_a_page_that_saw_more_than_was_written(
    session: ListeningSession,
) -> None:
    record = session.to_record()
    for frame in range(100):
        session.feel(face(0.5, 0.2, frame / 2), after(frame / 2))
    again = ListeningSession.from_record(record, library())
    assert again.snapshot(NOON).revision > session.snapshot(NOON).revision


def test_a_restored_session_still_knows_a_camera_from_a_photo(session: ListeningSession) -> None:
    for frame in range(20):
        session.feel(face(0.7, 0.4, frame / 2), after(frame / 2))
    session.start(after(10))
    record = json.loads(json.dumps(session.to_record()))
    again = ListeningSession.from_record(record, library())
    assert again.snapshot(after(10)).heard == session.snapshot(after(10)).heard
    before = queue(again, 10)
    again.feel(face(-0.9, -0.5, 10.5), after(10.5))
    assert queue(again, 10.5) == before


def test_a_self_report_through_feel_is_a_touch(session: ListeningSession) -> None:
    session.feel(EmotionReading(0.5, 0.1, 1.0, "self", NOON), NOON)
    mood = session.snapshot(NOON).mood
    assert mood is not None and mood.believed == {"self": 1.0}


def test_a_picked_track_plays_at_once_and_teaches_nothing(session: ListeningSession) -> None:
    session.touch(Affect(0.6, 0.5), NOON)
    session.start(NOON)
    before = session.snapshot(NOON)
    assert before.playing is not None
    taught = session.learning.to_record()["listener"]["taste"]
    session.play(TrackUri("memory:7"), after(1))
    state = session.snapshot(after(1))
    assert state.playing is not None and state.playing.track.uri == "memory:7"
    assert state.playing.because == "You picked it."
    assert "memory:7" not in queue(session) and before.playing.track.uri not in queue(session)
    assert len(state.queue) == 5 and not state.behind
    assert session.learning.to_record()["listener"]["taste"] == taught
    session.play(TrackUri("memory:7"), after(2))  # asked twice
    assert session.snapshot(after(2)).revision == state.revision


def test_a_picked_track_needs_no_mood(session: ListeningSession) -> None:
    session.play(TrackUri("memory:3"), NOON)
    state = session.snapshot(NOON)
    assert state.playing is not None and state.mood is None and len(state.queue) == 5


def test_a_track_that_left_the_library_cannot_be_picked(session: ListeningSession) -> None:
    with pytest.raises(NotFound, match="no longer"):
        session.play(TrackUri("memory:gone"), NOON)
    assert session.snapshot(NOON).playing is None
