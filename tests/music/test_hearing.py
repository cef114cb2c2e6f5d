from __future__ import annotations

import numpy as np
import pytest
import soxr

from affetto.music.hearing import RATE, Sounding, measure
from music.sounds import A_MAJOR, A_MINOR, beats, chord
from music.sounds import RATE as WRITTEN


def heard(*pieces: np.ndarray) -> Sounding:
    return measure([soxr.resample(piece, WRITTEN, RATE) for piece in pieces])


@pytest.mark.parametrize("bpm", [70, 96, 120, 150])
def test_evenly_spaced_strokes_tell_their_tempo(bpm: int) -> None:
    sounding = heard(beats(bpm, 10), beats(bpm, 10))
    assert sounding.tempo_bpm == pytest.approx(bpm, rel=0.02)
    assert sounding.pulse > 0.3
    assert sounding.onset_rate_hz == pytest.approx(bpm / 60, rel=0.15)


def test_a_held_chord_has_a_key_and_no_onsets_to_speak_of() -> None:
    sounding = heard(chord(A_MAJOR, 8))
    assert sounding.key == "A"
    assert sounding.majorness > 0
    assert sounding.onset_rate_hz < 0.5


def test_minor_is_told_from_major() -> None:
    sounding = heard(chord(A_MINOR, 8))
    assert sounding.key == "A minor"
    assert sounding.majorness < 0


def test_turning_the_volume_down_changes_the_loudness_and_nothing_else() -> None:
    piece = beats(100, 10) + chord(A_MAJOR, 10)
    loud, quiet = heard(piece), heard(piece * 0.1)
    assert loud.loudness_db - quiet.loudness_db == pytest.approx(20, abs=0.1)
    assert quiet.onset_strength == pytest.approx(loud.onset_strength, rel=0.02)
    assert quiet.brightness_hz == pytest.approx(loud.brightness_hz, rel=0.02)
    assert quiet.tempo_bpm == pytest.approx(loud.tempo_bpm)
    assert quiet.key == loud.key


def test_high_tones_are_brighter_than_low_ones() -> None:
    low, high = heard(chord((110.0,), 3)), heard(chord((1760.0,), 3))
    assert high.brightness_hz > 4 * low.brightness_hz
    assert high.rolloff_hz > 4 * low.rolloff_hz


def test_noise_is_flatter_than_tones() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 3 * WRITTEN).astype(np.float32)
    assert heard(noise).flatness > 10 * heard(chord(A_MAJOR, 3)).flatness


def test_a_swelling_piece_has_more_dynamics_than_a_level_one() -> None:
    piece = chord(A_MAJOR, 6)
    swelling = piece * np.linspace(0.01, 1, len(piece), dtype=np.float32)
    assert heard(swelling).dynamics_db > heard(piece).dynamics_db + 6


@pytest.mark.parametrize("samples", [np.zeros(5 * RATE, np.float32), np.zeros(0, np.float32)])
def test_silence_has_no_tempo_and_no_key(samples: np.ndarray) -> None:
    sounding = measure([samples])
    assert sounding.silent
    assert sounding.tempo_bpm is None
    assert sounding.key is None


def test_a_click_of_ten_milliseconds_is_measured_and_has_no_tempo() -> None:
    click = chord(A_MAJOR, 0.01)
    sounding = measure([click])
    assert not sounding.silent
    assert sounding.tempo_bpm is None


def test_a_constant_offset_is_no_sound() -> None:
    assert measure([np.full(5 * RATE, 0.3, np.float32)]).silent
    piece = chord(A_MAJOR, 5)
    assert heard(piece + 0.2).brightness_hz == pytest.approx(heard(piece).brightness_hz, rel=0.02)
