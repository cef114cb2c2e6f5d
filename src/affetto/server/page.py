"""The listener's page: built files from the package, sent small and cached long."""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from affetto.server.problems import ProblemResponse

STATIC: Final = Path(__file__).with_name("static")
_HASHED: Final = "assets"  # the folder whose file names change with their content
# In no name of ours. To Windows they mean other disks, machines and streams, and merely
# looking at such a path may send this account's credentials to whoever named it.
_NEVER: Final = ("\\", ":", "\0")
_FOREVER: Final = "public, max-age=31536000, immutable"
_ASK: Final = "no-cache"
_TEXT: Final = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/wasm",
        "image/svg+xml",
    }
)
_TYPES: Final = {  # not left to the machine: Windows may say text/plain for .js
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "application/javascript",
    ".json": "application/json",
    ".mjs": "application/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}

_NOT_BUILT: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>affetto: the page is not built</title>
<h1>The page is not built yet</h1>
<p>Affetto runs, but the page you would see here is missing. In a clone, run
<code>make run</code>, which builds it; an installed Affetto brings it along, so
install it again if you did not clone.</p>
<p>The interface for programs is at <a href="/api/openapi.json">/api/openapi.json</a>.</p>
</html>
"""


@dataclass(frozen=True, slots=True)
class _File:
    stamp: tuple[int, int]
    data: bytes
    zipped: bytes | None
    kind: str
    etag: str


class Page:
    """The files of one folder, read once and kept; a rebuilt file is read again."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._kept: dict[Path, _File] = {}

    def answer(self, path: str, request: Request) -> Response:
        """The file at ``path``; the page itself for addresses inside it."""
        found, odd = None, any(sign in path for sign in _NEVER)
        if not odd:
            found = self._find(path or "index.html")
        if found is None and not odd and not Path(path).suffix:
            found = self._find("index.html")  # an address that the page's own router knows
            if found is None:
                return HTMLResponse(_NOT_BUILT, status_code=503)
        if found is None:
            return ProblemResponse(
                404, "There is nothing at this address.", "The page is at /, the interface at /api."
            )
        where, file = found
        hashed = where.parent.name == _HASHED
        headers = {
            "cache-control": _FOREVER if hashed else _ASK,
            "etag": file.etag,
            "vary": "accept-encoding",
        }
        if file.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        data = file.data
        if file.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            data = file.zipped
            headers["content-encoding"] = "gzip"
        return Response(data, media_type=file.kind, headers=headers)

    def _find(self, path: str) -> tuple[Path, _File] | None:
        try:
            where = (self._root / path.lstrip("/")).resolve()
            if not where.is_relative_to(self._root) or where.name.startswith("."):
                return None
            stat = where.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            kept = self._kept.get(where)
            if kept is None or kept.stamp != stamp:
                kept = _load(where, stamp)
                self._kept[where] = kept
        except (OSError, ValueError):  # not there, a folder, or no path at all
            return None
        return where, kept


def _load(where: Path, stamp: tuple[int, int]) -> _File:
    data = where.read_bytes()
    kind = _TYPES.get(where.suffix) or mimetypes.guess_type(where.name)[0]
    kind = kind or "application/octet-stream"
    zipped = None
    if kind.startswith("text/") or kind in _TEXT:
        smaller = gzip.compress(data, 9, mtime=0)
        zipped = smaller if len(smaller) < len(data) else None
    return _File(stamp, data, zipped, kind, f'"{blake2s(data, digest_size=12).hexdigest()}"')


def serve_page(app: FastAPI, root: Path = STATIC) -> None:
    """Answer every address that the interface does not know with the page."""
    page = Page(root)

    async def show(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 4404, "reason": "Nobody is here."})
            return
        request = Request(scope, receive)
        path = request.url.path.lstrip("/")
        response: Response
        if path == "api" or path.startswith("api/"):
            response = ProblemResponse(
                404,
                "There is nothing at this address.",
                "What there is, is described at /api/openapi.json.",
            )
        elif request.method not in ("GET", "HEAD"):
            response = ProblemResponse(
                405, "The page can only be looked at.", "The interface is at /api."
            )
            response.headers["allow"] = "GET, HEAD"
        else:
            response = await asyncio.to_thread(page.answer, path, request)
        await response(scope, receive, send)

    # The last resort, not a route: a route that takes every address would also take
    # the interface's own, asked with the wrong verb.
    app.router.default = show
