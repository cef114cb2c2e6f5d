"""Asking a Subsonic server: one question, one answer.

Servers differ, so little is taken for granted: errors come as HTTP 200 or not, lists of one
as no list, fields not at all. Each question opens a connection of its own. There are few
of them, and nothing goes stale when the server restarts.

Secrets are put into a request only as it leaves, below everything that logs or raises.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import httpx

from affetto.errors import Misuse
from affetto.music.subsonic.answers import holds_words, many, told_in, word_in
from affetto.music.subsonic.signing import Way
from affetto.music.subsonic.troubles import (
    MISSING,
    NO_SUCH_WAY,
    NO_TOKEN,
    SIGN_IN,
    THEIRS_OLD,
    Refusal,
    nonsense,
    refused,
    unanswered,
)

# The API we were written after; a server that is older says so (error 30) and is asked again
# in its own.
VERSION: Final = "1.16.1"
NAME: Final = "affetto"  # how servers list us among their clients

# Answers to a way of signing in that the server does not know. It then may know another.
_ANOTHER_WAY: Final = frozenset({MISSING, NO_TOKEN, NO_SUCH_WAY})

_TIMES: Final = httpx.Timeout(10.0, connect=4.0)
_STREAM_TIMES: Final = httpx.Timeout(30.0, connect=4.0)  # a transcoder needs time to begin


@dataclass(frozen=True, slots=True)
class Server:
    """What a server told of itself, and the way to sign in that it took."""

    way: Way
    version: str = ""  # of the API, "1.16.1"
    kind: str = ""  # "navidrome"; old servers do not say
    release: str = ""  # of the server's own software
    open_subsonic: bool = False
    extensions: frozenset[str] = frozenset()


class Client:
    """One server, and whoever is signed in there. Any loop may ask it."""

    def __init__(self, address: str, ways: Sequence[Way]) -> None:
        """``ways`` to sign in are tried in this order. Raises Misuse for no http address."""
        self._base = _base(address)
        self._ways = tuple(ways)
        self._version = VERSION
        self._server: Server | None = None
        # What it tells when debugging repeats the headers of an answer, and a server that sends
        # on to another address repeats there what it was asked, signature and all.
        logging.getLogger("httpcore").setLevel(logging.INFO)

    def __repr__(self) -> str:
        return f"Client({self.host!r})"

    @property
    def host(self) -> str:
        """The machine it asks, as it stands in the address."""
        return self._base.netloc.decode("ascii")

    @property
    def guarded(self) -> bool:
        """Whether nobody on the way can read what is sent."""
        here = self._base.host in ("localhost", "127.0.0.1", "::1")
        return self._base.scheme == "https" or here

    async def server(self) -> Server:
        """What the server is. Asked once; signs in. Raises ServiceTrouble."""
        if self._server is None:
            self._server = await self._probe()
        return self._server

    async def ask(self, method: str, **params: object) -> Mapping[str, Any]:
        """The answer to one question, such as ``ask("getSong", id="7")``.

        A list gives a parameter several times, None leaves it out. Raises Refusal when the
        server says no, ServiceTrouble when it does not answer as it should.
        """
        server = await self.server()
        return await self._send(server.way, method, params)

    @asynccontextmanager
    async def stream(
        self, method: str, params: Mapping[str, object], headers: Mapping[str, str]
    ) -> AsyncGenerator[httpx.Response, None]:
        """The answer to a question for bytes, read by whoever asks. Raises as ``ask``."""
        server = await self.server()
        plain = {"accept-encoding": "identity", **headers}
        async with self._open(server.way, _STREAM_TIMES) as web:
            with self._in_words():
                async with web.stream(
                    "GET", f"rest/{method}.view", params=self._query(params), headers=plain
                ) as response:
                    status = response.status_code
                    if status != 416 and (holds_words(response) or status not in (200, 206)):
                        await response.aread()
                        self._opened(response)
                        raise nonsense(self.host, response)
                    yield response

    # -- inside -------------------------------------------------------------------------

    async def _probe(self) -> Server:
        """Sign in, in the first way that the server takes, and ask what it can do."""
        *others, last = self._ways
        for way in others:
            try:
                return await self._introduced(way)
            except Refusal as refusal:
                if refusal.code not in _ANOTHER_WAY:
                    raise
        return await self._introduced(last)

    async def _introduced(self, way: Way) -> Server:
        told = await self._send(way, "ping", {})
        extensions: frozenset[str] = frozenset()
        if told.get("openSubsonic") is True:
            try:
                answer = await self._send(way, "getOpenSubsonicExtensions", {})
                names = (one.get("name") for one in many(answer, "openSubsonicExtensions"))
                extensions = frozenset(name for name in names if isinstance(name, str))
            except Refusal:
                pass  # it promised more than it has; what we use works without
        return Server(
            way,
            word_in(told.get("version")),
            word_in(told.get("type")),
            word_in(told.get("serverVersion")),
            told.get("openSubsonic") is True,
            extensions,
        )

    async def _send(
        self, way: Way, method: str, params: Mapping[str, object], *, again: bool = True
    ) -> Mapping[str, Any]:
        async with self._open(way, _TIMES) as web:
            with self._in_words():
                response = await web.get(f"rest/{method}.view", params=self._query(params))
        try:
            return self._opened(response)
        except Refusal as refusal:
            if not (again and refusal.code == THEIRS_OLD and refusal.version):
                raise
            self._version = refusal.version
            return await self._send(way, method, params, again=False)

    def _open(self, way: Way, times: httpx.Timeout) -> httpx.AsyncClient:
        # Redirects are not followed: they would hand the secrets to another machine.
        return httpx.AsyncClient(
            base_url=self._base, timeout=times, transport=_Signed(way.signature)
        )

    def _query(self, params: Mapping[str, object]) -> httpx.QueryParams:
        query = [("v", self._version), ("c", NAME), ("f", "json")]
        for name, value in params.items():
            values = value if isinstance(value, list) else [value]
            query += [(name, _as_text(one)) for one in values if one is not None]
        return httpx.QueryParams(tuple(query))

    def _opened(self, response: httpx.Response) -> Mapping[str, Any]:
        """What stands in an answer; Refusal when that is an error."""
        told = told_in(response)
        error = told.get("error")
        if isinstance(error, Mapping):
            refusal = refused(self.host, error, word_in(told.get("version")))
            if refusal.code in SIGN_IN:
                self._server = None  # no longer what it was: found out anew with the next question
            raise refusal
        if told.get("status") != "ok":
            raise nonsense(self.host, response)
        return told

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except httpx.HTTPError as error:
            raise unanswered(self.host, error) from error


class _Signed(httpx.AsyncBaseTransport):
    """Adds the signature to each request as it leaves: what httpx logs does not hold it."""

    def __init__(self, signature: Callable[[], Mapping[str, str]]) -> None:
        self._signature = signature
        self._way_out = httpx.AsyncHTTPTransport(verify=_trusted())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        signed = httpx.Request(
            request.method,
            request.url.copy_merge_params(self._signature()),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._way_out.handle_async_request(signed)

    async def aclose(self) -> None:
        await self._way_out.aclose()


@cache
def _trusted() -> ssl.SSLContext:
    """What this machine trusts, its owner's own authorities too, and the usual ones."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _base(address: str) -> httpx.URL:
    trimmed = re.sub(r"/+(rest/*)?$", "", address.strip())
    try:
        url = httpx.URL(trimmed + "/")
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment:
        raise Misuse(
            "The address of the music server is missing or is none.",
            remedy='Give it as you open it in a browser, such as "https://music.example.org".',
        )
    if url.userinfo:
        raise Misuse(
            "The address of the music server holds a name or a password.",
            remedy="Take them out of the address and give them in their own fields.",
        )
    return url


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
