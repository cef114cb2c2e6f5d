from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from affetto.errors import Misuse
from affetto.listening.gathering import Gathered, scan_into
from affetto.listening.watching import watch_into
from affetto.music.scanning import Event, hear_file, hear_file_aside
from affetto.server.app import create_app
from affetto.server.following import Follower
from affetto.server.scanning import ScanDesk
from affetto.settings import Settings
from affetto.store.database import Database
from affetto.wiring import House
from music.sounds import A_MAJOR, chord, write
from server.conftest import HERE, Clock

WITHIN_S = 20.0


@pytest.fixture
def make(tmp_path: Path, fresh_database: Path) -> Iterator[Callable[..., House]]:
    """A house whose folder was scanned with one song in it."""
    (tmp_path / "Music").mkdir()
    write(tmp_path / "Music" / "one.flac", chord(A_MAJOR, 2))
    houses = []

    def made(*, scanned: bool = True, **given: object) -> House:
        settings = Settings.model_validate(
            {"data_dir": tmp_path, "music_dir": tmp_path / "Music", "demo": False,
             "providers": ("local",), **given}
        )  # fmt: skip
        settings.database_file.write_bytes(fresh_database.read_bytes())
        database = Database.at(settings.database_file)
        houses.append(
            House(settings, database=database, libraries={}, clock=Clock(), look_again_s=0)
        )
        if scanned:
            gather(houses[-1])
        return houses[-1]

    yield made
    for house in houses:
        house.close()


def gather(house: House) -> Gathered:
    return scan_into(house.shelf, house.settings.music_dir, now=Clock(), workers=0)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def follows() -> bool:
    return any(thread.name == "affetto-follow" for thread in threading.enumerate())


class Watch:
    """A folder that is watched as the test says."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.looks = 0
        self.busy = 0

    def __call__(self, *_: object, stop: threading.Event, **__: object) -> None:
        self.looks += 1
        if self.troubles:
            raise self.troubles.pop(0)
        self.busy += 1
        stop.wait(WITHIN_S)
        self.busy -= 1


def test_a_song_put_into_the_folder_can_be_played_while_the_server_runs(
    make: Callable[..., House], static: Path
) -> None:
    house = make()
    app = create_app(house, static=static)
    watch = partial(watch_into, every_s=0.1, settled_s=0.0)
    app.state.scans = ScanDesk(house, follower=Follower(house, watch=watch))
    with TestClient(app, base_url=HERE) as client:
        assert client.get("/api/tracks").json()["total"] == 1
        write(house.settings.music_dir / "two.flac", chord(A_MAJOR, 2))
        until(lambda: client.get("/api/tracks").json()["total"] == 2)
        (house.settings.music_dir / "one.flac").unlink()
        until(lambda: client.get("/api/tracks").json()["total"] == 1)
        assert follows()
    assert not follows()


def test_a_folder_that_was_never_scanned_is_not_followed_until_it_is(
    make: Callable[..., House], static: Path
) -> None:
    house, watch = make(scanned=False), Watch()
    followed_meanwhile = []

    def scan(tell: Callable[[Event], None]) -> Gathered:
        followed_meanwhile.append(watch.busy)
        return gather(house)

    app = create_app(house, static=static)
    follower = Follower(house, watch=watch, again_s=0.05)
    app.state.scans = ScanDesk(house, scan=scan, follower=follower)
    with TestClient(app, base_url=HERE) as client:
        time.sleep(0.2)
        assert watch.looks == 0
        for _ in range(2):
            client.post("/api/library/scan")
            until(lambda: client.get("/api/library/scan").json()["state"] == "done")
            until(lambda: watch.busy == 1)
    assert followed_meanwhile == [0, 0]


def test_a_listener_who_stops_a_scan_is_not_followed(
    make: Callable[..., House], static: Path
) -> None:
    house, watch = make(), Watch()

    def scan(tell: Callable[[Event], None]) -> Gathered:
        until(lambda: scans._stop.is_set())
        return Gathered()

    app = create_app(house, static=static)
    follower = Follower(house, watch=watch, again_s=0.05)
    scans = app.state.scans = ScanDesk(house, scan=scan, follower=follower)
    with TestClient(app, base_url=HERE) as client:
        client.post("/api/library/scan")
        client.delete("/api/library/scan")
        assert watch.busy == 0 and not follows()


@pytest.mark.parametrize("given", [{"watch_music": False}, {"providers": ("memory",)}])
def test_the_settings_can_say_no(
    make: Callable[..., House], static: Path, given: dict[str, object]
) -> None:
    with TestClient(create_app(make(**given), static=static), base_url=HERE):
        assert not follows()


def test_trouble_is_logged_with_its_remedy_and_followed_by_another_try(
    make: Callable[..., House], caplog: pytest.LogCaptureFixture
) -> None:
    watch = Watch(Misuse("The disk is full.", remedy="Make room."), RuntimeError("a bug"))
    follower = Follower(make(), watch=watch, again_s=0.02)
    with caplog.at_level(logging.INFO):
        follower.begin()
        until(lambda: watch.busy == 1)
    follower.end(WITHIN_S)
    assert "The disk is full. Make room." in caplog.text
    assert "watch_music" in caplog.text and "a bug" in caplog.text
    assert not follows()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="Windows knows no niceness")
def test_listening_beside_the_music_gives_way_to_others(tmp_path: Path) -> None:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    song = write(tmp_path / "one.flac", chord(A_MAJOR, 1))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        heard = worker.submit(hear_file_aside, str(song)).result()
        assert worker.submit(os.nice, 0).result() >= 15
    assert heard == hear_file(str(song))
