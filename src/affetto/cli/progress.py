"""A progress bar on standard error, where talk belongs; nothing when nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

Show = Callable[[int, int, str], None]  # done, total, what

_WIDTH: Final = 24


@contextmanager
def progress(what: str, *, to: TextIO | None = None) -> Iterator[Show]:
    """A function to call with (done, total, title); the bar ends with the block.

    On a terminal it is one line that redraws; elsewhere, a line at every quarter.
    """
    out = to if to is not None else sys.stderr
    redraws = out.isatty()
    last = -1

    def show(done: int, total: int, title: str) -> None:
        nonlocal last
        if redraws:
            filled = round(_WIDTH * done / max(1, total))
            bar = "#" * filled + "-" * (_WIDTH - filled)
            out.write(f"\r{what} [{bar}] {done}/{total} {title[:30]:<30}")
        else:
            quarter = 4 * done // max(1, total)
            if quarter == last:
                return
            last = quarter
            out.write(f"{what}: {done}/{total}\n")
        out.flush()
        last = max(last, 0)

    try:
        yield show
    finally:
        if redraws and last >= 0:
            out.write("\n")
            out.flush()
