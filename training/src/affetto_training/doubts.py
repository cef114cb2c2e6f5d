"""The limits beyond which a face is not read, measured anew: how, and how well they do.

    python -m affetto_training.doubts --data FILE.parquet
    python -m affetto_training.doubts --data FILE.parquet --model expression.onnx --json

It prints, for each limit in ``affetto.senses.face_doubt``, what the data say beside what is
set there; then what those set refuse: of clear faces, darkened, blurred and covered ones.

Only Training is touched. The limits on relief come from images that nets learn from; those
that depend on the model from one half of the images that its run held out, and what is
refused is counted on the other half.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from affetto.errors import AffettoError
from affetto.inference import shelf
from affetto.inference.card import ModelCard
from affetto.senses import face_doubt
from affetto.senses.face_crop import Quality, quality
from affetto.senses.face_doubt import (
    EYES,
    MOUTH,
    barest,
    doubt_of_crop,
    doubt_of_votes,
    relief,
)
from affetto.senses.face_finder import FaceFinder, FoundFace
from affetto.senses.face_pose import turned_by
from affetto_training.config import Config
from affetto_training.degrade import blurred, squeezed
from affetto_training.evaluate import card_beside, in_our_order, read_with
from affetto_training.fer2013 import SIDE, Faces
from affetto_training.loop import sets_of

Pixels = npt.NDArray[np.uint8]
Cover = Callable[[Pixels, np.random.Generator], npt.NDArray[np.float64]]

SEED: Final = 5
REFUSED: Final = 1 / 400  # of clear faces, by each limit on what covers them
POINTS: Final = 0.10  # of accuracy, lost to the dark or to blur
LEARNT: Final = 2000  # of the images that nets learn from, to count what is refused
GRAIN: Final = 1.5  # a sensor's, grey levels of 255
DARKER: Final = (1.0, 0.5, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05)  # times the light there was
BLUR: Final = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)  # standard deviation, pixels

_Y, _X = np.mgrid[:SIDE, :SIDE]
_BY_EYES = (_Y >= 13) & (_Y < 26)
_BY_MOUTH = (_Y >= 30) & (_Y < 44) & (_X >= 10) & (_X < 38)
PARTS: Final[Mapping[str, npt.NDArray[np.bool_]]] = {
    "lower half": _Y >= 27,
    "mouth": _BY_MOUTH,
    "eyes": _BY_EYES,
    "eyes and mouth": _BY_EYES | _BY_MOUTH,
    "all": ((_X - 24) / 20) ** 2 + ((_Y - 26) / 24) ** 2 < 1,
}


def plain(faces: Pixels, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """One grey, any grey: a mask, a card, dark glasses."""
    return rng.uniform(12, 243, (len(faces), 1, 1)) + rng.normal(0, 3, faces.shape)


def skin(faces: Pixels, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """About as bright as the face, with grain: a palm, an arm."""
    light = faces.mean((1, 2), keepdims=True) * rng.uniform(0.8, 1.2, (len(faces), 1, 1))
    return np.asarray(light + rng.normal(0, 7, faces.shape))


def patterned(faces: Pixels, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Soft patches of all sizes (a spectrum of 1/f), as in cloth and hair."""
    steps = np.hypot(np.fft.fftfreq(SIDE)[:, None], np.fft.fftfreq(SIDE)[None])
    steps[0, 0] = 1.0
    waves = np.fft.fft2(rng.normal(size=faces.shape)) / steps**1.2
    cloth = np.real(np.fft.ifft2(waves))
    cloth = (cloth - cloth.mean((1, 2), keepdims=True)) / cloth.std((1, 2), keepdims=True)
    return np.asarray(rng.uniform(50, 205, (len(faces), 1, 1)) + 30 * cloth)


def another_face(faces: Pixels, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Somebody else's skin and features, half a face out of place."""
    return np.roll(faces[rng.permutation(len(faces))], SIDE // 2, axis=1).astype(np.float64)


COVERS: Final[tuple[Cover, ...]] = (plain, skin, patterned, another_face)


def covered(faces: Pixels, part: str, cover: Cover) -> Pixels:
    """uint8 (n, 48, 48) with ``part`` of each face behind ``cover``; always the same draw."""
    hidden = faces.copy()
    over = cover(faces, np.random.default_rng(SEED)).clip(0, 255).astype(np.uint8)
    hidden[:, PARTS[part]] = over[:, PARTS[part]]
    return hidden


def darkened(faces: Pixels, light: float) -> Pixels:
    """uint8 (n, 48, 48) with less light, a sensor's grain, and JPEG as a webcam sends it."""
    draw = np.random.default_rng(SEED)
    dim = faces * light + draw.normal(0, GRAIN, faces.shape)
    return squeezed(dim.clip(0, 255).astype(np.uint8), 80, draw)


# -- measures ---------------------------------------------------------------------------


def shown_by(faces: Pixels) -> list[Quality]:
    """What each crop has to show, were it cut from a face exactly as large."""
    box = np.array([0, 0, SIDE, SIDE], np.float32)
    face = FoundFace(box, np.zeros((6, 2), np.float32), 1.0)
    return [quality(crop, face) for crop in _floats(faces)]


def reliefs(faces: Pixels, part: tuple[slice, slice]) -> npt.NDArray[np.float64]:
    """``relief`` of each crop, (n,)."""
    return np.array([relief(crop, part) for crop in _floats(faces)])


def turns(faces: Pixels, finder: FaceFinder) -> npt.NDArray[np.float64]:
    """``turned_by`` of each face that the detector finds in its own crop, degrees.

    The crop stands, twice as large, in the middle of grey.
    """
    found = []
    for face in faces:
        canvas = np.full((192, 192, 3), 128, np.uint8)
        large = Image.fromarray(face).resize((96, 96), Image.Resampling.BILINEAR)
        canvas[48:144, 48:144] = np.asarray(large)[..., None]
        found += [turned_by(seen) for seen in finder.find(canvas)[:1]]
    return np.array(found)


def ten_points_lost(levels: list[tuple[float, float]]) -> float:
    """Where accuracy has fallen by ``POINTS``, from (measure, accuracy), the best first."""
    least = levels[0][1] - POINTS
    for (high, above), (low, below) in pairwise(levels):
        if below <= least:
            share = (above - least) / max(above - below, 1e-9)
            return high + share * (low - high)
    return levels[-1][0]


class Doubts:
    """One model before the faces that its run held out."""

    def __init__(
        self, data: Path, model: Path, card: ModelCard, *, held_out: int = Config.held_out
    ) -> None:
        learnt, held, _ = sets_of(Config(held_out=held_out), data)
        draw = np.random.default_rng(SEED).permutation(len(learnt))
        keep = np.zeros(len(learnt), bool)
        keep[draw[:LEARNT]] = True
        self.learnt, self.sample = learnt, learnt.only(keep)
        half = np.arange(len(held)) % 2 == 0
        self.chosen_on, self.counted_on = held.only(half), held.only(~half)
        self._model, self._card = model, card

    def unclear(self, faces: Pixels) -> npt.NDArray[np.float64]:
        """The share of votes for "unclear", (n,); zeros from a model without votes."""
        votes = self._read(faces, np.zeros(len(faces), np.int64))[1]
        if votes is None:
            return np.zeros(len(faces))
        return np.asarray(votes[:, self._card.votes.index("unclear")])

    def limits(self) -> dict[str, float]:
        """What the data say each limit in ``face_doubt`` should be."""
        faces = self.chosen_on
        bare = _floats(self.learnt.pixels)
        dark = [(darkened(faces.pixels, k), "light") for k in DARKER]
        soft = [(blurred(faces.pixels, s, np.random.default_rng(SEED)), "detail") for s in BLUR]
        lost = {}
        for levels in (dark, soft):
            told = [
                (
                    float(np.median([getattr(seen, name) for seen in shown_by(worse)])),
                    self._accuracy(Faces(worse, faces.labels, faces.ballots)),
                )
                for worse, name in levels
            ]
            lost[levels[0][1]] = ten_points_lost(told)
        return {
            "LIGHT_ENOUGH": lost["light"],
            "DETAIL_ENOUGH": lost["detail"],
            "EYES_ENOUGH": float(np.quantile(reliefs(self.learnt.pixels, EYES), REFUSED)),
            "MOUTH_ENOUGH": float(np.quantile(reliefs(self.learnt.pixels, MOUTH), REFUSED)),
            "BAND_ENOUGH": float(np.quantile([barest(c) for c in bare], REFUSED)),
            "UNCLEAR": float(np.quantile(self.unclear(faces.pixels), 1 - REFUSED)),
        }

    def refused(self, faces: Pixels) -> dict[str, float]:
        """The share of crops refused for each doubt, as the house would, and in all."""
        doubts = [
            doubt_of_crop(crop, seen) or doubt_of_votes(share)
            for crop, seen, share in zip(
                _floats(faces), shown_by(faces), self.unclear(faces), strict=True
            )
        ]
        named = {name: doubts.count(name) / len(doubts) for name in ("dark", "blurred", "covered")}
        return {**named, "any": sum(doubt is not None for doubt in doubts) / len(doubts)}

    def _accuracy(self, faces: Faces) -> float:
        labels, _ = self._read(faces.pixels, faces.labels)
        ours = in_our_order(labels, self._card.labels, faces)
        return float((ours.argmax(1) == faces.labels).mean())

    def _read(
        self, pixels: Pixels, labels: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64] | None]:
        nobody = np.zeros((len(pixels), 10), np.uint8)
        read = read_with(self._model, Faces(pixels, labels, nobody), self._card)
        return read.labels, read.votes


def measured(
    data: Path, model: Path | None = None, *, held_out: int = Config.held_out
) -> dict[str, Any]:
    """Everything this module measures, as plain values.

    ``held_out`` is that of the run the model comes from, or its images are no longer new
    to it.
    """
    if model is None:
        model, card = shelf.find("expression")
    else:
        card = card_beside(model)
    doubts = Doubts(data, model, card, held_out=held_out)
    clear = doubts.counted_on.pixels
    turned = turns(doubts.sample.pixels, FaceFinder.of())
    return {
        "model": card.version,
        "limits": {
            name: {"measured": round(value, 3), "set": getattr(face_doubt, name)}
            for name, value in doubts.limits().items()
        },
        "n": len(clear),
        "refused": {
            "clear": doubts.refused(clear),
            f"clear, {len(doubts.sample)} learnt from": doubts.refused(doubts.sample.pixels),
            "a tenth of the light": doubts.refused(darkened(clear, 0.1)),
            "a twentieth of the light": doubts.refused(darkened(clear, 0.05)),
            "blur of 1.5 pixels": doubts.refused(blurred(clear, 1.5, np.random.default_rng(SEED))),
            "blur of 3 pixels": doubts.refused(blurred(clear, 3.0, np.random.default_rng(SEED))),
            **{
                f"{part}: {cover.__name__.replace('_', ' ')}": doubts.refused(
                    covered(clear, part, cover)
                )
                for part in PARTS
                for cover in COVERS
            },
        },
        "turned": {
            "found": len(turned),
            "of": len(doubts.sample),
            "degrees at 50, 95 and 99 %": [
                round(float(np.quantile(turned, share)), 1) for share in (0.5, 0.95, 0.99)
            ]
            if len(turned)
            else [],
            "refused": float((turned > face_doubt.FACING).sum()) / max(len(turned), 1),
        },
    }


def as_text(found: Mapping[str, Any]) -> str:
    """What a person is shown."""
    lines = [f"{found['model']}: limits"]
    for name, both in found["limits"].items():
        lines.append(f"  {name:14} measured {both['measured']:.3f}, set {both['set']:g}")
    lines.append(f"refused, of {found['n']} faces that it has not learnt from")
    for what, shares in found["refused"].items():
        told = (f"{name} {share:.1%}" for name, share in shares.items() if share)
        lines.append(f"  {what:28} {', '.join(told) or 'none'}")
    turned = found["turned"]
    lines.append(
        f"turned: {turned['refused']:.1%} of {turned['found']} faces that the detector finds "
        f"in {turned['of']} crops"
    )
    return "\n".join(lines)


def _floats(faces: Pixels) -> npt.NDArray[np.float32]:
    return np.asarray(faces, np.float32) / np.float32(255)


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 with the problem and its remedy on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m affetto_training.doubts",
        description="Measure the limits beyond which a face is not read.",
    )
    parser.add_argument("--data", type=Path, required=True, help="FER2013, in any of its layouts")
    parser.add_argument("--model", type=Path, help="ONNX file (default: the one in the package)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    try:
        found = measured(options.data, options.model)
    except AffettoError as error:
        print(f"{error.problem} {error.remedy}", file=sys.stderr)
        return 1
    print(json.dumps(found) if options.json else as_text(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
