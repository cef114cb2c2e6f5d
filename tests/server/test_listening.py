from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.choice import Aim, Answer
from affetto.errors import NotFound
from affetto.server.app import create_app
from affetto.server.desk import SessionDesk
from affetto.store.database import StoreTrouble
from affetto.wiring import House
from server.conftest import HERE, Clock, agree, assert_problem, happy_reading

HAPPY = {"goal": "match", "valence": 0.7, "arousal": 0.5}


def start(client: TestClient, **wish: Any) -> dict[str, Any]:
    response = client.post("/api/sessions", json=wish)
    assert response.status_code == 201, response.text
    told: dict[str, Any] = response.json()
    return told


def ask(client: TestClient, session: dict[str, Any], what: str, **body: Any) -> dict[str, Any]:
    response = client.post(f"/api/sessions/{session['id']}/{what}", json=body)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def playing(session: dict[str, Any]) -> str:
    uri: str = session["playing"]["track"]["id"]
    return uri


def test_a_place_on_the_map_starts_music_that_fits(client: TestClient) -> None:
    session = start(client, **HAPPY)
    track = session["playing"]["track"]
    assert track["mood"] == "happy"
    assert track["audio"] == f"/api/tracks/{track['id']}/audio"
    assert session["playing"]["because"].endswith(".")
    assert session["mood"]["words"] == "very pleasant, awake"
    assert session["mood"]["believed"] == {"self": 1.0}
    assert len(session["queue"]) == 5
    assert session["liked"] is False and session["heard"] is None


def test_without_a_mood_nothing_plays_until_one_is_known(client: TestClient) -> None:
    session = start(client, goal="match")
    assert session["playing"] is None and session["mood"] is None
    session = ask(client, session, "touch", valence=-0.6, arousal=-0.4)
    assert session["playing"]["track"]["mood"] == "sad"


def test_whoever_asks_for_any_music_gets_it(client: TestClient) -> None:
    session = start(client)
    session = ask(client, session, "next", answer="skipped", playing=None)
    assert session["playing"] is not None
    again = ask(client, session, "next", answer="skipped", playing=None)
    assert playing(again) == playing(session)


def test_a_reading_starts_the_music_and_is_told(client: TestClient) -> None:
    session = start(client)
    session = ask(
        client, session, "readings", **happy_reading(probabilities={"happy": 0.9, "sad": 0.1})
    )
    assert session["playing"]["track"]["valence"] > 0
    assert session["heard"]["expression"] == "happy"
    assert session["heard"]["source"] == "face"


def test_a_reading_nobody_believes_starts_nothing(client: TestClient) -> None:
    session = start(client)
    session = ask(client, session, "readings", **happy_reading(confidence=0.0))
    assert session["playing"] is None and session["mood"] is None


def test_a_new_mood_never_cuts_what_plays(client: TestClient) -> None:
    session = start(client, **HAPPY)
    before = playing(session)
    session = ask(client, session, "touch", valence=-0.6, arousal=-0.4)
    assert playing(session) == before
    assert "sad" in {choice["track"]["mood"] for choice in session["queue"][:3]}


def test_the_goal_changes_what_comes_next(client: TestClient) -> None:
    session = start(client, **HAPPY)
    response = client.patch(f"/api/sessions/{session['id']}", json={"goal": "calm"})
    assert response.status_code == 200
    assert response.json()["goal"] == "calm"
    assert response.json()["revision"] > session["revision"]
    assert playing(response.json()) == playing(session)


def test_not_how_i_feel_forgets_the_reading(client: TestClient, clock: Clock) -> None:
    session = ask(client, start(client), "readings", **happy_reading())
    assert session["mood"] is not None
    session = ask(client, session, "correction")
    assert session["mood"] is None and session["heard"] is None
    assert session["senses_muted"]
    session = ask(client, session, "readings", **happy_reading())
    assert session["mood"] is None
    clock.wait(61)
    session = ask(client, session, "readings", **happy_reading())
    assert session["mood"] is not None


def test_a_skip_sent_twice_skips_once(client: TestClient) -> None:
    session = start(client, **HAPPY)
    body = {"answer": "skipped", "position_s": 3.0, "playing": playing(session)}
    first = ask(client, session, "next", **body)
    second = ask(client, session, "next", **body)
    assert playing(first) != playing(session)
    assert playing(second) == playing(first)


def test_a_like_and_its_taking_back(client: TestClient, house: House) -> None:
    session = start(client, **HAPPY)
    session = ask(client, session, "answer", answer="liked", uri=playing(session), position_s=9)
    assert session["liked"] is True
    session = ask(client, session, "answer", answer="unliked", uri=playing(session))
    assert session["liked"] is False
    assert [one.answer for one in house.history.answers("home")] == [Answer.LIKED, Answer.UNLIKED]


def test_not_now_moves_on_and_keeps_the_track_away(client: TestClient) -> None:
    session = start(client, **HAPPY)
    unwanted = playing(session)
    session = ask(client, session, "answer", answer="not_now", uri=unwanted)
    for _ in range(8):
        assert unwanted not in {c["track"]["id"] for c in session["queue"]}
        assert playing(session) != unwanted
        session = ask(client, session, "next", answer="finished", playing=playing(session))


def test_what_was_played_and_said_is_kept(client: TestClient, house: House) -> None:
    session = start(client, **HAPPY)
    first = playing(session)
    session = ask(client, session, "next", answer="finished", playing=first, position_s=60)
    assert house.history.played("home") == [playing(session), first]
    [answer] = house.history.answers("home")
    assert (answer.track_uri, answer.answer, answer.position_s) == (first, Answer.FINISHED, 60)


def test_readings_are_kept_only_with_consent(client: TestClient, house: House) -> None:
    session = start(client)
    session = ask(client, session, "readings", **happy_reading())
    assert house.history.reading_count("home") == 0
    agree(client, "keep-readings")
    session = ask(client, session, "readings", **happy_reading())
    assert house.history.reading_count("home") == 1
    agree(client, "keep-readings", given=False)
    ask(client, session, "readings", **happy_reading())
    assert house.history.reading_count("home") == 1


def test_yes_to_an_older_text_keeps_no_reading(client: TestClient, house: House) -> None:
    house.listeners.set_consent("home", "keep-readings", "older", house.now(), given=True)
    session = start(client)
    ask(client, session, "readings", **happy_reading())
    assert house.history.reading_count("home") == 0


@pytest.mark.parametrize("agrees", [False, True])
def test_where_a_face_lay_on_the_map_is_on_the_disk_only_with_consent(
    client: TestClient, house: House, agrees: bool
) -> None:
    agree(client, "keep-readings", given=agrees)
    session = start(client)
    session = ask(client, session, "readings", **happy_reading())
    session = ask(client, session, "next", answer="skipped", playing=playing(session))
    start(client, **HAPPY)
    with sqlite3.connect(house.settings.database_file) as raw:
        targets = raw.execute("SELECT target_valence, target_arousal FROM choices").fetchall()
        records = raw.execute("SELECT record FROM sessions WHERE ended_at IS NOT NULL").fetchall()
    raw.close()
    assert len(targets) == 3
    assert [None not in pair for pair in targets] == [agrees] * 3
    assert records == [("{}",)]


def test_what_was_liked_counts_in_the_next_session(client: TestClient) -> None:
    session = start(client, **HAPPY)
    liked = playing(session)
    ask(client, session, "answer", answer="liked", uri=liked)
    again = start(client, **HAPPY)
    sight = [again["playing"], *again["queue"]]
    assert liked in {choice["track"]["id"] for choice in sight}
    if playing(again) == liked:
        assert again["liked"] is True


def test_the_session_goes_on_after_the_server_was_away(
    open_again: Callable[[], House], static: Path, clock: Clock
) -> None:
    with TestClient(create_app(open_again(), static=static), base_url=HERE) as client:
        before = start(client, **HAPPY)
        before = ask(client, before, "answer", answer="liked", uri=playing(before))
    clock.wait(30)
    with TestClient(create_app(open_again(), static=static), base_url=HERE) as client:
        after = client.get("/api/sessions/current").json()
        assert after["id"] == before["id"]
        assert playing(after) == playing(before)
        assert after["queue"] == before["queue"]
        assert after["liked"] is True
        assert after["revision"] > before["revision"]
        moved = ask(client, after, "next", answer="finished", playing=playing(after))
        assert playing(moved) == before["queue"][0]["track"]["id"]


def test_a_record_nobody_understands_costs_the_session_only(
    open_again: Callable[[], House], static: Path
) -> None:
    house = open_again()
    house.history.begin("home", "s1", "match", {"from": "the future"}, house.now())
    with TestClient(create_app(house, static=static), base_url=HERE) as client:
        assert client.get("/api/sessions/current").json() is None
        start(client, **HAPPY)


def test_an_ended_session_is_gone(client: TestClient) -> None:
    session = start(client, **HAPPY)
    assert client.delete(f"/api/sessions/{session['id']}").status_code == 204
    assert_problem(client.get(f"/api/sessions/{session['id']}"), 404)
    assert client.get("/api/sessions/current").json() is None
    assert_problem(client.delete(f"/api/sessions/{session['id']}"), 404)


def test_whoever_asks_while_a_session_ends_is_told_that_it_ended(house: House) -> None:
    async def ask_meanwhile() -> None:
        desk = SessionDesk(house)
        session = await desk.start(Aim(), None)
        ending = asyncio.create_task(desk.end(session.id))
        await asyncio.sleep(0)  # it holds the session now, and writes
        again = asyncio.create_task(desk.end(session.id))
        with pytest.raises(NotFound):
            await desk.show(session.id)
        with pytest.raises(NotFound):
            await again
        await ending

    async def watch_meanwhile() -> None:
        desk = SessionDesk(house)
        session = await desk.start(Aim(), None)
        ending = asyncio.create_task(desk.end(session.id))
        await asyncio.sleep(0)
        with pytest.raises(NotFound):
            async with desk.watched(session.id):
                pass
        await ending

    asyncio.run(ask_meanwhile())
    asyncio.run(watch_meanwhile())


def test_a_session_whose_first_track_cannot_be_kept_is_not_begun(
    client: TestClient, house: House
) -> None:
    before = start(client, **HAPPY)
    with house.database.session() as raw:
        raw.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON choices BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(Exception, match="no"):
        client.post("/api/sessions", json=HAPPY)
    kept = house.history.running("home")
    assert kept is not None and kept.id == before["id"]


def test_a_new_session_ends_the_one_before(client: TestClient) -> None:
    first = start(client, **HAPPY)
    second = start(client, **HAPPY)
    assert_problem(client.get(f"/api/sessions/{first['id']}"), 404)
    assert client.get("/api/sessions/current").json()["id"] == second["id"]


def test_a_change_that_cannot_be_kept_did_not_happen(
    client: TestClient, house: House, clock: Clock
) -> None:
    session = start(client, **HAPPY)
    with house.database.session() as raw:
        raw.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON choices BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    body = {"answer": "skipped", "playing": playing(session)}
    with pytest.raises(Exception, match="no"):
        client.post(f"/api/sessions/{session['id']}/next", json=body)
    after = client.get(f"/api/sessions/{session['id']}").json()
    assert playing(after) == playing(session)
    with house.database.session() as raw:
        raw.connection().exec_driver_sql("DROP TRIGGER full")
    assert playing(ask(client, session, "next", **body)) != playing(session)


def test_trouble_with_the_disk_is_told_as_a_problem(client: TestClient, house: House) -> None:
    session = start(client, **HAPPY)
    house.history.keep = _full  # type: ignore[method-assign]
    body = {"valence": 0.1, "arousal": 0.1}
    response = client.post(f"/api/sessions/{session['id']}/touch", json=body)
    assert_problem(response, 503, "disk is full")
    now = client.get(f"/api/sessions/{session['id']}").json()
    assert now["mood"]["valence"] == pytest.approx(0.7)


def _full(*_: object, **__: object) -> None:
    raise StoreTrouble("The disk is full.", remedy="Free some space.")


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("touch", {"valence": 1.5, "arousal": 0}),
        ("touch", {"valence": 0}),
        ("touch", {"valence": 0, "arousal": 0, "extra": 1}),
        ("touch", {"valence": "happy", "arousal": 0}),
        ("readings", {"valence": 0, "arousal": 0, "confidence": 2, "source": "face"}),
        ("readings", {"valence": 0, "arousal": 0, "confidence": 1, "source": "self"}),
        ("readings", {"valence": 0, "arousal": 0, "confidence": 1, "source": "tea leaves"}),
        (
            "readings",
            {
                "valence": 0,
                "arousal": 0,
                "confidence": 1,
                "source": "face",
                "covariance": [0.01, 0.5, 0.01],
            },
        ),
        ("next", {"answer": "liked", "playing": "memory:happy"}),
        ("next", {"answer": "skipped", "playing": "memory:happy", "position_s": -1}),
        ("answer", {"answer": "finished", "uri": "memory:happy"}),
        ("answer", {"answer": "liked", "uri": "nonsense"}),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: TestClient, what: str, body: dict[str, Any]
) -> None:
    session = start(client, **HAPPY)
    assert_problem(client.post(f"/api/sessions/{session['id']}/{what}", json=body), 422)


def test_half_a_place_on_the_map_is_refused(client: TestClient) -> None:
    response = client.post("/api/sessions", json={"goal": "match", "valence": 0.5})
    assert_problem(response, 422, "two numbers")


def test_a_number_that_is_none_is_refused(client: TestClient) -> None:
    session = start(client, **HAPPY)
    response = client.post(
        f"/api/sessions/{session['id']}/touch",
        content='{"valence": NaN, "arousal": 0}',
        headers={"content-type": "application/json"},
    )
    assert_problem(response, 422)


def test_an_unknown_goal_is_refused(client: TestClient) -> None:
    assert_problem(client.post("/api/sessions", json={"goal": "frenzy"}), 422, "goal")


def test_a_session_nobody_started_is_not_found(client: TestClient) -> None:
    assert_problem(client.get("/api/sessions/nope"), 404, "nope")
    body = {"valence": 0, "arousal": 0}
    assert_problem(client.post("/api/sessions/nope/touch", json=body), 404)


def test_addresses_and_verbs_there_are_not_say_so(client: TestClient) -> None:
    assert_problem(client.get("/api/nothing"), 404)
    assert_problem(client.request("DELETE", "/api/house"), 405)


def test_a_picked_track_plays_and_an_unknown_one_is_refused(client: TestClient) -> None:
    session = start(client)
    told = ask(client, session, "play", uri="memory:gloomy")
    assert playing(told) == "memory:gloomy"
    assert told["playing"]["because"] == "You picked it."
    gone = client.post(f"/api/sessions/{session['id']}/play", json={"uri": "memory:nope"})
    assert_problem(gone, 404, "no longer in the library")
    now: dict[str, Any] = client.get("/api/sessions/current").json()
    assert playing(now) == "memory:gloomy"
