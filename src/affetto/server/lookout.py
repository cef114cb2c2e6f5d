"""Noticing new songs in the places that are connected, while the server runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from affetto.wiring import House

log = logging.getLogger(__name__)

EVERY_S: Final = 60.0


class Lookout:
    """Asks each place now and then whether its songs have changed.

    A running session goes on as it is, and chooses from the new songs with its next track.
    """

    def __init__(
        self, house: House, *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        """``sleep`` takes the place of time, in tests."""
        self._house = house
        self._sleep = sleep
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Look from now on."""
        self._task = asyncio.create_task(self._look())

    async def close(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _look(self) -> None:
        while True:
            await self._sleep(EVERY_S)
            try:
                if await self._house.notice():
                    log.info("a place has other songs than before; they are asked for")
            except Exception:
                log.exception("new songs are not looked for until the next time")
