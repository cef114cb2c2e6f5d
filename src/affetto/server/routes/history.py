"""Past sessions: see them, check in before and after, take them along, delete them."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse

from affetto.emotion import Affect
from affetto.errors import Misuse
from affetto.server import exporting, recounting, wire
from affetto.server.consent import agreed
from affetto.server.desk import KEEP_READINGS
from affetto.server.problems import Refused, told
from affetto.server.routes import TheHouse
from affetto.store.history import Kind, Saying
from affetto.store.past import Past
from affetto.track import Track
from affetto.wiring import House

router = APIRouter(prefix="/api/history", tags=["listener"])

MOST_DAYS: Final = 400

SessionId = Annotated[str, Path(alias="id", min_length=1, max_length=64)]
Moment = Annotated[datetime, Query(description="ISO 8601 with its zone.")]

_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
        },
    },
    **told(422, 503),
}


@router.get("", responses=told(422, 503))
async def get_history(
    house: TheHouse,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> wire.PastSessions:
    """Past sessions, the latest first, and the one that runs; those in which something played."""
    total, found = await asyncio.to_thread(
        Past(house.database).sessions, house.listener, offset=offset, limit=limit
    )
    return wire.PastSessions(total=total, sessions=[recounting.session(one) for one in found])


@router.get("/recap", responses=told(422, 503))
async def get_recap(house: TheHouse, since: Moment, until: Moment) -> wire.HistoryRecap:
    """What the sessions that began in these days came to; 400 days at most."""
    if since.tzinfo is None or until.tzinfo is None:
        raise Misuse(
            "A time without a zone could be anywhere.", remedy="Write it as 2026-11-16T00:00:00Z."
        )
    if not 0 < (until - since).days + 1 <= MOST_DAYS:
        raise Misuse(
            f"These are no days from 1 to {MOST_DAYS}.",
            remedy="Give a later until, or a shorter span.",
        )
    tracks = await _tracks(house)

    def counted() -> wire.HistoryRecap:
        accounts = Past(house.database).accounts(house.listener, since=since, until=until)
        return recounting.days(accounts, tracks, since, until, house.now())

    return await asyncio.to_thread(counted)


@router.get("/export", response_class=StreamingResponse, responses=_FILE)
async def export_history(
    house: TheHouse, form: Annotated[Literal["csv", "json"], Query()] = "json"
) -> StreamingResponse:
    """Everything that is kept of every session, as CSV or JSON, while it is written."""
    tracks = await _tracks(house)
    accounts = Past(house.database).accounts(house.listener)
    write = exporting.as_csv if form == "csv" else exporting.as_json
    return StreamingResponse(
        write(accounts, tracks),
        media_type="text/csv; charset=utf-8" if form == "csv" else "application/json",
        headers={"content-disposition": f'attachment; filename="affetto-history.{form}"'},
    )


@router.get("/{id}", responses=told(404, 422, 503))
async def get_past_session(house: TheHouse, session_id: SessionId) -> wire.PastAccount:
    """One session: its tracks, and the moods and corrections that were agreed to be kept."""
    found = await asyncio.to_thread(Past(house.database).account, house.listener, session_id)
    return recounting.account(found, await _tracks(house), house.now())


@router.post("/{id}/check-in", responses=told(400, 403, 404, 409, 413, 422, 503))
async def check_in(house: TheHouse, session_id: SessionId, given: wire.CheckIn) -> wire.PastSession:
    """Say how you are before or after; kept only where keeping readings was agreed to."""
    if not agreed(await house.consents(), KEEP_READINGS):
        raise Refused(
            "How you are is kept only if you agree to it, and you have not.",
            remedy="Agree to keep what was read, or leave it unsaid; the music is the same.",
            status=409,
        )
    past = Past(house.database)
    said = Saying(Kind(given.moment), Affect(given.valence, given.arousal), house.now())

    def say() -> wire.PastSession:
        past.account(house.listener, session_id)  # NotFound before anything is kept
        past.say(house.listener, session_id, said)
        return recounting.session(past.account(house.listener, session_id).session)

    return await asyncio.to_thread(say)


@router.delete("/{id}", status_code=204, responses=told(403, 404, 422, 503))
async def delete_past_session(house: TheHouse, session_id: SessionId) -> Response:
    """Delete a session that is over, with all that is kept of it.

    What was learned from it stays; ``DELETE /api/me/learned`` forgets that.
    """
    await asyncio.to_thread(Past(house.database).forget, house.listener, session_id)
    return Response(status_code=204)


@router.delete("", responses=told(403, 503))
async def delete_history(house: TheHouse) -> wire.Deleted:
    """Delete every session that is over; one that runs stays until it has ended."""
    gone = await asyncio.to_thread(Past(house.database).forget_all, house.listener)
    return wire.Deleted(sessions=gone)


async def _tracks(house: House) -> dict[str, Track]:
    return {track.uri: track for track in await house.tracks()}
