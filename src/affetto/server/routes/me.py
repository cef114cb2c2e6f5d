"""What is known of the listener: see it, take it along, state it, forget it."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from affetto.server import recalling, wire
from affetto.server.problems import told
from affetto.server.receiving import body
from affetto.server.routes import TheMemory

router = APIRouter(prefix="/api/me", tags=["listener"])

MOST_HISTORY: Final = 50_000_000  # bytes

_HISTORY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The file: ListenBrainz's JSON, or the CSV of a Last.fm export.",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("application/octet-stream", "application/json", "text/csv")
        },
    }
}


@router.get("/learned", responses=told(503))
async def get_learned(memory: TheMemory) -> wire.Learned:
    """Everything that was learned of the listener, with how sure and from how much."""
    _, answers = await memory.log()
    return recalling.learned(
        await memory.learning(), await memory.preferences(), answers, await memory.tracks()
    )


@router.delete("/learned", status_code=204, responses=told(403, 503))
async def forget_learned(memory: TheMemory) -> Response:
    """Forget it: taste, response, usual mood, likes, bans, and the log of it all.

    What the listener stated stays, since it is theirs to change. A session that runs goes
    on as if for somebody new.
    """
    await memory.forget()
    return Response(status_code=204)


@router.get("/export", responses=told(503))
async def export_learned(memory: TheMemory, response: Response) -> wire.Export:
    """All that was learned, with every choice and answer it was learned from."""
    response.headers["content-disposition"] = 'attachment; filename="affetto-learned.json"'
    choices, answers = await memory.log()
    learning = await memory.learning()
    learned = recalling.learned(
        learning, await memory.preferences(), answers, await memory.tracks()
    )
    return recalling.export(
        memory.now(), learned, learning, choices, answers, await memory.connections()
    )


@router.get("/preferences", responses=told(503))
async def get_preferences(memory: TheMemory) -> wire.Preferences:
    """What the listener has stated and set."""
    return recalling.preferences_told(await memory.preferences())


@router.put("/preferences", responses=told(400, 403, 413, 422, 503))
async def set_preferences(memory: TheMemory, given: wire.Preferences) -> wire.Preferences:
    """State and set it all anew; it counts from the next choice on."""
    await memory.prefer(recalling.preferences_meant(given))
    return given


@router.put("/never", status_code=204, responses=told(400, 403, 413, 422, 503))
async def set_never(memory: TheMemory, given: wire.SetNever) -> Response:
    """Never again, or again after all, for a track or an artist."""
    await memory.set_never(given.of, given.name, never=given.never)
    return Response(status_code=204)


@router.post("/history", responses=told(400, 403, 413, 422, 503), openapi_extra=_HISTORY)
async def import_history(memory: TheMemory, request: Request) -> wire.Imported:
    """Learn from what was played elsewhere: weak evidence for the tracks that are here.

    Lines that cannot be read are counted and named. The file itself is not kept.
    """
    data = await body(request, MOST_HISTORY, "history")
    return recalling.imported(*await memory.take_in(data))
