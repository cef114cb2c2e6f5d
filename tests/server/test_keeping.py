"""What was learned and cannot be read any more."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.listening.learning import Learning
from affetto.server import keeping
from affetto.wiring import House


@pytest.fixture
def keep(house: House) -> Any:
    def keep(record: dict[str, Any], version: int = 2) -> None:
        now = house.now()
        house.history.begin(house.listener, "s1", "match", {}, now)
        house.history.keep(house.listener, "s1", "match", {}, now, learned=record)
        with house.database.session() as session:
            session.connection().exec_driver_sql(f"UPDATE tastes SET version = {version}")

    return keep


@pytest.mark.parametrize(
    ("record", "version"),
    [
        ({"listener": {"following": {}}}, 2),
        ({"listener": 5}, 2),
        ({}, 2),
        ({"anything": [1, "later"]}, 99),
    ],
    ids=["half of it", "no listener", "nothing", "from a newer version"],
)
def test_what_cannot_be_read_is_put_aside_and_said(
    house: House,
    keep: Any,
    caplog: pytest.LogCaptureFixture,
    record: dict[str, Any],
    version: int,
) -> None:
    keep(record, version)
    with caplog.at_level(logging.WARNING):
        assert keeping.learned(house) is None
        assert keeping.learned(house) is None
    (aside,) = house.settings.data_dir.glob("learned-*.json")
    assert json.loads(aside.read_text()) == record
    assert "Nothing is lost" in caplog.text and str(aside) in caplog.text


def test_what_can_be_read_is_known_and_nothing_put_aside(house: House, keep: Any) -> None:
    keep(Learning().to_record())
    assert keeping.learned(house) is not None
    assert not list(house.settings.data_dir.glob("learned-*.json"))


def test_forgetting_forgets_what_was_put_aside(house: House, keep: Any, client: TestClient) -> None:
    keep({"listener": 5})
    assert keeping.learned(house) is None
    assert list(house.settings.data_dir.glob("learned-*.json"))
    assert client.delete("/api/me/learned").status_code == 204
    assert not list(house.settings.data_dir.glob("learned-*"))
