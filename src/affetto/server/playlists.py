"""What can be saved as a playlist: the queue, a session, a list of well-known songs.

The name of a playlist says what it is and of which day; never how anybody felt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from affetto.connections import in_words
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

    tracks, now = await _queued(house, desk), house.now()
    return await made_of(_queue_of(now), tracks, house.sound, date=now)


async def keep_queue(
    house: House, desk: SessionDesk, provider: str, name: str, *, replace: bool
) -> tuple[str, Sequence[Track], Sequence[Track]]:
    """Let a provider keep what plays and what comes next.

    Without a ``name`` it is called after the day and the time. Gives its name, the tracks in
    it, and those that are not there.
    Raises NotFound when the provider keeps no playlists, and as its ``save``.
    """
    connected = house.connections.in_use.get(provider)
    keeper = connected.provider.playlists if connected and connected.provider else None
    if keeper is None:
        raise NotFound(
            f"The provider {provider!r} keeps no playlists here.",
            remedy="Connect one that does, or save a file.",
        )
    tracks = await _queued(house, desk)
    called = name.strip() or _queue_of(house.now())
    try:
        missing = await keeper.save(called, tracks, replace=replace)
    except Exception as error:  # a provider may be anyone's code
        raise in_words(provider, error) from error
    left = {track.uri for track in missing}
    return called, [track for track in tracks if track.uri not in left], missing


def keepers(house: House) -> list[str]:
    """The providers in use that keep playlists, by name."""
    every = house.connections.in_use.values()
    return [one.name for one in every if one.provider and one.provider.playlists]


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


async def _queued(house: House, desk: SessionDesk) -> list[Track]:
    session = await desk.current()
    chosen = [session.playing, *session.queue] if session is not None else []
    tracks = await _here(house, [one.track.id for one in chosen if one is not None])
    if not tracks:
        raise NotFound("Nothing plays, and nothing comes next.", remedy="Start some music first.")
    return tracks


def _queue_of(now: datetime) -> str:
    return f"Queue of {_day(now)}"


async def _here(house: House, uris: list[str]) -> list[Track]:
    """The tracks that are still in the library, each once."""
    found = [await house.track(TrackUri(uri)) for uri in dict.fromkeys(uris)]
    return [track for track in found if track is not None]


def _day(time: datetime) -> str:
    """A day as the listener's own clock has it."""
    return time.astimezone().strftime("%Y-%m-%d %H.%M")
