"""Reading a photo: into memory, looked at, gone."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request

from affetto.server import telling, wire
from affetto.server.access import from_a_page
from affetto.server.consent import CONSENT_TEXTS, agreed
from affetto.server.problems import Refused, told
from affetto.server.receiving import body
from affetto.server.routes import TheHouse
from affetto.wiring import House

router = APIRouter(prefix="/api", tags=["senses"])

_PICTURE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The bytes of the picture, as the file has them.",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in (
                "image/jpeg",
                "image/png",
                "image/webp",
                "application/octet-stream",
            )
        },
    }
}


@router.post("/read", responses=told(400, 403, 413, 415, 422, 503), openapi_extra=_PICTURE)
async def read_photo(house: TheHouse, request: Request) -> wire.PictureReading:
    """Read the largest face in a photo; no face is an answer, and so is one in doubt.

    Other faces are counted and not read. The picture stays in memory and is gone after
    the answer. A page needs the consent "photo-server"; a program that sends a picture has
    decided for itself.
    """
    if from_a_page(request.headers):
        await require_consent(house, "photo-server")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not (kind.startswith("image/") or kind == "application/octet-stream"):
        raise Refused(
            "The request carries no picture.",
            remedy="Send the picture's bytes as image/jpeg, image/png or image/webp.",
            status=415,
        )
    data = await body(request, house.settings.photo_limit_mb * 1_000_000, "picture")
    seen = await house.look(data, thorough=True)
    return wire.PictureReading(
        faces=[telling.face(seen.face)] if seen.face is not None else [],
        unread=telling.unread(seen.unread),
        others=seen.others,
        width=seen.width,
        height=seen.height,
    )


async def require_consent(house: House, sensor: wire.Sensor) -> None:
    """Raise Refused unless the listener has agreed to the present text of ``sensor``."""
    if not agreed(await house.consents(), sensor):
        version = CONSENT_TEXTS[sensor].version
        raise Refused(
            f"You have not agreed to this use of the {sensor.partition('-')[0]}.",
            remedy=f"Read the text and agree first (PUT /api/consents, version {version}).",
        )
