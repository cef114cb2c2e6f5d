"""YouTube in the page's words: connect, make a playlist of the queue, disconnect."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.choice import Aim
from affetto.emotion import Affect
from affetto.music.youtube import App, Grant
from affetto.server.app import create_app
from affetto.server.desk import SessionDesk
from affetto.server.youtubing import YouTubeDesk
from affetto.wiring import House
from music.fake_youtube import CLIENT, SECRET, FakeYouTube
from server.conftest import HERE, assert_problem

APP = {"client_id": CLIENT, "client_secret": SECRET}


@pytest.fixture
def fake() -> FakeYouTube:
    return FakeYouTube()


@pytest.fixture
def page(house: House, static: Path, fake: FakeYouTube) -> Iterator[TestClient]:
    app = create_app(house, static=static)
    app.state.youtube = YouTubeDesk(house, app.state.desk, transport=fake)
    with TestClient(app, base_url=HERE) as client:
        yield client


def connect(page: TestClient, fake: FakeYouTube) -> None:
    url = page.post("/api/youtube/connect", json=APP).json()["url"]
    came_back = page.get("/api/youtube/callback", params=fake.agrees(url))
    assert came_back.status_code == 200
    assert came_back.text.startswith("YouTube is connected.")


def made(page: TestClient) -> dict[str, Any]:
    """The playlist, once it is finished."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        playlist: dict[str, Any] | None = page.get("/api/youtube").json()["playlist"]
        if playlist is not None and playlist["finished"]:
            return playlist
        time.sleep(0.01)
    raise AssertionError("the playlist is not finished")


def test_the_queue_is_made_a_playlist_and_what_is_missing_has_a_link(
    page: TestClient, fake: FakeYouTube
) -> None:
    connect(page, fake)
    wish = {"goal": "match", "valence": 0.7, "arousal": 0.5}
    session = page.post("/api/sessions", json=wish).json()
    tracks = [session["playing"]["track"], *(one["track"] for one in session["queue"])]
    named = [f"{track['artist']} {track['title']}" for track in tracks]
    fake.private.add(named[1])
    begun = page.post("/api/youtube/playlists", json={"of": "queue"})
    assert begun.status_code == 202
    assert begun.json()["total"] == len(tracks)
    told = made(page)
    assert (told["added"], told["left"], told["trouble"]) == (len(tracks) - 1, 0, None)
    assert [one["title"] for one in told["missed"]] == [tracks[1]["title"]]
    assert told["missed"][0]["link"].startswith("https://www.youtube.com/results?search_query=")
    assert told["url"].startswith("https://www.youtube.com/playlist?list=")
    assert fake.songs == [name for name in named if name != named[1]]


def test_youtube_hears_titles_and_artists_and_nothing_of_a_mood(
    page: TestClient, fake: FakeYouTube
) -> None:
    connect(page, fake)
    page.post("/api/sessions", json={"goal": "lift", "valence": -0.6, "arousal": -0.4})
    page.post("/api/youtube/playlists", json={"of": "session"})
    made(page)
    (body,) = fake.playlists.values()
    assert set(body["snippet"]) == {"title", "description"}
    assert body["snippet"]["description"] == "Made with Affetto."
    assert body["snippet"]["title"].startswith("Session of 20")
    assert "lift" not in json.dumps(body)


def test_without_a_connection_or_music_there_is_a_remedy(
    page: TestClient, fake: FakeYouTube
) -> None:
    wanted = {"of": "queue"}
    assert_problem(page.post("/api/youtube/playlists", json=wanted), 409, "not connected")
    connect(page, fake)
    assert_problem(page.post("/api/youtube/playlists", json=wanted), 404, "Nothing plays")


def test_a_sign_in_from_elsewhere_is_refused(page: TestClient, fake: FakeYouTube) -> None:
    url = page.post("/api/youtube/connect", json=APP).json()["url"]
    came_back = fake.agrees(url)
    wrong = page.get("/api/youtube/callback", params={**came_back, "state": "made up"})
    assert wrong.status_code == 403
    assert "no sign-in that is open" in wrong.text
    no = {"error": "access_denied"}
    foreign = page.get("/api/youtube/callback", params=no)
    assert foreign.status_code == 403
    trouble = page.get("/api/youtube").json()["trouble"]
    assert "no sign-in that is open" in trouble["problem"]  # as before
    said_no = page.get("/api/youtube/callback", params={**no, "state": came_back["state"]})
    assert "Nothing was allowed" in said_no.text
    told = page.get("/api/youtube").json()
    assert told["connected"] is False
    assert told["trouble"]["problem"] == "Nothing was allowed at YouTube."


def test_the_sign_in_lies_sealed_and_disconnecting_deletes_it_everywhere(
    page: TestClient, fake: FakeYouTube, house: House
) -> None:
    connect(page, fake)
    told = page.get("/api/youtube").json()
    assert told["connected"] is True
    assert told["redirect"] == f"{HERE}/api/youtube/callback"
    data = house.settings.data_dir
    for secret in (SECRET, fake.refresh, *fake.tokens):
        assert secret not in json.dumps(told)
        assert all(secret.encode() not in one.read_bytes() for one in data.rglob("affetto.db*"))
    assert page.delete("/api/youtube").status_code == 204
    assert fake.revoked == [fake.refresh]
    assert page.get("/api/youtube").json()["connected"] is False
    assert house.listeners.token(house.listener, "youtube", house.keyring) is None


def test_a_sign_in_that_ran_out_is_deleted_and_told(page: TestClient, fake: FakeYouTube) -> None:
    connect(page, fake)
    page.post("/api/sessions", json={"goal": "match", "valence": 0.7, "arousal": 0.5})
    fake.lets_tokens_end()
    fake.refresh = "another"
    page.post("/api/youtube/playlists", json={"of": "queue"})
    assert "Connect YouTube again" in made(page)["trouble"]["remedy"]
    until = time.monotonic() + 5
    while page.get("/api/youtube").json()["connected"] and time.monotonic() < until:
        time.sleep(0.01)
    assert page.get("/api/youtube").json()["connected"] is False


def test_disconnecting_counts_more_than_a_sign_in_that_comes_back_meanwhile(
    house: House, fake: FakeYouTube
) -> None:
    async def story() -> None:
        desk = YouTubeDesk(house, SessionDesk(house), transport=fake)
        back = fake.agrees(desk.begin(CLIENT, SECRET, f"{HERE}/api/youtube/callback"))
        waiting, go = fake.held()
        finishing = asyncio.create_task(desk.finish(back["state"], back["code"], None))
        await waiting.wait()
        disconnecting = asyncio.create_task(desk.disconnect())
        await asyncio.sleep(0)
        go.set()
        await disconnecting
        trouble = await finishing
        assert trouble is not None and "disconnected while" in trouble.problem
        assert await desk.grant() is None
        await desk.close()

    asyncio.run(asyncio.wait_for(story(), 5))
    assert fake.revoked == [fake.refresh]


def test_a_new_sign_in_is_not_undone_by_a_playlist_begun_with_the_old_one(
    house: House, fake: FakeYouTube
) -> None:
    async def story() -> None:
        sessions = SessionDesk(house)
        desk = YouTubeDesk(house, sessions, transport=fake)
        await sessions.start(Aim(), Affect(0.7, 0.5))

        async def sign_in() -> None:
            back = fake.agrees(desk.begin(CLIENT, SECRET, f"{HERE}/api/youtube/callback"))
            assert await desk.finish(back["state"], back["code"], None) is None

        await sign_in()
        waiting, _ = fake.held()
        await desk.make("queue")
        await waiting.wait()
        fake.let_go()
        await sign_in()
        assert desk.made is not None and desk.made.finished
        assert desk.made.trouble is not None and "connected anew" in desk.made.trouble.problem
        grant = await desk.grant()
        assert grant is not None and grant.refresh_token == fake.refresh
        await desk.close()

    asyncio.run(asyncio.wait_for(story(), 5))


def test_a_playlist_that_breaks_off_by_surprise_is_told_and_finished(
    page: TestClient, fake: FakeYouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(page, fake)
    page.post("/api/sessions", json={"goal": "match", "valence": 0.7, "arousal": 0.5})

    def surprise(*_: object) -> None:
        raise RuntimeError("a surprise")

    monkeypatch.setattr(fake, "_answers", surprise)
    page.post("/api/youtube/playlists", json={"of": "queue"})
    assert "fault of Affetto's own" in made(page)["trouble"]["problem"]


def test_no_secret_is_told_when_what_holds_it_is_printed() -> None:
    grant = Grant(App("id", "the secret"), "the access", "the refresh", 0.0)
    assert "the " not in repr(grant)
