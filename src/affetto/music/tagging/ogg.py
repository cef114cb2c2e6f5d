"""Tags in ogg files, Vorbis and Opus: the comment packet among the header packets.

RFC 3533 (Ogg), RFC 7845 (Opus) and the Vorbis I specification: the header packets fill
whole pages and sound begins on a page of its own. Only the pages of the headers are laid
anew. When their number changes, the pages of sound get new numbers and checksums, and
their sound stays as it is; Opus files often have padding that makes even that needless.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import BinaryIO, Final

from affetto.music.tagging.comments import Comments
from affetto.music.tagging.splices import Splice, Untaggable, narrowed

_MARK: Final = b"OggS"
_HEAD: Final = struct.Struct("<4sBBqIIIB")  # RFC 3533, section 6
_CONTINUED: Final = 0x01
_FIRST: Final = 0x02
_NUMBER_AT: Final = 18  # in a page: its number, then its checksum, 4 bytes each
_FULL: Final = 255  # bytes in a segment, segments in a page
_NO_PACKET_ENDS: Final = -1
# A codec's first bytes: those of its comment packet, and how many header packets follow
# the first packet.
_CODECS: Final = {
    b"\x01vorbis": (b"\x03vorbis", 2),
    b"OpusHead": (b"OpusTags", 1),
}


@dataclass(frozen=True, slots=True)
class _Page:
    at: int
    flags: int
    granule: int
    serial: int
    number: int
    lengths: bytes  # of its segments
    body: bytes

    @property
    def size(self) -> int:
        return _HEAD.size + len(self.lengths) + len(self.body)

    def written(self) -> bytes:
        """The page with its checksum."""
        head = _HEAD.pack(
            _MARK, 0, self.flags, self.granule, self.serial, self.number, 0, len(self.lengths)
        )
        page = bytearray(head + self.lengths + self.body)
        page[22:26] = struct.pack("<I", _checksum(page))
        return bytes(page)


def own_words(file: BinaryIO) -> Comments:
    """The comments of the file."""
    return _Headers.of(file).comments


def change(file: BinaryIO, values: Mapping[str, str]) -> list[Splice]:
    """The splices that put ``values`` into the comments.

    Raises Untaggable for damaged files, and for those with more than one stream.
    """
    headers = _Headers.of(file)
    comments = headers.comments.with_values(values)
    grown = len(comments.written()) - len(headers.comments.written())
    if len(comments.rest) > 1 and not any(comments.rest) and grown < len(comments.rest):
        comments = replace(comments, rest=bytes(len(comments.rest) - grown))
    pages = headers.laid_anew(headers.mark + comments.written())
    first = headers.pages[0].at
    file.seek(first)
    old = file.read(headers.end - first)
    splices = narrowed(first, old, b"".join(page.written() for page in pages))
    shift = len(pages) - len(headers.pages)
    if shift:
        splices += _renumbered(file, headers, shift)
    return splices


@dataclass(frozen=True, slots=True)
class _Headers:
    """The header packets that follow the first one, and the pages they fill."""

    mark: bytes  # how the comment packet begins
    packets: tuple[bytes, ...]  # the comments first
    pages: tuple[_Page, ...]

    @property
    def comments(self) -> Comments:
        return Comments.read(self.packets[0][len(self.mark) :])

    @property
    def end(self) -> int:
        return self.pages[-1].at + self.pages[-1].size

    @classmethod
    def of(cls, file: BinaryIO) -> _Headers:
        """Read them from the file's beginning."""
        stream = _pages(file, 0)
        start = next(stream, None)
        if start is None or not start.flags & _FIRST:
            raise _damaged()
        codec = next((name for name in _CODECS if start.body.startswith(name)), None)
        if codec is None:
            raise Untaggable(
                "The ogg file holds neither Vorbis nor Opus.",
                remedy="Its tags stay as they are; convert it to flac to have them written.",
            )
        mark, wanted = _CODECS[codec]
        pages: list[_Page] = []
        packets, open_packet = [], b""
        for page in stream:
            if page.serial != start.serial:
                raise Untaggable(
                    "The ogg file holds several streams at once.",
                    remedy="Its tags stay as they are until it holds sound only.",
                )
            pages.append(page)
            place = 0
            for length in page.lengths:
                open_packet += page.body[place : place + length]
                place += length
                if length < _FULL:
                    packets.append(open_packet)
                    open_packet = b""
            if len(packets) >= wanted:
                break
        if len(packets) != wanted or open_packet or not packets[0].startswith(mark):
            raise _damaged()
        return cls(mark, tuple(packets), tuple(pages))

    def laid_anew(self, comments: bytes) -> list[_Page]:
        """Pages that hold the packets with ``comments`` for the first of them."""
        segments: list[bytes] = []
        ends: set[int] = set()  # segments that end a packet
        for packet in (comments, *self.packets[1:]):
            segments += [packet[i : i + _FULL] for i in range(0, len(packet), _FULL)]
            if len(packet) % _FULL == 0:
                segments.append(b"")
            ends.add(len(segments) - 1)
        first = self.pages[0]
        laid: list[_Page] = []
        for place in range(0, len(segments), _FULL):
            here = segments[place : place + _FULL]
            ended = any(i in ends for i in range(place, place + len(here)))
            laid.append(
                _Page(
                    at=0,
                    flags=0 if place == 0 or place - 1 in ends else _CONTINUED,
                    granule=0 if ended else _NO_PACKET_ENDS,
                    serial=first.serial,
                    number=first.number + len(laid),
                    lengths=bytes(len(segment) for segment in here),
                    body=b"".join(here),
                )
            )
        return laid


def _renumbered(file: BinaryIO, headers: _Headers, shift: int) -> Iterator[Splice]:
    """New numbers and checksums for the pages of sound."""
    serial, end = headers.pages[0].serial, headers.end
    for page in _pages(file, headers.end):
        if page.flags & _FIRST:
            return  # another song behind this one; its pages count for themselves
        if page.serial != serial:
            raise _damaged()
        end += page.size
        new = replace(page, number=(page.number + shift) & 0xFFFFFFFF).written()
        file.seek(page.at + _NUMBER_AT)
        yield Splice(page.at + _NUMBER_AT, file.read(8), new[_NUMBER_AT : _NUMBER_AT + 8])
    if file.seek(0, os.SEEK_END) != end:  # pages we cannot number lie behind the damage
        raise _damaged()


def _pages(file: BinaryIO, at: int) -> Iterator[_Page]:
    """The pages from ``at`` on; bytes behind the last whole page are left alone."""
    while True:
        file.seek(at)
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        mark, version, flags, granule, serial, number, _, count = _HEAD.unpack(head)
        lengths = file.read(count)
        body = file.read(sum(lengths))
        if mark != _MARK or version or len(lengths) < count or len(body) < sum(lengths):
            return
        page = _Page(at, flags, granule, serial, number, lengths, body)
        yield page
        at += page.size


@cache
def _mirrored() -> bytes:
    """Each byte with its bits the other way round."""
    return bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def _checksum(page: bytes | bytearray) -> int:
    """The CRC-32 of RFC 3533: zlib's polynomial, but bits first to last and no inversion."""
    upside = zlib.crc32(page.translate(_mirrored()), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{upside:032b}"[::-1], 2)


def _damaged() -> Untaggable:
    return Untaggable("The file is a damaged ogg.", remedy="Copy it again from where it came from.")
