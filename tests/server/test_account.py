from __future__ import annotations

from fastapi.testclient import TestClient

from affetto import __version__
from affetto.server.consent import CONSENT_TEXTS
from affetto.wiring import House
from server.conftest import Clock, agree, assert_problem


def test_the_house_says_what_it_offers(client: TestClient) -> None:
    told = client.get("/api/house").json()
    assert told["version"] == __version__
    assert told["goals"] == ["match", "lift", "calm", "focus", "sleep", "place"]
    assert told["tracks"] == 10
    assert told["demo"] is False
    for sensor in ("camera", "camera-server", "photo", "photo-server", "keep-readings"):
        text = told["sensing"]["consent"][sensor]
        assert text["version"] and all(len(line) > 20 for line in text["text"])


def test_the_consent_text_says_where_the_picture_goes() -> None:
    assert "never leaves this browser" in " ".join(CONSENT_TEXTS["camera"].text)
    assert "server's memory, and nowhere else" in " ".join(CONSENT_TEXTS["camera-server"].text)
    for sensor in ("camera", "camera-server", "photo", "photo-server"):
        text = " ".join(CONSENT_TEXTS[sensor].text)
        assert "take this back" in text
        assert "work or at school" in text


def test_texts_that_differ_have_versions_that_differ() -> None:
    assert len({text.version for text in CONSENT_TEXTS.values()}) == len(CONSENT_TEXTS)


def test_nothing_is_agreed_to_in_the_beginning(client: TestClient) -> None:
    told = client.get("/api/consents").json()
    assert {one["sensor"] for one in told} == set(CONSENT_TEXTS)
    assert not any(one["given"] for one in told)
    assert all(one["at"] is None for one in told)


def test_a_yes_counts_at_once_and_so_does_a_no(client: TestClient, clock: Clock) -> None:
    agree(client, "camera")
    [camera] = [c for c in client.get("/api/consents").json() if c["sensor"] == "camera"]
    assert camera["given"] and camera["at"] == "2026-11-21T12:00:00Z"
    clock.wait(60)
    agree(client, "camera", given=False)
    [camera] = [c for c in client.get("/api/consents").json() if c["sensor"] == "camera"]
    assert not camera["given"] and camera["at"] == "2026-11-21T12:01:00Z"


def test_a_yes_to_an_older_text_does_not_count(client: TestClient) -> None:
    body = {"sensor": "camera", "version": "an older text", "given": True}
    assert_problem(client.put("/api/consents", json=body), 409, "has changed")


def test_a_yes_from_before_the_text_changed_is_asked_again(
    client: TestClient, house: House
) -> None:
    house.listeners.set_consent(house.listener, "camera", "older", house.now(), given=True)
    [camera] = [c for c in client.get("/api/consents").json() if c["sensor"] == "camera"]
    assert not camera["given"]


def test_a_sensor_nobody_has_is_refused(client: TestClient) -> None:
    body = {"sensor": "microphone", "version": "1", "given": True}
    assert_problem(client.put("/api/consents", json=body), 422, "sensor")
