"""A real Subsonic server, supysonic, as a program of its own; and the songs it serves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from music.sounds import A_MAJOR, A_MINOR, PNG, chord, tag, with_cover, write

NAME, PASSWORD = "alice", "sésame & 100% 'open'"
SONGS = ("One.mp3", "Two.flac", "Three.ogg")


def write_songs(folder: Path) -> Path:
    """Three short tagged songs and one without tags."""
    album = folder / "Someone" / "Things"
    album.mkdir(parents=True)
    for i, name in enumerate(SONGS):
        path = write(album / name, chord(A_MAJOR if i else A_MINOR, 1.5))
        tag(path, title=f"{path.stem} Song", artist="Someone", album="Things", genre="Metal")
    with_cover(album / "Two.flac", PNG)
    write(folder / "untagged.flac", chord(A_MINOR, 1.2))
    return folder


class Supysonic:
    """One server on a free port; ``stop`` and ``start`` it as often as you like."""

    def __init__(self, home: Path, music: Path) -> None:
        self.home, self.music = home, music
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        home.mkdir()
        (home / "supysonic.conf").write_text(
            f"[base]\ndatabase_uri = sqlite:///{(home / 'songs.db').as_posix()}\n"
            f"[webapp]\ncache_dir = {home / 'cache'}\nmount_webui = off\n"
            f"[daemon]\nrun_watcher = false\nsocket = {home / 'socket'}\n",
            encoding="utf-8",
        )
        self._runs("user", "add", "-p", PASSWORD, NAME)
        self._runs("folder", "add", "Music", str(music))
        self._runs("folder", "scan", "-f", "Music")

    @property
    def settings(self) -> dict[str, str]:
        return {
            "url": f"http://127.0.0.1:{self.port}",
            "username": NAME,
            "password": PASSWORD,
        }

    def start(self) -> None:
        words = [_program("supysonic-server"), "-S", "waitress", "-h", "127.0.0.1"]
        self._process = subprocess.Popen(
            [*words, "-p", str(self.port)],
            cwd=self.home,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 30
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as knock:
                knock.settimeout(1)
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        self.stop()
        raise RuntimeError("supysonic did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _runs(self, *words: str) -> None:
        subprocess.run(
            [_program("supysonic-cli"), *words],
            cwd=self.home,
            env=self._environment(),
            check=True,
            capture_output=True,
        )

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "HOME": str(self.home), "USERPROFILE": str(self.home)}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _program(name: str) -> str:
    path = shutil.which(name, path=str(Path(sys.executable).parent))
    if path is None:
        pytest.skip("supysonic is not installed: `python3 tools/setup.py test` installs it")
    return path
