from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from affetto.emotion import Affect
from affetto.errors import Misuse
from affetto.recommending.fit import Candidates
from affetto.recommending.nearest import LARGEST, FeatureSpace
from affetto.track import Track, TrackFeatures, TrackUri

NAN = float("nan")


def brute(
    columns: dict[str, np.ndarray],
    target: dict[str, float],
    weights: dict[str, float],
    chosen: np.ndarray,
) -> np.ndarray:
    """Every squared distance in float64, the plainest way; inf where not chosen."""
    total = np.zeros(len(chosen))
    for name, goal in target.items():
        column = columns[name].astype(np.float64)
        known = column[~np.isnan(column)]
        mean, var = (known.mean(), known.var()) if len(known) else (goal, 0.0)
        away = np.where(np.isnan(column), (mean - goal) ** 2 + var, (column - goal) ** 2)
        total += weights.get(name, 1.0) * away
    total[~chosen] = np.inf
    return total


numbers = st.floats(-100, 100, width=32) | st.just(NAN) | st.sampled_from([0.0, 0.5, 1.0])


@st.composite
def searches(draw: st.DrawFn):  # type: ignore[no-untyped-def]
    n, d = draw(st.integers(0, 60)), draw(st.integers(1, 5))
    names = [f"f{i}" for i in range(d)]
    table = draw(hnp.arrays(np.float32, (d, n), elements=numbers, fill=st.just(np.float32(0.25))))
    asked = draw(st.lists(st.sampled_from(names), unique=True, max_size=d))
    target = {name: draw(st.floats(-100, 100)) for name in asked}
    weights = {
        name: draw(st.sampled_from([0.0, 0.01, 1.0, 30.0]))
        for name in draw(st.lists(st.sampled_from(names), unique=True))
    }
    chosen = draw(hnp.arrays(np.bool_, n))
    way = draw(st.sampled_from(["all", "mask", "rows"]))
    return (
        dict(zip(names, table, strict=True)),
        target,
        weights,
        chosen,
        way,
        draw(st.integers(0, 70)),
    )


@settings(max_examples=150, deadline=None)
@given(searches())
def test_it_finds_what_looking_at_every_track_finds(search) -> None:  # type: ignore[no-untyped-def]
    columns, target, weights, chosen, way, k = search
    if way == "all":
        chosen = np.ones_like(chosen)
    among = {"all": None, "mask": chosen, "rows": np.flatnonzero(chosen)}[way]
    found = FeatureSpace(columns).nearest(target, k, weights=weights, among=among)
    every = brute(columns, target, weights, chosen)
    count = min(k, int(chosen.sum()))
    assert len(found.rows) == len(found.distances) == count
    assert len(set(found.rows.tolist())) == count
    assert chosen[found.rows].all()
    best = np.sqrt(np.sort(every)[:count])
    np.testing.assert_allclose(found.distances, best, rtol=1e-5, atol=1e-4)
    # Ties aside, these are the tracks themselves.
    np.testing.assert_allclose(np.sqrt(every[found.rows]), best, rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", ["spread", "far away", "all the same", "each nearer"])
def test_a_library_of_many_blocks_is_searched_whole(seed: int, shape: str) -> None:
    rng = np.random.default_rng(seed)
    n = 50_000
    table = rng.standard_normal((4, n)).astype(np.float32)
    if shape == "far away":
        table += np.float32(1000.0)
    if shape == "all the same":
        table[:] = 0.5
    if shape == "each nearer":
        table[:] = np.linspace(9, 0, n, dtype=np.float32)
    columns = dict(zip("abcd", table, strict=True))
    target = {"a": 0.1, "b": -0.2, "c": 0.3}
    weights = {"a": 2.0, "b": 0.5}
    chosen = rng.random(n) < 0.7
    found = FeatureSpace(columns).nearest(target, 25, weights=weights, among=chosen)
    every = brute(columns, target, weights, chosen)
    np.testing.assert_allclose(found.distances, np.sqrt(np.sort(every)[:25]), rtol=1e-5)
    if shape == "all the same":
        assert found.rows.tolist() == np.flatnonzero(chosen)[:25].tolist()  # the lower row first


def test_what_nobody_knows_is_never_the_best_match() -> None:
    space = FeatureSpace({"valence": [0.1, 0.2, NAN], "arousal": [0.1, NAN, NAN]})
    found = space.nearest({"valence": 0.1, "arousal": 0.1}, 3)
    assert found.rows.tolist()[0] == 0
    alone = FeatureSpace({"valence": [-1.0, 1.0, NAN]}).nearest({"valence": 0.0}, 3)
    np.testing.assert_allclose(alone.distances, 1.0)  # as far as the others on average


def test_a_feature_that_is_not_asked_for_does_not_count() -> None:
    space = FeatureSpace({"valence": [0.0, 0.5], "tempo_bpm": [60.0, 200.0]})
    assert space.nearest({"valence": 0.4}, 1).rows.tolist() == [1]
    both = {"valence": 0.4, "tempo_bpm": 60.0}
    assert space.nearest(both, 1).rows.tolist() == [0]
    assert space.nearest(both, 1, weights={"tempo_bpm": 0.0}).rows.tolist() == [1]


def test_a_range_leaves_out_what_lies_beyond_and_what_is_not_known() -> None:
    space = FeatureSpace({"tempo_bpm": [90.0, 120.0, 121.0, NAN]})
    assert space.within("tempo_bpm", 90, 120).tolist() == [True, True, False, False]
    assert space.within("tempo_bpm", high=120.5).tolist() == [True, True, False, False]
    found = space.nearest({"tempo_bpm": 200}, 5, among=space.within("tempo_bpm", 90, 120))
    assert found.rows.tolist() == [1, 0]


def test_an_empty_library_has_nothing_near() -> None:
    for space in (FeatureSpace({"valence": []}), FeatureSpace({})):
        assert len(space) == 0
        assert space.nearest({}, 5).rows.tolist() == []
    one = FeatureSpace({"valence": [0.5]})
    assert one.nearest({"valence": 0}, 0).rows.tolist() == []
    assert one.nearest({"valence": 0}, 3, among=np.zeros(0, np.int64)).rows.tolist() == []
    assert one.nearest({"valence": 0}, 3, among=np.array([False])).rows.tolist() == []


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda s: s.nearest({"valance": 0.0}, 1), "'valence'"),
        (lambda s: s.nearest({}, 1, weights={"arousel": 1.0}), "'arousal'"),
        (lambda s: s.nearest({"valence": NAN}, 1), "finite"),
        (lambda s: s.nearest({"valence": 2 * LARGEST}, 1), "finite"),
        (lambda s: s.nearest({"valence": 0.0}, 1, weights={"valence": -1.0}), "negative"),
        (lambda s: s.nearest({"valence": 0.0}, 1, among=np.array([True])), "Give 2"),
        (lambda s: s.nearest({"valence": 0.0}, 1, among=np.array([0, 2])), "from 0 to 1"),
        (lambda s: s.nearest({"valence": 0.0}, 1, among=np.array([-1])), "from 0 to 1"),
        (lambda s: s.within("tempo", 1, 2), "nearest is"),
        (lambda _: FeatureSpace({"valence": [float("inf")]}), "NaN where"),
        (lambda _: FeatureSpace({"valence": [0.0], "arousal": [0.0, 1.0]}), "one number for each"),
        (lambda _: FeatureSpace({}).within("tempo"), "none at all"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_remedy(ask, words: str) -> None:  # type: ignore[no-untyped-def]
    space = FeatureSpace({"valence": [0.0, 1.0], "arousal": [0.0, 1.0]})
    with pytest.raises(Misuse) as refused:
        ask(space)
    assert words in refused.value.remedy


def test_a_million_tracks_would_take_less_than_sixty_megabytes() -> None:
    n = 100_000
    rng = np.random.default_rng(1)
    columns = {f"f{i}": rng.standard_normal(n).astype(np.float32) for i in range(9)}
    columns["f0"][::7] = NAN
    tracemalloc.start()
    try:
        space = FeatureSpace(columns)
        tracemalloc.reset_peak()
        space.nearest(dict.fromkeys(columns, 0.1), 64)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak / n <= 60  # bytes a track: megabytes a million


def piece(name: str, features: TrackFeatures | None) -> Track:
    return Track(TrackUri(f"memory:{name}"), name, features=features)


SHELF = [
    piece("waltz", TrackFeatures(0.5, 0.2, tempo_bpm=90.0, energy=0.4)),
    piece("gallop", TrackFeatures(0.5, 0.2, tempo_bpm=170.0, energy=0.9)),
    piece("unheard", None),
    piece("minuet", TrackFeatures(0.4, 0.2, tempo_bpm=95.0, energy=0.4)),
    piece("dirge", TrackFeatures(-0.7, -0.6)),
]


def named(rows: list[int]) -> list[str]:
    return [SHELF[row].title for row in rows]


def test_the_tracks_near_a_place_come_nearest_first() -> None:
    shelf = Candidates(SHELF)
    assert named(shelf.near(Affect(-0.6, -0.6), 1)) == ["dirge"]
    assert set(named(shelf.near(Affect(0.5, 0.2), 2))) == {"waltz", "gallop"}
    slow = shelf.space.within("tempo_bpm", high=100)
    assert named(shelf.near(Affect(0.5, 0.2), 9, among=slow)) == ["waltz", "minuet"]


def test_like_this_one_means_its_sound_and_not_only_its_place() -> None:
    shelf = Candidates(SHELF)
    assert named(shelf.like(0, 1)) == ["minuet"]  # the gallop lies nearer, but sounds other
    assert "dirge" not in named(shelf.like(4, 9))
    assert shelf.like(2, 3) == []  # nobody has heard how that one sounds
