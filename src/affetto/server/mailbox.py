"""What an open page is told, without ever being waited for."""

from __future__ import annotations

import asyncio

from affetto.server import wire


class Mailbox:
    """The newest session for one open page; what it has not fetched yet is replaced."""

    def __init__(self) -> None:
        self._news: wire.Session | None = None
        self._over = False
        self._rung = asyncio.Event()

    def put(self, session: wire.Session) -> None:
        """Leave the newest state."""
        self._news = session
        self._rung.set()

    def close(self) -> None:
        """Say that the session has ended."""
        self._over = True
        self._rung.set()

    async def get(self) -> wire.Session | None:
        """Wait for news; None when the session has ended."""
        await self._rung.wait()
        if self._over:
            return None
        self._rung.clear()
        news, self._news = self._news, None
        return news
