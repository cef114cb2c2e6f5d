from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

from affetto.emotion import EXPRESSIONS
from affetto.music.curated import CuratedSong, load
from affetto.wiring import House
from server.conftest import assert_problem


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


SONG = {"title": "Paper Boats", "artist": "The Sads"}


def titles(client: TestClient, emotion: str = "sad") -> list[str]:
    return [song["title"] for song in client.get(f"/api/lists/{emotion}").json()["songs"]]


def test_a_song_is_added_changed_and_removed_on_the_page(client: TestClient) -> None:
    before = titles(client)
    told = client.post("/api/lists/sad/songs", json={**SONG, "because": "It drifts."}).json()
    assert told["songs"][-1]["because"] == "It drifts."
    assert told["songs"][-1]["edited"] and told["edited"]
    assert told["songs"][-1]["valence"] < 0  # the emotion's own
    renamed = {**SONG, "title": "Stone Boats", "year": 1999, "instead_of": SONG}
    told = client.post("/api/lists/sad/songs", json=renamed).json()
    assert (told["songs"][-1]["title"], told["songs"][-1]["year"]) == ("Stone Boats", 1999)
    gone = client.post("/api/lists/sad/remove", json={**SONG, "title": "Stone Boats"}).json()
    assert [song["title"] for song in gone["songs"]] == before and not gone["edited"]


def test_a_song_that_is_there_is_not_added_over(client: TestClient) -> None:
    assert client.post("/api/lists/sad/songs", json=SONG).status_code == 200
    again = client.post("/api/lists/sad/songs", json={**SONG, "because": "Other."})
    assert_problem(again, 422, "already")
    assert client.get("/api/lists/sad").json()["songs"][-1]["because"] == ""


def test_a_song_that_cannot_be_one_is_refused_with_what_is_wrong(client: TestClient) -> None:
    assert_problem(client.post("/api/lists/sad/songs", json={**SONG, "title": "  "}), 422, "title")
    assert_problem(client.post("/api/lists/calm/songs", json=SONG), 404, "neutral")
    assert_problem(client.post("/api/lists/sad/remove", json=SONG), 404, "Paper Boats")


def test_the_listeners_order_is_kept_until_it_is_reset(client: TestClient) -> None:
    first, second, *rest = titles(client)
    song = client.get("/api/lists/sad").json()["songs"][1]
    move = {"title": second, "artist": song["artist"], "to": 0}
    told = client.post("/api/lists/sad/move", json=move).json()
    assert [one["title"] for one in told["songs"]] == [second, first, *rest]
    assert told["edited"] and titles(client)[0] == second
    told = client.delete("/api/lists/sad").json()
    assert not told["edited"] and titles(client) == [first, second, *rest]


def test_a_file_goes_out_and_comes_in_again_unchanged(client: TestClient) -> None:
    client.post("/api/lists/sad/songs", json=SONG)
    for form in ("csv", "json", "yaml"):
        out = client.get("/api/lists/export", params={"form": form})
        assert f"affetto-songs.{form}" in out.headers["content-disposition"]
        back = client.post("/api/lists/import", params={"name": f"x.{form}"}, content=out.content)
        told = back.json()
        assert (told["added"], told["changed"], told["removed"]) == (0, 0, 0)
        assert told["unchanged"] == sum(len(load(one)) for one in EXPRESSIONS) + 1
    one = client.get("/api/lists/export", params={"form": "csv", "emotion": "sad"})
    assert one.text.count("\n") == len(titles(client)) + 1


def test_a_bad_file_is_refused_whole_and_its_line_named(client: TestClient) -> None:
    before = titles(client)
    bad = "title,artist,year\nA,B,1999\nC,D,soon\n"
    told = client.post(
        "/api/lists/import", params={"name": "my.csv", "emotion": "sad"}, content=bad
    )
    assert_problem(told, 422, "Line 3 of my.csv", "nothing was changed")
    assert titles(client) == before


def test_a_large_file_is_taken_and_a_huge_one_is_not(client: TestClient) -> None:
    many = "title,artist\n" + "".join(f"Song {n},Somebody number {n}\n" for n in range(4000))
    asked = {"name": "my.csv", "emotion": "sad"}
    assert client.post("/api/lists/import", params=asked, content=many).json()["added"] == 4000
    huge = b"x" * 8_000_001
    assert_problem(client.post("/api/lists/import", params=asked, content=huge), 413)
