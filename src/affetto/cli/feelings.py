"""How a feeling is given on the command line: a photo, a word, or a place on the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from affetto.emotion import Affect, EmotionReading, place_called
from affetto.errors import AffettoError, Misuse

if TYPE_CHECKING:
    from affetto.senses.face import Look


class NoFaceFound(AffettoError):
    """A photo in which nobody is to be seen."""


class DoubtfulFace(AffettoError):
    """A photo whose face could mean anything."""


def feeling(photo: Path | None, mood: str | None, at: str | None) -> Affect | EmotionReading | None:
    """The feeling that was given, or None when none was.

    Raises Misuse for more than one, or one that says nothing; NoFaceFound and
    DoubtfulFace for a photo that tells no mood.
    """
    if sum(given is not None for given in (photo, mood, at)) > 1:
        raise Misuse(
            "A feeling was given in more than one way.",
            remedy="Use one of --photo, --mood and --at.",
        )
    if photo is not None:
        return _in_photo(photo)
    if mood is not None:
        return place_called(mood)
    if at is not None:
        return point(at)
    return None


def point(text: str) -> Affect:
    """``"0.5,-0.2"`` as a point of the map."""
    try:
        valence, arousal = (float(part) for part in text.split(","))
    except ValueError:
        raise Misuse(
            f"{text!r} is no place on the mood map.",
            remedy="Give valence and arousal from -1 to 1, such as --at=0.5,-0.2.",
        ) from None
    return Affect(valence, arousal)


def _in_photo(photo: Path) -> EmotionReading:
    from affetto.senses.camera import open_picture
    from affetto.senses.face import FaceReader

    return firm(FaceReader().look(open_picture(photo), most=1), photo)


def firm(look: Look, photo: Path) -> EmotionReading:
    """How the largest face in ``photo`` looks, where a mood can be told from it.

    Raises NoFaceFound when nobody is there, DoubtfulFace for a face that had better not
    be read, with what helps, and for a reading too uncertain to choose by.
    """
    from affetto.mood.blending import blend

    if look.unread:
        raise DoubtfulFace(
            f"{photo}: {look.unread[0].words}", remedy="Or say how you feel with --mood or --at."
        )
    if not look.faces:
        raise NoFaceFound(
            f"No face was found in {photo}.",
            remedy="Try a photo with more light and a larger face, or use --mood or --at.",
        )
    reading = look.faces[0].reading
    if blend([reading], now=reading.at) is None:
        raise DoubtfulFace(
            f"The face in {photo} does not show clearly how you feel.",
            remedy="Say it with --mood or --at, or try a photo with more light.",
        )
    return reading
