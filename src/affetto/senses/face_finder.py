"""Where the faces are: pictures in, boxes and keypoints out.

Two nets of one kind look (BlazeFace, Bazarevsky et al. 2019, arXiv 1907.05047): the near
one at 128 × 128 knows faces before a screen and is quick; the far one at 192 × 192 also
knows small faces. Each answers for the cells of its grids with a score, a box and six
keypoints relative to the middle of the cell.

``web/src/reading/face_finder.ts`` does the same in the browser, and one golden file
(``tools/golden.py``) holds both to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol, Self

import numpy as np
import numpy.typing as npt

from affetto.inference import shelf
from affetto.inference.runner import OnnxRunner

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

RIGHT_EYE, LEFT_EYE, NOSE, MOUTH, RIGHT_EAR, LEFT_EAR = range(6)  # the face's own right


@dataclass(frozen=True, slots=True)
class Net:
    """How one of the nets sees and answers."""

    side: int  # pixels of its input
    grids: tuple[tuple[int, int], ...]  # cells along one side, and answers of each cell
    # The far net's box beside its own, which the house's geometry is measured with: so many
    # times as wide, and moved down the face by so many times its side.
    wider: float = 1.0
    lower: float = 0.0

    @property
    def answers(self) -> int:
        """How many boxes it gives."""
        return sum(cells * cells * each for cells, each in self.grids)


# Between the medians over ten faces in photographs (1.06 and -0.05) and over 500 training
# images of FER2013 (1.03 and -0.06).
NEAR: Final = Net(128, ((16, 2), (8, 6)), wider=1.05, lower=-0.055)
FAR: Final = Net(192, ((48, 1),))

SURE: Final = 0.5  # a score from here on is a face
SURE_IN_A_TILE: Final = 0.7  # closer looks are many, so each must be surer
SURE_NEAR: Final = 0.75  # of the near net's; it takes one picture in ten for a face at 0.5
# Of the longer side. The near net shows faces below 0.14 larger than they are, up to a
# half, and misses those below 0.1.
NEAR_ENOUGH: Final = 0.18
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
    """Finds faces with the nets that ``near`` and ``far`` run."""

    def __init__(self, near: OnnxRunner, far: OnnxRunner) -> None:
        self._near = near
        self._far = far

    @classmethod
    def of(cls, models: Path = shelf.MODELS) -> Self:
        """The finder with the nets of a folder. Raises ModelMissing."""
        near, far = (
            OnnxRunner(*shelf.find(name, folder=models))
            for name in ("face-detector-near", "face-detector")
        )
        return cls(near, far)

    def find(self, pixels: Pixels, *, thorough: bool = False) -> list[FoundFace]:
        """Every face in ``pixels``, uint8 (height, width, 3) RGB, largest first.

        A frame of live video is looked at by the near net, and by the far one when that
        finds nobody or only small faces.

        ``thorough`` is for still pictures: the far net looks first. Where it finds nobody,
        the near one looks, and then the far one steps back, for a face that fills the
        picture; where it finds nobody or only small faces, it looks closer, at overlapping
        squares. That costs a few times as much; a frame of live video is better served by
        the next frame.
        """
        faces = self._thorough(pixels) if thorough else self._quick(pixels)
        return sorted(faces, key=_area, reverse=True)[:MOST]

    def _quick(self, pixels: Pixels) -> list[FoundFace]:
        longer = max(pixels.shape[:2])
        faces = self._look(NEAR, pixels, sure=SURE_NEAR)
        if any(face.side >= NEAR_ENOUGH * longer for face in faces):
            return faces
        return self._look(FAR, pixels) or faces

    def _thorough(self, pixels: Pixels) -> list[FoundFace]:
        longer, shorter = max(pixels.shape[:2]), min(pixels.shape[:2])
        faces = self._look(FAR, pixels)
        if not faces:
            faces = self._look(NEAR, pixels, sure=SURE_NEAR)
        if not faces:
            back = self._look(FAR, pixels, share=STEPPED_BACK)
            faces = [face for face in back if face.side > FILLING * shorter]
        if longer > FAR.side and all(f.side < SMALL * longer for f in faces):
            closer = [face for tile in tiles(pixels.shape) for face in self._in_tile(pixels, tile)]
            faces = merged([*faces, *closer])
        return faces

    def _look(
        self, net: Net, pixels: Pixels, *, sure: float = SURE, share: float = 1.0
    ) -> list[FoundFace]:
        image, scale, left, top = letterboxed(pixels, net.side, share=share)
        outputs = (self._near if net is NEAR else self._far).run(image)
        corner = np.array([left, top], np.float32)
        placed = [
            as_far(
                FoundFace(
                    ((face.box.reshape(2, 2) - corner) / np.float32(scale)).ravel(),
                    (face.keypoints - corner) / np.float32(scale),
                    face.score,
                ),
                net,
            )
            for face in decoded(net, outputs["boxes"][0], outputs["scores"][0, :, 0], sure)
        ]
        return [face for face in placed if _is_within(face, pixels.shape)]

    def _in_tile(self, pixels: Pixels, tile: tuple[int, int, int, int]) -> Iterator[FoundFace]:
        left, top, right, bottom = tile
        high, wide = pixels.shape[:2]
        corner = np.array([left, top], np.float32)
        for face in self._look(FAR, pixels[top:bottom, left:right], sure=SURE_IN_A_TILE):
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


def letterboxed(pixels: Pixels, side: int, *, share: float = 1.0) -> tuple[Floats, float, int, int]:
    """The picture as a net takes it, and how it got there: scale, left, top.

    float32 (1, 3, side, side) in [-1, 1]; the picture keeps its shape, its longer side
    takes ``share`` of the input's, and black bars fill up. A point p of the picture lies
    at ``p * scale + (left, top)``.

    Pixels are averaged in whole blocks, as many as come nearest to one for each pixel of
    the result, and the result is sampled from those averages between the nearest four;
    beyond the last averages, they go on. An input of a block's rest is left out.
    """
    high, wide = pixels.shape[:2]
    scale = share * side / max(high, wide)
    new_wide, new_high = (max(1, math.floor(n * scale + 0.5)) for n in (wide, high))
    block = min(max(1, math.floor(1 / scale + 0.5)), high, wide)
    means = averaged(pixels, block)
    across, along = _between(new_wide, scale, block, means.shape[1])
    down, fall = _between(new_high, scale, block, means.shape[0])
    rows = means.take(down, 0)
    rows += (means.take(down + 1, 0, mode="clip") - rows) * fall[:, None, None]
    small = rows.take(across, 1)
    small += (rows.take(across + 1, 1, mode="clip") - small) * along[:, None]
    left, top = (side - new_wide) // 2, (side - new_high) // 2
    image = np.full((1, 3, side, side), -1.0, np.float32)
    inside = image[0, :, top : top + new_high, left : left + new_wide]
    np.multiply(small.transpose(2, 0, 1), np.float32(1 / 127.5), out=inside)
    inside -= 1.0
    return image, scale, left, top


def averaged(pixels: Pixels, block: int) -> Floats:
    """The mean of each whole block of ``block`` × ``block`` pixels, float32, [0, 255]."""
    if block == 1:
        return pixels.astype(np.float32)
    rows, columns = (n // block * block for n in pixels.shape[:2])
    # Added line by line, which numpy does ten times faster than a sum over an axis.
    tall: npt.NDArray[Any] = pixels[0:rows:block].astype(np.uint16 if block <= 257 else np.uint32)
    for k in range(1, block):
        tall += pixels[k:rows:block]
    sums: npt.NDArray[Any] = tall[:, 0:columns:block].astype(
        np.uint16 if block <= 16 else np.uint32
    )
    for k in range(1, block):
        sums += tall[:, k:columns:block]
    means: Floats = np.multiply(sums, np.float32(1 / (block * block)), dtype=np.float32)
    return means


def _between(
    count: int, scale: float, block: int, means: int
) -> tuple[npt.NDArray[np.intp], Floats]:
    """For each pixel of the result: the mean before it, and how far on to the next, [0, 1]."""
    places = ((np.arange(count) + 0.5) / scale - 0.5 * block) / block
    places = np.clip(places, 0, means - 1)
    before = places.astype(np.intp)
    return before, (places - before).astype(np.float32)


@lru_cache(maxsize=2)
def anchors(net: Net) -> Floats:
    """The middle of each answer's cell in pixels of the input, float32 (n, 2), row by row."""
    places = []
    for cells, each in net.grids:
        middles = (np.arange(cells, dtype=np.float32) + 0.5) * (net.side / cells)
        x, y = np.meshgrid(middles, middles)
        places.append(np.stack([x.ravel(), y.ravel()], axis=1).repeat(each, axis=0))
    return np.concatenate(places)


def decoded(net: Net, raw: Floats, logits: Floats, sure: float) -> list[FoundFace]:
    """What a net's answer means, in pixels of its input, one entry a face.

    raw float32 (n, 16), logits float32 (n,), where n is ``net.answers``.
    """
    likely = np.flatnonzero(logits > math.log(sure / (1 - sure)))
    if not likely.size:
        return []
    scores = 1 / (1 + np.exp(-np.clip(logits[likely], -80, 80)))
    points = raw[likely].reshape(-1, 8, 2).copy()  # middle, size, six keypoints
    middles = anchors(net)[likely]
    points[:, 0] += middles
    points[:, 2:] += middles[:, None]
    half = np.abs(points[:, 1]) / 2
    boxes = np.concatenate([points[:, 0] - half, points[:, 0] + half], axis=1)
    return merged(
        [FoundFace(boxes[k], points[k, 2:], float(scores[k])) for k in range(len(likely))]
    )


def as_far(face: FoundFace, net: Net) -> FoundFace:
    """A face that ``net`` found, with the box that the far net would give it."""
    if net.wider == 1.0 and net.lower == 0.0:
        return face
    across = level(face)
    down = np.array([-across[1], across[0]], np.float32)
    middle = (face.box[:2] + face.box[2:]) / 2 + down * np.float32(net.lower * face.side)
    half = (face.box[2:] - face.box[:2]) * np.float32(net.wider / 2)
    return FoundFace(np.concatenate([middle - half, middle + half]), face.keypoints, face.score)


def level(face: FoundFace) -> Floats:
    """The direction of the face's own horizontal in the picture, a unit vector (2,).

    The line of the eyes and the line from eyes to mouth each tell it; together they
    also hold for a profile, where the eyes nearly meet.
    """
    right, left, mouth = (face.keypoints[k] for k in (RIGHT_EYE, LEFT_EYE, MOUTH))
    fall = mouth - (right + left) / 2
    across = (left - right) + np.array([fall[1], -fall[0]], np.float32)
    length = float(np.hypot(*across))
    if length < 1e-3:
        return np.array([1.0, 0.0], np.float32)
    unit: Floats = (across / length).astype(np.float32)
    return unit


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
        if side < FAR.side // 2 or side > 0.8 * max(high, wide):
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
