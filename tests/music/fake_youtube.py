"""A Google and a YouTube of ours: the sign-in with PKCE, and the Data API with its quota.

It takes only requests of the documented shape, and counts what each costs.
"""

from __future__ import annotations

import asyncio
import base64
import json
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx

CLIENT, SECRET = "a-client", "a-secret"
UNITS = {"GET /search": 100, "POST /playlists": 50, "POST /playlistItems": 50}
API = "/youtube/v3"


class FakeYouTube(httpx.AsyncBaseTransport):
    """One account; every song has a video that is called like it, unless said otherwise."""

    def __init__(self) -> None:
        self.playlists: dict[str, dict[str, Any]] = {}
        self.songs: list[str] = []  # in the playlist made last
        self.units = 10_000
        self.unknown: set[str] = set()  # words that find nothing
        self.private: set[str] = set()  # words whose video may not be added
        self.reason: tuple[int, str] | None = None  # refuses all with it, when set
        self.passing = 0  # so many answers of 409 come first
        self.away = False
        self.tokens: set[str] = set()  # access tokens that are good
        self.refresh = ""
        self.revoked: list[str] = []
        self.asked: list[str] = []
        self._challenges: dict[str, str] = {}  # by code
        self._issued = 0
        self._held: tuple[asyncio.Event, asyncio.Event] | None = None

    # -- the listener's side ---------------------------------------------------------------

    def agrees(self, address: str) -> dict[str, str]:
        """The listener goes to the address and says yes; what the browser comes back with."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith("https://accounts.google.com/o/oauth2/v2/auth?")
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["access_type"] == "offline"
        assert asked["scope"] == "https://www.googleapis.com/auth/youtube"
        assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
        code = f"code-{len(self._challenges)}"
        self._challenges[code] = asked["code_challenge"]
        return {"state": asked["state"], "code": code, "scope": asked["scope"]}

    def lets_tokens_end(self) -> None:
        self.tokens.clear()

    def held(self) -> tuple[asyncio.Event, asyncio.Event]:
        """Answers nothing from now on; events: somebody waits, and it goes on."""
        self._held = asyncio.Event(), asyncio.Event()
        return self._held

    def let_go(self) -> None:
        """Answers the next as before; whoever waits goes on waiting."""
        self._held = None

    # -- the program's side ----------------------------------------------------------------

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._held is not None:
            waits, goes_on = self._held
            waits.set()
            await goes_on.wait()
        if self.away:
            raise httpx.ConnectError("no way there", request=request)
        if request.url.host == "oauth2.googleapis.com":
            form = {name: one[0] for name, one in parse_qs(request.content.decode()).items()}
            return self._signs_in(request.url.path, form)
        assert request.url.host == "www.googleapis.com"
        what = f"{request.method} {request.url.path.removeprefix(API)}"
        self.asked.append(what)
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return refusal(401, "authError")
        if self.passing:
            self.passing -= 1
            return refusal(409, "SERVICE_UNAVAILABLE")
        if self.reason is not None:
            return refusal(*self.reason)
        self.units -= UNITS[what]
        if self.units < 0:
            self.units = 0
            return refusal(403, "quotaExceeded")
        body = json.loads(request.content) if request.content else None
        return self._answers(what, dict(request.url.params), body)

    def _signs_in(self, path: str, form: dict[str, str]) -> httpx.Response:
        if path == "/revoke":
            self.revoked.append(form["token"])
            return httpx.Response(200, json={})
        if (form["client_id"], form["client_secret"]) != (CLIENT, SECRET):
            return httpx.Response(401, json={"error": "invalid_client"})
        if form["grant_type"] == "authorization_code":
            proof = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
            wanted = self._challenges.pop(form["code"], None)  # a code is good once
            if proof.rstrip(b"=").decode() != wanted:
                return httpx.Response(400, json={"error": "invalid_grant"})
            self.refresh = f"refresh-{form['code']}"
            return self._token(refresh_token=self.refresh)
        if form["refresh_token"] != self.refresh:
            return httpx.Response(400, json={"error": "invalid_grant"})
        return self._token()

    def _token(self, **more: str) -> httpx.Response:
        self._issued += 1
        token = f"access-{self._issued}"
        self.tokens.add(token)
        return httpx.Response(200, json={"access_token": token, "expires_in": 3599, **more})

    def _answers(self, what: str, words: dict[str, str], body: Any) -> httpx.Response:
        if what == "GET /search":
            assert words["type"] == "video"
            assert int(words["maxResults"]) <= 50
            found = [] if words["q"] in self.unknown else [{"id": {"videoId": words["q"]}}]
            return httpx.Response(200, json={"items": found})
        if what == "POST /playlists":
            assert words["part"] == "snippet,status"
            assert 0 < len(body["snippet"]["title"]) <= 150
            assert not set(body["snippet"]["title"]) & {"<", ">"}
            assert body["status"]["privacyStatus"] == "private"
            name = f"PL{len(self.playlists)}"
            self.playlists[name], self.songs = body, []
            return httpx.Response(200, json={"id": name})
        assert words["part"] == "snippet"
        assert body["snippet"]["playlistId"] in self.playlists
        assert body["snippet"]["resourceId"]["kind"] == "youtube#video"
        video = body["snippet"]["resourceId"]["videoId"]
        if video in self.private:
            return refusal(404, "videoNotFound")
        self.songs.append(video)
        return httpx.Response(200, json={"id": f"item-{len(self.songs)}"})


def refusal(status: int, reason: str) -> httpx.Response:
    """An error as Google words it."""
    errors = [{"message": "No.", "domain": "youtube", "reason": reason}]
    return httpx.Response(
        status, json={"error": {"code": status, "message": "No.", "errors": errors}}
    )
