"""Standard output, where the answer goes, and what becomes of one that cannot arrive."""

from __future__ import annotations

import errno
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any


class AnswerLost(Exception):
    """The answer could not be written. ``left`` is true when its reader had enough."""

    def __init__(self, reason: str, *, left: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.left = left


class Outlet(FileIO):
    """A file that raises AnswerLost, once, for what the system refuses to take.

    From then on it takes everything and keeps nothing, so that the interpreter's way out
    stays quiet. No other file's trouble is ever mistaken for it.
    """

    _lost = False

    def write(self, data: Any, /) -> int:
        """Write ``data``, bytes or a view of them; returns how many were taken."""
        if self._lost:
            return len(data)
        try:
            return super().write(data)
        except OSError as error:
            self._lost = True
            # Windows says EINVAL of a pipe whose reader is gone.
            gone = {errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE}
            reason = error.strerror or type(error).__name__
            raise AnswerLost(reason, left=error.errno in gone) from error


def answer_through_outlet() -> None:
    """Lead standard output through an Outlet, and let no odd letter stop an answer.

    A terminal of Windows and a stream that is no file are left as they are. Raises
    AnswerLost when there is no standard output.
    """
    if sys.stdout is None:
        raise AnswerLost("standard output is closed")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a title no terminal can show is no reason to stop
            stream.reconfigure(errors="replace")
    out = sys.stdout
    if not isinstance(out, TextIOWrapper):
        return
    raw = getattr(out.buffer, "raw", out.buffer)
    if type(raw) is FileIO:
        sys.stdout = TextIOWrapper(
            BufferedWriter(Outlet(raw.fileno(), "wb", closefd=False)),
            encoding=out.encoding,
            errors="replace",
            line_buffering=out.line_buffering,
            write_through=out.write_through,
        )
