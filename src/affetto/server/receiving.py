"""Files that a request brings: never more of them in memory than was agreed."""

from __future__ import annotations

from fastapi import Request
from starlette.requests import ClientDisconnect

from affetto.server.problems import Refused


async def body(request: Request, limit: int, what: str) -> bytes:
    """The body, never more than ``limit`` bytes of it in memory; Refused when it has more."""
    too_large = Refused(
        f"The {what} is larger than {limit // 1_000_000} MB.",
        remedy="Send a smaller one.",
        status=413,
    )
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > limit:
        raise too_large
    data = bytearray()
    try:
        async for chunk in request.stream():
            if len(data) + len(chunk) > limit:
                raise too_large
            data += chunk
    except ClientDisconnect as gone:
        raise Refused(
            f"The {what} did not arrive whole.", remedy="Send it again.", status=400
        ) from gone
    return bytes(data)
