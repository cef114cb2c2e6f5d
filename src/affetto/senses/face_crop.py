"""One face cut out the way the expression net learnt to see faces.

FER2013, which the net learns from, holds tight grey crops of 48 × 48. The geometry
below was measured with our own detector on 1,692 of its training images (medians): the
box is 40.8 pixels wide, and its middle lies at (24.0, 25.8). Those crops were upright
photographs of tilted heads (roll: sd 12°); ours are levelled, which loses nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.senses.face_finder import FoundFace, level

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

SIDE: Final = 48  # pixels of a crop
BOX_SIDE: Final = 40.8  # of the detector's box inside a crop, in its pixels
BOX_MIDDLE: Final = (24.0, 25.8)

# ITU-R BT.601 luma, which made FER2013 grey.
GREY: Final = np.array([0.299, 0.587, 0.114], np.float32)

ENOUGH_PIXELS: Final = 40.0  # a face this wide shows all that the net can use
# One in a hundred of FER2013's crops has less; beyond that the net is on its own.
ENOUGH_LIGHT: Final = 0.21
ENOUGH_CONTRAST: Final = 0.10
ENOUGH_DETAIL: Final = 0.27


@dataclass(frozen=True, slots=True)
class Quality:
    """What a crop has to show, each in the unit said."""

    pixels: float  # width of the face in the picture
    light: float  # mean grey, [0, 1]
    contrast: float  # standard deviation of grey, [0, 0.5]
    detail: float  # mean |Laplacian| over the standard deviation; falls with blur

    @property
    def trust(self) -> float:
        """How far a crop like this can be believed, in [0, 1].

        The product of three shares, each 1 when there is enough and falling in
        proportion below: light; contrast; and the lesser of size and detail, since a
        tiny face is also a blurred one and should not pay twice.
        """
        return (
            min(1.0, self.light / ENOUGH_LIGHT)
            * min(1.0, self.contrast / ENOUGH_CONTRAST)
            * min(1.0, self.pixels / ENOUGH_PIXELS, self.detail / ENOUGH_DETAIL)
        )


def cropped(pixels: Pixels, face: FoundFace) -> Floats:
    """The face level, tight and grey: float32 (48, 48) in [0, 1].

    ``pixels`` is uint8 (height, width, 3), RGB. Beyond the picture's edge its last
    pixels go on.
    """
    across = level(face)
    down = np.array([-across[1], across[0]], np.float32)
    step = face.side / BOX_SIDE  # picture pixels for one pixel of the crop
    middle = (face.box[:2] + face.box[2:]) / 2
    half = (SIDE - 1) / 2
    centre = (  # of the crop, in the picture; the -0.5 turns edges into pixel middles
        middle
        + across * (SIDE / 2 - BOX_MIDDLE[0]) * step
        + down * (SIDE / 2 - BOX_MIDDLE[1]) * step
        - 0.5
    )

    # The part of the picture that matters, shrunk by whole steps so that what follows
    # samples about every pixel once or twice and nothing aliases.
    shrink = max(1, min(int(step / 1.5), *pixels.shape[:2]))
    reach = half * step * math.sqrt(2) + 2 * shrink
    part, origin = _grey_part(pixels, centre, reach, shrink)
    centre, step = (centre - origin - (shrink - 1) / 2) / shrink, step / shrink

    finer = 2 if step > 1.2 else 1
    places = (np.arange(SIDE * finer, dtype=np.float32) + 0.5) / finer - 0.5 - half
    x = centre[0] + step * (places[None, :] * across[0] + places[:, None] * down[0])
    y = centre[1] + step * (places[None, :] * across[1] + places[:, None] * down[1])
    crop = _sampled(part, x, y)
    if finer > 1:
        crop = crop.reshape(SIDE, finer, SIDE, finer).mean((1, 3))
    grey: Floats = np.ascontiguousarray(crop, np.float32) / np.float32(255)
    return grey


def quality(crop: Floats, face: FoundFace) -> Quality:
    """Judge a crop made by ``cropped``."""
    contrast = float(crop.std())
    laplacian = (
        4 * crop[1:-1, 1:-1] - crop[:-2, 1:-1] - crop[2:, 1:-1] - crop[1:-1, :-2] - crop[1:-1, 2:]
    )
    detail = float(np.abs(laplacian).mean()) / max(contrast, 1e-3)
    return Quality(face.side, float(crop.mean()), contrast, detail)


def _grey_part(
    pixels: Pixels, centre: Floats, reach: float, shrink: int
) -> tuple[Floats, npt.NDArray[np.float32]]:
    """The square around ``centre`` in grey [0, 255], shrunk by whole steps, and its origin."""
    high, wide = pixels.shape[:2]
    left, right = _span(float(centre[0]), reach, wide, shrink)
    top, bottom = _span(float(centre[1]), reach, high, shrink)
    grey = pixels[top:bottom, left:right].astype(np.float32) @ GREY
    if shrink > 1:
        rows, columns = grey.shape[0] // shrink, grey.shape[1] // shrink
        grey = grey[: rows * shrink, : columns * shrink]
        grey = grey.reshape(rows, shrink, columns, shrink).mean((1, 3))
    return grey, np.array([left, top], np.float32)


def _span(middle: float, reach: float, length: int, shrink: int) -> tuple[int, int]:
    """Where a stretch of ``length`` is needed, at least ``shrink`` long and inside it."""
    low = min(max(0, math.floor(middle - reach)), length - shrink)
    high = max(min(length, math.ceil(middle + reach) + 1), low + shrink)
    return low, high


def _sampled(part: Floats, x: Floats, y: Floats) -> Floats:
    """Bilinear samples of ``part`` at pixel positions; outside, the edge goes on."""
    rows, columns = part.shape
    x, y = np.clip(x, 0, columns - 1), np.clip(y, 0, rows - 1)
    left, top = x.astype(np.intp), y.astype(np.intp)
    dx, dy = (x - left).astype(np.float32), (y - top).astype(np.float32)
    first = top * columns + left  # of four neighbours, in the part laid out flat
    aside = left < columns - 1
    below = np.where(top < rows - 1, columns, 0)
    flat = part.ravel()
    upper = flat.take(first) * (1 - dx) + flat.take(first + aside) * dx
    first += below
    lower = flat.take(first) * (1 - dx) + flat.take(first + aside) * dx
    sampled: Floats = upper * (1 - dy) + lower * dy
    return sampled
