from __future__ import annotations

import struct
import threading
import time
from contextlib import AbstractContextManager
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from affetto.errors import ModelMissing
from affetto.senses.face import Doubt
from affetto.senses.face_doubt import WORDS
from affetto.server.live import NO_SUCH_SESSION, NOT_UNDERSTOOD, SESSION_OVER
from server.conftest import FakeFaces, agree, picture

HAPPY = {"goal": "match", "valence": 0.7, "arousal": 0.5}


@pytest.fixture
def session(client: TestClient) -> dict[str, Any]:
    agree(client, "camera-server")
    told: dict[str, Any] = client.post("/api/sessions", json={"goal": "match"}).json()
    return told


def line(client: TestClient, session_id: str) -> AbstractContextManager[WebSocketTestSession]:
    return client.websocket_connect(
        f"/api/live?session={session_id}",
        headers={"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:8765"},
    )


def until(socket: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """The next message of a kind; others may come before it."""
    for _ in range(20):
        told: dict[str, Any] = socket.receive_json()
        if told["type"] == kind:
            return told
    raise AssertionError(f"no {kind} came")


def test_a_page_is_told_the_session_when_it_comes(
    client: TestClient, session: dict[str, Any]
) -> None:
    with line(client, session["id"]) as socket:
        told = socket.receive_json()
    assert told == {"type": "session", "session": session}


def test_every_open_page_is_told_every_change(client: TestClient, session: dict[str, Any]) -> None:
    with line(client, session["id"]) as one, line(client, session["id"]) as other:
        for socket in (one, other):
            socket.receive_json()
        answer = client.post(
            f"/api/sessions/{session['id']}/touch", json={"valence": -0.6, "arousal": -0.4}
        ).json()
        for socket in (one, other):
            assert until(socket, "session")["session"] == answer


def test_a_smile_in_the_camera_starts_happy_music(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    with line(client, session["id"]) as socket:
        assert socket.receive_json()["session"]["playing"] is None
        socket.send_bytes(picture())
        told = {message["type"]: message for message in (socket.receive_json() for _ in range(2))}
    assert told["reading"]["face"]["expression"] == "happy"
    assert told["reading"]["problem"] is None
    assert told["reading"]["ms"] > 0
    assert told["session"]["session"]["playing"]["track"]["valence"] > 0
    assert told["session"]["session"]["heard"]["expression"] == "happy"
    assert faces.looks == [False]  # frames are looked at quickly


def test_others_in_front_of_the_camera_are_counted_and_not_read(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    faces.expressions = ["sad", "happy"]
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture())
        reading = until(socket, "reading")
    assert reading["others"] == 1 and reading["face"]["expression"] == "sad"
    heard = client.get(f"/api/sessions/{session['id']}").json()["heard"]
    assert heard["expression"] == "sad"


def test_nobody_in_front_of_the_camera_changes_nothing(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    faces.expressions = []
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture())
        assert until(socket, "reading")["face"] is None
    assert client.get(f"/api/sessions/{session['id']}").json() == session


@pytest.mark.parametrize("doubt", get_args(Doubt))
def test_a_face_in_doubt_is_told_and_changes_neither_mood_nor_queue(
    client: TestClient, faces: FakeFaces, doubt: Doubt
) -> None:
    agree(client, "camera-server")
    session = client.post("/api/sessions", json=HAPPY).json()
    faces.expressions = ["sad", "angry"]
    faces.doubt = doubt
    with line(client, session["id"]) as socket:
        for _ in range(3):
            socket.send_bytes(picture())
            told = until(socket, "reading")
            assert (told["face"], told["others"], told["problem"]) == (None, 1, None)
            (unread,) = told["unread"]
            assert unread == {"box": [10, 20, 100, 100], "doubt": doubt, "words": WORDS[doubt]}
    assert client.get(f"/api/sessions/{session['id']}").json() == session
    faces.doubt = None
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture())
        assert until(socket, "reading")["unread"] == []
    assert client.get(f"/api/sessions/{session['id']}").json()["heard"]["expression"] == "sad"


def test_no_frame_is_looked_at_without_consent(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    agree(client, "camera-server", given=False)
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture())
        told = until(socket, "reading")
    assert told["face"] is None and "not agreed" in told["problem"]["problem"]
    assert faces.looks == []


def test_taking_consent_back_stops_the_reading_at_once(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture())
        assert until(socket, "reading")["face"] is not None
        agree(client, "camera-server", given=False)
        socket.send_bytes(picture())
        assert until(socket, "reading")["face"] is None
    assert len(faces.looks) == 1


def test_a_frame_too_large_is_refused_before_it_is_opened(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture() + bytes(256_000))
        told = until(socket, "reading")
    assert "256 kB" in told["problem"]["problem"] and faces.looks == []


def of_size(frame: bytes, width: int, height: int) -> bytes:
    """The same file, but its header says another size."""
    if frame.startswith(b"\x89PNG"):
        return frame[:16] + struct.pack(">II", width, height) + frame[24:]
    at = frame.index(b"\xff\xc0") + 5
    return frame[:at] + struct.pack(">HH", height, width) + frame[at + 4 :]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_hostile_frame_of_60000_pixels_square_is_refused_for_the_price_of_its_header(
    client: TestClient, session: dict[str, Any], faces: FakeFaces, kind: str
) -> None:
    took = []
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture())  # what is imported once, is now
        until(socket, "reading")
        for _ in range(5):
            socket.send_bytes(of_size(picture(kind=kind), 60_000, 60_000))
            told = until(socket, "reading")
            assert "60000 × 60000 pixels, too large" in told["problem"]["problem"]
            took.append(told["ms"])
    assert sorted(took)[2] < 50
    assert len(faces.looks) == 1


def test_a_frame_as_large_as_a_photo_is_refused(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    with line(client, session["id"]) as socket:
        socket.send_bytes(of_size(picture(), 2500, 2000))
        told = until(socket, "reading")
    assert "may have 4 million pixels" in told["problem"]["remedy"]
    assert not faces.looks


def test_a_frame_that_is_no_picture_is_a_problem_and_the_line_stays(
    client: TestClient, session: dict[str, Any]
) -> None:
    with line(client, session["id"]) as socket:
        socket.send_bytes(b"not a picture")
        assert until(socket, "reading")["problem"] is not None
        socket.send_bytes(b"")
        assert until(socket, "reading")["problem"] is not None
        socket.send_bytes(picture())
        assert until(socket, "reading")["problem"] is None


def test_a_missing_model_is_told_on_the_line(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    def fail() -> None:
        raise ModelMissing("There is no model.", remedy="Reinstall affetto.")

    faces.before_looking = fail
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture())
        told = until(socket, "reading")
    assert told["problem"] == {"problem": "There is no model.", "remedy": "Reinstall affetto."}


def test_frames_that_pile_up_are_dropped_for_the_newest(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    looking, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        looking.set()
        assert go_on.wait(10)

    faces.before_looking = slow
    with line(client, session["id"]) as socket:
        socket.send_bytes(picture())
        assert looking.wait(10)
        for _ in range(10):
            socket.send_bytes(picture())
        socket.send_json({"type": "ping"})
        until(socket, "pong")  # all eleven frames have arrived
        go_on.set()
        until(socket, "reading")
        until(socket, "reading")
        socket.send_json({"type": "ping"})
        until(socket, "pong")
    assert len(faces.looks) == 2


def test_one_frame_is_looked_at_at_a_time(
    client: TestClient, session: dict[str, Any], faces: FakeFaces
) -> None:
    at_once, most = 0, 0

    def count() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        time.sleep(0.02)
        at_once -= 1

    faces.before_looking = count
    with line(client, session["id"]) as one, line(client, session["id"]) as other:
        for _ in range(3):
            one.send_bytes(picture())
            other.send_bytes(picture())
            until(one, "reading")
            until(other, "reading")
    assert most == 1 and len(faces.looks) == 6


def test_a_ping_is_answered(client: TestClient, session: dict[str, Any]) -> None:
    with line(client, session["id"]) as socket:
        socket.send_json({"type": "ping"})
        assert until(socket, "pong") == {"type": "pong"}


@pytest.mark.parametrize("text", ["hello", "{}", '{"type": "ping", "more": 1}', "[]"])
def test_other_words_end_the_line(client: TestClient, session: dict[str, Any], text: str) -> None:
    with line(client, session["id"]) as socket:
        socket.receive_json()
        socket.send_text(text)
        with pytest.raises(WebSocketDisconnect) as closed:
            until(socket, "pong")
    assert closed.value.code == NOT_UNDERSTOOD


def test_a_page_that_waits_is_told_the_session_another_door_begins(client: TestClient) -> None:
    agree(client, "camera-server")
    with line(client, "") as one, line(client, "") as other:
        for socket in (one, other):
            socket.send_json({"type": "ping"})
            assert socket.receive_json() == {"type": "pong"}  # it waits, and is alive
        begun = client.post("/api/sessions", json=HAPPY).json()
        for socket in (one, other):
            assert socket.receive_json() == {"type": "session", "session": begun}
        touched = client.post(
            f"/api/sessions/{begun['id']}/touch", json={"valence": -0.6, "arousal": -0.4}
        ).json()
        assert until(one, "session")["session"] == touched
        one.send_bytes(picture())
        assert until(one, "reading")["face"] is not None
        client.delete(f"/api/sessions/{begun['id']}")
        with pytest.raises(WebSocketDisconnect) as closed:
            until(one, "pong")
    assert closed.value.code == SESSION_OVER


def test_a_page_that_names_no_session_gets_the_one_that_runs(
    client: TestClient, session: dict[str, Any]
) -> None:
    with line(client, "") as socket:
        assert socket.receive_json() == {"type": "session", "session": session}


def test_a_page_waits_again_for_the_session_after_one_that_ended(client: TestClient) -> None:
    first = client.post("/api/sessions", json=HAPPY).json()
    client.delete(f"/api/sessions/{first['id']}")
    with line(client, "") as socket:
        socket.send_json({"type": "ping"})
        assert socket.receive_json() == {"type": "pong"}
        second = client.post("/api/sessions", json=HAPPY).json()
        assert socket.receive_json()["session"] == second


def test_while_nobody_listens_no_frame_is_looked_at(client: TestClient, faces: FakeFaces) -> None:
    agree(client, "camera-server")
    with line(client, "") as socket:
        socket.send_bytes(picture())
        told = until(socket, "reading")
    assert "Nobody is listening" in told["problem"]["problem"] and faces.looks == []


def test_a_line_to_no_session_is_closed_with_the_reason(client: TestClient) -> None:
    with line(client, "nope") as socket, pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert closed.value.code == NO_SUCH_SESSION
    assert "start a new one" in closed.value.reason


def test_the_line_ends_with_its_session(client: TestClient, session: dict[str, Any]) -> None:
    with line(client, session["id"]) as socket:
        socket.receive_json()
        client.delete(f"/api/sessions/{session['id']}")
        with pytest.raises(WebSocketDisconnect) as closed:
            until(socket, "pong")
    assert closed.value.code == SESSION_OVER


def test_a_page_that_comes_back_finds_the_session_as_it_is(
    client: TestClient, session: dict[str, Any]
) -> None:
    with line(client, session["id"]) as socket:
        socket.receive_json()
    touched = client.post(
        f"/api/sessions/{session['id']}/touch", json={"valence": 0.7, "arousal": 0.5}
    ).json()
    with line(client, session["id"]) as socket:
        assert socket.receive_json()["session"] == touched
