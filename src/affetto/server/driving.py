"""A session in a provider's player: each kept in step with the other.

The session says what plays and what comes next; the player says what truly sounds. A track
that comes to its end there is finished, one that is left there before its end is skipped,
once. A pause, a place or a volume set at the player holds, and one set in the page reaches
the player. A player answers late, or with what was true a moment ago, so its word is not
believed against a command just given: it is asked again a little later.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from affetto.choice import Answer
from affetto.errors import AffettoError, NotFound, ServiceTrouble
from affetto.music.overlap import overlap_s
from affetto.music.provider import Player, Sounding
from affetto.track import Track, TrackUri

if TYPE_CHECKING:
    from affetto.server import wire
    from affetto.server.desk import SessionDesk

log = logging.getLogger(__name__)

OVER_S: Final = 3.0  # a track left this short before its end has come to it
SETTLED_S: Final = 2.0  # how long after a command the player may still say what was before
MOST_REFUSED: Final = 3  # tracks in a row that a player cannot play, before it counts as lost

_SILENCE: Final = Sounding(None, playing=False)


class Drive:
    """One player, driven by whatever session runs."""

    def __init__(
        self,
        desk: SessionDesk,
        player: Player,
        *,
        playing: bool = False,
        position_s: float = 0.0,
        tell: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """``playing`` at ``position_s``: what to begin with, in place of the page."""
        self._desk = desk
        self._player = player
        self._tell = tell
        self._clock = clock
        self._sleep = sleep
        self.wanted = playing  # the listener wants to hear music
        self.trouble: AffettoError | None = None  # with the last track
        self.lost_since: float | None = None
        self._session: wire.Session | None = None
        self._heard, self._heard_at = _SILENCE, clock()
        self._begin_at = position_s  # where the session's track is to begin
        self._named: str | None = None  # what follows, by our word
        self._blend_s = 0.0  # how long it is to sound together with what plays
        self._commanded_at = float("-inf")
        self._refused = 0
        self._first = True
        self._hands = asyncio.Lock()  # one thing at a time
        self._unsure = asyncio.Event()

    # -- what is known --------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether the session's track sounds now."""
        return self._in_player and self._heard.playing

    @property
    def position_s(self) -> float:
        """How far into the session's track it is."""
        if not self._in_player:
            return self._begin_at
        passed = self._clock() - self._heard_at if self._heard.playing else 0.0
        at = self._heard.position_s + passed
        return min(at, self.duration_s) if self.duration_s else at

    @property
    def duration_s(self) -> float | None:
        """How long the session's track is; None when nobody knows."""
        choice = self._session.playing if self._session else None
        known = choice.track.duration_s if choice else None
        return (self._heard.duration_s if self._in_player else None) or known or None

    @property
    def volume(self) -> float | None:
        """How loud the player is, [0, 1]; None when it cannot be set."""
        return self._heard.volume

    @property
    def _uri(self) -> str | None:
        choice = self._session.playing if self._session else None
        return choice.track.id if choice else None

    @property
    def _in_player(self) -> bool:
        return self._uri is not None and self._heard.uri == self._uri

    # -- driving --------------------------------------------------------------------------

    async def run(self) -> None:
        """Drive until the player is lost: raises what it raised. Run again, it goes on."""
        async with self._hands:
            await self._take_up()
        self.lost_since = None
        self._tell()
        parts = (self._heed_session(), self._heed_player(), self._look_again())
        tasks = [asyncio.create_task(part) for part in parts]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._begin_at = self.position_s
            self._hear(replace(_SILENCE, volume=self._heard.volume))
        for task in done:
            task.result()

    async def silence(self) -> None:
        """Let the player fall silent for good; a player that is lost is silent already."""
        try:
            async with self._hands:
                await self._player.stop()
        except Exception as error:  # a provider may be anyone's code
            log.info("the player could not be stopped: %s", error)

    async def steer(
        self, playing: bool | None, position_s: float | None, volume: float | None
    ) -> None:
        """Do what the page asks. Raises what the player raises."""
        async with self._hands:
            if volume is not None:
                await self._player.set_volume(volume)
                self._command(replace(self._heard, volume=volume), self._heard_at)
            if position_s is not None and self._in_player:
                await self._player.seek(position_s)
                self._command(replace(self._heard, position_s=position_s))
            elif position_s is not None:
                self._begin_at = position_s
            if playing is not None:
                await self._play_or_rest(playing)
        self._tell()

    async def _play_or_rest(self, playing: bool) -> None:
        self.wanted = playing
        if not self._in_player:
            await self._keep_step()
        elif playing != self._heard.playing:
            at = self.position_s
            await (self._player.resume() if playing else self._player.pause())
            self._command(replace(self._heard, playing=playing, position_s=at))

    # -- what the session says --------------------------------------------------------------

    async def _take_up(self) -> None:
        """Begin, or begin again, with the player as it is now."""
        sounding, was_playing = await self._player.now(), self._uri
        self._session = await self._desk.current()
        if was_playing is not None and was_playing != self._uri:
            self._begin_at = 0.0
        if sounding.uri not in (None, self._uri) and sounding.uri == self._expected():
            await self._catch_up(sounding)
        self._hear(sounding)
        self._named = None
        if self._first and self._in_player:  # it went on while the server was away
            self.wanted = self.wanted or self._heard.playing
        elif self._in_player and self.wanted and not self._heard.playing:
            await self._player.resume()
            self._command(replace(self._heard, playing=True))
        self._first = False
        await self._keep_step()

    def _expected(self) -> str | None:
        """What the player goes on to by itself after the session's track."""
        if not self._first:
            return self._named
        queue = self._session.queue if self._session is not None else []
        return queue[0].track.id if queue and not self.wanted else None

    async def _catch_up(self, sounding: Sounding) -> None:
        """The player went on to what follows, and nobody was there to hear of it."""
        if self._session is None or self._uri is None or sounding.uri is None:
            return
        left = TrackUri(self._uri)
        if self._first:  # nobody knows how far the one before was heard
            self._session = await self._desk.make_way(self._session.id, left)
        else:
            at = self._begin_at + self._clock() - self._heard_at - sounding.position_s
            at = min(max(at, self._begin_at), self.duration_s or at)
            answer = Answer.FINISHED if self._is_over(at) else Answer.SKIPPED
            await self._go_on(answer, at, left)
            if self._uri != sounding.uri:  # the queue was changed since the player was told
                await self._picked(sounding.uri)
        self._begin_at = 0.0

    async def _heed_session(self) -> None:
        while True:
            session_id = await self._desk.begun()
            try:
                async with self._desk.watched(session_id) as mailbox:
                    while (news := await mailbox.get()) is not None:
                        async with self._hands:
                            await self._take_in(news)
                        self._tell()
            except NotFound:  # it ended before we were there
                continue
            async with self._hands:
                self._session = None
                await self._player.stop()
                self._command(_SILENCE)

    async def _take_in(self, news: wire.Session) -> None:
        before, was_playing = self._session, self._uri
        self._session = news
        if was_playing != self._uri:
            self._begin_at = 0.0 if before is not None else self._begin_at
        if was_playing is None and news.playing is not None:
            self.wanted = True  # it was waited for
        await self._keep_step()

    async def _keep_step(self) -> None:
        """Let the player play what the session says, and know what comes next."""
        while self._session is not None and self._uri is not None:
            uri = TrackUri(self._uri)
            if not self._in_player:
                if not self.wanted:
                    return
                if not await self._play(uri):
                    continue
            queue = self._session.queue
            following = queue[0].track.id if queue else None
            if following != self._named:
                one, other = await self._known(uri), await self._known(following)
                self._blend_s = overlap_s(one, other) if one and other else 0.0
                await self._player.follow(other, crossfade_s=self._blend_s)
                self._named = following
            return

    async def _known(self, uri: str | None) -> Track | None:
        try:
            return await self._desk.track(uri) if uri is not None else None
        except NotFound:
            return None

    async def _play(self, uri: TrackUri) -> bool:
        """Start a track; one that this player cannot play is passed over, and False."""
        at, self._begin_at = self._begin_at, 0.0
        try:
            track = await self._desk.track(uri)
            await self._player.play(track, position_s=at)
        except AffettoError as error:
            self._begin_at = at
            await self._player.now()  # raises when it is not the track but the player
            self._refused += 1
            if self._refused >= MOST_REFUSED:
                raise
            queue = self._session.queue if self._session is not None else []
            if self._session is None or not queue:
                raise
            log.warning("the player cannot play %s: %s", uri, error)
            self.trouble = error
            # The next one is put on; that nobody could hear this one teaches nothing.
            self._session = await self._desk.make_way(self._session.id, uri)
            self._begin_at = 0.0
            return False
        self._refused, self.trouble, self._named = 0, None, None
        duration = track.duration_s or None
        self._command(Sounding(uri, True, at, duration, self._heard.volume))
        return True

    # -- what the player says -----------------------------------------------------------------

    async def _heed_player(self) -> None:
        async with aclosing(self._player.changes()) as changes:
            async for _ in changes:
                await self._look()
        raise ServiceTrouble("The player tells no more of itself.", remedy="Look whether it is on.")

    async def _look_again(self) -> None:
        while True:
            await self._unsure.wait()
            self._unsure.clear()
            await self._sleep(SETTLED_S)
            await self._look()

    async def _look(self) -> None:
        # What was told may be overtaken by what we did since: it is asked once more.
        async with self._hands:
            await self._take(await self._player.now())
        self._tell()

    async def _take(self, sounding: Sounding) -> None:
        """Take in what the player does now."""
        at, was_in_player = self.position_s, self._in_player
        settled = self._clock() - self._commanded_at >= SETTLED_S
        if sounding.uri == self._uri or not was_in_player or self._session is None:
            known = sounding.uri == self._uri
            if not settled and (known and sounding.playing != self.wanted):
                self._unsure.set()
                return
            self._hear(sounding)
            if known and settled:
                self.wanted = sounding.playing
            return
        gone_on = sounding.uri is not None and sounding.uri == self._named
        if not settled and not gone_on:
            self._unsure.set()
            return
        over = self._is_over(at)
        left = TrackUri(self._heard.uri or "")
        self._hear(sounding)
        if gone_on or (sounding.uri is None and not sounding.playing and over):
            await self._go_on(Answer.FINISHED if over else Answer.SKIPPED, at, left)
            await self._keep_step()
        elif sounding.uri is None:  # stopped there, or taken for something else
            self.wanted, self._begin_at = False, at
        else:
            await self._picked(sounding.uri)

    async def _go_on(self, answer: Answer, position_s: float, left: TrackUri) -> None:
        if self._session is not None:
            self._session = await self._desk.next(self._session.id, answer, position_s, left)
            self._begin_at = 0.0

    async def _picked(self, uri: TrackUri) -> None:
        """Somebody put another track of ours on at the player."""
        assert self._session is not None
        try:
            self._session = await self._desk.play(self._session.id, uri)
        except NotFound:
            self.wanted = False  # it plays what the session cannot follow

    def _is_over(self, at: float) -> bool:
        """Whether a track left there has come to its end, which a blending takes part of."""
        duration = self.duration_s
        return duration is None or at >= duration - min(OVER_S + self._blend_s, duration / 4)

    def _hear(self, sounding: Sounding, at: float | None = None) -> None:
        self._heard, self._heard_at = sounding, self._clock() if at is None else at

    def _command(self, expected: Sounding, at: float | None = None) -> None:
        """Remember what the player was told to do."""
        self._hear(expected, at)
        self._commanded_at = self._clock()
