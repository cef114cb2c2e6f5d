from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affetto.choice import Answer, Feedback, Goal
from affetto.emotion import Affect, Covariance
from affetto.errors import NothingToPlay
from affetto.recommending.fit import Candidates
from affetto.recommending.reasons import Reasoning, named, place_in_words
from affetto.recommending.recommender import Weighed, Wish, choose, place_of, was_a_try, weigh
from affetto.recommending.response import Response
from affetto.recommending.rules import NEAR, Rules
from affetto.recommending.scoring import Scores
from affetto.recommending.taste import Saying, Taste
from affetto.track import Track, TrackFeatures, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SURE = Covariance(0.01, 0.0, 0.01)
GENRES = ("rock", "jazz", "folk", "house")


def library(n: int = 300, seed: int = 1) -> Candidates:
    """Tracks all over the map, four to an artist, in four genres."""
    rng = np.random.default_rng(seed)
    points = rng.uniform(-0.9, 0.9, (n, 2))
    return Candidates(
        [
            Track(
                TrackUri(f"memory:{i}"),
                f"Track {i}",
                f"Artist {i // 4}",
                genre=GENRES[i // 4 % 4],
                year=1960 + i % 60,
                popularity=int(rng.integers(100)),
                features=TrackFeatures(
                    float(v), float(a), 0.2, 0.2, tempo_bpm=float(rng.uniform(60, 180)), energy=0.5
                ),
            )
            for i, (v, a) in enumerate(points)
        ]
    )


SHELF = library()


def taught(seed: int, lessons: int = 40, loves: str = "jazz") -> Taste:
    """A listener who hears out, and now and then likes, one genre and skips most else."""
    rng, taste = np.random.default_rng(seed), Taste()
    for row in rng.choice(len(SHELF), lessons, replace=False):
        track = SHELF.tracks[row]
        answer = Answer.SKIPPED if rng.uniform() < 0.7 else Answer.FINISHED
        if track.genre == loves:
            answer = Answer.LIKED if rng.uniform() < 0.4 else Answer.FINISHED
        taste.learn(Feedback(track, answer, NOON, 4.0))
    return taste


WISHES = [
    Wish(goal=Goal.MATCH, mood=Affect(-0.5, -0.4), target=Affect(-0.5, -0.4), around=SURE),
    Wish(
        goal=Goal.LIFT,
        mood=Affect(-0.4, -0.3),
        target=Affect(0.2, 0.1),
        end=Affect(0.75, 0.45),
        expected=Affect(-0.2, -0.2),
        heard=[SHELF.tracks[3].uri, SHELF.tracks[77].uri],
    ),
    Wish(goal=Goal.CALM, target=Affect(0.45, -0.6), novelty=0.9, hour=22.0),
    Wish(),
]


def weighed(wish: Wish, taste: Taste, seed: int = 0) -> Weighed:
    rng = np.random.default_rng(seed)
    return weigh(SHELF, wish, taste=taste, rng=rng, response=Response())


@pytest.mark.parametrize("wish", WISHES)
def test_the_terms_of_a_choice_add_up_to_its_score(wish: Wish) -> None:
    choice = choose(SHELF, wish, taste=taught(2), rng=np.random.default_rng(0))
    assert choice.score == pytest.approx(sum(term.amount for term in choice.terms), abs=1e-6)
    amounts = [term.amount for term in choice.terms]
    assert amounts == sorted(amounts, reverse=True)
    assert 0.0 < choice.propensity <= 1.0


@pytest.mark.parametrize("wish", WISHES)
def test_the_quick_look_at_all_tracks_agrees_with_the_terms(wish: Wish) -> None:
    scores = Scores(SHELF, wish, taught(3), Response())
    rows = np.arange(len(SHELF))
    terms = scores.terms(rows)
    total = sum(terms.values()) - terms["transition"]
    best = scores.best(20, np.zeros(len(SHELF), bool), None)
    assert set(best) == set(np.argsort(-total)[:20])


@given(st.integers(0, 10_000), st.sampled_from(WISHES), st.sampled_from(GENRES))
@settings(max_examples=60, deadline=None)
def test_without_a_named_reason_the_track_would_rank_lower(
    seed: int, wish: Wish, loves: str
) -> None:
    taste = taught(seed, loves=loves)
    told = weighed(wish, taste, seed)
    row = int(told.rows[told.pick])
    choice = choose(SHELF, wish, taste=taste, rng=np.random.default_rng(seed))
    assert SHELF.tracks[row] == choice.track
    assert told.totals[told.pick] == told.totals.max()
    for term in named(Reasoning(SHELF, row, wish, taste, choice.terms, told.lead)):
        left = told.totals.copy()
        left[told.pick] -= term.amount
        assert left[told.pick] < left.max(), f"{term} was not needed"


def test_the_reason_names_what_the_listener_said_and_likes() -> None:
    taste = Taste()
    taste.tell(Saying("genre", "jazz"), True)
    wish = Wish(target=Affect(0.0, 0.0))
    choice = choose(SHELF, wish, taste=taste, rng=np.random.default_rng(0))
    assert choice.track.genre == "jazz" and "you said you like jazz" in choice.because
    learned = choose(SHELF, Wish(), taste=taught(1, 80), rng=np.random.default_rng(0))
    assert "you like jazz" in learned.because


@pytest.mark.parametrize("seed", range(10))
def test_who_only_skipped_is_not_told_what_they_like(seed: int) -> None:
    taste = Taste()
    for row in np.random.default_rng(seed).choice(len(SHELF), 6, replace=False):
        taste.learn(Feedback(SHELF.tracks[row], Answer.SKIPPED, NOON, 4.0))
    assert not taste.pleased
    for wish in WISHES:
        said = choose(SHELF, wish, taste=taste, rng=np.random.default_rng(seed)).because
        assert "you seem to like" not in said and "and you like" not in said


@pytest.mark.parametrize("seed", range(30))
def test_what_one_likes_does_not_gainsay_how_the_track_sounds(seed: int) -> None:
    taste = taught(seed, 30)
    for wish in WISHES:
        choice = choose(SHELF, wish, taste=taste, rng=np.random.default_rng(seed))
        sound = place_in_words(place_of(choice.track))
        for kind in ("bright", "dark"):
            assert f"like {kind} music" not in choice.because or kind in sound
        if "like lively music" in choice.because:
            assert "quiet" not in sound and "gentle" not in sound
        if "like quiet music" in choice.because:
            assert "lively" not in sound and "energy" not in sound


def test_another_wish_is_answered_with_what_it_would_really_have_played() -> None:
    calm = Wish(goal=Goal.CALM, target=Affect(0.45, -0.6))
    for seed in range(6):
        taste = taught(seed)
        rng = np.random.default_rng(seed)
        choice = choose(SHELF, WISHES[0], taste=taste, rng=rng, other=calm)
        found = weigh(SHELF, calm, taste=taste, rng=None, response=Response())
        track = SHELF.tracks[found.rows[found.pick]]
        told = f"If you wanted calm, I would have played “{track.title}” by {track.artist}."
        if track == choice.track:
            told = "Even if you wanted calm, I would have played this one."
        assert choice.instead == told
    same = choose(SHELF, calm, taste=Taste(), rng=np.random.default_rng(1), other=calm)
    assert same.instead.startswith(("Even if you wanted calm", "If you wanted calm"))


@given(st.integers(0, 1000), st.integers(0, 74))
@settings(max_examples=30, deadline=None)
def test_saying_one_dislikes_an_artist_never_raises_it(seed: int, artist: int) -> None:
    taste, wish = taught(seed, 15), WISHES[seed % len(WISHES)]
    rows = SHELF.of_artist(f"artist {artist}")
    before = sum(Scores(SHELF, wish, taste, Response()).terms(rows).values())
    taste.tell(Saying("artist", f"Artist {artist}"), False)
    after = sum(Scores(SHELF, wish, taste, Response()).terms(rows).values())
    assert np.all(after <= before)


def queue(taste: Taste, seed: int, length: int = 12, novelty: float = 0.5) -> list[Track]:
    heard: list[TrackUri] = []
    found = []
    for n in range(length):
        wish = Wish(target=Affect(0.2, 0.1), heard=heard, novelty=novelty)
        choice = choose(SHELF, wish, taste=taste, rng=np.random.default_rng((seed, n)))
        found.append(choice.track)
        heard.append(choice.track.uri)
    return found


def test_the_same_seed_gives_the_same_queue() -> None:
    assert queue(taught(5), 7) == queue(taught(5), 7)
    assert queue(taught(5), 7) != queue(taught(5), 8)


def test_more_novelty_plays_more_artists_never_heard() -> None:
    taste = taught(6, lessons=60)
    shares = [
        np.mean([t.artist.casefold() not in taste.artists for t in queue(taste, 1, 20, novelty)])
        for novelty in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert shares == sorted(shares)
    assert shares[0] < 0.2 and shares[-1] > 0.8


def test_nothing_comes_again_within_the_cooldown() -> None:
    heard: list[TrackUri] = []
    for n in range(60):
        wish = Wish(target=Affect(0.2, 0.1), heard=heard, rules=Rules(cooldown=25))
        chosen = choose(SHELF, wish, taste=taught(8), rng=np.random.default_rng(n)).track.uri
        assert chosen not in heard[-25:]
        heard.append(chosen)


def test_what_is_ruled_out_for_ever_is_never_played() -> None:
    few = library(8)
    taste = Taste()
    taste.never = {t.uri for t in few.tracks[:7]}
    wish = Wish(barred=frozenset({few.tracks[7].uri}))
    assert choose(few, wish, taste=taste, rng=np.random.default_rng(0)).track == few.tracks[7]
    explicit = Wish(explicit=frozenset({few.tracks[7].uri}))
    with pytest.raises(NothingToPlay, match="ruled out every track"):
        choose(few, explicit, taste=taste, rng=np.random.default_rng(0))


@pytest.mark.parametrize("seed", range(40))
def test_a_try_lies_near_the_way_and_is_neither_dark_nor_agitated(seed: int) -> None:
    wish = Wish(mood=Affect(-0.6, 0.5), target=Affect(-0.5, 0.4), around=SURE)
    choice = choose(SHELF, wish, taste=taught(seed, 6), rng=np.random.default_rng(seed))
    features = choice.track.features
    assert features is not None
    if was_a_try(choice):
        assert not (features.valence < -0.2 and features.arousal > 0.2)
        assert Affect(-0.5, 0.4).distance(features) <= 0.5


def test_nobody_is_tried_on_before_they_have_answered_twice_or_when_it_is_not_wanted() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        assert not was_a_try(choose(SHELF, WISHES[0], taste=taught(seed, 1), rng=rng))
        steady = Wish(target=Affect(0, 0), explore=False)
        assert not was_a_try(choose(SHELF, steady, taste=taught(seed), rng=rng))


def test_the_chance_of_a_draw_is_how_often_it_is_drawn() -> None:
    taste, wish = taught(9, 10), Wish(target=Affect(0.3, 0.2))
    drawn = [choose(SHELF, wish, taste=taste, rng=np.random.default_rng(s)) for s in range(400)]
    often = {c.track.uri: 0 for c in drawn}
    for choice in drawn:
        often[choice.track.uri] += 1
    # Over draws of its own the mean of 1/chance counts the tracks that can be drawn.
    for uri in sorted(often, key=lambda u: -often[u])[:3]:
        told = [c.propensity for c in drawn if c.track.uri == uri]
        assert np.median(told) == pytest.approx(often[uri] / 400, abs=0.12)


def test_a_way_drawn_by_hand_counts_for_more_than_a_goal() -> None:
    def away(drawn: bool, seed: int) -> float:
        place = Affect(*np.random.default_rng(seed).uniform(-0.7, 0.7, 2))
        wish = Wish(target=place, drawn=drawn, explore=False)
        taste = taught(seed, 60)
        chosen = choose(SHELF, wish, taste=taste, rng=np.random.default_rng(0)).track.features
        assert chosen is not None
        return place.distance(chosen)

    guessed, told = (np.mean([away(drawn, seed) for seed in range(20)]) for drawn in (False, True))
    assert told < 0.6 * guessed and told < 0.2


@pytest.mark.parametrize("seed", range(20))
def test_of_whom_nothing_is_known_gets_nothing_far_from_what_they_asked(seed: int) -> None:
    taste = taught(seed, 1)
    wish = Wish(goal=Goal.SLEEP, target=Affect(0.2, -0.6), end=Affect(0.2, -0.85))
    heard: list[TrackUri] = []
    for n in range(8):
        choice = choose(
            SHELF, replace(wish, heard=heard), taste=taste, rng=np.random.default_rng((seed, n))
        )
        assert choice.track.features is not None
        assert choice.target.distance(choice.track.features) <= NEAR + 1e-6
        assert "for variety" not in choice.because
        heard.append(choice.track.uri)


def test_who_is_led_gets_what_is_expected_to_move_them() -> None:
    lively = Wish(end=Affect(0.75, 0.8), expected=Affect(0.0, -0.6), left=5, explore=False)
    still = Wish(end=Affect(0.4, -0.9), expected=Affect(0.0, 0.6), left=5, explore=False)
    energy = [
        choose(SHELF, wish, taste=Taste(), rng=np.random.default_rng(0)).track.features
        for wish in (lively, still)
    ]
    assert energy[0] and energy[1] and energy[0].arousal > 0.5 > -0.5 > energy[1].arousal
