"""What this server offers, and what its listener has agreed to."""

from __future__ import annotations

from fastapi import APIRouter

from affetto import __version__
from affetto.choice import Goal
from affetto.server import model_card, wire
from affetto.server.consent import CONSENT_TEXTS, agreed
from affetto.server.problems import Refused, told
from affetto.server.routes import TheHouse

router = APIRouter(prefix="/api", tags=["house"])


@router.get("/house", responses=told(503))
async def get_house(house: TheHouse) -> wire.House:
    """What this server offers: goals, music, and how it senses."""
    tracks = await house.tracks()
    found = await house.face_model()
    files = await house.model_files()
    return wire.House(
        version=__version__,
        goals=list(Goal),
        tracks=len(tracks),
        demo=house.has_demo,
        sensing=wire.Sensing(
            # The same files read in the page and here.
            where=["device", "server"] if files else [],
            model=model_card.model(*found) if found else None,
            models=[model_card.file(card, path.stat().st_size) for card, path in files],
            consent=dict(CONSENT_TEXTS),
        ),
    )


@router.get("/consents", responses=told(503))
async def get_consents(house: TheHouse) -> list[wire.Consent]:
    """Where the listener stands with each sensor."""
    kept = await house.consents()
    answer = []
    for sensor, text in CONSENT_TEXTS.items():
        consent = kept.get(sensor)
        answer.append(
            wire.Consent(
                sensor=sensor,
                version=text.version,
                given=agreed(kept, sensor),
                at=consent.at if consent else None,
            )
        )
    return answer


@router.put("/consents", responses=told(400, 403, 409, 413, 422, 503))
async def set_consent(house: TheHouse, given: wire.SetConsent) -> list[wire.Consent]:
    """Say yes or no to one sensor's text; answers with where all of them stand.

    A yes counts only for the text as it is now.
    """
    current = CONSENT_TEXTS[given.sensor].version
    if given.given and given.version != current:
        raise Refused(
            "The text has changed since it was read.",
            remedy="Show the text of /api/house again and ask once more.",
            status=409,
        )
    await house.set_consent(given.sensor, given.version, given=given.given)
    return await get_consents(house)
