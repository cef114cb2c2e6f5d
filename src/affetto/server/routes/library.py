"""The library as a whole: its map, what lies near a place, and the scan that fills it."""

from __future__ import annotations

import asyncio
from typing import Annotated, Final, Literal

import numpy as np
from fastapi import APIRouter, Path, Query, Request, Response

from affetto.collection import Collection
from affetto.emotion import Affect, mood_of
from affetto.errors import NotFound
from affetto.music.tags import shown
from affetto.recommending import pick_one
from affetto.recommending.nearest import Mask
from affetto.server import telling, wire
from affetto.server.problems import told
from affetto.server.routes import TheAtlas, TheHouse, ThePopular, TheScans
from affetto.track import TrackUri

router = APIRouter(prefix="/api/library", tags=["music"])

NEAR: Final = 20
MOST_NEAR: Final = 200

Limit = Annotated[int, Query(ge=1, le=MOST_NEAR)]
Place = Annotated[float, Query(ge=-1, le=1, allow_inf_nan=False)]
Mood = Annotated[Literal["angry", "happy", "sad", "calm"], Query()]
Tempo = Annotated[float | None, Query(ge=0, le=1000, allow_inf_nan=False)]


@router.get(
    "/map",
    response_class=Response,
    responses={
        200: {"model": wire.LibraryMap, "description": "The map"},
        304: {"description": "Not Modified: what the client has is current"},
        **told(503),
    },
)
async def get_library_map(atlas: TheAtlas, request: Request) -> Response:
    """Every track's place on the mood map, in the order of ``GET /api/tracks``."""
    return (await atlas.sheet()).answer(request)


@router.get("/near", responses=told(422, 503))
async def find_near(
    house: TheHouse,
    valence: Place,
    arousal: Place,
    tempo_from: Tempo = None,
    tempo_to: Tempo = None,
    limit: Limit = NEAR,
) -> wire.Tracks:
    """The tracks whose places lie nearest to this one, nearest first."""
    collection = await house.collection()

    def near() -> list[int]:
        among = _heard(collection)
        if tempo_from is not None or tempo_to is not None:
            among &= collection.candidates.space.within(
                "tempo_bpm",
                -np.inf if tempo_from is None else tempo_from,
                np.inf if tempo_to is None else tempo_to,
            )
        return collection.candidates.near(Affect(valence, arousal), limit, among=among)

    return telling.tracks(collection, await asyncio.to_thread(near))


@router.get("/five", responses=told(422, 503))
async def find_five(
    house: TheHouse,
    mood: Mood,
    seed: Annotated[
        int | None, Query(ge=0, le=2**32 - 1, description="The same, the same.")
    ] = None,
) -> wire.Tracks:
    """Five songs of a mood by chance, to pick one from; fewer when there are fewer."""
    collection = await house.collection()

    def five() -> list[int]:
        rows = pick_one.songs_of(collection.candidates, mood)
        return pick_one.some_of(rows, np.random.default_rng(seed))

    return telling.tracks(collection, await asyncio.to_thread(five))


@router.get("/five/{id:path}", responses=told(404, 422, 503))
async def rank_by_pick(
    house: TheHouse,
    picked: Annotated[str, Path(alias="id", min_length=3, max_length=1000)],
    limit: Annotated[int, Query(ge=1, le=200)] = pick_one.SHOWN,
) -> wire.Ranking:
    """The other songs of the picked one's mood: by cosine with scores, and by distance.

    The cosine is how the earlier systems ranked; it cannot tell a faint feeling from a
    strong one, which the distance beside it can.
    """
    collection = await house.collection()
    candidates = collection.candidates
    row = candidates.row.get(TrackUri(picked))
    features = collection.tracks[row].features if row is not None else None
    if row is None or features is None:
        raise NotFound(
            "There is no such song here whose mood is known.",
            remedy="Pick one of GET /api/library/five.",
        )
    mood = mood_of(features)

    def ranked() -> list[pick_one.Alike]:
        return pick_one.ranked(candidates, row, pick_one.songs_of(candidates, mood))

    found = await asyncio.to_thread(ranked)
    return wire.Ranking(
        mood=mood,
        picked=telling.track(collection.tracks[row]),
        of=len(found),
        by_cosine=[_ranked(collection, one) for one in found[:limit]],
        by_distance=[
            _ranked(collection, one) for one in sorted(found, key=lambda one: one.distance)[:limit]
        ],
    )


@router.get("/popular", responses=told(422, 503))
async def find_popular(
    popular: ThePopular,
    mood: Annotated[
        Literal["angry", "happy", "sad", "calm"] | None, Query(description="Null: of any.")
    ] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> wire.PopularSongs:
    """Name, artist, mood and popularity, the most popular first; unknown popularity last.

    The songs of imported tables are there too; ``track`` says which can be played here.
    """
    return await popular.page(mood, offset, limit)


@router.get("/scan", responses=told(503))
async def get_scan(scans: TheScans) -> wire.Scan:
    """How far the scan of the listener's folder is, or what the last one came to."""
    return await scans.told()


@router.post("/scan", status_code=202, responses=told(403, 409, 503))
async def start_scan(scans: TheScans) -> wire.Scan:
    """Scan the folder that the settings name; if that is under way, say how far it is."""
    return await scans.start()


@router.delete("/scan", responses=told(403, 503))
async def stop_scan(scans: TheScans) -> wire.Scan:
    """Stop the scan; what was heard stays, and the next scan goes on from there."""
    return await scans.stop()


@router.get("/failed", responses=told(422, 503))
async def find_failed(
    house: TheHouse,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> wire.FailedFiles:
    """The files that could not be listened to, and why."""
    every = await asyncio.to_thread(house.shelf.failures)
    return wire.FailedFiles(
        total=len(every),
        files=[
            wire.FailedFile(path=shown(one.path), problem=one.problem, remedy=one.remedy)
            for one in every[offset : offset + limit]
        ],
    )


def _ranked(collection: Collection, told: pick_one.Alike) -> wire.RankedTrack:
    return wire.RankedTrack(
        track=telling.track(collection.tracks[told.row]),
        cosine=round(told.cosine, 4),
        distance=round(told.distance, 4),
    )


def _heard(collection: Collection) -> Mask:
    """The tracks that somebody has listened to: only they have a place."""
    return collection.candidates.space.within("valence")
