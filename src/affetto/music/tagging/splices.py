"""Small exchanges of bytes in a file, each of which can be turned back.

A change of tags is a list of splices: at a place of the file certain bytes give way to
others. What a splice replaced it keeps, so the way back is known before the first byte
is written, and everything no splice names, the sound above all, is copied as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO, Final, NamedTuple

from affetto.errors import AffettoError

_CHUNK: Final = 1 << 20  # bytes copied at once


class Untaggable(AffettoError):
    """A file whose tags we will not touch, and why."""


class Splice(NamedTuple):
    """At the offset ``at`` of a file, the bytes ``old`` become ``new``."""

    at: int
    old: bytes
    new: bytes


def narrowed(at: int, old: bytes, new: bytes) -> list[Splice]:
    """The exchange of ``old`` for ``new`` without the bytes both begin and end with."""
    if old == new:
        return []
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    most -= head
    tail = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    return [Splice(at + head, old[head : len(old) - tail], new[head : len(new) - tail])]


def inverse(splices: Sequence[Splice]) -> list[Splice]:
    """The splices that turn the changed file back into the first one."""
    back, shift = [], 0
    for at, old, new in sorted(splices):
        back.append(Splice(at + shift, new, old))
        shift += len(new) - len(old)
    return back


def spliced(file: BinaryIO, splices: Sequence[Splice]) -> Iterator[bytes]:
    """The bytes of the changed file, piece by piece.

    Raises Untaggable when the file does not hold what a splice means to replace.
    """
    ordered = sorted(splices)
    if any(one.at + len(one.old) > other.at for one, other in pairwise(ordered)):
        raise ValueError("splices overlap")
    place = 0
    file.seek(0)
    for at, old, new in ordered:
        while place < at:
            chunk = file.read(min(_CHUNK, at - place))
            if not chunk:
                raise _changed()
            place += len(chunk)
            yield chunk
        if file.read(len(old)) != old:
            raise _changed()
        place += len(old)
        yield new
    while chunk := file.read(_CHUNK):
        yield chunk


def digest(pieces: Iterator[bytes]) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    hashed = hashlib.sha256()
    for piece in pieces:
        hashed.update(piece)
    return hashed.hexdigest()


def whole(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of the file as it is, piece by piece."""
    return spliced(file, [])


def _changed() -> Untaggable:
    return Untaggable(
        "The file was changed meanwhile.",
        remedy="Try again when no other program writes to it.",
    )
