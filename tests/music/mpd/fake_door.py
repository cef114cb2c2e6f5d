"""A door that speaks MPD's protocol the way Mopidy does, with less behind it.

What it lacks and how it says so is as Mopidy 3.4 with Mopidy-MPD 3.3 was heard to: it names
commands that it then does not do, cannot search in parts, finds nothing when asked for
anything, keeps neither stickers nor pictures, and does not blend.
"""

from __future__ import annotations

import shlex
import socketserver
import threading
from typing import Any

SONGS = {
    f"local:track:{name}.flac": f"Title: {name} Song\nArtist: Someone\nAlbum: Things\nTime: 200\n"
    for name in ("One", "Two", "Three")
}
FOLDERS = {
    "": "directory: Files\ndirectory: Local media\n",
    "Local media": "directory: Local media/Albums\ndirectory: Local media/Tracks\n",
    "Local media/Albums": "directory: Local media/Albums/Things\n",
    "Local media/Tracks": "".join(f"file: {file}\n{told}" for file, told in SONGS.items()),
    "Local media/Albums/Things": "".join(f"file: {file}\n{told}" for file, told in SONGS.items()),
}
NOT_DONE = ("crossfade", "sticker", "listfiles", "setvol")
NAMED = (
    *("addid", "play", "seek", "seekcur", "deleteid", "delete", "pause", "stop", "clear"),
    *("lsinfo", "search", "status", "stats", "outputs", "listplaylists", *NOT_DONE),
)


class Door(socketserver.ThreadingTCPServer):
    """A queue and a state, and no sound; ``silent`` makes it answer nothing more."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, greeting: str = "OK MPD 0.19.0") -> None:
        super().__init__(("127.0.0.1", 0), _Caller)
        self.greeting = greeting
        self.silent = threading.Event()
        self.queue: dict[str, str] = {}
        self.current, self.state, self.elapsed = "", "stop", 0.0
        self.muted = False
        self.asked: list[str] = []
        self._serving = threading.Thread(target=self.serve_forever, args=(0.01,))
        self._serving.start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def close(self) -> None:
        self.shutdown()
        self._serving.join()
        self.server_close()

    def answer(self, name: str, *words: str) -> str:
        """What is said to one command; raises ValueError with what follows ACK."""
        self.asked.append(name)
        does = getattr(self, f"_{name}", None)
        if name in NOT_DONE:
            raise ValueError(f"[0@0] {{{name}}} Not implemented")
        if does is None:
            raise ValueError(f'[5@0] {{}} unknown command "{name}"')
        told: str = does(*words)
        return told

    def _commands(self) -> str:
        return "".join(f"command: {name}\n" for name in NAMED)

    def _search(self, *words: str) -> str:
        if "window" in words:
            raise ValueError("[2@0] {search} incorrect arguments")
        tag, word = words
        if tag not in ("any", "title", "artist", "album", "albumartist", "file"):
            raise ValueError("[2@0] {search} incorrect arguments")
        if not word:
            return ""
        found = [
            f"file: {file}\n{told}"
            for file, told in SONGS.items()
            if any(
                line.casefold().startswith(f"{tag}: ") and word.casefold() in line.casefold()
                for line in told.splitlines()
            )
        ]
        return "".join(found)

    def _lsinfo(self, folder: str) -> str:
        if folder not in FOLDERS:
            raise ValueError("[50@0] {lsinfo} Not found")
        return FOLDERS[folder]

    def _addid(self, file: str, place: str = "") -> str:
        if file not in SONGS:
            raise ValueError("[50@0] {addid} No such song")
        name = str(len(self.asked))
        if place == "0":
            self.queue = {name: file, **self.queue}
        else:
            self.queue[name] = file
        return f"Id: {name}\n"

    def _deleteid(self, name: str) -> str:
        del self.queue[name]
        return ""

    def _delete(self, span: str) -> str:
        for name in [*self.queue][int(span.removesuffix(":")) :]:
            del self.queue[name]
            if name == self.current:
                self._stop()
        return ""

    def _play(self, place: str) -> str:
        self.current, self.state, self.elapsed = [*self.queue][int(place)], "play", 0.0
        return ""

    def _seek(self, place: str, second: str) -> str:
        self._play(place)
        return self._seekcur(second)

    def _seekcur(self, second: str) -> str:
        self.elapsed = float(second)
        return ""

    def _pause(self, rests: str) -> str:
        if self.state != "stop":
            self.state = "pause" if rests == "1" else "play"
        return ""

    def _stop(self) -> str:
        self.state = "stop"
        return ""

    def _clear(self) -> str:
        self.queue.clear()
        return self._stop()

    def _random(self, _: str) -> str:
        return ""

    _repeat = _single = _consume = _random

    def _status(self) -> str:
        song = f"songid: {self.current}\nelapsed: {self.elapsed}\n" if self.current else ""
        queued = f"playlistlength: {len(self.queue)}\n"
        return f"volume: -1\nxfade: 0\nstate: {self.state}\n{queued}{song}"

    def _currentsong(self) -> str:
        file = self.queue.get(self.current)
        return f"file: {file}\n{SONGS[file]}Id: {self.current}\n" if file else ""

    def _playlistinfo(self) -> str:
        return "".join(f"file: {file}\nId: {name}\n" for name, file in self.queue.items())

    def _stats(self) -> str:
        return "songs: 0\ndb_update: 0\n"

    def _outputs(self) -> str:
        return f"outputid: 0\noutputname: Mute\noutputenabled: {int(self.muted)}\n"

    def _listplaylists(self) -> str:
        return ""


class _Caller(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        door: Any = self.server
        self.wfile.write(f"{door.greeting}\n".encode())
        listed: list[str] | None = None
        for line in self.rfile:
            command = line.decode().strip()
            if door.silent.is_set():
                threading.Event().wait(2)
                return
            if command.startswith("idle"):
                continue  # nothing changes by itself
            if command == "command_list_ok_begin":
                listed = []
            elif command == "command_list_end":
                self._say(door, listed or [], "list_OK\n")
                listed = None
            elif listed is not None:
                listed.append(command)
            else:
                self._say(door, [command.replace("noidle", "commands")], "")

    def _say(self, door: Any, commands: list[str], after_each: str) -> None:
        told = ""
        try:
            for command in commands:
                told += door.answer(*shlex.split(command)) + after_each
        except ValueError as refused:
            told += f"ACK {refused}\n"
        else:
            told += "OK\n"
        self.wfile.write(told.encode())
