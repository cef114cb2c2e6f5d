"""Playlists that MPD stores, for every program that plays from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from affetto.errors import Misuse, NotFound, ServiceTrouble
from affetto.music.mpd.conversation import NOT_THERE, Refused
from affetto.music.mpd.daemon import Daemon
from affetto.music.mpd.songs import file_of, track_of
from affetto.track import Track

_BESIDE: Final = " (being saved)"  # what a playlist is called until it is whole
_LONGEST_NAME: Final = 60  # a file is called so, and a character may take four of 255 bytes


class StoredPlaylists:
    """MPD's stored playlists. Every call may raise ServiceTrouble."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    async def names(self) -> list[str]:
        """Every stored playlist, in alphabetical order."""
        try:
            return sorted((await self._daemon.ask("listplaylists")).all("playlist"))
        except Refused as refusal:
            raise ServiceTrouble(
                f"The MPD at {self._daemon.place} stores no playlists: {refusal.words}.",
                remedy="Name a playlist_directory in its mpd.conf and start it again.",
            ) from refusal

    async def load(self, name: str) -> Sequence[Track]:
        """The tracks of a playlist, in order. Raises NotFound."""
        try:
            answer = await self._daemon.ask("listplaylistinfo", name)
        except Refused as refusal:
            raise _no_playlist(name) from refusal
        return [track_of(song) for song in answer.items("file")]

    async def save(
        self, name: str, tracks: Sequence[Track], *, replace: bool = False
    ) -> Sequence[Track]:
        """Store tracks under a name, in order; give back those that MPD does not have.

        With ``replace`` a playlist of that name is given up, once the new one is whole.
        Raises Misuse when there is one and it is not to be replaced, when MPD does not take
        the name, and when it has none of the tracks.
        """
        if not name or len(name) > _LONGEST_NAME or "/" in name or not name.isprintable():
            raise Misuse(
                f"MPD cannot call a playlist {name[:40]!r}.",
                remedy=f"Give one line without /, of at most {_LONGEST_NAME} characters.",
            )
        names = await self.names()
        if name in names and not replace:
            raise Misuse(
                f"MPD has a playlist called “{name}” already.",
                remedy="Choose another name, or say that it may be replaced.",
            )
        beside = name + _BESIDE
        if beside in names:  # from a time that MPD was ended in the middle of this
            await self._daemon.ask("rm", beside)
        missing = [track for track in tracks if not await self._add(beside, track)]
        if len(missing) == len(tracks):
            raise Misuse(
                "MPD has none of these tracks.",
                remedy="Choose tracks of its own library; a playlist file takes any.",
            )
        put = [("rename", beside, name)]
        await self._daemon.ask_all([("rm", name), *put] if name in names else put)
        return missing

    async def delete(self, name: str) -> None:
        """Give up a playlist. Raises NotFound."""
        try:
            await self._daemon.ask("rm", name)
        except Refused as refusal:
            raise _no_playlist(name) from refusal

    async def _add(self, name: str, track: Track) -> bool:
        """Put a track at the end of a playlist; False when MPD does not have it."""
        file = file_of(track.uri)
        if not file:
            return False
        try:
            await self._daemon.ask("playlistadd", name, file)
        except Refused as refusal:
            if refusal.code == NOT_THERE:
                return False
            raise ServiceTrouble(
                f"MPD did not store the playlist: {refusal.words}.",
                remedy="See that MPD may write to its playlist_directory.",
            ) from refusal
        return True


def _no_playlist(name: str) -> NotFound:
    return NotFound(f"MPD has no playlist called “{name}”.", remedy="Choose one of those it lists.")
