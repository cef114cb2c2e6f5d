from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from affetto.choice import Aim
from affetto.emotion import Affect, Covariance
from affetto.recommending.fit import Candidates
from affetto.recommending.journey import DRAWN, Plan, Planned, Weights, drawn, plan
from affetto.recommending.rules import ASTRAY, FAR_COST, Floats, Gate, Rules, rules_for
from affetto.track import Track, TrackFeatures, TrackUri

TENSE, CALM = Affect(-0.6, 0.6), Affect(0.45, -0.6)
KEYS = ("C", "G", "D", "A", "F# minor", "E minor", "Bb", "Eb minor")


def library(n: int, seed: int, *, per_artist: int = 8) -> Candidates:
    """Made-up music all over the map, with tempo, key, energy and loudness."""
    rng = np.random.default_rng(seed)
    return Candidates(
        [
            Track(
                TrackUri(f"made:{i}"),
                f"Track {i}",
                artist=f"Artist {i // per_artist}",
                features=TrackFeatures(
                    float(rng.uniform(-1, 1)),
                    float(rng.uniform(-1, 1)),
                    tempo_bpm=float(rng.uniform(60, 180)),
                    key=str(rng.choice(KEYS)),
                    loudness_db=float(rng.normal(-14, 4)),
                    energy=float(rng.uniform()),
                ),
            )
            for i in range(n)
        ]
    )


def straight(tracks: int, start: Affect = TENSE, end: Affect = CALM) -> list[Affect | None]:
    shares = np.linspace(0, 1, tracks)
    return [
        Affect(
            start.valence + s * (end.valence - start.valence),
            start.arousal + s * (end.arousal - start.arousal),
        )
        for s in map(float, shares)
    ]


def gate_of(candidates: Candidates, heard: Sequence[int] = (), rules: Rules | None = None) -> Gate:
    return Gate(candidates.artist, candidates.valence, candidates.arousal, heard=heard, rules=rules)


def liking(candidates: Candidates, seed: int = 0) -> dict[str, Floats]:
    told = np.random.default_rng(seed).normal(0.3, 0.1, len(candidates))
    return {"taste": told.astype(np.float32)}


def planned(candidates: Candidates, targets: Sequence[Affect | None], **how: object) -> Plan:
    told = {"gains": liking(candidates), "gate": gate_of(candidates), **how}
    return plan(candidates, targets, **told)  # type: ignore[arg-type]


def rows(made: Plan) -> list[int]:
    return [track.row for track in made.tracks]


def away(track: Planned) -> float:
    return 0.0 if track.target is None else track.target.distance(track.place)


def worth(made: Plan) -> float:
    """What a plan is worth, less what its tracks far from their places cost it."""
    return made.worth - FAR_COST * sum(away(t) for t in made.tracks if away(t) > ASTRAY)


@pytest.mark.parametrize("n", [300, 3000])
def test_no_track_of_a_journey_goes_astray_for_being_liked(n: int) -> None:
    candidates = library(n, 4)
    loved = np.where(candidates.valence < -0.5, 3.0, 0.0).astype(np.float32)
    made = planned(candidates, [Affect(0.4, -0.4)] * 12, gains={"taste": loved})
    assert max(away(track) for track in made.tracks) <= ASTRAY + 1e-6


def test_a_journey_from_tense_to_calm_glides() -> None:
    made = planned(library(3000, 1), straight(10))
    arousal = [track.place.arousal for track in made.tracks]
    valence = [track.place.valence for track in made.tracks]
    assert np.corrcoef(arousal, np.arange(10))[0, 1] < -0.9
    assert np.corrcoef(valence, np.arange(10))[0, 1] > 0.8
    assert arousal[0] > 0.3 and arousal[-1] < -0.3
    assert [track.target for track in made.tracks] == straight(10)


@pytest.mark.parametrize("n", [30, 300, 3000])
def test_planning_ahead_beats_choosing_one_after_the_other(n: int) -> None:
    better = 0.0
    for seed in range(6):
        candidates = library(n, seed)
        how = {"gains": liking(candidates, seed)}
        ahead = planned(candidates, straight(8), **how)
        greedy = planned(candidates, straight(8), beam=1, **how)
        assert worth(ahead) >= worth(greedy) - 1e-5
        better += worth(ahead) - worth(greedy)
    assert better > 0.05


def test_the_parts_of_a_score_add_up_to_it_and_the_strongest_comes_first() -> None:
    for track in planned(library(400, 2), straight(6)).tracks:
        assert sum(term.amount for term in track.terms) == pytest.approx(track.score)
        sizes = [abs(term.amount) for term in track.terms]
        assert sizes == sorted(sizes, reverse=True)
        assert {"taste", "closeness"} <= {term.name for term in track.terms}


def test_the_same_seed_plans_the_same_journey_and_another_one_another() -> None:
    candidates = library(3000, 3)
    told = [
        rows(planned(candidates, straight(8), rng=np.random.default_rng(seed)))
        for seed in (5, 5, 6, 7)
    ]
    assert told[0] == told[1]
    assert len({tuple(one) for one in told}) > 1
    assert rows(planned(candidates, straight(8))) == rows(planned(candidates, straight(8)))


def test_nothing_repeats_and_no_artist_comes_more_than_twice_in_ten() -> None:
    candidates = library(2000, 4, per_artist=200)
    made = rows(planned(candidates, [CALM] * 20))
    assert len(set(made)) == 20
    artists = candidates.artist[made]
    for begin in range(11):
        assert max(Counter(artists[begin : begin + 10].tolist()).values()) <= 2


def test_what_was_heard_is_not_planned_and_its_artist_is_rested() -> None:
    candidates = library(600, 5)
    heard = rows(planned(candidates, [CALM] * 6))
    again = rows(planned(candidates, [CALM] * 6, gate=gate_of(candidates, heard)))
    assert set(again).isdisjoint(heard)


def test_a_long_angry_way_is_broken_up_unless_the_listener_lifts_the_cap() -> None:
    candidates = library(3000, 6)
    targets = [Affect(-0.7, 0.7)] * 10

    def longest(rules: Rules) -> int:
        gate = gate_of(candidates, rules=rules)
        dark = gate.dark(np.array(rows(planned(candidates, targets, gate=gate))))
        return max(len(run) for run in "".join("x" if d else " " for d in dark).split(" "))

    assert longest(Rules()) == 4
    assert longest(rules_for(Aim(lifted=True))) == 10


def test_a_small_library_goes_round_and_an_empty_one_plans_nothing() -> None:
    candidates = library(4, 7, per_artist=1)
    made = rows(planned(candidates, [CALM] * 9))
    assert len(made) == 9
    assert all(a != b for a, b in itertools.pairwise(made))
    assert rows(planned(library(1, 7), [CALM] * 2)) == [0, 0]
    assert planned(Candidates([]), [CALM]).tracks == ()
    assert planned(candidates, []).tracks == ()


def test_music_of_one_artist_is_planned_as_gladly() -> None:
    made = rows(planned(library(60, 15, per_artist=60), [CALM] * 9))
    assert len(set(made)) == 9
    two = library(60, 15, per_artist=30)
    assert len(set(rows(planned(two, [CALM] * 9)))) == 9


def test_what_is_never_to_be_played_is_in_no_plan() -> None:
    candidates = library(300, 8)
    never = np.ones(300, np.bool_)
    never[[10, 20, 30]] = False
    gate = Gate(candidates.artist, candidates.valence, candidates.arousal, never=never)
    assert set(rows(planned(candidates, [CALM] * 5, gate=gate))) <= {10, 20, 30}
    closed = Gate(
        candidates.artist, candidates.valence, candidates.arousal, never=np.ones(300, np.bool_)
    )
    assert planned(candidates, [CALM], gate=closed).tracks == ()


def test_liking_outweighs_a_small_step_off_the_way_but_not_a_large_one() -> None:
    candidates = library(500, 9)
    near = candidates.nearest(CALM)
    away = np.hypot(candidates.valence - CALM.valence, candidates.arousal - CALM.arousal)
    for low, high, chosen in ((0.1, 0.15, True), (1.4, 1.6, False)):
        loved = int(np.flatnonzero((away > low) & (away < high))[0])
        taste = np.zeros(500, np.float32)
        taste[loved] = 0.3
        made = planned(candidates, [CALM], gains={"taste": taste})
        assert (rows(made) == [loved]) is chosen
    assert away[rows(planned(candidates, [CALM], gains={}))[0]] < away[near] + 0.1


def test_a_way_drawn_by_hand_is_followed_more_closely() -> None:
    candidates = library(2000, 10)

    def off(weights: Weights) -> float:
        made = planned(candidates, straight(8), weights=weights)
        return sum(t.place.distance(t.target) for t in made.tracks if t.target is not None)

    assert drawn(Weights()).arousal == DRAWN * Weights().arousal
    assert off(drawn(Weights())) < 0.8 * off(Weights())


def test_an_unsure_mood_lets_liking_decide_more() -> None:
    candidates = library(2000, 11)
    sure = planned(candidates, [CALM] * 6)
    unsure = planned(candidates, [CALM] * 6, around=Covariance(0.5, 0.1, 0.5))

    def taste(made: Plan) -> float:
        return sum(t.amount for one in made.tracks for t in one.terms if t.name == "taste")

    assert taste(unsure) > taste(sure)


def test_with_no_place_meant_only_liking_and_order_decide() -> None:
    made = planned(library(2000, 12), [None] * 5)
    names = {term.name for track in made.tracks for term in track.terms}
    assert "closeness" not in names
    assert all(track.target is None for track in made.tracks)


def test_tracks_of_one_sound_are_not_lined_up_where_others_are_as_good() -> None:
    candidates = library(400, 13, per_artist=1)
    sound = np.random.default_rng(0).normal(0, 2, (400, 6)).astype(np.float32)
    sound[:200] = sound[0]
    made = rows(planned(candidates, [CALM] * 6, alike=sound, weights=Weights(variety=0.5)))
    assert sum(row < 200 for row in made) <= 2


def test_the_smoother_of_two_orders_is_chosen() -> None:
    def track(i: int, tempo: float, energy: float) -> Track:
        features = TrackFeatures(0.4, -0.5, tempo_bpm=tempo, energy=energy, key="C")
        return Track(TrackUri(f"made:{i}"), f"{i}", artist=f"{i}", features=features)

    candidates = Candidates([track(0, 60, 0.1), track(1, 75, 0.4), track(2, 85, 0.7)])
    made = rows(planned(candidates, [CALM] * 3, gains={}, gate=gate_of(candidates)))
    assert made in ([0, 1, 2], [2, 1, 0])


def test_replanning_after_each_track_goes_on_with_a_plan_of_the_rest() -> None:
    candidates = library(1000, 14)
    targets = straight(6)
    heard: list[int] = []
    for step in range(6):
        made = planned(candidates, targets[step:], gate=gate_of(candidates, heard))
        heard.append(made.tracks[0].row)
    once = rows(planned(candidates, targets))
    assert heard == once  # nothing new was learned on the way
