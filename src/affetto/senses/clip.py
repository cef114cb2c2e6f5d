"""A clip from a file: what is on its screen at even moments, opened without trusting it.

Videos are opened with PyAV, an optional part; a GIF, an animated WebP or PNG with Pillow.
Only formats that hold their pictures themselves are let in: a playlist would make the
decoder open other files and addresses. Nothing here writes a picture anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import PartMissing, UnreadableClip
from affetto.senses.camera import LONGEST_SIDE, MOST_PIXELS
from affetto.senses.sense import ImageFrame

Pixels = npt.NDArray[np.uint8]

MOST_CLIP_PIXELS: Final = 36_000_000  # of one picture; 8K video has 33 million
LONGEST_S: Final = 6 * 3600.0
CUT_SHORT_S: Final = 1.0  # a clip that ends so much sooner than it says was cut short
UNTIMED_S: Final = 0.1  # how long a picture stays when its file does not say, as in browsers

_VIDEOS: Final = (  # how files begin: Matroska and WebM, Flash, MPEG, Ogg, Windows Media
    b"\x1a\x45\xdf\xa3",
    b"FLV\x01",
    b"\x00\x00\x01\xba",
    b"OggS",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
)
_ANIMATIONS: Final = ("GIF", "WEBP", "PNG")
_FORMATS: Final = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,ogg,asf"
_CHOOSE: Final = "Choose an MP4, MOV, WebM, MKV or AVI file, or an animated GIF, WebP or PNG."


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a clip: shown from ``start_s`` until ``end_s``, opened when needed."""

    start_s: float  # since the clip's first picture
    end_s: float
    open: Callable[[], Pixels]  # uint8 (height, width, 3), RGB, upright


@dataclass(frozen=True, slots=True)
class Moment:
    """What a clip shows at one moment; ``held`` is true where it is the picture before."""

    at_s: float
    frame: ImageFrame
    held: bool = False


class Clip:
    """An open clip. Its pictures can be gone through once.

    ``length_s`` is what the file says of its length, None where it says nothing.
    """

    def __init__(self, pictures: Iterator[Picture], length_s: float | None) -> None:
        self.length_s = length_s
        self._pictures = pictures

    def pictures(self) -> Iterator[Picture]:
        """Every picture in the order it is shown.

        Raises UnreadableClip where the file turns out to be damaged or cut short, after
        the pictures before that place, and when there is no picture at all.
        """
        seen = False
        for picture in self._pictures:
            if picture.end_s > LONGEST_S:
                raise _too_long()
            seen = True
            yield picture
        if not seen:
            raise _empty()

    def moments(self, a_second: int, *, began: datetime) -> Iterator[Moment]:
        """What is shown ``a_second`` times a second, beginning with the first picture.

        A moment shows what a viewer sees then, however unevenly the pictures come: one
        that stays for long is seen again and again, one between two moments never.
        ``began`` is when the clip began, aware and in UTC. Raises as ``pictures``.
        """
        count = 0
        for picture in self.pictures():
            pixels: Pixels | None = None
            while count / a_second < picture.end_s:
                at_s, held = count / a_second, pixels is not None
                pixels = picture.open() if pixels is None else pixels
                yield Moment(at_s, ImageFrame(pixels, began + timedelta(seconds=at_s)), held)
                count += 1


@contextmanager
def open_clip(path: Path) -> Iterator[Clip]:
    """The clip in a file, as long as the block lasts.

    Raises UnreadableClip, with what to do about it, for what is no such file; PartMissing
    where it takes PyAV and that is not installed.
    """
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():
            raise UnreadableClip(f"{path} is not an ordinary file.", remedy="Name a file.")
        file = path.open("rb")
    except FileNotFoundError as error:
        raise UnreadableClip(
            f"There is no file {path}.", remedy="Check the spelling, or name another file."
        ) from error
    except OSError as error:  # a folder, a locked file
        raise UnreadableClip(
            f"{path} could not be opened ({error.strerror}).", remedy="Name another file."
        ) from error
    with file:
        first = file.read(16)
        file.seek(0)
        if not first:
            raise UnreadableClip(
                "The clip is empty (0 bytes).", remedy="Choose another file, or save it again."
            )
        with _animation(file) if _is_animation(first) else _video(file) as clip:
            yield clip


def is_clip(first: bytes) -> bool:
    """Whether a file that begins with these 16 bytes or more looks like a video."""
    brand = first[8:12]
    return (
        # The same boxes hold HEIC and AVIF pictures.
        (first[4:8] == b"ftyp" and brand[:3] not in (b"hei", b"hev", b"mif", b"msf", b"avi"))
        or first[4:8] in (b"moov", b"mdat", b"wide", b"free")
        or first.startswith(_VIDEOS)
        or (first.startswith(b"RIFF") and brand == b"AVI ")
    )


def _is_animation(first: bytes) -> bool:
    return first.startswith((b"GIF8", b"\x89PNG")) or (
        first.startswith(b"RIFF") and first[8:12] == b"WEBP"
    )


# -- videos -------------------------------------------------------------------------------


@contextmanager
def _video(file: BinaryIO) -> Iterator[Clip]:
    try:
        import av
    except ImportError as error:
        raise PartMissing(
            "Reading a video needs PyAV, which is not installed.",
            remedy='Install it with: pip install "affetto[video]"',
        ) from error
    try:
        container = av.open(file, options={"format_whitelist": _FORMATS})
    except (av.FFmpegError, OSError, ValueError) as error:
        raise UnreadableClip(
            "This is no clip that can be read here, or it was cut short.", remedy=_CHOOSE
        ) from error
    with container:
        # A picture that belongs to sound, as the cover of an album, is no clip.
        cover = av.stream.Disposition.attached_pic
        streams = [s for s in container.streams.video if not s.disposition & cover]
        if not streams:
            raise UnreadableClip("There is no picture in this file, only sound.", remedy=_CHOOSE)
        stream = streams[0]
        length_s = container.duration / av.time_base if container.duration else None
        if length_s is not None and length_s > LONGEST_S:
            raise _too_long()
        if stream.codec_context is None:
            raise UnreadableClip("This clip's pictures cannot be decoded here.", remedy=_CHOOSE)
        _check_size(stream.codec_context.width, stream.codec_context.height)
        yield Clip(_video_pictures(container, stream, av.FFmpegError), length_s)


def _video_pictures(container: Any, stream: Any, failure: type[Exception]) -> Iterator[Picture]:
    """Each picture with its time: one ends where the next begins."""
    step_s = float(1 / stream.average_rate) if stream.average_rate else UNTIMED_S
    aspect = float(stream.sample_aspect_ratio or 1)
    length_s = float(stream.duration * stream.time_base) if stream.duration else 0.0
    stream.thread_type = "AUTO"
    shown: Any = None
    start_s = end_s = 0.0
    zero: float | None = None
    try:
        for following in container.decode(stream):
            _check_size(following.width, following.height)
            if zero is None:
                zero = following.time or 0.0
            if shown is not None:
                begins_s = start_s if following.time is None else following.time - zero
                # Times that are missing, or run backwards, are made up from the rate.
                end_s = begins_s if begins_s > start_s else start_s + step_s
                yield Picture(start_s, end_s, _opener(shown, aspect))
                start_s = end_s
            shown = following
    except failure:
        length_s = math.inf  # whatever the file says, it was to be longer
    if shown is not None:
        lasts_s = float((shown.duration or 0) * shown.time_base) if shown.time_base else 0.0
        end_s = start_s + (lasts_s or step_s)
        yield Picture(start_s, end_s, _opener(shown, aspect))
    if end_s < length_s - CUT_SHORT_S:
        raise _damaged(end_s)


def _opener(shown: Any, aspect: float) -> Callable[[], Pixels]:
    def opened() -> Pixels:
        wide, high = _reduced_size(shown.width * aspect, shown.height)
        small = shown.reformat(width=wide, height=high, format="rgb24")
        pixels: Pixels = small.to_ndarray()
        # The display matrix says how the phone was held: degrees, counter-clockwise.
        return np.ascontiguousarray(np.rot90(pixels, round(shown.rotation / 90)))

    return opened


# -- animations ---------------------------------------------------------------------------


@contextmanager
def _animation(file: BinaryIO) -> Iterator[Clip]:
    from PIL import Image

    try:
        image = Image.open(file, formats=_ANIMATIONS)
    except Exception as error:  # decoders raise many things at broken input
        raise _damaged(0.0) from error
    with image:
        _check_size(*image.size, most=MOST_PIXELS[image.format or "PNG"])
        yield Clip(_animation_pictures(image), None)


def _animation_pictures(image: Any) -> Iterator[Picture]:
    start_s = 0.0
    for number in range(getattr(image, "n_frames", 1)):
        try:
            image.seek(number)
            image.load()
            pixels = _on_white(image)
        except Exception as error:
            raise _damaged(start_s) from error
        lasts_s = float(image.info.get("duration") or 0) / 1000 or UNTIMED_S
        yield Picture(start_s, start_s + lasts_s, partial(_same, pixels))
        start_s += lasts_s


def _same(pixels: Pixels) -> Pixels:
    return pixels


def _on_white(image: Any) -> Pixels:
    from PIL import Image

    coloured = image.convert("RGBA")
    size = _reduced_size(*coloured.size)
    if size != coloured.size:
        coloured = coloured.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    white = Image.new("RGBA", coloured.size, "white")
    return np.asarray(Image.alpha_composite(white, coloured).convert("RGB"))


# -- limits -------------------------------------------------------------------------------


def _reduced_size(wide: float, high: float) -> tuple[int, int]:
    """Width and height with no side longer than ``LONGEST_SIDE``."""
    share = min(1.0, LONGEST_SIDE / max(wide, high, 1))
    return max(1, round(wide * share)), max(1, round(high * share))


def _check_size(wide: int, high: int, *, most: int | None = None) -> None:
    most = MOST_CLIP_PIXELS if most is None else most
    if wide < 1 or high < 1:
        raise _damaged(0.0)
    if wide * high > most:
        raise UnreadableClip(
            f"The clip's pictures are {wide} × {high} pixels, too large to open safely.",
            remedy=f"Save a smaller copy: {most / 1_000_000:g} million pixels may be read here.",
        )


def _damaged(at_s: float) -> UnreadableClip:
    where = f" {at_s:.0f} seconds after its beginning" if at_s >= 1 else ""
    return UnreadableClip(
        f"The clip is damaged or was cut short{where}.", remedy="Save or download it again."
    )


def _empty() -> UnreadableClip:
    return UnreadableClip("There is not one picture in this clip.", remedy=_CHOOSE)


def _too_long() -> UnreadableClip:
    return UnreadableClip(
        f"The clip says that it lasts longer than {LONGEST_S / 3600:g} hours.",
        remedy="Cut it into shorter parts.",
    )
