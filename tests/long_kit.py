"""What the long tests share: a server that can be killed, and ways to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

FILES = 640  # in the folder that is scanned
Proof = Callable[[str, str, Mapping[str, object]], None]


def environment(data: Path) -> dict[str, str]:
    """The environment of an Affetto that keeps its data in ``data`` and opens no browser."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AFFETTO_")}
    return {**kept, "AFFETTO_DATA_DIR": str(data), "AFFETTO_OPEN_BROWSER": "false"}


class Server:
    """``affetto serve`` as its own process: started, killed, started again."""

    def __init__(self, data: Path, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = data / "affetto.db"
        self._log = data / "server.log"
        self._env = {**environment(data), **settings}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> float:
        """Start, and give back the seconds until it answered."""
        begun = time.perf_counter()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "affetto", "serve", "--port", str(self.port)],
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while time.perf_counter() - begun < 120:
            assert self._process.poll() is None, self._log.read_text()
            try:
                if httpx.get(f"{self.url}/api/house", timeout=2).status_code == 200:
                    return time.perf_counter() - begun
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"no answer in 120 s: {self._log.read_text()}")

    def kill(self) -> None:
        """End it as a power cut would: no goodbye (SIGKILL; TerminateProcess on Windows)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=20)


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB; skips where the system does not tell simply."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        pytest.skip("memory of another process is read from /proc, which is not here")
    (line,) = (line for line in told.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def cpu_ms(pid: int) -> float | None:
    """Processor time a process has used, in ms; None where the system does not tell simply."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def busy_ms(pid: int) -> float | None:
    """Processor time of a process's living threads, in ms, to the microsecond.

    Finer than ``cpu_ms``, for work of a few ms; None where the system does not tell.
    """
    try:
        tasks = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except OSError:
        return None
    return sum(int(task.split()[0]) for task in tasks) / 1e6 if tasks else None


def agree(client: httpx.Client, *sensors: str) -> None:
    """Give the consents that reading pictures needs."""
    texts: dict[str, Any] = client.get("/api/house").json()["sensing"]["consent"]
    for sensor in sensors:
        body = {"sensor": sensor, "version": texts[sensor]["version"], "given": True}
        client.put("/api/consents", json=body).raise_for_status()
