"""Boxes and labels drawn on a picture, readable on any picture of any size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from affetto.cli.reading.saving import whole
from affetto.cli.reading.words import DOUBTS, UNSURE, look_of, percent

if TYPE_CHECKING:
    from affetto.emotion import EmotionReading
    from affetto.senses.face import Look, UnreadFace

Pixels = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]
Colour = tuple[int, int, int]

# One for each expression, told apart by most colour-blind people too; never the only sign.
COLOURS: Final[dict[str, Colour]] = {
    "happy": (240, 178, 62),
    "surprise": (226, 143, 190),
    "neutral": (168, 184, 191),
    "sad": (92, 160, 224),
    "fear": (160, 140, 232),
    "angry": (236, 106, 82),
    "disgust": (140, 190, 108),
}
GREY: Final[Colour] = (205, 205, 205)
_PLATE: Final = (18, 22, 26, 214)
_SHADOW: Final = (0, 0, 0, 130)

LEAST_SIDE: Final = 240  # a smaller picture is drawn larger, so that a label fits on it
MOST_SIDE: Final = 3200
TEXT_SHARE: Final = 0.026  # of the picture's longer side


@dataclass(frozen=True, slots=True)
class Mark:
    """One face to mark: box in pixels of the picture; dashed where it was not read."""

    box: Box
    words: str
    colour: Colour
    dashed: bool = False


def marks_of(look: Look) -> list[Mark]:
    """A mark for each face of one look, numbered as in the words when there are several."""
    count = len(look.faces) + len(look.unread)
    marks = [read_mark(face.box, face.reading) for face in look.faces]
    marks += [unread_mark(face) for face in look.unread]
    if count < 2:
        return marks
    return [
        Mark(m.box, f"{number}  {m.words}", m.colour, m.dashed) for number, m in enumerate(marks, 1)
    ]


def read_mark(box: Box, reading: EmotionReading) -> Mark:
    """The mark of a face that was read."""
    perhaps = "perhaps " if reading.confidence < UNSURE else ""
    words = f"{perhaps}{look_of(reading)}  {percent(reading)}"
    return Mark(box, words, COLOURS.get(reading.expression or "", GREY))


def unread_mark(face: UnreadFace) -> Mark:
    """The mark of a face that was found and not read."""
    return Mark(face.box, DOUBTS[face.doubt][0], GREY, dashed=True)


def drawn(pixels: Pixels, marks: Sequence[Mark]) -> Image.Image:
    """The picture, uint8 (height, width, 3) RGB, with its marks; a small one grows."""
    image = Image.fromarray(pixels)
    times = _growth(*image.size)
    if times > 1:
        size = (image.width * times, image.height * times)
        image = image.resize(size, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(image, "RGBA")
    text_high = min(48, max(14, round(TEXT_SHARE * max(image.size))))
    line = max(2, round(text_high / 9))
    taken: list[Box] = []
    for mark in marks:
        x, y, wide, high = _grown_box(mark.box, times)
        corners = (x, y, x + wide - 1, y + high - 1)
        if mark.dashed:
            _dashed(pen, corners, mark.colour, line)
        else:
            pen.rectangle(_grown(corners, 1), outline=_SHADOW, width=line + 2)
            pen.rectangle(corners, outline=mark.colour, width=line)
    boxes = [_grown_box(mark.box, times) for mark in marks]
    for number, mark in enumerate(marks):  # labels above every box
        faces = boxes[:number] + boxes[number + 1 :]
        plate = _labelled(pen, boxes[number], mark, text_high, image.size, taken, faces)
        taken.append(plate)
    return image


def save(image: Image.Image, path: Path) -> None:
    """Write a picture in the format its name ends in, and nothing but the picture."""
    kind = {".png": "PNG", ".webp": "WEBP"}.get(path.suffix.casefold(), "JPEG")
    with whole(path) as part:
        image.save(part, kind, **({} if kind == "PNG" else {"quality": 90}))


def _growth(wide: int, high: int) -> int:
    """How many times larger a picture must be for labels to fit on it."""
    wanted = math.ceil(LEAST_SIDE / min(wide, high))
    return max(1, min(wanted, MOST_SIDE // max(wide, high)))


def _grown_box(box: Box, times: int) -> Box:
    x, y, wide, high = box
    return times * x, times * y, times * wide, times * high


def _grown(corners: Box, by: int) -> Box:
    left, top, right, bottom = corners
    return left - by, top - by, right + by, bottom + by


def _dashed(pen: Any, corners: Box, colour: Colour, line: int) -> None:
    left, top, right, bottom = corners
    pen.rectangle(_grown(corners, 1), outline=_SHADOW, width=line + 2)
    dash = 4 * line
    for start in range(left, right, 2 * dash):
        end = min(start + dash, right)
        pen.rectangle((start, top, end, top + line - 1), fill=colour)
        pen.rectangle((start, bottom - line + 1, end, bottom), fill=colour)
    for start in range(top, bottom, 2 * dash):
        end = min(start + dash, bottom)
        pen.rectangle((left, start, left + line - 1, end), fill=colour)
        pen.rectangle((right - line + 1, start, right, end), fill=colour)


def _labelled(
    pen: Any,
    box: Box,
    mark: Mark,
    text_high: int,
    size: tuple[int, int],
    taken: Sequence[Box],
    faces: Sequence[Box],
) -> Box:
    """Write a label on a dark plate near ``box``; returns the plate: x, y, width, height.

    It keeps clear of the plates ``taken`` and, where there is room, of other ``faces``.
    """
    wide = size[0] + 1
    while True:
        font = ImageFont.load_default(text_high)
        pad, edge = round(text_high * 0.45), max(3, round(text_high / 5))
        wide = round(pen.textlength(mark.words, font=font)) + 2 * pad + edge
        if wide <= size[0] or text_high <= 8:
            break
        text_high -= 1
    high = round(text_high * 1.55)
    x, y, box_wide, box_high = box
    gap = max(2, text_high // 6)
    places = [
        (x, y - high - gap),
        (x, y + box_high + gap),
        (x + box_wide - wide, y - high - gap),
        (x + box_wide - wide, y + box_high + gap),
        (x + box_wide + gap, y),
        (x, y + box_high + high + 2 * gap),
        (x, y - 2 * (high + gap)),
        (x + gap, y + gap),
        (x + gap, y + box_high - high - gap),
    ]
    kept = [_inside(left, top, wide, high, size) for left, top in places]
    whole = [p for p, (_, top) in zip(kept, places, strict=True) if p[1] == top]  # in height
    plate = next(
        iter(
            [
                *(p for p in whole if _clear(p, [*taken, *faces])),
                *(p for p in kept if _clear(p, taken)),
                kept[-2],
            ]
        )
    )
    left, top = plate[:2]
    pen.rectangle((left, top, left + wide - 1, top + high - 1), fill=_PLATE)
    pen.rectangle((left, top, left + edge - 1, top + high - 1), fill=mark.colour)
    middle = (left + edge + pad, top + high / 2)
    pen.text(middle, mark.words, font=font, fill=(255, 255, 255), anchor="lm")
    return plate


def _inside(left: int, top: int, wide: int, high: int, size: tuple[int, int]) -> Box:
    return (
        max(0, min(left, size[0] - wide)),
        max(0, min(top, size[1] - high)),
        wide,
        high,
    )


def _clear(plate: Box, taken: Sequence[Box]) -> bool:
    x, y, wide, high = plate
    return all(
        x >= left + w or left >= x + wide or y >= top + h or top >= y + high
        for left, top, w, h in taken
    )
