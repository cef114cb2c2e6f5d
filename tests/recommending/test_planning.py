from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from affetto.choice import Answer, Feedback, Goal, Intent
from affetto.emotion import Affect, Covariance
from affetto.errors import NothingToPlay
from affetto.recommending.fit import Candidates
from affetto.recommending.planning import plan_ahead
from affetto.recommending.scoring import Wish
from affetto.recommending.taste import Saying, Taste
from affetto.track import Track, TrackFeatures, TrackUri

TENSE, CALM = Affect(-0.6, 0.6), Affect(0.45, -0.6)
WAY = [TENSE, Affect(-0.25, 0.2), Affect(0.1, -0.2), CALM]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def library() -> Candidates:
    rng = np.random.default_rng(1)
    return Candidates(
        [
            Track(
                TrackUri(f"made:{i}"),
                f"Track {i}",
                artist=f"Artist {i // 4}",
                genre="jazz" if i % 5 == 0 else "rock",
                features=TrackFeatures(
                    float(rng.uniform(-1, 1)), float(rng.uniform(-1, 1)), tempo_bpm=60.0 + i % 90
                ),
            )
            for i in range(600)
        ]
    )


WISH = Wish(goal=Goal.CALM, mood=TENSE, around=Covariance(0.02, 0.0, 0.02))


def test_a_plan_is_one_choice_for_each_target_with_a_reason(library: Candidates) -> None:
    choices = plan_ahead(library, WISH, WAY, taste=Taste())
    assert [choice.target for choice in choices] == WAY
    assert choices[0].track.features is not None and choices[-1].track.features is not None
    assert choices[0].track.features.arousal > 0.2 > -0.3 > choices[-1].track.features.arousal
    assert all(choice.because.endswith(".") for choice in choices)
    assert len({choice.because for choice in choices}) > 1


def test_the_terms_of_a_planned_choice_add_up_to_its_score(library: Candidates) -> None:
    for choice in plan_ahead(library, WISH, WAY, taste=Taste()):
        assert sum(term.amount for term in choice.terms) == pytest.approx(choice.score)
        amounts = [term.amount for term in choice.terms]
        assert amounts == sorted(amounts, reverse=True)
        assert choice.terms[0].amount > 0.0


def test_what_a_listener_likes_is_on_the_way_and_what_they_banned_is_not(
    library: Candidates,
) -> None:
    before = plan_ahead(library, WISH, WAY, taste=Taste())
    fond = Taste()
    fond.tell(Saying("genre", "jazz"), True)
    fond.learn(Feedback(before[0].track, Answer.NEVER, NOON))
    after = plan_ahead(library, WISH, WAY, taste=fond)
    assert [c.track.genre for c in after].count("jazz") > [c.track.genre for c in before].count(
        "jazz"
    )
    assert before[0].track.uri not in {choice.track.uri for choice in after}
    assert any("jazz" in choice.because for choice in after)


def test_a_plan_goes_on_from_what_was_heard_and_leaves_out_what_was_put_off(
    library: Candidates,
) -> None:
    first = plan_ahead(library, WISH, WAY, taste=Taste())
    heard = replace(
        WISH, heard=[c.track.uri for c in first[:2]], barred=frozenset({first[2].track.uri})
    )
    after = plan_ahead(library, heard, WAY, taste=Taste())
    assert {c.track.uri for c in after}.isdisjoint(c.track.uri for c in first[:3])


def test_the_same_wish_plans_the_same_and_a_seed_lets_near_ties_take_turns(
    library: Candidates,
) -> None:
    def uris(seed: int | None) -> list[TrackUri]:
        rng = None if seed is None else np.random.default_rng(seed)
        return [c.track.uri for c in plan_ahead(library, WISH, WAY, taste=Taste(), rng=rng)]

    assert uris(None) == uris(None) and uris(1) == uris(1)
    assert len({tuple(uris(seed)) for seed in range(4)}) > 1


def test_a_way_drawn_by_hand_is_kept_to_although_other_music_is_liked_more(
    library: Candidates,
) -> None:
    fond = Taste()
    fond.tell(Saying("genre", "jazz"), True)

    def off(wish: Wish) -> float:
        choices = plan_ahead(library, wish, WAY, taste=fond)
        return sum(c.target.distance(c.track.features) for c in choices if c.track.features)

    assert off(replace(WISH, drawn=True)) < off(WISH)


def test_where_there_is_nothing_to_play_that_is_said() -> None:
    with pytest.raises(NothingToPlay):
        plan_ahead(Candidates([]), WISH, WAY, taste=Taste())


def test_a_track_of_an_intent_says_what_it_is_for(library: Candidates) -> None:
    wish = replace(WISH, goal=Goal.MATCH, intent=Intent.REST)
    first, *_, last = plan_ahead(library, wish, WAY, taste=Taste())
    assert "close to how you feel" in first.because
    assert "to rest you" in last.because


def test_a_track_of_a_way_drawn_by_hand_is_not_said_to_match_the_mood(
    library: Candidates,
) -> None:
    wish = replace(WISH, goal=Goal.MATCH, drawn=True)
    choices = plan_ahead(library, wish, WAY, taste=Taste())
    assert all("on the way you drew" in choice.because for choice in choices)
    far = plan_ahead(Candidates(library.tracks[:1]), wish, [Affect(1, 1), TENSE], taste=Taste())
    assert any("the nearest your music comes to the way you drew" in c.because for c in far)


def test_a_track_that_comes_twice_is_liked_as_much_the_second_time() -> None:
    here = TrackFeatures(0.4, -0.5)
    one = Track(TrackUri("made:1"), "One", "Her", features=here)
    other = Track(TrackUri("made:2"), "Two", "Them", features=here)
    fond = Taste()
    fond.learn(Feedback(one, Answer.LIKED, NOON))
    fond.learn(Feedback(other, Answer.NEVER, NOON))
    twice = plan_ahead(Candidates([one, other]), WISH, [CALM, CALM], taste=fond)
    assert [choice.track for choice in twice] == [one, one]
    liked = [next(t.amount for t in c.terms if t.name == "artist") for c in twice]
    assert liked[0] == liked[1] > 0.0
