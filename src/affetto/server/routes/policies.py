"""Two plain ways of choosing, by emotion, for those who want them."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter

from affetto.listening.policies.emotion_map import Row
from affetto.listening.policies.sheet import digest_of
from affetto.server import telling, wire
from affetto.server.problems import told
from affetto.server.routes import TheHouse

router = APIRouter(prefix="/api", tags=["listening"])


@router.get("/policies", responses=told(422, 503))
async def get_policies(house: TheHouse) -> wire.PolicyMap:
    """Where mirror and regulate send each emotion; a row's aim begins or steers a session."""
    shelf = house.policies
    now, data = await asyncio.to_thread(shelf.in_force)
    return wire.PolicyMap(
        version=now.version,
        digest=digest_of(data),
        own=shelf.is_own,
        rows=[_row(row) for row in now.rows.values()],
    )


def _row(row: Row) -> wire.PolicyRow:
    return wire.PolicyRow(
        row=row.name,
        policy=row.policy,
        emotion=row.emotion,
        goal=row.goal,
        place=telling.point(row.place) if row.place else None,
        intent=row.intent,
        source=row.source,
    )
