"""The sample photos under other light and with darker skin, through the whole reader.

No labelled groups are at hand, so nothing can be said of people. What can be measured is how a
reading moves when only the brightness of a face does: first of the face alone, as if its skin
were darker in the same room; then of the whole picture, lit from one side.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.senses.camera import open_picture
from affetto.senses.face import FaceReader
from affetto.senses.sense import ImageFrame
from affetto_training.degrade import GAMMA
from affetto_training.photos import SAME, VIEWED, overlap

Pixels = npt.NDArray[np.uint8]

# Stops of light; one stop down sends back half as much. From the lightest skin to the
# darkest it is two to three stops.
SKIN: Final = (0.5, 0.0, -0.5, -1.0, -1.5, -2.0, -2.5, -3.0)
ANGLES: Final = (0, 45, 90, 135, 180, 225, 270, 315)  # degrees; 0 is light from the right
HALF: Final = 0.5  # a face read with more than this is called sure
SIDE_LIGHT: Final = (1.0, 2.0, 4.0)  # stops from one edge of the face to the other


def with_skin(pixels: Pixels, box: Sequence[int], stops: float) -> Pixels:
    """The face sends back 2^stops as much light; the rest of the picture stays.

    The face is the ellipse in its box, with a soft edge. Its hair, eyes and teeth change
    too, which skin does not do.
    """
    away = np.hypot(*_from_middle(pixels.shape, box))
    inside = np.clip((1.15 - away) / 0.3, 0, 1)[..., None]
    return _relit(pixels, 2 ** (stops * inside))


def lit_from(pixels: Pixels, box: Sequence[int], angle: float, stops: float) -> Pixels:
    """The whole picture falls off away from ``angle``, ``stops`` across the face."""
    right, down = _from_middle(pixels.shape, box)
    turned = np.deg2rad(angle)
    towards = right * np.cos(turned) - down * np.sin(turned)
    return _relit(pixels, 2 ** (stops * (np.clip(towards, -1, 1) - 1) / 2)[..., None])


def measure(photos: Path, reader: FaceReader) -> dict[str, Any]:
    """Every named face that is read in its photo as it stands, read again in every light."""
    rows = []
    for name, viewed in VIEWED.items():
        if not viewed or not (photos / name).exists():
            continue
        frame = open_picture(photos / name)
        for k, face in enumerate(reader.look(frame, thorough=True).faces[: len(viewed)]):
            before: dict[str, Any] = {"photo": name, "face": k + 1}
            # the luminance of the face's middle, linear, in [0, 1]
            before["luminance"] = _luminance(frame.pixels, face.box)
            before["sure"] = max(face.probabilities.values()) > HALF
            for stops in SKIN:
                other = with_skin(frame.pixels, face.box, stops)
                rows.append(
                    before | {"change": "skin", "stops": stops} | _again(reader, frame, other, face)
                )
            for stops in SIDE_LIGHT:
                for angle in ANGLES:
                    other = lit_from(frame.pixels, face.box, angle, stops)
                    rows.append(
                        before
                        | {"change": "side", "stops": stops, "angle": angle}
                        | _again(reader, frame, other, face)
                    )
    return {
        "faces": len({(row["photo"], row["face"]) for row in rows}),
        "luminance": sorted({row["luminance"] for row in rows}),
        "darkest": _darkest(rows),
        "skin": _summed(rows, "skin", "stops"),
        "side": _summed(rows, "side", "stops"),
        "angle": _summed(rows, "side", "angle"),
    }


def _darkest(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each face, darkest first: its luminance, and how far down it was still read."""
    faces: dict[tuple[str, int], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: -float(row["stops"])):
        if row["change"] == "skin":
            face = faces.setdefault(
                (row["photo"], row["face"]),
                {"luminance": row["luminance"], "stops": None, "ended": False},
            )
            face["ended"] |= not row["read"]
            if not face["ended"]:
                face["stops"] = row["stops"]
    found = sorted(faces.values(), key=lambda face: float(face["luminance"]))
    return [{"luminance": face["luminance"], "stops": face["stops"]} for face in found]


def _again(reader: FaceReader, frame: ImageFrame, pixels: Pixels, face: Any) -> dict[str, Any]:
    look = reader.look(replace(frame, pixels=pixels), thorough=True)
    seen = next((f for f in look.faces if overlap(f.box, face.box) > SAME), None)
    if seen is None:
        doubt = next((f.doubt for f in look.unread if overlap(f.box, face.box) > SAME), None)
        return {"found": doubt is not None, "read": False, "doubt": doubt}
    return {
        "found": True,
        "read": True,
        "same": _top(seen.probabilities) == _top(face.probabilities),
        "moved": math.hypot(
            seen.reading.valence - face.reading.valence, seen.reading.arousal - face.reading.arousal
        ),
        "confidence": seen.reading.confidence,
    }


def _summed(rows: Sequence[dict[str, Any]], change: str, by: str) -> list[dict[str, Any]]:
    """For each value of ``by``: faces found, read, read alike, and how far readings moved."""
    found = []
    for value in dict.fromkeys(row[by] for row in rows if row["change"] == change):
        group = [row for row in rows if row["change"] == change and row[by] == value]
        read = [row for row in group if row["read"]]
        found.append(
            {
                by: value,
                "n": len(group),
                "found": sum(row["found"] for row in group),
                "read": len(read),
                "doubts": dict(Counter(row["doubt"] for row in group if row.get("doubt"))),
                "same": sum(row["same"] for row in read),
                "sure": sum(row["sure"] for row in read),
                "sure_same": sum(row["sure"] and row["same"] for row in read),
                "moved": round(float(np.mean([row["moved"] for row in read])), 4) if read else None,
                "confidence": round(float(np.mean([row["confidence"] for row in read])), 4)
                if read
                else None,
            }
        )
    return found


def _from_middle(
    shape: tuple[int, ...], box: Sequence[int]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """How far right and down of the face's middle each pixel is, in halves of its box."""
    x, y, wide, high = box
    right = (np.arange(shape[1]) + 0.5 - x - wide / 2) / (wide / 2)
    down = (np.arange(shape[0]) + 0.5 - y - high / 2) / (high / 2)
    across, along = np.meshgrid(right, down)
    return across, along


def _relit(pixels: Pixels, factor: npt.NDArray[np.float64]) -> Pixels:
    """Linear light times ``factor``, the same for every colour."""
    grey = pixels / 255 * factor ** (1 / GAMMA)
    return np.asarray((grey.clip(0, 1) * 255).round(), np.uint8)


def _luminance(pixels: Pixels, box: Sequence[int]) -> float:
    """Of the middle third of a face: median of ITU-R BT.709's weights in linear light."""
    x, y, wide, high = box
    middle = pixels[y + high // 3 : y + 2 * high // 3, x + wide // 3 : x + 2 * wide // 3] / 255
    return round(float(np.median((middle**GAMMA) @ np.array([0.2126, 0.7152, 0.0722]))), 3)


def _top(shares: Any) -> str:
    return str(max(shares, key=shares.__getitem__))
