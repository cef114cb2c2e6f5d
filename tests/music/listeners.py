"""Stand-ins for listening to a file, for the processes of a scan to import."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from affetto.music.scanning import FailedFile, ScannedFile, hear_file


def shout(word: str) -> str:
    return word.upper()


def troubled(word: str) -> str:
    if word == "crash":
        ctypes.string_at(0)
    if word == "leave":
        os._exit(3)
    if word == "hang":
        time.sleep(60)
    return word.upper()


def hear_but_crash_on_bad_ones(path: str) -> ScannedFile | FailedFile:
    if Path(path).stem == "bad":
        ctypes.string_at(0)
    return hear_file(path)


def process(_: str) -> int:
    return os.getpid()


class DeadOnArrival:
    """Work that ends a worker while it starts."""

    def __call__(self, word: str) -> str:
        return word

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (3,)
