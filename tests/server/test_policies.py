from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from affetto.listening.policies.sheet import digest_of, ours
from affetto.wiring import House
from server.conftest import agree, assert_problem


def row_of(client: TestClient, name: str) -> dict[str, Any]:
    rows = client.get("/api/policies").json()["rows"]
    (row,) = [one for one in rows if one["row"] == name]
    return {key: row[key] for key in ("row", "goal", "place", "intent")}


def test_the_map_tells_where_each_emotion_is_sent(client: TestClient) -> None:
    told = client.get("/api/policies").json()
    assert told["version"] == 1 and not told["own"] and len(told["rows"]) == 16
    assert told["digest"] == digest_of(ours())
    assert all(row["source"] for row in told["rows"])


def test_a_row_is_an_aim_that_a_session_takes_and_tells(client: TestClient) -> None:
    wish = {**row_of(client, "regulate/sad"), "valence": -0.6, "arousal": -0.4}
    session = client.post("/api/sessions", json=wish).json()
    assert session["aim"]["goal"] == "lift" and session["aim"]["intent"] == "comfort"
    assert session["aim"]["row"] == "regulate/sad"
    here = f"/api/sessions/{session['id']}"
    longer = client.patch(here, json={"minutes": 30}).json()
    assert longer["aim"]["row"] == "regulate/sad"
    other = client.patch(here, json={"goal": "calm"}).json()
    assert other["aim"]["row"] is None  # its wish is no longer the row's
    again = client.patch(here, json=row_of(client, "mirror/sad")).json()
    assert again["aim"]["row"] == "mirror/sad" and again["aim"]["goal"] == "match"


def test_the_row_is_in_the_log_only_with_consent_to_keep_readings(
    client: TestClient, house: House
) -> None:
    wish = {**row_of(client, "regulate/angry"), "valence": -0.6, "arousal": 0.6}
    client.post("/api/sessions", json=wish)
    agree(client, "keep-readings")
    client.post("/api/sessions", json=wish)
    without, with_it = house.history.choices(house.listener)
    assert "row" not in without.aim
    assert with_it.aim["row"] == "regulate/angry"
    logged = client.get("/api/me/export").json()["choices"]
    assert [choice["row"] for choice in logged] == [None, "regulate/angry"]


def test_a_row_that_no_policy_has_is_refused(client: TestClient) -> None:
    refused = client.post("/api/sessions", json={"goal": "calm", "row": "opposite/sad"})
    assert_problem(refused, 422, "row")


def test_a_copy_with_a_slip_in_it_is_said(client: TestClient, house: House) -> None:
    house.policies.copy().write_bytes(ours().replace(b"goal: lift", b"goal: up"))
    assert_problem(client.get("/api/policies"), 422, "no goal")
