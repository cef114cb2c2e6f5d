"""A sound file as one channel at the rate we hear in, a span at a time.

Whatever a file claims or lacks, what is asked of it stays small: a span is read by
seeking, the channels are averaged, and a torn end does not spoil what came before it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np

from affetto.errors import UnreadableSound
from affetto.music.containers import needs_av, opened_with_av
from affetto.music.hearing import RATE, Floats

# A header can claim anything; these keep a false one from asking for all memory.
_RATES: Final = range(1_000, 768_001)
_MOST_VALUES: Final = 20_000_000  # samples times channels in one span
_LONGEST_S: Final = 7 * 24 * 3600.0
_LOUDEST: Final = 8.0  # times full scale; more is no sound


class Sound:
    """An open sound file. ``duration_s`` is 0.0 when its end cannot be told."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._rate, self._channels = int(file.samplerate), int(file.channels)
        frames = int(file.frames)
        if self._rate not in _RATES or frames <= 0:
            raise undecodable()
        # libsndfile answers with an absurd length when it cannot tell the end.
        self.duration_s = frames / self._rate if frames / self._rate <= _LONGEST_S else 0.0

    def span(self, start_s: float, seconds: float) -> Floats:
        """Up to ``seconds`` from ``start_s``: float32, (samples,), one channel at ``RATE``.

        Shorter where the file ends or is torn; empty where nothing can be decoded.
        """
        import soxr

        length = min(round(seconds * self._rate), _MOST_VALUES // self._channels)
        mono = self._one_channel(round(start_s * self._rate), length)
        if not len(mono):
            return mono
        return np.asarray(soxr.resample(mono, self._rate, RATE, quality="MQ"))

    def _one_channel(self, start: int, length: int) -> Floats:
        """The mean of the channels from ``start``, as far as it can be decoded."""
        import soundfile

        # Read in one go: soundfile seeks after each read, which makes mp3 decoders stumble.
        block = np.zeros((length, self._channels), dtype=np.float32)
        try:
            if start:  # a torn flac cannot be sought in, not even to its beginning
                self._file.seek(start)
            block = self._file.read(out=block)
        except soundfile.LibsndfileError:  # torn here
            block = block[: np.max(np.flatnonzero(block.any(axis=1)), initial=-1) + 1]
        mono = block @ np.full(self._channels, 1 / self._channels, np.float32)
        if not np.max(np.abs(mono), initial=0.0) <= _LOUDEST:  # a NaN is not, either
            mono = np.clip(np.nan_to_num(block), -_LOUDEST, _LOUDEST).mean(axis=1)
        return np.asarray(mono)


@contextmanager
def opened(path: Path) -> Iterator[Sound]:
    """The file at ``path``: mp3, flac, ogg, opus, wav or aiff; with PyAV, m4a, wma and kin.

    Raises UnreadableSound when it holds no sound that can be decoded, and OSError when
    the system will not hand the file over.
    """
    import soundfile

    with path.open("rb") as start:  # libsndfile says "System error" to all of these
        if not start.read(1):
            raise UnreadableSound(
                "The file is empty.", remedy="Copy it again from where it came from."
            )
    if needs_av(path):
        with opened_with_av(path) as file:
            yield Sound(file)
        return
    # soundfile cannot encode a name that is no UTF-8; the system's own bytes always do.
    name: str | bytes = os.fspath(path) if os.name == "nt" else os.fsencode(path)
    try:
        with soundfile.SoundFile(name) as sound:
            yield Sound(sound)
    except soundfile.LibsndfileError as error:
        raise undecodable() from error


def undecodable() -> UnreadableSound:
    """What to say of a file in which there is nothing to hear."""
    return UnreadableSound(
        "The file holds no sound that can be decoded.",
        remedy="Try it in another player; if it is silent there too, copy it again.",
    )
