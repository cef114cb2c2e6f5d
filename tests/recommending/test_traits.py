from __future__ import annotations

import numpy as np
import pytest

from affetto.emotion import Affect
from affetto.recommending.traits import AWAY, LATE, MORNING, MOVING, Moment, describe, traits_of
from affetto.track import Track, TrackFeatures, TrackUri

SONG = Track(
    TrackUri("x:1"),
    "Song",
    genre=" Jazz ",
    year=2010,
    popularity=65,
    features=TrackFeatures(0.5, -0.25, tempo_bpm=150, loudness_db=-8, energy=0.75, vocal=1.0),
)


def test_every_trait_has_its_own_scale_whatever_the_library() -> None:
    told = describe(SONG)
    assert told == pytest.approx(
        {
            "constant": 1, "valence": 1, "arousal": -0.5, "energy": 1, "tempo": 1, "vocal": 1,
            "loudness": 1, "popularity": 1, "year": 1, "genre:jazz": 1,
        }
    )  # fmt: skip
    rest = [Track(TrackUri(f"x:{i}"), "", genre="rock") for i in range(2, 9)]
    traits = traits_of([SONG, *rest])
    assert traits.of_row(0) == pytest.approx({**told, "genre:rock": 0})


def test_what_is_not_known_stands_in_the_middle_and_what_is_wild_is_held() -> None:
    bare, wild = Track(TrackUri("x:2"), ""), Track(TrackUri("x:3"), "", year=99_999)
    assert set(describe(bare).values()) == {0.0, 1.0} and describe(bare)["constant"] == 1.0
    assert describe(wild)["year"] == 3.0


def test_only_the_commonest_genres_are_traits_of_a_library() -> None:
    genres = ["a"] * 3 + ["b"] * 2 + ["c"] + [""] * 9
    traits = traits_of(
        [Track(TrackUri(f"x:{i}"), "", genre=g) for i, g in enumerate(genres)], genres=2
    )
    assert [n for n in traits.names if n.startswith("genre:")] == ["genre:a", "genre:b"]
    assert traits.columns.dtype == np.float32 and len(traits) == len(genres)
    assert len(traits_of([])) == 0 and not traits_of([]).typical.any()


def test_a_moment_knows_how_far_a_track_is_from_the_mood_and_the_hour() -> None:
    told = Moment(Affect(0.5, 0.5), hour=6.0, activity="walking").of(0.5, -0.5)
    assert told[AWAY] == pytest.approx(1.0 - 0.7)
    assert told[MORNING] == pytest.approx(-1.0) and told[MOVING] == pytest.approx(-1.0)
    assert LATE not in told or told[LATE] == pytest.approx(0.0)
    assert Moment().of(0.5, 0.5) == {}
