from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.server.exporting import COLUMNS
from affetto.wiring import House
from server.conftest import Clock, agree, assert_problem, happy_reading
from server.test_listening import HAPPY, ask, playing, start


def sessions(client: TestClient, **page: int) -> dict[str, Any]:
    response = client.get("/api/history", params=page)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def account(client: TestClient, session_id: str) -> dict[str, Any]:
    response = client.get(f"/api/history/{session_id}")
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def check_in(client: TestClient, session_id: str, moment: str, valence: float) -> Any:
    body = {"moment": moment, "valence": valence, "arousal": 0.0}
    return client.post(f"/api/history/{session_id}/check-in", json=body)


def evening(client: TestClient, clock: Clock) -> str:
    """A session of three tracks: finished, liked and skipped, and one that was left running."""
    session = start(client, **HAPPY)
    clock.wait(30)
    session = ask(client, session, "readings", **happy_reading())
    clock.wait(30)
    session = ask(client, session, "next", answer="finished", playing=playing(session))
    session = ask(client, session, "answer", answer="liked", uri=playing(session))
    clock.wait(20)
    session = ask(client, session, "correction")
    session = ask(client, session, "next", answer="skipped", playing=playing(session), position_s=7)
    clock.wait(40)
    client.delete(f"/api/sessions/{session['id']}")
    told: str = session["id"]
    return told


def test_without_a_yes_the_history_tells_tracks_and_no_moods(
    client: TestClient, clock: Clock
) -> None:
    told = account(client, evening(client, clock))
    assert len(told["tracks"]) == 3
    assert told["moods"] == [] and told["corrections"] == []
    assert told["session"]["before"] is None
    assert all(one["target"] is None and one["mood_after"] is None for one in told["tracks"])


def test_with_a_yes_it_tells_how_the_mood_went_and_what_was_corrected(
    client: TestClient, clock: Clock
) -> None:
    agree(client, "keep-readings")
    told = account(client, evening(client, clock))
    assert [one["source"] for one in told["moods"]] == [
        "self",
        "senses",
        "belief",
        "belief",
    ]
    assert [one["at"] for one in told["moods"]] == sorted(one["at"] for one in told["moods"])
    assert len(told["corrections"]) == 1
    assert told["session"]["before"] == {"valence": HAPPY["valence"], "arousal": HAPPY["arousal"]}
    assert told["tracks"][0]["mood_after"] is not None
    assert told["tracks"][0]["target"] is not None


def test_each_track_says_how_long_it_was_heard_and_what_was_said_of_it(
    client: TestClient, clock: Clock
) -> None:
    told = account(client, evening(client, clock))["tracks"]
    assert [one["heard_s"] for one in told] == [60.0, 7.0, 40.0]
    assert [[a["answer"] for a in one["answers"]] for one in told] == [
        ["finished"],
        ["liked", "skipped"],
        [],
    ]
    assert all(one["here"] and one["title"] and one["artist"] for one in told)


def test_a_track_left_on_overnight_was_heard_no_longer_than_it_is(
    client: TestClient, clock: Clock
) -> None:
    session = start(client, **HAPPY)
    clock.wait(8 * 3600)
    client.delete(f"/api/sessions/{session['id']}")
    assert account(client, session["id"])["tracks"][0]["heard_s"] == 60.0


def test_the_history_comes_in_pages_and_the_running_session_is_marked(
    client: TestClient, clock: Clock
) -> None:
    first = evening(client, clock)
    clock.wait(60)
    second = start(client, **HAPPY)["id"]
    told = sessions(client)
    assert (told["total"], [one["id"] for one in told["sessions"]]) == (2, [second, first])
    assert told["sessions"][0]["ended_at"] is None and told["sessions"][1]["ended_at"]
    assert [one["id"] for one in sessions(client, offset=1, limit=1)["sessions"]] == [first]


def test_how_one_is_before_and_after_is_kept_only_with_a_yes(
    client: TestClient, clock: Clock
) -> None:
    session_id = evening(client, clock)
    assert_problem(check_in(client, session_id, "after", 0.5), 409, "agree")
    assert account(client, session_id)["session"]["after"] is None
    agree(client, "keep-readings")
    assert check_in(client, session_id, "before", -0.4).status_code == 200
    told = check_in(client, session_id, "after", 0.5).json()
    assert (told["before"]["valence"], told["after"]["valence"]) == (-0.4, 0.5)
    assert_problem(check_in(client, "nobody", "after", 0.5), 404)


def test_a_touch_that_is_undone_was_never_said(client: TestClient, clock: Clock) -> None:
    agree(client, "keep-readings")
    session = start(client, **HAPPY)
    clock.wait(300)
    session = ask(client, session, "touch", valence=-0.5, arousal=-0.5)
    kept = account(client, session["id"])["moods"]
    assert [(one["valence"], one["source"]) for one in kept][-1] == (-0.5, "self")
    ask(client, session, "undo")
    assert len(account(client, session["id"])["moods"]) == len(kept) - 1


def test_undoing_something_else_unsays_nothing(client: TestClient) -> None:
    agree(client, "keep-readings")
    session = start(client, **HAPPY)
    session = ask(client, session, "touch", valence=-0.5, arousal=-0.5)
    session = ask(client, session, "answer", answer="liked", uri=playing(session))
    ask(client, session, "undo")
    assert len(account(client, session["id"])["moods"]) == 2


def test_a_week_is_counted_and_says_what_changed(client: TestClient, clock: Clock) -> None:
    agree(client, "keep-readings")
    session_id = evening(client, clock)
    check_in(client, session_id, "before", -0.4)
    check_in(client, session_id, "after", 0.1)
    week = {"since": "2026-11-16T00:00:00Z", "until": "2026-11-23T00:00:00Z"}
    told = client.get("/api/history/recap", params=week).json()
    assert (told["sessions"], told["tracks"], told["liked"]) == (1, 3, 1)
    assert told["heard_s"] == 107.0
    assert told["goals"] == [{"goal": "match", "tracks": 3}]
    assert told["change"] == {
        "sessions": 1,
        "valence": 0.5,
        "arousal": 0.0,
        "lighter": 1,
        "heavier": 0,
    }
    before = {"since": "2026-11-09T00:00:00Z", "until": "2026-11-16T00:00:00Z"}
    empty = client.get("/api/history/recap", params=before).json()
    assert (empty["sessions"], empty["goals"], empty["change"]) == (0, [], None)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-11-16T00:00:00", "2026-11-23T00:00:00Z"),
        ("2026-11-23T00:00:00Z", "2026-11-16T00:00:00Z"),
        ("2020-11-16T00:00:00Z", "2026-11-16T00:00:00Z"),
    ],
)
def test_days_that_are_none_are_refused(client: TestClient, since: str, until: str) -> None:
    response = client.get("/api/history/recap", params={"since": since, "until": until})
    assert_problem(response, 422)


def test_the_whole_history_goes_along_as_csv(client: TestClient, clock: Clock) -> None:
    agree(client, "keep-readings")
    session_id = evening(client, clock)
    response = client.get("/api/history/export", params={"form": "csv"})
    assert response.headers["content-type"].startswith("text/csv")
    assert "affetto-history.csv" in response.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert list(rows[0]) == list(COLUMNS)
    assert {row["session"] for row in rows} == {session_id}
    kinds = [row["kind"] for row in rows]
    assert kinds[0] == "session"
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "session": 1,
        "track": 3,
        "answer": 3,
        "reading": 1,
        "saying": 2,
    }
    assert [row["what"] for row in rows if row["kind"] == "saying"] == ["touch", "correction"]
    assert all(row["title"] and row["because"] for row in rows if row["kind"] == "track")


def test_and_as_json_with_what_each_column_means(client: TestClient, clock: Clock) -> None:
    evening(client, clock)
    clock.wait(60)
    evening(client, clock)
    told = json.loads(client.get("/api/history/export").text)
    assert told["columns"] == dict(COLUMNS)
    first, second = told["sessions"]
    assert first["at"] < second["at"] and first["ended_at"]
    used = {key for one in first["happened"] for key in one}
    assert used <= set(COLUMNS)


def test_of_no_history_there_is_a_file_too(client: TestClient) -> None:
    assert json.loads(client.get("/api/history/export").text)["sessions"] == []
    assert client.get("/api/history/export?form=csv").text.strip() == ",".join(COLUMNS)


def test_a_session_is_deleted_with_all_that_was_in_it(
    client: TestClient, clock: Clock, house: House
) -> None:
    agree(client, "keep-readings")
    first = evening(client, clock)
    clock.wait(60)
    second = evening(client, clock)
    assert client.delete(f"/api/history/{first}").status_code == 204
    assert_problem(client.get(f"/api/history/{first}"), 404)
    assert [one["id"] for one in sessions(client)["sessions"]] == [second]
    assert client.delete("/api/history").json() == {"sessions": 1}
    assert sessions(client)["total"] == 0
    assert house.history.reading_count(house.listener) == 0


def test_the_session_that_runs_cannot_be_deleted(client: TestClient) -> None:
    session = start(client, **HAPPY)
    assert_problem(client.delete(f"/api/history/{session['id']}"), 404, "ended")
    assert client.delete("/api/history").json() == {"sessions": 0}
    assert client.get("/api/sessions/current").json()["id"] == session["id"]


def test_what_was_learned_outlives_a_deleted_history(client: TestClient, clock: Clock) -> None:
    evening(client, clock)
    client.delete("/api/history")
    assert client.get("/api/me/learned").json()["liked"]
