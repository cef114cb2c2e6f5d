"""The tracks: what there is, how each sounds, what it looks like."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncGenerator
from hashlib import blake2s
from os import stat_result
from pathlib import Path as FilePath
from stat import S_ISREG
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from affetto.errors import NotFound, ServiceTrouble, UnreadableSound
from affetto.music.provider import DistantSound
from affetto.server import telling, wire
from affetto.server.problems import told
from affetto.server.routes import TheHouse
from affetto.track import Track, TrackUri

log = logging.getLogger(__name__)

router = APIRouter(prefix="/api/tracks", tags=["music"])

Uri = Annotated[str, Path(alias="id", min_length=3, max_length=1000)]

_BYTES: Final[dict[str, Any]] = {"schema": {"type": "string", "format": "binary"}}
_NOT_MODIFIED: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "Not Modified: what the client has is current"}
}
_AUDIO: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The whole sound", "content": {"audio/*": _BYTES}},
    206: {"description": "The part that was asked for", "content": {"audio/*": _BYTES}},
    **_NOT_MODIFIED,
    416: {"description": "The part that was asked for lies beyond the end"},
    **told(404, 422, 502, 503),
}
_COVER: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The picture", "content": {"image/*": _BYTES}},
    **_NOT_MODIFIED,
    **told(404, 422, 503),
}
# A cover may be SVG from a stranger's file: opened on its own it can run nothing.
_COVER_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@router.get("", responses=told(422, 503))
async def find_tracks(
    house: TheHouse,
    q: Annotated[str, Query(max_length=200, description="Words; all must be found.")] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> wire.Tracks:
    """The library, by artist, album and title."""
    collection = await house.collection()
    found = await asyncio.to_thread(collection.holding, q)
    return telling.tracks(collection, found[offset : offset + limit], total=len(found))


@router.get("/{id:path}/like", responses=told(404, 422, 503))
async def find_like(
    house: TheHouse, uri: Uri, limit: Annotated[int, Query(ge=1, le=200)] = 5
) -> wire.Tracks:
    """The tracks that sound most like this one; none if nobody has listened to it."""
    await _known(house, uri)
    collection = await house.collection()
    row = collection.candidates.row.get(TrackUri(uri))
    like = collection.candidates.like
    found = [] if row is None else await asyncio.to_thread(like, row, limit)
    return telling.tracks(collection, found)


@router.get("/{id:path}/curve", responses=told(404, 422, 503))
async def get_curve(house: TheHouse, uri: Uri) -> wire.Curve:
    """How the track's mood moves over time; listening through it takes about a second."""
    await _known(house, uri)
    try:
        heard = await house.curve(TrackUri(uri))
    except OSError as error:
        log.warning("%s cannot be listened to: %s", uri, error)
        heard = None
    except UnreadableSound as error:  # the request was sound, the file is not
        raise NotFound(error.problem, remedy=error.remedy) from error
    if heard is None:
        raise _not_here()
    return telling.curve(heard)


async def get_audio(house: TheHouse, request: Request, uri: Uri) -> Response:
    """The sound, whole or in parts (Range, If-Range, ETag)."""
    await _known(house, uri)
    sound = await house.sound(TrackUri(uri))
    if sound is None:
        raise _not_here()
    if isinstance(sound, DistantSound):
        return await _passed_on(sound, request)
    stat = await asyncio.to_thread(_stat, sound.path)
    if stat is None:
        raise NotFound(
            f"The file {sound.path.name} is gone.",
            remedy="Scan the folder again with `affetto library scan`.",
        )
    response = SoundResponse(
        sound.path,
        media_type=sound.mime,
        stat_result=stat,
        headers={"cache-control": "private, no-cache"},
    )
    return _unless_known(request, response, response.headers["etag"])


async def _passed_on(sound: DistantSound, request: Request) -> Response:
    """Another machine's sound as it comes, the part that was asked for."""
    fetched = await sound.fetch(request.headers.get("range"))
    headers = {**fetched.headers, "cache-control": "private, no-cache"}
    if request.method == "HEAD":
        await fetched.chunks.aclose()
        return Response(status_code=fetched.status, headers=headers)

    async def chunks() -> AsyncGenerator[bytes, None]:
        try:
            async for chunk in fetched.chunks:
                yield chunk
        except ServiceTrouble as trouble:  # too late to say so: the browser asks for the rest
            log.warning("a sound broke off: %s", trouble)
        finally:
            await fetched.chunks.aclose()

    return StreamingResponse(chunks(), status_code=fetched.status, headers=headers)


async def get_cover(house: TheHouse, request: Request, uri: Uri) -> Response:
    """The picture: from the file, or drawn from how the track sounds."""
    await _known(house, uri)
    cover = await house.cover(TrackUri(uri))
    if cover is None:
        raise NotFound("This track has no picture.", remedy="Show its title instead.")
    etag = f'"{blake2s(cover.data, digest_size=12).hexdigest()}"'
    response = Response(
        cover.data,
        media_type=cover.mime,
        headers={
            "cache-control": "private, max-age=3600",
            "content-security-policy": _COVER_POLICY,
            "etag": etag,
        },
    )
    return _unless_known(request, response, etag)


for _path, _endpoint, _told in (
    ("/{id:path}/audio", get_audio, _AUDIO),
    ("/{id:path}/cover", get_cover, _COVER),
):
    router.add_api_route(
        _path, _endpoint, methods=["GET"], responses=_told, response_class=Response
    )
    router.add_api_route(_path, _endpoint, methods=["HEAD"], include_in_schema=False)


@router.get("/{id:path}", responses=told(404, 422, 503))
async def get_track(house: TheHouse, uri: Uri) -> wire.Track:
    """One track."""
    return telling.track(await _known(house, uri))


class SoundResponse(FileResponse):
    """A file with byte ranges; a Range that makes no sense is ignored (RFC 9110 §14.2)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, or the one part asked for."""
        headers = [(k, v) for k, v in scope["headers"] if k != b"range" or _one_range(v)]
        await super().__call__({**scope, "headers": headers}, receive, send)


def _one_range(value: bytes) -> bool:
    match = re.fullmatch(rb"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", value, re.IGNORECASE)
    if match is None or not (match[1] or match[2]):
        return False
    return not (match[1] and match[2]) or int(match[1]) <= int(match[2])


def _unless_known(request: Request, response: Response, etag: str) -> Response:
    """304 when the client already holds this very thing."""
    known = {tag.strip().removeprefix("W/") for tag in _split(request, "if-none-match")}
    if etag not in known and "*" not in known:
        return response
    headers = {
        name: response.headers[name]
        for name in ("etag", "cache-control", "last-modified")
        if name in response.headers
    }
    return Response(status_code=304, headers=headers)


def _split(request: Request, header: str) -> list[str]:
    return request.headers.get(header, "").split(",")


def _not_here() -> NotFound:
    return NotFound(
        "The sound of this track is not on this machine.",
        remedy="Scan the folder again with `affetto library scan`, or pick another track.",
    )


async def _known(house: TheHouse, uri: str) -> Track:
    track = await house.track(TrackUri(uri))
    if track is None:
        raise NotFound(
            f"There is no track {uri[:80]!r} here.", remedy="Look for it with GET /api/tracks."
        )
    return track


def _stat(path: FilePath) -> stat_result | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found if S_ISREG(found.st_mode) else None
