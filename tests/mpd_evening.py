"""An evening with a real MPD: a session plays through it, and it is started again on the way."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from affetto.choice import Aim, Answer
from affetto.emotion import Affect
from affetto.errors import ServiceTrouble
from affetto.music.mpd import create
from affetto.music.provider import Player
from affetto.server.desk import SessionDesk
from affetto.server.outlets import Outlets
from affetto.wiring import House
from mpd_kit import Mpd


@dataclass
class Evening:
    """What was heard, by MPD's own word."""

    heard: list[str] = field(default_factory=list)  # every song that began, in order
    answers: list[tuple[str, Answer]] = field(default_factory=list)
    longest_queue: int = 0
    away_s: list[float] = field(default_factory=list)  # from MPD's end until music again
    states: set[str] = field(default_factory=set)  # what the page was told meanwhile


def spend(
    house: House,
    mpd: Mpd,
    *,
    songs: int,
    restart_after: tuple[int, ...],
    piece_s: float,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> Evening:
    """Let a session play until so many songs have begun; MPD is ended and started again in
    the middle of the songs with these numbers."""
    return asyncio.run(_spend(house, mpd, songs, set(restart_after), piece_s, sleep))


async def _spend(
    house: House,
    mpd: Mpd,
    songs: int,
    restarts: set[int],
    piece_s: float,
    sleep: Callable[[float], Awaitable[object]],
) -> Evening:
    made, other = create(mpd.settings), create(mpd.settings)
    assert made.library is not None and other.player is not None and other.connection is not None
    count = len(await made.library.search("", limit=1000))
    for n, track in enumerate(await made.library.search("", limit=1000)):
        turn = 2 * math.pi * n / count
        file = track.uri.removeprefix("mpd:")
        mpd.does(
            f'sticker set song "{file}" affetto-valence {0.6 * math.cos(turn):.2f}',
            f'sticker set song "{file}" affetto-arousal {0.6 * math.sin(turn):.2f}',
        )
    house.connections.give(made)
    desk = SessionDesk(house)
    outlets = Outlets(house, desk, sleep=sleep)
    evening = Evening()
    await desk.start(Aim(), Affect(0.5, -0.5))
    try:
        await outlets.sound_in("mpd", playing=True)
        while len(evening.heard) < songs:
            await _listen(other.player, evening, mpd)
            if len(evening.heard) in restarts:
                restarts.discard(len(evening.heard))
                await asyncio.sleep(piece_s / 3)  # in the middle of it
                await _restart(other.player, evening, mpd, outlets)
            await asyncio.sleep(0.05)
        for _ in range(100):  # the session hears of the last one a moment after us
            log = house.history.answers(house.listener)
            evening.answers = [(one.track_uri, one.answer) for one in log]
            if len(evening.answers) >= songs - 1:
                break
            await asyncio.sleep(0.05)
    finally:
        await outlets.end()
        await house.connections.close()
        await other.connection.close()
    return evening


async def _listen(player: Player, evening: Evening, mpd: Mpd) -> None:
    now = await player.now()
    if now.uri is not None and now.playing and now.uri != (evening.heard or [""])[-1]:
        evening.heard.append(now.uri)
    queue = await asyncio.to_thread(mpd.queue)
    evening.longest_queue = max(evening.longest_queue, len(queue))


async def _restart(player: Player, evening: Evening, mpd: Mpd, outlets: Outlets) -> None:
    begun = time.monotonic()
    await asyncio.to_thread(mpd.stop)
    await asyncio.sleep(0.2)
    evening.states.add(outlets.told().state)
    await asyncio.to_thread(mpd.start)
    while time.monotonic() - begun < 30:
        try:
            if (await player.now()).playing and outlets.told().state == "playing":
                break
        except ServiceTrouble:
            pass
        await asyncio.sleep(0.02)
    evening.away_s.append(time.monotonic() - begun)
