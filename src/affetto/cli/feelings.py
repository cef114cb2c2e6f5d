"""How a feeling is given on the command line: a photo, a word, or a place on the map."""

from __future__ import annotations

from pathlib import Path

from affetto.emotion import Affect, EmotionReading, place_called
from affetto.errors import AffettoError, Misuse


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
    from affetto.senses.face import read_face

    return firm(read_face(photo), photo)


def firm(reading: EmotionReading | None, photo: Path) -> EmotionReading:
    """What was read in ``photo``, where a mood can be told from it.

    Raises NoFaceFound for None, DoubtfulFace for a reading too uncertain to choose by.
    """
    from affetto.mood.blending import blend

    if reading is None:
        raise NoFaceFound(
            f"No face was found in {photo}.",
            remedy="Try a photo with more light and a larger face, or use --mood or --at.",
        )
    if blend([reading], now=reading.at) is None:
        raise DoubtfulFace(
            f"The face in {photo} does not show clearly how you feel.",
            remedy="Say it with --mood or --at, or try a photo with more light.",
        )
    return reading
