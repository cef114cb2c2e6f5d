"""The lists of well-known songs, as the listener has them. Nothing here can be played."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter

from affetto.emotion import EXPRESSIONS
from affetto.errors import NotFound
from affetto.music.curated import CuratedSong, owned
from affetto.server import telling, wire
from affetto.server.problems import told
from affetto.server.routes import TheHouse

router = APIRouter(prefix="/api/lists", tags=["music"])


@router.get("", responses=told(422, 503))
async def get_lists(house: TheHouse) -> wire.SongLists:
    """The seven lists, counted."""
    songs = await asyncio.to_thread(house.song_lists.all_songs)
    found = await asyncio.to_thread(owned, await house.tracks(), songs)
    lists = []
    for emotion in EXPRESSIONS:
        its = [song for song in songs if song.emotion == emotion]
        have = sum(song.key in found for song in its)
        lists.append(wire.ListCount(emotion=emotion, songs=len(its), owned=have))
    return wire.SongLists(lists=lists)


@router.get("/{emotion}", responses=told(404, 422, 503))
async def get_list(house: TheHouse, emotion: str) -> wire.SongList:
    """One list: why each song belongs, where to hear it, and which of them is owned."""
    if emotion not in EXPRESSIONS:
        raise NotFound(
            f"There is no list for {emotion[:40]!r}.",
            remedy=f"The lists are: {', '.join(EXPRESSIONS)}.",
        )
    songs, edited = await asyncio.to_thread(_read, house, emotion)
    found = await asyncio.to_thread(owned, await house.tracks(), songs)
    service = house.settings.song_service
    return wire.SongList(
        emotion=emotion,
        service=service,
        songs=[
            telling.listed(song, service, own=own, track=found.get(song.key))
            for song, own in zip(songs, edited, strict=True)
        ],
    )


def _read(house: TheHouse, emotion: str) -> tuple[tuple[CuratedSong, ...], list[bool]]:
    songs = house.song_lists.songs(emotion)
    return songs, [house.song_lists.is_own(song) for song in songs]
