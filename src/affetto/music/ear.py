"""What a net hears in a few seconds of sound: 200 numbers that mean something together.

The net is musicnn's (Pons & Serra, ISMIR late-breaking 2019), which learned to tell the
fifty commonest tags of the Million Song Dataset; we keep its last layer but the tags.
It hears patches of three seconds as 96 mel bands (Slaney's, to 8 kHz), in frames as long
and as far apart as it learned with, though from sound at our own ``RATE``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from affetto.inference.runner import OnnxRunner
from affetto.inference.shelf import find
from affetto.music.hearing import RATE, Floats

WIDTH: Final = 200
FRAMES: Final = 187  # in a patch
BANDS: Final = 96
MOST_PATCHES: Final = 3  # of a whole piece; each costs as much as all of ``measure``

_FRAME: Final = 706  # 32 ms
_HOP: Final = 353  # 16 ms
_SIZE: Final = 1024
# The net learned from 512-point spectra at 16 kHz; one of ours is so much stronger.
_GAIN: Final = (512 / _FRAME) ** 2 * (RATE / _SIZE) / (16_000 / 512)


def listen(excerpts: Sequence[Floats], *, most: int = MOST_PATCHES) -> Floats:
    """What is heard in a piece, the mean over patches: float32, (WIDTH,).

    Each excerpt gives one patch from its middle; when there are fewer than ``most``, as
    many as fit into it without overlap.

    Raises ModelMissing when the net is not there or damaged.
    """
    each = max(1, most // max(1, len(excerpts)))
    patches = np.concatenate([patches_of(one, each) for one in excerpts])
    # One at a time: together they are no faster and take 60 MB more, in every process.
    heard = [_net().run(patch[None])["heard"] for patch in patches]
    return np.asarray(np.concatenate(heard).mean(axis=0))


def patches_of(samples: Floats, most: int) -> Floats:
    """Up to ``most`` patches, spread over an excerpt: float32, (n, FRAMES, BANDS).

    One too short is heard again and again until a patch is full.
    """
    if len(samples) < _FRAME:
        samples = np.pad(samples, (0, _FRAME - len(samples)))
    many = 1 + (len(samples) - _FRAME) // _HOP
    count = min(most, max(1, (many + 2) // FRAMES))  # 5.99 s of a 6-s clip are two
    if many < count * FRAMES:
        frames = _frames(samples)
        return np.resize(frames, (count, FRAMES, BANDS))
    room = many - FRAMES
    starts = [room // 2] if count == 1 else [i * room // (count - 1) for i in range(count)]
    spans = [samples[s * _HOP : (s + FRAMES - 1) * _HOP + _FRAME] for s in starts]
    return np.stack([_frames(span) for span in spans])


def _frames(samples: Floats) -> Floats:
    """Mel bands by frame, compressed: (frames, BANDS)."""
    cut = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_HOP]
    spectrum = np.fft.rfft(cut * _window(), _SIZE, axis=1)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    return np.asarray(np.log10(10_000 * (power @ _mel_bands()) + 1), dtype=np.float32)


@cache
def _window() -> Floats:
    return np.hanning(_FRAME + 1)[:-1].astype(np.float32)


@cache
def _mel_bands() -> Floats:
    """Triangles of equal area, even in Slaney's mel: (_SIZE // 2 + 1, BANDS).

    Slaney's scale (Auditory Toolbox, Interval Research 1998-010) is linear up to 1 kHz,
    15 mel, and logarithmic above, 27 mel for a factor of 6.4.
    """
    per_octave = 27 / np.log(6.4)
    top = 15 + per_octave * np.log(8000 / 1000)
    mel = np.linspace(0, top, BANDS + 2)
    edges = np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) / per_octave))
    bins = np.fft.rfftfreq(_SIZE, 1 / RATE)[:, None]
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    rise, fall = (bins - low) / (middle - low), (high - bins) / (high - middle)
    bands = np.maximum(0, np.minimum(rise, fall)) * 2 / (high - low)
    return np.asarray(_GAIN * bands, dtype=np.float32)


@cache
def _net() -> OnnxRunner:
    path, card = find("music-ear")
    return OnnxRunner(path, card)
