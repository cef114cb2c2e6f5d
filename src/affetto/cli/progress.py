"""Progress on standard error, where talk belongs; nothing when nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol, TextIO

Show = Callable[[int, int, str], None]  # done, total, what

INTERRUPTED: Final = 130  # the shell's exit code for Ctrl-C

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


class ListeningBar(Protocol):
    """A bar of tracks being listened to; it can tell how long the rest will take."""

    def begin(self, total: int) -> None:
        """So many are to be heard."""
        ...

    def heard(self, title: str | None = None) -> None:
        """One more is done, or was given up, where it has no title."""
        ...


@contextmanager
def listening_bar() -> Iterator[ListeningBar]:
    """A bar on the terminal that ends with the block; silent where nobody watches."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("Listening"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[title]}", markup=False),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as drawn:
        task = drawn.add_task("listening", total=None, title="")

        class Bar:
            def begin(self, total: int) -> None:
                drawn.update(task, total=total)

            def heard(self, title: str | None = None) -> None:
                if title is not None:
                    drawn.update(task, title=title[:40])
                drawn.update(task, advance=1)

        yield Bar()
