"""What a piece sounds like, in numbers: loudness, brightness, onsets, tempo, key.

Everything here is measured; nothing is judged. What the numbers say of a mood is
``analysis.estimate``'s business, so a better judge can come without new ears.

Sound comes in as ``float32, (samples,)``, one channel at ``RATE``, full scale ±1. A
piece is heard in a few excerpts: each is measured alone, so that no edge between two
of them counts as an onset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RATE: Final = 22_050  # samples a second
FRAME: Final = 1024  # 46 ms
HOP: Final = 512  # 23 ms: 43 frames a second
PITCH_FRAME: Final = 4096  # 186 ms: tells semitones apart down to about 90 Hz
MEL_BANDS: Final = 40
SILENCE_DB: Final = -70.0  # below this an excerpt holds nothing to measure

TEMPO_RANGE: Final = (40.0, 220.0)  # bpm
# Listeners tap near two beats a second; the width is in octaves (Ellis, J. New Music
# Research 36(1), 2007).
TEMPO_CENTRE: Final = 120.0
TEMPO_WIDTH: Final = 0.9

# How well each pitch class fits a major or minor key, from the tonic upwards: probe-tone
# ratings of Krumhansl & Kessler (Psychological Review 89(4), 1982).
MAJOR: Final = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR: Final = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
PITCHES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True, slots=True)
class Sounding:
    """What was measured. None means "could not be told", never a default."""

    loudness_db: float  # RMS, dB below full scale; SILENCE_DB or less is silence
    dynamics_db: float  # 90th minus 10th percentile of the frames' RMS
    brightness_hz: float  # spectral centroid, median over frames
    rolloff_hz: float  # 85 % of the power lies below, median over frames
    flatness: float  # [0, 1]; 0 = tones, 1 = noise; median over frames
    onset_rate_hz: float  # onsets a second
    onset_strength: float  # mean rise of the log-mel bands from frame to frame
    tempo_bpm: float | None
    pulse: float  # [0, 1]; how regular the onsets are
    key: str | None  # "C", "F#", "Bb minor"
    majorness: float  # best major minus best minor key correlation, about -0.5 to 0.5

    @property
    def silent(self) -> bool:
        """Whether there was nothing to hear."""
        return self.loudness_db <= SILENCE_DB


def measure(excerpts: Sequence[Floats]) -> Sounding:
    """Measure a piece from one or more excerpts.

    An excerpt shorter than a frame (46 ms) is padded with silence.
    """
    # A constant offset is no sound.
    samples = [np.asarray(one - one.mean(), dtype=np.float32) for one in excerpts if one.size]
    heard = [one for one in samples if _level_db(one) > SILENCE_DB]
    if not heard:
        return Sounding(SILENCE_DB, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None, 0.0, None, 0.0)
    powers = [_power(one, FRAME, HOP) for one in heard]
    power = np.concatenate(powers)
    envelopes = [_onset_envelope(one) for one in powers]
    tempo, pulse = _tempo(envelopes)
    key, majorness = _key(np.concatenate([_power(one, PITCH_FRAME, PITCH_FRAME) for one in heard]))
    level = 10 * np.log10(power.mean(axis=1) + 1e-12)
    loud = level > level.max() - 60  # a pause has no brightness
    centroid, rolloff, flatness = _spectrum(power[loud])
    seconds = sum(len(one) for one in envelopes) * HOP / RATE
    return Sounding(
        loudness_db=_level_db(np.concatenate(samples)),
        dynamics_db=float(np.subtract(*np.percentile(level, (90, 10)))),
        brightness_hz=centroid,
        rolloff_hz=rolloff,
        flatness=flatness,
        onset_rate_hz=sum(_count_onsets(one) for one in envelopes) / max(seconds, HOP / RATE),
        onset_strength=float(np.concatenate(envelopes).mean()),
        tempo_bpm=tempo,
        pulse=pulse,
        key=key,
        majorness=majorness,
    )


def _level_db(samples: Floats) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))


def _power(samples: Floats, frame: int, hop: int) -> Floats:
    """Power spectrum by frame: (frames, frame // 2 + 1)."""
    if len(samples) < frame:
        samples = np.pad(samples, (0, frame - len(samples)))
    frames = np.lib.stride_tricks.sliding_window_view(samples, frame)[::hop]
    spectrum = np.fft.rfft(frames * _window(frame), axis=1)
    return np.asarray(np.square(spectrum.real) + np.square(spectrum.imag), dtype=np.float32)


@cache
def _window(frame: int) -> Floats:
    return np.hanning(frame).astype(np.float32)


@cache
def _mel_bands() -> Floats:
    """Triangles evenly spaced in mel from 30 Hz to 8 kHz: (FRAME // 2 + 1, MEL_BANDS)."""
    edges = 700 * (np.exp(np.linspace(np.log1p(30 / 700), np.log1p(8000 / 700), MEL_BANDS + 2)) - 1)
    bins = np.fft.rfftfreq(FRAME, 1 / RATE)[:, None]
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    rise, fall = (bins - low) / (middle - low), (high - bins) / (high - middle)
    # Under 100 Hz a triangle can fall between two bins; it then takes the nearest one.
    bands = np.maximum(0, np.minimum(rise, fall))
    for band in np.flatnonzero(bands.sum(axis=0) == 0):
        bands[np.argmin(np.abs(bins[:, 0] - middle[band])), band] = 1.0
    return np.asarray(bands / bands.sum(axis=0), dtype=np.float32)


def _onset_envelope(power: Floats) -> Floats:
    """How much the bands rise from frame to frame: (frames,), 0 for the first.

    Bands are compared with the excerpt's own mean, so a quiet recording of the same
    playing gives the same envelope.
    """
    mel = power @ _mel_bands()
    bands = np.log1p(100 * mel / (mel.mean() + 1e-12))
    rises = np.maximum(0, np.diff(bands, axis=0, prepend=bands[:1])).mean(axis=1)
    return np.asarray(rises, dtype=np.float32)


def _count_onsets(envelope: Floats) -> int:
    """Peaks that stand out of their half second (after Dixon, DAFx 2006)."""
    if len(envelope) < 3:
        return 0
    reach = 10  # frames either side
    padded = np.pad(envelope, reach, mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    near = around[:, reach - 2 : reach + 3]
    peaks = (envelope >= near.max(axis=1)) & (envelope > around.mean(axis=1) + 0.05)
    return int(np.count_nonzero(peaks))


def _tempo(envelopes: Sequence[Floats]) -> tuple[float | None, float]:
    """Beats a minute, and how regular they are in [0, 1].

    Autocorrelation of the onset envelopes, summed over excerpts and weighed towards
    the tempi people tap. None when nothing recurs or no excerpt lasts four seconds.
    """
    per_minute = 60 * RATE / HOP
    longest = int(per_minute / TEMPO_RANGE[0])
    total = np.zeros(longest + 2)
    for envelope in envelopes:
        if len(envelope) < 2 * longest:
            continue
        centred = envelope - envelope.mean()
        spectrum = np.fft.rfft(centred, 2 * len(centred))
        recurrence = np.fft.irfft(np.abs(spectrum) ** 2)[: longest + 2]
        total += recurrence / (len(centred) - np.arange(longest + 2))
    if total[0] <= 1e-9:
        return None, 0.0
    total /= total[0]
    lags = np.arange(int(per_minute / TEMPO_RANGE[1]), longest + 1)
    octaves = np.log2(per_minute / lags / TEMPO_CENTRE)
    # A true beat also recurs after two beats; a lucky lag does not.
    doubled = np.interp(2 * lags, np.arange(len(total)), total, right=0.0)
    scores = (total[lags] + 0.5 * np.maximum(doubled, 0)) * np.exp(
        -0.5 * (octaves / TEMPO_WIDTH) ** 2
    )
    best = int(lags[np.argmax(scores)])
    pulse = float(np.clip(total[best], 0, 1))
    if pulse < 0.05:
        return None, pulse
    before, here, after = total[best - 1 : best + 2]
    bend = before - 2 * here + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(per_minute / (best + np.clip(shift, -0.5, 0.5))), pulse


@cache
def _pitch_classes() -> Floats:
    """Which bins belong to which of the 12 pitch classes: (PITCH_FRAME // 2 + 1, 12).

    65 Hz to 2.1 kHz (C2 to C7); a bin counts less the farther it lies from the
    equal-tempered pitch at A = 440 Hz.
    """
    bins = np.fft.rfftfreq(PITCH_FRAME, 1 / RATE)
    classes = np.zeros((len(bins), 12))
    useful = (bins >= 65) & (bins <= 2100)
    pitch = 69 + 12 * np.log2(bins[useful] / 440)
    nearest = np.round(pitch)
    classes[np.flatnonzero(useful), nearest.astype(int) % 12] = np.exp(
        -0.5 * ((pitch - nearest) / 0.2) ** 2
    )
    # Equal temperament gives some classes more bins than others; none may gain by it.
    return np.asarray(classes / classes.sum(axis=0), dtype=np.float32)


@cache
def _profiles() -> npt.NDArray[np.float64]:
    """The 24 keys' profiles, standardised: (24, 12), twelve major, then twelve minor."""
    rows = [np.roll(mode, tonic) for mode in (MAJOR, MINOR) for tonic in range(12)]
    profiles = np.array(rows)
    profiles -= profiles.mean(axis=1, keepdims=True)
    return np.asarray(profiles / np.linalg.norm(profiles, axis=1, keepdims=True))


def _key(power: Floats) -> tuple[str | None, float]:
    """The likeliest key, and how much more major than minor it is.

    None and 0 when no pitch stands out, as in noise and most drumming.
    """
    chroma = np.sqrt(power) @ _pitch_classes()
    # Each frame counts alike: a loud chorus must not outvote the verse.
    chroma = (chroma / (chroma.sum(axis=1, keepdims=True) + 1e-9)).sum(axis=0)
    centred = chroma - chroma.mean()
    norm = float(np.linalg.norm(centred))
    if norm < 0.05 * float(np.linalg.norm(chroma)):
        return None, 0.0
    fits = _profiles() @ (centred / norm)
    best = int(np.argmax(fits))
    name = PITCHES[best % 12] + (" minor" if best >= 12 else "")
    return name, float(fits[:12].max() - fits[12:].max())


def _spectrum(power: Floats) -> tuple[float, float, float]:
    """Medians over frames of centroid (Hz), 85 % roll-off (Hz) and flatness."""
    bins = np.fft.rfftfreq(FRAME, 1 / RATE).astype(np.float32)
    total = power.sum(axis=1) + 1e-12
    centroid = power @ bins / total
    reached = np.cumsum(power, axis=1) >= 0.85 * total[:, None]
    rolloff = bins[np.argmax(reached, axis=1)]
    flatness = np.exp(np.log(power + 1e-10).mean(axis=1)) / (power.mean(axis=1) + 1e-10)
    return float(np.median(centroid)), float(np.median(rolloff)), float(np.median(flatness))
