from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

from affetto.emotion import EXPRESSIONS
from affetto.music.curated import CuratedSong, load
from affetto.wiring import House


def test_the_lists_are_counted(client: TestClient) -> None:
    lists = client.get("/api/lists").json()["lists"]
    assert [one["emotion"] for one in lists] == list(EXPRESSIONS)
    assert all(one["songs"] == len(load(one["emotion"])) for one in lists)


def test_a_list_tells_why_where_and_what_is_owned(client: TestClient, house: House) -> None:
    mine = CuratedSong("sad", "Sad - Remastered", "The Sads", -0.5, -0.5)
    house.song_lists.add(replace(mine, title="Sad"))
    told = client.get("/api/lists/sad").json()
    assert told["service"] == "youtube"
    first, last = told["songs"][0], told["songs"][-1]
    assert first["because"] == load("sad")[0].because
    assert first["link"].startswith("https://www.youtube.com/results?search_query=")
    assert (first["owned"], first["edited"]) == (None, False)
    assert (last["owned"], last["edited"]) == ("memory:sad", True)
    (count,) = (one for one in client.get("/api/lists").json()["lists"] if one["owned"])
    assert (count["emotion"], count["owned"]) == ("sad", 1)


def test_a_list_nobody_has_is_met_with_those_there_are(client: TestClient) -> None:
    told = client.get("/api/lists/calm")
    assert told.status_code == 404 and "neutral" in told.json()["remedy"]


def test_a_broken_edit_is_named_with_its_line(client: TestClient, house: House) -> None:
    path: Path = house.song_lists.file("sad")
    path.parent.mkdir(parents=True)
    path.write_text("songs:\n- title: Alone\n", encoding="utf-8")
    told = client.get("/api/lists/sad")
    assert told.status_code == 422
    assert told.json()["problem"] == "Line 2 of sad.yaml: the song has no artist."


def test_no_song_of_a_list_is_in_the_library(client: TestClient, house: House) -> None:
    told = client.get("/api/tracks", params={"limit": 500}).json()
    assert told["tracks"]
    assert all(track["provider"] != "list" for track in told["tracks"])
    assert client.get("/api/tracks/list:queen-bohemian-rhapsody").status_code == 404
