"""What was read, in words for people and in records for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from affetto.errors import AffettoError

if TYPE_CHECKING:
    from affetto.emotion import EmotionReading
    from affetto.senses.face import Doubt, SeenFace, UnreadFace
    from affetto.senses.timeline import Second

UNSURE: Final = 0.4  # a confidence below this is not worth a word
LOOKS: Final = {"disgust": "disgusted", "fear": "afraid", "surprise": "surprised"}
# Why a face was not read, and what helps.
DOUBTS: Final[Mapping[Doubt, tuple[str, str]]] = {
    "small": ("too small to read", "come closer"),
    "dark": ("too dark to read", "a lamp in front of it helps"),
    "blurred": ("too blurred to read", "hold still, or wipe the lens"),
    "turned": ("turned too far away to read", "look towards the camera"),
    "covered": ("too covered to read", "eyes and mouth must be in sight"),
}
NOBODY: Final = "nobody in sight"


@dataclass(frozen=True, slots=True)
class Answer:
    """One picture: its faces, read and in doubt, largest first, or why it has none."""

    path: Path
    faces: tuple[SeenFace, ...] = ()
    unread: tuple[UnreadFace, ...] = ()
    error: AffettoError | None = None


# -- people ---------------------------------------------------------------------------------


def in_words(answer: Answer) -> Iterator[str]:
    """What a person is told of one picture that could be read, line by line."""
    count = len(answer.faces) + len(answer.unread)
    if not count:
        yield "no face found"
    for number, face in enumerate(answer.faces, 1):
        whose = "your face" if count == 1 else f"face {number}"
        sure = f"{percent(face.reading)} sure"
        looks = look_of(face.reading)
        if face.reading.confidence < UNSURE:
            yield f"{whose}: hard to tell, perhaps {looks} ({sure})"
        else:
            yield f"{whose} looks {looks} ({sure})"
    for number, unread in enumerate(answer.unread, len(answer.faces) + 1):
        why, help_ = DOUBTS[unread.doubt]
        whose = "a face, but it is" if count == 1 else f"face {number} is"
        yield f"{whose} {why}: {help_}"


def second_in_words(second: Second) -> str:
    """What a person is told of one second of a clip."""
    reading = second.reading
    if reading is None:
        return f"{clock(second.second):>7}  {why_not(second)}"
    looks = look_of(reading)
    told = f"perhaps {looks}" if reading.confidence < UNSURE else looks
    return (
        f"{clock(second.second):>7}  {told:<18}{percent(reading):>5} sure   "
        f"valence {reading.valence:+.2f}   arousal {reading.arousal:+.2f}"
    )


def look_of(reading: EmotionReading) -> str:
    """How a face looks, in a word that fits a face: "happy", "afraid"."""
    expression = reading.expression or "unknown"
    return LOOKS.get(expression, expression)


def percent(reading: EmotionReading) -> str:
    """How sure a reading is: "83 %"."""
    return f"{round(100 * reading.confidence)} %"


def why_not(second: Second) -> str:
    """Why nothing was read in a second."""
    if second.why is None or second.why == "nobody":
        return NOBODY
    return DOUBTS[second.why][0]


def clock(seconds: int) -> str:
    """Seconds as people write them: 0:07, 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def complaint(path: Path, error: AffettoError) -> str:
    """What is wrong with a file, with its name once."""
    named = str(path) in error.problem
    return printable(str(error) if named else f"{called(path)}: {error}")


def called(path: Path) -> str:
    """A file's name for people; "-" is standard input."""
    return "standard input" if str(path) == "-" else str(path)


def printable(text: str) -> str:
    """Text without what no terminal can show, such as a file's name may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


# -- machines -------------------------------------------------------------------------------


def as_record(answer: Answer) -> dict[str, Any]:
    """What ``--json`` prints of one picture."""
    return {
        "path": str(answer.path),
        "faces": [
            {
                "box": list(face.box),
                "probabilities": _rounded(face.probabilities),
                "valence": round(face.reading.valence, 4),
                "arousal": round(face.reading.arousal, 4),
                "confidence": round(face.reading.confidence, 4),
            }
            for face in answer.faces
        ],
        "unread": [
            {"box": list(face.box), "doubt": face.doubt, "words": face.words}
            for face in answer.unread
        ],
        "error": _error(answer.error),
    }


def second_as_record(second: Second) -> dict[str, Any]:
    """What ``--json`` prints of one second of a clip; null where nothing was read."""
    reading = second.reading
    return {
        "second": second.second,
        "expression": reading and reading.expression,
        "valence": reading and round(reading.valence, 4),
        "arousal": reading and round(reading.arousal, 4),
        "covariance": reading and [round(part, 4) for part in reading.covariance],
        "confidence": reading and round(reading.confidence, 4),
        "probabilities": reading and _rounded(reading.probabilities),
        "why": second.why,
        "looks": second.looks,
        "read": second.read,
        "faces": second.faces,
    }


def clip_as_record(path: Path, seconds: list[Second], error: AffettoError | None) -> dict[str, Any]:
    """What ``--json`` prints of one clip."""
    told = [second_as_record(second) for second in seconds]
    return {"path": str(path), "seconds": told, "error": _error(error)}


def _error(error: AffettoError | None) -> dict[str, str] | None:
    return None if error is None else {"problem": error.problem, "remedy": error.remedy}


def _rounded(shares: Mapping[str, float]) -> dict[str, float]:
    return {name: round(share, 4) for name, share in shares.items()}
