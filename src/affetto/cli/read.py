"""``affetto read``: say how the faces in pictures look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.cli.naming import named
from affetto.errors import AffettoError

if TYPE_CHECKING:
    from affetto.senses.face import FaceReader, SeenFace

UNSURE: Final = 0.4  # a confidence below this is not worth a word
LOOKS: Final = {"disgust": "disgusted", "fear": "afraid", "surprise": "surprised"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One file: the faces in it, largest first, or why it could not be read."""

    path: Path
    faces: tuple[SeenFace, ...] = ()
    error: AffettoError | None = None


def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", parser=named, help="Pictures: JPEG, PNG, WebP, GIF or BMP."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a file, for machines.")
    ] = False,
) -> None:
    """Say how the faces in pictures look.

    Pictures are read in memory and kept nowhere. A file that cannot be read is
    reported, and the others are read all the same.

    Example: affetto read me.jpg
    """
    from affetto.senses.face import FaceReader

    failed = False
    for answer in answers(files, FaceReader()):
        failed = failed or answer.error is not None
        if as_json:
            typer.echo(json.dumps(as_record(answer)))
        elif answer.error is not None:
            typer.echo(_complaint(answer.path, answer.error), err=True)
        else:
            for line in in_words(answer):
                typer.echo(_printable(f"{answer.path}: {line}"))
    if failed:
        raise typer.Exit(1)


def answers(files: Iterable[Path], reader: FaceReader) -> Iterator[Answer]:
    """Read one file after the other; none stops the rest."""
    from affetto.senses.camera import open_picture

    for path in files:
        try:
            yield Answer(path, tuple(reader.faces(open_picture(path), thorough=True)))
        except AffettoError as error:
            yield Answer(path, error=error)


def as_record(answer: Answer) -> dict[str, Any]:
    """What ``--json`` prints of one file."""
    error = answer.error
    return {
        "path": str(answer.path),
        "faces": [
            {
                "box": list(face.box),
                "probabilities": {name: round(p, 4) for name, p in face.probabilities.items()},
                "valence": round(face.reading.valence, 4),
                "arousal": round(face.reading.arousal, 4),
                "confidence": round(face.reading.confidence, 4),
            }
            for face in answer.faces
        ],
        "error": None if error is None else {"problem": error.problem, "remedy": error.remedy},
    }


def in_words(answer: Answer) -> Iterator[str]:
    """What a person is told of one file that could be read, line by line."""
    if not answer.faces:
        yield "no face found"
    for place, face in enumerate(answer.faces):
        whose = "your face" if len(answer.faces) == 1 else f"face {place + 1}"
        sure = f"{round(100 * face.reading.confidence)} % sure"
        expression = face.reading.expression or "unknown"
        looks = LOOKS.get(expression, expression)
        if face.reading.confidence < UNSURE:
            yield f"{whose}: hard to tell, perhaps {looks} ({sure})"
        else:
            yield f"{whose} looks {looks} ({sure})"


def _complaint(path: Path, error: AffettoError) -> str:
    named = str(path) in error.problem
    return _printable(str(error) if named else f"{path}: {error}")


def _printable(text: str) -> str:
    # A file's name may hold bytes that no terminal can show.
    return text.encode("utf-8", "replace").decode("utf-8")
