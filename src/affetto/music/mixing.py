"""From single sounds to a finished stereo piece: room, echo, level, a clean start and end.

Everything is ``float32``, ``(2, n)``, at ``synth.RATE``; chance is seeded by the title.
"""

from __future__ import annotations

import zlib
from typing import Final

import numpy as np

from affetto.music.arranging import Note, arrange, bars_of, duration_s, tail_s
from affetto.music.bands import BANDS, Part
from affetto.music.score import Piece
from affetto.music.synth import DRUMS, RATE, VOICES, Audio, Rng, filtered

CEILING: Final = 0.84  # -1.5 dB: lossy coding overshoots a little
_INTRO_LIFT_DB: Final = 5.0
_WINDOW: Final = 12_800  # 0.4 s, the measuring block of BS.1770


def place(bus: Audio, sound: Audio, start: int, gain: float, pan: float) -> None:
    """Add ``sound`` to ``bus`` from sample ``start``; pan -1 is left, with constant power."""
    n = min(sound.shape[-1], bus.shape[1] - start)
    if n <= 0:
        return
    angle = (pan + 1) * np.pi / 4
    sides = (gain * np.cos(angle) * np.sqrt(2), gain * np.sin(angle) * np.sqrt(2))
    for side, level in enumerate(sides):
        source = sound[side] if sound.ndim == 2 else sound
        bus[side, start : start + n] += np.float32(level) * source[:n]


def echo(bus: Audio, delay_s: float, feedback: float, amount: float) -> None:
    """Repeats that cross from side to side, each darker by being quieter; in place."""
    dry = bus.copy()
    for turn in range(1, 5):
        shift = round(turn * delay_s * RATE)
        level = np.float32(amount * feedback ** (turn - 1))
        if shift >= bus.shape[1] or level < 0.01:
            return
        bus[0, shift:] += level * dry[turn % 2, :-shift]
        bus[1, shift:] += level * dry[(turn + 1) % 2, :-shift]


def tremble(bus: Audio, rate_hz: float, depth: float) -> None:
    """The slow side-to-side swell of an electric piano; in place."""
    t = np.arange(bus.shape[1], dtype=np.float32) / RATE
    wave = np.float32(depth) * np.sin(np.float32(2 * np.pi * rate_hz) * t)
    bus[0] *= 1 + wave
    bus[1] *= 1 - wave


def duck(bus: Audio, starts: list[int], depth: float, recover_s: float = 0.22) -> None:
    """Make room under every kick, then breathe back; in place."""
    n = round(recover_s * RATE)
    dip = 1 - depth * (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, n, dtype=np.float32)))
    for start in starts:
        m = min(n, bus.shape[1] - start)
        bus[:, start : start + m] *= dip[:m]


def room(seconds: float, damping_hz: float, rng: Rng) -> Audio:
    """An impulse response: decorrelated noise whose top dies before its body.

    ``seconds`` is the time to fall by 60 dB; energy 1 a side.
    """
    n = round(min(3.4, seconds) * RATE)
    noise = rng.standard_normal((2, n), dtype=np.float32)
    t = np.arange(n, dtype=np.float32) / RATE
    body = filtered(noise, 160, damping_hz) * np.exp(-6.9 / seconds * t)
    top = filtered(noise, 1500, 3 * damping_hz) * np.exp(-6.9 / (0.4 * seconds) * t)
    response = body + 0.5 * top
    early = round(0.012 * RATE)
    response[:, :early] *= np.linspace(0, 1, early, dtype=np.float32)
    response = np.pad(response, ((0, 0), (round(0.018 * RATE), 0)))
    out: Audio = response / np.sqrt(np.sum(response**2, axis=1, keepdims=True))
    return out.astype(np.float32)


def convolve(sound: Audio, response: Audio) -> Audio:
    """``sound`` heard in the room of ``response``, cut to its own length (overlap-add)."""
    n, size = sound.shape[1], 1 << 18
    hop = size - response.shape[1] + 1
    spectrum = np.fft.rfft(response, size)
    out = np.zeros((2, n + size), np.float32)
    for start in range(0, n, hop):
        block = np.fft.irfft(np.fft.rfft(sound[:, start : start + hop], size) * spectrum, size)
        out[:, start : start + size] += block
    return out[:, :n]


def loudness(sound: Audio) -> float:
    """Loudness in LUFS after ITU-R BS.1770: K-weighted, gated, in whole 0.4 s blocks.

    The weighting is applied to each block's spectrum: a high-pass at 38 Hz and a shelf
    of +4 dB above about 1.7 kHz.
    """
    n = sound.shape[1] // _WINDOW * _WINDOW
    blocks = sound[:, :n].reshape(2, -1, _WINDOW)
    hz = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    low = (hz / 38) ** 4 / (1 + (hz / 38) ** 4)
    shelf = 1 + 1.51 * (hz / 1700) ** 4 / (1 + (hz / 1700) ** 4)
    spectrum = np.fft.rfft(blocks, axis=2)
    power = (np.abs(spectrum) ** 2 * (low * shelf)).sum(axis=2).sum(axis=0) * 2 / _WINDOW**2
    audible = power[power > 10 ** ((-70 + 0.691) / 10)]
    if not audible.size:
        return -70.0
    gated = audible[audible > audible.mean() / 10]
    return float(-0.691 + 10 * np.log10(gated.mean()))


def limit(sound: Audio) -> Audio:
    """Hold peaks under ``CEILING`` by turning down around them, never by clipping."""
    step = 64
    n = sound.shape[1]
    padded = np.pad(np.abs(sound).max(axis=0), (0, -n % step))
    peak = padded.reshape(-1, step).max(axis=1)
    need = np.minimum(1, CEILING / np.maximum(peak, 1e-9))
    reach = 24  # 24 steps are 48 ms either side
    view = np.lib.stride_tricks.sliding_window_view(np.pad(need, reach, mode="edge"), 2 * reach + 1)
    held = view.min(axis=1)
    soft = np.hanning(2 * reach + 3)[1:-1]
    gain = np.convolve(np.pad(held, reach, mode="edge"), soft / soft.sum(), mode="valid")
    where = np.arange(n) / step - 0.5
    curve = np.interp(where, np.arange(len(gain)), gain).astype(np.float32)
    held_down: Audio = np.clip(sound * curve, -CEILING, CEILING)
    return held_down


def master(sound: Audio, *, target_lufs: float, fade_s: float) -> Audio:
    """Level to ``target_lufs``, hold the peaks, begin and end in silence."""
    sound = filtered(sound, 24, 15_000)
    for _ in range(2):  # limiting costs loudness; the second turn gives it back
        sound = limit(sound * np.float32(10 ** ((target_lufs - loudness(sound)) / 20)))
    start, fade = round(0.01 * RATE), round(fade_s * RATE)
    sound[:, :start] *= np.linspace(0, 1, start, dtype=np.float32)
    sound[:, -fade:] *= np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32)) ** 2
    return sound


def record(piece: Piece) -> Audio:
    """The finished recording: ``float32 (2, n)`` at ``RATE``, peaks under ``CEILING``.

    Each part is levelled by how loud it is while it plays, so a balance written in
    ``bands`` is the balance that is heard.
    """
    band = BANDS[piece.band]
    n = round(duration_s(piece) * RATE)
    rng = np.random.default_rng(zlib.crc32(piece.title.encode()))
    played = arrange(piece)
    kicks = [
        round(note.start_s * RATE)
        for part, notes in played
        if part.voice in ("kick", "heart")
        for note in notes
    ]
    dry = np.zeros((2, n), np.float32)
    wet = np.zeros((2, n), np.float32)
    for part, notes in played:
        bus = np.zeros((2, n), np.float32)
        voice = piece.lead if part.role == "tune" and piece.lead else part.voice
        _perform(bus, part, voice, notes, rng)
        if part.echo:
            echo(bus, 0.75 * 60 / piece.tempo_bpm, 0.45, part.echo)
        if part.trembling:
            tremble(bus, 4.2, 0.22)
        if part.ducked and kicks:
            duck(bus, kicks, 0.45)
        bus *= np.float32(10 ** ((part.level_db - 20) / 20) / max(_playing_level(bus), 1e-6))
        dry += bus
        wet += np.float32(part.room) * bus
    mixed = dry + np.float32(1.25) * convolve(wet, room(band.room_s, band.damping_hz, rng))
    mixed *= _ride(piece, n)
    if band.top_hz < 15_000:
        mixed = filtered(mixed, 0, band.top_hz)
    target = -17.0 + 1.6 * piece.arousal
    return master(mixed, target_lufs=target, fade_s=0.9 * tail_s(piece))


def _ride(piece: Piece, n: int) -> Audio:
    """The hand on the fader: few play the intro, and it should still be heard at once."""
    begins = next(bar.start_s for bar in bars_of(piece) if bar.section == "A")
    before = begins - 1.5 * piece.beats * 60 / piece.tempo_bpm
    lift = 10 ** (_INTRO_LIFT_DB / 20)
    seconds = np.arange(n, dtype=np.float32) / RATE
    return np.interp(seconds, (max(0.0, before), begins), (lift, 1.0)).astype(np.float32)


def _perform(bus: Audio, part: Part, voice: str, notes: list[Note], rng: Rng) -> None:
    """Add every note of one part; a sound is made once a pitch and touch, then reused."""
    if part.role == "drums":
        takes = [DRUMS[voice](rng) for _ in range(3)]
        for turn, note in enumerate(notes):
            level = note.velocity**1.3
            place(bus, takes[turn % 3], round(note.start_s * RATE), level, part.pan)
        return
    instrument = VOICES[voice]
    release = round(instrument.release_s * RATE)
    longest: dict[tuple[int, int], float] = {}
    for note in notes:
        key = (note.pitch, round(note.velocity * 5))
        longest[key] = max(longest.get(key, 0.0), note.seconds)
    sounds = {
        key: instrument.play(
            440 * 2 ** ((key[0] - 69) / 12),
            seconds + instrument.release_s,
            min(1.0, max(0.15, key[1] / 5)),
            rng,
        )
        for key, seconds in longest.items()
    }
    let_go = np.cos(np.linspace(0, np.pi / 2, release, dtype=np.float32)) ** 2
    for note in notes:
        sound = sounds[note.pitch, round(note.velocity * 5)]
        held = min(round(note.seconds * RATE), sound.shape[-1] - release)
        cut = sound[..., : held + release].copy()
        cut[..., held:] *= let_go
        place(bus, cut, round(note.start_s * RATE), note.velocity**0.8, part.pan)


def _playing_level(bus: Audio) -> float:
    """Root mean square over the tenths of a second in which the part is heard."""
    step = RATE // 10
    n = bus.shape[1] // step * step
    power = (bus[:, :n].reshape(2, -1, step) ** 2).mean(axis=(0, 2))
    if not power.size or power.max() <= 0:
        return 0.0
    return float(np.sqrt(power[power > power.max() / 100].mean()))
