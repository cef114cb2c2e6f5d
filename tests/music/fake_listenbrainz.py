"""A ListenBrainz of ours: takes listens as the documents of the real one say, and no others."""

from __future__ import annotations

import json
from typing import Any

import httpx

KNOWN = "a-token"


class FakeListenBrainz(httpx.AsyncBaseTransport):
    """One user's account. What it holds twice, by time and name, it holds once."""

    def __init__(self) -> None:
        self.listens: dict[tuple[int, str, str], dict[str, Any]] = {}
        self.now: list[str] = []  # titles told as playing now
        self.bodies: list[dict[str, Any]] = []  # all that was sent, also what was not taken
        self.token = KNOWN
        self.away = False
        self.status = 0  # answers with it, when set
        self.remaining = 30
        self.reset_in_s = 7

    @property
    def titles(self) -> list[str]:
        return [one["track_name"] for _, one in sorted(self.listens.items())]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            raise httpx.ConnectError("no way there", request=request)
        if request.method == "POST":
            self.bodies.append(json.loads(request.content))
        if self.remaining <= 0:
            return self._answer(429, {"code": 429, "error": "Too many."})
        self.remaining -= 1
        if self.status:
            return self._answer(self.status, {"code": self.status, "error": "No."})
        token = request.headers.get("authorization", "")
        if request.url.path == "/1/validate-token":
            if token != f"Token {self.token}":
                return self._answer(200, {"code": 200, "valid": False, "message": "Invalid."})
            return self._answer(200, {"code": 200, "valid": True, "user_name": "lowtide"})
        assert (request.method, request.url.path) == ("POST", "/1/submit-listens")
        if token != f"Token {self.token}":
            return self._answer(401, {"code": 401, "error": "Invalid authorization token."})
        return self._take(self.bodies[-1])

    def _take(self, body: dict[str, Any]) -> httpx.Response:
        kind, payload = body["listen_type"], body["payload"]
        names = [one["track_metadata"] for one in payload]
        if kind not in {"single", "import", "playing_now"} or not payload:
            return self._answer(400, {"code": 400, "error": "Invalid listen type."})
        if kind != "import" and len(payload) != 1:
            return self._answer(400, {"code": 400, "error": "One listen only."})
        if any(not one["artist_name"] or "\x00" in one["track_name"] for one in names):
            return self._answer(400, {"code": 400, "error": "Invalid listen."})
        if kind == "playing_now":
            if "listened_at" in payload[0]:
                return self._answer(400, {"code": 400, "error": "No time for what plays now."})
            self.now.append(names[0]["track_name"])
        else:
            for one, named in zip(payload, names, strict=True):
                key = (one["listened_at"], named["artist_name"], named["track_name"])
                self.listens[key] = named
        return self._answer(200, {"status": "ok"})

    def _answer(self, status: int, body: dict[str, Any]) -> httpx.Response:
        return httpx.Response(
            status,
            json=body,
            headers={
                "x-ratelimit-limit": "30",
                "x-ratelimit-remaining": str(max(0, self.remaining)),
                "x-ratelimit-reset-in": str(self.reset_in_s),
            },
        )
