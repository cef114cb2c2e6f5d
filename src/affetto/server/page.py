"""The listener's page: built files from the package, sent small and cached long."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from affetto.server.files import ASK, FOREVER, TWINS, File, load, stamp_of
from affetto.server.problems import ProblemResponse

STATIC: Final = Path(__file__).with_name("static")
_HASHED: Final = "assets"  # the folder whose file names change with their content
# In no name of ours. To Windows they mean other disks, machines and streams, and merely
# looking at such a path may send this account's credentials to whoever named it.
_NEVER: Final = ("\\", ":", "\0")
_TWINS: Final = tuple(suffix for _, suffix in TWINS)  # sent for the file they lie beside

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


class Page:
    """The files of one folder, read once and kept; a rebuilt file is read again."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._kept: dict[Path, File] = {}

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
        return file.answer(request, cache=FOREVER if where.parent.name == _HASHED else ASK)

    def _find(self, path: str) -> tuple[Path, File] | None:
        try:
            where = (self._root / path.lstrip("/")).resolve()
            if not where.is_relative_to(self._root) or where.name.startswith("."):
                return None
            if where.suffix in _TWINS:
                return None
            kept = self._kept.get(where)
            if kept is None or kept.stamp != stamp_of(where):
                kept = self._kept[where] = load(where)
        except (OSError, ValueError):  # not there, a folder, or no path at all
            return None
        return where, kept


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
