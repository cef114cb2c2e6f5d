"""What was heard reaches ListenBrainz: only after a yes, in time, and once."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.choice import Aim, Answer
from affetto.emotion import Affect
from affetto.server.app import create_app
from affetto.server.desk import SessionDesk
from affetto.server.listens import TEXT, ListenDesk, _Kept
from affetto.track import TrackUri
from affetto.wiring import House
from music.fake_listenbrainz import KNOWN, FakeListenBrainz
from server.conftest import HERE, Clock, assert_problem

HAPPY = Affect(0.7, 0.5)


class Evening:
    """A listener, their house, and a ListenBrainz that may be away."""

    def __init__(self, house: House, clock: Clock, fake: FakeListenBrainz) -> None:
        self.house, self.clock, self.fake = house, clock, fake
        self.desk = SessionDesk(house)
        self.slept: list[float] = []
        self.woken = asyncio.Event()
        self.listens = ListenDesk(house, self.desk, transport=fake, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.woken.wait()
        self.woken.clear()

    async def hears(self, *heard_s: float) -> list[str]:
        """A session of one track after another, each left after so long; gives their titles."""
        self.clock.wait(1)
        session = await self.desk.start(Aim(), HAPPY)
        await settled()
        titles = []
        for seconds in heard_s:
            assert session.playing is not None
            titles.append(session.playing.track.title)
            self.clock.wait(seconds)
            playing = TrackUri(session.playing.track.id)
            session = await self.desk.next(session.id, Answer.FINISHED, seconds, playing)
        await settled()
        await self.desk.end(session.id)
        return titles


async def settled() -> None:
    """Let what goes on in the background come to rest."""
    for _ in range(20):
        await asyncio.sleep(0.005)


@pytest.fixture
def fake() -> FakeListenBrainz:
    return FakeListenBrainz()


def test_nothing_is_told_before_the_listener_agrees(
    house: House, clock: Clock, fake: FakeListenBrainz
) -> None:
    async def evening() -> None:
        here = Evening(house, clock, fake)
        await here.listens.begin()
        await here.hears(60.0, 60.0)
        await here.listens.close()

    asyncio.run(evening())
    assert fake.bodies == []
    assert not house.settings.key_file.exists()


def test_what_was_heard_is_told_and_what_was_skipped_is_not(
    house: House, clock: Clock, fake: FakeListenBrainz
) -> None:
    async def evening() -> tuple[list[str], list[str]]:
        here = Evening(house, clock, fake)
        before = await here.hears(60.0)
        await here.listens.connect(KNOWN, TEXT.version)
        heard = await here.hears(60.0, 29.0, 30.0)  # half a minute is half of each
        await here.listens.close()
        return before, heard

    _, (first, _, third) = asyncio.run(evening())
    assert fake.titles == [first, third]
    assert fake.now[0] == first


@pytest.mark.parametrize(("position_s", "heard"), [(40.0, True), (20.0, False), (None, False)])
def test_the_song_that_plays_when_the_session_ends_is_told_if_it_was_heard(
    house: House, clock: Clock, fake: FakeListenBrainz, position_s: float | None, heard: bool
) -> None:
    async def evening() -> str:
        here = Evening(house, clock, fake)
        await here.listens.connect(KNOWN, TEXT.version)
        clock.wait(1)
        session = await here.desk.start(Aim(), HAPPY)
        await settled()
        assert session.playing is not None
        clock.wait(50)  # it was paused for a while
        await here.desk.end(session.id, position_s)
        await settled()
        await here.listens.close()
        return session.playing.track.title

    title = asyncio.run(evening())
    assert fake.titles == ([title] if heard else [])


def test_seeking_to_the_end_is_not_hearing(
    house: House, clock: Clock, fake: FakeListenBrainz
) -> None:
    async def evening() -> None:
        here = Evening(house, clock, fake)
        await here.listens.connect(KNOWN, TEXT.version)
        clock.wait(1)
        session = await here.desk.start(Aim(), HAPPY)
        clock.wait(2)
        assert session.playing is not None
        playing = TrackUri(session.playing.track.id)
        await here.desk.next(session.id, Answer.FINISHED, 60.0, playing)
        await settled()
        await here.listens.close()

    asyncio.run(evening())
    assert fake.titles == []


def test_what_was_heard_offline_is_told_later_and_never_twice(
    open_again: Callable[[], House], clock: Clock, fake: FakeListenBrainz
) -> None:
    async def evening() -> list[str]:
        here = Evening(house, clock, fake)
        await here.listens.connect(KNOWN, TEXT.version)
        fake.away = True
        heard = await here.hears(60.0, 60.0)
        told = await here.listens.told()
        assert told.waiting == 2
        assert told.trouble is not None
        assert "does not answer" in told.trouble.problem
        assert here.slept[0] == 30.0
        await here.listens.close()
        return heard

    async def morning() -> None:
        here = Evening(again, clock, fake)
        fake.away = False
        await here.listens.begin()
        await settled()
        told = await here.listens.told()
        assert (told.connected, told.user, told.waiting, told.trouble) == (
            True, "lowtide", 0, None,
        )  # fmt: skip
        await here.listens.close()

    async def noon() -> None:
        here = Evening(again, clock, fake)
        await here.listens.begin()
        await settled()
        await here.listens.close()

    with open_again() as house:
        heard = asyncio.run(evening())
    with open_again() as again:
        asyncio.run(morning())
        sent = [body for body in fake.bodies if body["listen_type"] != "playing_now"]
        asyncio.run(noon())
    assert fake.titles == heard
    assert [one for body in sent for one in body["payload"]] == [
        one
        for body in fake.bodies
        if body["listen_type"] != "playing_now"
        for one in body["payload"]
    ]
    assert sum(len(body["payload"]) for body in sent) == 2


def test_the_limit_is_kept_and_the_rest_follows(
    house: House, clock: Clock, fake: FakeListenBrainz
) -> None:
    async def evening() -> list[str]:
        here = Evening(house, clock, fake)
        await here.listens.connect(KNOWN, TEXT.version)
        await settled()
        fake.remaining, fake.reset_in_s = 0, 11
        heard = await here.hears(60.0)
        assert here.slept == [11.0]
        assert fake.titles == []
        fake.remaining = 30
        here.woken.set()
        await settled()
        await here.listens.close()
        return heard

    assert asyncio.run(evening()) == fake.titles


def test_a_token_that_was_withdrawn_is_told_and_a_new_one_goes_on(
    house: House, clock: Clock, fake: FakeListenBrainz
) -> None:
    async def evening() -> list[str]:
        here = Evening(house, clock, fake)
        await here.listens.connect(KNOWN, TEXT.version)
        fake.token = "another"
        heard = await here.hears(60.0)
        told = await here.listens.told()
        assert told.trouble is not None
        assert "does not know this token" in told.trouble.problem
        clock.wait(5)
        told = await here.listens.connect("another", TEXT.version)
        await settled()
        await here.listens.close()
        return heard

    assert asyncio.run(evening()) == fake.titles


def test_what_is_sent_holds_no_mood_no_goal_and_no_answer(
    house: House, clock: Clock, fake: FakeListenBrainz
) -> None:
    async def evening() -> None:
        here = Evening(house, clock, fake)
        await here.listens.connect(KNOWN, TEXT.version)
        await here.hears(60.0, 60.0)
        await here.listens.close()

    asyncio.run(evening())
    assert fake.titles
    keys: set[str] = set()

    def gather(told: object) -> None:
        if isinstance(told, dict):
            keys.update(told)
            for one in told.values():
                gather(one)
        elif isinstance(told, list):
            for one in told:
                gather(one)

    gather(fake.bodies)
    assert keys == {
        "listen_type", "payload", "listened_at", "track_metadata", "track_name", "artist_name",
        "additional_info", "media_player", "submission_client", "submission_client_version",
        "duration_ms",
    }  # fmt: skip
    values = json.dumps(fake.bodies)
    for private in ("valence", "arousal", "mood", "goal", "finished", "because"):
        assert private not in values


def test_the_token_lies_sealed_and_is_gone_after_disconnecting(
    house: House, static: Path, fake: FakeListenBrainz
) -> None:
    app = create_app(house, static=static)
    app.state.listens = ListenDesk(house, app.state.desk, transport=fake)
    with TestClient(app, base_url=HERE) as client:
        told = client.get("/api/listenbrainz").json()
        assert (told["connected"], told["user"], told["trouble"]) == (False, "", None)
        assert len(told["consent"]["text"]) >= 3
        wanted = {"token": KNOWN, "version": told["consent"]["version"]}
        stale = client.put("/api/listenbrainz", json={**wanted, "version": "old"})
        assert_problem(stale, 409, "text has changed")
        wrong = client.put("/api/listenbrainz", json={**wanted, "token": "wrong"})
        assert_problem(wrong, 502, "does not know this token")
        assert client.get("/api/listenbrainz").json()["connected"] is False
        told = client.put("/api/listenbrainz", json=wanted).json()
        assert (told["connected"], told["user"]) == (True, "lowtide")
        assert KNOWN not in json.dumps(told)
        data = house.settings.data_dir
        assert all(KNOWN.encode() not in one.read_bytes() for one in data.rglob("affetto.db*"))
        assert house.listeners.token(house.listener, "listenbrainz", house.keyring)
        assert client.delete("/api/listenbrainz").status_code == 204
        assert client.get("/api/listenbrainz").json()["connected"] is False
        assert house.listeners.token(house.listener, "listenbrainz", house.keyring) is None


def test_of_two_changes_at_once_the_last_counts_and_leaves_nothing_running(
    house: House, clock: Clock, fake: FakeListenBrainz
) -> None:
    async def evening() -> None:
        here = Evening(house, clock, fake)
        before = asyncio.all_tasks()
        await asyncio.gather(
            here.listens.connect(KNOWN, TEXT.version),
            here.listens.connect(KNOWN, TEXT.version),
        )
        assert len(asyncio.all_tasks() - before) == 2  # one that follows, one that tells
        await asyncio.gather(here.listens.connect(KNOWN, TEXT.version), here.listens.disconnect())
        assert asyncio.all_tasks() == before
        assert not (await here.listens.told()).connected
        await here.listens.close()

    asyncio.run(evening())
    assert house.listeners.token(house.listener, "listenbrainz", house.keyring) is None


def test_disconnecting_waits_for_what_is_being_written(
    house: House, clock: Clock, fake: FakeListenBrainz, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, keep_token = threading.Event(), house.listeners.keep_token

    def slow(*args: Any) -> None:
        begun.set()
        time.sleep(0.1)
        keep_token(*args)

    async def evening() -> None:
        here = Evening(house, clock, fake)
        await here.listens.connect(KNOWN, TEXT.version)
        monkeypatch.setattr(house.listeners, "keep_token", slow)
        hearing = asyncio.create_task(here.hears(60.0))
        assert await asyncio.to_thread(begun.wait, 5)
        await here.listens.disconnect()
        await hearing

    asyncio.run(evening())
    assert house.listeners.token(house.listener, "listenbrainz", house.keyring) is None


def test_the_kept_token_is_not_told_when_it_is_printed() -> None:
    assert "the secret" not in repr(_Kept("the secret", "lowtide", ""))
