"""A service is told what is heard of its own tracks, where the listener wants that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from affetto.choice import Aim, Answer
from affetto.emotion import Affect
from affetto.errors import ServiceTrouble
from affetto.music.provider import Provider
from affetto.server.desk import SessionDesk
from affetto.server.plays import PlayDesk
from affetto.track import TrackUri
from affetto.wiring import House
from server.conftest import NOON, Clock

HAPPY = Affect(0.7, 0.5)


class FakePlays:
    """Remembers what it is told, unless it is away."""

    def __init__(self) -> None:
        self.away = self.fault = False
        self.now: list[str] = []
        self.heard: list[tuple[str, datetime]] = []

    async def now_playing(self, uri: TrackUri) -> None:
        self._must_be_here()
        self.now.append(uri)

    async def played(self, uri: TrackUri, at: datetime) -> None:
        self._must_be_here()
        self.heard.append((uri, at))

    def _must_be_here(self) -> None:
        if self.fault:
            raise RuntimeError("a fault")
        if self.away:
            raise ServiceTrouble("It is away.", remedy="Wait.")


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0.005)


class Evening:
    """A listener whose house tells ``plays`` what is heard, if there are any."""

    def __init__(self, house: House, clock: Clock, plays: FakePlays | None) -> None:
        self.clock = clock
        house.connections.give(
            Provider("memory", house.connections.libraries["memory"], plays=plays)
        )
        self.desk = SessionDesk(house)
        self.plays = PlayDesk(house, self.desk, sleep=self._sleep)
        self.slept: list[float] = []
        self.left: list[str] = []

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0.001)

    async def hears(self, *heard_s: float) -> None:
        """One track after another, each left after so long."""
        session = await self.desk.start(Aim(), HAPPY)
        await settled()
        for seconds in heard_s:
            assert session.playing is not None
            self.clock.wait(seconds)
            playing = TrackUri(session.playing.track.id)
            self.left.append(playing)
            session = await self.desk.next(session.id, Answer.FINISHED, seconds, playing)
            await settled()
        await self.desk.end(session.id)
        await settled()


def evening(
    house: House,
    clock: Clock,
    plays: FakePlays | None,
    story: Callable[[Evening], Coroutine[Any, Any, None]],
) -> Evening:
    async def whole() -> Evening:
        here = Evening(house, clock, plays)
        here.plays.begin()
        clock.wait(1)
        await story(here)
        await here.plays.close()
        return here

    return asyncio.run(whole())


def test_what_is_heard_is_told_with_its_beginning_and_what_is_skipped_is_not(
    house: House, clock: Clock
) -> None:
    plays = FakePlays()
    here = evening(house, clock, plays, lambda here: here.hears(60.0, 5.0, 40.0))
    first, _, third = here.left
    began = NOON + timedelta(seconds=1)
    assert plays.heard == [(first, began), (third, began + timedelta(seconds=65))]
    assert plays.now[:3] == here.left


def test_a_service_that_did_not_ask_is_told_nothing(house: House, clock: Clock) -> None:
    here = evening(house, clock, None, lambda here: here.hears(60.0))
    assert here.left  # it was heard all the same


def test_a_service_that_is_away_is_told_when_it_is_back_and_once(
    house: House, clock: Clock
) -> None:
    plays = FakePlays()

    async def story(here: Evening) -> None:
        plays.away = True
        await here.hears(60.0)
        assert plays.heard == []
        plays.away = False
        clock.wait(10)
        await here.hears(60.0)

    here = evening(house, clock, plays, story)
    assert [uri for uri, _ in plays.heard] == here.left


def test_what_could_not_be_told_for_a_day_is_let_go(house: House, clock: Clock) -> None:
    plays = FakePlays()

    async def story(here: Evening) -> None:
        plays.away = True
        await here.hears(60.0)
        plays.away = False
        clock.wait(25 * 3600)
        await here.hears(60.0)

    here = evening(house, clock, plays, story)
    assert [uri for uri, _ in plays.heard] == here.left[1:]


def test_a_service_with_a_fault_of_its_own_ends_nothing(house: House, clock: Clock) -> None:
    plays = FakePlays()

    async def story(here: Evening) -> None:
        plays.fault = True
        await here.hears(60.0)
        assert here.slept and plays.heard == []
        plays.fault = False
        clock.wait(10)
        await here.hears(60.0)

    here = evening(house, clock, plays, story)
    assert [uri for uri, _ in plays.heard] == here.left
