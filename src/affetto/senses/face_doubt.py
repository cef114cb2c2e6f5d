"""When a face that was found is better not read, and what its owner can do about it.

A doubt is an answer, like "nobody is there": it changes no mood and no music.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from affetto.senses.face_finder import FoundFace

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
    return None
