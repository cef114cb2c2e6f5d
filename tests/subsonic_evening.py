"""An evening with a real Subsonic server, which is ended and started again on the way."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from affetto.choice import Aim, Answer
from affetto.emotion import Affect
from affetto.music.provider import DistantSound, connect
from affetto.server.desk import SessionDesk
from affetto.store.distant import DistantShelf, ShelvedTrack
from affetto.track import TrackFeatures, TrackUri
from affetto.wiring import House
from music.sounds import RATE, tag, write
from subsonic_kit import Supysonic


@dataclass
class Evening:
    """What reached the listener."""

    heard: list[str] = field(default_factory=list)  # titles, in order
    whole: list[bool] = field(default_factory=list)  # whether it came byte for byte
    restarts_s: list[float] = field(default_factory=list)  # how long the server was away
    longest_silence_s: float = 0.0  # between two pieces of a song's bytes, pauses of ours left out


def write_long_songs(folder: Path, count: int, megabytes: int) -> Path:
    """Songs too large for the buffers between a server and its listener to hold."""
    folder.mkdir()
    rng = np.random.default_rng(7)
    samples = rng.integers(-3000, 3000, (megabytes * 250_000, 2), dtype=np.int16)
    for n in range(count):
        path = write(folder / f"song{n}.wav", np.roll(samples, n * RATE, axis=0))
        tag(path, title=f"song{n}", artist=f"Artist {n}")
    return folder


async def spend(
    house: House,
    server: Supysonic,
    *,
    songs: int,
    restart_in: set[int],
    piece_s: float = 0.0,
) -> Evening:
    """A session of so many songs, each fetched within ``piece_s`` as a browser does it.

    In the middle of the songs with these numbers, from 0, the server is started again.
    """
    provider = connect("subsonic", server.settings)
    assert provider.library is not None
    tracks = await provider.library.search("", limit=1000)
    shelved = []
    for n, track in enumerate(tracks):
        turn = 2 * math.pi * n / len(tracks)
        features = TrackFeatures(0.6 * math.cos(turn), 0.6 * math.sin(turn), 0.1, 0.1)
        shelved.append(
            ShelvedTrack(
                type(track)(track.uri, track.title, track.artist, duration_s=track.duration_s,
                            features=features)
            )
        )  # fmt: skip
    DistantShelf(house.database).save(shelved, now=datetime.now(UTC))
    house.connections.give(provider)
    desk, evening = SessionDesk(house), Evening()
    session = await desk.start(Aim(), Affect(0.5, -0.5))
    for n in range(songs):
        assert session.playing is not None
        playing = session.playing.track
        data = await _fetch(house, server, evening, playing.id, piece_s, again=n in restart_in)
        evening.heard.append(playing.title)
        file = server.music / f"{playing.title}.wav"
        evening.whole.append(data == file.read_bytes())
        session = await desk.next(session.id, Answer.FINISHED, 1.0, TrackUri(playing.id))
    await desk.end(session.id)
    return evening


async def _fetch(
    house: House, server: Supysonic, evening: Evening, uri: str, piece_s: float, *, again: bool
) -> bytes:
    """A song's bytes, in ``piece_s``; in the middle the server may be started ``again``."""
    sound = await house.sound(TrackUri(uri))
    assert isinstance(sound, DistantSound)
    fetched = await sound.fetch(None)
    length = int(fetched.headers["content-length"])
    data, begun, came = bytearray(), time.monotonic(), time.monotonic()
    async for chunk in fetched.chunks:
        evening.longest_silence_s = max(evening.longest_silence_s, time.monotonic() - came)
        data += chunk
        if again and len(data) > length / 10:
            again = False
            away = time.monotonic()
            await asyncio.to_thread(server.stop)
            start = asyncio.create_task(asyncio.to_thread(server.start))
            start.add_done_callback(
                lambda _, away=away: evening.restarts_s.append(time.monotonic() - away)
            )
        ahead_s = piece_s * len(data) / length - (time.monotonic() - begun)
        if ahead_s > 0.05:
            await asyncio.sleep(ahead_s)
        came = time.monotonic()
    return bytes(data)
