"""Sound that libsndfile cannot read: m4a, aac, wma and rarer kinds, through PyAV.

PyAV is an extra (``affetto[video]``): its wheels carry FFmpeg. Without it such files are
passed over by a scan, and named with what would help. Protected files (DRM) are told
apart before any decoder meets them: no key, no sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import UnreadableSound

_AT_ONCE: Final = 1 << 20  # bytes searched at once
_ENDLESS_S: Final = 30 * 24 * 3600.0  # told of a file whose length nobody knows
# ASF's name of an object that says how the content is encrypted (Advanced Systems Format
# specification, section 3.14), as its bytes lie in the file.
_ASF: Final = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_ENCRYPTED: Final = (
    bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"),
    bytes.fromhex("14e68a292226174cb935dae07ee9289c"),
)
# Names of protected sound in an MP4's table of samples (ISO/IEC 14496-12, section 8.12).
_MP4_ENCRYPTED: Final = (b"drms", b"enca")


class AvFile:
    """An open file, as soundfile would show it: one channel, floats, seeking by sample."""

    channels = 1

    def __init__(self, container: Any) -> None:
        self._container = container
        self._stream = container.streams.audio[0]
        self.samplerate = int(self._stream.codec_context.sample_rate)
        self.frames = int(self._seconds() * self.samplerate)
        self._start = 0

    def _seconds(self) -> float:
        if self._stream.duration:
            return float(self._stream.duration * self._stream.time_base)
        if self._container.duration:
            return float(self._container.duration) / 1e6
        return _ENDLESS_S

    def seek(self, sample: int) -> None:
        """Read from ``sample`` on next."""
        self._start = sample

    def read(self, out: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Fill ``out`` (samples, 1) and return what of it was filled; a torn end is none."""
        import av

        filled = 0
        begin = self._start / self.samplerate + self._begins()
        with suppress(av.FFmpegError):
            self._container.seek(int(begin / self._stream.time_base), stream=self._stream)
            resampler = av.AudioResampler(format="flt", layout="mono", rate=self.samplerate)
            for packet in self._container.decode(self._stream):
                late = 0.0 if packet.time is None else begin - packet.time
                for frame in resampler.resample(packet):
                    samples = frame.to_ndarray().reshape(-1)
                    samples = samples[max(0, round(late * self.samplerate)) :]
                    late = min(0.0, late)
                    room = min(len(samples), len(out) - filled)
                    out[filled : filled + room, 0] = samples[:room]
                    filled += room
                if filled >= len(out):
                    break
        return out[:filled]

    def _begins(self) -> float:
        start = self._stream.start_time
        return float(start * self._stream.time_base) if start else 0.0


@contextmanager
def opened_with_av(path: Path) -> Iterator[AvFile]:
    """The file at ``path``, if PyAV is here and understands it.

    Raises UnreadableSound when it is protected, when PyAV is missing, and when there is
    no sound in it.
    """
    with path.open("rb") as file:  # not by name: a name may be no Unicode
        if _is_protected(file):
            raise UnreadableSound(
                "The file is protected (DRM): only the shop's own player can open it.",
                remedy="Shops that sold protected music often let you fetch it again without.",
            )
        if find_spec("av") is None:
            raise UnreadableSound(
                "The file is of a kind that needs PyAV to be heard.",
                remedy="Install it with: pip install 'affetto[video]'",
            )
        import av

        file.seek(0)
        try:
            with av.open(file, metadata_errors="replace") as container:
                if not container.streams.audio or not container.streams.audio[0].codec_context:
                    raise _silent()
                yield AvFile(container)
        except (av.FFmpegError, ValueError) as error:
            raise _silent() from error


def needs_av(path: Path) -> bool:
    """Whether the first bytes of the file are those of m4a, aac, wma or a kin of theirs."""
    with path.open("rb") as file:
        head = file.read(16)
    return (
        head[4:8] == b"ftyp"
        or head == _ASF
        or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xF6 == 0xF0)  # ADTS
        or head[:4] in (b"MAC ", b"wvpk", b"MPCK", b"DSD ", b"TTA1", b"\x1aE\xdf\xa3")
        or head[:3] == b"MP+"
    )


def _is_protected(file: BinaryIO) -> bool:
    file.seek(0)
    head = file.read(_AT_ONCE)
    if head.startswith(_ASF):
        return any(name in head for name in _ASF_ENCRYPTED)
    if head[4:8] != b"ftyp":
        return False
    while head:  # the table of samples may lie at the very end
        at = head.find(b"stsd")
        if 0 <= at <= len(head) - 20:  # version, count, length, then the name
            return head[at + 16 : at + 20] in _MP4_ENCRYPTED
        more = file.read(_AT_ONCE)
        head = head[-20:] + more if more else b""
    return False


def _silent() -> UnreadableSound:
    return UnreadableSound(
        "The file holds no sound that can be decoded.",
        remedy="Try it in another player; if it is silent there too, copy it again.",
    )
