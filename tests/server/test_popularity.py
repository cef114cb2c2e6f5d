from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from affetto.store.songs import SongShelf
from affetto.track import Track, TrackFeatures, TrackUri
from affetto.wiring import House
from server.conftest import NOON


def song(title: str, popularity: int | None, valence: float = -0.5) -> Track:
    return Track(
        TrackUri(f"table:{title}"),
        title,
        artist="Elsewhere",
        features=TrackFeatures(valence, -0.5, 0.1, 0.1),
        popularity=popularity,
    )


@pytest.fixture
def table(house: House, tmp_path: Path) -> None:
    shelf = SongShelf(house.database)
    here = replace(song("Sad", 99), artist="The Sads")  # the house has this one itself
    songs = [song("B", 40), song("A", 40), song("Top", 90), song("Unknown", None), here]
    shelf.save([*songs, song("Bright", 70, 0.5)], tmp_path / "t.csv", now=NOON)
    shelf.finish(tmp_path / "t.csv", told_from="columns", now=NOON)


def test_the_best_known_come_first_and_the_unknown_last(client: TestClient, table: None) -> None:
    told = client.get("/api/library/popular", params={"mood": "sad"}).json()
    assert [row["title"] for row in told["rows"]][:3] == ["Top", "A", "B"]
    assert [row["popularity"] for row in told["rows"]][3:] == [None] * (told["total"] - 3)
    assert {row["mood"] for row in told["rows"]} == {"sad"}
    assert (told["known"], told["playable"]) == (3, 2)


def test_what_can_be_played_here_is_marked_and_stands_there_once(
    client: TestClient, table: None
) -> None:
    rows = client.get("/api/library/popular", params={"limit": 200}).json()["rows"]
    assert [row["track"] for row in rows if row["title"] == "Sad"] == ["memory:sad"]
    assert all(row["track"] is None for row in rows if row["artist"] == "Elsewhere")


def test_the_table_comes_in_pages(client: TestClient, table: None) -> None:
    whole = client.get("/api/library/popular").json()
    page = client.get("/api/library/popular", params={"offset": 2, "limit": 3}).json()
    assert page["total"] == whole["total"] == 15
    assert page["rows"] == whole["rows"][2:5]


def test_a_mood_nobody_has_is_refused(client: TestClient) -> None:
    assert client.get("/api/library/popular", params={"mood": "blue"}).status_code == 422
