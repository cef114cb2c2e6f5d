"""Tracks and well-known songs put into a playlist.

A file holds where a song lies, never how to sign in there: of a Subsonic server only the
song's id, and no address. Spotify's terms keep what comes from there out of files.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from affetto.music.curated import CuratedSong, SongKey, link
from affetto.music.playlists.entry import Entry, Playlist
from affetto.music.provider import DistantSound, Sound
from affetto.music.tags import recording_in
from affetto.track import Track, TrackUri

KEPT_OUT: Final = frozenset({"spotify"})

# What finds a track's sound: ``House.sound``.
Finding = Callable[[TrackUri], Awaitable[Sound | DistantSound | None]]


async def made_of(
    title: str, tracks: Iterable[Track], sound: Finding, *, date: datetime | None = None
) -> Playlist:
    """A playlist of tracks, each with its file where it is on this machine."""
    entries: list[Entry] = []
    for track in tracks:
        if track.provider not in KEPT_OUT:
            found = await sound(track.uri)
            path = found.path if isinstance(found, Sound) else None
            entries.append(await asyncio.to_thread(_entry, track, path))
    return Playlist(title, tuple(entries), date)


async def listed(
    title: str,
    songs: Sequence[CuratedSong],
    owned: Mapping[SongKey, Track],
    sound: Finding,
    *,
    service: str,
    date: datetime | None = None,
) -> Playlist:
    """A playlist of well-known songs: the listener's own files, else a link that finds them."""
    entries: list[Entry] = []
    for song in songs:
        track = owned.get(song.key)
        if track is not None and track.provider not in KEPT_OUT:
            own = await made_of("", [track], sound)
            entries.extend(own.entries)
        else:
            info = link(song.title, song.artist, service)
            entries.append(Entry(song.title, song.artist, info=info))
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
