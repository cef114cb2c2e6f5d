"""Where music lives, as the page asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.music.memory import MemoryLibrary, MemoryPlayer
from affetto.music.provider import Asked, Description, Provider
from affetto.server.lookout import EVERY_S, Lookout
from affetto.track import Track, TrackUri
from affetto.wiring import House
from server.conftest import assert_problem
from server.test_live import line, until
from test_connections import Line

ASKS = (Asked("url", "Address", help="As in a browser."), Asked("password", "P", secret=True))
GIVEN = {"url": "http://nas:4533", "password": "hush"}


@dataclass
class Shelf:
    """A library that is added to."""

    name: str
    pieces: str = "abc"

    async def edition(self) -> str:
        return self.pieces

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        uris = {TrackUri(f"{self.name}:{piece}"): f"Piece {piece}" for piece in self.pieces}
        tracks = [Track(uri, title, duration_s=60.0) for uri, title in uris.items()]
        return await MemoryLibrary(tracks).search(words, limit=limit)

    async def sound(self, uri: TrackUri) -> None:
        return None

    async def cover(self, uri: TrackUri) -> None:
        return None


class Shop:
    """Providers to be connected; those in ``broken`` do not work."""

    def __init__(self) -> None:
        self.broken = False
        self.shelves: list[Shelf] = []

    def make(self, name: str, settings: Mapping[str, str]) -> Provider:
        self.shelves.append(Shelf(name))
        return Provider(name, self.shelves[-1], MemoryPlayer(), Line(not self.broken))

    def describe(self, name: str) -> Description:
        return Description(name.title(), "Music from a box.", ASKS)


@pytest.fixture
def shop(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    shop = Shop()
    monkeypatch.setattr(house.connections, "_make", shop.make)
    monkeypatch.setattr(house.connections, "_describe", shop.describe)
    return shop


def provider(client: TestClient, name: str) -> dict[str, Any]:
    told = client.get("/api/providers").json()["providers"]
    return next(one for one in told if one["name"] == name)


def connect(client: TestClient, **more: object) -> dict[str, Any]:
    answer = client.post("/api/providers/box/connect", json={"settings": GIVEN, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_provider_is_connected_and_let_go_again(client: TestClient, shop: Shop) -> None:
    before = client.get("/api/tracks").json()["total"]
    assert connect(client) == {
        "connected": True,
        "checks": [{"name": "sign in", "works": True, "says": "Signed in.", "remedy": ""}],
    }
    assert client.get("/api/tracks").json()["total"] == before + 3
    assert provider(client, "box") == {
        "name": "box",
        "title": "Box",
        "summary": "Music from a box.",
        "asks": [
            {
                "name": "url",
                "label": "Address",
                "secret": False,
                "default": "",
                "help": "As in a browser.",
                "needed": True,
            },
            {
                "name": "password",
                "label": "P",
                "secret": True,
                "default": "",
                "help": "",
                "needed": True,
            },
        ],
        "state": "on",
        "named_in_file": False,
        "settings": {"url": "http://nas:4533"},
        "kept": ["password"],
        "library": True,
        "player": True,
        "tracks": 3,
        "trouble": None,
    }
    assert "hush" not in client.get("/api/providers").text
    assert client.delete("/api/providers/box").status_code == 204
    assert client.get("/api/tracks").json()["total"] == before
    assert_problem(client.delete("/api/providers/box"), 404, "not connected")


def test_the_music_goes_on_when_the_place_it_came_from_is_disconnected(
    client: TestClient, house: House, shop: Shop
) -> None:
    connect(client)
    session = client.post("/api/sessions", json={"valence": 0.0, "arousal": 0.0}).json()
    at = f"/api/sessions/{session['id']}"
    playing = client.post(f"{at}/play", json={"uri": "box:a"}).json()
    assert playing["playing"]["track"]["id"] == "box:a"
    for one in playing["queue"]:
        client.post(f"{at}/remove", json={"uri": one["track"]["id"]})
    assert client.delete("/api/providers/box").status_code == 204
    after = client.get(at).json()
    in_sight = [after["playing"], *after["queue"]]
    assert len(in_sight) > 1
    assert not any(one["track"]["id"].startswith("box:") for one in in_sight)
    assert after["playing"]["because"] != "You picked it."
    assert house.history.answers(house.listener) == []  # nobody disliked anything
    assert not after["can_undo"]


def test_new_songs_are_found_by_looking_again_and_the_music_goes_on(
    client: TestClient, shop: Shop
) -> None:
    connect(client)
    session = client.post("/api/sessions", json={"valence": 0.0, "arousal": 0.0}).json()
    total = client.get("/api/tracks").json()["total"]
    shop.shelves[0].pieces = "bcde"
    told = client.post("/api/providers/look").json()
    assert told == {"tracks": total + 1, "new": 2, "gone": 1}
    assert provider(client, "box")["tracks"] == 4
    after = client.get(f"/api/sessions/{session['id']}").json()
    assert after == session  # to the last word


def test_new_songs_are_noticed_by_themselves(house: House, shop: Shop) -> None:
    turns: list[float] = []

    async def story() -> int:
        await house.connections.connect("box", GIVEN)
        await house.looked_through()
        noticed = asyncio.Event()

        async def sleep(seconds: float) -> None:
            turns.append(seconds)
            if len(turns) == 2:
                shop.shelves[0].pieces = "abcd"
            elif len(turns) == 3:
                noticed.set()
                await asyncio.Event().wait()

        lookout = Lookout(house, sleep=sleep)
        before = await house.candidates()
        lookout.begin()
        await noticed.wait()
        await lookout.close()
        if house._collector.renewing is not None:  # a slow machine is still at it
            await house._collector.renewing
        assert await house.candidates() is not before
        return len([one for one in await house.tracks() if one.provider == "box"])

    assert asyncio.run(story()) == 4
    assert turns == [EVERY_S] * 3


def test_what_does_not_work_is_told_and_not_kept(client: TestClient, shop: Shop) -> None:
    shop.broken = True
    told = connect(client)
    assert not told["connected"] and told["checks"][0]["works"] is False
    assert_problem(client.post("/api/providers/box/test", json={}), 404, "not connected")
    assert connect(client, anyway=True)["connected"]
    told = client.post("/api/providers/box/test", json={}).json()
    assert told["connected"] and told["checks"][0]["works"] is False


def test_a_provider_of_the_settings_file_is_shown_and_changed_there(client: TestClient) -> None:
    memory = provider(client, "memory")
    assert (memory["state"], memory["named_in_file"]) == ("on", True)
    for answer in (
        client.delete("/api/providers/memory"),
        client.post("/api/providers/memory/connect", json={"settings": {}}),
    ):
        assert_problem(answer, 409, "settings file")
    assert client.post("/api/providers/memory/test", json={}).json()["checks"]


def test_what_is_not_a_provider_cannot_be_connected(client: TestClient) -> None:
    assert_problem(client.post("/api/providers/nowhere/connect", json={}), 404, "nowhere")
    assert_problem(client.post("/api/providers/local/connect", json={}), 409, "not connected here")


def test_the_music_sounds_in_the_player_and_every_page_hears_of_it(
    client: TestClient, shop: Shop
) -> None:
    connect(client)
    assert client.get("/api/sounds").json()["outlet"] is None
    session = client.post("/api/sessions", json={"goal": "match"}).json()
    with line(client, session["id"]) as page:
        told = client.put("/api/sounds", json={"outlet": "box", "playing": True}).json()
        assert (told["outlet"], told["title"]) == ("box", "Box")
        client.post(f"/api/sessions/{session['id']}/next", json={"answer": "skipped"})
        for _ in range(20):
            told = until(page, "sounds")["sounds"]
            if told["state"] == "playing":
                break
        assert told["state"] == "playing" and told["duration_s"] == 60.0
        told = client.patch("/api/sounds", json={"playing": False, "volume": 0.5}).json()
        assert (told["state"], told["volume"]) == ("resting", 0.5)
    playing = client.get(f"/api/sessions/{session['id']}").json()["playing"]
    assert playing["track"]["id"].startswith("box:")  # only what this player has
    client.delete("/api/providers/box")
    assert client.get("/api/sounds").json()["outlet"] is None


def test_a_player_that_is_not_there_is_not_chosen(client: TestClient) -> None:
    assert_problem(client.put("/api/sounds", json={"outlet": "nowhere"}), 404, "no player")
    assert_problem(client.patch("/api/sounds", json={"playing": True}), 409, "in the page")


def test_what_is_connected_is_taken_along_without_secrets(client: TestClient, shop: Shop) -> None:
    connect(client)
    answer = client.get("/api/me/export")
    [told] = answer.json()["connections"]
    assert (told["provider"], told["settings"]) == ("box", {"url": "http://nas:4533"})
    assert told["connected_at"] and "hush" not in answer.text
