"""Scanning the listener's folder for the page: one scan at a time, told as it goes.

The scan runs in a thread of its own and lives with the server, not with a page: a page
that is opened again finds it where it is. What was heard is on the shelf at once and
survives whatever ends the scan. The folder is followed between scans, so that never two
listen to it at once. Only the folder that the settings name is scanned: this server has no
sign-in, and whoever reaches it must not choose what it reads.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from affetto.errors import AffettoError
from affetto.music.tags import shown
from affetto.server import wire
from affetto.server.following import Follower
from affetto.server.problems import Refused
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.listening.gathering import Gathered
    from affetto.music.scanning import Event

log = logging.getLogger(__name__)

State = Literal["idle", "looking", "listening", "done", "stopped", "failed"]

ENOUGH: Final = 3  # files heard before the time that is left can be told
CLOSING_S: Final = 5.0  # how long the server waits for a scan on its way out


class _Stopped(Exception):
    """The listener stopped the scan."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan has come. Replaced as a whole, so that it may be read at any time."""

    state: State = "idle"
    files: int = 0
    unchanged: int = 0
    to_hear: int = 0
    heard: int = 0
    failed: int = 0
    gone: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)
    title: str = ""
    began: float = 0.0  # time.monotonic() when listening began
    problem: AffettoError | None = None

    def left_s(self, now: float) -> float | None:
        """About how many seconds are left; None while nobody can tell."""
        done = self.heard + self.failed
        if self.state != "listening" or done < ENOUGH:
            return None
        return max(0.0, (now - self.began) / done * (self.to_hear - done))


Scan = Callable[[Callable[["Event"], None]], "Gathered"]


class ScanDesk:
    """Starts the one scan there may be, tells how far it is, and stops it."""

    def __init__(
        self, house: House, *, scan: Scan | None = None, follower: Follower | None = None
    ) -> None:
        """``scan`` and ``follower`` take the place of the real ones, in tests."""
        self._house = house
        self._follower = follower or Follower(house)
        self._scan = scan or self._scan_folder
        self._progress = Progress()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._door = threading.Lock()

    def follow(self) -> None:
        """Follow the folder between scans from now on."""
        self._follower.begin()

    async def told(self) -> wire.Scan:
        """How far the scan is, or what the last one came to."""
        problem = self._progress.problem
        if problem is None and not self.runs:
            problem = await asyncio.to_thread(self._why_not)
        now = self._progress
        left = now.left_s(time.monotonic())
        return wire.Scan(
            state=now.state,
            folder=shown(self._house.settings.music_dir),
            files=now.files,
            unchanged=now.unchanged,
            to_hear=now.to_hear,
            heard=now.heard,
            failed=now.failed,
            gone=now.gone,
            passed_over=now.passed_over,
            title=now.title,
            left_s=None if left is None else round(left, 1),
            problem=None
            if problem is None
            else wire.Trouble(problem=problem.problem, remedy=problem.remedy),
        )

    @property
    def runs(self) -> bool:
        """Whether a scan is under way."""
        return self._thread is not None and self._thread.is_alive()

    async def start(self) -> wire.Scan:
        """Begin to scan; the scan that already runs is told instead of begun again.

        Raises what speaks against it: no such folder, say, or no local music at all.
        """
        if not self.runs:
            why_not = await asyncio.to_thread(self._why_not)
            if why_not is not None:
                raise why_not
            await asyncio.to_thread(self._follower.end, CLOSING_S)
        with self._door:
            if not self.runs:
                self._stop.clear()
                self._progress = Progress("looking")
                # A daemon: a decoder that hangs must not keep the server from ending.
                self._thread = threading.Thread(target=self._run, name="affetto-scan", daemon=True)
                self._thread.start()
        return await self.told()

    async def stop(self) -> wire.Scan:
        """End the scan after the file it is at; what was heard is kept.

        The folder is not followed either, until it is scanned again or the server starts.
        """
        self._stop.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, CLOSING_S)
        return await self.told()

    def close(self) -> None:
        """End with the server."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(CLOSING_S)  # a scan that is just done begins to follow
        self._follower.end(CLOSING_S)

    # -- inside -------------------------------------------------------------------------

    def _why_not(self) -> AffettoError | None:
        from affetto.music.scanning import folder_at

        if "local" not in self._house.settings.providers:
            return Refused(
                "Your own files are switched off in the settings.",
                remedy='Put "local" among the providers, then start Affetto again.',
                status=409,
            )
        try:
            folder_at(self._house.settings.music_dir)
        except AffettoError as error:
            return Refused(
                error.problem,
                remedy="Name your music folder as music_dir in affetto.toml and start Affetto "
                "again, or scan it in a terminal: affetto library scan FOLDER.",
                status=409,
            )
        return None

    def _scan_folder(self, tell: Callable[[Event], None]) -> Gathered:
        from affetto.listening.gathering import scan_into

        # One core is left to the page and its music.
        workers = max(1, min(8, (os.cpu_count() or 1) - 1))
        return scan_into(
            self._house.shelf,
            self._house.settings.music_dir,
            now=self._house.now,
            workers=workers,
            on_event=tell,
        )

    def _run(self) -> None:
        try:
            gathered = self._scan(self._take)
            failed = len(gathered.failed)  # those that failed before are told elsewhere
            self._progress = replace(self._progress, state="done", title="", failed=failed)
        except _Stopped:
            self._progress = replace(self._progress, state="stopped", title="")
        except AffettoError as error:
            self._fail(error)
        except Exception:
            log.exception("the scan broke off")
            self._fail(
                AffettoError(
                    "The scan broke off for a reason inside Affetto.",
                    remedy="Scan again: it goes on from there. The server's log says more.",
                )
            )
        if not self._stop.is_set():
            self._follower.begin()

    def _fail(self, error: AffettoError) -> None:
        self._progress = replace(self._progress, state="failed", title="", problem=error)

    def _take(self, event: Event) -> None:
        from affetto.music.scanning import FailedFile, GoneFile, ScannedFile, Surveyed

        now = self._progress
        match event:
            case Surveyed():
                now = replace(
                    now,
                    state="listening",
                    files=event.files,
                    unchanged=event.unchanged,
                    to_hear=event.to_hear,
                    passed_over=dict(event.passed_over),
                    began=time.monotonic(),
                )
            case ScannedFile():
                now = replace(now, heard=now.heard + 1, title=event.track.title)
            case FailedFile():
                now = replace(now, failed=now.failed + 1)
            case GoneFile():
                now = replace(now, gone=now.gone + 1)
        self._progress = now
        if self._stop.is_set():
            raise _Stopped
