"""A small OpenSubsonic server for the tests: polite unless it is told to be awkward."""

from __future__ import annotations

import json
import re
import ssl
import threading
from collections.abc import Callable
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

NAME, PASSWORD, KEY = "bob", "hunter2 & co", "key-8c1f0d"
SOUND = bytes(range(256)) * 1000
JSON = "application/json"

# What a handler gives: the body of a polite answer, or (HTTP status, headers, bytes).
Raw = tuple[int, dict[str, str], bytes]
Answer = dict[str, Any] | Raw


class Failed(Exception):
    """The polite way to say no: HTTP 200 and an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def song(n: int, **more: object) -> dict[str, Any]:
    return {
        "id": f"s{n}",
        "isDir": False,
        "title": f"Song {n}",
        "artist": "Somebody",
        "album": "Somewhere",
        "duration": 100 + n,
        "suffix": "mp3",
        "contentType": "audio/mpeg",
        **more,
    }


class FakeServer:
    """Answers on a free port of this machine. ``asked`` holds every question."""

    def __init__(self, songs: list[dict[str, Any]], context: ssl.SSLContext | None = None) -> None:
        self.songs = songs
        self.sounds: dict[str, bytes] = {}
        self.ways = {"token", "password", "api-key"}
        self.refusal = 42  # for a way it does not take
        self.open_subsonic = True
        self.version = "1.16.1"
        self.parts = True  # whether it knows Range
        self.transcodes = True
        self.instead: dict[str, Callable[[dict[str, list[str]]], Answer]] = {}
        self.part: str | None = None  # the Range header of the last question
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.playlists: dict[str, tuple[str, list[str]]] = {}
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = _Quiet(("127.0.0.1", 0), handler)
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.scheme = "http" if context is None else "https"
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        return {"url": self.url, "username": NAME, "password": PASSWORD}

    @property
    def with_key(self) -> dict[str, str]:
        return {"url": self.url, "api_key": KEY}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]

    # -- answering ----------------------------------------------------------------------

    def answer(self, method: str, query: dict[str, list[str]], part: str | None) -> Raw:
        self.asked.append((method, query))
        self.part = part
        try:
            if method in self.instead:
                answer = self.instead[method](query)
            else:
                if method != "getOpenSubsonicExtensions":
                    self._let_in(query)
                answer = self._polite(method, query, part)
        except Failed as no:
            told: dict[str, Any] = {"error": {"code": no.code, "message": no.message}}
            return self.told(told, "failed")
        return answer if isinstance(answer, tuple) else self.told(answer)

    def told(self, body: dict[str, Any], status: str = "ok") -> Raw:
        head: dict[str, Any] = {"status": status, "version": self.version}
        if self.open_subsonic:
            head |= {"openSubsonic": True, "type": "fakesonic", "serverVersion": "3.1"}
        return 200, {"Content-Type": JSON}, json.dumps({"subsonic-response": head | body}).encode()

    def _let_in(self, query: dict[str, list[str]]) -> None:
        given = {name: values[0] for name, values in query.items()}
        if "apiKey" in given:
            if "u" in given:
                raise Failed(43, "Multiple conflicting authentication mechanisms provided")
            self._must_take("api-key")
            if given["apiKey"] != KEY:
                raise Failed(44, "Invalid API key")
        elif "t" in given:
            self._must_take("token")
            token = md5((PASSWORD + given["s"]).encode()).hexdigest()
            if (given["u"], given["t"]) != (NAME, token):
                raise Failed(40, "Wrong username or password")
        else:
            self._must_take("password")
            password = given.get("p", "")
            if password.startswith("enc:"):
                password = bytes.fromhex(password[4:]).decode()
            if (given.get("u"), password) != (NAME, PASSWORD):
                raise Failed(40, "Wrong username or password")

    def _must_take(self, way: str) -> None:
        if way not in self.ways:
            raise Failed(self.refusal, "Provided authentication mechanism not supported")

    def _polite(self, method: str, query: dict[str, list[str]], part: str | None) -> Answer:
        first = {name: values[0] for name, values in query.items()}
        match method:
            case "ping" | "getStarred2" | "star" | "unstar" | "setRating" | "scrobble":
                return {}
            case "getOpenSubsonicExtensions":
                known = {"name": "apiKeyAuthentication", "versions": [1]}
                return {"openSubsonicExtensions": [known]}
            case "search3":
                offset = int(first["songOffset"])
                found = self.songs[offset : offset + int(first["songCount"])]
                return {"searchResult3": {"song": found} if found else {}}
            case "getSong":
                return {"song": self._song(first["id"])}
            case "getCoverArt":
                raise Failed(70, "Artwork not found")
            case "stream":
                return self._stream(self._song(first["id"]), first.get("format", "raw"), part)
            case "getPlaylists":
                lists = self.playlists.items()
                made = [{"id": i, "name": n, "songCount": len(s)} for i, (n, s) in lists]
                return {"playlists": {"playlist": made}}
            case "getPlaylist":
                name, songs = self.playlists[first["id"]]
                return {"playlist": {"name": name, "entry": [self._song(s) for s in songs]}}
            case "createPlaylist":
                key = first.get("playlistId") or f"p{len(self.playlists)}"
                name = first.get("name") or self.playlists[key][0]
                self.playlists[key] = name, query.get("songId", [])
                return {"playlist": {"id": key, "name": name}}
            case "updatePlaylist":
                name, songs = self.playlists[first["playlistId"]]
                out = {int(one) for one in query.get("songIndexToRemove", [])}
                kept = [s for i, s in enumerate(songs) if i not in out]
                added = kept + query.get("songIdToAdd", [])
                self.playlists[first["playlistId"]] = first.get("name", name), added
                return {}
        raise Failed(0, "Unknown method")

    def _song(self, song_id: str) -> dict[str, Any]:
        for one in self.songs:
            if str(one.get("id")) == song_id:
                return one
        raise Failed(70, "Song not found")

    def _stream(self, told: dict[str, Any], wanted: str, part: str | None) -> Raw:
        if wanted != "raw" and wanted != told["suffix"]:
            if not self.transcodes:
                raise Failed(0, f"No way to transcode from {told['suffix']} to {wanted}")
            return 200, {"Content-Type": "audio/mpeg"}, b"as mp3"
        sound = self.sounds.get(str(told["id"]), SOUND)
        headers = {"Content-Type": str(told.get("contentType", "application/octet-stream"))}
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", part or "")
        if not self.parts or found is None:
            return 200, headers, sound
        start, end = int(found[1]), int(found[2] or len(sound) - 1)
        if start >= len(sound):
            return 416, headers | {"Content-Range": f"bytes */{len(sound)}"}, b""
        end = min(end, len(sound) - 1)
        headers |= {"Content-Range": f"bytes {start}-{end}/{len(sound)}", "Accept-Ranges": "bytes"}
        return 206, headers, sound[start : end + 1]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away early is nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    fake: FakeServer

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        method = address.path.removeprefix("/rest/").removesuffix(".view")
        query = parse_qs(address.query, keep_blank_values=True)
        status, headers, body = self.fake.answer(method, query, self.headers.get("Range"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass
