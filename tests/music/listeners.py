"""Stand-ins for listening to a file, for the processes of a scan to import."""

from __future__ import annotations

import ctypes
import os
import time
from dataclasses import dataclass
from pathlib import Path

from affetto.music.scanning import FailedFile, ScannedFile, hear_file


def shout(word: str) -> str:
    return word.upper()


def echo(word: str) -> str:
    return word


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
    time.sleep(0.02)  # long enough for another worker to be ready too
    return os.getpid()


@dataclass(frozen=True)
class LostOnce:
    """A task that never arrives the first time: its worker dies before it begins."""

    word: str
    mark: Path  # made when it was lost

    def __reduce__(self) -> tuple[object, ...]:
        return _arrive, (self.word, self.mark)

    def upper(self) -> str:
        return self.word.upper()


def _arrive(word: str, mark: Path) -> LostOnce:
    if not mark.exists():
        mark.touch()
        os._exit(3)
    return LostOnce(word, mark)


class NeverReady:
    """Work that holds a worker up for ever while it starts."""

    def __reduce__(self) -> tuple[object, ...]:
        return time.sleep, (3600,)


class DeadOnArrival:
    """Work that ends a worker while it starts."""

    def __call__(self, word: str) -> str:
        return word

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (3,)
