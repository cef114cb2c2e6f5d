from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from affetto.errors import ServiceTrouble
from affetto.music.mpd import create
from affetto.music.mpd.daemon import Daemon
from affetto.music.mpd.player import MpdPlayer
from affetto.music.provider import Check
from affetto.track import Track, TrackUri
from mpd_kit import PASSWORD, Mpd, free_port
from music.mpd.fake_door import Door


def checked(settings: dict[str, str]) -> Sequence[Check]:
    async def story() -> Sequence[Check]:
        connection = create(settings).connection
        assert connection is not None
        told = await connection.check()
        await connection.close()
        return told

    return asyncio.run(story())


def test_everything_works_with_an_mpd_that_has_everything(mpd: Mpd) -> None:
    checks = checked(mpd.settings)
    names = ["connect", "sign in", "database", "output", "stickers", "playlists"]
    assert [check.name for check in checks] == names
    assert all(check.works for check in checks)
    assert "6 songs" in checks[2].says and "silence" in checks[3].says


def test_an_empty_mpd_says_what_it_lacks_and_what_to_do(locked: Mpd) -> None:
    checks = {c.name: c for c in checked({**locked.settings, "password": PASSWORD})}
    assert checks["sign in"].works
    assert checks["database"].works is False and "mpc update" in checks["database"].remedy
    assert checks["output"].works
    assert checks["stickers"].works is None
    assert checks["playlists"].works is None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "wants a password"),
        ("wrong", "does not take this password"),
        ("looker", "We may look, but not play"),
    ],
)
def test_who_is_not_let_in_is_told_which_password_to_give(
    locked: Mpd, password: str, says: str
) -> None:
    checks = checked({**locked.settings, "password": password})
    assert checks[-1].works is False
    assert says in checks[-1].says and "mpd.conf" in checks[-1].remedy
    assert len(checks) <= 2


def test_an_mpd_whose_outputs_are_off_says_so(mpd: Mpd) -> None:
    mpd.does("disableoutput 0")
    told = {check.name: check for check in checked(mpd.settings)}["output"]
    mpd.does("enableoutput 0")
    assert told.works is False and "mpc enable 1" in told.remedy


def test_what_mpd_could_not_play_the_last_time_is_told(mpd: Mpd) -> None:
    file = mpd.music / "Short Two.flac"
    aside = file.rename(mpd.home / "aside.flac")
    try:
        mpd.does('addid "Short Two.flac"', "play")
        for _ in range(200):
            if any(line.startswith("error") for line in mpd.does("status")):
                break
            time.sleep(0.01)
    finally:
        aside.rename(file)
    told = {check.name: check for check in checked(mpd.settings)}["output"]
    assert told.works is False and "No such file" in told.says


def test_a_door_that_is_shut_is_told_with_what_to_do() -> None:
    (check,) = checked({"port": str(free_port())})
    assert not check.works and "Nobody answers" in check.says and "Start MPD" in check.remedy


def test_a_machine_that_is_not_there_is_told_with_what_to_do() -> None:
    (check,) = checked({"host": "no such machine.invalid"})
    assert not check.works and "no machine called" in check.says and "spelling" in check.remedy


def test_another_program_behind_the_port_is_not_taken_for_mpd() -> None:
    door = Door(greeting="220 mail.example.org ESMTP")
    try:
        (check,) = checked({"port": str(door.port)})
    finally:
        door.close()
    assert not check.works and "another program answers there" in check.says


def test_a_socket_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    (check,) = checked({"host": str(tmp_path / "socket")})
    assert not check.works and "Nobody answers" in check.says


def test_the_check_tries_again_however_lately_nobody_answered(mpd: Mpd) -> None:
    async def story() -> Sequence[Check]:
        connection = create(mpd.settings).connection
        assert connection is not None
        await asyncio.to_thread(mpd.stop)
        for _ in range(4):  # by now only every second or so is tried
            assert not (await connection.check())[0].works
        await asyncio.to_thread(mpd.start)
        told = await connection.check()
        await connection.close()
        return told

    assert asyncio.run(story())[0].works


def test_a_machine_that_was_switched_off_is_missed() -> None:
    door = Door()

    async def story() -> None:
        daemon = Daemon("127.0.0.1", door.port, answer_s=0.5)
        player = MpdPlayer(daemon, still_there_s=0.1)
        changes = player.changes()
        await anext(changes)
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0.35)  # asked three times whether it is there, and it was
        assert not waiting.done()
        door.silent.set()
        with pytest.raises(ServiceTrouble, match="does not answer in time"):
            await asyncio.wait_for(waiting, 10)
        with pytest.raises(ServiceTrouble, match="does not answer in time"):
            await player.play(Track(TrackUri("mpd:local:track:One.flac"), "One"))
        daemon.close()

    try:
        asyncio.run(story())
    finally:
        door.close()


def test_a_question_given_up_half_way_leaves_the_next_answer_its_own(mpd: Mpd) -> None:
    async def story() -> str:
        daemon = Daemon("127.0.0.1", mpd.port)
        for wait_s in (0, 0.0001, 0.001):
            asked = asyncio.ensure_future(daemon.ask("search", "file", ""))
            await asyncio.sleep(wait_s)
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)
        told = (await daemon.ask("status")).get("state")
        daemon.close()
        return told

    assert asyncio.run(story()) == "stop"


def test_a_conversation_mpd_ended_in_silence_is_begun_anew(mpd: Mpd) -> None:
    async def story() -> tuple[bool, str]:
        daemon = Daemon("127.0.0.1", mpd.port)
        await daemon.ask("status")
        first = await daemon._open()
        await first.say("close")
        await asyncio.sleep(0.1)
        over = first.is_over()
        told = (await daemon.ask("status")).get("state")
        daemon.close()
        return over, told

    assert asyncio.run(story()) == (True, "stop")


def test_letting_go_ends_the_wait_for_an_answer_at_once() -> None:
    door = Door()

    async def story() -> float:
        made = create({"port": str(door.port)})
        assert made.player is not None and made.connection is not None
        await made.player.now()
        door.silent.set()
        waiting = asyncio.ensure_future(made.player.now())
        await asyncio.sleep(0.05)
        begun = time.monotonic()
        await made.connection.close()
        with pytest.raises(ServiceTrouble):
            await waiting
        return time.monotonic() - begun

    try:
        assert asyncio.run(story()) < 1
    finally:
        door.close()
