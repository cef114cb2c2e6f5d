"""What the listener does to a session: aims, pins, bans, and the taking back of all of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affetto.choice import Aim, Answer, Goal, Intent
from affetto.emotion import Affect, EmotionReading
from affetto.errors import NotFound
from affetto.listening.preferences import Preferences, Statement
from affetto.listening.session import ListeningSession
from affetto.recommending.fit import Candidates
from affetto.track import Track, TrackFeatures, TrackUri
from listening.test_session import NOON, after, face, library, queue

TENSE, CALM = Affect(-0.6, 0.6), Affect(0.5, -0.6)


@pytest.fixture
def session() -> ListeningSession:
    session = ListeningSession(library(), seed=5, now=NOON)
    session.touch(Affect(0.2, 0.2), NOON)
    session.start(NOON)
    return session


def playing(session: ListeningSession, at: float = 0.0) -> TrackUri:
    choice = session.snapshot(after(at)).playing
    assert choice is not None
    return choice.track.uri


# -- where it should go ------------------------------------------------------------------


def test_a_way_drawn_by_hand_is_followed_to_its_end(session: ListeningSession) -> None:
    session.aim(Aim(Goal.CALM, way=(TENSE, CALM), minutes=36.0), NOON)
    state = session.snapshot(NOON)
    targets = [c.target for c in state.queue]
    assert targets[0] == TENSE
    distances = [target.distance(CALM) for target in targets]
    assert distances == sorted(distances, reverse=True)
    assert len(state.plan) == 1 + 10
    assert [one.track for one in state.plan[:6]] == [
        c.track for c in (state.playing, *state.queue) if c is not None
    ]
    assert all(one.track is None for one in state.plan[6:])
    assert state.plan[-1].target == CALM
    assert all(a.at < b.at for a, b in zip(state.plan, state.plan[1:], strict=False))


def test_a_planned_queue_glides_and_says_why(session: ListeningSession) -> None:
    session.aim(Aim(Goal.CALM, way=(TENSE, CALM), minutes=36.0), NOON)
    for choice in session.queued:
        assert choice.track.features is not None
        assert choice.target.distance(choice.track.features) < 0.6
        assert choice.because.endswith(".") and choice.instead.endswith(".")
        assert sum(term.amount for term in choice.terms) == pytest.approx(choice.score, abs=1e-4)


def test_what_was_achieved_is_kept_beside_what_was_planned(session: ListeningSession) -> None:
    session.aim(Aim(Goal.LIFT), NOON)
    assert session.snapshot(NOON).achieved == ()
    first = playing(session)
    session.feel(face(0.1, 0.3, 100), after(100))
    session.next(Answer.FINISHED, 200.0, after(200))
    [passed] = session.snapshot(after(200)).achieved
    assert passed.uri == first and passed.mood is not None and passed.at == after(200)
    session.aim(Aim(Goal.CALM), after(210))
    assert session.snapshot(after(210)).achieved == ()


def test_a_named_place_is_where_it_leads(session: ListeningSession) -> None:
    session.aim(Aim(Goal.PLACE, place=CALM), NOON)
    assert session.queued[-1].target.distance(CALM) < 0.2


def test_comfort_leads_out_of_a_dark_mood_by_and_by() -> None:
    session = ListeningSession(library(), seed=5, now=NOON, aim=Aim(intent=Intent.COMFORT))
    session.touch(Affect(-0.7, -0.3), NOON)
    session.start(NOON)
    targets = [c.target.valence for c in session.queued]
    assert targets == sorted(targets) and targets[0] < -0.3 < 0.2 < targets[-1]


# -- the queue in the listener's hands -------------------------------------------------------


def test_a_pinned_track_stays_whatever_is_planned_anew(session: ListeningSession) -> None:
    kept = queue(session)[3]
    session.pin(TrackUri(kept), True)
    assert session.snapshot(NOON).pinned == {kept}
    session.touch(Affect(-0.7, -0.6), after(5))
    assert queue(session)[3] == kept
    session.pin(TrackUri(kept), False)
    session.touch(Affect(-0.7, 0.7), after(9))
    assert kept not in queue(session)


def test_a_moved_track_stands_where_it_was_put_and_comes_up(session: ListeningSession) -> None:
    before = queue(session)
    session.move(TrackUri(before[4]), 0)
    assert queue(session) == [before[4], *before[:4]]
    session.next(Answer.SKIPPED, 3.0, after(3))
    assert playing(session) == before[4]
    assert session.snapshot(after(3)).pinned == frozenset()
    session.move(TrackUri(queue(session)[0]), 99)
    assert len(set(queue(session))) == 5


def test_a_removed_track_does_not_come_back_today(session: ListeningSession) -> None:
    before = queue(session)
    taught = session.learning.to_record()["listener"]["taste"]
    session.remove(TrackUri(before[1]), NOON)
    assert queue(session)[:4] == [before[0], *before[2:]] and len(queue(session)) == 5
    assert session.learning.to_record()["listener"]["taste"] == taught
    for n in range(10):
        session.next(Answer.FINISHED, 60.0, after(60 * n))
        assert before[1] not in (playing(session), *queue(session))


@pytest.mark.parametrize("act", ["pin", "move", "remove"])
def test_what_is_not_in_the_queue_cannot_be_handled(session: ListeningSession, act: str) -> None:
    uri = TrackUri("memory:elsewhere")
    with pytest.raises(NotFound, match="queue"):
        if act == "pin":
            session.pin(uri, True)
        elif act == "move":
            session.move(uri, 0)
        else:
            session.remove(uri, NOON)
    assert len(queue(session)) == 5


def test_no_track_is_in_sight_twice(session: ListeningSession) -> None:
    session.move(TrackUri(queue(session)[4]), 1)
    session.aim(Aim(Goal.CALM, way=(TENSE, CALM), minutes=36.0), NOON)
    session.pin(TrackUri(queue(session)[2]), True)
    session.touch(Affect(0.1, 0.1), after(4))
    seen = [playing(session), *queue(session)]
    assert len(set(seen)) == len(seen) == 6


# -- never again ----------------------------------------------------------------------------


def test_never_is_for_ever_and_goes_on(session: ListeningSession) -> None:
    unwanted = playing(session)
    session.answer(Answer.NEVER, unwanted, 5.0, after(5))
    assert playing(session) != unwanted
    later = ListeningSession(library(), seed=9, now=NOON, learning=session.learning.at_rest())
    heard = []
    for n in range(25):
        later.next(Answer.FINISHED, 60.0, after(60 * n))
        heard.append(playing(later))
    assert unwanted not in heard


def test_never_of_an_artist_clears_all_of_them_away(session: ListeningSession) -> None:
    choice = session.snapshot(NOON).playing
    assert choice is not None
    artist = choice.track.artist
    session.never_artist(choice.track.uri, 5.0, after(5))
    for n in range(12):
        state = session.snapshot(after(5 + n))
        seen = [state.playing, *state.queue]
        assert artist not in {c.track.artist for c in seen if c is not None}
        session.next(Answer.FINISHED, 60.0, after(5 + n))


def test_a_disliked_artist_never_rises_by_being_disliked() -> None:
    def share(preferences: Preferences) -> int:
        session = ListeningSession(library(), seed=3, now=NOON, preferences=preferences)
        heard = 0
        for n in range(15):
            session.next(Answer.FINISHED, 60.0, after(60 * n))
            heard += session.snapshot(NOON).playing.track.artist == "Artist 3"  # type: ignore[union-attr]
        return heard

    disliked = Preferences((Statement("artist", "ARTIST 3", liked=False),))
    liked = Preferences((Statement("artist", "Artist 3"),))
    assert share(disliked) <= share(Preferences()) <= share(liked)
    assert share(disliked) < share(liked)


def test_explicit_music_plays_only_where_it_may() -> None:
    spot = TrackFeatures(0.5, 0.5, 0.1, 0.1)
    tracks = [
        Track(TrackUri(f"m:{n}"), f"Song {n}{' (Explicit)' if n % 2 else ''}", features=spot)
        for n in range(12)
    ]
    session = ListeningSession(
        Candidates(tracks), seed=1, now=NOON, preferences=Preferences(explicit=False)
    )
    session.start(NOON)
    state = session.snapshot(NOON)
    assert state.playing is not None
    assert all("Explicit" not in c.track.title for c in (state.playing, *state.queue))
    session.prefer(Preferences(), NOON)
    assert any("Explicit" in c.track.title for c in session.queued)


def test_it_fits_is_said_once_and_is_no_like(session: ListeningSession) -> None:
    uri = playing(session)
    assert session.answer(Answer.FITS, uri, 9.0, NOON) is not None
    assert session.answer(Answer.FITS, uri, 9.0, NOON) is None
    state = session.snapshot(NOON)
    assert state.fits and not state.liked
    session.next(Answer.SKIPPED, 20.0, after(20))
    assert not session.snapshot(after(20)).fits


# -- taking back ------------------------------------------------------------------------------

ACTS: dict[str, Callable[[ListeningSession, datetime], Any]] = {
    "touch": lambda s, now: s.touch(Affect(-0.6, -0.5), now),
    "correct": lambda s, now: s.correct(now),
    "aim": lambda s, now: s.aim(Aim(Goal.CALM, way=(TENSE, CALM), minutes=20), now),
    "skip": lambda s, now: s.next(Answer.SKIPPED, 4.0, now),
    "like": lambda s, now: s.answer(Answer.LIKED, playing(s), 4.0, now),
    "never": lambda s, now: s.answer(Answer.NEVER, playing(s), 4.0, now),
    "never artist": lambda s, now: s.never_artist(s.queued[1].track.uri, 0.0, now),
    "fits": lambda s, now: s.answer(Answer.FITS, playing(s), 4.0, now),
    "not now": lambda s, now: s.answer(Answer.NOT_NOW, playing(s), 4.0, now),
    "pick": lambda s, now: s.play(TrackUri("memory:7"), now),
    "pin": lambda s, _: s.pin(s.queued[2].track.uri, True),
    "move": lambda s, _: s.move(s.queued[3].track.uri, 0),
    "remove": lambda s, now: s.remove(s.queued[0].track.uri, now),
}


def state_of(session: ListeningSession) -> str:
    """All of a session but its revision, as it would be kept."""
    return json.dumps({**session.to_record(), "revision": 0}, sort_keys=True)


@settings(max_examples=10, deadline=None)
@given(acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=5))
def test_undo_brings_back_exactly_what_was(acts: list[str]) -> None:
    session = ListeningSession(library(40), seed=5, now=NOON)
    session.feel(face(0.2, 0.1, 0), NOON)
    session.start(NOON)
    before = [state_of(session)]
    revisions = [session.snapshot(NOON).revision]
    for n, act in enumerate(acts):
        changed = session.snapshot(NOON).revision
        ACTS[act](session, after(10 * n + 5))
        if session.snapshot(NOON).revision != changed:
            before.append(state_of(session))
            revisions.append(session.snapshot(NOON).revision)
    assert session.snapshot(NOON).can_undo == (len(before) > 1)
    for state in reversed(before[:-1]):
        assert session.undo()
        assert state_of(session) == state
        revisions.append(session.snapshot(NOON).revision)
    assert not session.undo()
    assert revisions == sorted(set(revisions))  # every page takes it for news


def test_what_was_done_before_a_track_ended_stays_done(session: ListeningSession) -> None:
    session.answer(Answer.LIKED, playing(session), 9.0, NOON)
    assert session.snapshot(NOON).can_undo
    session.next(Answer.FINISHED, 60.0, after(60))
    assert not session.snapshot(after(60)).can_undo and not session.undo()


def test_only_so_much_can_be_taken_back(session: ListeningSession) -> None:
    for n in range(24):
        session.next(Answer.SKIPPED, 1.0, after(n))
    count = 0
    while session.undo():
        count += 1
    assert count == 20


def test_undo_after_the_library_changed_brings_back_what_is_still_there(
    session: ListeningSession,
) -> None:
    away = session.queued[0].track.uri
    stays = session.queued[1].track.uri
    session.touch(Affect(-0.8, -0.8), after(1))
    session.stock(Candidates([t for t in library().tracks if t.uri != away]), after(2))
    assert session.undo()
    queued = [choice.track.uri for choice in session.queued]
    assert away not in queued and stays in queued


def test_a_long_evening_is_no_heavier_than_a_short_one() -> None:
    session = ListeningSession(library(), seed=5, now=NOON, ahead=1)
    session.start(NOON)

    def weight(rounds: range) -> int:
        for n in rounds:
            session.next(Answer.SKIPPED, 1.0, after(n))
        return len(json.dumps(session.to_record()))

    evening = weight(range(600))
    assert weight(range(600, 800)) < 1.02 * evening
    assert len(session.snapshot(after(800)).achieved) == 100


# -- the live rules ------------------------------------------------------------------------------


def timed(count: int = 60) -> Candidates:
    """A library of tracks that play three minutes each."""
    return Candidates(
        [
            Track(t.uri, t.title, t.artist, duration_s=180.0, features=t.features)
            for t in library(count).tracks
        ]
    )


def steps(levels: list[tuple[float, float]], at: float) -> tuple[float, float]:
    """A mood that stays for three quarters of a minute and then is another one."""
    return levels[min(int(at // 45), len(levels) - 1)]


def evening(levels: list[tuple[float, float]], rate: int) -> list[tuple[int, list[str]]]:
    """Each second in which the queue changed, and to what; readings come ``rate`` a second."""
    session = ListeningSession(timed(), seed=5, now=NOON)
    changes: list[tuple[int, list[str]]] = []
    for tick in range(190 * rate):
        at = tick / rate
        valence, arousal = steps(levels, at)
        session.feel(face(valence, arousal, at), after(at))
        if tick == 0:
            session.start(NOON)
        if not changes or changes[-1][1] != queue(session, at):
            changes.append((int(at), queue(session, at)))
    return changes


PLACES = [(0.6, 0.5), (-0.6, -0.5), (0.5, -0.6), (-0.6, 0.6), (0.0, 0.0)]


@pytest.mark.parametrize("order", [(0, 1), (0, 1, 2, 3), (2, 2, 2, 2, 0), (4, 3, 4, 3, 4)])
def test_the_same_mood_gives_the_same_queue_at_1_5_and_30_readings_a_second(
    order: tuple[int, ...],
) -> None:
    levels = [PLACES[n] for n in order]
    slow, brisk, fast = (evening(levels, rate) for rate in (1, 5, 30))
    assert [what for _, what in slow] == [what for _, what in brisk] == [what for _, what in fast]
    for one, two in ((slow, brisk), (slow, fast)):
        assert all(abs(a - b) <= 1 for (a, _), (b, _) in zip(one, two, strict=True))


@settings(max_examples=10, deadline=None)
@given(
    order=st.lists(st.integers(0, len(PLACES) - 1), min_size=1, max_size=5),
    rate=st.sampled_from([1, 2, 5]),
)
def test_the_senses_change_the_queue_once_a_track_near_its_end_and_never_the_next(
    order: list[int], rate: int
) -> None:
    changes = evening([PLACES[n] for n in order], rate)
    assert len(changes) <= 2
    for at, _ in changes[1:]:
        assert at >= 160
    assert len({what[0] for _, what in changes}) == 1


def test_a_face_nobody_sees_changes_nothing(session: ListeningSession) -> None:
    before = state_of(session)
    for n in range(1, 40):
        reading = EmotionReading(0.9, 0.9, 0.0, "face", after(n))
        session.feel(reading, after(n))
    now = json.loads(state_of(session)) | {"heard": None}
    assert now == json.loads(before) | {"heard": None}


def test_music_teaches_what_it_does_when_the_mood_is_read_after_it() -> None:
    session = ListeningSession(timed(), seed=5, now=NOON)
    session.touch(Affect(-0.2, 0.0), NOON)
    session.start(NOON)
    response = session.learning.listener.response
    session.next(Answer.FINISHED, 180.0, after(180))
    assert response.n == 0  # nothing was read since
    session.feel(face(0.3, 0.2, 355), after(355))
    session.next(Answer.FINISHED, 180.0, after(360))
    assert session.learning.listener.response.n == 1
    session.feel(face(0.3, 0.2, 370), after(370))
    session.next(Answer.FINISHED, 180.0, after(540))
    assert session.learning.listener.response.n == 1  # too long ago to tell


def test_what_outlasts_a_session_says_nothing_of_its_mood(session: ListeningSession) -> None:
    session.answer(Answer.LIKED, playing(session), 9.0, NOON)
    rested = session.learning.at_rest()
    following = rested.listener.following
    assert following.mean == following.usual
    assert rested.to_record()["listener"]["sitting"]["start"] is None
    assert rested.likes(playing(session))
    assert rested.at_rest().to_record() == rested.to_record()
