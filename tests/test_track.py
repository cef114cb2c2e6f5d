from __future__ import annotations

import pytest

from affetto.emotion import Affect
from affetto.track import Track, TrackFeatures, TrackUri


def test_a_track_knows_where_it_comes_from() -> None:
    assert Track(TrackUri("demo:low-tide"), "Low Tide").provider == "demo"


def test_features_have_a_place_on_the_map_and_its_doubt() -> None:
    features = TrackFeatures(0.2, -0.3, 0.5, 0.4)
    assert features.affect == Affect(0.2, -0.3)
    assert features.covariance == pytest.approx((0.25, 0.0, 0.16))
