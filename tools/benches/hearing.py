"""Hearing the mood of a track, and how it moves."""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from affetto.cli.bench import peak_memory_mb
from affetto.music.analysis import analyse
from affetto.music.curve import curve
from benches.table import Row
from music.sounds import A_MAJOR, A_MINOR, RATE, beats, chord, write

SECONDS = 200
LEAST_A_SECOND = 8  # tracks a core-second
ROUNDS = 7


def hearing() -> list[Row]:
    """A stereo mp3 of 200 seconds, beside the usual statistics by librosa."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "track.mp3", _music())
        analyse(path)  # loads the models
        walls, cpus = _timed(lambda: analyse(path))
        curve_walls, curve_cpus = _timed(lambda: curve(path))
        peak = peak_memory_mb()
        beside = _librosa(path)
    median, cpu = float(np.median(walls)), float(np.median(cpus))
    return [
        Row(f"hear a {SECONDS}-s mp3 ({1000 / cpu:.1f} a core-second)", median, max(walls), cpu,
            max(cpus), peak, f"{1000 / LEAST_A_SECOND:.0f} ms CPU", cpu <= 1000 / LEAST_A_SECOND,
            beside),
        Row(f"its curve, {SECONDS} s", float(np.median(curve_walls)), max(curve_walls),
            float(np.median(curve_cpus)), max(curve_cpus), peak, "1 s CPU",
            float(np.median(curve_cpus)) <= 1000),
    ]  # fmt: skip


def _timed(work: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Wall and CPU milliseconds of each round."""
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return walls, cpus


def _music() -> np.ndarray:
    part = [beats(bpm, 25, 0.3) + chord(tones, 25) for bpm in (80, 140)
            for tones in (A_MAJOR, A_MINOR)]  # fmt: skip
    mono = np.tile(np.concatenate(part), 2)[: SECONDS * RATE]
    return np.stack([mono, np.roll(mono, 40)], axis=1)


def _librosa(path: Path) -> str:
    """The same three excerpts by librosa: loudness to key, but no mood."""
    if importlib.util.find_spec("librosa") is None:
        return "librosa is not installed (pip install --group bench)"
    import librosa

    def usual() -> None:
        for share in (0.25, 0.5, 0.75):
            y, rate = librosa.load(path, sr=22_050, offset=share * SECONDS - 5, duration=10)
            power = np.abs(librosa.stft(y)) ** 2
            mel = librosa.feature.melspectrogram(S=power, sr=rate)
            librosa.feature.mfcc(S=librosa.power_to_db(mel), n_mfcc=20)
            for measure in ("spectral_centroid", "spectral_rolloff", "spectral_bandwidth"):
                getattr(librosa.feature, measure)(S=np.sqrt(power), sr=rate)
            librosa.feature.spectral_flatness(S=np.sqrt(power))
            librosa.feature.spectral_contrast(S=np.sqrt(power), sr=rate)
            librosa.feature.zero_crossing_rate(y)
            librosa.feature.rms(y=y)
            librosa.feature.chroma_stft(S=power, sr=rate)
            librosa.beat.beat_track(onset_envelope=librosa.onset.onset_strength(y=y, sr=rate))

    usual()  # compiles
    _, cpus = _timed(usual)
    return f"librosa's usual statistics, no mood: {np.median(cpus):.0f} CPU"
