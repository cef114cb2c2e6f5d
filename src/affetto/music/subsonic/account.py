"""What a listener keeps on a Subsonic server: stars, ratings, plays and playlists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from affetto.errors import Misuse, NotFound
from affetto.music.subsonic.answers import many
from affetto.music.subsonic.client import Client
from affetto.music.subsonic.library import SubsonicLibrary
from affetto.music.subsonic.songs import id_of, songs_in
from affetto.music.subsonic.troubles import Refusal
from affetto.track import Track, TrackUri

LOT: Final = 100  # songs in one request: their names must fit into an address


@dataclass(frozen=True, slots=True)
class StoredPlaylist:
    """A playlist that lies on the server."""

    id: str
    name: str
    songs: int = 0


class Account:
    """Stars, ratings, plays and playlists of whoever is signed in.

    Each call raises ServiceTrouble when the server does not do it.
    """

    def __init__(self, client: Client, library: SubsonicLibrary) -> None:
        self._client = client
        self._library = library

    async def star(self, uri: TrackUri) -> None:
        """Star a song; one that is starred stays so."""
        try:
            await self._client.ask("star", id=_id(uri))
        except Refusal:
            song = await self._library.song(uri, anew=True)
            if song is None or not song.starred:  # some servers call a second star an error
                raise

    async def unstar(self, uri: TrackUri) -> None:
        """Take the star off a song; one without stays so."""
        try:
            await self._client.ask("unstar", id=_id(uri))
        except Refusal:
            song = await self._library.song(uri, anew=True)
            if song is None or song.starred:
                raise

    async def rate(self, uri: TrackUri, stars: int) -> None:
        """Rate a song with 1 to 5 stars; 0 takes the rating off."""
        if not 0 <= stars <= 5:
            raise Misuse(
                f"A song cannot be rated with {stars} stars.", remedy="Give 1 to 5, or 0 for none."
            )
        await self._client.ask("setRating", id=_id(uri), rating=stars)

    async def now_playing(self, uri: TrackUri) -> None:
        """Tell the server that this song sounds now."""
        await self._client.ask("scrobble", id=_id(uri), submission=False)

    async def played(self, uri: TrackUri, at: datetime) -> None:
        """Tell the server that this song was heard; ``at`` (aware) is when it began."""
        milliseconds = int(at.timestamp() * 1000)
        await self._client.ask("scrobble", id=_id(uri), submission=True, time=milliseconds)

    # -- playlists ----------------------------------------------------------------------

    async def playlists(self) -> Sequence[StoredPlaylist]:
        """The listener's playlists, and those that others let them see."""
        answer = await self._client.ask("getPlaylists")
        return [one for told in many(answer, "playlists", "playlist") if (one := _stored(told)).id]

    async def playlist(self, playlist_id: str) -> Sequence[Track]:
        """The songs of one playlist, in order."""
        answer = await self._client.ask("getPlaylist", id=playlist_id)
        return [song.track for song in songs_in(many(answer, "playlist", "entry"))]

    async def save(
        self, name: str, tracks: Sequence[Track], *, replace: bool = False
    ) -> Sequence[Track]:
        """Keep tracks as a playlist, in order; give back those that lie elsewhere.

        Raises Misuse when there is one of that name and it is not to be replaced, and when
        none of the tracks lies there.
        """
        missing = [track for track in tracks if id_of(track.uri) is None]
        uris = [track.uri for track in tracks if id_of(track.uri) is not None]
        if not uris:
            raise Misuse(
                "The music server has none of these songs.",
                remedy="Choose songs that lie there; a playlist file takes any.",
            )
        known = [one for one in await self.playlists() if one.name == name]
        if known and not replace:
            raise Misuse(
                f"The music server has a playlist called “{name}” already.",
                remedy="Choose another name, or say that it may be replaced.",
            )
        if known:
            await self.update_playlist(known[0].id, uris)
        else:
            await self.create_playlist(name, uris)
        return missing

    async def create_playlist(self, name: str, uris: Sequence[TrackUri]) -> StoredPlaylist:
        """Make a playlist of these songs, beside any other of the same name."""
        songs = [_id(uri) for uri in uris]
        before = {one.id for one in await self.playlists()}
        answer = await self._client.ask("createPlaylist", name=name, songId=songs[:LOT])
        made = [_stored(told) for told in many(answer, "playlist")]
        if not made or not made[0].id:  # before API 1.14 a server did not say which it made
            every = await self.playlists()
            made = [one for one in every if one.id not in before and one.name == name]
        if not made:
            raise NotFound(
                f"The music server at {self._client.host} took the playlist and does not list it.",
                remedy="Look for it on the server's own page.",
            )
        await self._add(made[0].id, songs[LOT:])
        return StoredPlaylist(made[0].id, name, len(songs))

    async def update_playlist(
        self, playlist_id: str, uris: Sequence[TrackUri], *, name: str | None = None
    ) -> None:
        """Let a playlist hold these songs and no others, under a new name where one is given."""
        songs = [_id(uri) for uri in uris]
        if songs:
            await self._client.ask("createPlaylist", playlistId=playlist_id, songId=songs[:LOT])
            await self._add(playlist_id, songs[LOT:])
        else:
            await self._empty(playlist_id)
        if name is not None:
            await self._client.ask("updatePlaylist", playlistId=playlist_id, name=name)

    async def delete_playlist(self, playlist_id: str) -> None:
        """Take a playlist off the server."""
        await self._client.ask("deletePlaylist", id=playlist_id)

    async def _add(self, playlist_id: str, songs: Sequence[str]) -> None:
        for first in range(0, len(songs), LOT):
            lot = list(songs[first : first + LOT])
            await self._client.ask("updatePlaylist", playlistId=playlist_id, songIdToAdd=lot)

    async def _empty(self, playlist_id: str) -> None:
        while held := len(await self.playlist(playlist_id)):
            last = list(range(held))[-LOT:]
            await self._client.ask("updatePlaylist", playlistId=playlist_id, songIndexToRemove=last)


def _stored(told: Mapping[str, Any]) -> StoredPlaylist:
    songs = told.get("songCount")
    return StoredPlaylist(
        str(told.get("id") or ""),
        str(told.get("name") or ""),
        songs if isinstance(songs, int) else 0,
    )


def _id(uri: TrackUri) -> str:
    song_id = id_of(uri)
    if song_id is None:
        raise NotFound(
            f"{uri[:80]!r} is no song of this music server.",
            remedy="Choose a song that lies there.",
        )
    return song_id
