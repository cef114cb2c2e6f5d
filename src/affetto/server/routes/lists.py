"""The lists of well-known songs, as the listener has them. Nothing here can be played."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from threading import Lock
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response

from affetto.emotion import EXPRESSIONS
from affetto.errors import Misuse, NotFound
from affetto.music.curated import CuratedSong, Lists, Sheet, owned, read_sheet_of, write_sheet
from affetto.server import telling, wire
from affetto.server.problems import told
from affetto.server.receiving import body
from affetto.server.routes import TheHouse
from affetto.wiring import House

router = APIRouter(prefix="/api/lists", tags=["music"])

MOST_SHEET: Final = 8_000_000  # bytes
_WRITING: Final = Lock()  # a list is read, changed and written by one at a time

_SENT: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The file: YAML, CSV or JSON, as `affetto lists export` writes it.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_MEDIA: Final = {"csv": "text/csv", "json": "application/json", "yaml": "application/yaml"}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file",
        "content": {kind: {"schema": {}} for kind in _MEDIA.values()},
    },
    **told(404, 422, 503),
}
_WRONG: Final = told(400, 403, 404, 413, 422, 503)

Emotion = Annotated[str | None, Query(max_length=40)]


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


@router.get("/export", response_class=Response, responses=_FILE)
async def export_lists(
    house: TheHouse,
    form: Annotated[Literal["csv", "json", "yaml"], Query()] = "csv",
    emotion: Emotion = None,
) -> Response:
    """The lists, or one of them, as a file that the import takes again."""
    lists = house.song_lists
    which = lists.all_songs if emotion is None else _songs_of(lists, _known(emotion))
    songs = await asyncio.to_thread(which)
    return Response(
        write_sheet(Sheet(songs), f".{form}"),
        media_type=f"{_MEDIA[form]}; charset=utf-8",
        headers={
            "content-disposition": f'attachment; filename="affetto-{emotion or "songs"}.{form}"'
        },
    )


@router.post("/import", responses=told(400, 403, 404, 413, 422, 503), openapi_extra=_SENT)
async def import_lists(
    house: TheHouse,
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=300, description="Of the file.")],
    emotion: Emotion = None,
    exactly: Annotated[bool, Query(description="Lists become exactly what it says.")] = False,
) -> wire.TakenSongs:
    """Take songs from a file into the lists; where both have a song, the file wins.

    A file with a mistake in it is refused whole, and the line is named.
    """
    data = await body(request, MOST_SHEET, "file")
    lists = house.song_lists
    of = _known(emotion) if emotion is not None else None

    def take() -> wire.TakenSongs:
        sheet = read_sheet_of(data, name, emotion=of)
        with _WRITING:
            return wire.TakenSongs(**asdict(lists.take(sheet, replace=exactly)))

    return await asyncio.to_thread(take)


@router.get("/{emotion}", responses=told(404, 422, 503))
async def get_list(house: TheHouse, emotion: str) -> wire.SongList:
    """One list: why each song belongs, where to hear it, and which of them is owned."""
    _known(emotion)
    songs, own = await asyncio.to_thread(_read, house, emotion)
    found = await asyncio.to_thread(owned, await house.tracks(), songs)
    service = house.settings.song_service
    return wire.SongList(
        emotion=emotion,
        service=service,
        edited=await asyncio.to_thread(house.song_lists.is_edited, emotion),
        songs=[
            telling.listed(song, service, own=mine, track=found.get(song.key))
            for song, mine in zip(songs, own, strict=True)
        ],
    )


@router.post("/{emotion}/songs", responses=_WRONG)
async def edit_song(house: TheHouse, emotion: str, given: wire.EditSong) -> wire.SongList:
    """Add a song to a list, or have it in the place of another."""
    song = _meant(_known(emotion), given)
    lists = house.song_lists

    def edit() -> None:
        if given.instead_of is not None:
            lists.change(given.instead_of.title, given.instead_of.artist, song)
            return
        if any(one.key == song.key for one in lists.songs(emotion)):
            raise Misuse(
                f"The list already has {song.title!r} by {song.artist}.",
                remedy="Change that one instead; nothing was changed.",
            )
        lists.add(song)

    return await _changed(house, emotion, edit)


@router.post("/{emotion}/remove", responses=_WRONG)
async def remove_song(house: TheHouse, emotion: str, which: wire.SongName) -> wire.SongList:
    """Take a song out of a list."""
    lists = house.song_lists
    _known(emotion)
    return await _changed(house, emotion, lambda: lists.remove(emotion, which.title, which.artist))


@router.post("/{emotion}/move", responses=_WRONG)
async def move_song(house: TheHouse, emotion: str, move: wire.MoveSong) -> wire.SongList:
    """Put a song at another place of its list."""
    lists = house.song_lists
    _known(emotion)
    return await _changed(
        house, emotion, lambda: lists.move(emotion, move.title, move.artist, move.to)
    )


@router.delete("/{emotion}", responses=told(403, 404, 422, 503))
async def reset_list(house: TheHouse, emotion: str) -> wire.SongList:
    """Have a list as it came with Affetto; the listener's edits of it are gone."""
    lists = house.song_lists
    _known(emotion)
    return await _changed(house, emotion, lambda: lists.reset(emotion))


async def _changed(house: House, emotion: str, act: Callable[[], object]) -> wire.SongList:
    def change() -> None:
        with _WRITING:
            act()

    await asyncio.to_thread(change)
    return await get_list(house, emotion)


def _meant(emotion: str, given: wire.EditSong) -> CuratedSong:
    """The song that a form tells of, checked as a line of a file is. Raises BadSheet."""
    from affetto.music.curated.entries import song_of
    from affetto.music.curated.rows import Row

    told = given.model_dump(exclude={"instead_of"}, exclude_none=True)
    words = {name: str(value) for name, value in told.items()}
    return song_of(Row("The song", words), "the form", emotion)


def _known(emotion: str) -> str:
    if emotion not in EXPRESSIONS:
        raise NotFound(
            f"There is no list for {emotion[:40]!r}.",
            remedy=f"The lists are: {', '.join(EXPRESSIONS)}.",
        )
    return emotion


def _songs_of(lists: Lists, emotion: str) -> Callable[[], tuple[CuratedSong, ...]]:
    return lambda: lists.songs(emotion)


def _read(house: House, emotion: str) -> tuple[tuple[CuratedSong, ...], list[bool]]:
    songs = house.song_lists.songs(emotion)
    return songs, [house.song_lists.is_own(song) for song in songs]
