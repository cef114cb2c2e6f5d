"""Files as they are found on real disks: each is heard, or named with what is wrong."""

from __future__ import annotations

import struct
from pathlib import Path

import mutagen
import mutagen.id3
import numpy as np
import pytest
import soundfile

from affetto.music.scanning import FailedFile, ScannedFile, hear_file
from affetto.music.tags import read_tags
from music.sounds import A_MAJOR, PNG, chord, tag, write

PIECE = chord(A_MAJOR, 3)


def heard(path: Path) -> ScannedFile:
    found = hear_file(str(path))
    assert isinstance(found, ScannedFile), found
    return found


def failed(path: Path) -> FailedFile:
    found = hear_file(str(path))
    assert isinstance(found, FailedFile)
    assert found.problem.endswith(".") and found.remedy.endswith(".")
    assert "report this" not in found.remedy  # a reason, not a bug of ours
    return found


@pytest.mark.parametrize("ending", [".mp3", ".flac", ".ogg", ".opus", ".wav"])
def test_a_file_whose_header_is_nonsense_is_named(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"a{ending}", PIECE)
    data = path.read_bytes()
    path.write_bytes(bytes(range(256)) * 4)
    assert "no sound that can be decoded" in failed(path).problem
    path.write_bytes(data[:40])
    failed(path)


def test_a_header_that_claims_the_absurd_asks_for_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 0xFFFFFFFF, b"WAVE", b"fmt ", 16, 1, 65_535,
        0x7FFFFFFF, 0xFFFFFFFF, 65_535, 16, b"data", 0xFFFFFFFF,
    )  # fmt: skip
    path.write_bytes(head + bytes(1000))
    failed(path)


def test_a_mix_of_three_hours_is_heard_in_its_excerpts(tmp_path: Path) -> None:
    path = tmp_path / "mix.wav"
    rate, seconds = 8_000, 3 * 3600
    frames = rate * seconds
    with path.open("wb") as file:  # sparse: 173 MB of which little lies on the disk
        file.write(struct.pack("<4sI4s", b"RIFF", 36 + 2 * frames, b"WAVE"))
        file.write(struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16))
        file.write(struct.pack("<4sI", b"data", 2 * frames))
        noise = np.random.default_rng(1).integers(-9000, 9000, 20 * rate, dtype=np.int16)
        for share in (0.25, 0.5, 0.75):
            file.seek(44 + 2 * (int(share * frames) - 10 * rate))
            file.write(noise.tobytes())
        file.truncate(44 + 2 * frames)
    found = heard(path)
    assert found.track.duration_s == pytest.approx(seconds)
    assert found.track.features and (found.track.features.loudness_db or -99) > -20


@pytest.mark.parametrize("ending", [".wav", ".flac", ".mp3"])
def test_silence_is_heard_as_quiet_and_not_judged(tmp_path: Path, ending: str) -> None:
    found = heard(write(tmp_path / f"a{ending}", np.zeros(44_100 * 5, np.float32)))
    assert found.track.features and found.track.features.valence_sd >= 0.5
    assert found.sound_print == ""


@pytest.mark.parametrize(
    ("rate", "channels", "subtype"),
    [(8_000, 1, "ULAW"), (192_000, 2, "PCM_24"), (96_000, 6, "FLOAT"), (11_025, 1, "PCM_U8")],
)
def test_telephones_and_studios_are_heard_alike(
    tmp_path: Path, rate: int, channels: int, subtype: str
) -> None:
    path = tmp_path / "a.wav"
    time_s = np.arange(4 * rate) / rate
    sound = sum(np.sin(2 * np.pi * pitch * time_s) for pitch in A_MAJOR) / 10
    soundfile.write(path, np.tile(sound[:, None], (1, channels)), rate, subtype=subtype)
    found = heard(path)
    assert found.track.duration_s == pytest.approx(4, abs=0.01)
    assert found.track.features and (found.track.features.key or "").startswith("A")


def test_a_flac_of_24_bits_at_192_khz_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    soundfile.write(path, np.tile(PIECE, 4), 192_000, subtype="PCM_24")
    assert heard(path).track.features


@pytest.mark.parametrize(
    ("made", "called"), [(".flac", ".mp3"), (".mp3", ".wav"), (".ogg", ".flac"), (".wav", ".ogg")]
)
def test_a_wrong_ending_changes_nothing(tmp_path: Path, made: str, called: str) -> None:
    path = tag(write(tmp_path / f"a{made}", PIECE), title="True")
    found = heard(path.rename(tmp_path / f"b{called}"))
    assert found.track.features and found.track.title == "True"


@pytest.mark.parametrize("content", [PNG, b"%PDF-1.7\n" * 99, b"PK\x03\x04" + bytes(500)])
def test_what_is_no_music_is_named_whatever_its_ending(tmp_path: Path, content: bytes) -> None:
    for ending in (".mp3", ".flac", ".m4a"):
        path = tmp_path / f"a{ending}"
        path.write_bytes(content)
        assert "no sound" in failed(path).problem


def test_words_from_right_to_left_stay_as_they_are(tmp_path: Path) -> None:
    path = tag(write(tmp_path / "a.flac", PIECE), title="שלום עולם", artist="فيروز")
    track = heard(path).track
    assert (track.title, track.artist) == ("שלום עולם", "فيروز")


def test_marks_that_turn_the_line_around_are_taken_out(tmp_path: Path) -> None:
    path = tag(write(tmp_path / "a.flac", PIECE), title="a\u202egnp.exe\u2066")
    assert read_tags(path).title == "a gnp.exe"


@pytest.mark.parametrize("ending", [".mp3", ".flac"])
def test_words_that_are_no_utf_8_cost_the_words_at_most(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"song{ending}", PIECE)
    if ending == ".mp3":
        tags = mutagen.id3.ID3()
        tags.add(mutagen.id3.TIT2(encoding=3, text="Caf\u00e9"))
        tags.save(path)
        path.write_bytes(path.read_bytes().replace("é".encode(), b"\xe9\xff"))
    else:
        audio = mutagen.File(path)
        audio["title"] = "Caf\u00e9"
        audio.save()
        path.write_bytes(path.read_bytes().replace("é".encode(), b"\xe9\xff"))
    track = heard(path).track
    assert track.features and track.title.encode("utf-8")
    assert track.title.startswith(("Caf", "song"))
