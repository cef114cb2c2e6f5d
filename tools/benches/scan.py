"""Scanning a folder of made-up music: how fast, how much memory, and after a power cut.

What a scan takes to begin (Python, two workers, their models) is told apart from what each
file takes: it is what a scan of one album takes beyond its files.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benches.table import Row

FILES = int(os.environ.get("BENCH_FILES", "1000"))
SOON = min(100, FILES)  # tracks that should be usable quickly
ALBUM = 20  # files, the same mixture of kinds in each
LEAST_A_SECOND = 8  # tracks a core-second
# Two of five are mp3 of 200 s, the length that the bar speaks of; the others are short.
KINDS = ((".mp3", 200.0), (".mp3", 200.0), (".ogg", 30.0), (".flac", 30.0), (".opus", 30.0))


def scanning() -> list[Row]:
    """A first scan, one killed halfway and begun again, and one with nothing to do."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "music"
        made = make(folder, FILES)
        album = Scan(folder / "album 000", Path(place) / "album").run()
        first = Scan(folder, Path(place) / "first").run()
        again = Scan(folder, Path(place) / "first").run()
        cut = Scan(folder, Path(place) / "cut")
        kept = cut.run(kill_after=FILES // 2).rows()
        rest = cut.run()
    each_ms = 1000 * (first.cpu_s - album.cpu_s) / (FILES - ALBUM)
    begin_ms = 1000 * album.cpu_s - ALBUM * each_ms
    all_ms = 1000 * first.cpu_s / FILES
    bar_ms = 1000 / LEAST_A_SECOND
    lost = FILES - len(rest.rows_)
    twice = sum(rest.rows_.get(path) != at for path, at in kept.items())
    return [
        Row(f"scan {FILES:,} files ({made}), a file", 1000 * first.wall_s / FILES, None, all_ms,
            None, None, f"{bar_ms:.0f} ms CPU", all_ms <= bar_ms,
            f"{1000 / all_ms:.1f} tracks a core-second, two workers"),
        Row("a file of them, once the scan has begun", cpu=each_ms, bar=f"{bar_ms:.0f} ms CPU",
            met=each_ms <= bar_ms, beside=f"{1000 / each_ms:.1f} tracks a core-second"),
        Row("to begin it: Python, two workers, their models", cpu=begin_ms),
        Row(f"until the first {SOON} of them are usable", 1000 * first.soon_s, bar="15 s",
            met=first.soon_s <= 15),
        Row("the scan's memory, two workers included", peak_mb=first.peak_mb, bar="400 MB",
            met=first.peak_mb <= 400),
        Row(f"scan the {FILES:,} again, all in all", 1000 * again.wall_s, None,
            1000 * again.cpu_s, None, again.peak_mb, "5 s", again.wall_s <= 5),
        Row(f"files lost or heard twice after kill -9 at {len(kept)}", lost + twice, bar="0",
            met=lost == twice == 0 and rest.told["new"] == FILES - len(kept),
            beside=f"{rest.told['new']} were left to hear"),
    ]  # fmt: skip


@dataclass
class Scan:
    """``affetto library scan`` as a process, watched from outside."""

    folder: Path
    data: Path
    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    soon_s: float = float("nan")
    told: dict[str, int] = field(default_factory=dict)
    rows_: dict[str, str] = field(default_factory=dict)

    def run(self, kill_after: int | None = None) -> Scan:
        """Scan; with ``kill_after``, end it by force once that many files are kept."""
        env = {**os.environ, "AFFETTO_DATA_DIR": str(self.data)}
        command = [sys.executable, "-m", "affetto", "library", "scan", str(self.folder),
                   "--workers", "2", "--json"]  # fmt: skip
        began, before = time.perf_counter(), children_s()
        with tempfile.TemporaryFile() as out:
            scan = subprocess.Popen(command, env=env, stdout=out)
            while scan.poll() is None:
                self.peak_mb = max(self.peak_mb, tree_mb(scan.pid))
                kept = len(self.rows())
                if kept >= SOON and self.soon_s != self.soon_s:  # still unknown
                    self.soon_s = time.perf_counter() - began
                if kill_after is not None and kept >= kill_after:
                    scan.kill()
                time.sleep(0.1)
            self.wall_s = time.perf_counter() - began
            self.cpu_s = children_s() - before
            out.seek(0)
            self.told = json.loads(out.read() or "{}")
        self.rows_ = self.rows()
        return self

    def rows(self) -> dict[str, str]:
        """Each kept file, and when it was listened to."""
        database = self.data / "affetto.db"
        if not database.exists():
            return {}
        with suppress(sqlite3.OperationalError), reading(database) as connection:
            return dict(connection.execute("SELECT path, scanned_at FROM tracks"))
        return {}


def make(folder: Path, count: int) -> str:
    """Write ``count`` files, a few sounds under many names and tags; say of what kinds."""
    from music.sounds import A_MAJOR, A_MINOR, beats, chord, tag, write

    folder.mkdir(parents=True)
    bases = []
    for number, (ending, seconds) in enumerate(KINDS):
        piece = beats(90 + 15 * number, seconds, 0.2)
        piece += chord(A_MINOR if number % 2 else A_MAJOR, seconds)
        bases.append(write(folder.parent / f"base {number}{ending}", piece))
    for number in range(count):
        base = bases[number % len(bases)]
        album = folder / f"album {number // ALBUM:03}"
        album.mkdir(exist_ok=True)
        copy = Path(shutil.copy(base, album / f"{number:05}{base.suffix}"))
        tag(copy, title=f"Song {number}", artist=f"Artist {number % 97}", album=album.name)
    return ", ".join(sorted({f"{ending[1:]} of {seconds:.0f} s" for ending, seconds in KINDS}))


@contextmanager
def reading(database: Path) -> Iterator[sqlite3.Connection]:
    """The database of a running scan, only to be read."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def children_s() -> float:
    """Processor time of the processes that have ended, theirs included."""
    told = os.times()
    return told.children_user + told.children_system


def tree_mb(pid: int) -> float:
    """Resident memory of a process and those it began, in MB; 0 where /proc is not."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = Path(f"/proc/{waiting.pop()}")
        with suppress(OSError, ValueError, StopIteration):
            status = (one / "status").read_text().splitlines()
            total += int(next(line for line in status if line.startswith("VmRSS")).split()[1])
            for task in (one / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
    return total / 1024
