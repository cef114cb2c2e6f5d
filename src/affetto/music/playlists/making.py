"""Tracks put into a playlist.

A file holds where a song lies, never how to sign in there: of a Subsonic server only the
song's id, and no address. Spotify's terms keep what comes from there out of files.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from affetto.music.curated import link
from affetto.music.playlists.entry import Entry, Playlist
from affetto.music.provider import DistantSound, Sound
from affetto.music.tags import recording_in
from affetto.track import Track, TrackUri

KEPT_OUT: Final = frozenset({"spotify"})
BY_NAME: Final = frozenset({"list", "table"})  # songs without sound
DEFAULT_SERVICE: Final = "youtube"

# What finds a track's sound: ``House.sound``.
Finding = Callable[[TrackUri], Awaitable[Sound | DistantSound | None]]


async def made_of(
    title: str,
    tracks: Iterable[Track],
    sound: Finding,
    *,
    service: str = DEFAULT_SERVICE,
    date: datetime | None = None,
) -> Playlist:
    """A playlist of tracks, each with its file where it is on this machine.

    Songs known by name only get a link that finds them in ``service``.
    """
    entries: list[Entry] = []
    for track in tracks:
        if track.provider in KEPT_OUT:
            continue
        if track.provider in BY_NAME:
            info = link(track.title, track.artist, service)
            entries.append(Entry(track.title, track.artist, track.album, info=info))
            continue
        found = await sound(track.uri)
        path = found.path if isinstance(found, Sound) else None
        entries.append(await asyncio.to_thread(_entry, track, path))
    return Playlist(title, tuple(entries), date)


def _entry(track: Track, path: Path | None) -> Entry:
    _, _, known_as = track.uri.partition(":")
    return Entry(
        title=track.title,
        artist=track.artist,
        album=track.album,
        duration_s=track.duration_s or None,
        # An MPD track is called by its path in MPD's own folder, which MPD plays.
        location=str(path) if path else known_as if track.provider == "mpd" else "",
        recording=recording_in(path) if path else "",
        subsonic_id=known_as if track.provider == "subsonic" else "",
    )
