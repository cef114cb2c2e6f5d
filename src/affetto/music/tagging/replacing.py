"""A changed copy in the place of a file: made beside it, read back, put there in one step.

A power cut leaves the old file or the new one. Permissions, owner and what the system
keeps beside a file (extended attributes) go with it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from affetto.music.tagging.splices import Splice, Untaggable, digest, spliced, whole

_MADE: Final = ".affetto-part"
_NAME: Final = 40  # signs of the file's name in its copy's: 255 bytes are all there may be
_ABANDONED_S: Final = 60.0  # a copy that nobody wrote to for so long was cut short


def replace(
    path: Path, splices: Sequence[Splice], expected: str, *, mtime_ns: int | None = None
) -> None:
    """Put the file at ``path``, changed by ``splices``, in its place; its time is now.

    Or it is ``mtime_ns``. Raises Untaggable, the file being left as it was, unless the
    copy has the SHA-256 ``expected`` and what goes with the file can be kept.
    """
    part = path.with_name(f".{path.name[:_NAME]}{_MADE}")  # hidden: a scan passes over it
    try:
        copy = _made(part)
    except OSError as error:
        raise failed(error) from error
    try:
        with copy, opened(path) as file:
            for piece in spliced(file, splices):
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        with part.open("rb") as written:
            if digest(whole(written)) != expected:
                raise Untaggable(
                    "The file was changed meanwhile.",
                    remedy="Try again when no other program writes to it.",
                )
        _keep_owner(path, part)
        shutil.copystat(path, part)
        now = time.time_ns()
        os.utime(part, ns=(now, now if mtime_ns is None else mtime_ns))
        part.replace(path)
    except OSError as error:
        raise failed(error) from error
    finally:
        part.unlink(missing_ok=True)


def opened(path: Path) -> BinaryIO:
    """The file at ``path`` to be read; Untaggable when the system will not hand it over."""
    try:
        return path.open("rb")
    except OSError as error:
        raise failed(error) from error


def failed(error: OSError) -> Untaggable:
    """What the system said, as a reason to leave a file as it is."""
    reason = (error.strerror or type(error).__name__).strip().rstrip(".")
    return Untaggable(
        f"The file cannot be changed: {reason[:1].lower()}{reason[1:]}.",
        remedy="Check that it is there, that your account may write to its folder, and that "
        "the disk has room.",
    )


def lasting(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk, where a system can say so."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _made(part: Path) -> BinaryIO:
    """A new file for the copy: two programs never write to the same one."""
    try:
        return part.open("xb")
    except FileExistsError:
        if time.time() - part.stat().st_mtime < _ABANDONED_S:
            raise Untaggable(
                "Another program is just writing this file's tags.",
                remedy="Wait a minute, then try again.",
            ) from None
        part.unlink()
        return part.open("xb")


def _keep_owner(path: Path, part: Path) -> None:
    """Give the copy the file's owner and group; a copy of somebody else's would be ours."""
    if hasattr(os, "chown"):  # Windows has no such owners
        owner = _owner(path)
        if owner != _owner(part):
            try:
                os.chown(part, *owner)
            except OSError as error:
                raise Untaggable(
                    "The file belongs to another account or group, and a changed copy would not.",
                    remedy="Run the command as the account that owns it.",
                ) from error


def _owner(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid
