"""The live line between a page and its session: ``WS /api/live?session=ID``.

The server tells the session at every change, and closes the line with 4410 when it
ends; an unknown session is 4404. A page without a session leaves ``session`` out: its
line waits (pings are answered) until one runs, begun by whichever door, and is that
session's from then on. The page may send camera frames; each is
measured before it is decoded, looked at in memory, folded into the session and gone. A
face that is found and not read is told and folded into nothing.
A page has one place for a waiting frame: a newer one takes it.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from affetto.errors import AffettoError, Misuse, NotFound
from affetto.server import telling, wire
from affetto.server.access import from_a_page
from affetto.server.desk import SessionDesk
from affetto.server.outlets import Outlets
from affetto.server.routes.senses import require_consent
from affetto.wiring import House

NO_SUCH_SESSION: Final = 4404
SESSION_OVER: Final = 4410
NOT_UNDERSTOOD: Final = 4400

router = APIRouter()


@router.websocket("/api/live")
async def live(socket: WebSocket, session: str = "") -> None:
    """Keep one page in step with its session until either leaves."""
    await socket.accept()
    await _Line(socket, session).run()


class _Line:
    """One open line: four tasks that end together."""

    def __init__(self, socket: WebSocket, session_id: str) -> None:
        self._socket = socket
        self._session_id = session_id  # "" until one runs
        self._house: House = socket.app.state.house
        self._desk: SessionDesk = socket.app.state.desk
        self._outlets: Outlets = socket.app.state.outlets
        self._frame: tuple[bytes, float] | None = None
        self._frame_came = asyncio.Event()
        self._over = False

    async def run(self) -> None:
        """Talk until the page leaves, the session ends or something breaks."""

        async def until_over(part: Callable[[], Awaitable[None]]) -> None:
            with contextlib.suppress(WebSocketDisconnect):
                await part()
            group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            for part in (self._tell, self._tell_sounds, self._listen, self._look):
                group.start_soon(until_over, part)

    async def _tell(self) -> None:
        """Send the session at every change, once there is one."""
        named = self._session_id
        while True:
            session_id = named or await self._desk.begun()
            try:
                async with self._desk.watched(session_id) as mailbox:
                    self._session_id = session_id
                    while (news := await mailbox.get()) is not None:
                        await self._send(wire.SessionEvent(session=news))
            except NotFound:
                if not named:
                    continue  # it ended before we were there: wait for the next
                await self._close(NO_SUCH_SESSION, "There is no such session; start a new one.")
            else:
                await self._close(SESSION_OVER, "This session has ended.")
            return

    async def _tell_sounds(self) -> None:
        """Send where it sounds and what the player there does, at every change."""
        async with self._outlets.watched() as mailbox:
            while (news := await mailbox.get()) is not None:
                await self._send(wire.SoundsEvent(sounds=news))

    async def _listen(self) -> None:
        """Take frames and pings."""
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            frame = message.get("bytes")
            if frame is not None:
                self._frame = (frame, time.perf_counter())
                self._frame_came.set()
                continue
            try:
                wire.Ping.model_validate_json(message.get("text") or "")
            except ValidationError:
                await self._close(NOT_UNDERSTOOD, "Only camera frames and pings.")
                return
            await self._send(wire.PongEvent())

    async def _look(self) -> None:
        """Look at the waiting frame, one after the other."""
        while True:
            await self._frame_came.wait()
            self._frame_came.clear()
            if self._frame is not None:
                (frame, came_at), self._frame = self._frame, None
                await self._send(await self._read(frame, came_at))

    async def _read(self, frame: bytes, came_at: float) -> wire.ReadingEvent:
        face, unread, others, problem = None, [], 0, None
        try:
            limit = self._house.settings.frame_limit_kb * 1000
            if len(frame) > limit:
                raise Misuse(
                    f"The camera frame is larger than {limit // 1000} kB.",
                    remedy="Send smaller frames; 640 × 480 is plenty.",
                )
            if not self._session_id:
                raise NotFound("Nobody is listening yet.", remedy="Start a session first.")
            if from_a_page(self._socket.headers):
                await require_consent(self._house, "camera-server")
            seen = await self._house.look(frame, thorough=False)
            unread, others = telling.unread(seen.unread), seen.others
            if seen.face is not None:
                face = telling.face(seen.face)
                await self._desk.feel(self._session_id, seen.face.reading)
        except AffettoError as error:
            problem = wire.Trouble(problem=error.problem, remedy=error.remedy)
        took = (time.perf_counter() - came_at) * 1000
        return wire.ReadingEvent(
            face=face, unread=unread, others=others, problem=problem, ms=round(took, 2)
        )

    async def _close(self, code: int, reason: str) -> None:
        self._over = True
        await self._socket.close(code, reason)

    async def _send(self, event: wire.Shape) -> None:
        if self._over:  # the other tasks are about to end too
            return
        await self._socket.send_text(event.model_dump_json())
