from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.choice import Aim, Goal, Intent
from affetto.emotion import Affect
from affetto.recommending.rules import Gate, Mask, Rules, rules_for

ANGRY, SAD, HAPPY = (-0.7, 0.7), (-0.7, -0.5), (0.7, 0.5)


def gate(
    places: Sequence[tuple[float, float]],
    *,
    artists: Sequence[int] | None = None,
    heard: Sequence[int] = (),
    never: Sequence[int] = (),
    barred: Sequence[int] = (),
    explicit: Sequence[int] = (),
    rules: Rules | None = None,
) -> Gate:
    """A gate before tracks at these places, by default each of another artist."""
    n = len(places)

    def mask(rows: Sequence[int]) -> Mask:
        told = np.zeros(n, np.bool_)
        told[list(rows)] = True
        return told

    valence, arousal = np.array(places, np.float32).reshape(n, 2).T
    return Gate(
        np.array(range(n) if artists is None else artists, np.int32),
        valence,
        arousal,
        heard=heard,
        never=mask(never),
        barred=mask(barred),
        explicit=mask(explicit),
        rules=rules,
    )


def may(one: Gate) -> list[int]:
    return np.flatnonzero(one.next()).tolist()


def test_never_again_and_explicit_words_hold_even_when_nothing_else_is_left() -> None:
    assert may(gate([HAPPY] * 4, never=[0], explicit=[2])) == [1, 3]
    assert may(gate([HAPPY] * 2, never=[0, 1])) == []
    assert may(gate([])) == []


def test_what_lies_near_comes_first_and_then_the_nearest_that_may() -> None:
    places = [(0.1, 0.0), (0.4, 0.0), (0.6, 0.0), (0.65, 0.0), (0.9, 0.0)]
    middle = Affect(0.0, 0.0)
    assert np.flatnonzero(gate(places).next(middle)).tolist() == [0, 1]
    assert np.flatnonzero(gate(places, barred=[0]).next(middle)).tolist() == [1]
    assert np.flatnonzero(gate(places, never=[0, 1]).next(middle)).tolist() == [2, 3]
    assert not gate(places, never=range(5)).next(middle).any()


def test_not_now_waits_until_nothing_else_is_left() -> None:
    assert may(gate([HAPPY] * 3, barred=[0])) == [1, 2]
    assert may(gate([HAPPY] * 3, barred=[0, 1, 2])) == [0, 1, 2]


def test_nothing_repeats_within_the_cooldown() -> None:
    heard = [*list(range(600)), 3]
    one = gate([HAPPY] * 2000, heard=heard)
    allowed = set(may(one))
    assert one.cooldown == 500
    assert allowed.isdisjoint(heard[-500:])
    assert 50 in allowed


def test_in_a_small_library_a_quarter_or_a_few_tracks_go_by_before_anything_repeats() -> None:
    assert gate([HAPPY] * 100).cooldown == 25
    assert gate([HAPPY] * 12).cooldown == 5
    assert may(gate([HAPPY] * 6, heard=[0, 1, 2, 3, 4])) == [0, 1, 5]
    assert may(gate([HAPPY], heard=[0, 0])) == [0]
    assert may(gate([HAPPY] * 2, heard=[0, 1])) == [0]


def test_a_track_may_come_again_later_in_a_journey_than_next() -> None:
    one = gate([HAPPY] * 8, heard=[0, 1, 2, 3])
    assert np.flatnonzero(one.cost(0) > 0).tolist() == [0, 1, 2, 3]
    assert np.flatnonzero(one.cost(2) > 0).tolist() == [2, 3]


def test_at_most_two_of_an_artist_in_ten() -> None:
    artists = [0, 0, 0, 0, *range(1, 30)]
    one = gate([HAPPY] * 33, artists=artists, heard=[0, 10, 1, 11])
    assert set(may(one)).isdisjoint({2, 3})
    long_ago = gate([HAPPY] * 33, artists=artists, heard=[0, 10, 1, *range(11, 20)])
    assert {2, 3} <= set(may(long_ago))


def test_a_library_of_few_artists_goes_on_playing_all_of_them() -> None:
    one = gate([HAPPY] * 12, artists=[0] * 12, heard=[0, 1, 2])
    assert may(one) == list(range(3, 12))
    two = gate([HAPPY] * 40, artists=[0, 1] * 20, heard=[0, 2, 4, 6])
    assert {1, 8} <= set(may(two))
    assert may(gate([HAPPY] * 40, artists=[0, 1] * 20, heard=[0, 2, 4, 6, 8]))[0] == 1


def test_a_long_run_of_dark_and_agitated_music_is_broken_up() -> None:
    places = [ANGRY] * 10 + [SAD] * 2 + [HAPPY] * 2
    assert may(gate(places, heard=[0, 1, 2])) == list(range(3, 14))
    assert may(gate(places, heard=[0, 1, 2, 3])) == [10, 11, 12, 13]
    assert 5 in may(gate(places, heard=[0, 1, 10, 2, 3]))


def test_who_lifts_the_cap_hears_what_they_like_and_who_lets_it_out_hears_more_of_it() -> None:
    places = [ANGRY] * 30 + [HAPPY] * 6
    lifted = rules_for(Aim(Goal.MATCH, lifted=True))
    release = rules_for(Aim(intent=Intent.RELEASE))
    assert 20 in may(gate(places, heard=range(12), rules=lifted))
    assert 20 in may(gate(places, heard=range(7), rules=release))
    assert 20 not in may(gate(places, heard=range(8), rules=release))
    assert rules_for(Aim(Goal.CALM)) == Rules()


@given(st.integers(0, 40))
def test_sad_music_is_never_forbidden_for_being_sad(heard: int) -> None:
    one = gate([SAD] * 100, heard=range(heard))
    assert np.count_nonzero(one.next()) == 100 - min(heard, 25)


def test_with_only_angry_music_there_is_still_music() -> None:
    assert may(gate([ANGRY] * 20, heard=range(9))) == [0, 1, 2, 3, *range(9, 20)]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 50])
def test_something_may_always_be_played(count: int) -> None:
    rng = np.random.default_rng(count)
    heard: list[int] = []
    for _ in range(3 * count):
        allowed = may(gate([ANGRY] * count, artists=[0] * count, heard=heard))
        assert allowed
        heard.append(int(rng.choice(allowed)))
