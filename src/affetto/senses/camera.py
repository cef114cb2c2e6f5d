"""A picture from a file, an upload or a camera, opened without trusting it.

The size is read from the first bytes before anything is decoded, so a file of 100 kB
that unfolds to gigabytes is refused for the price of its header. Large photographs
are decoded at a reduced scale. Nothing here writes a picture anywhere.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import UnreadablePicture
from affetto.senses.sense import ImageFrame

if TYPE_CHECKING:
    from PIL import Image

Pixels = npt.NDArray[np.uint8]

LONGEST_SIDE: Final = 1600  # pixels of a frame; more shows no face better
MOST_BYTES: Final = 64 * 2**20
# Pixels of a picture as stored. A JPEG is decoded at 1/2, 1/4 or 1/8, so a phone's 50
# megapixels cost little; the rest must be unfolded whole, a WebP three times over, and
# each limit keeps the process below 300 MB.
MOST_PIXELS: Final = MappingProxyType(
    {
        "JPEG": 64_000_000,
        "PNG": 16_000_000,
        "GIF": 16_000_000,
        "BMP": 16_000_000,
        "WEBP": 12_500_000,
    }
)
FRAME_PIXELS: Final = 4_000_000  # of a frame of live video, whatever its format
MOST_PROGRESSIVE_PIXELS: Final = 24_000_000  # a progressive JPEG is unfolded whole too
# Each scan of a progressive JPEG touches every pixel; encoders write about ten, and
# thousands of empty ones would keep the decoder busy for minutes.
MOST_SCANS: Final = 100

_ORIENTATION: Final = 0x0112  # EXIF tag
_FORMATS: Final = "JPEG, PNG, WebP, GIF and BMP"


@dataclass(frozen=True, slots=True)
class _Header:
    """What the first bytes say: the format's name as Pillow has it, and the size."""

    kind: str
    wide: int
    high: int


def open_picture(
    source: Path | bytes | BinaryIO, *, at: datetime | None = None, most_pixels: int | None = None
) -> ImageFrame:
    """One upright picture, RGB, no side longer than 1600 pixels.

    ``at`` is when it was taken, aware and in UTC; now, if not given. ``most_pixels`` may
    set a limit below that of the picture's format. Transparent parts turn white. Of an
    animation the first picture counts.

    Raises UnreadablePicture, with what to do about it, for whatever is no such picture
    or is too large to open safely.
    """
    content = _content(source)
    header = _header(content)
    if header.wide < 1 or header.high < 1:
        raise _damaged()
    most = min(MOST_PIXELS[header.kind], most_pixels or MOST_PIXELS[header.kind])
    if header.wide * header.high > most:
        raise _too_large(header, most)
    try:
        pixels = _jpeg(content, header) if header.kind == "JPEG" else _other(content, header)
    except UnreadablePicture:
        raise
    except Exception as error:  # decoders raise many things at broken input
        raise _damaged() from error
    return ImageFrame(np.ascontiguousarray(pixels), at or datetime.now(UTC))


# -- bytes --------------------------------------------------------------------------------


def _content(source: Path | bytes | BinaryIO) -> bytes:
    if isinstance(source, Path):
        content = _file_content(source)
    else:
        content = source if isinstance(source, bytes) else source.read(MOST_BYTES + 1)
    if not content:
        raise UnreadablePicture(
            "The picture is empty (0 bytes).", remedy="Choose another file, or save it again."
        )
    if len(content) > MOST_BYTES:
        raise UnreadablePicture(
            f"The picture is larger than {MOST_BYTES // 2**20} MB.",
            remedy="Save a smaller copy as JPEG.",
        )
    return content


def _file_content(path: Path) -> bytes:
    remedy = "Check the spelling, or name another file."
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise UnreadablePicture(f"{path} is a folder.", remedy="Name the pictures in it.")
        if not stat.S_ISREG(kind):
            raise UnreadablePicture(f"{path} is not an ordinary file.", remedy=remedy)
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadablePicture(f"There is no file {path}.", remedy=remedy) from error
    except PermissionError as error:
        raise UnreadablePicture(
            f"{path} may not be read by you.", remedy="Change its permissions, or copy it."
        ) from error
    except OSError as error:
        raise UnreadablePicture(
            f"{path} could not be read ({error.strerror}).", remedy=remedy
        ) from error


# -- headers ------------------------------------------------------------------------------


def _header(content: bytes) -> _Header:
    """Format and size from the first bytes alone."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg_header(content)
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _Header("PNG", *struct.unpack_from(">II", content, 16))
        if content[:6] in (b"GIF87a", b"GIF89a"):
            return _Header("GIF", *struct.unpack_from("<HH", content, 6))
        if content.startswith(b"BM"):
            wide, high = struct.unpack_from("<ii", content, 18)
            return _Header("BMP", wide, abs(high))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp_header(content)
    except struct.error as error:
        raise _damaged() from error
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        raise UnreadablePicture(
            "This is a HEIC or AVIF picture, which cannot be read here.",
            remedy='Save or share it as JPEG (on an iPhone: Camera, Formats, "Most Compatible").',
        )
    raise UnreadablePicture(
        "This is no picture that can be read here, whatever its name says.",
        remedy=f"Choose a file in one of these formats: {_FORMATS}.",
    )


def _jpeg_header(content: bytes) -> _Header:
    for marker, segment in _segments(content):
        # SOF0…SOF15 hold the size; C4, C8 and CC are other things in that range.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            _, high, wide = struct.unpack_from(">BHH", segment)
            header = _Header("JPEG", wide, high)
            if marker in (0xC2, 0xC6, 0xCA, 0xCE):  # progressive
                if wide * high > MOST_PROGRESSIVE_PIXELS:
                    raise _too_large(header, MOST_PROGRESSIVE_PIXELS)
                if content.count(b"\xff\xda") > MOST_SCANS:
                    raise _damaged()
            return header
    raise _damaged()


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker and the body of each JPEG segment before the picture's own data."""
    place = 2
    while place + 4 <= len(content):
        marker = content[place + 1]
        if content[place] != 0xFF or marker in (0x00, 0xFF):  # padding
            place += 1
            continue
        if marker in (0xD9, 0xDA):
            return
        (length,) = struct.unpack_from(">H", content, place + 2)
        if length < 2:
            return
        yield marker, content[place + 4 : place + 2 + length]
        place += 2 + length


def _webp_header(content: bytes) -> _Header:
    kind = content[12:16]
    if kind == b"VP8X":
        wide, high = (int.from_bytes(content[k : k + 3], "little") + 1 for k in (24, 27))
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        wide, high = (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    else:
        wide, high = (n & 0x3FFF for n in struct.unpack_from("<HH", content, 26))
    return _Header("WEBP", wide, high)


def _damaged() -> UnreadablePicture:
    return UnreadablePicture(
        "The picture is damaged or was cut short.", remedy="Save or download it again."
    )


def _too_large(header: _Header, most: int) -> UnreadablePicture:
    kind = "WebP" if header.kind == "WEBP" else header.kind
    if most == MOST_PROGRESSIVE_PIXELS:
        kind = "progressive JPEG"
    return UnreadablePicture(
        f"The picture is {header.wide} × {header.high} pixels, too large to open safely.",
        remedy=f"Save a smaller copy: a {kind} may have {most / 1_000_000:g} million pixels here.",
    )


# -- pixels -------------------------------------------------------------------------------


def _jpeg(content: bytes, header: _Header) -> Pixels:
    import simplejpeg

    high, wide, colours, _ = simplejpeg.decode_jpeg_header(content, strict=False)
    if (high, wide) != (header.high, header.wide):  # two readers, two sizes: a trick
        raise _damaged()
    if colours not in ("YCbCr", "Gray", "RGB"):  # CMYK and YCCK need Pillow's care
        return _other(content, header)
    # The decoder can leave out detail for next to nothing; half, a quarter, an eighth.
    scale = 1
    while scale < 8 and max(header.wide, header.high) // (2 * scale) >= LONGEST_SIDE:
        scale *= 2
    least = {"min_height": header.high // scale, "min_width": header.wide // scale}
    if scale == 1:
        least = {}
    try:
        pixels = simplejpeg.decode_jpeg(content, **least)
    except ValueError as error:
        # Padding between the parts harms nothing, and Pillow knows that. The rest does.
        if "extraneous" not in str(error).lower():
            raise
        return _other(content, header)
    exif = (
        segment
        for marker, segment in _segments(content)
        if marker == 0xE1 and segment.startswith(b"Exif\0\0")
    )
    return _upright(_shortened(pixels), _orientation(next(exif, b"")))


def _orientation(exif: bytes) -> object:
    """What EXIF tells of the way the camera was held; 1, upright, where it tells nothing."""
    from PIL import Image

    notes = Image.Exif()
    try:
        notes.load(exif)
        return notes.get(_ORIENTATION, 1)
    except Exception:  # broken notes about a picture do not spoil the picture
        return 1


def _upright(pixels: Pixels, orientation: object) -> Pixels:
    """Undo the turn that EXIF tells of (Exif 2.32, tag Orientation), 1 to 8.

    Anything else in its place makes no sense and turns nothing.
    """
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels


def _shortened(pixels: Pixels) -> Pixels:
    """No side longer than ``LONGEST_SIDE``."""
    high, wide = pixels.shape[:2]
    if max(high, wide) <= LONGEST_SIDE:
        return pixels
    from PIL import Image

    return np.asarray(_reduced(Image.fromarray(pixels)))


def _other(content: bytes, header: _Header) -> Pixels:
    """Any format through Pillow, which opens only the format the first bytes claim."""
    from PIL import Image

    with Image.open(BytesIO(content), formats=(header.kind,)) as image:
        # The file's parts may disagree about its size; believe the larger.
        if image.width * image.height > MOST_PIXELS[header.kind]:
            larger = _Header(header.kind, image.width, image.height)
            raise _too_large(larger, MOST_PIXELS[header.kind])
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # only JPEG heeds this
        image.load()
        orientation = _orientation(image.info.get("exif", b""))
        small = _reduced(_unpacked(image))
    if small.mode.startswith("I"):  # 16 bits a pixel, grey
        grey = np.clip(np.asarray(small) >> 8, 0, 255).astype(np.uint8)
        small = Image.fromarray(grey)
    if small.mode in ("RGBA", "LA"):
        white = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(white, small.convert("RGBA"))
    return _upright(np.asarray(small.convert("RGB")), orientation)


def _unpacked(image: Image.Image) -> Image.Image:
    """A palette's numbers are no colours, and cannot be averaged before they are."""
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.convert("L") if image.mode == "1" else image


def _reduced(image: Image.Image) -> Image.Image:
    """No side longer than ``LONGEST_SIDE``."""
    from PIL import Image

    longer = max(image.size)
    if longer <= LONGEST_SIDE:
        return image
    share = LONGEST_SIDE / longer
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    gap = None if image.mode.startswith("I") else 2.0
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=gap)
