from __future__ import annotations

import numpy as np
import pytest

from affetto.emotion import mood_of
from affetto.music.demo import demo_tracks
from affetto.recommending.fit import Candidates
from affetto.recommending.pick_one import place_of, ranked, some_of, songs_of
from affetto.track import Track, TrackFeatures, TrackUri


def song(name: str, valence: float, arousal: float, energy: float | None) -> Track:
    features = TrackFeatures(valence, arousal, energy=energy)
    return Track(TrackUri(f"m:{name}"), name, features=features)


SONGS = [
    song("picked", -0.6, -0.6, 0.2),  # (.2, .2) to the earlier systems
    song("far the same way", -0.02, -0.1, 0.49),  # (.49, .49)
    song("near another way", -0.64, -0.5, 0.24),  # (.18, .24)
    song("happy", 0.8, 0.8, 0.9),
    Track(TrackUri("m:unheard"), "unheard"),
]


@pytest.fixture
def songs() -> Candidates:
    return Candidates(SONGS)


def test_only_songs_of_the_mood_are_offered_each_once(songs: Candidates) -> None:
    rows = songs_of(songs, "sad")
    assert [songs.tracks[row].title for row in rows] == [s.title for s in SONGS[:3]]
    few = some_of(rows, np.random.default_rng(1), 2)
    assert len(set(few)) == 2 and set(few) <= set(rows)
    assert some_of(rows, np.random.default_rng(1), 2) == few
    assert sorted(some_of(rows, np.random.default_rng(2))) == rows


def test_cosine_sees_the_direction_only_and_distance_sets_it_right(songs: Candidates) -> None:
    found = ranked(songs, 0, songs_of(songs, "sad"))
    assert [songs.tracks[one.row].title for one in found] == [
        "far the same way",
        "near another way",
    ]
    far, near = found
    assert far.cosine == pytest.approx(1.0) and near.cosine < 0.999
    assert near.distance < 0.1 < 0.4 < far.distance


def test_where_no_energy_was_heard_arousal_stands_for_it() -> None:
    assert place_of(TrackFeatures(0.0, -0.5)) == (0.5, 0.25)
    assert place_of(TrackFeatures(0.0, -0.5, energy=0.0)) == (0.5, 0.0)


@pytest.mark.parametrize("mood", ["angry", "happy", "sad", "calm"])
def test_the_demo_music_has_five_of_each_mood_and_some_to_rank(mood: str) -> None:
    demo = Candidates(demo_tracks())
    rows = songs_of(demo, mood)
    five = some_of(rows, np.random.default_rng(0))
    assert len(five) == 5 and len(ranked(demo, five[0], rows)) >= 3


def test_a_song_alone_in_its_mood_has_no_rest(songs: Candidates) -> None:
    assert ranked(songs, 3, songs_of(songs, "happy")) == []


def test_over_a_library_cosine_calls_strangers_alike_and_distance_does_not() -> None:
    rng = np.random.default_rng(7)
    many = Candidates(
        [song(str(n), v, a, (a + 1) / 2) for n, (v, a) in enumerate(rng.uniform(-1, 1, (400, 2)))]
    )
    rows = list(range(400))
    elsewhere = {"cosine": 0, "distance": 0}
    for picked in range(40):
        found = ranked(many, picked, rows)
        here = mood_of(many.tracks[picked].features)  # type: ignore[arg-type]
        for by, best in (("cosine", found[:10]), ("distance", sorted(found, key=_away)[:10])):
            elsewhere[by] += sum(mood_of(many.tracks[one.row].features) != here for one in best)  # type: ignore[arg-type]
    assert elsewhere["cosine"] > 2 * elsewhere["distance"]


def _away(one: object) -> float:
    return one.distance  # type: ignore[attr-defined, no-any-return]
