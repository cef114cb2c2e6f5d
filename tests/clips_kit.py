"""Tiny clips, made where they are needed. Videos take PyAV; without it the test is skipped.

On a build machine (CI=true) a missing PyAV is a failure, not a skip.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

import faces_kit

Pixels = npt.NDArray[np.uint8]

# What a phone writes that was held upright or upside down: rows of the display matrix.
TURNS = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def pyav() -> Any:
    """PyAV, where there is one."""
    try:
        import av
    except ImportError:
        reason = "PyAV is not installed: pip install 'affetto[video]'"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return av


def video(
    path: Path,
    pictures: Sequence[Pixels],
    *,
    a_second: int = 10,
    starts_s: Sequence[float] | None = None,
    clockwise: int = 0,
    **options: str,
) -> Path:
    """A clip of these pictures, all of one even size; ``starts_s`` makes the rate uneven.

    ``clockwise`` is the turn that the file asks a player for: 0, 90, 180 or 270.
    """
    av = pyav()
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream("mpeg4", rate=a_second)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt, stream.bit_rate = "yuv420p", 4_000_000
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, pixels in enumerate(pictures):
            shown = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
            at_s = starts_s[number] if starts_s else number / a_second
            shown.pts, shown.time_base = round(at_s * 1000), Fraction(1, 1000)
            container.mux(stream.encode(shown))
        container.mux(stream.encode())
    if clockwise:
        turn(path, clockwise)
    return path


def turn(path: Path, clockwise: int) -> None:
    """Write a display matrix into an MP4's track header (ISO 14496-12, 8.3.2)."""
    content = bytearray(path.read_bytes())
    a, b, c, d = (65536 * n for n in TURNS[clockwise])
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    at = content.index(b"tkhd") + 44
    content[at : at + 36] = matrix
    path.write_bytes(content)


def sound(path: Path) -> Path:
    """A file with a second of silence and no picture."""
    av = pyav()
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        for number in range(43):
            silence = av.AudioFrame.from_ndarray(
                np.zeros((1, 1024), np.float32), format="fltp", layout="mono"
            )
            silence.rate, silence.pts = 44100, 1024 * number
            container.mux(stream.encode(silence))
        container.mux(stream.encode())
    return path


def animation(
    path: Path, pictures: Sequence[Pixels], lasts_ms: Sequence[int], kind: str = "GIF"
) -> Path:
    """An animated GIF, WEBP or PNG."""
    first, *rest = (Image.fromarray(pixels) for pixels in pictures)
    first.save(path, kind, save_all=True, append_images=rest, duration=list(lasts_ms), loop=0)
    return path


def grey(level: int, wide: int = 64, high: int = 48) -> Pixels:
    """A picture of one grey."""
    return np.full((high, wide, 3), level, np.uint8)


def portrait() -> Pixels:
    """The astronaut's head and shoulders: 320 × 240, one face."""
    return np.asarray(
        Image.fromarray(faces_kit.astronaut()).crop((0, 0, 512, 384)).resize((320, 240))
    )
