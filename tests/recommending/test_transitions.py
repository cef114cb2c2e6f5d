from __future__ import annotations

import numpy as np
import pytest

from affetto.recommending.transitions import fifth_of, roughness, sounds_of
from affetto.track import Track, TrackFeatures, TrackUri


def rough(before: dict[str, object], after: dict[str, object]) -> float:
    """The roughness between two tracks that sound so."""
    tracks = [
        Track(TrackUri(f"made:{i}"), "", features=TrackFeatures(0.0, 0.0, **told))  # type: ignore[arg-type]
        for i, told in enumerate((before, after))
    ]
    return float(roughness(sounds_of(tracks), np.array([0]), np.array([1]))[0, 0])


@pytest.mark.parametrize(
    ("key", "place"),
    [("C", 0), ("G", 1), ("F", 11), ("A minor", 0), ("E minor", 1), ("F#", 6), ("Bb minor", 7),
     ("Eb", 9), ("Ab minor", 5), ("", None), ("H", None), ("Cx", None)],
)  # fmt: skip
def test_a_key_has_its_place_on_the_circle_of_fifths(key: str, place: int | None) -> None:
    assert fifth_of(key) == place


def test_half_and_double_time_are_one_tempo() -> None:
    assert rough({"tempo_bpm": 70}, {"tempo_bpm": 140}) == pytest.approx(0.0, abs=1e-6)
    assert rough({"tempo_bpm": 100}, {"tempo_bpm": 110}) < rough(
        {"tempo_bpm": 100}, {"tempo_bpm": 130}
    )
    assert rough({"tempo_bpm": 100}, {"tempo_bpm": 180}) == pytest.approx(
        rough({"tempo_bpm": 100}, {"tempo_bpm": 90}), abs=1e-6
    )


def test_a_neighbouring_key_is_smoother_than_a_distant_one() -> None:
    assert rough({"key": "C"}, {"key": "A minor"}) == 0.0
    assert rough({"key": "C"}, {"key": "G"}) < rough({"key": "C"}, {"key": "F#"})
    assert rough({"key": "F"}, {"key": "C"}) == rough({"key": "C"}, {"key": "G"})


def test_a_jump_in_energy_or_loudness_is_rougher_the_larger_it_is() -> None:
    assert rough({"energy": 0.2}, {"energy": 0.3}) < rough({"energy": 0.2}, {"energy": 0.9})
    assert rough({"loudness_db": -20.0}, {"loudness_db": -10.0}) == pytest.approx(0.2)


def test_what_is_not_known_costs_nothing() -> None:
    assert rough({}, {"tempo_bpm": 100, "energy": 0.5, "key": "C", "loudness_db": -9.0}) == 0.0
    assert rough({"tempo_bpm": 0.0}, {"tempo_bpm": 100}) == 0.0
    nobody = Track(TrackUri("made:9"), "")
    assert roughness(sounds_of([nobody, nobody]), np.array([0]), np.array([1]))[0, 0] == 0.0
