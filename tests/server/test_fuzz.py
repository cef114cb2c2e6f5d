"""Requests nobody would think of, made from the interface's own description."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from affetto.server.app import create_app
from affetto.server.consent import CONSENT_TEXTS
from affetto.server.openapi import document
from affetto.server.running import address, bind
from affetto.settings import Settings
from affetto.store.database import Database
from affetto.wiring import House
from server.conftest import Clock, FakeFaces, memory_library

EXAMPLES = 8  # of each operation; the long fuzz is `make test-full`'s
schema = schemathesis.openapi.from_dict(document())
asked: Counter[str] = Counter()  # requests so far, by operation


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server on a free port."""
    folder = tmp_path_factory.mktemp("house")
    database = Database.at(folder / "affetto.db")
    database.migrate()
    house = House(
        Settings(data_dir=folder, demo=False, providers=()),
        database=database,
        libraries={"memory": memory_library(folder)},
        faces=FakeFaces(),
        clock=Clock(),
    )
    place = bind("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(create_app(house), log_config=None, ws="websockets-sansio", lifespan="on")
    )
    thread = threading.Thread(target=lambda: server.run(sockets=[place]))
    thread.start()
    where = address(place)
    for sensor in ("camera", "camera-server", "photo", "photo-server", "keep-readings"):
        body = {"sensor": sensor, "version": CONSENT_TEXTS[sensor].version, "given": True}
        httpx.put(f"{where}/api/consents", json=body).raise_for_status()
    yield where
    server.should_exit = True
    thread.join()
    place.close()


def aimed(case: Any, url: str) -> None:
    """Let every other request meet a session and a track that are there."""
    if "{id}" not in case.path:
        return
    operation = f"{case.method} {case.path}"
    asked[operation] += 1
    if asked[operation] % 2:
        return
    sensible = case.meta is not None and case.meta.generation.mode.is_positive
    if case.path.startswith("/api/sessions"):
        started = httpx.post(f"{url}/api/sessions", json={"valence": 0.5, "arousal": 0.5})
        case.path_parameters["id"] = started.json()["id"]
        if sensible and isinstance(case.body, dict):
            for name in ("uri", "playing"):
                if isinstance(case.body.get(name), str):
                    case.body[name] = started.json()["playing"]["track"]["id"]
    elif sensible:  # else the name may be what is wrong with it
        case.path_parameters["id"] = "memory:happy"


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_interface_keeps_its_word_whatever_is_asked(case: Any, url: str) -> None:
    aimed(case, url)
    # What a schema cannot say: which bytes are a picture or a history, that a place has both its
    # numbers, that a way has two ends, which text is the present one, which three numbers
    # are a covariance, which two times are a span of days, which bytes are a list of songs,
    # which years a decade begins with.
    beyond = {
        "/api/read",
        "/api/me/history",
        "/api/me/preferences",
        "/api/history/recap",
        "/api/lists/import",
        "/api/sessions",
        "/api/consents",
        "/api/sessions/{id}/readings",
    }
    aims = (case.method, case.path) == ("PATCH", "/api/sessions/{id}")
    excluded = [positive_data_acceptance] if case.path in beyond or aims else []
    case.call_and_validate(base_url=url, excluded_checks=excluded)
