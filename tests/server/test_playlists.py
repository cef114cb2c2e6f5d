"""Saving a playlist: the queue, a session, a list, as files for other players."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from affetto.errors import Misuse
from affetto.music.playlists import FORMATS
from affetto.music.provider import Provider
from affetto.track import Track
from affetto.wiring import House
from server.conftest import assert_problem

HAPPY = {"goal": "match", "valence": 0.7, "arousal": 0.5}


@pytest.mark.parametrize("name", FORMATS)
def test_the_queue_is_saved_with_what_plays_first(client: TestClient, name: str) -> None:
    session = client.post("/api/sessions", json=HAPPY).json()
    wanted = [session["playing"], *session["queue"]]
    answer = client.get("/api/playlists/queue", params={"as": name})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{FORMATS[name].mime}; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["content-disposition"].endswith(f".{name}")
    playlist = FORMATS[name].read(answer.text)
    titles = [one["track"]["title"] for one in wanted]
    sounds = [title for title in titles if title != "Steady"]  # it has no file
    assert [entry.title for entry in playlist.entries] == (sounds if name == "m3u8" else titles)
    assert all(Path(one.location).is_file() for one in playlist.entries if one.location)


def test_files_are_named_from_the_music_folder_when_wished(client: TestClient) -> None:
    client.post("/api/sessions", json=HAPPY)
    saved = client.get("/api/playlists/queue", params={"paths": "relative"}).text
    places = [entry.location for entry in FORMATS["m3u8"].read(saved).entries]
    assert places
    assert not any(Path(place).is_absolute() for place in places)


class Keeper:
    """A service that keeps playlists, and lacks one song."""

    def __init__(self) -> None:
        self.kept: dict[str, list[str]] = {}

    async def save(
        self, name: str, tracks: Sequence[Track], *, replace: bool = False
    ) -> Sequence[Track]:
        if name in self.kept and not replace:
            raise Misuse("There is one already.", remedy="Choose another name.")
        *there, last = tracks
        self.kept[name] = [track.title for track in there]
        return [last]


def test_the_queue_is_kept_where_the_music_lives(client: TestClient, house: House) -> None:
    assert client.get("/api/playlists/places").json() == {"places": []}
    wish = {"provider": "memory", "name": "Evening"}
    assert_problem(client.post("/api/playlists/kept", json=wish), 404, "keeps no playlists")
    keeper = Keeper()
    library = house.connections.libraries["memory"]
    house.connections.give(Provider("memory", library, playlists=keeper))
    [place] = client.get("/api/playlists/places").json()["places"]
    assert place["name"] == "memory"
    assert_problem(client.post("/api/playlists/kept", json=wish), 404, "Nothing plays")
    session = client.post("/api/sessions", json=HAPPY).json()
    titles = [one["track"]["title"] for one in (session["playing"], *session["queue"])]
    told = client.post("/api/playlists/kept", json=wish).json()
    assert told == {"name": "Evening", "songs": len(titles) - 1, "missing": titles[-1:]}
    assert keeper.kept == {"Evening": titles[:-1]}
    assert_problem(client.post("/api/playlists/kept", json=wish), 422, "already")
    assert client.post("/api/playlists/kept", json={**wish, "replace": True}).status_code == 201
    named = client.post("/api/playlists/kept", json={"provider": "memory"}).json()["name"]
    assert named.startswith("Queue of 20")


def test_nothing_that_plays_is_nothing_to_save(client: TestClient) -> None:
    assert_problem(client.get("/api/playlists/queue"), 404, "Nothing plays")


def test_a_past_session_is_saved_in_the_order_it_was_heard(client: TestClient) -> None:
    session = client.post("/api/sessions", json=HAPPY).json()
    heard = [session["playing"]["track"]]
    for _ in range(2):
        playing = {"answer": "finished", "position_s": 60.0, "playing": heard[-1]["id"]}
        session = client.post(f"/api/sessions/{session['id']}/next", json=playing).json()
        heard.append(session["playing"]["track"])
    client.delete(f"/api/sessions/{session['id']}")
    answer = client.get(f"/api/playlists/sessions/{session['id']}", params={"as": "jspf"})
    saved = json.loads(answer.text)["playlist"]
    assert [one["title"] for one in saved["track"]] == [one["title"] for one in heard]
    assert_problem(client.get("/api/playlists/sessions/none"), 404, "no such session")


def test_a_saved_playlist_tells_nothing_of_a_mood(client: TestClient) -> None:
    session = client.post("/api/sessions", json={**HAPPY, "goal": "lift"}).json()
    for what in ("queue", f"sessions/{session['id']}"):
        answer = client.get(f"/api/playlists/{what}", params={"as": "jspf"})
        told = json.loads(answer.text)["playlist"]
        assert set(told) == {"title", "date", "track", "extension"}
        for track in told["track"]:
            assert set(track) <= {"title", "creator", "album", "duration", "location"}
        assert "lift" not in answer.headers["content-disposition"] + told["title"]


def test_a_list_of_well_known_songs_is_saved_with_links(client: TestClient) -> None:
    answer = client.get("/api/playlists/lists/sad")
    playlist = FORMATS["xspf"].read(answer.text)
    assert len(playlist.entries) >= 20
    assert all(one.info.startswith("https://www.youtube.com/") for one in playlist.entries)
    named = unquote(answer.headers["content-disposition"].partition("UTF-8''")[2])
    assert named == "Well-known songs sad.xspf"
    assert_problem(client.get("/api/playlists/lists/sad?as=m3u8"), 404, "XSPF or JSPF")
    assert_problem(client.get("/api/playlists/lists/none"), 404, "The lists are")
    assert_problem(client.get("/api/playlists/queue?as=pls"), 422)
