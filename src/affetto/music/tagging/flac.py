"""Tags in flac files: the VORBIS_COMMENT block among the metadata blocks.

RFC 9639, section 8. A longer comment takes its room from the padding block when there
is enough of it; otherwise the blocks grow and the frames of sound move as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, Final, NamedTuple

from affetto.music.tagging.comments import Comments
from affetto.music.tagging.splices import Splice, Untaggable, narrowed

_MARK: Final = b"fLaC"
_STREAMINFO: Final = 0
_PADDING: Final = 1
_COMMENT: Final = 4
_LAST: Final = 0x80
_LONGEST: Final = (1 << 24) - 1
_VENDOR: Final = b"affetto"


class _Block(NamedTuple):
    at: int  # of its header
    kind: int
    length: int  # of its body
    last: bool

    @property
    def end(self) -> int:
        return self.at + 4 + self.length


def own_words(file: BinaryIO) -> Comments:
    """The comment block; an empty one when there is none."""
    return _comments(file, _blocks(file))


def change(file: BinaryIO, values: Mapping[str, str]) -> list[Splice]:
    """The splices that put ``values`` into the comment block.

    Raises Untaggable when the blocks are damaged or would grow too large.
    """
    blocks = _blocks(file)
    old = next((block for block in blocks if block.kind == _COMMENT), None)
    body = _comments(file, blocks).with_values(values).written()
    if len(body) > _LONGEST:
        raise Untaggable(
            "The tags of the file are as large as they may be.",
            remedy="Take a picture out of them with a tag editor, then try again.",
        )
    if old is None:
        return _inserted(file, blocks[0], body)
    grown = len(body) - old.length
    room = next((block for block in blocks if block.kind == _PADDING), None)
    if room is None or not 0 <= room.length - grown <= _LONGEST:
        room = None
    splices = narrowed(old.at, _at(file, old.at, 4 + old.length), _head(old, len(body)) + body)
    if room is not None and grown:
        moved = min(room.length, room.length - grown)
        before = _at(file, room.at, 4 + room.length - moved)
        after = _head(room, room.length - grown) + bytes(room.length - grown - moved)
        splices += narrowed(room.at, before, after)
    return splices


def _blocks(file: BinaryIO) -> list[_Block]:
    if _at(file, 0, 4) != _MARK:
        raise _damaged()
    blocks: list[_Block] = []
    place, last = 4, False
    while not last:
        head = _at(file, place, 4)
        last = bool(head[0] & _LAST)
        block = _Block(place, head[0] & 0x7F, int.from_bytes(head[1:], "big"), last)
        blocks.append(block)
        place = block.end
    if blocks[0].kind != _STREAMINFO:
        raise _damaged()
    _at(file, place - 1, 1)  # the last block lies within the file
    return blocks


def _comments(file: BinaryIO, blocks: list[_Block]) -> Comments:
    for block in blocks:
        if block.kind == _COMMENT:
            return Comments.read(_at(file, block.at + 4, block.length))
    return Comments(_VENDOR, ())


def _inserted(file: BinaryIO, first: _Block, body: bytes) -> list[Splice]:
    """A new block behind the first, which may have been the last."""
    kind = _COMMENT | (_LAST if first.last else 0)
    new = bytes([kind]) + len(body).to_bytes(3, "big") + body
    flag = _at(file, first.at, 1)
    unflagged = bytes([flag[0] & ~_LAST])
    return [*narrowed(first.at, flag, unflagged), Splice(first.end, b"", new)]


def _head(block: _Block, length: int) -> bytes:
    return bytes([block.kind | (_LAST if block.last else 0)]) + length.to_bytes(3, "big")


def _at(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    data = file.read(length)
    if len(data) < length:
        raise _damaged()
    return data


def _damaged() -> Untaggable:
    return Untaggable(
        "The file is a damaged flac.", remedy="Copy it again from where it came from."
    )
