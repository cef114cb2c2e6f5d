"""The popularity table: name, artist, mood, popularity, of all that is known by name.

The tracks that can be played and the songs of imported tables stand together, each once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from affetto.emotion import mood_of
from affetto.server import wire
from affetto.track import Track
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.collection import Collection

Row = wire.PopularSong


@dataclass(frozen=True, slots=True)
class _Sorted:
    edition: str
    rows: Sequence[Row]


class PopularTable:
    """The table of one house, made once for every state of its library."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._made: _Sorted | None = None
        self._making = asyncio.Lock()

    async def page(self, mood: str | None, offset: int, limit: int) -> wire.PopularSongs:
        """A page of the songs of one mood, or of all of them."""
        collection = await self._house.collection()
        async with self._making:
            if self._made is None or self._made.edition != collection.edition:
                self._made = await asyncio.to_thread(self._make, collection)
            made = self._made
        rows = [one for one in made.rows if mood is None or one.mood == mood]
        return wire.PopularSongs(
            total=len(rows),
            known=sum(one.popularity is not None for one in rows),
            playable=sum(one.track is not None for one in rows),
            rows=rows[offset : offset + limit],
        )

    def _make(self, collection: Collection) -> _Sorted:
        from affetto.music.tables.popularity import unheard
        from affetto.store.songs import SongShelf

        songs = unheard(SongShelf(self._house.database).songs(), collection.tracks)
        rows = [_row(track, playable=True) for track in collection.tracks]
        rows += [_row(song, playable=False) for song in songs]
        rows.sort(key=_place)
        return _Sorted(collection.edition, rows)


def _row(track: Track, *, playable: bool) -> Row:
    return Row(
        title=track.title,
        artist=track.artist,
        mood=mood_of(track.features) if track.features else None,
        popularity=track.popularity,
        track=track.uri if playable else None,
    )


def _place(row: Row) -> tuple[bool, int, str, str]:
    popularity = row.popularity
    return popularity is None, -(popularity or 0), row.title.casefold(), row.artist.casefold()
