"""Face crops made worse, a little more at every level: what a webcam and a room do.

Every change is drawn from a fixed seed, and a face keeps its draw (the side it turns to, the
place of the box, the grain) from level to level, so that levels and models can be compared
face by face.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from affetto_training.fer2013 import SIDE

Pixels = npt.NDArray[np.uint8]

SEED: Final = 11
GAMMA: Final = 2.2  # light = grey ** GAMMA


@dataclass(frozen=True)
class Sweep:
    """One way to be hard to see; ``levels`` go from one end to the other.

    ``clean`` is the level at which nothing is changed; it need not be worked out.
    """

    name: str
    title: str
    unit: str  # of the levels, for the axis
    words: str  # one level in a sentence
    levels: tuple[float, ...]
    clean: float
    change: Callable[[Pixels, float, np.random.Generator], Pixels]

    def at(self, pixels: Pixels, level: float) -> Pixels:
        """uint8 (n, 48, 48) at one level, the same shape; the input at ``clean``."""
        if level == self.clean:
            return pixels
        draw = np.random.default_rng((SEED, zlib.crc32(self.name.encode())))
        return self.change(pixels, level, draw)


def exposed(pixels: Pixels, stops: float, draw: np.random.Generator) -> Pixels:
    """Half the light for each stop down, twice for each up; what is too bright is white."""
    return _grey(pixels / 255 * 2 ** (stops / GAMMA))


def lit_from_one_side(pixels: Pixels, stops: float, draw: np.random.Generator) -> Pixels:
    """One cheek as it is, the other ``stops`` darker, evenly between; a side for each face."""
    ramp = 2.0 ** (-stops / GAMMA * np.linspace(0, 1, SIDE))
    sides = np.where(draw.random((len(pixels), 1)) < 0.5, ramp, ramp[::-1])
    return _grey(pixels / 255 * sides[:, None, :])


def noisy(pixels: Pixels, grain: float, draw: np.random.Generator) -> Pixels:
    """Gaussian grain with this standard deviation in grey levels of 255."""
    return _grey(pixels / 255 + draw.standard_normal(pixels.shape) * grain / 255)


def blurred(pixels: Pixels, sigma: float, draw: np.random.Generator) -> Pixels:
    """Out of focus: a Gaussian of this standard deviation in pixels of the crop."""
    blur = ImageFilter.GaussianBlur(sigma)
    return _each(pixels, lambda image: image.filter(blur))


def turned(pixels: Pixels, degrees: float, draw: np.random.Generator) -> Pixels:
    """The head tilted to either side; the crop's edge goes on outside."""
    signs = np.where(draw.random(len(pixels)) < 0.5, 1.0, -1.0)
    edge = SIDE // 2
    wide = np.pad(pixels, ((0, 0), (edge, edge), (edge, edge)), mode="edge")
    inner = (edge, edge, edge + SIDE, edge + SIDE)
    return np.stack(
        [
            np.asarray(
                Image.fromarray(face).rotate(degrees * sign, Image.Resampling.BILINEAR).crop(inner)
            )
            for face, sign in zip(wide, signs, strict=True)
        ]
    )


def small(pixels: Pixels, side: float, draw: np.random.Generator) -> Pixels:
    """As if the face had been this many pixels wide, enlarged again."""
    size, bilinear = (round(side), round(side)), Image.Resampling.BILINEAR
    return _each(pixels, lambda image: image.resize(size, bilinear).resize((SIDE, SIDE), bilinear))


def squeezed(pixels: Pixels, quality: float, draw: np.random.Generator) -> Pixels:
    """Saved as JPEG of this quality and opened again."""

    def through(image: Image.Image) -> Image.Image:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=round(quality))
        return Image.open(file)

    return _each(pixels, through)


def covered(pixels: Pixels, percent: float, draw: np.random.Generator) -> Pixels:
    """One square of even grey somewhere on the crop, over ``percent`` of it."""
    side = round(SIDE * (percent / 100) ** 0.5)
    places = draw.random((len(pixels), 2)) * (SIDE - side)
    greys = draw.integers(0, 256, len(pixels))
    hidden = pixels.copy()
    for face, (top, left), grey in zip(hidden, places.round().astype(int), greys, strict=True):
        face[top : top + side, left : left + side] = grey
    return hidden


SWEEPS: Final = (
    Sweep("light", "Light", "stops of light", "{} stops",
          (-6, -5, -4, -3, -2, -1, 0, 1, 2), 0, exposed),
    Sweep("side", "Light from one side", "stops from cheek to cheek", "{} stops across",
          (0, 1, 2, 3, 4, 6), 0, lit_from_one_side),
    Sweep("noise", "Noise", "grain, grey levels of 255", "grain of {} grey levels",
          (0, 5, 10, 20, 30, 40), 0, noisy),
    Sweep("blur", "Blur", "σ, pixels of a 48-pixel crop", "σ of {} pixels",
          (0, 0.5, 1, 1.5, 2, 3), 0, blurred),
    Sweep("rotation", "Tilted head", "degrees", "{}°", (0, 10, 20, 30, 45, 60), 0, turned),
    Sweep("size", "Small face", "pixels across", "{} pixels across",
          (48, 32, 24, 16, 12, 8), 48, small),
    Sweep("jpeg", "JPEG", "quality; 100 is as it came", "quality {}",
          (100, 50, 30, 15, 8, 4), 100, squeezed),
    Sweep("cover", "Covered face", "% of the crop covered", "{} % covered",
          (0, 5, 10, 20, 30, 50), 0, covered),
)  # fmt: skip


def degraded(pixels: Pixels) -> Iterator[tuple[str, float, Pixels]]:
    """Every sweep at every level but its clean one: (name, level, uint8 (n, 48, 48))."""
    for sweep in SWEEPS:
        for level in sweep.levels:
            if level != sweep.clean:
                yield sweep.name, level, sweep.at(pixels, level)


def key(name: str, level: float) -> str:
    """What a level is called where arrays are stored by name."""
    return f"{name}:{level:g}"


def write_crops(pixels: Pixels, whole: Pixels, to: Path, **more: str) -> None:
    """An npz for a reader with an environment of its own.

    ``whole`` (m, 48, 48) untouched, ``clean`` (n, 48, 48), every degraded level of it, and
    ``more`` texts.
    """
    levels = {key(name, level): crops for name, level, crops in degraded(pixels)}
    np.savez(to, whole=whole, clean=pixels, **levels, **more)  # type: ignore[arg-type]


def _grey(shares: npt.NDArray[np.float64]) -> Pixels:
    return np.asarray((shares.clip(0, 1) * 255).round(), np.uint8)


def _each(pixels: Pixels, change: Callable[[Image.Image], Image.Image]) -> Pixels:
    return np.stack([np.asarray(change(Image.fromarray(face))) for face in pixels])
