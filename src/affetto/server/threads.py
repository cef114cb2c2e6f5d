"""Writing in a thread, so that whoever is cancelled meanwhile leaves nothing half behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def to_its_end(work: Callable[[], T]) -> T:
    """Do it in a thread. Cancelled, wait until it is done before the cancelling goes on.

    A thread cannot be stopped: without the wait it would write after whatever comes next.
    """
    doing = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.gather(asyncio.shield(doing), return_exceptions=True)
        raise
