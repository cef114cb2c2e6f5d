"""What can be saved as a playlist: the queue, a session, a list of well-known songs.

The name of a playlist says what it is and of which day; never how anybody felt.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from affetto.errors import NotFound
from affetto.store.past import Past
from affetto.track import Track, TrackUri
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.music.playlists import Playlist
    from affetto.server.desk import SessionDesk


async def of_queue(house: House, desk: SessionDesk) -> Playlist:
    """What plays and what comes next; NotFound when nothing does."""
    from affetto.music.playlists import made_of

    session = await desk.current()
    chosen = [session.playing, *session.queue] if session is not None else []
    tracks = await _here(house, [one.track.id for one in chosen if one is not None])
    if not tracks:
        raise NotFound("Nothing plays, and nothing comes next.", remedy="Start some music first.")
    now = house.now()
    return await made_of(f"Queue of {_day(now)}", tracks, house.sound, date=now)


async def of_session(house: House, session_id: str | None = None) -> Playlist:
    """What was put on in a session, each track once; the latest one's when none is named.

    Raises NotFound when there is no such session.
    """
    from affetto.music.playlists import made_of

    past = Past(house.database)
    if session_id is None:
        _, latest = await asyncio.to_thread(past.sessions, house.listener, limit=1)
        if not latest:
            raise NotFound("No session is kept.", remedy="Listen first: affetto serve.")
        session_id = latest[0].id
    account = await asyncio.to_thread(past.account, house.listener, session_id)
    began = account.session.started_at
    tracks = await _here(house, [choice.track_uri for choice in account.choices])
    return await made_of(f"Session of {_day(began)}", tracks, house.sound, date=began)


async def of_list(house: House, emotion: str) -> Playlist:
    """A list of well-known songs: those that are here, and links that find the others.

    Raises Misuse when there is no list of that name.
    """
    from affetto.music.curated import emotion_called, owned
    from affetto.music.playlists import made_of

    name = emotion_called(emotion)
    songs = await asyncio.to_thread(house.song_lists.songs, name)
    found = await asyncio.to_thread(owned, await house.tracks(), songs)
    return await made_of(
        f"Well-known songs: {name}",
        [found.get(song.key) or song.as_track() for song in songs],
        house.sound,
        service=house.settings.song_service,
        date=house.now(),
    )


async def _here(house: House, uris: list[str]) -> list[Track]:
    """The tracks that are still in the library, each once."""
    found = [await house.track(TrackUri(uri)) for uri in dict.fromkeys(uris)]
    return [track for track in found if track is not None]


def _day(time: datetime) -> str:
    """A day as the listener's own clock has it."""
    return time.astimezone().strftime("%Y-%m-%d %H.%M")
