"""Where the music sounds: in the page, or in a provider's player.

A player that is lost is looked for during a minute. When it does not come back the music
goes on in the page, at the same place: the session itself never stops for a player.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from affetto.connections import in_words
from affetto.errors import AffettoError, NotFound, NothingToPlay
from affetto.music.provider import Player
from affetto.server import wire
from affetto.server.desk import SessionDesk
from affetto.server.driving import Drive
from affetto.server.mailbox import NewsBox
from affetto.server.problems import Refused
from affetto.store.connections import KeptConnections
from affetto.track import TrackUri
from affetto.wiring import House

log = logging.getLogger(__name__)

AGAIN_S: Final = 2.0  # a lost player is looked for this often
GIVE_UP_S: Final = 60.0  # and then the page takes over


class Outlets:
    """Chooses where the music sounds, and drives the player there."""

    def __init__(
        self,
        house: House,
        desk: SessionDesk,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """``clock``, in seconds, and ``sleep`` are tests' to change."""
        self._house = house
        self._desk = desk
        self._clock = clock
        self._sleep = sleep
        self._kept = KeptConnections(house.database)
        self._drive: Drive | None = None
        self._task: asyncio.Task[None] | None = None
        self._pages: set[NewsBox[wire.Sounds]] = set()
        self._left: tuple[Drive, AffettoError | None] | None = None  # the last one, and why
        self._door = asyncio.Lock()

    # -- beginning and ending ---------------------------------------------------------------

    async def begin(self) -> None:
        """Drive the player that was chosen before the server stopped, if it is still there."""
        name = await asyncio.to_thread(self._kept.outlet, self._house.listener)
        player = self._house.connections.players.get(name or "")
        if name is not None and player is not None:
            self._house.outlet = name
            self._begin_to_drive(name, player, playing=False, position_s=0.0)

    async def end(self) -> None:
        """Let go of the player, which plays on, as the page's music does not."""
        await self._stop_driving()

    # -- looking ----------------------------------------------------------------------------

    @property
    def outlet(self) -> str | None:
        """The provider whose player sounds; None: the page."""
        return self._house.outlet if self._drive is not None else None

    def told(self) -> wire.Sounds:
        """Where it sounds, and what the player there does."""
        name, drive = self.outlet, self._drive
        if name is None or drive is None:
            left, why = self._left or (None, None)
            return wire.Sounds(
                outlet=None,
                title="",
                state="playing" if left is not None and left.wanted else "resting",
                position_s=round(left.position_s, 2) if left is not None else 0.0,
                duration_s=None,
                volume=None,
                trouble=_trouble(why),
            )
        lost = drive.lost_since is not None
        return wire.Sounds(
            outlet=name,
            title=self._house.connections.title(name),
            state="waiting" if lost else "playing" if drive.playing else "resting",
            position_s=round(drive.position_s, 2),
            duration_s=drive.duration_s,
            volume=drive.volume,
            trouble=_trouble(drive.trouble),
        )

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[NewsBox[wire.Sounds]]:
        """A mailbox that gets every change from now on."""
        mailbox: NewsBox[wire.Sounds] = NewsBox()
        self._pages.add(mailbox)
        try:
            yield mailbox
        finally:
            self._pages.discard(mailbox)

    # -- choosing ---------------------------------------------------------------------------

    async def sound_in(
        self, name: str | None, *, playing: bool = False, position_s: float = 0.0
    ) -> wire.Sounds:
        """Let it sound in a provider's player from now on, or in the page for None.

        What plays goes on at the same place; a track that the player cannot play makes way
        for the next one. Nothing changes when the player does not answer or has no music:
        NotFound, NothingToPlay, ServiceTrouble.
        """
        async with self._door:
            if name != self.outlet:
                if name is None:
                    await self._to_page(None, silence=True)
                else:
                    await self._to_player(name, playing=playing, position_s=position_s)
            return self.told()

    async def renewed(self, name: str) -> None:
        """A provider was connected anew: drive its new player, where its old one sounded."""
        if self.outlet == name:
            was = self.told()
            await self.sound_in(None)
            await self.sound_in(name, playing=was.state == "playing", position_s=was.position_s)

    async def steer(
        self, playing: bool | None, position_s: float | None, volume: float | None
    ) -> wire.Sounds:
        """Tell the player what to do. Refused while it sounds in the page."""
        if self._drive is None:
            raise Refused(
                "The music sounds in the page, not in a player.",
                remedy="Choose a player first, under “Where your music lives”.",
                status=409,
            )
        await self._drive.steer(playing, position_s, volume)
        return self.told()

    # -- inside -----------------------------------------------------------------------------

    async def _to_player(self, name: str, *, playing: bool, position_s: float) -> None:
        player = self._house.connections.players.get(name)
        if player is None:
            raise NotFound(
                f"The provider {name!r} has no player that could sound.",
                remedy="Connect one that has, under “Where your music lives”.",
            )
        await player.now()
        before, self._house.outlet = self._house.outlet, name
        try:
            candidates = await self._house.candidates()
            if not candidates.tracks:
                raise NothingToPlay(
                    f"The library of {self._house.connections.title(name)} is empty.",
                    remedy="Put music there, or let it sound in the page.",
                )
        except BaseException:
            self._house.outlet = before
            raise
        await self._stop_driving(silence=True)
        try:
            session = await self._desk.restock()
            playing_now = session.playing if session is not None else None
            if (
                session is not None
                and playing_now is not None
                and TrackUri(playing_now.track.id) not in candidates.row
            ):
                position_s = 0.0
                await self._desk.make_way(session.id, TrackUri(playing_now.track.id))
            await self._write(name)
        except BaseException:
            self._house.outlet = None  # it sounds in the page, as it is told
            self._tell()
            raise
        self._begin_to_drive(name, player, playing=playing, position_s=position_s)
        self._tell()

    async def _to_page(self, why: AffettoError | None, *, silence: bool) -> None:
        drive = self._drive
        if drive is not None:
            drive.trouble = None
            await self._stop_driving(silence=silence)
            self._left = (drive, why)
        self._house.outlet = None
        try:
            await self._write(None)
            await self._desk.restock()
        finally:
            self._tell()

    def _begin_to_drive(
        self, name: str, player: Player, *, playing: bool, position_s: float
    ) -> None:
        self._drive = Drive(
            self._desk,
            player,
            playing=playing,
            position_s=position_s,
            tell=self._tell,
            clock=self._clock,
            sleep=self._sleep,
        )
        self._task = asyncio.create_task(self._keep_driving(name, self._drive))

    async def _stop_driving(self, *, silence: bool = False) -> None:
        drive, task = self._drive, self._task
        self._drive = self._task = None
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if drive is not None and silence:
            await drive.silence()

    async def _keep_driving(self, name: str, drive: Drive) -> None:
        while True:
            try:
                await drive.run()
            except Exception as error:  # a provider may be anyone's code
                now = self._clock()
                drive.trouble = in_words(name, error)
                if drive.lost_since is None:
                    log.warning("the player of %s is lost and looked for: %s", name, error)
                    drive.lost_since = now
                if now - drive.lost_since >= GIVE_UP_S:
                    log.warning("the player of %s is given up; the page goes on", name)
                    break
                self._tell()
                await self._sleep(AGAIN_S)
        async with self._door:
            if self._drive is drive:
                await self._to_page(drive.trouble, silence=False)

    async def _write(self, name: str | None) -> None:
        await asyncio.to_thread(self._kept.set_outlet, self._house.listener, name)

    def _tell(self) -> None:
        told = self.told()
        for page in self._pages:
            page.put(told)


def _trouble(error: AffettoError | None) -> wire.Trouble | None:
    return wire.Trouble(problem=error.problem, remedy=error.remedy) if error is not None else None
