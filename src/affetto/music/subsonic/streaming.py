"""A song's bytes as they come from the server, the part that was asked for."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

import httpx

from affetto.errors import ServiceTrouble
from affetto.music.playing import PLAYED
from affetto.music.provider import Fetched
from affetto.music.subsonic.client import SIGN_IN, Client, Refusal
from affetto.music.subsonic.songs import Song, id_of

CHUNK: Final = 64 * 1024  # bytes
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

    What browsers play comes as it lies on the server; anything else is asked for as mp3,
    which the server makes as it goes, so that it has no parts. Raises ServiceTrouble.
    """
    as_it_is = song.ending in ("", *PLAYED)
    headers = {"range": part} if part and as_it_is else {}
    opened: list[httpx.Response] = []

    async def pour() -> AsyncGenerator[bytes, None]:
        asked = {"id": id_of(song.track.uri), "format": "raw" if as_it_is else "mp3"}
        async with client.stream("stream", asked, headers) as response:
            opened.append(response)
            yield b""
            if response.status_code != 416:
                async for chunk in response.aiter_raw(CHUNK):
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


def _mime(told: str, ending: str) -> str:
    """The usual name of what the server says it is; by the file's ending where it does not."""
    kind = told.partition(";")[0].strip().lower()
    kind = _USUAL.get(kind, kind)
    if kind.startswith(("audio/", "video/")):
        return kind
    return PLAYED.get(ending, "application/octet-stream")
