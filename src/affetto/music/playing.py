"""What a browser plays of the files on this disk, and what it must be told of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

# Files the page plays, by ending. AIFF plays in one browser only, WMA and others in none.
PLAYED: Final = {
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".aac": "audio/aac",
}
_HEADS: Final = (
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
)


def is_played(path: Path) -> bool:
    """Whether a browser can be expected to play a file of this name."""
    return path.suffix.lower() in PLAYED


def sound_mime(path: Path) -> str | None:
    """What the file at ``path`` is to a browser, by its first bytes.

    None when it cannot be opened or is no sound file that plays there: a file that was
    replaced by something else after the scan is not handed out.
    """
    expected = PLAYED.get(path.suffix.lower())
    try:
        if expected is None or not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return None
    for start, mime in _HEADS:
        if head.startswith(start):
            return expected if mime == "audio/mpeg" and expected == "audio/aac" else mime
    if head[:4] in (b"RIFF", b"RF64") and head[8:] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    # An mp3 may begin with a bare frame (11 bits set), or with junk before it.
    return expected if head[:1] == b"\xff" or (head and not any(head)) else None
