from __future__ import annotations

import json
import sqlite3
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from affetto.wiring import House
from server.conftest import agree, assert_problem, happy_reading
from server.test_listening import HAPPY, ask, playing, start


def learned(client: TestClient) -> dict[str, Any]:
    response = client.get("/api/me/learned")
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def prefer(client: TestClient, *statements: dict[str, Any], **more: Any) -> None:
    body = {"statements": list(statements), "novelty": 0.5, "explicit": True, **more}
    response = client.put("/api/me/preferences", json=body)
    assert response.status_code == 200, response.text
    assert client.get("/api/me/preferences").json() == response.json() == body


def listen_once(client: TestClient) -> dict[str, Any]:
    session = start(client, **HAPPY)
    session = ask(client, session, "answer", answer="liked", uri=playing(session))
    session = ask(client, session, "next", answer="finished", playing=playing(session))
    return ask(client, session, "next", answer="skipped", playing=playing(session), position_s=2)


def test_nothing_is_known_of_a_stranger(client: TestClient) -> None:
    told = learned(client)
    assert (told["answers"], told["since"], told["traits"], told["artists"]) == (0, None, [], [])
    assert "Nothing has been learned yet" in told["words"]
    assert not told["response"]["known"] and told["usual"] is None
    assert "No effect known yet" in told["response"]["words"]
    assert sum(one["chance"] for one in told["leading"]) == pytest.approx(1.0, abs=1e-3)


def test_what_was_learned_is_told_with_how_sure_and_from_how_much(client: TestClient) -> None:
    listen_once(client)
    told = learned(client)
    assert told["answers"] == 3 and told["since"] is not None
    assert [one["title"] for one in told["liked"]] == ["Happy"] or len(told["liked"]) == 1
    for one in (*told["traits"], *told["artists"]):
        assert one["low"] < one["amount"] < one["high"] and one["n"] >= 1
        assert one["words"].endswith(".")
    assert told["artists"]


def test_what_is_forgotten_is_gone_everywhere_and_the_music_goes_on(
    client: TestClient, house: House
) -> None:
    agree(client, "keep-readings")
    prefer(client, {"about": "artist", "name": "The Sads", "liked": True, "mood": "sad"})
    fresh = learned(client)
    session = listen_once(client)
    session = ask(client, session, "readings", **happy_reading())
    session = ask(client, session, "answer", answer="never", uri=session["queue"][0]["track"]["id"])
    assert client.delete("/api/me/learned").status_code == 204
    now = client.get("/api/sessions/current").json()
    assert playing(now) == playing(session) and len(now["queue"]) == 5
    assert not now["can_undo"]
    told = learned(client)
    assert {**told, "usual": None} == fresh  # the session still knows how it goes just now
    with sqlite3.connect(house.settings.database_file) as raw:
        for table in ("tastes", "choices", "feedback", "readings"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    raw.close()
    client.delete(f"/api/sessions/{now['id']}")
    assert learned(client) == fresh
    assert told["preferences"]["statements"][0]["name"] == "The Sads"


def test_forgetting_counts_answers_from_nothing_again(client: TestClient, house: House) -> None:
    session = listen_once(client)
    client.delete("/api/me/learned")
    session = ask(client, session, "next", answer="skipped", playing=playing(session))
    session = ask(client, session, "undo")
    assert house.history.answers("home") == [] and house.history.choices("home") == []


def test_all_that_is_known_can_be_taken_along(client: TestClient) -> None:
    session = start(client, **HAPPY, intent="comfort", minutes=30)
    ask(client, session, "next", answer="finished", playing=playing(session), position_s=60)
    response = client.get("/api/me/export")
    assert "affetto-learned.json" in response.headers["content-disposition"]
    told = response.json()
    assert [one["answer"] for one in told["answers"]] == ["finished"]
    first = told["choices"][0]
    assert first["track"] == playing(session)
    assert 0 < first["propensity"] <= 1
    assert (first["goal"], first["intent"], first["minutes"]) == ("match", "comfort", 30)
    assert first["terms"] and first["target"] is None  # nobody agreed to keep it
    assert json.dumps(told["record"])


def test_places_are_in_the_log_only_with_consent(client: TestClient) -> None:
    agree(client, "keep-readings")
    session = start(client, **HAPPY)
    ask(client, session, "next", answer="finished", playing=playing(session))
    choices = client.get("/api/me/export").json()["choices"]
    assert choices[0]["target"] and choices[0]["achieved"] == {"valence": 0.7, "arousal": 0.5}
    assert choices[1]["achieved"] is None  # it still plays


@pytest.mark.parametrize("agrees", [False, True])
def test_what_moods_have_taught_outlives_a_session_only_with_consent(
    client: TestClient, agrees: bool
) -> None:
    agree(client, "keep-readings", given=agrees)
    session = listen_once(client)
    assert learned(client)["usual"] is not None  # while it lasts
    client.delete(f"/api/sessions/{session['id']}")
    assert (learned(client)["usual"] is not None) == agrees
    assert learned(client)["liked"]


@pytest.mark.parametrize("when", ["before", "while listening"])
@pytest.mark.parametrize(("name", "other"), [("Happy", "Joyful"), ("Joyful", "Happy")])
def test_a_stated_artist_changes_the_first_queue(
    client: TestClient, when: str, name: str, other: str
) -> None:
    if when == "while listening":
        start(client)
    liked = {"about": "artist", "name": f"the {name}s", "liked": True, "mood": None}
    away = {"about": "artist", "name": f"The {other}s", "liked": False, "mood": None}
    prefer(client, liked, away)
    session = start(client, **HAPPY)
    assert playing(session) == f"memory:{name.casefold()}"
    assert session["queue"][0]["track"]["artist"] != f"The {other}s"


def test_what_is_stated_for_one_mood_counts_only_then(client: TestClient) -> None:
    prefer(client, {"about": "artist", "name": "The Glooms", "liked": False, "mood": "sad"})
    prefer(client, {"about": "artist", "name": "The Gloomys", "liked": True, "mood": "sad"})
    session = start(client, valence=-0.65, arousal=-0.45)
    assert playing(session) == "memory:gloomy"


def test_never_again_can_be_taken_back(client: TestClient) -> None:
    session = start(client, **HAPPY)
    session = ask(client, session, "answer", answer="never", uri=playing(session))
    artist = session["playing"]["track"]["artist"]
    session = ask(client, session, "answer", answer="never", uri=playing(session), of="artist")
    never = learned(client)["never"]
    assert {one["of"] for one in never} == {"track", "artist"}
    assert all(one["words"] for one in never)
    kept_away = {one["name"] for one in never if one["of"] == "track"}
    again = start(client, **HAPPY)
    seen = [again["playing"], *again["queue"]]
    assert kept_away.isdisjoint(one["track"]["id"] for one in seen)
    assert artist not in {one["track"]["artist"] for one in seen}
    for one in never:
        body = {"of": one["of"], "name": one["name"], "never": False}
        assert client.put("/api/me/never", json=body).status_code == 204
    assert learned(client)["never"] == []


HISTORY = [
    {"listened_at": n, "track_metadata": {"artist_name": "the plains", "track_name": "PLAIN"}}
    for n in range(40)
]


def test_an_imported_history_changes_the_first_queue(client: TestClient) -> None:
    listens = [
        {"track_metadata": {"artist_name": "the joyfuls", "track_name": "JOYFUL"}}
        for _ in range(200)
    ]
    response = client.post("/api/me/history", content=json.dumps(listens))
    assert response.status_code == 200, response.text
    told = response.json()
    assert (told["plays"], told["matched"], told["tracks"], told["artists"]) == (200, 200, 1, 1)
    assert learned(client)["imported"] == 200
    firsts = {playing(start(client, valence=0.75, arousal=0.55)) for _ in range(3)}
    assert "memory:joyful" in firsts  # as near to it as "happy" is, and played before


def test_the_same_history_does_not_count_twice(client: TestClient) -> None:
    assert client.post("/api/me/history", content=json.dumps(HISTORY)).status_code == 200
    before = learned(client)
    again = client.post("/api/me/history", content=json.dumps(HISTORY))
    assert_problem(again, 422, "before")
    assert learned(client) == before


def test_bad_lines_of_a_history_are_counted_and_named(client: TestClient) -> None:
    lines = [*map(json.dumps, HISTORY[:2]), "{torn", json.dumps({"track_metadata": {}})]
    told = client.post("/api/me/history", content="\n".join(lines)).json()
    assert (told["plays"], told["bad"]) == (2, 2)
    assert [one["line"] for one in told["bad_lines"]] == [3, 4]
    assert all(one["problem"].endswith(".") for one in told["bad_lines"])


def test_a_history_without_plays_is_refused(client: TestClient) -> None:
    assert_problem(client.post("/api/me/history", content="hello\nworld"), 422, "Last.fm")


def test_a_decade_is_a_year_that_ends_in_nought(client: TestClient) -> None:
    def told(name: str) -> httpx.Response:
        statement = {"about": "decade", "name": name, "liked": True, "mood": None}
        stated = {"statements": [statement], "novelty": 0.5, "explicit": True}
        return client.put("/api/me/preferences", json=stated)

    assert told("1990").status_code == 200
    for odd in ("small", "1994", "90s", "²000"):
        assert_problem(told(odd), 422, "1990")
