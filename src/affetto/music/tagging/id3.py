"""Tags in mp3 files: ID3v2 at the beginning, versions 3 and 4.

The documents "ID3 tag version 2.3.0" and "ID3 tag version 2.4.0 - main structure"
(id3.org). Frames that are not ours are kept byte for byte. Ours go behind them, into
the padding when there is enough; an ID3v1 tag at the end of the file stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from affetto.music.tagging.splices import Splice, Untaggable, narrowed

_MARK: Final = b"ID3"
_HEAD: Final = 10  # bytes of a tag's header, and of a frame's
_UNSYNCHRONISED: Final = 0x80
_EXTENDED: Final = 0x40
_EXPERIMENTAL: Final = 0x20
_FOOTER: Final = 0x10
_FRAME_UNSYNCHRONISED: Final = 0x02  # in version 4 it is the frames that are encoded
_LATIN: Final = 0
_UTF8: Final = 3
_UTF16: Final = 1
_PADDING: Final = 512  # left behind the frames of a tag that grows
_LONGEST: Final = (1 << 28) - 1
_MOOD: Final = b"TMOO"  # version 4 has a frame for the mood; all else is a named text
_V1_LENGTH: Final = 128
# ID3v1 (id3.org): where each text lies, and the frame that says the same.
_V1_TEXTS: Final = ((3, 33, b"TIT2"), (33, 63, b"TPE1"), (63, 93, b"TALB"), (93, 97, b"TDRC"))
_V1_GENRE_AT: Final = 127
_V1_NO_GENRE: Final = 255


@dataclass(frozen=True, slots=True)
class _Frame:
    name: bytes
    data: bytes  # the whole frame, its header too

    @property
    def body(self) -> bytes:
        body = self.data[_HEAD:]
        return _synchronised(body) if self.data[9] & _FRAME_UNSYNCHRONISED else body


@dataclass(frozen=True, slots=True)
class _Tag:
    """An ID3v2 tag; ``size`` is 0 where the file has none."""

    version: int
    flags: int
    frames: tuple[_Frame, ...]
    size: int  # bytes of the file, header, padding and footer included


def own_words(file: BinaryIO) -> dict[str, str]:
    """The texts that ``change`` may write, by name in capitals, as far as there are any."""
    return dict(_named(frame) for frame in _read(file).frames if _is_text(frame))


def change(file: BinaryIO, values: Mapping[str, str]) -> list[Splice]:
    """The splices that put ``values`` into the tag, or a new tag before the sound.

    Raises Untaggable for tags that are damaged or of a version nobody writes any more.
    """
    tag = _read(file)
    frames = list(tag.frames) if tag.size else _from_v1(file)
    names = {name.upper() for name in values}
    kept = [f.data for f in frames if not (_is_text(f) and _named(f)[0] in names)]
    ours = [_text(name, value, tag.version) for name, value in values.items()]
    body = b"".join([*kept, *ours])
    flags = tag.flags & (_UNSYNCHRONISED | _EXPERIMENTAL)
    if (
        flags & _UNSYNCHRONISED and tag.version == 3
    ):  # there it is the tag that is encoded, not its frames
        body = _unsynchronised(body)
    room = tag.size - _HEAD
    if len(body) > room:
        room = len(body) + _PADDING
    if room > _LONGEST:
        raise Untaggable(
            "The tags of the file are as large as they may be.",
            remedy="Take a picture out of them with a tag editor, then try again.",
        )
    head = _MARK + bytes([tag.version, 0, flags]) + _seven_bits(room)
    file.seek(0)
    return _near(file.read(tag.size), head + body + bytes(room - len(body)), kept, tag)


def end_of(head: bytes) -> int:
    """Where the tag with this header, its first ten bytes, ends in the file."""
    return _HEAD + max(0, _of_seven_bits(head[6:_HEAD]))


def _near(old: bytes, new: bytes, kept: list[bytes], tag: _Tag) -> list[Splice]:
    """``old`` to ``new`` in two splices, around the frames both begin with.

    A picture among them is then not kept a second time to undo the change.
    """
    if not tag.size:
        return [Splice(0, b"", new)]
    same = _HEAD
    for frame in kept:
        if old[same : same + len(frame)] != frame or new[same : same + len(frame)] != frame:
            break
        same += len(frame)
    return narrowed(0, old[:_HEAD], new[:_HEAD]) + narrowed(same, old[same:], new[same:])


def _read(file: BinaryIO) -> _Tag:
    file.seek(0)
    head = file.read(_HEAD)
    if head[:3] != _MARK:
        return _Tag(4, 0, (), 0)
    version, flags, size = head[3], head[5], _of_seven_bits(head[6:])
    if version not in (3, 4):
        raise Untaggable(
            f"The tags of the file are of an old kind (ID3v2.{version}).",
            remedy="Convert them to ID3v2.4 with a tag editor, then try again.",
        )
    body = file.read(max(0, size))
    if len(body) != size:
        raise _damaged()
    if flags & _UNSYNCHRONISED and version == 3:
        body = _synchronised(body)
    place = 0
    if flags & _EXTENDED:  # holds a checksum, which would be wrong; left out when written
        length = body[:4]
        place = _of_seven_bits(length) if version == 4 else int.from_bytes(length, "big") + 4
    frames = tuple(_frames(body, place, version))
    footer = _HEAD if flags & _FOOTER and version == 4 else 0
    return _Tag(version, flags, frames, _HEAD + size + footer)


def _frames(body: bytes, place: int, version: int) -> Iterator[_Frame]:
    while place < len(body) and body[place]:
        head = body[place : place + _HEAD]
        name = head[:4]
        if len(head) < _HEAD or not _is_name(name):
            raise _damaged()
        end = place + _HEAD + _length(body, place, version)
        if end > len(body):
            raise _damaged()
        yield _Frame(name, body[place:end])
        place = end
    if any(body[place:]):
        raise _damaged()  # not padding: something we cannot read


def _length(body: bytes, place: int, version: int) -> int:
    """How long the frame's body is.

    Version 4 counts in bytes of seven bits; some writers counted in eight all the same.
    What follows the frame tells which it was.
    """
    told = body[place + 4 : place + 8]
    plain = int.from_bytes(told, "big")
    if version == 3:
        return plain
    seven = _of_seven_bits(told)
    if seven != plain and not (seven >= 0 and _frame_or_end(body, place + _HEAD + seven)):
        return plain
    return seven


def _frame_or_end(body: bytes, place: int) -> bool:
    name = body[place : place + 4]
    return place == len(body) or (place < len(body) and (not any(name) or _is_name(name)))


def _is_name(name: bytes) -> bool:
    return name.isalnum() and name == name.upper()


def _is_text(frame: _Frame) -> bool:
    return frame.name in (_MOOD, b"TXXX") and frame.data[8:_HEAD] in (b"\0\0", b"\0\x02")


def _named(frame: _Frame) -> tuple[str, str]:
    """A text's name in capitals, and what it says."""
    text = _decoded(frame.body)
    if frame.name == _MOOD:
        return "MOOD", text.strip("\0")
    name, _, value = text.partition("\0")
    return name.upper(), value.strip("\0").lstrip("\ufeff")


def _decoded(body: bytes) -> str:
    codecs = ("latin-1", "utf-16", "utf-16-be", "utf-8")
    codec = codecs[body[0]] if body[:1] and body[0] < len(codecs) else "latin-1"
    return body[1:].decode(codec, "replace")


def _text(name: str, value: str, version: int) -> bytes:
    if version == 4 and name == "MOOD":
        return _frame(_MOOD, value, version)
    return _frame(b"TXXX", f"{name}\0{value}", version)


def _frame(name: bytes, text: str, version: int) -> bytes:
    """A text frame: UTF-8 in version 4, Latin-1 or UTF-16 in version 3."""
    if version == 4:
        body = bytes([_UTF8]) + text.encode()
    elif text.isascii():
        body = bytes([_LATIN]) + text.encode("latin-1")
    else:  # each of its parts needs a mark of the byte order
        parts = (part.encode("utf-16") for part in text.split("\0"))
        body = bytes([_UTF16]) + b"\0\0".join(parts)
    length = _seven_bits(len(body)) if version == 4 else len(body).to_bytes(4, "big")
    return name + length + b"\0\0" + body


def _from_v1(file: BinaryIO) -> list[_Frame]:
    """What an ID3v1 tag says, as frames: readers that find ID3v2 look no further."""
    if file.seek(0, os.SEEK_END) < _V1_LENGTH:
        return []
    file.seek(-_V1_LENGTH, os.SEEK_END)
    tag = file.read(_V1_LENGTH)
    if tag[:3] != b"TAG":
        return []
    texts = [
        (name, tag[start:end].partition(b"\0")[0].decode("latin-1").strip())
        for start, end, name in _V1_TEXTS
    ]
    if tag[125] == 0 and tag[126]:
        texts.append((b"TRCK", str(tag[126])))
    if tag[_V1_GENRE_AT] != _V1_NO_GENRE:
        texts.append((b"TCON", str(tag[_V1_GENRE_AT])))
    return [_Frame(name, _frame(name, text, 4)) for name, text in texts if text]


def _synchronised(body: bytes) -> bytes:
    return body.replace(b"\xff\x00", b"\xff")


def _unsynchronised(body: bytes) -> bytes:
    """A zero behind every byte of ones that could be taken for the start of sound."""
    safe = bytearray()
    for i, byte in enumerate(body):
        safe.append(byte)
        following = body[i + 1] if i + 1 < len(body) else 0
        if byte == 0xFF and (following == 0 or following >= 0xE0):
            safe.append(0)
    return bytes(safe)


def _seven_bits(number: int) -> bytes:
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


def _of_seven_bits(data: bytes) -> int:
    """The number in four bytes of seven bits; -1 when one has eight."""
    number = 0
    for byte in data:
        if byte & 0x80:
            return -1
        number = number << 7 | byte
    return number


def _damaged() -> Untaggable:
    return Untaggable(
        "The tags of the file are damaged.",
        remedy="Mend them with a tag editor, then try again.",
    )
