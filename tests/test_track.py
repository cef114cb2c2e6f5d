from __future__ import annotations

import pytest

from affetto.emotion import Affect, mood_of
from affetto.track import Track, TrackFeatures, TrackUri


def test_a_track_knows_where_it_comes_from() -> None:
    assert Track(TrackUri("demo:low-tide"), "Low Tide").provider == "demo"


def test_features_lie_on_the_map_like_a_feeling() -> None:
    features = TrackFeatures(0.2, -0.3, 0.5, 0.4)
    assert mood_of(features) == "calm"
    assert Affect(0.2, 0.1).distance(features) == pytest.approx(0.4)
