"""Somebody else's package, installed without the network, is a provider like ours."""

from __future__ import annotations

import asyncio
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

import plugin_kit
from affetto.music.provider import connect, described, package_of
from affetto.track import Track, TrackUri
from cli.doors import Terminal


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plugin_kit.install(tmp_path_factory.mktemp("plugin"))


@pytest.fixture
def terminal(tmp_path: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.syspath_prepend(str(installed))
    return Terminal(tmp_path / "data", AFFETTO_PROVIDERS="[]")


def test_the_doctor_lists_it_with_the_package_it_came_from(terminal: Terminal) -> None:
    said = terminal.types("doctor").stdout
    told = "Jukebox (of the package affetto-sample-jukebox), installed, not connected."
    assert f"ok    provider jukebox: {told}" in said
    assert "provider memory: " in said and "(of the package affetto)" not in said


def test_it_is_connected_by_answering_what_it_asks(terminal: Terminal) -> None:
    from typer.testing import CliRunner

    from affetto.cli.main import app

    def connects(coin: str) -> tuple[int, str]:
        told = CliRunner().invoke(
            app, ["providers", "connect", "jukebox"], env=terminal.env, input=f"cellar\n{coin}\n"
        )
        return told.exit_code, told.output

    code, said = connects("button")
    assert code == 1 and "fail  coin: The coin does not fit." in said
    assert "Put in a dime." in said and "nothing was kept" in said
    code, said = connects("dime")
    assert code == 0 and "ok    coin: The coin fits." in said
    assert "dime" not in said.replace("Put in a dime.", "")  # typed without being shown
    assert "none  lamp" in said

    listed = {one["name"]: one for one in json.loads(_said(terminal, "list", "--json"))}
    assert listed["jukebox"] == {"name": "jukebox", "title": "Jukebox", "state": "connected"}
    assert "Jukebox (of the package affetto-sample-jukebox), connected, works." in (
        terminal.types("doctor").stdout
    )
    assert "ok    coin" in _said(terminal, "test", "jukebox")
    data = terminal.folder.glob("affetto.db*")
    assert not any(b"dime" in file.read_bytes() for file in data)

    assert terminal.types("providers", "disconnect", "jukebox").exit_code == 0
    assert "not connected: Jukebox" in _said(terminal, "list")
    told = terminal.types("providers", "test", "jukebox")
    assert told.exit_code == 1 and "not connected" in told.stderr


def test_a_kept_provider_that_stops_working_is_ill(terminal: Terminal) -> None:
    given = ("providers", "connect", "jukebox", "--set", "room=attic", "--set", "coin=button")
    assert terminal.types(*given).exit_code == 1
    assert terminal.types(*given, "--anyway").exit_code == 0
    told = terminal.types("doctor").stdout
    assert "fail  provider jukebox: coin: The coin does not fit." in told
    assert terminal.types("providers", "test", "jukebox").exit_code == 1


def test_what_cannot_be_connected_is_said(terminal: Terminal) -> None:
    told = terminal.types("providers", "connect", "nowhere")
    assert told.exit_code == 1 and "jukebox" in told.stderr  # it names those installed
    told = terminal.types("providers", "connect", "jukebox", "--set", "room")
    assert told.exit_code == 2 and "--set host=127.0.0.1" in told.stderr
    told = terminal.types("providers", "connect", "jukebox", "--set", "coin=dime")
    assert told.exit_code == 2 and "no room" in told.stderr


def test_a_running_server_is_told_so_that_it_counts_at_once(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self.answer(200, {"connected": True, "checks": []}, body)

        def do_DELETE(self) -> None:
            self.answer(404, {"problem": "It is gone already.", "remedy": "Nothing is to do."}, "")

        def answer(self, status: int, told: object, body: str) -> None:
            asked.append(f"{self.command} {self.path} {body}".strip())
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr("affetto.cli.serve.running_server", lambda _settings: url)
        serving = Thread(target=server.serve_forever, daemon=True)
        serving.start()
        told = terminal.types("providers", "connect", "memory")
        assert told.exit_code == 0 and "memory is connected." in told.stderr
        told = terminal.types("providers", "disconnect", "memory")
        assert told.exit_code == 2 and "It is gone already." in told.stderr
        server.shutdown()
        serving.join()
    assert asked == [
        'POST /api/providers/memory/connect {"settings":{},"anyway":false}',
        "DELETE /api/providers/memory",
    ]
    told = terminal.types("providers", "disconnect", "memory")
    assert told.exit_code == 1 and "does not answer" in told.stderr


def test_its_player_keeps_time_and_its_songs_follow_each_other(terminal: Terminal) -> None:
    provider = connect("jukebox", {"room": "attic"})
    assert described("jukebox").asks[1].secret
    assert package_of("jukebox") == "affetto-sample-jukebox" and package_of("nowhere") == ""
    player = provider.player
    assert player is not None
    one, two = (Track(TrackUri(f"jukebox:{n}"), n, duration_s=0.05) for n in "ab")

    async def story() -> list[str | None]:
        await player.play(one)
        await player.follow(two)
        heard: list[str | None] = []
        async for now in player.changes():
            heard.append(now.uri)
            if now.uri is None:
                return heard
        return heard

    heard = asyncio.run(asyncio.wait_for(story(), 10))
    assert list(dict.fromkeys(heard)) == [one.uri, two.uri, None]


def _said(terminal: Terminal, *words: str) -> str:
    told = terminal.types("providers", *words)
    assert told.exit_code == 0, told.output
    return told.stdout
