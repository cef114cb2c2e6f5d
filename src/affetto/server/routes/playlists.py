"""Playlists to take along, as files that other players read."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from affetto.emotion import EXPRESSIONS
from affetto.errors import NotFound
from affetto.music.playlists import FORMATS, Playlist, file_name, seen_from
from affetto.server import playlists
from affetto.server.problems import told
from affetto.server.routes import TheDesk, TheHouse
from affetto.server.wire.playlists import (
    KeepPlaylist,
    KeptPlaylist,
    PlaylistPlace,
    PlaylistPlaces,
)
from affetto.wiring import House

router = APIRouter(prefix="/api/playlists", tags=["music"])

SessionId = Annotated[str, Path(alias="id", min_length=1, max_length=64)]
As = Annotated[
    Literal["m3u8", "xspf", "jspf"],
    Query(alias="as", description="M3U8 holds only songs that are files; the others names too."),
]
Paths = Annotated[
    Literal["absolute", "relative"],
    Query(description="Whether files are named from the root, or from the music folder."),
]

_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file",
        "content": {form.mime: {"schema": {"type": "string"}} for form in FORMATS.values()},
    },
    **told(404, 409, 422, 503),
}


@router.get("/queue", response_class=Response, responses=_FILE)
async def save_queue(
    house: TheHouse, desk: TheDesk, form: As = "m3u8", paths: Paths = "absolute"
) -> Response:
    """What plays and what comes next."""
    return await _file(house, await playlists.of_queue(house, desk), form, paths)


@router.get("/sessions/{id}", response_class=Response, responses=_FILE)
async def save_session(
    house: TheHouse, session_id: SessionId, form: As = "m3u8", paths: Paths = "absolute"
) -> Response:
    """What was put on in a session that runs or is over, each track once."""
    return await _file(house, await playlists.of_session(house, session_id), form, paths)


@router.get("/lists/{emotion}", response_class=Response, responses=_FILE)
async def save_list(
    house: TheHouse, emotion: str, form: As = "xspf", paths: Paths = "absolute"
) -> Response:
    """One of the lists of well-known songs; those that are not here with a link."""
    if emotion not in EXPRESSIONS:
        raise NotFound(
            f"There is no list for {emotion[:40]!r}.",
            remedy=f"The lists are: {', '.join(EXPRESSIONS)}.",
        )
    return await _file(house, await playlists.of_list(house, emotion), form, paths)


@router.get("/places", responses=told(503))
async def get_places(house: TheHouse) -> PlaylistPlaces:
    """The connected places that keep playlists."""
    names = playlists.keepers(house)
    places = [PlaylistPlace(name=one, title=house.connections.title(one)) for one in names]
    return PlaylistPlaces(places=places)


@router.post("/kept", status_code=201, responses=told(400, 403, 404, 413, 422, 502, 503))
async def keep_queue(house: TheHouse, desk: TheDesk, wish: KeepPlaylist) -> KeptPlaylist:
    """Let a connected place keep what plays and what comes next, as a playlist of its own."""
    name, tracks, missing = await playlists.keep_queue(
        house, desk, wish.provider, wish.name, replace=wish.replace
    )
    return KeptPlaylist(name=name, songs=len(tracks), missing=[one.title for one in missing])


async def _file(house: House, playlist: Playlist, name: str, paths: str) -> Response:
    form = FORMATS[name]
    if not form.holds(playlist):
        raise NotFound(
            "None of these songs is a file on this machine.",
            remedy="Save it as XSPF or JSPF, which can hold songs by name."
            if playlist.entries
            else "What comes from there cannot be saved as a file.",
        )
    if paths == "relative":
        playlist = seen_from(house.settings.music_dir, playlist)
    text = await asyncio.to_thread(form.write, playlist)
    called = file_name(playlist.title, form)
    plain = called.encode("ascii", "replace").decode("ascii").replace("?", "_")
    return Response(
        text.encode("utf-8"),
        headers={
            "content-type": f"{form.mime}; charset=utf-8",
            "content-disposition": f'attachment; filename="{plain}"; '
            f"filename*=UTF-8''{quote(called, safe='')}",
        },
    )
