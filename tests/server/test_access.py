from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from affetto.server.access import MOST_JSON, host_name
from affetto.server.app import describe
from server.conftest import HERE, assert_problem, happy_reading

OUR_NAMES = ["127.0.0.1:8765", "localhost:8765", "localhost", "[::1]:8765", "LOCALHOST:1"]
STRANGE_NAMES = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8765",
    "192.168.1.20:8765",
    "0.0.0.0:8765",
    "127.0.0.1@evil.example",
    "127.0.0.1:port",
    "127.0.0.1/x",
    "",
]
UNSAFE = [
    ("PUT", "/api/consents"),
    ("POST", "/api/read"),
    ("POST", "/api/library/scan"),
    ("DELETE", "/api/library/scan"),
    ("POST", "/api/sessions"),
    ("PATCH", "/api/sessions/any"),
    ("DELETE", "/api/sessions/any"),
    ("POST", "/api/sessions/any/touch"),
    ("POST", "/api/sessions/any/readings"),
    ("POST", "/api/sessions/any/correction"),
    ("POST", "/api/sessions/any/next"),
    ("POST", "/api/sessions/any/play"),
    ("POST", "/api/sessions/any/answer"),
    ("POST", "/api/sessions/any/pin"),
    ("POST", "/api/sessions/any/remove"),
    ("POST", "/api/sessions/any/move"),
    ("POST", "/api/sessions/any/undo"),
    ("DELETE", "/api/me/learned"),
    ("PUT", "/api/me/preferences"),
    ("PUT", "/api/me/never"),
    ("POST", "/api/me/history"),
    ("POST", "/api/history/any/check-in"),
    ("DELETE", "/api/history/any"),
    ("DELETE", "/api/history"),
    ("POST", "/api/lists/import"),
    ("POST", "/api/lists/any/songs"),
    ("POST", "/api/lists/any/remove"),
    ("POST", "/api/lists/any/move"),
    ("DELETE", "/api/lists/any"),
    ("PUT", "/api/sounds"),
    ("PATCH", "/api/sounds"),
    ("POST", "/api/providers/any/connect"),
    ("POST", "/api/providers/any/test"),
    ("POST", "/api/providers/look"),
    ("POST", "/api/playlists/kept"),
    ("DELETE", "/api/providers/any"),
    ("POST", "/api/spotify/connect"),
    ("PUT", "/api/spotify/device"),
    ("PUT", "/api/spotify/presets"),
    ("POST", "/api/spotify/play"),
    ("POST", "/api/spotify/transport"),
    ("POST", "/api/spotify/queue"),
    ("POST", "/api/spotify/playlist"),
    ("DELETE", "/api/spotify"),
    ("PUT", "/api/listenbrainz"),
    ("DELETE", "/api/listenbrainz"),
    ("POST", "/api/youtube/connect"),
    ("POST", "/api/youtube/playlists"),
    ("DELETE", "/api/youtube"),
]
STRANGE_PAGES = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:9999"},  # another program's page on this machine
    {"origin": "http://localhost:8765"},  # our port, but not the name we were asked by
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": HERE, "sec-fetch-site": "cross-site"},
]
OUR_PAGES = [{}, {"origin": HERE}, {"origin": HERE, "sec-fetch-site": "same-origin"}]


@pytest.mark.parametrize("host", OUR_NAMES)
def test_it_answers_under_this_machines_names(client: TestClient, host: str) -> None:
    assert client.get("/api/house", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", STRANGE_NAMES)
@pytest.mark.parametrize("path", ["/", "/api/house", "/api/tracks/memory:happy/audio"])
def test_a_name_made_to_point_here_is_turned_away(client: TestClient, host: str, path: str) -> None:
    assert_problem(client.get(path, headers={"host": host}), 403, "this machine's own name")


@pytest.mark.parametrize(("method", "path"), UNSAFE)
@pytest.mark.parametrize("headers", STRANGE_PAGES, ids=str)
def test_another_website_can_change_nothing(
    client: TestClient, method: str, path: str, headers: dict[str, str]
) -> None:
    assert_problem(client.request(method, path, headers=headers), 403, "Another website")


@pytest.mark.parametrize("headers", OUR_PAGES, ids=str)
def test_our_own_page_and_programs_may(client: TestClient, headers: dict[str, str]) -> None:
    response = client.post("/api/sessions", json={"goal": "match"}, headers=headers)
    assert response.status_code == 201


def test_every_unsafe_address_there_is_was_tried() -> None:
    told = describe().openapi()["paths"]
    there = {
        (method.upper(), re.sub(r"\{\w+\}", "any", path))
        for path, operations in told.items()
        for method in operations
        if method not in ("get", "head")
    }
    assert there == set(UNSAFE)


@pytest.mark.parametrize("headers", [h for h in STRANGE_PAGES if h], ids=str)
def test_another_website_cannot_open_the_live_line(
    client: TestClient, headers: dict[str, str]
) -> None:
    session = client.post("/api/sessions", json={}).json()["id"]
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(
            f"/api/live?session={session}", headers={"host": "127.0.0.1:8765", **headers}
        ),
    ):
        pass
    assert refused.value.code == 4403


def test_a_foreign_name_cannot_open_the_live_line(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/api/live", headers={"host": "evil.example"}),
    ):
        pass
    assert refused.value.code == 4403


@pytest.mark.parametrize("path", ["/", "/api/house", "/api/nothing", "/assets/index-abc123.js"])
def test_every_answer_carries_the_rules(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.count("unsafe") == 1 and "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "worker-src 'self';" in policy
    assert "http:" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "camera=(self)" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_what_the_interface_says_is_never_cached(client: TestClient) -> None:
    for path in ("/api/house", "/api/consents", "/api/tracks", "/api/nothing"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_a_refusal_carries_the_rules_too(client: TestClient) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_request_that_would_fill_the_memory_is_cut_off(client: TestClient) -> None:
    session = client.post("/api/sessions", json={}).json()["id"]
    large = happy_reading(probabilities={"happy" + "y" * MOST_JSON: 1.0})
    assert_problem(client.post(f"/api/sessions/{session}/readings", json=large), 413)

    def endless():  # type: ignore[no-untyped-def]
        for _ in range(100):
            yield b"x" * 10_000

    assert_problem(client.post("/api/sessions", content=endless()), 413)


@pytest.mark.parametrize("host", ["a b", "[::1", "x:99999999", "?", "#"])
def test_what_is_no_host_has_no_name(host: str) -> None:
    assert host_name(host) not in ("127.0.0.1", "localhost", "::1")


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, False),  # a picture there
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, True),  # a link to here
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, True),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, True),  # typed
        ({}, True),  # a program
    ],
    ids=str,
)
def test_another_website_cannot_even_ask(
    client: TestClient, headers: dict[str, str], may: bool
) -> None:
    response = client.get("/api/tracks", headers=headers)
    if may:
        assert response.status_code == 200
    else:
        assert_problem(response, 403, "Another website")


def test_a_page_elsewhere_may_show_no_more_than_the_icon(client: TestClient) -> None:
    foreign = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/", headers=foreign).status_code == 200
