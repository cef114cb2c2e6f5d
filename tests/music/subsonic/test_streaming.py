"""A Subsonic server's songs through our own server, as a browser asks for them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from affetto.music.provider import connect
from affetto.music.subsonic import streaming
from affetto.server.app import create_app
from affetto.settings import Settings
from affetto.store.database import Database
from affetto.wiring import House
from music.subsonic.fake import SOUND, Answer, FakeServer, song
from subsonic_kit import Supysonic

HERE = "http://127.0.0.1:8765"
Doors = Callable[[dict[str, str]], TestClient]


@pytest.fixture
def through(tmp_path: Path, database: Database) -> Iterator[Doors]:
    """Our own server, with one Subsonic server behind it."""
    clients: list[TestClient] = []
    static = tmp_path / "static"
    static.mkdir()
    (static / "index.html").write_text("<!doctype html><title>affetto</title>")

    def opened(settings: dict[str, str]) -> TestClient:
        library = connect("subsonic", settings).library
        assert library is not None
        house = House(
            Settings(data_dir=tmp_path / "data", demo=False, providers=("memory",)),
            database=database,
            libraries={"subsonic": library},
        )
        client = TestClient(create_app(house, static=static), base_url=HERE)
        clients.append(client.__enter__())
        return client

    yield opened
    for client in clients:
        client.__exit__(None, None, None)


def audio_of(client: TestClient, title: str) -> str:
    found = client.get("/api/tracks", params={"q": title}).json()["tracks"]
    return f"/api/tracks/{found[0]['id']}/audio"


def test_a_song_is_in_the_library_and_sounds_byte_for_byte(
    through: Doors, supysonic: Supysonic, songs_folder: Path
) -> None:
    client = through(supysonic.settings)
    audio = audio_of(client, "Two Song")
    file = (songs_folder / "Someone" / "Things" / "Two.flac").read_bytes()
    whole = client.get(audio)
    assert (whole.status_code, whole.content) == (200, file)
    assert whole.headers["content-type"] == "audio/flac"
    assert whole.headers["accept-ranges"] == "bytes"
    assert int(whole.headers["content-length"]) == len(file)
    for asked, expected in (
        ("bytes=0-", file),
        ("bytes=100-299", file[100:300]),
        ("bytes=-50", file[-50:]),
    ):
        part = client.get(audio, headers={"range": asked})
        assert (part.status_code, part.content) == (206, expected)
        assert part.headers["content-range"].endswith(f"/{len(file)}")
    beyond = client.get(audio, headers={"range": "bytes=9999999-"})
    assert (beyond.status_code, beyond.content) == (416, b"")
    assert beyond.headers["content-range"] == f"bytes */{len(file)}"


def test_asking_for_the_head_alone_fetches_no_song(through: Doors, fake: FakeServer) -> None:
    fake.sounds["s1"] = bytes(30_000_000)
    client = through(fake.settings)
    head = client.head(audio_of(client, "Song 1"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == "audio/mpeg"
    assert int(head.headers["content-length"]) == 30_000_000


def test_the_pictures_come_through_too(through: Doors, supysonic: Supysonic) -> None:
    client = through(supysonic.settings)
    cover = audio_of(client, "Two Song").replace("/audio", "/cover")
    assert client.get(cover).headers["content-type"] == "image/png"


def test_a_restart_in_the_middle_is_told_and_then_over(
    through: Doors, supysonic: Supysonic, songs_folder: Path
) -> None:
    client = through(supysonic.settings)
    audio = audio_of(client, "One Song")
    file = (songs_folder / "Someone" / "Things" / "One.mp3").read_bytes()
    assert client.get(audio, headers={"range": "bytes=0-99"}).content == file[:100]
    supysonic.stop()
    try:
        away = client.get(audio, headers={"range": "bytes=100-"})
        assert away.status_code == 502
        assert away.headers["content-type"] == "application/problem+json"
        assert "cannot be reached" in away.json()["problem"]
        assert client.get("/api/tracks").json()["total"] == 4  # what is known stays known
    finally:
        supysonic.start()
    rest = client.get(audio, headers={"range": "bytes=100-"})
    assert (rest.status_code, rest.content) == (206, file[100:])


def test_a_song_that_breaks_off_goes_on_where_it_was(
    through: Doors, fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "PAUSES_S", (0.0, 0.0, 0.0))
    client = through(fake.settings)
    audio = audio_of(client, "Song 1")
    breaks = iter([3000, 40_000])

    def breaking(query: dict[str, list[str]]) -> Answer:
        """Sends less than it says, twice; and once it is not there at all."""
        whole = fake._stream(song(1), "raw", fake.part)
        length = next(breaks, None)
        if length is None:
            del fake.instead["stream"]
            return 503, {}, b""
        return whole[0], whole[1] | {"Content-Length": str(len(whole[2]))}, whole[2][:length]

    fake.instead["stream"] = breaking
    got = client.get(audio, headers={"range": "bytes=1000-200000"})
    assert (got.status_code, got.content) == (206, SOUND[1000:200_001])


def test_a_song_whose_server_stays_away_ends_early_and_can_be_fetched_on(
    through: Doors,
    fake: FakeServer,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streaming, "PAUSES_S", (0.0, 0.0))
    caplog.set_level(logging.WARNING)
    client = through(fake.settings)
    audio = audio_of(client, "Song 1")
    whole = {
        "Content-Type": "audio/mpeg",
        "Content-Length": str(len(SOUND)),
        "Accept-Ranges": "bytes",
    }
    # The same for every part asked for, as if the file had been replaced.
    fake.instead["stream"] = lambda _: (200, whole, SOUND[:1000])
    assert client.get(audio).content == SOUND[:1000]
    assert "another file" in caplog.text
    fake.instead["stream"] = lambda _: (200, whole | {"Accept-Ranges": "none"}, SOUND[:1000])
    assert client.get(audio).content == SOUND[:1000]
    assert "broke off in the middle" in caplog.text
    del fake.instead["stream"]
    assert client.get(audio, headers={"range": "bytes=1000-"}).content == SOUND[1000:]


def test_a_stream_nobody_reads_to_its_end_is_let_go(through: Doors, fake: FakeServer) -> None:
    fake.songs = [song(1)]
    fake.sounds["s1"] = bytes(20_000_000)
    client = through(fake.settings)
    with client.stream("GET", audio_of(client, "Song 1")) as response:
        assert next(response.iter_raw(1000)) == bytes(1000)
    assert client.get("/api/tracks").json()["total"] == 1
