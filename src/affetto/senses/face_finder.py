"""Where the faces are: pictures in, boxes and keypoints out.

The net is BlazeFace full-range (Bazarevsky et al. 2019, arXiv 1907.05047). It sees
the whole picture at 192 × 192, and answers for each cell of a 48 × 48 grid with a score,
a box and six keypoints relative to the middle of that cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from affetto.inference.runner import OnnxRunner

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

SIDE: Final = 192  # pixels of the net's input
GRID: Final = 48  # cells along one side
RIGHT_EYE, LEFT_EYE, NOSE, MOUTH, RIGHT_EAR, LEFT_EAR = range(6)  # the face's own right

SURE: Final = 0.5  # a score from here on is a face
SURE_IN_A_TILE: Final = 0.7  # closer looks are many, so each must be surer
STEPPED_BACK: Final = 0.45  # of the input's side, for a face that fills the picture
SAME: Final = 0.3  # boxes that share more of their union are one face
FILLING: Final = 0.5  # a face above this share of the shorter side fills the picture
SMALL: Final = 0.09  # a face below this share of the longer side deserves a closer look
MOST: Final = 64  # faces; a crowd is read only so far


@dataclass(frozen=True, slots=True)
class FoundFace:
    """One face in the pixels of the picture it was found in.

    box float32 (4,): left, top, right, bottom, brow to chin, and may reach over the
    edge; keypoints float32 (6, 2): x and y in the order of the constants above.
    """

    box: Floats
    keypoints: Floats
    score: float  # [0, 1]

    @property
    def side(self) -> float:
        """The box's shorter side in pixels."""
        return float(min(self.box[2] - self.box[0], self.box[3] - self.box[1]))


class Finder(Protocol):
    """Anything that finds faces in a picture."""

    def find(self, pixels: Pixels, *, thorough: bool = False) -> list[FoundFace]:
        """Every face in ``pixels``, uint8 (height, width, 3) RGB, largest first."""
        ...


class FaceFinder:
    """Finds faces with the detector that ``runner`` runs."""

    def __init__(self, runner: OnnxRunner) -> None:
        self._runner = runner

    def find(self, pixels: Pixels, *, thorough: bool = False) -> list[FoundFace]:
        """Every face in ``pixels``, uint8 (height, width, 3) RGB, largest first.

        ``thorough`` is for still pictures: where one look at the whole finds nobody, it
        steps back, for a face that fills the picture; where it finds nobody or only small
        faces, it looks closer, at overlapping squares. That costs a few times as much; a
        frame of live video is better served by the next frame.
        """
        faces = self._look(pixels, SURE)
        if thorough and not faces:
            faces = [
                face
                for face in self._look(pixels, SURE, share=STEPPED_BACK)
                if face.side > FILLING * min(pixels.shape[:2])
            ]
        longer = max(pixels.shape[:2])
        if thorough and longer > SIDE and all(f.side < SMALL * longer for f in faces):
            closer = [face for tile in tiles(pixels.shape) for face in self._in_tile(pixels, tile)]
            faces = merged([*faces, *closer])
        return sorted(faces, key=_area, reverse=True)[:MOST]

    def _look(self, pixels: Pixels, sure: float, *, share: float = 1.0) -> list[FoundFace]:
        image, scale, left, top = letterboxed(pixels, share=share)
        outputs = self._runner.run(image)
        found = decoded(outputs["boxes"][0], outputs["scores"][0, :, 0], sure)
        corner = np.array([left, top], np.float32)
        placed = [
            FoundFace(
                ((face.box.reshape(2, 2) - corner) / scale).ravel(),
                (face.keypoints - corner) / scale,
                face.score,
            )
            for face in found
        ]
        return [face for face in placed if _is_within(face, pixels.shape)]

    def _in_tile(self, pixels: Pixels, tile: tuple[int, int, int, int]) -> Iterator[FoundFace]:
        left, top, right, bottom = tile
        high, wide = pixels.shape[:2]
        corner = np.array([left, top], np.float32)
        for face in self._look(pixels[top:bottom, left:right], SURE_IN_A_TILE):
            box = (face.box.reshape(2, 2) + corner).ravel()
            # A face that a tile's edge cuts is whole in the neighbouring tile.
            cut = (
                (box[0] < left and left > 0)
                or (box[1] < top and top > 0)
                or (box[2] > right and right < wide)
                or (box[3] > bottom and bottom < high)
            )
            if not cut:
                yield FoundFace(box, face.keypoints + corner, face.score)


def letterboxed(pixels: Pixels, *, share: float = 1.0) -> tuple[Floats, float, int, int]:
    """The picture as the net takes it, and how it got there: scale, left, top.

    float32 (1, 3, 192, 192) in [-1, 1]; the picture keeps its shape, its longer side takes
    ``share`` of the input's, and black bars fill up. A point p of the picture lies at
    ``p * scale + (left, top)``.
    """
    from PIL import Image

    high, wide = pixels.shape[:2]
    scale = share * SIDE / max(high, wide)
    new_wide, new_high = max(1, round(wide * scale)), max(1, round(high * scale))
    small = Image.fromarray(pixels).resize(
        (new_wide, new_high), Image.Resampling.BILINEAR, reducing_gap=1.0
    )
    left, top = (SIDE - new_wide) // 2, (SIDE - new_high) // 2
    image = np.full((1, 3, SIDE, SIDE), -1.0, np.float32)
    inside = image[0, :, top : top + new_high, left : left + new_wide]
    np.multiply(np.asarray(small).transpose(2, 0, 1), np.float32(1 / 127.5), out=inside)
    inside -= 1.0
    return image, scale, left, top


def anchors() -> Floats:
    """The middle of each cell in pixels of the input, float32 (2304, 2), row by row."""
    middles = (np.arange(GRID, dtype=np.float32) + 0.5) * (SIDE / GRID)
    x, y = np.meshgrid(middles, middles)
    return np.stack([x.ravel(), y.ravel()], axis=1)


def decoded(raw: Floats, logits: Floats, sure: float) -> list[FoundFace]:
    """What the net's answer means, in pixels of its input, one entry a face.

    raw float32 (2304, 16), logits float32 (2304,).
    """
    likely = np.flatnonzero(logits > np.log(sure / (1 - sure)))
    if not likely.size:
        return []
    scores = 1 / (1 + np.exp(-np.clip(logits[likely], -80, 80)))
    points = raw[likely].reshape(-1, 8, 2).copy()  # middle, size, six keypoints
    middles = anchors()[likely]
    points[:, 0] += middles
    points[:, 2:] += middles[:, None]
    half = np.abs(points[:, 1]) / 2
    boxes = np.concatenate([points[:, 0] - half, points[:, 0] + half], axis=1)
    return merged(
        [FoundFace(boxes[k], points[k, 2:], float(scores[k])) for k in range(len(likely))]
    )


def merged(faces: list[FoundFace]) -> list[FoundFace]:
    """One entry a face, likeliest first.

    Boxes that overlap more than ``SAME`` are looks at one face, and are averaged
    by their scores: a mean jitters less from frame to frame than a winner does.
    """
    rest = sorted(faces, key=lambda face: face.score, reverse=True)
    kept: list[FoundFace] = []
    while rest:
        boxes = np.stack([face.box for face in rest])
        same = overlap(boxes[0], boxes) > SAME
        same[0] = True
        group = [face for face, is_same in zip(rest, same, strict=True) if is_same]
        rest = [face for face, is_same in zip(rest, same, strict=True) if not is_same]
        weights = np.array([face.score for face in group], np.float32)
        weights /= weights.sum()
        kept.append(
            FoundFace(
                np.tensordot(weights, np.stack([face.box for face in group]), 1),
                np.tensordot(weights, np.stack([face.keypoints for face in group]), 1),
                group[0].score,
            )
        )
    return kept


def overlap(box: Floats, boxes: Floats) -> Floats:
    """Intersection over union of one box (4,) with each of ``boxes`` (n, 4), in [0, 1]."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    union = np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) - shared
    share: Floats = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return share


def tiles(shape: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """Overlapping squares (left, top, right, bottom) that cover a picture twice over.

    First as large as the shorter side, where that is a closer look at all, then half.
    Neighbours share half their width, so any face up to that size is whole in one.
    """
    high, wide = shape[:2]
    shorter = min(high, wide)
    squares = []
    for side in (shorter, shorter // 2):
        if side < SIDE // 2 or side > 0.8 * max(high, wide):
            continue
        squares += [
            (left, top, left + side, top + side)
            for top in _starts(high, side)
            for left in _starts(wide, side)
        ]
    return squares


def _starts(length: int, side: int) -> list[int]:
    count = 1 + -(-2 * (length - side) // side)  # steps of at most half a side
    return [round(k * (length - side) / max(1, count - 1)) for k in range(count)]


def _is_within(face: FoundFace, shape: tuple[int, ...]) -> bool:
    """Whether the middle of the face is in the picture, not in the bars beside it."""
    x, y = (face.box[:2] + face.box[2:]) / 2
    return bool(0 <= x < shape[1] and 0 <= y < shape[0])


def _area(face: FoundFace) -> float:
    return float(np.prod(face.box[2:] - face.box[:2]))
