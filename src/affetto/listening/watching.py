"""Following a folder of music: what is added, changed or taken away reaches the shelf.

The folder is looked through again and again, by the files' stamps. That is plain, and
works where a system's notices of changes do not: on network disks, in containers, over
links. Looking costs little; how long it takes decides how often it is done, so that a
folder of a hundred thousand files does not keep a processor busy.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from affetto.errors import AffettoError, Misuse
from affetto.listening.gathering import Gathered, scan_into
from affetto.music.scanning import Event, FailedFile, ScannedFile
from affetto.store.tracks import TrackShelf

EVERY_S: Final = 4.0  # between two looks
SETTLED_S: Final = 2.0  # a file that changed since may still be being written
_SHARE: Final = 0.05  # of the time, at most, is spent looking


class _Stopped(Exception):
    """``stop`` was set while files were listened to."""


def watch_into(
    shelf: TrackShelf,
    root: Path,
    *,
    now: Callable[[], datetime],
    stop: threading.Event,
    workers: int | None = None,
    on_event: Callable[[Event], None] | None = None,
    on_change: Callable[[Gathered], None] | None = None,
    on_trouble: Callable[[AffettoError], None] | None = None,
    every_s: float = EVERY_S,
    settled_s: float = SETTLED_S,
    listen: Callable[[str], ScannedFile | FailedFile] | None = None,
) -> None:
    """Keep ``shelf`` like the folder ``root`` until ``stop`` is set.

    It then ends after the file it is at; what was heard is kept.
    ``on_change`` hears of each look that found something new; ``on_trouble`` once of a
    folder that cannot be looked into (its disk is not connected, say), which is then
    waited for. ``workers``, ``on_event`` and ``listen`` are those of ``scan_into``.

    Raises StoreTrouble when the shelf cannot be written.
    """

    def tell(event: Event) -> None:
        if on_event is not None:
            on_event(event)
        if stop.is_set():
            raise _Stopped

    trouble = ""
    while not stop.is_set():
        began = time.monotonic()
        busy = False
        try:
            gathered = scan_into(
                shelf,
                root,
                now=now,
                workers=workers,
                on_event=tell,
                listen=listen,
                settling_since_ns=time.time_ns() - int(settled_s * 1e9),
            )
            trouble = ""
            busy = bool(gathered.heard or gathered.gone or gathered.failed)
            if busy and on_change is not None:
                on_change(gathered)
        except _Stopped:
            return
        except Misuse as error:
            if error.problem != trouble and on_trouble is not None:
                on_trouble(error)
            trouble = error.problem
        looked_s = 0.0 if busy else time.monotonic() - began
        stop.wait(max(every_s, looked_s / _SHARE))
