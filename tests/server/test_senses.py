from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import pytest
from fastapi.testclient import TestClient

import faces_kit
from affetto.senses.face import Doubt, FaceReader
from affetto.senses.face_doubt import WORDS
from affetto.server.consent import CONSENT_TEXTS
from affetto.settings import Settings
from affetto.wiring import House
from server.conftest import FakeFaces, agree, assert_problem, picture

JPEG = {"content-type": "image/jpeg"}
FROM_THE_PAGE = {**JPEG, "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def agreed(client: TestClient) -> None:
    agree(client, "photo-server")


def test_a_photo_says_how_the_face_looks(client: TestClient, faces: FakeFaces) -> None:
    response = client.post("/api/read", content=picture(), headers=JPEG)
    assert response.status_code == 200
    told = response.json()
    [face] = told["faces"]
    assert face["expression"] == "happy"
    assert face["box"] == [10, 20, 100, 100]
    assert face["confidence"] == 0.9
    assert face["valence"] > 0.5
    assert sum(face["probabilities"].values()) == pytest.approx(1.0)
    assert (told["others"], told["width"], told["height"]) == (0, 64, 48)
    assert faces.looks == [True]  # a photo is looked at thoroughly


def test_others_in_the_photo_are_counted_and_not_read(client: TestClient, faces: FakeFaces) -> None:
    faces.expressions = ["sad", "happy", "neutral"]
    told = client.post("/api/read", content=picture(), headers=JPEG).json()
    assert [face["expression"] for face in told["faces"]] == ["sad"]
    assert told["others"] == 2


def test_no_face_is_an_answer(client: TestClient, faces: FakeFaces) -> None:
    faces.expressions = []
    response = client.post("/api/read", content=picture(), headers=JPEG)
    assert response.status_code == 200
    assert (response.json()["faces"], response.json()["others"]) == ([], 0)


@pytest.mark.parametrize("doubt", get_args(Doubt))
def test_a_face_in_doubt_is_told_with_what_helps_and_not_read(
    client: TestClient, faces: FakeFaces, doubt: Doubt
) -> None:
    faces.doubt = doubt
    faces.expressions = ["sad", "happy"]
    response = client.post("/api/read", content=picture(), headers=JPEG)
    assert response.status_code == 200
    told = response.json()
    assert told["faces"] == []
    assert told["unread"] == [{"box": [10, 20, 100, 100], "doubt": doubt, "words": WORDS[doubt]}]
    assert told["others"] == 1


def test_a_face_that_is_read_is_not_in_doubt(client: TestClient) -> None:
    assert client.post("/api/read", content=picture(), headers=JPEG).json()["unread"] == []


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_picture_are_read_too(client: TestClient, kind: str) -> None:
    response = client.post(
        "/api/read",
        content=picture(kind=kind),
        headers={"content-type": "application/octet-stream"},
    )
    assert response.status_code == 200


def test_a_page_reads_nothing_without_consent(client: TestClient, faces: FakeFaces) -> None:
    agree(client, "photo-server", given=False)
    response = client.post("/api/read", content=picture(), headers=FROM_THE_PAGE)
    assert_problem(response, 403, "not agreed", CONSENT_TEXTS["photo-server"].version)
    assert faces.looks == []


def test_a_program_that_sends_a_picture_has_decided_for_itself(client: TestClient) -> None:
    agree(client, "photo-server", given=False)
    assert client.post("/api/read", content=picture(), headers=JPEG).status_code == 200


def test_consent_to_the_camera_is_no_consent_to_photos(client: TestClient) -> None:
    agree(client, "photo-server", given=False)
    agree(client, "camera")
    assert_problem(client.post("/api/read", content=picture(), headers=FROM_THE_PAGE), 403)


def test_a_text_file_named_jpg_is_named_as_what_it_is_not(client: TestClient) -> None:
    response = client.post("/api/read", content=b"dear diary", headers=JPEG)
    assert_problem(response, 422)


def test_an_empty_and_a_broken_picture_are_refused(client: TestClient) -> None:
    assert_problem(client.post("/api/read", content=b"", headers=JPEG), 422)
    assert_problem(client.post("/api/read", content=picture()[:200], headers=JPEG), 422)


def test_a_body_that_is_no_picture_is_refused(client: TestClient) -> None:
    response = client.post("/api/read", content=b"{}", headers={"content-type": "text/plain"})
    assert_problem(response, 415, "no picture")


def test_a_picture_too_large_is_refused_by_its_own_word(
    client: TestClient, settings: Settings, faces: FakeFaces
) -> None:
    limit = settings.photo_limit_mb * 1_000_000
    response = client.post("/api/read", content=bytes(limit + 1), headers=JPEG)
    assert_problem(response, 413, "25 MB")
    assert faces.looks == []


def test_a_picture_that_grows_too_large_is_cut_off(client: TestClient, settings: Settings) -> None:
    sent = 0

    def growing():  # type: ignore[no-untyped-def]
        nonlocal sent
        for _ in range(settings.photo_limit_mb + 5):
            sent += 1
            yield bytes(1_000_000)

    assert_problem(client.post("/api/read", content=growing(), headers=JPEG), 413)


def test_a_photo_leaves_no_trace(
    client: TestClient,
    house: House,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """With the real reader; a temporary file that is gone at once would be a trace too."""
    house._faces = FaceReader(
        models=faces_kit.with_opinion(faces_kit.with_detector(tmp_path / "models"))
    )
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    photo = faces_kit.encoded(faces_kit.astronaut(), quality=98)
    assert len(photo) > 100_000
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    with caplog.at_level(logging.DEBUG), opened_to_write() as opened:
        told = client.post("/api/read", content=photo, headers=JPEG).json()
    assert told["faces"][0]["expression"] == "happy"
    assert opened == []
    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before
    for path in after:
        assert photo[1000:1100] not in path.read_bytes()
    assert "happy" not in caplog.text


def test_a_file_that_is_written_does_not_go_unnoticed(tmp_path: Path) -> None:
    with opened_to_write() as opened:
        (tmp_path / "a").write_bytes(b"")
        with tempfile.TemporaryFile(dir=tmp_path):
            pass
        (tmp_path / "a").read_bytes()
    assert str(tmp_path / "a") in opened
    assert set(opened) != {str(tmp_path / "a")}  # the nameless one too


@contextmanager
def opened_to_write() -> Iterator[list[str]]:
    """The files this process opens for writing meanwhile, other than compiled modules."""
    opened: list[str] = []
    watching = True

    def hook(event: str, details: tuple[object, ...]) -> None:
        if watching and event == "open":
            path, _, flags = details
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if writes and "__pycache__" not in str(path):
                opened.append(str(path))

    sys.addaudithook(hook)  # stays for good, and keeps quiet afterwards
    try:
        yield opened
    finally:
        watching = False


def test_without_a_model_the_remedy_is_told(client: TestClient, faces: FakeFaces) -> None:
    from affetto.errors import ModelMissing

    def fail() -> None:
        raise ModelMissing("The model is missing.", remedy="Reinstall affetto.")

    faces.before_looking = fail
    assert_problem(client.post("/api/read", content=picture(), headers=JPEG), 503, "Reinstall")
