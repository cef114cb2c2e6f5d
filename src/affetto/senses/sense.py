"""What a sense is, and the moments of a person it may be shown.

These types stay in this room: nothing that keeps data can even name them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from affetto.emotion import EmotionReading


@dataclass(frozen=True, slots=True)
class ImageFrame:
    """One picture: uint8, (height, width, 3), RGB, upright."""

    pixels: npt.NDArray[np.uint8]
    at: datetime  # aware, UTC


Moment = TypeVar("Moment", contravariant=True)


class Sense(Protocol[Moment]):
    """Something that reads a moment of a person.

    ``read`` returns None when there is nothing to read (no face, no speech): that is
    an answer, not an error, and it never changes the music.
    """

    @property
    def source(self) -> str:
        """The name its readings carry: "face", "voice", "pulse", "words"."""
        ...

    def read(self, moment: Moment) -> EmotionReading | None:
        """Read one moment."""
        ...
