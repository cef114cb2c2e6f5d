"""Camera frames on the live line: how soon they are answered, and at what cost."""

from __future__ import annotations

import json
import statistics
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx

from affetto.cli.bench import quantile
from benches.face import portrait
from benches.table import ROUNDS, Row

if TYPE_CHECKING:
    from long_kit import Server


def live(client: httpx.Client, server: Server) -> Row:
    """A camera frame sent, to the message that the queue is another, in new sessions."""
    from websockets.sync.client import connect

    photo, queue_ms, reading_ms = portrait(), [], []
    for _ in range(ROUNDS // 2):
        session = client.post("/api/sessions", json={}).json()
        address = f"ws://127.0.0.1:{server.port}/api/live?session={session['id']}"
        with connect(address, compression=None) as line:
            json.loads(line.recv(10))  # the session as it is
            begun = time.perf_counter()
            line.send(photo)
            changed = read = False
            while not (changed and read):
                told: dict[str, Any] = json.loads(line.recv(10))
                took = (time.perf_counter() - begun) * 1000
                if told["type"] == "reading":
                    assert told["face"], told
                    read = True
                    reading_ms.append(told["ms"])
                elif told["type"] == "session" and told["session"]["queue"] != session["queue"]:
                    changed = True
                    queue_ms.append(took)
    return Row(
        "camera frame to queue change",
        quantile(queue_ms, 0.5),
        quantile(queue_ms, 0.95),
        beside=f"of which reading the frame: {quantile(reading_ms, 0.5):.1f}",
    )


def frames(client: httpx.Client, server: Server, width: int, height: int) -> Row:
    """Camera frames read on one live line: what each takes of the server's processor."""
    from websockets.sync.client import connect

    from long_kit import busy_ms

    frame, cpu, wall = portrait(width, height), [], []
    session = client.post("/api/sessions", json={}).json()
    address = f"ws://127.0.0.1:{server.port}/api/live?session={session['id']}"
    with connect(address, compression=None) as line:
        for _ in range(2 * ROUNDS):
            begun, before = time.perf_counter(), busy_ms(server.pid)
            line.send(frame)
            while (told := json.loads(line.recv(10)))["type"] != "reading":
                pass
            assert told["face"], told
            wall.append((time.perf_counter() - begun) * 1000)
            after = busy_ms(server.pid)
            if before is not None and after is not None:
                cpu.append(after - before)
    what = f"camera frame on the live line, {width} × {height}"
    if not cpu:
        return Row(what, quantile(wall, 0.5), quantile(wall, 0.95))
    mean = statistics.mean(cpu)
    return Row(
        what, quantile(wall, 0.5), quantile(wall, 0.95), mean,
        bar="90 a core-second", met=1000 / mean >= 90,
        beside=f"{1000 / mean:.0f} a core-second; CPU median {quantile(cpu, 0.5):.1f}, "
        f"p95 {quantile(cpu, 0.95):.1f}",
    )  # fmt: skip


LINES, RATE, LASTING_S = 4, 2.0, 30.0


def many_lines(client: httpx.Client, server: Server) -> Row:
    """Four pages that send two frames a second each, for half a minute, to their answers."""
    from websockets.sync.client import connect

    frame = portrait()
    session = client.post("/api/sessions", json={}).json()
    address = f"ws://127.0.0.1:{server.port}/api/live?session={session['id']}"
    wall: list[float] = []

    def one_page(number: int) -> None:
        with connect(address, compression=None) as line:
            begun = time.perf_counter() + number / LINES / RATE  # not all at one instant
            for k in range(round(LASTING_S * RATE)):
                time.sleep(max(0.0, begun + k / RATE - time.perf_counter()))
                sent = time.perf_counter()
                line.send(frame)
                while (told := json.loads(line.recv(10)))["type"] != "reading":
                    pass
                assert told["face"], told
                wall.append((time.perf_counter() - sent) * 1000)

    with ThreadPoolExecutor(LINES) as pages:
        list(pages.map(one_page, range(LINES)))
    p99 = quantile(wall, 0.99)
    return Row(
        f"camera frame to answer, {LINES} pages × {RATE:g} a second",
        quantile(wall, 0.5), quantile(wall, 0.95),
        bar="p99 60 ms", met=p99 <= 60, beside=f"p99 {p99:.1f}, most {max(wall):.1f}",
    )  # fmt: skip


def hostile(client: httpx.Client, server: Server) -> Row:
    """A frame whose header says 60,000 × 60,000, to its refusal."""
    from websockets.sync.client import connect

    frame = portrait()
    at = frame.index(b"\xff\xc0") + 5
    frame = frame[:at] + struct.pack(">HH", 60_000, 60_000) + frame[at + 4 :]
    session = client.post("/api/sessions", json={}).json()
    address = f"ws://127.0.0.1:{server.port}/api/live?session={session['id']}"
    wall = []
    with connect(address, compression=None) as line:
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            line.send(frame)
            while (told := json.loads(line.recv(10)))["type"] != "reading":
                pass
            assert told["problem"], told
            wall.append((time.perf_counter() - begun) * 1000)
    return Row("frame of 60,000 × 60,000 refused", quantile(wall, 0.5), quantile(wall, 0.95),
               bar="most 50 ms", met=max(wall) <= 50, beside=f"most {max(wall):.1f}")  # fmt: skip
