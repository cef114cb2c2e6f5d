"""Running the web door: a port, a start that says when it is ready, a clean stop."""

from __future__ import annotations

import errno
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from affetto.errors import AffettoError
from affetto.server.app import create_app
from affetto.server.desk import SessionDesk
from affetto.settings import Settings
from affetto.wiring import House

STOP_WITHIN_S: Final = 1  # for requests under way; open pages reconnect by themselves
_FRAME_ROOM: Final = 1_000_000  # a larger message is refused before it is in memory
_NOTE: Final = "server.json"


class PortTaken(AffettoError):
    """Somebody else listens there already."""


def bind(host: str, port: int) -> socket.socket:
    """A socket on ``port`` of this machine (0: any free one).

    Raises PortTaken when it is in use, AffettoError when it cannot be had for another
    reason.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    place = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            place.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # a port left moments ago is free
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind((host, port))
        place.listen(128)  # from now on nobody else can take it
    except OSError as error:
        place.close()
        raise refusal(error, host, port) from error
    return place


def refusal(error: OSError, host: str, port: int) -> AffettoError:
    """Why the system gave no socket, in our words."""
    # To Windows a port that another program keeps to itself is one without permission.
    taken = {errno.EADDRINUSE, errno.EACCES} if sys.platform == "win32" else {errno.EADDRINUSE}
    if error.errno in taken:
        return PortTaken(
            f"Port {port} cannot be used: another program listens there.",
            remedy="Choose another with --port, or leave --port out to take a free one.",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return AffettoError(
            f"Your account may not open port {port}.",
            remedy="Choose one above 1023 with --port, or leave --port out.",
        )
    return AffettoError(
        f"The address {host} cannot be used: {error.strerror or error}.",
        remedy="Leave --host out to serve on 127.0.0.1.",
    )


def address(place: socket.socket) -> str:
    """Where a browser finds what listens on ``place``."""
    host, port = place.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A note that a running server leaves for the other doors."""

    url: str
    pid: int

    @classmethod
    def noted(cls, data_dir: Path) -> RunningServer | None:
        """The note in ``data_dir``, if one was left; the server may be gone since."""
        try:
            told = json.loads((data_dir / _NOTE).read_text(encoding="utf-8"))
            return cls(str(told["url"]), int(told["pid"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def note(self, data_dir: Path) -> None:
        """Leave the note."""
        beside = data_dir / f"{_NOTE}.{self.pid}"
        beside.write_text(json.dumps({"url": self.url, "pid": self.pid}), encoding="utf-8")
        beside.replace(data_dir / _NOTE)

    def unnote(self, data_dir: Path) -> None:
        """Take the note away, if it is still ours."""
        if RunningServer.noted(data_dir) == self:
            with suppress(OSError):
                (data_dir / _NOTE).unlink()


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            await self._on_ready()


def run(
    house: House,
    place: socket.socket,
    *,
    settings: Settings,
    on_ready: Callable[[SessionDesk, str], Awaitable[None]],
) -> None:
    """Serve ``house`` on ``place`` until Ctrl-C or SIGTERM; returns after a clean stop.

    ``on_ready`` is awaited with the desk and the page's address once requests are
    answered. The house is closed.
    """
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s"
    )
    running = RunningServer(address(place), os.getpid())
    app = create_app(house)

    async def ready() -> None:
        with suppress(OSError):
            running.note(settings.data_dir)
        await on_ready(app.state.desk, running.url)

    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=STOP_WITHIN_S,
            ws="websockets-sansio",
            ws_max_size=_FRAME_ROOM,
            ws_per_message_deflate=False,
        ),
        ready,
    )
    before = _meet_sigterm()
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets=[place])
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)
        running.unnote(settings.data_dir)
        place.close()
        house.close()


def _meet_sigterm() -> Callable[[int, FrameType | None], object] | int | None:
    """Let SIGTERM end us by the front door: uvicorn raises it again after its stop."""
    try:
        return signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    except ValueError:  # not the main thread: signals are somebody else's
        return None
