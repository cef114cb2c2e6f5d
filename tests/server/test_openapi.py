from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.server.openapi import document, main, text

CLONE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return document()


def test_the_committed_document_is_the_one_the_server_tells() -> None:
    committed = CLONE / "web" / "openapi.json"
    assert committed.read_text(encoding="utf-8") == text(), (
        "web/openapi.json is stale: run python -m affetto.server.openapi"
    )


def test_the_server_tells_its_own_interface(client: TestClient) -> None:
    told = client.get("/api/openapi.json").json()
    assert set(told["paths"]) == set(document()["paths"])


def operations(told: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_operation_has_a_tidy_name_of_its_own(told: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(told)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for name in names)


def test_every_operation_says_what_it_does_and_how_it_fails(told: dict[str, Any]) -> None:
    for path, method, operation in operations(told):
        assert operation["description"], path
        failures = {s: r for s, r in operation["responses"].items() if s.startswith(("4", "5"))}
        assert failures, (path, method)
        for status, response in failures.items():
            if status == "416" or path.endswith("/callback"):  # told in a header, or to a person
                continue
            schema = response["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}, (path, status)
            assert "application/json" not in response["content"]


def test_every_shape_that_is_referred_to_is_there(told: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(told)))
    assert named <= set(told["components"]["schemas"])
    assert {"SessionEvent", "ReadingEvent", "PongEvent", "Ping"} <= set(
        told["components"]["schemas"]
    )


def test_no_shape_lets_unknown_fields_in(told: dict[str, Any]) -> None:
    for name, schema in told["components"]["schemas"].items():
        if schema["type"] == "object":
            assert schema["additionalProperties"] is False, name


def test_the_document_can_be_written_anywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(tmp_path / "told.json")])
    main(["-"])
    assert (tmp_path / "told.json").read_text(encoding="utf-8") == capsys.readouterr().out == text()
