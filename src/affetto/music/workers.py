"""Several processes that listen to files, each to one at a time.

Decoders are C code fed with files from anywhere: one may crash or never end. Here that
costs the file it happened on and nothing else. Each worker has its own pipe and holds
one file, and says when it begins with it, so it is always known which file a dead worker
was at; a new worker takes its place. (concurrent.futures ends the whole pool instead,
and every file in it.)

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
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final, Generic, TypeVar

from affetto.errors import AffettoError

LONGEST_S: Final = 120.0  # a file that takes longer is given up
START_WITHIN_S: Final = 60.0  # Python and our own modules, on a machine with much to do
_PATIENCE: Final = 2
# What a worker sends: one word and, with the last, an answer.
_READY: Final = "ready"
_BEGUN: Final = "begun"
_DONE: Final = "done"

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Died(AffettoError):
    """A worker crashed, or was ended because it took too long, over one task."""


@dataclass
class _Held(Generic[Task]):
    """A task, whether its worker has begun with it, and how often none came that far."""

    task: Task
    begun: bool = False
    lost: int = 0


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
        self.ready = False
        self.held: _Held[Task] | None = None
        self.since = time.monotonic()

    @property
    def idle(self) -> bool:
        return self.ready and self.held is None

    def give(self, held: _Held[Task]) -> None:
        self.held, self.since = held, time.monotonic()
        held.begun = False
        with suppress(OSError):  # died just now: its closed pipe will tell
            self.pipe.send(held.task)

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
    start_within_s: float = START_WITHIN_S,
) -> Iterator[tuple[Task, Answer | Died]]:
    """Do ``work`` on each task in ``workers`` processes; yield answers as they come.

    ``work`` is a module's function; it answers rather than raises. A task whose worker
    crashed or took over ``longest_s`` seconds yields Died; one whose worker had died
    before it began goes to another. Leaving the iterator early ends the workers.

    Raises AffettoError when workers cannot be started at all, or not within
    ``start_within_s`` seconds.
    """
    waiting = deque(_Held(task) for task in tasks)
    crew: list[_Worker[Task, Answer]] = []
    stillborn = 0  # workers in a row that died before they were ready
    try:
        while waiting or _busy(crew):
            while len(crew) < min(workers, len(waiting) + _busy(crew)):
                crew.append(_Worker(work))
            for one in crew:
                if one.idle and waiting:
                    one.give(waiting.popleft())
            wait([one.pipe for one in crew], timeout=1.0)
            for one in list(crew):
                held, died = one.held, False
                try:
                    if one.pipe.poll():
                        word, answer = one.pipe.recv()
                        if word == _READY:
                            one.ready, stillborn = True, 0
                        elif held is not None and word == _BEGUN:
                            held.begun = True
                        elif held is not None:
                            one.held = None
                            yield held.task, answer
                        continue
                except (EOFError, OSError):
                    died = True
                patience = longest_s if one.ready else start_within_s
                late = not one.idle and time.monotonic() - one.since > patience
                if not (died or late):
                    continue
                crew.remove(one)
                one.end()
                if not one.ready:
                    stillborn += 1
                    if stillborn > _PATIENCE:
                        raise _unstartable()
                elif held is not None:
                    held.lost += 1
                    if died and not held.begun and held.lost <= _PATIENCE:
                        waiting.appendleft(held)
                    else:
                        yield held.task, _crash() if died else _overrun(longest_s)
    finally:
        for one in crew:
            one.end()


def _busy(crew: list[_Worker[Task, Answer]]) -> int:
    return sum(one.held is not None for one in crew)


def _unstartable() -> AffettoError:
    return AffettoError(
        "The processes that listen to files cannot be started.",
        remedy="Scan with 0 workers; from a script of yours, start the scan "
        "under `if __name__ == '__main__':`.",
    )


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
        pipe.send((_READY, None))
        while True:
            task = pipe.recv()
            pipe.send((_BEGUN, None))
            pipe.send((_DONE, work(task)))


def _quieten() -> None:
    """Send what C libraries print about odd files to nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
