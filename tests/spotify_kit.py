"""A stand-in for Spotify: its sign-in and the part of its web interface that we use.

It has a memory: tokens run out, devices sleep and wake, a queue grows, a playlist fills. What
it is asked and what it answers can be held to a contract (``spotify_contract``). What it is
asked beside the interface that an app in development mode has, it notes in ``strayed``.

    python tests/spotify_kit.py        serve on a free port, and say which
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT_ID = "0123456789abcdef0123456789abcdef"
HOUR_S = 3600.0
SIX_MONTHS_S = 183 * 24 * HOUR_S

# What the stand-in has: title, artist, milliseconds.
SONGS = (
    ("Harbour Lights (Remastered 2011)", "The Test Pilots", 180_000),
    ("Slow Lantern", "Ada Example", 240_000),
    ("Paper Boats", "The Test Pilots", 200_000),
    ("Northern Rain", "Quiet Numbers", 210_000),
)


def identifier(number: int) -> str:
    """22 letters and digits, as Spotify's are."""
    return f"{number:022d}"


def track(number: int, title: str, artist: str, ms: int) -> dict[str, Any]:
    """A track as the web interface tells of it."""
    who, album = identifier(9000 + number), identifier(8000 + number)
    return {
        "type": "track",
        "id": identifier(number),
        "uri": f"spotify:track:{identifier(number)}",
        "href": f"https://api.spotify.com/v1/tracks/{identifier(number)}",
        "name": title,
        "duration_ms": ms,
        "disc_number": 1,
        "track_number": 1,
        "explicit": False,
        "is_local": False,
        "is_playable": True,
        "external_urls": {"spotify": f"https://open.spotify.com/track/{identifier(number)}"},
        "external_ids": {"isrc": f"XX0000{number:06d}"},
        "artists": [_artist(who, artist)],
        "album": {
            "type": "album",
            "album_type": "album",
            "id": album,
            "uri": f"spotify:album:{album}",
            "href": f"https://api.spotify.com/v1/albums/{album}",
            "name": f"Album of {title}",
            "total_tracks": 1,
            "release_date": "2011",
            "release_date_precision": "year",
            "images": [{"url": "https://i.scdn.co/image/none", "height": 300, "width": 300}],
            "external_urls": {"spotify": f"https://open.spotify.com/album/{album}"},
            "artists": [_artist(who, artist)],
        },
    }


def _artist(who: str, name: str) -> dict[str, Any]:
    return {
        "type": "artist",
        "id": who,
        "uri": f"spotify:artist:{who}",
        "href": f"https://api.spotify.com/v1/artists/{who}",
        "name": name,
        "external_urls": {"spotify": f"https://open.spotify.com/artist/{who}"},
    }


@dataclass
class Device:
    id: str
    name: str
    type: str = "Computer"
    is_active: bool = False
    is_restricted: bool = False
    supports_volume: bool = True
    volume_percent: int = 60

    def told(self) -> dict[str, Any]:
        return {"is_private_session": False, **vars(self)}


@dataclass
class Planned:
    """An answer that is given in place of the usual one."""

    path: re.Pattern[str]
    times: int
    status: int = 0  # 0: no answer at all
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    drip: bool = False  # a byte now and then


Answer = tuple[int, Any]


class FakeSpotify:
    """The stand-in. ``with FakeSpotify() as spotify``: it serves at ``spotify.address``."""

    def __init__(self, contract: Any = None) -> None:
        self.contract = contract
        self.strayed: list[str] = []  # what no app in development mode may do
        self.asked: list[str] = []  # "GET /me/player"
        self.premium = True
        self.listed = True  # on the app's list of users
        self.denies = False  # the listener says no
        self.devices = [Device("kitchen", "Kitchen", "Speaker"), Device("desk", "Desk")]
        self.devices[1].is_active = True
        self.tracks = {f"spotify:track:{identifier(n)}": track(n, *s) for n, s in enumerate(SONGS)}
        self.saved = [*self.tracks][:3]
        self.playlists: dict[str, dict[str, Any]] = {}
        self.playing: list[str] = []  # the track that sounds or rests, and what follows
        self.queue: list[str] = []
        self.context: str | None = None
        self.is_playing = False
        self.shift_s = 0.0  # how far its clock is ahead
        self._since = 0.0  # when it played from ``_progress``
        self._progress_ms = 0.0
        self._planned: list[Planned] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._access: dict[str, float] = {}  # until when
        self._refresh: dict[str, float] = {}  # since the sign-in
        self._lock = threading.RLock()
        self._closing = threading.Event()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None: ...

            def _serve(self) -> None:
                fake._serve(self)

            do_GET = do_POST = do_PUT = do_DELETE = _serve

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None: ...  # whoever asked has left

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> FakeSpotify:
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def settings(self) -> dict[str, str]:
        """Where it is, as a provider's settings say it."""
        return {"api": f"{self.address}/v1/", "accounts": f"{self.address}/"}

    # -- what a test does to it -----------------------------------------------------------

    def now(self) -> float:
        return time.time() + self.shift_s

    def plan(self, path: str, status: int = 0, *, times: int = 99, **how: Any) -> None:
        """Answer so, whenever the path holds this."""
        self._planned.append(Planned(re.compile(path), times, status, **how))

    def say(self, path: str, status: int, message: str, reason: str = "", **how: Any) -> None:
        """Refuse in the words of the web interface."""
        error = {"status": status, "message": message} | ({"reason": reason} if reason else {})
        self.plan(path, status, body={"error": error}, **how)

    def recover(self) -> None:
        """Answer as usual again."""
        self._planned.clear()

    def sleep(self) -> None:
        """Every device falls asleep, and Spotify forgets what it played."""
        for device in self.devices:
            device.is_active = False
        self.playing, self.is_playing = [], False

    def tokens(self) -> dict[str, str]:
        """A sign-in as if it had just been done."""
        return self._new_tokens(self.now())

    def withdraw_access(self) -> None:
        """No access token is good any more, whatever it was told."""
        self._access.clear()

    def titles(self) -> list[str]:
        """What sounds or rests, and what comes after it."""
        return [
            self.tracks[uri]["name"] for uri in (*self.playing[:1], *self.queue, *self.playing[1:])
        ]

    def put_on(self, uri: str) -> None:
        """Somebody starts this track in the Spotify app."""
        self._play({}, {"uris": [uri]})

    # -- serving ------------------------------------------------------------------------

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length") or 0)
        body = handler.rfile.read(length)
        parts = urlsplit(handler.path)
        path = parts.path.removeprefix("/v1")
        method = handler.command
        with self._lock:
            self.asked.append(f"{method} {path}")
            planned = next((p for p in self._planned if p.times and p.path.search(path)), None)
            if planned is not None:
                planned.times -= 1
        if planned is not None:
            self._closing.wait(planned.wait_s)
            if planned.drip:
                self._drip(handler)
                return
            if planned.status == 0:
                handler.close_connection = True
                return
            if self.contract is not None and parts.path.startswith("/v1"):
                self.contract.answered(method, path, planned.status, planned.body)
            self._send(handler, planned.status, planned.body, planned.headers)
            return
        with self._lock:
            if not parts.path.startswith("/v1"):
                self._account(handler, method, parts.path, parts.query, body)
                return
            query = parse_qs(parts.query, keep_blank_values=True)
            if self.contract is not None:
                self.contract.asked(method, path, parts.query, dict(handler.headers), body)
            status, told = self._told(handler, method, path, query, body)
            if self.contract is not None:
                self.contract.answered(method, path, status, told)
        self._send(handler, status, told, {})

    def _drip(self, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
        handler.wfile.write(b"content-length: 100000\r\n\r\n")
        while not self._closing.wait(0.3):
            handler.wfile.write(b" ")

    def _send(
        self, handler: BaseHTTPRequestHandler, status: int, told: Any, headers: dict[str, str]
    ) -> None:
        data = (
            b"" if told is None else told if isinstance(told, bytes) else json.dumps(told).encode()
        )
        handler.send_response(status)
        for name, value in {"content-type": "application/json", **headers}.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    # -- the sign-in ----------------------------------------------------------------------

    def _account(
        self, handler: BaseHTTPRequestHandler, method: str, path: str, query: str, body: bytes
    ) -> None:
        if method == "GET" and path == "/authorize":
            self._authorize(handler, {k: v[0] for k, v in parse_qs(query).items()})
        elif method == "POST" and path == "/api/token":
            status, told = self._token({k: v[0] for k, v in parse_qs(body.decode()).items()})
            self._send(handler, status, told, {})
        elif method == "POST" and path == "/fake":  # what a journey in a browser does to it
            for name, value in json.loads(body).items():
                if name == "sleep":
                    self.sleep()
                elif name == "gone":
                    self.devices.clear()
                elif name == "reset":
                    self.devices = [Device("desk", "Desk")]
                else:
                    setattr(self, name, value)
            self._send(handler, 204, None, {})
        else:
            self._send(handler, 404, None, {})

    def _authorize(self, handler: BaseHTTPRequestHandler, asked: dict[str, str]) -> None:
        wrong = (
            asked.get("response_type") != "code"
            or asked.get("code_challenge_method") != "S256"
            or not asked.get("code_challenge")
            or not asked.get("state")
            or not re.match(r"http://(127\.0\.0\.1|\[::1\]):\d+/", asked.get("redirect_uri", ""))
        )
        if wrong or asked.get("client_id") != CLIENT_ID:
            self._send(handler, 400, {"error": "invalid_request"}, {})
            return
        answer = {"state": asked["state"]}
        if self.denies:
            answer["error"] = "access_denied"
        else:
            code = secrets.token_urlsafe(20)
            self._codes[code] = asked
            answer["code"] = code
        where = f"{asked['redirect_uri']}?{urlencode(answer)}"
        self._send(handler, 303, None, {"location": where})

    def _token(self, asked: dict[str, str]) -> Answer:
        if asked.get("client_id") != CLIENT_ID:
            return 400, {"error": "invalid_client", "error_description": "Invalid client"}
        if asked.get("grant_type") == "authorization_code":
            begun = self._codes.pop(asked.get("code", ""), None)
            digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if begun is None or (challenge, asked.get("redirect_uri")) != (
                begun["code_challenge"],
                begun["redirect_uri"],
            ):
                return 400, {"error": "invalid_grant", "error_description": "Invalid code"}
            return 200, self._new_tokens(self.now())
        since = self._refresh.pop(asked.get("refresh_token", ""), None)
        if since is None or self.now() - since > SIX_MONTHS_S:
            return 400, {"error": "invalid_grant", "error_description": "Refresh token expired"}
        return 200, self._new_tokens(since)

    def _new_tokens(self, since: float) -> dict[str, Any]:
        access, refresh = f"access-{secrets.token_hex(8)}", f"refresh-{secrets.token_hex(8)}"
        self._access[access] = self.now() + HOUR_S
        self._refresh[refresh] = since
        return {
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "Bearer",
            "expires_in": int(HOUR_S),
            "scope": "user-read-playback-state user-modify-playback-state",
        }

    # -- the web interface ----------------------------------------------------------------

    def _told(
        self,
        handler: BaseHTTPRequestHandler,
        method: str,
        path: str,
        query: dict[str, list[str]],
        body: bytes,
    ) -> Answer:
        token = (handler.headers.get("authorization") or "").removeprefix("Bearer ")
        if self._access.get(token, 0.0) < self.now():
            return _no(401, "The access token expired")
        if not self.listed:
            return _no(403, "User not registered in the Developer Dashboard")
        for verb, pattern, answer in self._routes():
            found = re.fullmatch(pattern, path)
            if verb == method and found:
                given = {name: values[0] for name, values in query.items()}
                sent = json.loads(body) if body else {}
                status, told = answer(given | found.groupdict(), sent)
                return status, told
        self.strayed.append(f"{method} {path}")
        return _no(404, "Service not found")

    def _routes(self) -> list[tuple[str, str, Callable[[dict[str, str], Any], Answer]]]:
        player = "/me/player"
        return [
            ("GET", "/me", self._me),
            ("GET", "/search", self._search),
            ("GET", "/me/tracks", self._saved),
            ("POST", "/me/playlists", self._make_playlist),
            ("PUT", r"/playlists/(?P<id>\w+)/items", self._fill_playlist),
            ("GET", player, self._state),
            ("PUT", player, self._transfer),
            ("GET", f"{player}/devices", self._devices),
            ("PUT", f"{player}/play", self._steered(self._play)),
            ("PUT", f"{player}/pause", self._steered(self._pause)),
            ("PUT", f"{player}/seek", self._steered(self._seek)),
            ("PUT", f"{player}/volume", self._steered(self._volume)),
            ("POST", f"{player}/next", self._steered(self._next)),
            ("POST", f"{player}/previous", self._steered(self._previous)),
            ("POST", f"{player}/queue", self._steered(self._enqueue)),
        ]

    def _me(self, given: dict[str, str], sent: Any) -> Answer:
        return 200, {
            "type": "user",
            "id": "listener",
            "uri": "spotify:user:listener",
            "href": "https://api.spotify.com/v1/users/listener",
            "display_name": "A Listener",
            "external_urls": {"spotify": "https://open.spotify.com/user/listener"},
            "images": [],
        }

    def _search(self, given: dict[str, str], sent: Any) -> Answer:
        limit = int(given.get("limit", 5))
        if not 0 < limit <= 10 or given.get("type") != "track":
            self.strayed.append(f"a search for {limit} of {given.get('type')}")
            return _no(400, "Invalid limit")
        words = re.sub(r"\b(track|artist):", "", given["q"]).casefold().split()
        found = [
            told
            for told in self.tracks.values()
            if all(w in f"{told['name']} {told['artists'][0]['name']}".casefold() for w in words)
        ]
        return 200, {"tracks": _page(found[:limit], limit, 0, len(found))}

    def _saved(self, given: dict[str, str], sent: Any) -> Answer:
        limit, offset = int(given.get("limit", 20)), int(given.get("offset", 0))
        rows = [
            {"added_at": "2026-01-01T00:00:00Z", "track": self.tracks[uri]}
            for uri in self.saved[offset : offset + limit]
        ]
        return 200, _page(rows, limit, offset, len(self.saved))

    def _make_playlist(self, given: dict[str, str], sent: Any) -> Answer:
        name = f"PL{len(self.playlists):020d}"
        self.playlists[name] = {"name": sent["name"], "public": sent["public"], "uris": []}
        return 201, {
            "type": "playlist",
            "id": name,
            "uri": f"spotify:playlist:{name}",
            "href": f"https://api.spotify.com/v1/playlists/{name}",
            "name": sent["name"],
            "description": sent.get("description"),
            "public": sent["public"],
            "collaborative": False,
            "snapshot_id": "1",
            "images": [],
            "external_urls": {"spotify": f"https://open.spotify.com/playlist/{name}"},
            "owner": {"type": "user", "id": "listener", "uri": "spotify:user:listener"},
            "items": _page([], 100, 0, 0),
        }

    def _fill_playlist(self, given: dict[str, str], sent: Any) -> Answer:
        if given["id"] not in self.playlists:
            return _no(404, "Resource not found")
        self.playlists[given["id"]]["uris"] = sent["uris"]
        return 200, {"snapshot_id": "2"}

    def _devices(self, given: dict[str, str], sent: Any) -> Answer:
        return 200, {"devices": [device.told() for device in self.devices]}

    def _active(self) -> Device | None:
        return next((device for device in self.devices if device.is_active), None)

    def _state(self, given: dict[str, str], sent: Any) -> Answer:
        device = self._active()
        if device is None or not self.playing:
            return 204, None
        self._move_on()
        return 200, {
            "device": device.told(),
            "repeat_state": "off",
            "shuffle_state": False,
            "timestamp": int(self.now() * 1000),
            "progress_ms": int(self._progress()),
            "is_playing": self.is_playing,
            "item": self.tracks[self.playing[0]] if self.playing else None,
            "currently_playing_type": "track",
            "actions": {"disallows": {"resuming": True}},
        }

    def _transfer(self, given: dict[str, str], sent: Any) -> Answer:
        if not self.premium:
            return _no(403, "Player command failed: Premium required", "PREMIUM_REQUIRED")
        if not self._activate(sent["device_ids"][0]):
            return _no(404, "Device not found")
        if sent.get("play"):
            self.is_playing = bool(self.playing)
        return 204, None

    def _activate(self, name: str) -> bool:
        if name not in {device.id for device in self.devices}:
            return False
        for device in self.devices:
            device.is_active = device.id == name
        return True

    def _steered(
        self, act: Callable[[dict[str, str], Any], Answer]
    ) -> Callable[[dict[str, str], Any], Answer]:
        """What every command has to pass before it counts."""

        def acted(given: dict[str, str], sent: Any) -> Answer:
            if not self.premium:
                return _no(403, "Player command failed: Premium required", "PREMIUM_REQUIRED")
            if "device_id" in given and not self._activate(given["device_id"]):
                return _no(404, "Device not found")
            device = self._active()
            if device is None:
                said = "Player command failed: No active device found"
                return _no(404, said, "NO_ACTIVE_DEVICE")
            if device.is_restricted:
                return _no(403, "Player command failed: Restriction violated", "UNKNOWN")
            self._move_on()
            return act(given, sent)

        return acted

    def _play(self, given: dict[str, str], sent: Any) -> Answer:
        if "uris" in sent:
            if any(uri not in self.tracks for uri in sent["uris"]):
                return _no(404, "Resource not found")
            self.playing, self.context = list(sent["uris"]), None
            self._progress_ms = sent.get("position_ms", 0)
        elif "context_uri" in sent:
            self.playing, self.context = [*self.tracks][:2], sent["context_uri"]
            self._progress_ms = 0
        elif not self.playing or self.is_playing:
            return _no(403, "Player command failed: Restriction violated", "UNKNOWN")
        self._since, self.is_playing = self.now(), True
        return 204, None

    def _pause(self, given: dict[str, str], sent: Any) -> Answer:
        if not self.is_playing:
            return _no(403, "Player command failed: Restriction violated", "UNKNOWN")
        self._progress_ms, self.is_playing = self._progress(), False
        return 204, None

    def _seek(self, given: dict[str, str], sent: Any) -> Answer:
        self._progress_ms, self._since = int(given["position_ms"]), self.now()
        return 204, None

    def _volume(self, given: dict[str, str], sent: Any) -> Answer:
        device = self._active()
        if device is None or not device.supports_volume:
            return _no(403, "Cannot control device volume", "VOLUME_CONTROL_DISALLOW")
        device.volume_percent = int(given["volume_percent"])
        return 204, None

    def _next(self, given: dict[str, str], sent: Any) -> Answer:
        self.playing = self._after()
        self._progress_ms, self._since = 0, self.now()
        return 204, None

    def _previous(self, given: dict[str, str], sent: Any) -> Answer:
        self._progress_ms, self._since = 0, self.now()
        return 204, None

    def _enqueue(self, given: dict[str, str], sent: Any) -> Answer:
        self.queue.append(given["uri"])
        return 204, None

    def _after(self) -> list[str]:
        if self.queue:
            return [self.queue.pop(0), *self.playing[1:]]
        return self.playing[1:]

    def _progress(self) -> float:
        passed_ms = (self.now() - self._since) * 1000 if self.is_playing else 0
        return self._progress_ms + passed_ms

    def _move_on(self) -> None:
        """Let tracks end whose time is over."""
        while self.is_playing and self.playing:
            length = self.tracks[self.playing[0]]["duration_ms"]
            if self._progress() < length:
                return
            self._since += (length - self._progress_ms) / 1000
            self._progress_ms, self.playing = 0, self._after()
        self.is_playing = self.is_playing and bool(self.playing)


def _no(status: int, message: str, reason: str = "") -> Answer:
    error = {"status": status, "message": message} | ({"reason": reason} if reason else {})
    return status, {"error": error}


def _page(rows: list[Any], limit: int, offset: int, total: int) -> dict[str, Any]:
    more = offset + len(rows) < total
    here = "https://api.spotify.com/v1/page"
    return {
        "href": here,
        "items": rows,
        "limit": limit,
        "offset": offset,
        "next": here if more else None,
        "previous": None,
        "total": total,
    }


if __name__ == "__main__":
    with FakeSpotify() as served:
        print(served.address, flush=True)
        sys.stdin.read()  # until whoever started it goes away
