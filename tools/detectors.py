"""Our face detector beside the earlier systems' Haar cascade, on the sample photos.

.venv/bin/python tools/detectors.py --photos FOLDER     a table for a page

Where the faces are was marked by eye. A find counts when its middle lies within half a
face's width of a marked middle and its side is half to twice as wide. Faces in the
background, cut or in profile, are right either way. CPU times are the process's own, one
thread, medians over rounds on the picture as `affetto read` opens it.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

import house
from affetto.senses.camera import open_picture
from affetto.senses.face_finder import FaceFinder, Finder, FoundFace
from affetto.senses.haar_finder import HaarFinder

ROUNDS = 15
Place = tuple[float, float, float]  # middle x, middle y, side; shares of width, height, width


@dataclass(frozen=True)
class Marked:
    """The faces in one photo, and those it is no fault to find or to miss."""

    faces: tuple[Place, ...]
    either_way: tuple[Place, ...] = ()


PHOTOS = {
    "dl_dog.jpg": Marked(()),
    "fer_justin.jpg": Marked(((0.49, 0.51, 0.45),)),
    "fr_biden.jpg": Marked(((0.60, 0.18, 0.30),)),
    "fr_obama.jpg": Marked(((0.54, 0.24, 0.30),)),
    "fr_obama_and_biden.jpg": Marked(
        ((0.42, 0.36, 0.105), (0.61, 0.34, 0.10)), ((0.87, 0.75, 0.10), (0.97, 0.60, 0.08))
    ),
    "fr_two_people.jpg": Marked(((0.284, 0.20, 0.14), (0.775, 0.24, 0.145))),
    "mt_ivan.jpg": Marked(((0.54, 0.22, 0.105),)),
}


@dataclass(frozen=True)
class Showing:
    """A way to show a photo: turned by so many degrees, made so many times smaller."""

    name: str
    degrees: float = 0.0
    smaller: int = 1

    def shown(self, pixels: np.ndarray) -> np.ndarray:
        """The photo, shown this way; what a turn uncovers is grey."""
        image = Image.fromarray(pixels).reduce(self.smaller)
        turned = image.rotate(
            self.degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(128, 128, 128)
        )
        return np.asarray(turned)

    def place(self, place: Place, before: tuple[int, ...], after: tuple[int, ...]) -> Place:
        """Where a face went; the shares in ``place`` are of the photo before."""
        angle = math.radians(self.degrees)
        x = (place[0] - 0.5) * before[1] / self.smaller
        y = (place[1] - 0.5) * before[0] / self.smaller
        return (
            0.5 + (math.cos(angle) * x + math.sin(angle) * y) / after[1],
            0.5 + (math.cos(angle) * y - math.sin(angle) * x) / after[0],
            place[2] * before[1] / self.smaller / after[1],
        )


SHOWINGS = (
    Showing("as they are"),
    Showing("turned by 15°", degrees=15),
    Showing("turned by 30°", degrees=30),
    Showing("a quarter as wide", smaller=4),
)


@dataclass
class Score:
    """What one way of looking found over all photos."""

    found: int = 0
    false: int = 0
    cpu_ms: list[float] = field(default_factory=list)


def is_at(face: FoundFace, place: Place, shape: tuple[int, ...]) -> bool:
    """Whether a find is the face at this place."""
    x, y = (face.box[:2] + face.box[2:]) / 2
    side = place[2] * shape[1]
    away = ((x - place[0] * shape[1]) ** 2 + (y - place[1] * shape[0]) ** 2) ** 0.5
    return bool(away < side / 2 and 0.5 < face.side / side < 2)


def score(find: Callable[..., list[FoundFace]], photos: Path, showing: Showing) -> Score:
    """Look at every photo and count."""
    told = Score()
    for name, marked in PHOTOS.items():
        whole = open_picture(photos / name).pixels
        pixels = showing.shown(whole)
        faces = find(pixels)

        def seen(place: Place, whole=whole, pixels=pixels, faces=faces) -> list[FoundFace]:
            there = showing.place(place, whole.shape, pixels.shape)
            return [face for face in faces if is_at(face, there, pixels.shape)]

        hit = [place for place in marked.faces if seen(place)]
        told.found += len(hit)
        right = {id(f) for place in marked.faces + marked.either_way for f in seen(place)}
        told.false += sum(id(face) not in right for face in faces)
        took = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            find(pixels)
            took.append((time.process_time() - begun) * 1000)
        told.cpu_ms.append(statistics.median(took))
    return told


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder of the sample photos")
    photos = parser.parse_args().photos
    ours: Finder = FaceFinder.of()
    haar: Finder = HaarFinder()
    import cv2

    cv2.setNumThreads(1)
    total = sum(len(marked.faces) for marked in PHOTOS.values())
    print(f"| {total} faces in {len(PHOTOS)} photos | detector | found | false | CPU-ms a photo |")
    print("|---|---|---|---|---|")
    for showing in SHOWINGS:
        for name, find in (
            ("ours, a photo", lambda pixels: ours.find(pixels, thorough=True)),
            ("ours, a camera frame", ours.find),
            ("Haar", haar.find),
        ):
            told = score(find, photos, showing)
            print(
                f"| {showing.name} | {name} | {told.found} | {told.false} | "
                f"{statistics.median(told.cpu_ms):.1f} (most {max(told.cpu_ms):.1f}) |"
            )
    return 0


if __name__ == "__main__":
    house.main(main)
