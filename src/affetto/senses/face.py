"""The face as a sense: a picture in, what each face looks like out.

What a face looks like is not what its owner feels; the words for a reading are
"your face looks …", and ``None`` means that nobody was seen, which is no feeling at all.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from affetto.emotion import EXPRESSIONS, Covariance, EmotionReading, affect_of
from affetto.inference import shelf
from affetto.inference.card import ModelCard
from affetto.inference.runner import OnnxRunner
from affetto.senses.camera import open_picture
from affetto.senses.face_crop import Quality, cropped, quality
from affetto.senses.face_doubt import Doubt as Doubt
from affetto.senses.face_doubt import UnreadFace as UnreadFace
from affetto.senses.face_doubt import doubt_of_crop, doubt_of_place, doubt_of_votes
from affetto.senses.face_finder import FaceFinder, Finder, FoundFace
from affetto.senses.face_votes import Opinion, opinions
from affetto.senses.sense import ImageFrame

# People who agree on the word for a feeling still place it apart: the ratings behind
# ``emotion.EXPRESSIONS`` vary by about this much from rater to rater, on either axis.
WITHIN_ONE_WORD: Final = 0.2
# Of a face that none of the words fits, no more is known than where faces may lie at all.
ANY_WORD: Final = affect_of(dict.fromkeys(EXPRESSIONS, 1 / len(EXPRESSIONS)))


@dataclass(frozen=True, slots=True)
class SeenFace:
    """One face in a picture and how it looks.

    box is x, y, width, height in whole pixels of the frame, inside it; probabilities
    are those of the reading: they name every expression and sum to 1.
    """

    box: tuple[int, int, int, int]
    probabilities: Mapping[str, float]
    reading: EmotionReading


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a picture saw: faces read, faces in doubt, and how many others."""

    faces: tuple[SeenFace, ...]  # largest first
    unread: tuple[UnreadFace, ...] = ()  # found and better not read, largest first
    others: int = 0  # found, and nothing more


class FaceReader:
    """Reads expressions from pictures; a ``Sense`` of ``ImageFrame``.

    The models are looked for and loaded with the first picture. May be shared by
    threads. ``models`` is the folder with the two detectors and ``expression``; a
    ``finder`` takes the place of the first two.
    """

    source: Final = "face"

    def __init__(self, *, models: Path = shelf.MODELS, finder: Finder | None = None) -> None:
        self._models = models
        self._finder = finder
        self._loaded: tuple[Finder, OnnxRunner] | None = None
        self._loading = threading.Lock()

    def look(self, frame: ImageFrame, *, thorough: bool = True, most: int | None = None) -> Look:
        """Read the ``most`` largest faces (None: all) and only count the others.

        Those of them that had better not be read are told as unread, with the doubt. What
        is only counted is not cut out and never reaches the expression model.
        ``thorough`` looks again, closer, where a first look finds nobody; for frames
        of live video leave it out. Raises ModelMissing.
        """
        finder, expressions = self._ready()
        found = finder.find(frame.pixels, thorough=thorough)
        chosen = found[:most]
        others = len(found) - len(chosen)
        crops = [cropped(frame.pixels, face) for face in chosen]
        shown = [quality(crop, face) for crop, face in zip(crops, chosen, strict=True)]
        doubts = [
            doubt_of_place(face) or doubt_of_crop(crop, seen)
            for face, crop, seen in zip(chosen, crops, shown, strict=True)
        ]
        fit = [place for place, doubt in enumerate(doubts) if doubt is None]
        said: dict[int, Opinion] = {}
        if fit:
            outputs = expressions.run(np.stack([crops[place] for place in fit])[:, None])
            said = dict(zip(fit, opinions(outputs, expressions.card), strict=True))
        read, unread = [], []
        for place, face in enumerate(chosen):
            box = box_within(face, frame.pixels.shape)
            doubt = doubts[place] or doubt_of_votes(said[place].unclear)
            if doubt is None:
                reading = reading_of(
                    said[place].probabilities,
                    shown[place],
                    at=frame.at,
                    named=said[place].named,
                )
                read.append(SeenFace(box, reading.probabilities, reading))
            else:
                unread.append(UnreadFace(box, doubt))
        return Look(tuple(read), tuple(unread), others)

    def faces(self, frame: ImageFrame, *, thorough: bool = True) -> list[SeenFace]:
        """Every face in the picture that can be read, largest first; perhaps none.

        As ``look``.
        """
        return list(self.look(frame, thorough=thorough).faces)

    def read(self, moment: ImageFrame, *, thorough: bool = False) -> EmotionReading | None:
        """How the largest face looks; None when nobody is there or it is in doubt.

        No other is read.
        """
        faces = self.look(moment, thorough=thorough, most=1).faces
        return faces[0].reading if faces else None

    @property
    def card(self) -> ModelCard:
        """The card of the expression model. Raises ModelMissing."""
        return self._ready()[1].card

    def _ready(self) -> tuple[Finder, OnnxRunner]:
        with self._loading:
            if self._loaded is None:
                finder = self._finder or FaceFinder.of(self._models)
                expressions = OnnxRunner(*shelf.find("expression", folder=self._models))
                self._loaded = finder, expressions
            return self._loaded


def read_face(photo: str | Path | bytes | ImageFrame) -> EmotionReading | None:
    """How the largest face in a photo looks; None when there is none, or it is in doubt.

    ``photo`` is the name of a file, the bytes of one, or a frame already opened. Raises
    UnreadablePicture, with a remedy, when it is no picture; ModelMissing.
    """
    if isinstance(photo, ImageFrame):
        frame = photo
    else:
        frame = open_picture(Path(photo) if isinstance(photo, str) else photo)
    return _shared_reader().read(frame, thorough=True)


def reading_of(
    probabilities: Mapping[str, float], seen: Quality, *, at: datetime, named: float = 1.0
) -> EmotionReading:
    """Fold a distribution p over expressions into one reading.

    ``named`` is the share s that would choose any of them at all (``Opinion.named``).
    The place m is the mean of p on the map. Confidence is ``s * max(p) * seen.trust``: the
    share of raters who would say the likeliest word, less where the face is small, dark
    or blurred. The covariance is the mean square about m of a place drawn with chance s
    from p, with what one word leaves open, and otherwise from ``ANY_WORD``:

        s * (cov(p) + WITHIN_ONE_WORD² I) + (1 - s) * (cov(any) + (any - m)(any - m)ᵀ)
    """
    affect, spread = affect_of(probabilities)
    anywhere, wide = ANY_WORD
    dv, da = anywhere.valence - affect.valence, anywhere.arousal - affect.arousal
    one_word = WITHIN_ONE_WORD**2
    return EmotionReading(
        valence=affect.valence,
        arousal=affect.arousal,
        confidence=named * max(probabilities.values()) * seen.trust,
        source=FaceReader.source,
        at=at,
        covariance=Covariance(
            named * (spread.vv + one_word) + (1 - named) * (wide.vv + dv * dv),
            named * spread.va + (1 - named) * (wide.va + dv * da),
            named * (spread.aa + one_word) + (1 - named) * (wide.aa + da * da),
        ),
        probabilities=probabilities,
    )


def box_within(face: FoundFace, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """The face's box as x, y, width, height in whole pixels, cut at the picture's edge."""
    high, wide = shape[:2]
    left, right = (min(max(0, round(float(face.box[k]))), wide) for k in (0, 2))
    top, bottom = (min(max(0, round(float(face.box[k]))), high) for k in (1, 3))
    return left, top, right - left, bottom - top


_reader: FaceReader | None = None


def _shared_reader() -> FaceReader:
    # Loading costs more than reading; whoever reads twice should load once.
    global _reader
    if _reader is None:
        _reader = FaceReader()
    return _reader
