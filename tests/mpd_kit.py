"""A real MPD as a program of its own, playing into silence in real time; and its songs."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from music.sounds import A_MAJOR, A_MINOR, PNG, chord, tag, with_cover, write

PASSWORD = 'open "sésame"'
SHORT_S = 0.8  # how long the songs called Short are
SHORT = ("Short One.ogg", "Short Two.flac", "Short Three.wav")


def write_songs(folder: Path) -> Path:
    """Two songs of four seconds with tags and covers, three short ones, one without tags."""
    album = folder / "Someone" / "Thïngs"
    album.mkdir(parents=True)
    for name, pitches in (("Long One.flac", A_MAJOR), ("Long Two.ogg", A_MINOR)):
        path = write(album / name, chord(pitches, 4.0))
        tag(path, title=f"Ünë {path.stem}", artist="Someone", album="Thïngs", genre="Metal")
        tag(path, date="1998-05-01")
    with_cover(album / "Long One.flac", PNG)
    (album / "cover.png").write_bytes(PNG + b"of the folder")
    for name in SHORT:
        path = write(folder / name, chord(A_MAJOR, SHORT_S))
        tag(path, title=path.stem, artist="Somebody else", album="Bits")
    write(folder / 'It\'s "quoted" here.flac', chord(A_MINOR, 1.2))
    return folder


class Mpd:
    """One MPD on a free port; ``stop`` and ``start`` it as often as you like."""

    def __init__(self, home: Path, music: Path, *more: str, keeps: bool = True) -> None:
        """``keeps``: whether it stores stickers and playlists. ``more``: lines of mpd.conf."""
        program = shutil.which("mpd")
        if program is None:
            why = "mpd is not installed: `python3 tools/setup.py test`, as root on Debian"
            if os.environ.get("CI") == "true":
                pytest.fail(why)
            pytest.skip(why)
        self.home, self.music, self.port = home, music, free_port()
        self._process: subprocess.Popen[bytes] | None = None
        home.mkdir()
        (home / "playlists").mkdir()
        lines = [
            f'music_directory "{music}"',
            f'db_file "{home / "database"}"',
            f'state_file "{home / "state"}"',
            'bind_to_address "127.0.0.1"',
            f'port "{self.port}"',
            'zeroconf_enabled "no"',
            'audio_output { \n type "null" \n name "silence" \n mixer_type "software" \n'
            ' sync "yes" \n}',
            *more,
        ]
        if keeps:
            lines.append(f'sticker_file "{home / "stickers"}"')
            lines.append(f'playlist_directory "{home / "playlists"}"')
        (home / "mpd.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._command = [program, "--no-daemon", "--stderr", str(home / "mpd.conf")]

    @property
    def settings(self) -> dict[str, str]:
        return {"host": "127.0.0.1", "port": str(self.port)}

    def start(self) -> None:
        """Start it, and wait until it has looked at all its songs."""
        log = self.home / "log"
        with log.open("ab") as lines:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=lines, stderr=lines
            )
        until = time.monotonic() + 20
        while time.monotonic() < until and self._process.poll() is None:
            if not self._is_busy():
                return
            time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"mpd did not start: {log.read_text(errors='replace')}")

    def stop(self) -> None:
        """End it as its own service would; it keeps its queue for the next start."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def does(self, *commands: str) -> list[str]:
        """What another program hears from MPD that gives it these commands, line by line."""
        heard: list[str] = []
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            file = line.makefile("rwb")
            file.readline()
            for command in commands:
                file.write(command.encode() + b"\n")
                file.flush()
                while (told := file.readline().decode()) != "OK\n":
                    heard.append(told.rstrip("\n"))
                    if not told or told.startswith("ACK"):
                        return heard
        return heard

    def forget_moods(self) -> None:
        """Give up all stickers; MPD must be ended and started again to see it."""
        self.stop()
        (self.home / "stickers").unlink(missing_ok=True)
        self.start()

    def queue(self) -> list[str]:
        """The files in MPD's own queue."""
        told = self.does("playlistinfo")
        return [line.removeprefix("file: ") for line in told if line.startswith("file: ")]

    def _is_busy(self) -> bool:
        try:
            return any(line.startswith("updating_db") for line in self.does("status"))
        except OSError:
            return True


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def write_pieces(folder: Path, count: int, seconds: float) -> Path:
    """Pieces of one length, by artists of their own."""
    folder.mkdir(parents=True)
    for n in range(count):
        path = write(folder / f"{n:02}.flac", chord(A_MAJOR if n % 2 else A_MINOR, seconds))
        tag(path, title=f"Piece {n}", artist=f"Artist {n}")
    return folder
