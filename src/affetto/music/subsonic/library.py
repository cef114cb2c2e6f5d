"""The songs of a Subsonic server: all of them, their sound and their pictures."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

from affetto.errors import ServiceTrouble
from affetto.music.provider import Cover, DistantSound
from affetto.music.subsonic.answers import many
from affetto.music.subsonic.client import Client
from affetto.music.subsonic.songs import Song, id_of, song_of, songs_in
from affetto.music.subsonic.streaming import fetch
from affetto.music.subsonic.troubles import SIGN_IN, Refusal
from affetto.music.tags import LARGEST_COVER, picture
from affetto.track import Track, TrackUri

log = logging.getLogger(__name__)

PAGE: Final = 500  # songs or albums asked for at once; some servers give no more
ALBUMS_AT_ONCE: Final = 4
FRESH_S: Final = 60.0  # a list of all songs is good for so long
_COVER_PIXELS: Final = 600
_NEVER_MS: Final = 4_102_444_800_000  # the year 2100: nothing was changed since then


class SubsonicLibrary:
    """What one server has, as one listener may hear it.

    The list of all songs is fetched whole and words are looked for in it here: what a
    server's own search finds differs from one to the next.
    """

    def __init__(self, client: Client, *, fresh_s: float = FRESH_S) -> None:
        self._client = client
        self._fresh_s = fresh_s
        self._songs: dict[TrackUri, Song] = {}  # all there are, or those met so far
        self._listed_at: float | None = None  # when it was all there are
        self._edition = ""

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        """Tracks whose title, artist or album hold every word; "" finds any track.

        Raises ServiceTrouble when the server does not answer.
        """
        if limit <= 0:
            return []
        wanted = words.casefold().split()
        songs = await self._all() if wanted else await self._some(limit)
        found = (song.track for song in songs if _holds(song.track, wanted))
        return list(islice(found, limit))

    async def edition(self) -> str:
        """What the server tells of its last look through its music, and its newest album.

        The same as before while it looks. Raises ServiceTrouble.
        """
        scan = await self._told("getScanStatus", "scanStatus")
        if scan.get("scanning") is True:
            return self._edition
        words = [scan.get("count"), scan.get("lastScan")]
        if not any(words):  # not for everybody to ask, or a server older than that
            indexes = await self._told("getIndexes", "indexes", ifModifiedSince=_NEVER_MS)
            words = [indexes.get("lastModified")]
        newest = await self._told("getAlbumList2", "albumList2", "album", type="newest", size=1)
        words += [newest.get(name) for name in ("id", "created", "songCount")]
        edition = " ".join(str(word) for word in words if word)
        if edition != self._edition or not edition:
            self._listed_at = None
        self._edition = edition
        return edition

    async def sound(self, uri: TrackUri) -> DistantSound | None:
        """The song's own file, or an mp3 of it where browsers do not play that."""
        song = await self.song(uri)
        return DistantSound(partial(fetch, self._client, song)) if song is not None else None

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The server's picture; else one drawn from how the track sounds."""
        song = await self.song(uri)
        if song is None:
            return None
        data = await self._picture(song.cover) if song.cover else b""
        found = picture(data) if data else None
        if found is not None:
            return found
        from affetto.music.covers import cover_svg

        return Cover(cover_svg(song.track), "image/svg+xml")

    async def song(self, uri: TrackUri, *, anew: bool = False) -> Song | None:
        """One song, or None when the server has none of that name; ``anew`` asks again."""
        song_id = id_of(uri)
        if song_id is None:
            return None
        if uri in self._songs and not anew:
            return self._songs[uri]
        try:
            answer = await self._client.ask("getSong", id=song_id)
        except Refusal as refusal:
            if refusal.code in SIGN_IN:
                raise
            return None  # servers say in many ways that they do not know it
        for told in many(answer, "song"):
            song = song_of(told)
            if song is not None and song.track.uri == uri:
                self._songs[uri] = song
                return song
        return None

    # -- inside -------------------------------------------------------------------------

    async def _some(self, limit: int) -> Sequence[Song]:
        """The first songs; all are listed only when so many are wanted."""
        if self._is_fresh or limit > PAGE:
            return await self._all()
        _, songs = await self._page(0, limit)
        return songs or (await self._all())

    async def _all(self) -> Sequence[Song]:
        if not self._is_fresh:
            songs = {song.track.uri: song async for song in self._listed()}
            self._songs, self._listed_at = songs, time.monotonic()
        return list(self._songs.values())

    @property
    def _is_fresh(self) -> bool:
        return self._listed_at is not None and time.monotonic() - self._listed_at < self._fresh_s

    async def _listed(self) -> AsyncGenerator[Song, None]:
        """Every song, by pages; a server that lists nothing that way is asked for its albums."""
        met: set[TrackUri] = set()
        offset = 0
        while True:
            told, songs = await self._page(offset, PAGE)
            offset += told
            new = [song for song in songs if song.track.uri not in met]
            if not new:
                break  # the end, or a server that knows no pages and begins again
            met.update(song.track.uri for song in new)
            for song in new:
                yield song
        if not met:
            async for song in self._by_albums():
                yield song

    async def _page(self, offset: int, count: int) -> tuple[int, list[Song]]:
        """How many entries the server told from ``offset``, and the songs among them."""
        try:
            answer = await self._client.ask(
                "search3",
                query="",
                songCount=count,
                songOffset=offset,
                albumCount=0,
                artistCount=0,
            )
        except Refusal as refusal:
            if offset or refusal.code in SIGN_IN:
                raise
            return 0, []  # older than search3, or in need of a word to look for
        told = many(answer, "searchResult3", "song")
        return len(told), songs_in(told)

    async def _by_albums(self) -> AsyncGenerator[Song, None]:
        albums: dict[str, None] = {}
        while True:
            answer = await self._client.ask(
                "getAlbumList2", type="alphabeticalByName", size=PAGE, offset=len(albums)
            )
            told = [str(one.get("id", "")) for one in many(answer, "albumList2", "album")]
            new = [one for one in told if one and one not in albums]
            albums.update(dict.fromkeys(new))
            if not new:
                break
        names = list(albums)
        for first in range(0, len(names), ALBUMS_AT_ONCE):
            lot = names[first : first + ALBUMS_AT_ONCE]
            for answer in await asyncio.gather(
                *(self._client.ask("getAlbum", id=one) for one in lot)
            ):
                for song in songs_in(many(answer, "album", "song")):
                    yield song

    async def _told(self, method: str, *path: str, **params: object) -> Mapping[str, Any]:
        """The first thing at the end of ``path``; nothing where the server does not say."""
        try:
            return next(iter(many(await self._client.ask(method, **params), *path)), {})
        except Refusal as refusal:
            if refusal.code in SIGN_IN:
                raise
            return {}

    async def _picture(self, cover: str) -> bytes:
        try:
            async with self._client.stream(
                "getCoverArt", {"id": cover, "size": _COVER_PIXELS}, {}
            ) as response:
                data = bytearray()
                async for chunk in response.aiter_bytes():
                    data += chunk
                    if len(data) > LARGEST_COVER:
                        return b""
                return bytes(data)
        except ServiceTrouble as trouble:  # a picture is worth no error
            log.info("no picture from the server: %s", trouble)
            return b""


def _holds(track: Track, words: Sequence[str]) -> bool:
    text = f"{track.title}\n{track.artist}\n{track.album}".casefold()
    return all(word in text for word in words)
