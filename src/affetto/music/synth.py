"""The instruments of the demo library: one note or one drum hit at a time.

Every tone is a sum of decaying sinusoids, which is what a struck bar, a plucked string
and (with no decay) a bowed or blown one are. ``ring`` sums them as one matrix product,
so a three-second piano note costs about a millisecond.

Sounds are ``float32``, ``(n,)`` or, where the instrument is wide, ``(2, n)``; at
``RATE`` samples a second, roughly within [-1, 1] at velocity 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE: Final = 32_000
_HIGHEST_HZ: Final = 13_000.0
_BLOCK: Final = 256
_UNTHREADED: Final = 1 << 18  # above this many products BLAS wakes threads that cost more
_SILENT: Final = 1e-9
_LONG: Final = 1 << 18
_MARGIN: Final = 4096  # how far a filter of ours rings, at most

Audio: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.floating[Any]]
Rng: TypeAlias = np.random.Generator


@dataclass(frozen=True, slots=True)
class Voice:
    """An instrument: how one note sounds, and how it stops.

    ``play(hz, seconds, velocity, rng)`` gives the sound as if held that long;
    ``release_s`` is how long it takes to fall silent once let go.
    """

    play: Callable[[float, float, float, Rng], Audio]
    release_s: float


def ring(hz: Numbers, level: Numbers, decay: Numbers, phase: Numbers, n: int) -> Audio:
    """Sum ``level * exp(-decay t) * sin(2 pi hz t + phase)`` over partials.

    All four are ``(k,)``, decay in 1/s; gives ``(n,)``. A power ``z**(256 j + i)`` is
    ``z**(256 j) * z**i``, so all samples of all partials are one matrix product.
    """
    keep = hz < _HIGHEST_HZ
    pole = (-decay[keep] + 2j * np.pi * hz[keep]).astype(np.complex128) / RATE
    rows = max(1, _UNTHREADED // (_BLOCK * 2 * max(1, len(pole))))
    sheets = -(-n // (_BLOCK * rows))
    coarse = np.exp(np.arange(sheets * rows)[:, None] * (_BLOCK * pole)[None, :])
    coarse *= level[keep] * np.exp(1j * phase[keep])
    fine = np.exp(pole[:, None] * np.arange(_BLOCK)[None, :])
    left = np.concatenate((coarse.imag, coarse.real), axis=1).astype(np.float32)
    right = np.concatenate((fine.real, fine.imag), axis=0).astype(np.float32)
    left[np.abs(left) < _SILENT] = 0  # denormal numbers would cost fifty times the rest
    right[np.abs(right) < _SILENT] = 0
    summed: Audio = (left.reshape(sheets, rows, -1) @ right).reshape(-1)[:n]
    return summed


def filtered(sound: Audio, low_hz: float, high_hz: float) -> Audio:
    """Keep roughly what lies between the two corners (gentle, 12 dB an octave)."""
    n = sound.shape[-1]
    size = 1 << (n + _MARGIN // 2).bit_length() if n < _LONG // 2 else _LONG // 2
    hz = np.fft.rfftfreq(size, 1 / RATE).astype(np.float32)
    gain = 1 / (1 + (hz / high_hz) ** 4) ** 0.5
    if low_hz > 0:
        gain = gain * (hz / low_hz) ** 2 / (1 + (hz / low_hz) ** 4) ** 0.5
    if n < _LONG // 2:
        whole = np.fft.irfft(np.fft.rfft(sound, size) * gain, size)[..., :n]
        return np.asarray(whole, np.float32)
    out = np.empty_like(sound)
    hop = size - 2 * _MARGIN
    padded = np.pad(sound, [(0, 0)] * (sound.ndim - 1) + [(_MARGIN, size)])
    for start in range(0, n, hop):
        block = np.fft.irfft(np.fft.rfft(padded[..., start : start + size]) * gain, size)
        m = min(hop, n - start)
        out[..., start : start + m] = block[..., _MARGIN : _MARGIN + m]
    return out


def _samples(seconds: float) -> int:
    return max(64, round(seconds * RATE))


def _noise(n: int, rng: Rng) -> Audio:
    return rng.standard_normal(n, dtype=np.float32)


def _swell(n: int, attack_s: float) -> Audio:
    """A raised-cosine start of ``attack_s``, then 1."""
    shape = np.ones(n, np.float32)
    m = min(n, _samples(attack_s))
    shape[:m] = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, m, dtype=np.float32))
    return shape


def _fall(n: int, decay: float) -> Audio:
    return np.asarray(np.exp(np.arange(n, dtype=np.float32) * np.float32(-decay / RATE)))


def _harmonics(hz: float, most: int) -> Audio:
    count = max(1, min(most, int(_HIGHEST_HZ / hz)))
    return np.arange(1, count + 1, dtype=np.float32)


def _phases(k: int, rng: Rng) -> Audio:
    return rng.uniform(0, 2 * np.pi, k).astype(np.float32)


def _piano(softness: float, thump: float) -> Callable[[float, float, float, Rng], Audio]:
    """A stiff string hit by a hammer; ``softness`` is the felt on it."""

    def play(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
        n = _samples(seconds)
        k = _harmonics(hz, 24)
        stretched = hz * k * np.sqrt(1 + 0.0003 * (hz / 220) ** 0.5 * k**2)
        reach = (1500 + 4600 * velocity) / softness  # Hz where the felt swallows the top
        level = k**-1.05 * np.exp(-hz * k / reach) * (1 - 0.35 * np.cos(2 * np.pi * k / 8))
        level = level / np.sqrt(np.sum(level**2)) * (220 / max(hz, 110)) ** 0.15
        decay = (0.28 + hz / 1100) * (1 + 0.22 * k)
        cents = 2 ** (0.9 / 1200)
        sound = ring(
            np.concatenate((stretched, stretched * cents)),
            np.concatenate((level, 0.7 * level)) * 0.36,
            np.concatenate((decay, 0.45 * decay)),
            _phases(2 * len(k), rng),
            n,
        )
        knock = filtered(_noise(min(n, 2400), rng), 90, 500 + 700 * velocity)
        sound[: len(knock)] += thump * velocity * knock * _fall(len(knock), 70)
        return sound * _swell(n, 0.0015 + 0.005 * softness)

    return play


def _electric_piano(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
    n = _samples(seconds)
    k = np.array([1, 2, 3, 4, 5, 9.02, 13.1], np.float32)
    bite = velocity**1.6
    level = np.array(
        [0.5, 0.14 * bite + 0.05, 0.16 * bite, 0.05 * bite, 0.06 * bite, 0.05, 0.04 * bite],
        np.float32,
    )
    decay = np.array([0.9, 1.5, 3, 4, 5, 16, 26], np.float32) * (0.6 + hz / 700)
    return ring(hz * k, level, decay, np.zeros(7, np.float32), n) * _swell(n, 0.004)


def _plucked(bright: float, sustain: float) -> Callable[[float, float, float, Rng], Audio]:
    """A string plucked near the bridge, losing its top as Karplus-Strong's loop does."""

    def play(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
        n = _samples(seconds)
        k = _harmonics(hz, 36)
        where = 0.17 + 0.1 * rng.random()
        level = np.abs(np.sin(np.pi * k * where)) / k ** (1.75 - 0.55 * bright - 0.35 * velocity)
        level = level / np.sqrt(np.sum(level**2)) * 0.42
        # The loop's averaging filter takes 1 - cos(w/2) of each partial every period.
        loss = 1 - np.cos(np.pi * k * hz / RATE)
        damped = hz * loss * 2.2 + 0.4 * k
        decay = (0.55 + hz / 500) / sustain + damped / (sustain * (0.4 + bright))
        sound = ring(hz * k * (1 + 2e-5 * k**2), level, decay, _phases(len(k), rng), n)
        nail = filtered(_noise(min(n, 700), rng), 700, 4000) * _fall(min(n, 700), 260)
        sound[: len(nail)] += 0.1 * velocity * bright * nail
        return sound * _swell(n, 0.0015)

    return play


def _struck(
    ratios: tuple[float, ...], levels: tuple[float, ...], decays: tuple[float, ...], knock: float
) -> Callable[[float, float, float, Rng], Audio]:
    """A bar or bell: few partials, none of them harmonic."""

    def play(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
        n = _samples(seconds)
        hard = 0.35 + 0.65 * velocity
        level = np.array(levels, np.float32) * hard ** np.arange(len(levels)) * 0.5
        decay = np.array(decays, np.float32) * (hz / 440) ** 0.5
        sound = ring(hz * np.array(ratios, np.float32), level, decay, _phases(len(ratios), rng), n)
        m = min(n, 900)
        sound[:m] += knock * velocity * filtered(_noise(m, rng), 300, 2500) * _fall(m, 180)
        return sound * _swell(n, 0.0015)

    return play


def _ensemble(
    tilt: float, reach_hz: float, attack_s: float, cents: float, most: int = 14
) -> Callable[[float, float, float, Rng], Audio]:
    """Several players a little out of tune with each other, left and right: wide and alive."""

    def play(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
        n = _samples(seconds)
        k = _harmonics(hz, most)
        reach = reach_hz * (0.6 + 0.8 * velocity)
        level = k**-tilt / (1 + (hz * k / reach) ** 2)
        level = level / np.sqrt(np.sum(level**2)) * 0.17
        sides = []
        for _ in range(2):
            tune = 2 ** (rng.normal(0, cents, 3) / 1200)
            sides.append(
                ring(
                    np.concatenate([hz * t * k for t in tune]),
                    np.tile(level, 3),
                    np.zeros(3 * len(k), np.float32),
                    _phases(3 * len(k), rng),
                    n,
                )
            )
        wide: Audio = np.stack(sides) * _swell(n, attack_s)
        return wide

    return play


def _solo(
    tilt: float, reach_hz: float, attack_s: float, vibrato_cents: float, breath: float
) -> Callable[[float, float, float, Rng], Audio]:
    """One bowed or blown line, whose vibrato sets in after the note has begun."""

    def play(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
        n = _samples(seconds)
        t = np.arange(n, dtype=np.float32) / RATE
        depth = vibrato_cents / 1200 * np.log(2) * np.clip((t - 0.25) / 0.5, 0, 1)
        rate = 5.1 + 0.5 * rng.random()
        bend = 1 + depth * np.sin(2 * np.pi * rate * t).astype(np.float32)
        phase = np.cumsum(bend, dtype=np.float64) * (2 * np.pi * hz / RATE)
        base = np.remainder(phase, 2 * np.pi).astype(np.float32)
        k = _harmonics(hz, 9)
        level = k**-tilt / (1 + (hz * k / (reach_hz * (0.5 + velocity))) ** 2)
        level = level / np.sqrt(np.sum(level**2)) * 0.4
        sound = np.zeros(n, np.float32)
        for harmonic, strength in zip(k, level, strict=True):
            sound += strength * np.sin(harmonic * base)
        sound *= _swell(n, attack_s)
        if breath:
            sound += breath * filtered(_noise(n, rng), hz, 3 * hz) * _swell(n, attack_s / 2)
        return sound

    return play


def _synth(
    tilt: float, decay_low: float, decay_high: float, attack_s: float, cents: float
) -> Callable[[float, float, float, Rng], Audio]:
    """A sawtooth through a closing filter: the top partials die first."""

    def play(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
        n = _samples(seconds)
        k = _harmonics(hz, 30)
        level = k**-tilt * np.exp(-hz * k / (1200 + 5200 * velocity))
        level = level / np.sqrt(np.sum(level**2)) * 0.3
        decay = decay_low + decay_high * (hz * k / 3000)
        tune = 2 ** (cents / 1200)
        sound = ring(
            np.concatenate((hz * k / tune, hz * k * tune)),
            np.concatenate((level, level)),
            np.concatenate((decay, decay)),
            _phases(2 * len(k), rng),
            n,
        )
        return sound * _swell(n, attack_s)

    return play


def _power_chord(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
    """Root, fifth and octave through an overdriven amplifier and its cabinet."""
    n = _samples(seconds)
    string = _plucked(0.9, 3.0)
    clean = np.zeros(n, np.float32)
    for ratio, strength in ((1.0, 1.0), (1.4983, 0.8), (2.0, 0.5)):
        clean += strength * string(hz * ratio, seconds, velocity, rng)
    driven = np.tanh((4 + 9 * velocity) * clean + 0.12) - np.float32(np.tanh(0.12))
    return filtered(driven, 95, 3600) * 0.42


def _sub(hz: float, seconds: float, velocity: float, rng: Rng) -> Audio:
    n = _samples(seconds)
    k = np.array([1, 2, 3], np.float32)
    level = np.array([0.5, 0.12, 0.04], np.float32)
    return ring(hz * k, level, np.full(3, 0.15, np.float32), _phases(3, rng), n) * _swell(n, 0.03)


VOICES: Final[Mapping[str, Voice]] = {
    "felt": Voice(_piano(1.7, 0.10), 0.35),
    "grand": Voice(_piano(0.75, 0.12), 0.25),
    "epiano": Voice(_electric_piano, 0.2),
    "nylon": Voice(_plucked(0.35, 1.1), 0.12),
    "steel": Voice(_plucked(0.8, 1.5), 0.15),
    "uke": Voice(_plucked(0.55, 0.55), 0.08),
    "upright": Voice(_plucked(0.12, 0.8), 0.08),
    "picked": Voice(_plucked(0.7, 0.9), 0.05),
    "marimba": Voice(_struck((1, 3.93, 9.6), (1, 0.42, 0.2), (5.5, 13, 26), 0.16), 0.2),
    "vibes": Voice(_struck((1, 3.99, 9.9), (1, 0.3, 0.14), (1.3, 3.2, 7), 0.06), 0.4),
    "bell": Voice(_struck((1, 2.0, 2.76, 5.4, 8.1), (0.7, 0.25, 0.3, 0.16, 0.06),
                          (1.5, 2.0, 3.2, 6.0, 9.0), 0.02), 0.8),
    "pad": Voice(_ensemble(1.3, 1600, 0.9, 5.0), 1.3),
    "air": Voice(_ensemble(0.9, 2600, 1.4, 8.0, 8), 1.8),
    "strings": Voice(_ensemble(0.95, 2700, 0.28, 5.5, 18), 0.45),
    "spiccato": Voice(_synth(1.0, 5.0, 8.0, 0.012, 3.0), 0.12),
    "brass": Voice(_ensemble(0.75, 1500, 0.045, 3.0, 12), 0.1),
    "cello": Voice(_solo(0.95, 1700, 0.11, 16, 0.004), 0.22),
    "violin": Voice(_solo(0.9, 2400, 0.09, 18, 0.004), 0.2),
    "whistle": Voice(_solo(2.2, 2200, 0.06, 11, 0.02), 0.14),
    "lead": Voice(_synth(0.9, 0.5, 1.6, 0.008, 6.0), 0.16),
    "arpsynth": Voice(_synth(0.9, 3.0, 9.0, 0.004, 5.0), 0.12),
    "synthbass": Voice(_synth(0.95, 1.2, 9.0, 0.004, 2.0), 0.05),
    "sub": Voice(_sub, 0.12),
    "power": Voice(_power_chord, 0.06),
}  # fmt: skip


def _sweep(n: int, start_hz: float, end_hz: float, speed: float) -> Audio:
    t = np.arange(n, dtype=np.float32) / RATE
    phase = 2 * np.pi * (end_hz * t + (start_hz - end_hz) / speed * (1 - np.exp(-speed * t)))
    return np.sin(phase).astype(np.float32)


def _kick(rng: Rng, *, low: float = 47, soft: float = 0.0) -> Audio:
    n = _samples(0.45)
    body = _sweep(n, 170 - 80 * soft, low, 32) * _fall(n, 9) * _swell(n, 0.001 + 0.003 * soft)
    click = filtered(_noise(600, rng), 800, 5000) * _fall(600, 300)
    body[:600] += 0.22 * (1 - soft) * click
    return body


def _snare(rng: Rng, *, crack: float = 1.0, decay: float = 17) -> Audio:
    n = _samples(0.35)
    wires = filtered(_noise(n, rng), 900, 4500 + 3500 * crack) * _fall(n, decay)
    head = (_sweep(n, 260, 182, 40) + 0.5 * _sweep(n, 400, 330, 40)) * _fall(n, 24)
    hit: Audio = 0.34 * wires * _swell(n, 0.001) + 0.45 * head * crack
    return hit


def _hat(rng: Rng) -> Audio:
    n = _samples(0.11)
    return 0.3 * filtered(_noise(n, rng), 6500, 12_500) * _fall(n, 62) * _swell(n, 0.001)


def _shaker(rng: Rng) -> Audio:
    n = _samples(0.12)
    return 0.3 * filtered(_noise(n, rng), 4200, 9000) * _fall(n, 42) * _swell(n, 0.022)


def _rim(rng: Rng) -> Audio:
    n = _samples(0.09)
    wood = _sweep(n, 1750, 1650, 50) * _fall(n, 75) + 0.5 * _sweep(n, 820, 800, 9) * _fall(n, 60)
    return (0.4 * wood * _swell(n, 0.001)).astype(np.float32)


def _clap(rng: Rng) -> Audio:
    n = _samples(0.3)
    hands = np.zeros(n, np.float32)
    for delay in (0, 300, 620, 900):
        hands[delay:] += _fall(n - delay, 24 if delay == 900 else 160)
    return 0.24 * filtered(_noise(n, rng), 900, 4200) * hands * _swell(n, 0.001)


def _drum(rng: Rng, *, low: float) -> Audio:
    n = _samples(0.9)
    skin = _sweep(n, low * 1.7, low, 22) + 0.35 * _sweep(n, low * 2.6, low * 1.6, 22)
    thud = filtered(_noise(n, rng), 120, 900) * _fall(n, 45) * 0.5
    return ((skin * _fall(n, 6.5) + thud) * 0.6 * _swell(n, 0.002)).astype(np.float32)


def _crash(rng: Rng) -> Audio:
    n = _samples(2.2)
    return 0.25 * filtered(_noise(n, rng), 3200, 11_000) * _fall(n, 2.4) * _swell(n, 0.003)


DRUMS: Final[Mapping[str, Callable[[Rng], Audio]]] = {
    "kick": _kick,
    "heart": lambda rng: _kick(rng, low=42, soft=0.9),
    "snare": _snare,
    "softsnare": lambda rng: _snare(rng, crack=0.35, decay=21),
    "hat": _hat,
    "shaker": _shaker,
    "rim": _rim,
    "clap": _clap,
    "tom": lambda rng: _drum(rng, low=92),
    "taiko": lambda rng: _drum(rng, low=58),
    "crash": _crash,
}
