from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from affetto.music.provider import Check, connect
from affetto.music.subsonic import connection as room
from music.subsonic.fake import Failed, FakeServer, song
from subsonic_kit import Supysonic, free_port

EVERYTHING = ["server", "sign in", "songs", "sound", "playlists", "stars"]


def checked(settings: dict[str, str]) -> Sequence[Check]:
    connection = connect("subsonic", settings).connection
    assert connection is not None

    async def story() -> Sequence[Check]:
        checks = await connection.check()
        await connection.close()
        return checks

    return asyncio.run(story())


def works(checks: Sequence[Check]) -> dict[str, bool | None]:
    return {check.name: check.works for check in checks}


def says(checks: Sequence[Check], name: str) -> str:
    return next(check.says for check in checks if check.name == name)


def test_everything_works_with_supysonic(supysonic: Supysonic) -> None:
    checks = checked(supysonic.settings)
    assert works(checks) == dict.fromkeys(EVERYTHING, True)
    assert "Subsonic 1.12.0" in says(checks, "server")
    assert "the password" in says(checks, "sign in")
    assert "genres" in says(checks, "songs") or says(checks, "songs") == "It lists its songs."


def test_everything_works_with_an_open_server(fake: FakeServer) -> None:
    fake.songs = [song(1, moods=["calm"])]
    checks = checked(fake.settings)
    assert works(checks) == dict.fromkeys(EVERYTHING, True)
    assert says(checks, "server") == "fakesonic 3.1 answers and speaks OpenSubsonic 1.16.1."
    assert says(checks, "sign in") == "Signed in with a token."
    assert "moods" in says(checks, "songs")
    assert says(checks, "sound") == "Songs stream, and can be sought in."


def test_trying_changes_nothing(fake: FakeServer) -> None:
    checked(fake.settings)
    changing = {"star", "unstar", "setRating", "scrobble", "createPlaylist", "updatePlaylist"}
    assert not changing & set(fake.methods())


def test_a_wrong_password_is_told_from_a_server_that_is_away(fake: FakeServer) -> None:
    assert works(checked(fake.settings | {"password": "no"})) == {"server": True, "sign in": False}
    away = checked(fake.settings | {"url": f"http://127.0.0.1:{free_port()}"})
    assert works(away) == {"server": False}
    assert away[0].remedy


def test_what_a_server_does_not_offer_is_no_fault(fake: FakeServer) -> None:
    def unknown(_: object) -> dict[str, Any]:
        raise Failed(0, "Unknown method")

    fake.instead["getPlaylists"] = fake.instead["getStarred2"] = unknown
    fake.parts = False
    checks = checked(fake.settings)
    assert works(checks) == dict.fromkeys(EVERYTHING, True) | {"playlists": None, "stars": None}
    assert "beginning" in says(checks, "sound")


def test_one_thing_that_fails_leaves_the_others_tried(fake: FakeServer) -> None:
    fake.instead["stream"] = lambda _: (500, {"Content-Type": "text/html"}, b"oh")
    checks = checked(fake.settings)
    assert works(checks) == dict.fromkeys(EVERYTHING, True) | {"sound": False}
    assert next(check for check in checks if check.name == "sound").remedy


def test_a_server_without_songs_is_told(fake: FakeServer) -> None:
    fake.songs = []
    fake.instead["getAlbumList2"] = lambda _: {}
    told = works(checked(fake.settings))
    assert (told["songs"], told["sound"]) == (False, None)


def test_a_password_that_others_can_read_is_told(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.ways = {"password"}
    monkeypatch.setattr(room.Client, "guarded", False)
    sign_in = next(check for check in checked(fake.settings) if check.name == "sign in")
    assert sign_in.works and "can read it" in sign_in.says and "https" in sign_in.remedy


def test_a_server_that_hangs_does_not_hang_the_check(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "WITHIN_S", 0.3)

    def slow(_: object) -> dict[str, Any]:
        time.sleep(0.6)
        return {}

    fake.instead["getPlaylists"] = slow
    began = time.monotonic()
    checks = checked(fake.settings)
    assert time.monotonic() - began < 3
    assert replace(checks[-1], remedy="") == Check(
        "in time", works=False, says="The server answers too slowly to try everything."
    )


def test_an_error_that_is_no_matter_of_signing_in_is_the_servers(fake: FakeServer) -> None:
    def over(_: object) -> dict[str, Any]:
        raise Failed(60, "Trial over")

    fake.instead["ping"] = over
    assert works(checked(fake.settings)) == {"server": False}
