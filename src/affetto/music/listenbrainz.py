"""ListenBrainz: telling it what was heard (https://listenbrainz.readthedocs.io).

Three requests, written out: the client there is comes under the GPL. What is told of a
track is its name, its artist, its album and its length, and when it began; nothing else
that Affetto knows has a way into this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from affetto.errors import ServiceTrouble
from affetto.track import Track

if TYPE_CHECKING:
    import httpx

ADDRESS: Final = "https://api.listenbrainz.org"
TOKEN_PAGE: Final = "https://listenbrainz.org/settings/"  # noqa: S105 - where one finds it
WITHIN_S: Final = 10.0
MOST_AT_ONCE: Final = 50  # listens in one request; the service takes 1000
LONG_S: Final = 240.0
USUAL_WAIT_S: Final = 10.0  # where it says "too many" and not until when
LONGEST_WAIT_S: Final = 3600.0
KEPT_OUT: Final = frozenset({"spotify"})  # its terms let no list of plays be made elsewhere


class TokenRefused(ServiceTrouble):
    """ListenBrainz does not know the token, or no longer."""


class NotTaken(ServiceTrouble):
    """ListenBrainz will never take these listens, however often they are sent."""


class TooMany(ServiceTrouble):
    """ListenBrainz wants to be left alone for ``wait_s`` seconds."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(
            "ListenBrainz takes no more for a moment.",
            remedy="What was heard waits, and is sent by itself.",
        )
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Listen:
    """A track that was heard, and when it began (aware)."""

    track: Track
    at: datetime


def counts(heard_s: float, duration_s: float) -> bool:
    """Whether it was heard by ListenBrainz's rule: half of it, or four minutes."""
    enough = min(duration_s / 2, LONG_S) if duration_s > 0 else LONG_S
    return heard_s >= enough


def tellable(track: Track) -> bool:
    """Whether a track can be told of: it has a name and an artist, and may leave the house."""
    return bool(track.title and track.artist) and track.provider not in KEPT_OUT


class ListenBrainz:
    """One listener's account. ``close`` it when done."""

    def __init__(
        self,
        token: str,
        *,
        address: str = ADDRESS,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """``transport`` takes the place of the network, in tests. Raises TokenRefused."""
        import httpx

        if not (token.isascii() and token.isprintable()):  # no header can hold it
            raise _refused()
        self._client = httpx.AsyncClient(
            base_url=address,
            headers={"authorization": f"Token {token}"},
            timeout=WITHIN_S,
            transport=transport,
        )
        self.rest_s = 0.0  # how long it asked to be left alone after the last answer

    async def user(self) -> str:
        """Whose token it is. Raises TokenRefused, TooMany and ServiceTrouble."""
        told = await self._ask("GET", "/1/validate-token")
        if told.get("valid") is not True or not isinstance(told.get("user_name"), str):
            raise _refused()
        return str(told["user_name"])

    async def playing(self, track: Track) -> None:
        """Say what plays now; forgotten there by itself. Raises as ``submit``."""
        await self._tell("playing_now", [{"track_metadata": metadata(track)}])

    async def submit(self, listens: Sequence[Listen]) -> None:
        """Tell what was heard, ``MOST_AT_ONCE`` at most.

        Told again, the same track with the same time counts once there. Raises
        TokenRefused, NotTaken, TooMany, and ServiceTrouble when it does not answer.
        """
        payload = [
            {"listened_at": int(one.at.timestamp()), "track_metadata": metadata(one.track)}
            for one in listens
        ]
        await self._tell("single" if len(payload) == 1 else "import", payload)

    async def close(self) -> None:
        """Let go of sockets."""
        await self._client.aclose()

    async def _tell(self, kind: str, payload: list[dict[str, Any]]) -> None:
        body = {"listen_type": kind, "payload": payload}
        await self._ask("POST", "/1/submit-listens", body)

    async def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        import httpx

        try:
            answer = await self._client.request(method, path, json=body)
            told = answer.json() if answer.content else {}
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceTrouble(
                "ListenBrainz does not answer.",
                remedy="What was heard waits, and is sent once it does.",
            ) from error
        rest = _seconds(answer.headers.get("x-ratelimit-reset-in"))
        self.rest_s = rest if answer.headers.get("x-ratelimit-remaining") == "0" else 0.0
        if answer.status_code == 429:
            raise TooMany(rest or _seconds(answer.headers.get("retry-after")) or USUAL_WAIT_S)
        if answer.status_code in {401, 403}:
            raise _refused()
        if answer.status_code in {400, 413}:
            raise NotTaken(
                "ListenBrainz did not take what was heard.",
                remedy="It is left out; the rest is sent.",
            )
        if not answer.is_success:
            raise ServiceTrouble(
                f"ListenBrainz answers with an error of its own ({answer.status_code}).",
                remedy="What was heard waits, and is sent once it works again.",
            )
        return told if isinstance(told, dict) else {}


def metadata(track: Track) -> dict[str, Any]:
    """All that is ever told of a track."""
    more: dict[str, Any] = {
        "media_player": "Affetto",
        "submission_client": "Affetto",
        "submission_client_version": version("affetto"),
    }
    if track.duration_s > 0:
        more["duration_ms"] = round(track.duration_s * 1000)
    told: dict[str, Any] = {"track_name": track.title, "artist_name": track.artist}
    if track.album:
        told["release_name"] = track.album
    return {**told, "additional_info": more}


def _refused() -> TokenRefused:
    return TokenRefused(
        "ListenBrainz does not know this token.",
        remedy=f"Copy the user token of {TOKEN_PAGE} and connect again.",
    )


def _seconds(text: str | None) -> float:
    try:
        return min(max(0.0, float(text or 0)), LONGEST_WAIT_S)
    except ValueError:
        return 0.0
