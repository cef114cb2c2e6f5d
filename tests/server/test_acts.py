"""Aims, the queue in the listener's hands, and undo: over the wire and on the disk."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.wiring import House
from server.conftest import Clock, assert_problem, happy_reading
from server.test_listening import HAPPY, ask, playing, start

WAY = [{"valence": -0.6, "arousal": 0.6}, {"valence": 0.5, "arousal": -0.6}]


def aim(client: TestClient, session: dict[str, Any], **wish: Any) -> dict[str, Any]:
    response = client.patch(f"/api/sessions/{session['id']}", json=wish)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def on_disk(house: House) -> dict[str, list[Any]]:
    """All that is kept of choices, answers and what they taught, but when it was."""
    with sqlite3.connect(house.settings.database_file) as raw:
        found = {
            "choices": raw.execute("SELECT id, track_uri, terms FROM choices").fetchall(),
            "feedback": raw.execute("SELECT id, track_uri, answer FROM feedback").fetchall(),
            "tastes": raw.execute("SELECT record FROM tastes").fetchall(),
        }
    raw.close()
    return found


def test_an_aim_is_told_as_it_was_set(client: TestClient) -> None:
    session = start(client, **HAPPY, intent="comfort", minutes=30)
    assert session["aim"] == {
        "goal": "match",
        "place": None,
        "intent": "comfort",
        "minutes": 30,
        "way": [],
        "lifted": False,
        "row": None,
    }
    session = aim(client, session, goal="calm", way=WAY, minutes=20, lifted=True)
    assert session["aim"]["way"] == WAY and session["aim"]["lifted"]
    assert session["aim"]["intent"] is None  # a new aim
    session = aim(client, session, minutes=45)
    assert (session["aim"]["goal"], session["aim"]["minutes"]) == ("calm", 45)
    assert session["aim"]["way"] == WAY  # only what was named has changed
    assert aim(client, session, goal="lift")["aim"]["way"] == []


def test_a_journey_is_told_with_its_plan_and_clock(client: TestClient) -> None:
    session = start(client, **HAPPY)
    session = aim(client, session, goal="calm", way=WAY, minutes=36)
    plan = session["plan"]
    assert [one["track"] for one in plan[:6]] == [
        playing(session),
        *(one["track"]["id"] for one in session["queue"]),
    ]
    assert plan[-1]["target"] == WAY[-1] and plan[-1]["track"] is None
    assert [one["at"] for one in plan] == sorted(one["at"] for one in plan)
    session = ask(client, session, "next", answer="finished", playing=playing(session))
    [achieved] = session["achieved"]
    assert achieved["mood"] == {"valence": 0.7, "arousal": 0.5}


@pytest.mark.parametrize(
    "wish", [{"way": WAY[:1]}, {"goal": "place"}, {"minutes": 0}, {"goal": "calm", "way": WAY * 33}]
)
def test_an_aim_that_leads_nowhere_is_refused(client: TestClient, wish: dict[str, Any]) -> None:
    session = start(client, **HAPPY)
    assert_problem(client.patch(f"/api/sessions/{session['id']}", json=wish), 422)
    assert_problem(client.post("/api/sessions", json=wish), 422)


def test_the_queue_is_the_listeners_own(client: TestClient) -> None:
    session = start(client, **HAPPY)
    third, last = (session["queue"][n]["track"]["id"] for n in (2, 4))
    session = ask(client, session, "pin", uri=third, pinned=True)
    assert [one["pinned"] for one in session["queue"]] == [False, False, True, False, False]
    session = ask(client, session, "move", uri=last, to=0)
    assert session["queue"][0]["track"]["id"] == last
    session = ask(client, session, "remove", uri=last)
    assert last not in {one["track"]["id"] for one in session["queue"]}
    assert len(session["queue"]) == 5
    gone = client.post(f"/api/sessions/{session['id']}/move", json={"uri": last, "to": 1})
    assert_problem(gone, 404, "queue")


def test_undo_restores_session_and_disk_as_they_were(
    client: TestClient, house: House, clock: Clock
) -> None:
    session = start(client, **HAPPY)
    session = ask(client, session, "next", answer="finished", playing=playing(session))
    assert not session["can_undo"]
    shown, kept = [session], [on_disk(house)]
    for what, body in (
        ("answer", {"answer": "liked", "uri": playing(session), "position_s": 9}),
        ("next", {"answer": "skipped", "playing": playing(session), "position_s": 2}),
        ("answer", {"answer": "never", "uri": session["queue"][1]["track"]["id"]}),
        ("touch", {"valence": -0.5, "arousal": 0.1}),
    ):
        shown.append(ask(client, session, what, **body))
        kept.append(on_disk(house))
        session = shown[-1]
        assert session["can_undo"]
    changing = {"revision", "plan"}  # its clock goes on
    for was, disk in zip(reversed(shown[:-1]), reversed(kept[:-1]), strict=True):
        session = ask(client, session, "undo")
        assert {k: v for k, v in session.items() if k not in changing} == {
            k: v for k, v in was.items() if k not in changing
        }
        assert on_disk(house) == disk
    again = ask(client, session, "undo")
    assert not again["can_undo"] and playing(again) == playing(session)


def test_an_undo_that_cannot_be_kept_did_not_happen(client: TestClient, house: House) -> None:
    session = start(client, **HAPPY)
    session = ask(client, session, "answer", answer="liked", uri=playing(session))
    with house.database.session() as raw:
        raw.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE DELETE ON feedback BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(Exception, match="no"):
        client.post(f"/api/sessions/{session['id']}/undo")
    now = client.get(f"/api/sessions/{session['id']}").json()
    assert now["liked"] and now["can_undo"]
    with house.database.session() as raw:
        raw.connection().exec_driver_sql("DROP TRIGGER full")
    assert not ask(client, session, "undo")["liked"]


def test_a_session_knows_what_was_played_in_the_one_before(client: TestClient) -> None:
    session = start(client, **HAPPY)
    heard = []
    for _ in range(3):
        heard.append(playing(session))
        session = ask(client, session, "next", answer="finished", playing=playing(session))
    assert playing(start(client, **HAPPY)) not in heard


def test_what_plays_is_never_cut_and_next_stays_next_whatever_a_camera_sees(
    client: TestClient, clock: Clock
) -> None:
    session = start(client, **HAPPY)
    first, following = playing(session), session["queue"][0]["track"]["id"]
    for _ in range(30):
        clock.wait(2)
        session = ask(client, session, "readings", **happy_reading(valence=-0.8, arousal=-0.4))
        assert playing(session) == first
        assert session["queue"][0]["track"]["id"] == following
