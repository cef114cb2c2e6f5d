"""Power cuts: what was acknowledged is never lost, and nothing is ever half there."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from long_kit import FILES, Proof, Server, environment

pytestmark = pytest.mark.long

SCAN_KILLS = 20
SERVER_KILLS = 30


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the database of a dead process; it must open whole."""
    if not database.exists():
        return []
    connection = sqlite3.connect(database)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError as error:
            assert "no such table" in str(error)  # killed before the first migration
            return []
    finally:
        connection.close()


def wait_for_more(running: subprocess.Popen[bytes], database: Path, before: int) -> None:
    """Wait until the scan has kept another lot, or has ended."""
    while running.poll() is None:
        time.sleep(0.02)
        with contextlib.suppress(sqlite3.OperationalError):  # not there yet, or busy
            connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
            with contextlib.closing(connection):
                if connection.execute("SELECT count(*) FROM tracks").fetchone()[0] > before:
                    return


def test_a_scan_killed_twenty_times_hears_every_file_once(
    tmp_path: Path, music: Path, proof: Proof
) -> None:
    database = tmp_path / "affetto.db"
    command = [sys.executable, "-m", "affetto", "library", "scan", str(music), "--json"]
    env = environment(tmp_path)
    rng = random.Random(7)
    heard: dict[object, object] = {}
    repeated = killed = 0
    for number in range(SCAN_KILLS):
        running = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if number % 2:  # every other kill comes after something new was kept
            wait_for_more(running, database, len(heard))
        time.sleep(rng.uniform(0.0, 0.8))
        killed += running.poll() is None
        running.kill()
        running.wait()
        after = dict(rows(database, "SELECT path, scanned_at FROM tracks"))
        assert heard.keys() <= after.keys()
        repeated += sum(after[path] != at for path, at in heard.items())
        heard = after
    before = len(heard)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    after = dict(rows(database, "SELECT path, scanned_at FROM tracks"))
    repeated += sum(after[path] != at for path, at in heard.items())
    once_more = json.loads(
        subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    )
    proof(
        "scan-kills",
        f"`affetto library scan` over {len(after)} files in four formats, killed without warning "
        "at random moments and started again.",
        {
            "kills that met a running scan": killed,
            "files kept when the last scan began": before,
            "files that the last scan still had to hear": told["new"],
            "files lost": FILES - len(after),
            "files heard twice": repeated,
            "database after every kill": "integrity_check ok",
        },
    )
    assert len(after) == FILES
    assert before + told["new"] == FILES
    assert repeated == 0
    assert (once_more["new"], once_more["changed"], once_more["unchanged"]) == (0, 0, FILES)


def test_no_answer_that_was_acknowledged_is_lost_when_the_server_is_killed(
    server: Server, proof: Proof
) -> None:
    acknowledged: Counter[tuple[str, str]] = Counter()
    in_flight = 0
    start_times = []
    server.start()  # composes the demo music, which is no part of starting again
    server.kill()

    def talk(stop: threading.Event) -> None:
        """Answer as fast as the server takes it, until it is killed."""
        nonlocal in_flight
        try:
            answer(stop)
        except httpx.TransportError:
            in_flight += 1

    def answer(stop: threading.Event) -> None:
        """Like and unlike what plays; count only what the server said yes to."""
        with server.client() as client:
            session = client.get("/api/sessions/current")
            if session.raise_for_status().json() is None:
                session = client.post("/api/sessions", json={"valence": 0.4, "arousal": 0.2})
            state = session.raise_for_status().json()
            likes = not state["liked"]  # a like that stands is not written twice
            while not stop.is_set():
                uri = state["playing"]["track"]["id"]
                said = "liked" if likes else "unliked"
                told = client.post(
                    f"/api/sessions/{state['id']}/answer",
                    json={"answer": said, "uri": uri, "position_s": 3.0},
                )
                assert told.status_code == 200, told.text
                acknowledged[uri, said] += 1
                likes = not likes

    rng = random.Random(11)
    for _ in range(SERVER_KILLS):
        start_times.append(server.start())
        stop = threading.Event()
        talker = threading.Thread(target=talk, args=(stop,))
        talker.start()
        time.sleep(rng.uniform(0.2, 1.2))
        server.kill()
        stop.set()
        talker.join(30)
        kept = Counter(rows(server.database, "SELECT track_uri, answer FROM feedback"))
        lost = acknowledged - kept  # type: ignore[operator]
        assert not lost, f"lost: {lost}"
    kept_in_all = sum(
        Counter(rows(server.database, "SELECT track_uri, answer FROM feedback")).values()
    )
    sessions = rows(server.database, "SELECT id FROM sessions")
    proof(
        "server-kills",
        "The server, killed without warning at random moments while a listener answers as fast "
        "as it will take it, and started again on the same data.",
        {
            "kills": SERVER_KILLS,
            "answers acknowledged": sum(acknowledged.values()),
            "acknowledged and lost": 0,
            "kept though the kill came before the acknowledgement": kept_in_all
            - sum(acknowledged.values()),
            "requests cut off by a kill": in_flight,
            "sessions begun (one goes on through every kill)": len(sessions),
            "slowest start again": f"{max(start_times):.2f} s",
            "database after every kill": "integrity_check ok",
        },
    )
    assert sum(acknowledged.values()) > SERVER_KILLS
    assert kept_in_all - sum(acknowledged.values()) <= in_flight
    assert len(sessions) == 1
