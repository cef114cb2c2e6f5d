"""Asking Spotify, with a hard limit of time: whatever happens, an answer or a trouble by then.

spotipy waits inside a call for as long as Spotify says (``Retry-After``, which can be a
day) unless its retries are off; with ``retries=0`` alone it hides why. A server that sends
a byte now and then outlasts any time limit of a socket, so every call has a thread of its
own that nobody waits for longer than ``HARD_S``.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from affetto.music.spotify.breaker import Breaker
from affetto.music.spotify.signing_in import TIMEOUT_S, Addresses, SignIn, hush
from affetto.music.spotify.troubles import (
    SpotifyTrouble,
    TokenRefused,
    not_answering,
    refused,
)

if TYPE_CHECKING:
    import spotipy

T = TypeVar("T")

HARD_S: Final = 1.6  # for one call, and for one act of several: the page never waits for 2 s


class Calls:
    """Spotify's web interface for one listener."""

    def __init__(
        self, sign_in: SignIn, addresses: Addresses, *, breaker: Breaker | None = None
    ) -> None:
        self.hard_s = HARD_S
        self._sign_in = sign_in
        self._addresses = addresses
        self._breaker = breaker or Breaker()
        self._client: spotipy.Spotify | None = None
        self._making = threading.Lock()

    async def ask(self, call: Callable[[spotipy.Spotify], Any]) -> Any:
        """What ``call`` returns, made in a thread; raises SpotifyTrouble."""
        self._breaker.check()
        return await self.in_time(apart(lambda: self._told(call)))

    async def in_time(self, work: Awaitable[T]) -> T:
        """Wait for ``work``, several calls it may be, no longer than ``hard_s``."""
        if self._client is None:  # spotipy is still to be read from the disk, which is no call
            await apart(self._spotipy)
        try:
            return await asyncio.wait_for(work, self.hard_s)
        except TimeoutError as error:
            trouble = not_answering()
            self._breaker.failed(trouble)
            raise trouble from error

    def _told(self, call: Callable[[spotipy.Spotify], Any]) -> Any:
        try:
            token = self._sign_in.get_access_token()
            try:
                told = self._once(call)
            except TokenRefused:  # withdrawn before its time
                self._sign_in.renewed(token)
                told = self._once(call)
        except SpotifyTrouble as trouble:
            self._breaker.failed(trouble)
            raise
        self._breaker.answered()
        return told

    def _once(self, call: Callable[[spotipy.Spotify], Any]) -> Any:
        from requests.exceptions import RequestException
        from spotipy.exceptions import SpotifyException

        try:
            return call(self._spotipy())
        except SpotifyException as error:
            headers = error.headers or {}
            raise refused(
                error.http_status,
                str(error.reason or ""),
                _message(str(error.msg)),
                headers.get("Retry-After", ""),
            ) from error
        except RequestException as error:
            raise not_answering() from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # An answer of another shape than the interface describes.
            raise not_answering() from error

    def _spotipy(self) -> spotipy.Spotify:
        import spotipy

        with self._making:
            if self._client is None:
                hush()
                self._client = spotipy.Spotify(
                    auth_manager=self._sign_in,
                    requests_timeout=TIMEOUT_S,
                    retries=0,
                    status_retries=0,
                    status_forcelist=[599],
                )
                self._client.prefix = self._addresses.api
            return self._client


def _message(said: str) -> str:
    """Spotify's words without the address that spotipy puts before them."""
    return said.partition(":\n")[2]


def apart(work: Callable[[], T]) -> asyncio.Future[T]:
    """Do it in a thread that ends with the program, if not before."""
    loop = asyncio.get_running_loop()
    told: asyncio.Future[T] = loop.create_future()

    def answer(result: T | None, error: BaseException | None) -> None:
        if told.cancelled():
            return
        if error is not None:
            told.set_exception(error)
        else:
            told.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result: T | None = None
        error: BaseException | None = None
        try:
            result = work()
        except BaseException as failed:
            error = failed
        with contextlib.suppress(RuntimeError):  # the loop has gone meanwhile
            loop.call_soon_threadsafe(answer, result, error)

    threading.Thread(target=run, name="affetto-spotify", daemon=True).start()
    return told
