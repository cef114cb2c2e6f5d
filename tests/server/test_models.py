"""The models, for pages that read faces themselves."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import faces_kit
from affetto import wiring
from affetto.inference import shelf
from affetto.wiring import MODELS
from server.conftest import assert_problem


@pytest.fixture(autouse=True)
def models(tmp_path: Path) -> None:
    faces_kit.with_detector(tmp_path / "models")  # skips where they are not built


def told(client: TestClient) -> dict[str, dict[str, object]]:
    return {model["name"]: model for model in client.get("/api/house").json()["sensing"]["models"]}


def test_the_page_is_told_all_it_takes_to_read_a_face(client: TestClient) -> None:
    assert tuple(told(client)) == MODELS
    card = told(client)["expression"]["card"]
    _, own = shelf.find("expression")
    assert card == {
        "name": own.name,
        "version": own.version,
        "labels": list(own.labels),
        "temperature": own.temperature,
        "votes": list(own.votes),
        "votes_temperature": own.votes_temperature,
    }


def test_faces_are_read_on_the_device_unless_the_listener_chooses_the_server(
    client: TestClient,
) -> None:
    assert client.get("/api/house").json()["sensing"]["where"] == ["device", "server"]


def test_where_a_model_is_missing_faces_are_read_nowhere(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "MODELS", (*MODELS, "missing"))
    sensing = client.get("/api/house").json()["sensing"]
    assert (sensing["where"], sensing["models"]) == ([], [])


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_the_very_file_that_the_server_runs(client: TestClient, name: str) -> None:
    model = told(client)[name]
    sent = client.get(str(model["url"]))
    assert sent.status_code == 200
    assert "immutable" in sent.headers["cache-control"]
    assert hashlib.sha256(sent.content).hexdigest() == model["sha256"]
    assert len(sent.content) == model["bytes"]
    assert str(model["sha256"])[:12] in str(model["url"])


def test_a_model_is_sent_small_and_smallest_where_the_build_left_it(
    client: TestClient, static: Path
) -> None:
    model = told(client)["face-detector-near"]
    url = str(model["url"])
    (static / "models").mkdir()
    (static / f"{url[1:]}.br").write_bytes(b"brotli")
    with client.stream("GET", url, headers={"accept-encoding": "br, gzip"}) as sent:
        assert sent.headers["content-encoding"] == "br"
        assert b"".join(sent.iter_raw()) == b"brotli"
    with client.stream("GET", url, headers={"accept-encoding": "gzip"}) as sent:
        assert sent.headers["content-encoding"] == "gzip"
        small = b"".join(sent.iter_raw())
    assert hashlib.sha256(gzip.decompress(small)).hexdigest() == model["sha256"]


def test_another_version_of_a_model_is_not_here(client: TestClient) -> None:
    assert_problem(client.get("/models/expression-000000000000.onnx"), 404, "/api/house")
    assert_problem(client.get("/models/..%2f..%2fexpression.card.json"), 404)


def test_where_a_model_is_missing_none_is_offered(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("affetto.wiring.MODELS", ("face-detector-near", "gone"))
    assert told(client) == {}
