"""What was named on the command line: pictures, clips, folders of pictures, standard input."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from affetto.cli.reading.words import Answer
from affetto.errors import Misuse, UnreadablePicture

if TYPE_CHECKING:
    from affetto.senses.face import FaceReader
    from affetto.senses.sense import ImageFrame

STDIN: Final = Path("-")
PICTURES: Final = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp"})
STILL: Final = (b"\xff\xd8\xff", b"BM")  # JPEG and BMP; other pictures may move
# Passed over in a folder, and said to be: pictures of other kinds, and clips.
OTHERS: Final = frozenset(
    {".heic", ".heif", ".avif", ".tif", ".tiff", ".jxl", ".cr2", ".cr3", ".nef", ".arw", ".dng"}
    | {".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".wmv", ".3gp"}
)


@dataclass
class Sources:
    """The files to read, in order, and what was found on the way to them."""

    paths: list[Path] = field(default_factory=list)
    shut: list[Answer] = field(default_factory=list)  # folders that could not be opened
    passed_over: Counter[str] = field(default_factory=Counter)  # by ending


def sources(named: Iterable[Path]) -> Sources:
    """Every file that was named, and for a folder the pictures in it and below, sorted.

    Hidden files and folders are left out, and links to folders are not followed. Raises
    Misuse when standard input is named twice, since it can be read only once.
    """
    found = Sources()
    for path in named:
        if path == STDIN and STDIN in found.paths:
            raise Misuse("Standard input was named twice.", remedy="Name - once.")
        if path != STDIN and path.is_dir():
            _walk(path, found)
        else:
            found.paths.append(path)
    return found


def _walk(top: Path, found: Sources) -> None:
    def shut(error: OSError) -> None:
        problem = UnreadablePicture(
            f"{error.filename} could not be opened ({error.strerror}).",
            remedy="Change its permissions, or leave it out.",
        )
        found.shut.append(Answer(Path(error.filename), error=problem))

    for folder, inner, names in os.walk(top, onerror=shut):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            ending = Path(name).suffix.casefold()
            if name.startswith("."):
                continue
            if ending in PICTURES:
                found.paths.append(Path(folder, name))
            elif ending in OTHERS:
                found.passed_over[ending] += 1


def answers(paths: Iterable[Path], reader: FaceReader) -> Iterator[Answer]:
    """Read one picture after the other; none stops the rest."""
    for path in paths:
        try:
            frame = opened(path)
            look = reader.look(frame, thorough=True)
            yield Answer(path, look.faces, look.unread)
        except UnreadablePicture as error:
            yield Answer(path, error=error)


def opened(path: Path) -> ImageFrame:
    """The picture in a file or on standard input. Raises UnreadablePicture."""
    from affetto.senses.camera import open_picture

    if path != STDIN:
        return open_picture(path)
    return open_picture(sys.stdin.buffer)


def read_as_clip(path: Path, *, asked: bool) -> bool:
    """Whether a file is read second by second.

    A video is, by its first bytes; when ``asked``, whatever is no still picture for certain.
    """
    from affetto.senses.clip import is_clip

    first = _first_bytes(path)
    return is_clip(first) or (asked and not first.startswith(STILL))


def _first_bytes(path: Path) -> bytes:
    if path == STDIN or not path.is_file():  # a pipe without a writer would wait for ever
        return b""
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError:
        return b""
