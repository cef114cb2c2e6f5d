"""When a face that was found is better not read, and what its owner can do about it.

A doubt is an answer, like "nobody is there": it changes no mood and no music. The limits
are measured on training images, those that depend on the model on images it has not
learnt from, by ``python -m affetto_training.doubts``, which also tells how seldom a good
face is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from affetto.senses.face_crop import Quality
from affetto.senses.face_finder import FoundFace
from affetto.senses.face_pose import turned_by

Floats = npt.NDArray[np.float32]
Doubt = Literal["small", "dark", "blurred", "turned", "covered"]

# One sentence for the listener and one that says what helps.
WORDS: Final[Mapping[Doubt, str]] = MappingProxyType(
    {
        "small": "Your face is too small in the picture to read. Come a little closer.",
        "dark": "It is too dark to read your face. A lamp in front of you helps.",
        "blurred": "Your face is too blurred to read. Hold still, or wipe the lens.",
        "turned": "You are turned too far away to read your face. Look towards the camera.",
        "covered": "Too much of your face is hidden to read it. Uncover your eyes and mouth.",
    }
)

WIDE_ENOUGH: Final = 40.0  # pixels of the detector's box; FER2013's faces are 41 wide
# Beyond these, darkening or blurring has cost ten points of accuracy.
LIGHT_ENOUGH: Final = 0.065  # mean grey of the crop, [0, 1]
DETAIL_ENOUGH: Final = 0.16  # ``Quality.detail``
# Sixty degrees by eye. What a profile hides the detector guesses too near the middle:
# full profiles measure 57 to 67 degrees.
FACING: Final = 55.0  # ``turned_by``
# One clear face in four hundred has plainer eyes, one a plainer mouth, one a plainer band,
# and one is called unclear by more raters. The last depends on the model: measure it
# anew with it.
EYES_ENOUGH: Final = 0.22  # ``relief``
MOUTH_ENOUGH: Final = 0.135
BAND_ENOUGH: Final = 0.09  # ``barest``
UNCLEAR: Final = 0.21  # share of votes

# Where eyes and mouth lie in a crop: rows, columns. Within what a mask or dark
# glasses hide, so that nothing of the skin around speaks for them.
EYES: Final = (slice(14, 25), slice(7, 41))
MOUTH: Final = (slice(31, 43), slice(13, 35))
# A band across the middle of the face, wherever between brow and chin: what covers a
# face may lead the detector's box astray, and then the parts do not lie where they should.
BAND: Final = 11  # rows
BROW_TO_CHIN: Final = (slice(13, 44), slice(12, 36))


@dataclass(frozen=True, slots=True)
class UnreadFace:
    """A face that was found and not read.

    box is x, y, width, height in whole pixels of the frame, inside it.
    """

    box: tuple[int, int, int, int]
    doubt: Doubt

    @property
    def words(self) -> str:
        """Why it was not read and what helps, for its owner."""
        return WORDS[self.doubt]


def doubt_of_place(face: FoundFace) -> Doubt | None:
    """What speaks against reading a face before it is even cut out, or None."""
    if face.side < WIDE_ENOUGH:
        return "small"
    if turned_by(face) > FACING:
        return "turned"
    return None


def doubt_of_crop(crop: Floats, seen: Quality) -> Doubt | None:
    """What speaks against reading a crop (48, 48) in [0, 1] before the net does, or None."""
    if seen.light < LIGHT_ENOUGH:
        return "dark"
    if seen.detail < DETAIL_ENOUGH:
        return "blurred"
    plain = (
        relief(crop, EYES) < EYES_ENOUGH
        or relief(crop, MOUTH) < MOUTH_ENOUGH
        or barest(crop) < BAND_ENOUGH
    )
    return "covered" if plain else None


def doubt_of_votes(unclear: float) -> Doubt | None:
    """What speaks against a reading once the net has answered, or None."""
    return "covered" if unclear > UNCLEAR else None


def relief(crop: Floats, part: tuple[slice, slice]) -> float:
    """How much is to be seen in a part of a crop, beside the crop as a whole.

    The standard deviation of the part, smoothed over 3 × 3 pixels and without its even
    shading (the plane that fits it best), over that of the crop. A mask, a palm or dark
    glasses leave little; what is patterned like a face does not show here.
    """
    return float(_uneven(_smoothed(crop, part)[None])[0]) / _contrast(crop)


def barest(crop: Floats) -> float:
    """The least ``relief`` of any band across the middle of the face."""
    middle = _smoothed(crop, BROW_TO_CHIN)
    bands = np.lib.stride_tricks.sliding_window_view(middle, BAND, axis=0)[::2]
    return float(_uneven(bands.transpose(0, 2, 1)).min()) / _contrast(crop)


def _contrast(crop: Floats) -> float:
    return max(float(crop.std()), 0.02)


def _smoothed(crop: Floats, part: tuple[slice, slice]) -> Floats:
    """A part of the crop, each pixel the mean of nine."""
    rows, columns = part
    wider = crop[rows.start - 1 : rows.stop + 1, columns.start - 1 : columns.stop + 1]
    sums = wider[:-2] + wider[1:-1] + wider[2:]
    smoothed: Floats = (sums[:, :-2] + sums[:, 1:-1] + sums[:, 2:]) / 9
    return smoothed


def _uneven(parts: Floats) -> Floats:
    """Standard deviation of each part (n, h, w) about the plane that fits it best, (n,)."""
    high, wide = parts.shape[1:]
    down = np.linspace(-1, 1, high, dtype=np.float32)
    across = np.linspace(-1, 1, wide, dtype=np.float32)
    rows, columns = parts.mean(2), parts.mean(1)
    # The variance that the two slopes explain; rows and columns tell them alone.
    fall = (rows @ down) ** 2 / high / (down @ down)
    lean = (columns @ across) ** 2 / wide / (across @ across)
    left: Floats = parts.var((1, 2)) - fall - lean
    return np.sqrt(np.maximum(left, 0))
