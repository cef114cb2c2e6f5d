"""What an open page is told, without ever being waited for."""

from __future__ import annotations

import asyncio
from typing import Generic, TypeVar

from affetto.server import wire

News = TypeVar("News", wire.Session, wire.Sounds)


class NewsBox(Generic[News]):
    """The newest news for one open page; what it has not fetched yet is replaced."""

    def __init__(self) -> None:
        self._news: News | None = None
        self._over = False
        self._rung = asyncio.Event()

    def put(self, news: News) -> None:
        """Leave the newest state."""
        self._news = news
        self._rung.set()

    def close(self) -> None:
        """Say that there will be no more: the session has ended."""
        self._over = True
        self._rung.set()

    async def get(self) -> News | None:
        """Wait for news; None when there will be no more."""
        await self._rung.wait()
        if self._over:
            return None
        self._rung.clear()
        news, self._news = self._news, None
        return news


Mailbox = NewsBox[wire.Session]
