from __future__ import annotations

import gzip
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from affetto.server.app import create_app
from affetto.wiring import House
from server.conftest import HERE, assert_problem


def test_the_page_is_at_the_root_and_asked_for_each_time(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["cache-control"] == "no-cache"
    again = client.get("/", headers={"if-none-match": response.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


def test_files_with_a_fingerprint_are_kept_for_ever(client: TestClient) -> None:
    response = client.get("/assets/index-abc123.js")
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-type"].startswith("application/javascript")


def test_text_is_sent_small_to_whoever_takes_it(client: TestClient) -> None:
    plain = client.get("/assets/index-abc123.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream(
        "GET", "/assets/index-abc123.js", headers={"accept-encoding": "gzip"}
    ) as small:
        raw = b"".join(small.iter_raw())
        assert small.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 5
    assert small.headers["vary"] == "accept-encoding"


def test_what_is_small_already_is_sent_as_it_is(client: TestClient) -> None:
    response = client.get("/assets/font-abc123.woff2")
    assert response.headers["content-type"] == "font/woff2"
    assert "content-encoding" not in response.headers


def raw(client: TestClient, path: str, accepted: str) -> tuple[str, bytes]:
    """The content coding of an answer, and its bytes as they went over the wire."""
    with client.stream("GET", path, headers={"accept-encoding": accepted}) as told:
        return told.headers.get("content-encoding", ""), b"".join(told.iter_raw())


def test_what_was_made_small_when_built_is_sent_so_to_whoever_takes_it(
    client: TestClient, static: Path
) -> None:
    engine = static / "assets" / "ort-abc123.wasm"
    engine.write_bytes(b"\0asm" + bytes(400))
    engine.with_name("ort-abc123.wasm.br").write_bytes(b"brotli")
    engine.with_name("ort-abc123.wasm.gz").write_bytes(b"gzip")
    path = "/assets/ort-abc123.wasm"
    assert raw(client, path, "gzip, deflate, br") == ("br", b"brotli")
    assert raw(client, path, "gzip") == ("gzip", b"gzip")
    assert raw(client, path, "br;q=0, gzip;q=0.5") == ("gzip", b"gzip")
    assert raw(client, path, "identity") == ("", engine.read_bytes())
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert plain.headers["content-type"] == "application/wasm"
    assert_problem(client.get(f"{path}.br"), 404)


def test_a_large_file_whose_compressed_twin_went_away_is_sent_plain(
    client: TestClient, static: Path
) -> None:
    engine = static / "assets" / "ort-def456.wasm"
    engine.write_bytes(bytes(600_000))
    twin = engine.with_name("ort-def456.wasm.br")
    twin.write_bytes(bytes(300_000))
    path = "/assets/ort-def456.wasm"
    assert raw(client, path, "br") == ("br", bytes(300_000))
    twin.unlink()
    assert raw(client, path, "br") == ("", bytes(600_000))


def test_an_address_inside_the_page_shows_the_page(client: TestClient) -> None:
    assert client.get("/library").content == client.get("/").content


def test_a_file_there_is_not_is_not_the_page(client: TestClient) -> None:
    assert_problem(client.get("/assets/gone-123.js"), 404)
    assert_problem(client.get("/api"), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/.hidden.txt",
        "/a%00.js",
    ],
)
def test_nothing_outside_the_page_is_served(client: TestClient, static: Path, path: str) -> None:
    (static.parent / "secret.txt").write_text("secret")
    (static / ".hidden.txt").write_text("secret")
    response = client.get(path)
    assert "secret" not in response.text and response.status_code == 404


@pytest.mark.skipif(os.name == "nt", reason="no file can have such a name there")
@pytest.mark.parametrize("name", ["\\\\host\\share.js", "c:run.js", "index.html::data"])
def test_a_path_that_means_another_place_to_windows_is_not_even_looked_at(
    client: TestClient, static: Path, name: str
) -> None:
    (static / name).write_text("export const secret = 1;")
    response = client.get(f"/{quote(name)}")
    assert response.status_code == 404 and "secret" not in response.text
    assert client.get(f"/{quote(name.partition('.')[0])}%00").status_code == 404


def test_a_link_out_of_the_page_is_not_followed(client: TestClient, static: Path) -> None:
    (static.parent / "secret.txt").write_text("secret")
    try:
        (static / "link.txt").symlink_to(static.parent / "secret.txt")
    except OSError:
        pytest.skip("this system makes no links")
    assert_problem(client.get("/link.txt"), 404)


def test_a_page_that_was_built_again_is_served_anew(client: TestClient, static: Path) -> None:
    client.get("/")
    (static / "index.html").write_text("<!doctype html><title>newer</title>")
    assert "newer" in client.get("/").text


def test_a_page_that_was_never_built_says_what_to_do(house: House, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with TestClient(create_app(house, static=empty), base_url=HERE) as client:
        response = client.get("/")
    assert response.status_code == 503
    assert "make run" in response.text
    assert response.headers["content-type"].startswith("text/html")


def test_the_head_of_the_page_sends_nothing(client: TestClient) -> None:
    response = client.head("/")
    assert response.status_code == 200 and response.content == b""
