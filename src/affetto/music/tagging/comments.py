"""Vorbis comments: the tags of flac, ogg and opus files.

Xiph.org, "Ogg Vorbis I format specification: comment field and header specification":
a vendor's name, then ``NAME=value`` lines in UTF-8, each behind its length (32 bits,
little-endian). Lines that are not ours are kept byte for byte, broken ones too.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from affetto.music.tagging.splices import Untaggable


@dataclass(frozen=True, slots=True)
class Comments:
    """A comment block."""

    vendor: bytes
    lines: tuple[bytes, ...]
    rest: bytes = b""  # what follows: a framing bit, padding

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The block in ``data``; Untaggable when lengths do not fit."""
        place = 0

        def take(length: int) -> bytes:
            nonlocal place
            piece = data[place : place + length]
            if len(piece) < length:
                raise Untaggable(
                    "The tags of the file are damaged.",
                    remedy="Mend them with a tag editor, then try again.",
                )
            place += length
            return piece

        def number() -> int:
            return int(struct.unpack("<I", take(4))[0])

        vendor = take(number())
        lines = tuple(take(number()) for _ in range(min(number(), len(data))))
        return cls(vendor, lines, data[place:])

    def written(self) -> bytes:
        """The block as bytes."""
        parts = [struct.pack("<I", len(self.vendor)), self.vendor]
        parts.append(struct.pack("<I", len(self.lines)))
        for line in self.lines:
            parts += [struct.pack("<I", len(line)), line]
        return b"".join(parts) + self.rest

    def get(self, name: str) -> str | None:
        """The first value under ``name``, or None."""
        for line in self.lines:
            key, equals, value = line.partition(b"=")
            if equals and key.upper() == name.encode().upper():
                return value.decode("utf-8", "replace")
        return None

    def with_values(self, values: Mapping[str, str]) -> Comments:
        """The block with these values in place of what stood under their names."""
        names = {name.encode().upper() for name in values}
        kept = [line for line in self.lines if line.partition(b"=")[0].upper() not in names]
        ours = [f"{name}={value}".encode() for name, value in values.items()]
        return Comments(self.vendor, (*kept, *ours), self.rest)
