"""The server as its own process: its start, its page, its photos."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from affetto.cli.bench import quantile, timed
from benches.face import portrait
from benches.live import frames, hostile, live, many_lines
from benches.table import ROUNDS, Row

if TYPE_CHECKING:
    from long_kit import Server


def serving() -> list[Row]:
    """The server as its own process: start, page, reads, and the live line."""
    from long_kit import Server, agree, cpu_ms

    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            server.start()  # composes the demo music, once
            server.kill()
            started, cpu = [], []
            for _ in range(5):
                begun = time.perf_counter()
                server.start()
                with server.client() as client:
                    client.get("/").raise_for_status()
                started.append((time.perf_counter() - begun) * 1000)
                cpu.append(cpu_ms(server.pid))
                server.kill()
            server.start()
            bare = quantile([bare_server_ms() for _ in range(3)], 0.5)
            rows = [
                Row("process start to 200 on /", quantile(started, 0.5), max(started),
                    quantile(cpu, 0.5), bar="3000 ms", met=max(started) <= 3000,
                    beside=f"an empty FastAPI application: {bare:.0f}"),
            ]  # fmt: skip
            with server.client() as client:
                agree(client, "photo-server", "camera-server")
                rows += [first_load(client), *reads(client, server), live(client, server)]
                rows += [frames(client, server, *size) for size in ((320, 240), (640, 480))]
                rows += [many_lines(client, server), hostile(client, server)]
            return rows
        finally:
            server.kill()


def bare_server_ms() -> float:
    """Start of the same web framework with nothing in it, to its first answer."""
    code = (
        "import socket, sys, uvicorn, fastapi; app = fastapi.FastAPI()\n"
        "app.get('/')(lambda: {})\n"
        "uvicorn.run(app, port=int(sys.argv[1]), log_level='error')"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    running = subprocess.Popen([sys.executable, "-c", code, str(port)])
    try:
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=2).raise_for_status()
                return (time.perf_counter() - begun) * 1000
            except httpx.TransportError:
                time.sleep(0.01)
    finally:
        running.kill()
        running.wait()


def first_load(client: httpx.Client) -> Row:
    """Bytes over the wire until the page stands: it, and all that it names."""

    def fetch(path: str) -> tuple[int, str]:
        with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
            answer.raise_for_status()
            raw = b"".join(answer.iter_raw())
        text = client.get(path).text if path.endswith((".css", "/", ".html")) else ""
        return len(raw), text

    total, seen, waiting = 0, set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        size, text = fetch(path)
        total += size
        waiting += re.findall(r"""(?:src|href)="(/[^"]+)""", text)
        waiting += re.findall(r"""url\(["']?(/[^)"']+)""", text)
    return Row(
        f"page's first load: {total / 1000:.0f} kB in {len(seen)} files",
        bar="300 kB",
        met=total <= 300_000,
        beside="before any consent; no request to another address",
    )


def reads(client: httpx.Client, server: Server) -> list[Row]:
    """Photos read over HTTP, and what the server's memory is after a hundred."""
    from long_kit import cpu_ms, resident_mb

    photo = portrait()

    def read() -> None:
        answer = client.post("/api/read", content=photo, headers={"content-type": "image/jpeg"})
        assert answer.json()["faces"], answer.text

    told = timed("", read, rounds=ROUNDS, warm_up=3)
    begun = cpu_ms(server.pid)
    for _ in range(ROUNDS):
        read()
    ended = cpu_ms(server.pid)
    each = (ended - begun) / ROUNDS if begun is not None and ended is not None else None
    a_second = 1000 / each if each else None
    empty = timed("", lambda: client.get("/api/consents"), rounds=ROUNDS)
    memory = resident_mb(server.pid)
    return [
        Row("photo over HTTP", told.median_ms, told.p95_ms,
            beside=f"an answer from the database alone: {empty.median_ms:.1f}"),
        Row("photo over HTTP, of the server's core", cpu=each, bar="90 a core-second",
            met=a_second >= 90 if a_second else None,
            beside=f"{a_second:.0f} a core-second" if a_second else "not told by this system"),
        Row("server after 100 reads", peak_mb=memory, bar="250 MB", met=memory <= 250),
    ]  # fmt: skip
