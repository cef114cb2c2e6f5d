"""The few things Affetto asks of YouTube's Data API v3, and what each costs.

A Google project may spend 10,000 units a day: a search costs 100, a change 50.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from affetto.music.youtube.signing_in import Grant, SignIn
from affetto.music.youtube.troubles import Lost, NotNow, TokenStale, not_answering, trouble_in

if TYPE_CHECKING:
    import httpx

API: Final = "https://www.googleapis.com/youtube/v3"
WITHIN_S: Final = 10.0
PAUSE_S: Final = 1.0  # before what failed in passing is asked once more
UNITS_A_DAY: Final = 10_000
SEARCH_UNITS: Final = 100
CHANGE_UNITS: Final = 50
MUSIC: Final = "10"  # YouTube's category
_TITLE: Final = 150  # characters it takes


def costs(songs: int) -> int:
    """What a playlist of so many songs costs, in units."""
    return CHANGE_UNITS + songs * (SEARCH_UNITS + CHANGE_UNITS)


def open_client(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """The way to Google; ``transport`` takes its place in tests."""
    import httpx

    return httpx.AsyncClient(timeout=WITHIN_S, transport=transport)


class YouTubeAccount:
    """One listener's account. Every call may raise YouTubeTrouble."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        sign_in: SignIn,
        grant: Grant,
        keep: Callable[[Grant], Awaitable[None]],
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        """``keep`` is told every new grant, before it is used."""
        self._http = http
        self._sign_in = sign_in
        self._grant = grant
        self._keep = keep
        self._clock = clock
        self._sleep = sleep

    async def find(self, title: str, artist: str) -> str | None:
        """The id of the video that YouTube thinks is this song, or None."""
        words = {
            "part": "id",
            "type": "video",
            "videoCategoryId": MUSIC,
            "maxResults": "1",
            "q": f"{artist} {title}".strip(),
        }
        told = await self._ask("GET", "/search", words)
        try:
            return str(told["items"][0]["id"]["videoId"])
        except (KeyError, IndexError, TypeError):
            return None

    async def make_playlist(self, title: str, description: str) -> str:
        """Make an empty playlist that only the listener sees; returns its id."""
        named = title.replace("<", "(").replace(">", ")")[:_TITLE]  # it takes no such signs
        body = {
            "snippet": {"title": named, "description": description},
            "status": {"privacyStatus": "private"},
        }
        told = await self._ask("POST", "/playlists", {"part": "snippet,status"}, body)
        if not isinstance(told.get("id"), str):
            raise not_answering()
        return str(told["id"])

    async def add(self, playlist: str, video: str) -> None:
        """Put a video at the end of a playlist. Raises NotAdded for one that may not be."""
        resource = {"kind": "youtube#video", "videoId": video}
        body = {"snippet": {"playlistId": playlist, "resourceId": resource}}
        await self._ask("POST", "/playlistItems", {"part": "snippet"}, body)

    async def _ask(
        self, method: str, path: str, words: dict[str, str], body: object = None
    ) -> dict[str, Any]:
        """Ask once; again after a stale token, and once more after a passing trouble."""
        if self._grant.is_stale(self._clock()):
            await self._renew()
        try:
            return await self._once(method, path, words, body)
        except TokenStale:
            await self._renew()
        except NotNow as error:
            if isinstance(error, Lost) and method != "GET":
                raise  # it may have been done, and once is enough
            await self._sleep(PAUSE_S)
        return await self._once(method, path, words, body)

    async def _once(
        self, method: str, path: str, words: dict[str, str], body: object
    ) -> dict[str, Any]:
        import httpx

        headers = {"authorization": f"Bearer {self._grant.access_token}"}
        try:
            answer = await self._http.request(
                method, f"{API}{path}", params=words, json=body, headers=headers
            )
        except httpx.HTTPError as error:
            raise not_answering() from error
        if not answer.is_success:
            raise trouble_in(answer, of_song=path == "/playlistItems")
        try:
            told = answer.json()
        except ValueError as error:
            raise not_answering() from error
        return told if isinstance(told, dict) else {}

    async def _renew(self) -> None:
        self._grant = await self._sign_in.renewed(self._grant)
        await self._keep(self._grant)
