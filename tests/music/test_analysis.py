from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from affetto.errors import UnreadableSound
from affetto.music.analysis import analyse
from music.sounds import A_MAJOR, A_MINOR, FORMATS, RATE, beats, chord, write

PIECE = beats(120, 12, level=0.3) + chord(A_MAJOR, 12)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_piece_sounds_the_same_in_every_format(tmp_path: Path, ending: str) -> None:
    import soxr

    piece = soxr.resample(PIECE, RATE, 48_000) if ending == ".opus" else PIECE
    heard = analyse(write(tmp_path / f"piece{ending}", piece))
    plain = analyse(write(tmp_path / "plain.wav", PIECE))
    assert heard.duration_s == pytest.approx(12, abs=0.1)
    assert heard.features.tempo_bpm == pytest.approx(120, rel=0.02)
    assert heard.features.key == plain.features.key == "A"
    assert heard.features.arousal == pytest.approx(plain.features.arousal, abs=0.1)
    assert heard.features.valence == pytest.approx(plain.features.valence, abs=0.1)


def test_loud_fast_bright_music_is_more_aroused_than_a_soft_low_hum(tmp_path: Path) -> None:
    wild = analyse(write(tmp_path / "wild.wav", beats(170, 12, 0.8) + beats(340, 12, 0.3)))
    hum = analyse(write(tmp_path / "hum.wav", chord((110.0, 165.0), 12, level=0.02)))
    assert wild.features.arousal > 0.2
    assert hum.features.arousal < -0.4


def test_major_reads_happier_than_minor_all_else_equal(tmp_path: Path) -> None:
    major = analyse(write(tmp_path / "major.wav", beats(100, 12) + chord(A_MAJOR, 12, 0.3)))
    minor = analyse(write(tmp_path / "minor.wav", beats(100, 12) + chord(A_MINOR, 12, 0.3)))
    assert major.features.valence > minor.features.valence + 0.1


def test_what_sounds_like_nothing_ever_rated_is_trusted_less(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    piece = analyse(write(tmp_path / "piece.wav", PIECE)).features
    hiss = rng.normal(0, 0.3, 12 * RATE).astype(np.float32)
    noise = analyse(write(tmp_path / "noise.wav", hiss)).features
    assert noise.valence_sd > piece.valence_sd > 0.2
    assert noise.arousal_sd > piece.arousal_sd > 0.2


def test_a_click_is_too_short_to_be_trusted(tmp_path: Path) -> None:
    features = analyse(write(tmp_path / "click.wav", chord(A_MAJOR, 0.3))).features
    assert min(features.valence_sd, features.arousal_sd) >= 0.5


def test_nobody_can_tell_yet_whether_somebody_sings(tmp_path: Path) -> None:
    assert analyse(write(tmp_path / "piece.wav", PIECE)).features.vocal is None


def test_a_wild_piece_has_more_energy_than_a_hum(tmp_path: Path) -> None:
    wild = analyse(write(tmp_path / "wild.wav", beats(170, 12, 0.8) + beats(340, 12, 0.3)))
    hum = analyse(write(tmp_path / "hum.wav", chord((110.0, 165.0), 12, level=0.02)))
    assert wild.features.energy is not None
    assert hum.features.energy is not None
    assert 0 <= hum.features.energy < 0.3 < 0.7 < wild.features.energy <= 1


def test_a_silent_file_is_known_to_be_silent_and_its_mood_is_not_known(tmp_path: Path) -> None:
    features = analyse(write(tmp_path / "silent.flac", np.zeros(RATE * 3, np.float32))).features
    assert features.loudness_db is not None
    assert features.loudness_db <= -70
    assert min(features.valence_sd, features.arousal_sd) >= 0.5
    assert features.tempo_bpm is None


def test_a_long_piece_is_judged_by_its_body_not_by_its_first_and_last_seconds(
    tmp_path: Path,
) -> None:
    noise = np.random.default_rng(3).normal(0, 0.3, RATE * 8).astype(np.float32)
    body = chord(A_MAJOR, 60)
    whole = analyse(write(tmp_path / "whole.flac", np.concatenate([noise, body, noise])))
    alone = analyse(write(tmp_path / "alone.flac", body))
    assert whole.duration_s == pytest.approx(76, abs=0.01)
    assert whole.features.brightness_hz == pytest.approx(alone.features.brightness_hz, rel=0.05)


def test_stereo_at_any_rate_is_heard(tmp_path: Path) -> None:
    piece = np.stack([PIECE, PIECE * 0.5], axis=1)
    heard = analyse(write(tmp_path / "stereo.wav", piece[::2], rate=22_050))
    assert heard.duration_s == pytest.approx(12, abs=0.01)
    assert heard.features.tempo_bpm == pytest.approx(120, rel=0.02)


@pytest.mark.parametrize("ending", [".mp3", ".ogg", ".flac"])
def test_a_torn_file_is_heard_as_far_as_it_goes(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"torn{ending}", np.tile(PIECE, 5))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert analyse(path).features.key == "A"


@pytest.mark.parametrize("ending", [".flac", ".wav", ".mp3", ".ogg"])
def test_a_short_torn_file_is_heard_too(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"torn{ending}", PIECE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    assert analyse(path).features.key == "A"


@pytest.mark.parametrize(
    "content",
    [
        b"just some words, no music\n" * 100,
        bytes(5000),
        b"RIFF\x00\x00\x00\x00WAVE",
        b"OggS" + bytes(300),
        b"fLaC" + bytes(300),
        b"ID3\x04\x00\x00\x00\x00\x0f\x00" + bytes(100),
    ],
)
def test_what_is_no_sound_is_refused_with_a_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(content)
    with pytest.raises(UnreadableSound) as caught:
        analyse(path)
    assert caught.value.problem.endswith("decoded.")
    assert "copy it again" in caught.value.remedy


def test_an_empty_file_says_that_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.touch()
    with pytest.raises(UnreadableSound, match="is empty"):
        analyse(path)


def test_a_header_that_claims_an_absurd_rate_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "claim.wav", PIECE)
    data = bytearray(path.read_bytes())
    data[24:28] = struct.pack("<I", 2_000_000_000)
    path.write_bytes(data)
    with pytest.raises(UnreadableSound):
        analyse(path)


def test_numbers_that_are_none_do_not_spoil_a_piece(tmp_path: Path) -> None:
    piece = PIECE.copy()
    piece[1000:1010] = np.nan
    piece[2000] = 1e30
    piece[3000] = np.inf
    path = tmp_path / "odd.wav"
    soundfile.write(path, piece, RATE, subtype="FLOAT")
    features = analyse(path).features
    assert -1 <= features.arousal <= 1
    assert features.key is not None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names files in any bytes")
def test_a_file_whose_name_is_no_unicode_is_heard(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.flac"))
    write(tmp_path / "plain.flac", PIECE).rename(odd)
    assert analyse(odd).features.key == "A"


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        analyse(tmp_path / "nowhere.mp3")


ASLEEP_AND_AWAKE = ("Paper Boats", "Saturday Engines")


@pytest.fixture(scope="module")
def played() -> dict[str, np.ndarray]:
    """Twelve seconds from the middle of two of our own pieces: (samples, 2), 32 kHz."""
    from affetto.music.mixing import record
    from affetto.music.score import PIECES
    from affetto.music.synth import RATE as PLAYED_RATE

    told = {}
    for piece in PIECES:
        if piece.title in ASLEEP_AND_AWAKE:
            frames = record(piece).T
            middle = len(frames) // 2
            told[piece.title] = frames[middle - 6 * PLAYED_RATE : middle + 6 * PLAYED_RATE]
    return told


def test_an_encoder_a_rate_or_a_channel_hardly_moves_what_is_heard(
    tmp_path: Path, played: dict[str, np.ndarray]
) -> None:
    import soxr

    for number, frames in enumerate(played.values()):
        plain = analyse(write(tmp_path / f"{number}.wav", frames, rate=32_000)).features
        high = soxr.resample(frames, 32_000, 44_100)
        others = [
            write(tmp_path / f"{number}.mp3", high),
            write(tmp_path / f"{number}.ogg", high),
            write(tmp_path / f"mono{number}.flac", high.mean(axis=1)),
            write(tmp_path / f"low{number}.wav", soxr.resample(frames, 32_000, 22_050), 22_050),
        ]
        for other in others:
            features = analyse(other).features
            assert features.valence == pytest.approx(plain.valence, abs=0.1), other.name
            assert features.arousal == pytest.approx(plain.arousal, abs=0.1), other.name


def test_a_quieter_copy_is_a_little_calmer_and_no_other_piece(
    tmp_path: Path, played: dict[str, np.ndarray]
) -> None:
    for number, frames in enumerate(played.values()):
        plain = analyse(write(tmp_path / f"{number}.wav", frames, rate=32_000)).features
        quiet = analyse(write(tmp_path / f"q{number}.wav", frames * 0.5, rate=32_000)).features
        assert plain.arousal - 0.2 < quiet.arousal < plain.arousal + 0.05
        assert quiet.valence == pytest.approx(plain.valence, abs=0.15)
