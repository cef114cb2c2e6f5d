from __future__ import annotations

import asyncio
import errno
import io
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from affetto.cli.progress import progress
from affetto.cli.serve import open_in_browser, serve_until_stopped
from affetto.errors import AffettoError
from affetto.server.desk import SessionDesk
from affetto.server.running import PortTaken, RunningServer, address, bind, refusal
from affetto.settings import Settings
from cli.doors import Terminal

SAID = re.compile(r"Affetto plays at (http://127\.0\.0\.1:(\d+)) \(Ctrl-C stops\)")


def said(process: subprocess.Popen[str]) -> str:
    """The address a server names when it is ready."""
    assert process.stdout is not None
    line = process.stdout.readline()
    match = SAID.match(line)
    assert match, (line, process.stderr.read() if process.stderr and process.poll() else "")
    return match[1]


def ended(process: subprocess.Popen[str], number: int) -> tuple[float, str]:
    began = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=15)
    return time.monotonic() - began, err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped_and_stops_cleanly(terminal: Terminal, number: int) -> None:
    from websockets.sync.client import connect

    process = terminal.starts("serve", "--no-open")
    try:
        url = said(process)
        assert httpx.get(f"{url}/api/house").json()["tracks"] == 4
        assert RunningServer.noted(terminal.folder) == RunningServer(url, process.pid)
        session = httpx.post(f"{url}/api/sessions", json={"valence": 0.5, "arousal": 0.5}).json()
        live = f"{url.replace('http', 'ws')}/api/live?session={session['id']}"
        with connect(live) as socket:
            assert session["id"] in socket.recv()
            took, err = ended(process, number)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0
    assert took < 2
    assert err == "Affetto has stopped.\n"
    assert RunningServer.noted(terminal.folder) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
def test_a_session_outlives_a_server_that_was_killed(terminal: Terminal) -> None:
    process = terminal.starts("serve", "--no-open")
    try:
        url = said(process)
        before = httpx.post(f"{url}/api/sessions", json={"valence": 0.5, "arousal": 0.5}).json()
    finally:
        process.kill()
        process.communicate()
    process = terminal.starts("serve", "--no-open")
    try:
        after = httpx.get(f"{said(process)}/api/sessions/current").json()
    finally:
        process.kill()
        process.communicate()
    assert after["id"] == before["id"]
    assert after["playing"] == before["playing"] and after["queue"] == before["queue"]


def settings(tmp_path: Path, **given: object) -> Settings:
    return Settings(
        data_dir=tmp_path, demo=False, providers=("memory",), open_browser=False, **given
    )  # type: ignore[arg-type]


def served_once(given: Settings, *, insist: bool = False) -> str:
    """Serve in this process, ask for the house, and press Ctrl-C."""
    urls: list[str] = []

    async def begin(_desk: SessionDesk, url: str) -> None:
        async def ask_then_stop() -> None:
            try:
                async with httpx.AsyncClient() as client:
                    assert (await client.get(f"{url}/api/house")).status_code == 200
                urls.append(url)
            finally:
                signal.raise_signal(signal.SIGINT)

        tasks.append(asyncio.create_task(ask_then_stop()))

    tasks: list[asyncio.Task[None]] = []
    serve_until_stopped(given, insist=insist, begin=begin)
    assert urls
    return urls[0]


def test_it_serves_on_the_port_of_the_settings(tmp_path: Path) -> None:
    place = bind("127.0.0.1", 0)
    port = place.getsockname()[1]
    place.close()
    assert served_once(settings(tmp_path, port=port)) == f"http://127.0.0.1:{port}"


def test_a_taken_port_is_said_aloud_and_a_free_one_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        url = served_once(settings(tmp_path, port=port))
    assert not url.endswith(f":{port}")
    assert f"Port {port} is taken, so Affetto uses {url.rpartition(':')[2]}." in (
        capsys.readouterr().err
    )


def test_a_taken_port_that_was_asked_for_is_a_failure(terminal: Terminal) -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        told = terminal.types("serve", "--no-open", "--port", str(port))
    assert told.exit_code == 1
    assert f"Port {port} cannot be used" in told.stderr and "--port" in told.stderr


def test_the_network_is_refused(terminal: Terminal) -> None:
    told = terminal.types("serve", "--host", "0.0.0.0")
    assert told.exit_code == 2 and "no sign-in yet" in told.stderr


def test_a_house_that_does_not_open_frees_the_port(tmp_path: Path) -> None:
    place = bind("127.0.0.1", 0)
    port = place.getsockname()[1]
    place.close()
    (tmp_path / "affetto.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(Exception, match="damaged"):
        served_once(settings(tmp_path, port=port))
    bind("127.0.0.1", port).close()


def test_addresses_are_ones_a_browser_takes() -> None:
    with bind("127.0.0.1", 0) as place:
        assert address(place) == f"http://127.0.0.1:{place.getsockname()[1]}"
        with pytest.raises(PortTaken):
            bind("127.0.0.1", place.getsockname()[1])
    if socket.has_ipv6:
        try:
            place = bind("::1", 0)
        except AffettoError:
            return  # no IPv6 on this machine after all
        with place:
            assert address(place).startswith("http://[::1]:")


def test_only_a_taken_port_is_called_taken() -> None:
    with pytest.raises(AffettoError, match=r"address 192\.0\.2\.1 cannot be used") as caught:
        bind("192.0.2.1", 0)  # set aside for examples: no machine has it
    assert not isinstance(caught.value, PortTaken) and "--host" in caught.value.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="to Windows a taken port is a shut one")
def test_a_port_without_permission_is_called_so() -> None:
    told = refusal(PermissionError(errno.EACCES, "Permission denied"), "127.0.0.1", 80)
    assert not isinstance(told, PortTaken)
    assert "account may not open port 80" in told.problem and "above 1023" in told.remedy


def test_a_second_server_of_the_same_house_leads_to_the_first(terminal: Terminal) -> None:
    process = terminal.starts("serve", "--no-open")
    try:
        url = said(process)
        told = terminal.types("serve", "--no-open")
        assert (told.exit_code, told.stdout) == (0, f"Affetto plays already at {url}\n")
        assert RunningServer.noted(terminal.folder) == RunningServer(url, process.pid)
        assert httpx.get(f"{url}/api/house").status_code == 200
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"url": 1, "pid": "x"}'])
def test_a_note_nobody_understands_is_no_note(tmp_path: Path, note: str) -> None:
    assert RunningServer.noted(tmp_path) is None
    (tmp_path / "server.json").write_text(note)
    assert RunningServer.noted(tmp_path) is None


def test_the_note_of_another_server_is_left_alone(tmp_path: Path) -> None:
    other, ours = RunningServer("http://127.0.0.1:1", 1), RunningServer("http://127.0.0.1:2", 2)
    other.note(tmp_path)
    ours.unnote(tmp_path)
    assert RunningServer.noted(tmp_path) == other
    other.unnote(tmp_path)
    assert RunningServer.noted(tmp_path) is None


def test_without_a_screen_no_browser_is_looked_for() -> None:
    open_in_browser("http://127.0.0.1:1", environment={})  # returns; nothing to see


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_redraws_on_a_terminal() -> None:
    screen = Screen()
    with progress("Composing", to=screen) as show:
        for done in range(5):
            show(done, 4, f"Piece {done}")
    text = screen.getvalue()
    assert text.count("\n") == 1 and text.count("\r") == 5
    assert "[########################] 4/4 Piece 4" in text


def test_progress_is_a_few_lines_in_a_log() -> None:
    log = io.StringIO()
    with progress("Composing", to=log) as show:
        for done in range(1, 101):
            show(done, 100, "x")
    lines = log.getvalue().splitlines()
    assert lines == [
        "Composing: 1/100", "Composing: 25/100", "Composing: 50/100",
        "Composing: 75/100", "Composing: 100/100",
    ]  # fmt: skip


def test_nothing_to_do_shows_nothing() -> None:
    screen = Screen()
    with progress("Composing", to=screen):
        pass
    assert screen.getvalue() == ""


@pytest.mark.parametrize("words", [("--port", "99999"), ("--host", "0.0.0.0")])
def test_an_option_that_cannot_be_is_what_the_remedy_speaks_of(
    terminal: Terminal, words: tuple[str, str]
) -> None:
    told = terminal.types("serve", *words)
    assert told.exit_code == 2
    assert words[0] in told.stderr and "affetto.toml" not in told.stderr


def test_a_setting_that_cannot_be_is_not_blamed_on_an_option(terminal: Terminal) -> None:
    terminal.env["AFFETTO_QUEUE_AHEAD"] = "0"
    told = terminal.types("serve", "--host", "localhost")
    assert told.exit_code == 2 and "AFFETTO_QUEUE_AHEAD" in told.stderr
