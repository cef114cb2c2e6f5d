"""A song's bytes as they come from the server, the part that was asked for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Final

import httpx

from affetto.errors import ServiceTrouble
from affetto.music.playing import PLAYED
from affetto.music.provider import Fetched
from affetto.music.subsonic.client import Client
from affetto.music.subsonic.songs import Song, id_of
from affetto.music.subsonic.troubles import SIGN_IN, Refusal

PAUSES_S: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)  # while a server that broke off comes back
PASSED_ON: Final = (
    "content-type",
    "content-length",
    "content-range",
    "accept-ranges",
    "etag",
    "last-modified",
)
# Names of the same kinds of sound that not every browser knows.
_USUAL: Final = {
    "audio/mp3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/x-flac": "audio/flac",
    "audio/x-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/opus": "audio/ogg",
    "audio/vorbis": "audio/ogg",
    "application/ogg": "audio/ogg",
}


async def fetch(client: Client, song: Song, part: str | None) -> Fetched:
    """Fetch the song, or the ``part`` of it that a Range header names.

    What browsers play comes as it lies on the server, and goes on where it broke off when
    the server was away for a moment. Anything else is asked for as mp3, which the server
    makes as it goes, so that it has no parts. Raises ServiceTrouble.
    """
    as_it_is = song.ending in ("", *PLAYED)
    headers = {"range": part} if part and as_it_is else {}
    asked = {"id": id_of(song.track.uri), "format": "raw" if as_it_is else "mp3"}
    opened: list[httpx.Response] = []

    async def pour() -> AsyncGenerator[bytes, None]:
        sent = 0
        try:
            async with client.stream("stream", asked, headers) as response:
                opened.append(response)
                yield b""
                if response.status_code != 416:
                    async for chunk in response.aiter_raw():
                        sent += len(chunk)
                        yield chunk
            return
        except ServiceTrouble:
            left = _left(opened[0], sent) if opened else None
            if left is None:
                raise
        async with aclosing(_rest(client, asked, *left)) as rest:
            async for chunk in rest:
                yield chunk

    chunks = pour()
    try:
        await anext(chunks)  # begun, it holds the connection and lets go of it when closed
    except Refusal as refusal:
        if as_it_is or refusal.code in SIGN_IN:
            raise
        raise ServiceTrouble(
            f"Browsers do not play {song.ending} files, and the music server makes no mp3 of them.",
            remedy="Switch on transcoding to mp3 there, or convert the file.",
        ) from refusal
    response = opened[0]
    told = {name: response.headers[name] for name in PASSED_ON if name in response.headers}
    told["content-type"] = _mime(told.get("content-type", ""), song.ending if as_it_is else ".mp3")
    if response.status_code == 416:
        told.pop("content-length", None)
    return Fetched(response.status_code, told, chunks)


def _left(response: httpx.Response, sent: int) -> tuple[int, int, str] | None:
    """First and last byte still to come, and the version they are of; None if unknowable."""
    span = re.fullmatch(r"bytes (\d+)-(\d+)/.*", response.headers.get("content-range", ""))
    if span is not None:
        first, last = int(span[1]), int(span[2])
    elif response.headers.get("accept-ranges") == "bytes" and "content-length" in response.headers:
        first, last = 0, int(response.headers["content-length"]) - 1
    else:
        return None
    return first + sent, last, response.headers.get("etag", "")


async def _rest(
    client: Client, asked: Mapping[str, object], first: int, last: int, version: str
) -> AsyncGenerator[bytes, None]:
    """The bytes from ``first`` to ``last``, from a server that is given time to come back.

    Raises ServiceTrouble when it does not, or has another file there by now.
    """
    for turn, pause_s in enumerate(PAUSES_S, start=1):
        await asyncio.sleep(pause_s)
        headers = {"range": f"bytes={first}-{last}"}
        if version.startswith('"'):  # a weak one proves nothing
            headers["if-range"] = version
        try:
            async with client.stream("stream", asked, headers) as response:
                begins = response.headers.get("content-range", "").startswith(f"bytes {first}-")
                if response.status_code != 206 or not begins:
                    raise Refusal(
                        "The music server has another file in its place by now.",
                        remedy="Play the track from its beginning.",
                    )
                async for chunk in response.aiter_raw():
                    first += len(chunk)
                    yield chunk
                return
        except Refusal:
            raise
        except ServiceTrouble:
            if turn == len(PAUSES_S):
                raise


def _mime(told: str, ending: str) -> str:
    """The usual name of what the server says it is; by the file's ending where it does not."""
    kind = told.partition(";")[0].strip().lower()
    kind = _USUAL.get(kind, kind)
    if kind.startswith(("audio/", "video/")):
        return kind
    return PLAYED.get(ending, "application/octet-stream")
