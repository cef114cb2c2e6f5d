"""What a piece sounds like, in numbers: loudness, brightness, onsets, tempo, key.

Everything here is measured; nothing is judged. What the numbers say of a mood is
``mood_model``'s business, so a better judge can come without new ears.

Sound comes in as ``float32, (samples,)``, one channel at ``RATE``, full scale ±1. A
piece is heard in a few excerpts: each is measured alone, so that no edge between two
of them counts as an onset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RATE: Final = 22_050  # samples a second
FRAME: Final = 1024  # 46 ms
HOP: Final = 512  # 23 ms: 43 frames a second
PITCH_FRAME: Final = 4096  # 186 ms: tells semitones apart down to about 90 Hz
PARTIALS: Final = 12  # the strongest of a frame are heard against each other
MEL_BANDS: Final = 40
BASS_BANDS: Final = 8  # up to about 430 Hz
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
    key_strength: float = 0.0  # the best key's correlation
    third: float = 0.0  # major against minor third over the likeliest tonic, [-1, 1]
    pitch_spread: float = 0.0  # entropy of the pitch classes, nats; 0 = one note, 2.48 = all
    roughness: float = 0.0  # beating of the strongest partials, relative to their power
    flux: float = 0.0  # how much the spectrum's shape changes from frame to frame, mean
    flux_sd: float = 0.0
    crossings_hz: float = 0.0  # zero crossings a second
    quiet_share: float = 0.0  # frames with less than 0.7 of the mean power
    slow_beat: float = 0.0  # share of the bass's movement at 2 to 4 Hz
    fast_beat: float = 0.0  # and at 4 to 8 Hz

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
    mels = [one @ _mel_bands() for one in powers]
    envelopes = [_onset_envelope(_bands(one)) for one in mels]
    flux = np.concatenate([_flux(one) for one in mels])
    beats = np.mean([_bass_beats(_bands(one)) for one in mels], axis=0)
    tempo, pulse = _tempo(envelopes)
    pitches = np.concatenate([_power(one, PITCH_FRAME, PITCH_FRAME) for one in heard])
    tonality = _tonality(pitches)
    means = power.mean(axis=1)
    level = 10 * np.log10(means + 1e-12)
    loud = level > level.max() - 60  # a pause has no brightness
    centroid, rolloff, flatness = _spectrum(power[loud][::2])  # neighbours share half
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
        key=tonality.key,
        majorness=tonality.majorness,
        key_strength=tonality.strength,
        third=tonality.third,
        pitch_spread=tonality.spread,
        roughness=_roughness(pitches),
        flux=float(flux.mean()),
        flux_sd=float(flux.std()),
        crossings_hz=float(np.mean([_crossings(one) for one in heard]) * RATE),
        quiet_share=float(np.mean(means < 0.7 * means.mean())),
        slow_beat=float(beats[0]),
        fast_beat=float(beats[1]),
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


def _bands(mel: Floats) -> Floats:
    """Loudness of the mel bands, compressed as ears do: (frames, MEL_BANDS).

    Bands are compared with the excerpt's own mean, so a quiet recording of the same
    playing gives the same bands.
    """
    return np.asarray(np.log1p(100 * mel / (mel.mean() + 1e-12)), dtype=np.float32)


def _onset_envelope(bands: Floats) -> Floats:
    """How much the bands rise from frame to frame: (frames,), 0 for the first."""
    rises = np.maximum(0, np.diff(bands, axis=0, prepend=bands[:1])).mean(axis=1)
    return np.asarray(rises, dtype=np.float32)


def _flux(mel: Floats) -> Floats:
    """Distance of each frame's spectral shape from the one before: (frames,)."""
    floor = 1e-9 * mel.max() + 1e-20
    shape = (mel + floor) / (mel + floor).sum(axis=1, keepdims=True)
    steps = np.diff(shape, axis=0, prepend=shape[:1])
    return np.asarray(np.sqrt(np.square(steps).sum(axis=1)), dtype=np.float32)


def _bass_beats(bands: Floats) -> tuple[float, float]:
    """What share of the low bands' movement (0.3 to 16 Hz) lies at 2-4 and at 4-8 Hz."""
    bass = bands[:, :BASS_BANDS].mean(axis=1)
    size = 1 << max(10, (len(bass) - 1).bit_length())
    moving = np.square(np.abs(np.fft.rfft((bass - bass.mean()) * _window(len(bass)), size)))
    hz = np.fft.rfftfreq(size, HOP / RATE)
    all_of_it = moving[(hz >= 0.3) & (hz < 16)].sum() + 1e-9
    slow, fast = (moving[(hz >= low) & (hz < 2 * low)].sum() for low in (2, 4))
    return float(slow / all_of_it), float(fast / all_of_it)


def _crossings(samples: Floats) -> float:
    """The share of samples at which the sign changes."""
    below = np.signbit(samples)
    return float(np.mean(below[1:] != below[:-1])) if len(samples) > 1 else 0.0


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


class Tonality(NamedTuple):
    """What the pitch classes tell; names as in ``Sounding``."""

    key: str | None
    majorness: float
    strength: float
    third: float
    spread: float


def _tonality(power: Floats) -> Tonality:
    """The likeliest key, how much more major than minor it is, and what supports it.

    No key, and nothing major or minor, when no pitch stands out, as in noise and most
    drumming.
    """
    chroma = np.sqrt(power) @ _pitch_classes()
    # Each frame counts alike: a loud chorus must not outvote the verse.
    chroma = (chroma / (chroma.sum(axis=1, keepdims=True) + 1e-9)).mean(axis=0)
    spread = float(-(chroma * np.log(chroma + 1e-9)).sum())
    centred = chroma - chroma.mean()
    norm = float(np.linalg.norm(centred))
    if norm < 0.05 * float(np.linalg.norm(chroma)):
        return Tonality(None, 0.0, 0.0, 0.0, spread)
    fits = _profiles() @ (centred / norm)
    best = int(np.argmax(fits))
    name = PITCHES[best % 12] + (" minor" if best >= 12 else "")
    # The tonic that fits best whichever the mode is; its thirds then tell the mode.
    tonic = int(np.argmax(fits[:12] + fits[12:]))
    minor, major = chroma[(tonic + 3) % 12], chroma[(tonic + 4) % 12]
    return Tonality(
        key=name,
        majorness=float(fits[:12].max() - fits[12:].max()),
        strength=float(fits[best]),
        third=float((major - minor) / (major + minor + 1e-9)),
        spread=spread,
    )


def _roughness(power: Floats) -> float:
    """How much the strongest partials (80 Hz to 4 kHz) beat against each other.

    The curve over their distance is Plomp & Levelt's as Sethares writes it (J. Acoust.
    Soc. Am. 94(3), 1993), weighed by both amplitudes; the mean over frames.
    """
    hz = np.fft.rfftfreq(PITCH_FRAME, 1 / RATE).astype(np.float32)
    low, high = np.searchsorted(hz, (80.0, 4000.0))
    levels = np.sqrt(power[:, low:high])
    middle = levels[:, 1:-1]
    peaks = np.where((middle > levels[:, :-2]) & (middle >= levels[:, 2:]), middle, 0)
    at = np.argpartition(-peaks, PARTIALS, axis=1)[:, :PARTIALS]
    loud, pitch = np.take_along_axis(peaks, at, axis=1), hz[low + 1 : high - 1][at]
    apart = np.abs(pitch[:, :, None] - pitch[:, None, :])
    scale = 0.24 / (0.021 * np.minimum(pitch[:, :, None], pitch[:, None, :]) + 19)
    beating = np.exp(-3.5 * scale * apart) - np.exp(-5.75 * scale * apart)
    rough = np.einsum("ni,nj,nij->n", loud, loud, beating)
    return float(np.mean(rough / (np.square(loud).sum(axis=1) + 1e-9)))


def _spectrum(power: Floats) -> tuple[float, float, float]:
    """Medians over frames of centroid (Hz), 85 % roll-off (Hz) and flatness."""
    bins = np.fft.rfftfreq(FRAME, 1 / RATE).astype(np.float32)
    total = power.sum(axis=1) + 1e-12
    centroid = power @ bins / total
    reached = np.cumsum(power, axis=1) >= 0.85 * total[:, None]
    rolloff = bins[np.argmax(reached, axis=1)]
    flatness = np.exp(np.log(power + 1e-10).mean(axis=1)) / (power.mean(axis=1) + 1e-10)
    return float(np.median(centroid)), float(np.median(rolloff)), float(np.median(flatness))
