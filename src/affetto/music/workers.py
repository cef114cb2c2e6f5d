"""Several processes that listen to files, each to one at a time.

Decoders are C code fed with files from anywhere: one may crash or never end. Here that
costs the file it happened on and nothing else. Each worker has its own pipe and holds
one file, so it is always known which file a dead worker had; a new worker takes its
place. (concurrent.futures ends the whole pool instead, and every file in it.)

Workers are spawned, never forked: the same on every system, and safe in a server with
threads. A worker whose parent has vanished, however suddenly, finds its pipe closed
and ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final, Generic, TypeVar

from affetto.errors import AffettoError

LONGEST_S: Final = 120.0  # a file that takes longer is given up
_READY: Final = "ready"
_PATIENCE: Final = 2

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Died(AffettoError):
    """A worker crashed, or was ended because it took too long, over one task."""


class _Worker(Generic[Task, Answer]):
    """One process, its pipe, and the task it holds."""

    def __init__(self, work: Callable[[Task], Answer]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_serve, args=(theirs, work), daemon=True, name="affetto-listener"
        )
        self.process.start()
        theirs.close()  # so that our end reads "closed" when the worker dies
        self.task: Task | None = None
        self.since = time.monotonic()

    def give(self, task: Task) -> None:
        self.task, self.since = task, time.monotonic()
        with suppress(OSError):  # died just now: its closed pipe will tell
            self.pipe.send(task)

    def end(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


def work_through(
    tasks: Iterable[Task],
    work: Callable[[Task], Answer],
    *,
    workers: int,
    longest_s: float = LONGEST_S,
) -> Iterator[tuple[Task, Answer | Died]]:
    """Do ``work`` on each task in ``workers`` processes; yield answers as they come.

    ``work`` is a module's function; it answers rather than raises. A task whose worker
    crashed or took over ``longest_s`` seconds yields Died. Leaving the iterator early
    ends the workers.

    Raises AffettoError when workers cannot be started at all.
    """
    waiting = deque(tasks)
    crew: list[_Worker[Task, Answer]] = []
    stillborn = 0  # workers in a row that died before they were ready
    try:
        while waiting or any(one.task is not None for one in crew):
            while len(crew) < min(workers, len(waiting) + _busy(crew)):
                crew.append(_Worker(work))
            wait([one.pipe for one in crew], timeout=1.0)
            for one in list(crew):
                task, died = one.task, False
                try:
                    # A worker says "ready" first, and an answer for each task after.
                    if one.pipe.poll():
                        message = one.pipe.recv()
                        one.task = None
                        if message == _READY:
                            stillborn = 0
                        elif task is not None:
                            yield task, message
                        if waiting:
                            one.give(waiting.popleft())
                        continue
                except (EOFError, OSError):
                    died = True
                late = task is not None and time.monotonic() - one.since > longest_s
                if not (died or late):
                    continue
                crew.remove(one)
                one.end()
                if task is not None:
                    yield task, _crash() if died else _overrun(longest_s)
                    continue
                stillborn += 1
                if stillborn > _PATIENCE:
                    raise AffettoError(
                        "The processes that listen to files cannot be started.",
                        remedy="Scan with 0 workers; from a script of yours, start the scan "
                        "under `if __name__ == '__main__':`.",
                    )
    finally:
        for one in crew:
            one.end()


def _busy(crew: list[_Worker[Task, Answer]]) -> int:
    return sum(one.task is not None for one in crew)


def _crash() -> Died:
    return Died(
        "The decoder crashed on this file.",
        remedy="The file is damaged: copy it again, or convert it to flac or mp3.",
    )


def _overrun(longest_s: float) -> Died:
    return Died(
        f"The file could not be listened to within {longest_s:g} seconds.",
        remedy="It may lie on a slow or failing disk: copy it elsewhere and scan there.",
    )


def _serve(pipe: Connection, work: Callable[[Task], Answer]) -> None:
    """A worker's life: take a task, answer it, until the pipe closes.

    ``work`` should load NumPy only when called: thread counts are read at its import.
    """
    # Ctrl-C reaches every process of a terminal; the parent ends us in good order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _quieten()
    for library in ("OPENBLAS", "OMP", "MKL", "VECLIB"):  # one process, one core
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    with suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            pipe.send(work(pipe.recv()))


def _quieten() -> None:
    """Send what C libraries print about odd files to nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
