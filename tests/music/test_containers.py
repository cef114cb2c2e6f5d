from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from affetto.errors import UnreadableSound
from affetto.music import containers
from affetto.music.decoding import opened
from affetto.music.hearing import RATE
from affetto.music.recordings import difference, sound_print
from music.sounds import A_MAJOR, chord, tune
from music.sounds import write as make

av = pytest.importorskip("av")

PIECE = tune(1, 24)
KINDS = {".m4a": ("ipod", "aac"), ".aac": ("adts", "aac"), ".wma": ("asf", "wmav2")}


def encoded(path: Path, sound: np.ndarray, rate: int = 44_100) -> Path:
    """Write mono sound heard at ``RATE`` as two channels in the file's format."""
    kind, codec = KINDS[path.suffix]
    with av.open(str(path), "w", format=kind) as container:
        stream = container.add_stream(codec, rate=rate, layout="stereo")
        stream.bit_rate = 128_000
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound[None], np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate = RATE
        resampler = av.AudioResampler(stream.format, "stereo", rate, frame_size=1024)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("ending", KINDS)
def test_what_libsndfile_cannot_read_is_heard_through_pyav(tmp_path: Path, ending: str) -> None:
    path = encoded(tmp_path / f"a{ending}", PIECE)
    with opened(path) as sound:
        # An aac file only lets its length be guessed, by its size.
        assert sound.duration_s == pytest.approx(24, abs=3 if ending == ".aac" else 0.3)
        heard = [sound.span(start, 8.0) for start in (0.0, 8.0, 16.0)]
        assert [len(one) for one in heard[:2]] == [8 * RATE, 8 * RATE]
        assert not len(sound.span(500.0, 8.0))
    original = sound_print([PIECE[i * 8 * RATE : (i + 1) * 8 * RATE] for i in range(3)])
    assert difference(sound_print(heard), original) < 0.1


def test_a_span_begins_where_it_was_asked_for(tmp_path: Path) -> None:
    clicks = np.zeros(20 * RATE, np.float32)
    clicks[13 * RATE : 13 * RATE + 200] = 0.9
    with opened(encoded(tmp_path / "a.m4a", clicks)) as sound:
        heard = sound.span(11.0, 5.0)
    assert np.argmax(np.abs(heard)) / RATE == pytest.approx(2.0, abs=0.05)


def test_a_wrong_ending_does_not_mislead_the_decoder(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.m4a", PIECE).rename(tmp_path / "a.mp3")
    with opened(path) as sound:
        assert len(sound.span(1.0, 1.0)) == RATE
    other = make(tmp_path / "b.flac", chord(A_MAJOR, 2)).rename(tmp_path / "b.m4a")
    with opened(other) as sound:
        assert sound.duration_s == pytest.approx(2.0)


@pytest.mark.parametrize("name", [b"drms", b"enca"])
def test_a_protected_file_is_named_as_such(tmp_path: Path, name: bytes) -> None:
    path = encoded(tmp_path / "a.m4a", PIECE)
    path.write_bytes(path.read_bytes().replace(b"mp4a", name, 1))
    with pytest.raises(UnreadableSound, match="protected") as caught, opened(path):
        pass
    assert "shop" in caught.value.remedy.lower()


def test_a_protected_wma_is_named_as_such(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.wma", PIECE)
    data = path.read_bytes()
    path.write_bytes(data[:30] + containers._ASF_ENCRYPTED[0] + data[46:])
    with pytest.raises(UnreadableSound, match="protected"), opened(path):
        pass


def test_a_torn_file_is_heard_as_far_as_it_goes_or_told_to_be_silent(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.aac", PIECE)
    path.write_bytes(path.read_bytes()[:100_000])
    with opened(path) as sound:
        assert len(sound.span(0.0, 3.0)) == 3 * RATE
    movie = encoded(tmp_path / "b.m4a", PIECE)
    movie.write_bytes(movie.read_bytes()[:2000])
    with pytest.raises(UnreadableSound, match="no sound"), opened(movie):
        pass


def test_without_the_extra_it_is_said_what_would_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = encoded(tmp_path / "a.m4a", PIECE[:RATE])
    monkeypatch.setattr(containers, "find_spec", lambda _: None)
    with pytest.raises(UnreadableSound) as caught, opened(path):
        pass
    assert "affetto[video]" in caught.value.remedy
