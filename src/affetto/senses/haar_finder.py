"""The face detector of the earlier systems: OpenCV's Haar cascade (Viola & Jones, CVPR 2001).

An optional part, to compare with: it finds frontal faces only, and tells a box and
nothing else. OpenCV has had no cascades since its version 5.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import PartMissing
from affetto.senses.face_finder import FoundFace

Pixels = npt.NDArray[np.uint8]

STEP: Final = 1.3  # from one size looked for to the next
NEIGHBOURS: Final = 5  # finds that must agree
CASCADE: Final = "haarcascade_frontalface_default.xml"

# How the cascade's square lies to the box of our own detector, and where the face's points
# lie in it: medians over 829 of FER2013's training images in which both find a face, in
# widths of the square, from its middle; left and right made alike.
BOX_SIDE: Final = 0.93
BOX_BELOW: Final = 0.037
POINTS: Final = (
    (-0.18, -0.11), (0.18, -0.11), (0.0, 0.13), (0.0, 0.29), (-0.36, -0.04), (0.36, -0.04),
)  # fmt: skip

_REMEDY: Final = 'Install it with: pip install "affetto[haar]"'


class HaarFinder:
    """Finds faces as the earlier systems did; in the place of a ``FaceFinder``.

    Each find has the score 1, since the cascade gives none. May be shared by threads.
    Raises PartMissing where OpenCV, or its cascade, is not there.
    """

    def __init__(self) -> None:
        self._cascade, self._to_grey, self._equal = _cascade()
        self._looking = threading.Lock()

    def find(self, pixels: Pixels, *, thorough: bool = False) -> list[FoundFace]:
        """Every face in ``pixels``, uint8 (height, width, 3) RGB, largest first.

        ``thorough`` changes nothing here.
        """
        grey = self._to_grey(np.ascontiguousarray(pixels), self._equal)
        with self._looking:  # a cascade keeps what it works on in itself
            squares = self._cascade.detectMultiScale(grey, STEP, NEIGHBOURS)
        faces = [_as_found(*(float(n) for n in square[:3])) for square in squares]
        return sorted(faces, key=lambda face: face.side, reverse=True)


def _as_found(left: float, top: float, side: float) -> FoundFace:
    middle = np.array([left + side / 2, top + side / 2], np.float32)
    centre = middle + np.array([0, BOX_BELOW * side], np.float32)
    half = BOX_SIDE * side / 2
    return FoundFace(
        np.concatenate([centre - half, centre + half]).astype(np.float32),
        (middle + np.array(POINTS, np.float32) * side).astype(np.float32),
        1.0,
    )


def _cascade() -> tuple[Any, Any, int]:
    """The cascade, OpenCV's way to grey, and the name it has for RGB to grey."""
    try:
        import cv2
    except ImportError as error:
        raise PartMissing(
            "The Haar detector needs OpenCV, which is not installed.", remedy=_REMEDY
        ) from error
    folder = getattr(getattr(cv2, "data", None), "haarcascades", "")
    path = Path(folder) / CASCADE
    if not hasattr(cv2, "CascadeClassifier") or not path.is_file():
        raise PartMissing(
            f"OpenCV {cv2.__version__} has no Haar cascades; they were dropped in version 5.",
            remedy=_REMEDY,
        )
    return cv2.CascadeClassifier(str(path)), cv2.cvtColor, cv2.COLOR_RGB2GRAY
