"""Who may ask: this machine's own pages and programs, and no other website.

A web page anywhere can make a browser on this machine send requests to 127.0.0.1. Two
checks keep it out. The Host must be a loopback name, so that a foreign name that was
made to point here (DNS rebinding) is turned away. What changes something, and the
WebSocket, must come from our own page: browsers say where a request comes from
(Origin, Sec-Fetch-Site), programs say nothing.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affetto.server.problems import ProblemResponse

MOST_JSON: Final = 64_000  # bytes; only these are larger, and measure themselves
MEASURED: Final = frozenset({"/api/read", "/api/me/history", "/api/lists/import"})
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OUR_OWN: Final = frozenset({"same-origin", "none"})

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",  # the page runs the models as WebAssembly
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "permissions-policy": (
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), "
        "midi=(), display-capture=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}


def host_name(host: str) -> str | None:
    """The name in a Host header, lower case, without port; None when it is no host."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        return None
    if parts.path or parts.query or parts.fragment or parts.username is not None:
        return None
    return parts.hostname


def refusal(scope: Scope) -> tuple[str, str] | None:
    """Why this request may not pass, as problem and remedy; None when it may."""
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or host_name(hosts[0]) not in LOOPBACK:
        return (
            "Affetto answers only under this machine's own name.",
            "Open it as http://127.0.0.1 or http://localhost, with its port.",
        )
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site")
    if scope["type"] == "http" and scope["method"] in _SAFE:
        # A link may lead here from anywhere, as a sign-in does. A picture or a script on another
        # website may not: it sees no answer, but could use up what a service allows us to ask.
        leads_here = headers.get("sec-fetch-mode") == "navigate"
        if leads_here or site in (None, *_OUR_OWN) or not scope["path"].startswith("/api/"):
            return None
    if (origin is not None and not _same(origin, hosts[0])) or (
        site is not None and site not in _OUR_OWN
    ):
        return (
            "Another website tried to use this Affetto.",
            "Use the page that Affetto itself serves.",
        )
    return None


def from_a_page(headers: Headers) -> bool:
    """Whether a browser's page sent this: browsers say where from, programs say nothing."""
    return "origin" in headers or "sec-fetch-site" in headers


def _same(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == host.lower()


class Access:
    """Turns strangers away and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one connection, then let it through."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        why = refusal(scope)
        if scope["type"] == "websocket":
            if why is None:
                await self._app(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": 4403, "reason": why[0]})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        if why is not None:
            await ProblemResponse(403, *why)(scope, receive, with_headers)
        elif scope["path"] in MEASURED:
            await self._app(scope, receive, with_headers)
        else:
            await self._measured(scope, receive, with_headers)

    async def _measured(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through whose body is small; never hold more than that of it."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > MOST_JSON:
                await ProblemResponse(
                    413,
                    f"The request is larger than {MOST_JSON // 1000} kB.",
                    "Send less; only photos, listening histories and lists may be large.",
                )(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        whole: Message | None = {"type": "http.request", "body": bytes(body), "more_body": False}

        async def replay() -> Message:
            nonlocal whole
            if whole is None:
                return await receive()
            message, whole = whole, None
            return message

        await self._app(scope, replay, send)
