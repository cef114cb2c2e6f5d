"""Write the golden file that holds the two languages of the reading to each other.

    python tools/golden.py            write tests/golden/face-reading.{json,bin}

``src/affetto/senses/face_*.py`` reads faces on the server, ``web/src/reading/face_*.ts`` in
the browser, with the same models. What the first says of made pictures, stage by stage, is
kept here, and both test suites compare themselves with it. Run it after a change of the
reading or of a model, and look at what changed.

The pictures are made of scikit-image's astronaut (NASA, public domain) by whole numbers
alone, so that any language makes the same pixels. The .bin holds the parts, RGB, one after
the other. A frame is painted so, in this order:

* each pixel is ``ground``; where ``noise`` is not 0, plus a draw in [0, noise) for each
  colour of each pixel, row by row: s = (s * 1664525 + 1013904223) mod 2**32 from s = ``seed``,
  then (s >> 16) * noise >> 16;
* each layer lies over what is there. With ``part``, pixel (x, y) shows the part's pixel
  ((a x + b y + c) >> 16, (d x + e y + f) >> 16), each colour times ``gain`` >> 8, wherever
  that is inside the part and, unless that is null, (x, y) inside the rectangle ``within``;
  with ``cover``, the rectangle is ``grey``. A rectangle is x, y, width, height;
* what is above 255 is 255.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import skimage.data
from PIL import Image, ImageFilter

import house
from affetto.emotion import EXPRESSIONS
from affetto.inference import shelf
from affetto.inference.runner import OnnxRunner
from affetto.senses.face import FaceReader, Look, reading_of
from affetto.senses.face_crop import cropped, quality
from affetto.senses.face_doubt import (
    EYES,
    MOUTH,
    barest,
    doubt_of_crop,
    doubt_of_place,
    doubt_of_votes,
    relief,
)
from affetto.senses.face_finder import (
    FAR,
    NEAR,
    SURE,
    SURE_NEAR,
    FaceFinder,
    FoundFace,
    letterboxed,
    level,
    tiles,
)
from affetto.senses.face_pose import HEAD, turned_by
from affetto.senses.face_votes import opinions
from affetto.senses.sense import ImageFrame
from affetto.wiring import MODELS

FOLDER = house.ROOT / "tests" / "golden"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FACE = (78.0, 69.0, 183.0, 174.0)  # the face in the part "portrait"
JITTERED = 13  # faces beside each found one, its box and points moved by draws
SAMPLES = 40  # values kept of a crop, and of an image that a net is given


def parts() -> dict[str, np.ndarray]:
    """What pictures are made of, uint8 (height, width, 3)."""
    portrait = np.ascontiguousarray(skimage.data.astronaut()[:256, 96:352])
    soft = Image.fromarray(portrait).filter(ImageFilter.GaussianBlur(5)).resize((128, 128))
    return {"portrait": portrait, "soft": np.asarray(soft)}


def shown(
    side: float,
    x: float,
    y: float,
    *,
    part: str = "portrait",
    tilt: float = 0.0,
    narrow: float = 1.0,
    high: float = 1.0,
    gain: int = 256,
    within: tuple[int, int, int, int] | None = None,
) -> dict[str, Any]:
    """A layer with the face ``side`` pixels wide, its middle at (x, y), tilted by degrees.

    ``narrow`` squeezes it from the sides and ``high`` from above; below 0 it is mirrored.
    """
    whole = 256 / (128 if part == "soft" else 256)
    scale = (FACE[2] - FACE[0]) / side / whole
    cos, sin = math.cos(math.radians(tilt)) * scale, math.sin(math.radians(tilt)) * scale
    a, b, d, e = cos / narrow, sin / narrow, -sin / high, cos / high
    middle = ((FACE[0] + FACE[2]) / 2 / whole, (FACE[1] + FACE[3]) / 2 / whole)
    c, f = middle[0] - a * x - b * y, middle[1] - d * x - e * y
    return {
        "part": part,
        "matrix": [round(n * 65536) for n in (a, b, c, d, e, f)],
        "gain": gain,
        "within": within,
    }


def mouth(
    side: float, x: float, y: float, at: int, *, high: float = -1.0, up: int = 30
) -> dict[str, Any]:
    """A layer that shows the strip around row ``at`` of a face again, stretched or upside down."""
    return shown(
        side, x, at + (y - at) * high, high=high, within=(round(x - 50), at - up, 100, 2 * up)
    )


def covering(x: int, y: int, wide: int, high: int, grey: int) -> dict[str, Any]:
    """A layer that hides a rectangle."""
    return {"cover": [x, y, wide, high], "grey": grey}


def frame(
    name: str,
    *layers: dict[str, Any],
    size: tuple[int, int] = (640, 480),
    ground: int = 90,
    noise: int = 0,
    thorough: bool = False,
    most: int | None = None,
) -> dict[str, Any]:
    """One picture, as a recipe."""
    return {
        "name": name,
        "width": size[0],
        "height": size[1],
        "ground": ground,
        "noise": noise,
        "seed": 7,
        "layers": list(layers),
        "thorough": thorough,
        "most": most,
    }


FRAMES = (
    frame("before a screen", shown(170, 320, 230)),
    frame("close", shown(300, 330, 260), most=1),
    frame("small", shown(62, 200, 300)),
    frame("too small", shown(36, 200, 120), size=(320, 240)),
    frame("tilted", shown(160, 250, 240, tilt=18), noise=30),
    frame("tilted the other way, mirrored", shown(190, 350, 200, tilt=-14, narrow=-1.0)),
    frame("dim", shown(180, 320, 240, gain=70), ground=20, noise=8),
    frame("dark", shown(180, 320, 240, gain=26), ground=6),
    frame("bright", shown(180, 300, 240, gain=330), ground=200, noise=40),
    frame("blurred", shown(180, 320, 240, part="soft")),
    frame("mouth covered", shown(200, 320, 220), covering(235, 245, 170, 110, 120)),
    frame("eyes covered", shown(200, 320, 220), covering(225, 165, 190, 60, 15)),
    frame("squeezed from the sides", shown(220, 320, 240, narrow=0.55)),
    frame("two people", shown(150, 160, 240), shown(105, 480, 220, tilt=6)),
    frame(
        "three people, one asked for",
        shown(130, 120, 200),
        shown(150, 330, 260),
        shown(100, 540, 180, narrow=-1.0),
        most=1,
    ),
    frame("mouth upside down", shown(200, 320, 220), mouth(200, 320, 220, 262)),
    frame("mouth a little open", shown(200, 320, 220), mouth(200, 320, 220, 262, high=1.7)),
    frame("at the edge", shown(190, 60, 120)),
    frame("a still picture", shown(120, 220, 160), size=(413, 377), noise=24, thorough=True),
    frame("far away in a still", shown(44, 830, 410), size=(1280, 720), thorough=True),
    frame("fills the still", shown(235, 118, 125), size=(236, 250), thorough=True),
    frame("tall", shown(140, 150, 420), size=(301, 640)),
    frame("wide", shown(105, 700, 130), size=(901, 250), thorough=True),
    frame("large", shown(420, 900, 520, tilt=-5), size=(1920, 1080)),
    frame("nobody", ground=128),
    frame("nobody, noise", size=(320, 240), ground=0, noise=255, thorough=True),
    frame("a single pixel", size=(1, 1), thorough=True),
)


def painted(recipe: dict[str, Any], named: dict[str, np.ndarray]) -> np.ndarray:
    """The pixels of a frame, uint8 (height, width, 3)."""
    high, wide = recipe["height"], recipe["width"]
    pixels = np.full((high, wide, 3), recipe["ground"], np.int64)
    if recipe["noise"]:
        pixels += _draws(recipe["seed"], pixels.size).reshape(pixels.shape) * recipe["noise"] >> 16
    y, x = np.mgrid[:high, :wide]
    for layer in recipe["layers"]:
        if "cover" in layer:
            left, top, across, down = layer["cover"]
            pixels[top : top + down, left : left + across] = layer["grey"]
            continue
        part = named[layer["part"]]
        a, b, c, d, e, f = layer["matrix"]
        column, row = (a * x + b * y + c) >> 16, (d * x + e * y + f) >> 16
        inside = (column >= 0) & (column < part.shape[1]) & (row >= 0) & (row < part.shape[0])
        if layer["within"]:
            left, top, across, down = layer["within"]
            inside &= (x >= left) & (x < left + across) & (y >= top) & (y < top + down)
        pixels[inside] = part[row[inside], column[inside]].astype(np.int64) * layer["gain"] >> 8
    return np.minimum(pixels, 255).astype(np.uint8)


def _draws(seed: int, count: int) -> np.ndarray:
    """The first draws, 16 bits each."""
    drawn, state = np.empty(count, np.int64), seed
    for k in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        drawn[k] = state >> 16
    return drawn


# -- what Python says of them -----------------------------------------------------------


def written(named: dict[str, np.ndarray]) -> dict[str, Any]:
    """All that goes into the .json, from these parts."""
    finder = FaceFinder.of()
    reader = FaceReader(finder=finder)
    expressions = OnnxRunner(*shelf.find("expression"))
    draw = np.random.default_rng(20261121)
    offset, places = 0, {}
    for name, part in named.items():
        places[name] = {"offset": offset, "width": part.shape[1], "height": part.shape[0]}
        offset += part.size
    return {
        "about": "Written by tools/golden.py, which says what this is; never edited by hand.",
        "models": {name: shelf.find(name)[1].sha256 for name in MODELS},
        "expressions": list(EXPRESSIONS),
        "parts": places,
        "frames": [
            {**recipe, **said_of(recipe, painted(recipe, named), finder, reader, expressions, draw)}
            for recipe in FRAMES
        ],
        "tiles": [
            {"shape": shape, "squares": tiles(shape)}
            for shape in ((480, 640), (720, 1280), (1600, 704), (97, 133), (200, 900))
        ],
    }


def said_of(
    recipe: dict[str, Any],
    pixels: np.ndarray,
    finder: FaceFinder,
    reader: FaceReader,
    expressions: OnnxRunner,
    draw: np.random.Generator,
) -> dict[str, Any]:
    """What is said of one frame, stage by stage."""
    found = finder.find(pixels, thorough=recipe["thorough"])
    looked = reader.look(ImageFrame(pixels, NOON), thorough=recipe["thorough"], most=recipe["most"])
    tried = list(found)
    for face in found[:1]:
        tried += [_moved(face, draw, turned=k % 5 == 4) for k in range(JITTERED)]
    return {
        "sum": int(pixels.sum()),
        "prepared": {
            "near": _prepared(pixels, NEAR.side, 1.0),
            "far": _prepared(pixels, FAR.side, 1.0),
            "stepped back": _prepared(pixels, FAR.side, 0.45),
        },
        "near": [_face(face) for face in finder._look(NEAR, pixels, sure=SURE_NEAR)],
        "far": [_face(face) for face in finder._look(FAR, pixels, sure=SURE)],
        "found": [_face(face) for face in found],
        "crops": [_crop(pixels, face, expressions) for face in tried],
        "look": _look(looked),
    }


def _moved(face: FoundFace, draw: np.random.Generator, *, turned: bool) -> FoundFace:
    """A face whose box and points lie a little elsewhere; or turned to its side."""
    side, middle = face.side, (face.box[:2] + face.box[2:]) / 2
    middle = middle + draw.normal(0, 0.06, 2) * side
    half = side / 2 * draw.uniform(0.75, 1.35)
    points = face.keypoints + draw.normal(0, 0.05, (6, 2)) * side
    if turned:
        yaw = math.radians(draw.uniform(30, 80))
        head = HEAD * side / 14  # cm to pixels: as wide as the box from ear to ear
        across = head[:, 0] * math.cos(yaw) + head[:, 2] * math.sin(yaw)
        points = middle + np.stack([across, head[:, 1]], axis=1)
    box = np.concatenate([middle - half, middle + half])
    return FoundFace(box.astype(np.float32), points.astype(np.float32), face.score)


def _prepared(pixels: np.ndarray, side: int, share: float) -> dict[str, Any]:
    """What a net is given: where the picture lies in it, and every so-manieth value."""
    image, scale, left, top = letterboxed(pixels, side, share=share)
    return {
        "side": side,
        "share": share,
        "scale": scale,
        "left": left,
        "top": top,
        "mean": _short(image.astype(np.float64).mean()),
        "every": (step := image.size // SAMPLES),
        "samples": _all(image.ravel()[::step][:SAMPLES]),
    }


def _face(face: FoundFace) -> dict[str, Any]:
    return {
        "box": _all(face.box),
        "keypoints": [_all(point) for point in face.keypoints],
        "score": _short(face.score),
    }


def _crop(pixels: np.ndarray, face: FoundFace, expressions: OnnxRunner) -> dict[str, Any]:
    """One face, from its place in the picture to its reading."""
    # What is written is what the other language is given, to the last digit.
    told = _face(face)
    face = FoundFace(
        np.array(told["box"], np.float32), np.array(told["keypoints"], np.float32), face.score
    )
    crop = cropped(pixels, face)
    seen = quality(crop, face)
    outputs = expressions.run(crop[None, None])
    (opinion,) = opinions(outputs, expressions.card)
    reading = reading_of(opinion.probabilities, seen, at=NOON, named=opinion.named)
    return {
        **told,
        "level": _all(level(face)),
        "turned_by": _short(turned_by(face)),
        "every": (step := crop.size // SAMPLES),
        "samples": _all(crop.ravel()[::step][:SAMPLES]),
        "quality": {
            "pixels": _short(seen.pixels),
            "light": _short(seen.light),
            "contrast": _short(seen.contrast),
            "detail": _short(seen.detail),
            "trust": _short(seen.trust),
        },
        "relief": {"eyes": _short(relief(crop, EYES)), "mouth": _short(relief(crop, MOUTH))},
        "barest": _short(barest(crop)),
        "doubts": {
            "place": doubt_of_place(face),
            "crop": doubt_of_crop(crop, seen),
            "votes": doubt_of_votes(opinion.unclear),
        },
        "votes": _all(outputs["votes"][0]),
        "probabilities": {name: _short(p) for name, p in opinion.probabilities.items()},
        "named": _short(opinion.named),
        "unclear": _short(opinion.unclear),
        "reading": {
            "valence": _short(reading.valence),
            "arousal": _short(reading.arousal),
            "covariance": _all(reading.covariance),
            "confidence": _short(reading.confidence),
        },
    }


def _look(look: Look) -> dict[str, Any]:
    """The answer to the whole frame, in the shape that the page uses."""
    return {
        "faces": [
            {
                "box": list(face.box),
                "probabilities": {name: _short(p) for name, p in face.probabilities.items()},
                "expression": face.reading.expression,
                "valence": _short(face.reading.valence),
                "arousal": _short(face.reading.arousal),
                "covariance": _all(face.reading.covariance),
                "confidence": _short(face.reading.confidence),
            }
            for face in look.faces
        ],
        "unread": [{"box": list(face.box), "doubt": face.doubt} for face in look.unread],
        "others": look.others,
    }


def _short(number: float) -> float:
    """Seven digits: what single precision holds."""
    return float(f"{float(number):.7g}")


def _all(numbers: Any) -> list[float]:
    return [_short(number) for number in numbers]


def main() -> int:
    """Write both files."""
    FOLDER.mkdir(exist_ok=True)
    named = parts()
    whole = written(named)
    Path(FOLDER / "face-reading.bin").write_bytes(b"".join(p.tobytes() for p in named.values()))
    text = json.dumps(whole, separators=(",", ":"))
    # One line a frame, so that a difference shows where it is.
    text = text.replace('{"name":', '\n{"name":')
    Path(FOLDER / "face-reading.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    crops = sum(len(one["crops"]) for one in whole["frames"])
    print(f"{len(whole['frames'])} frames, {crops} crops, {len(text) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    house.main(main)
