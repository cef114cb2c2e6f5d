"""Signing in at Google as a program on one's own machine (RFC 8252), with PKCE (RFC 7636).

The verifier and the mark that a sign-in must come back with (``state``) stay in this
process; the browser carries only the mark. The client secret of a program is no secret to
its owner, and Google wants it all the same.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from affetto.errors import Misuse
from affetto.music.youtube.troubles import (
    YouTubeTrouble,
    app_refused,
    not_answering,
    reason_in,
    sign_in_ran_out,
)

if TYPE_CHECKING:
    import httpx

ASK: Final = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN: Final = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
REVOKE: Final = "https://oauth2.googleapis.com/revoke"
SCOPE: Final = "https://www.googleapis.com/auth/youtube"
OPEN_FOR_S: Final = 600.0  # a sign-in that takes longer is begun anew
MOST_OPEN: Final = 8
EARLY_S: Final = 60.0  # an access token is replaced so long before it ends


@dataclass(frozen=True, slots=True)
class App:
    """The listener's own registration at Google."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """What the listener has allowed, until they take it back or it runs out."""

    app: App
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: float  # seconds since 1970

    def is_stale(self, now: float) -> bool:
        """Whether the access token is over, or nearly."""
        return now >= self.expires_at - EARLY_S


@dataclass(frozen=True, slots=True)
class _Begun:
    app: App
    redirect: str
    verifier: str = field(repr=False)
    at: float


class SignIn:
    """Sign-ins under way."""

    def __init__(self, http: httpx.AsyncClient, clock: Callable[[], float]) -> None:
        self._http = http
        self._clock = clock
        self._begun: dict[str, _Begun] = {}

    def begin(self, app: App, redirect: str) -> str:
        """The address to send the listener to; they come back to ``redirect``."""
        mark, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        now = self._clock()
        open_still = [(m, b) for m, b in self._begun.items() if now - b.at < OPEN_FOR_S]
        self._begun = dict(open_still[1 - MOST_OPEN :])
        self._begun[mark] = _Begun(app, redirect, verifier, now)
        challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "client_id": app.client_id,
            "redirect_uri": redirect,
            "response_type": "code",
            "scope": SCOPE,
            "code_challenge": challenge.decode("ascii"),
            "code_challenge_method": "S256",
            "state": mark,
            "access_type": "offline",
            "prompt": "consent",
        }
        return f"{ASK}?{urlencode(asked)}"

    async def finish(self, mark: str, code: str) -> Grant:
        """Take what the browser came back with.

        Raises Misuse for a mark that we did not give out, or did too long ago, and
        YouTubeTrouble when Google says no.
        """
        begun = self._begun.pop(mark, None)
        if begun is None or self._clock() - begun.at >= OPEN_FOR_S:
            raise Misuse(
                "An answer from YouTube came to no sign-in that is open here. Nothing has changed.",
                remedy="If you have just signed in, that took too long: begin again under “Where "
                "your music lives”. If not, there is nothing to do.",
            )
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": begun.verifier,
            "redirect_uri": begun.redirect,
        }
        told = await _ask(self._http, begun.app, asked)
        refresh = told.get("refresh_token")
        if not isinstance(refresh, str):
            raise sign_in_ran_out()
        return Grant(begun.app, str(told["access_token"]), refresh, self._until(told))

    def refused(self, mark: str) -> bool:
        """The listener said no at Google; returns whether the sign-in was begun here."""
        return self._begun.pop(mark, None) is not None

    def forget(self) -> None:
        """Take no sign-in that is under way."""
        self._begun.clear()

    async def renewed(self, grant: Grant) -> Grant:
        """The same with a fresh access token. Raises SignInNeeded when it has run out."""
        asked = {"grant_type": "refresh_token", "refresh_token": grant.refresh_token}
        told = await _ask(self._http, grant.app, asked)
        return replace(
            grant,
            access_token=str(told["access_token"]),
            refresh_token=str(told.get("refresh_token") or grant.refresh_token),
            expires_at=self._until(told),
        )

    async def revoke(self, grant: Grant) -> None:
        """Have Google forget it too. Raises YouTubeTrouble when it does not answer."""
        import httpx

        try:
            await self._http.post(REVOKE, data={"token": grant.refresh_token})
        except httpx.HTTPError as error:
            raise not_answering() from error

    def _until(self, told: dict[str, Any]) -> float:
        lasts = told.get("expires_in")
        return self._clock() + (float(lasts) if isinstance(lasts, int | float) else 0.0)


async def _ask(http: httpx.AsyncClient, app: App, asked: dict[str, str]) -> dict[str, Any]:
    import httpx

    form = {**asked, "client_id": app.client_id, "client_secret": app.client_secret}
    try:
        answer = await http.post(TOKEN, data=form)
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise not_answering() from error
    if answer.is_success and isinstance(told, dict) and told.get("access_token"):
        return told
    raise _refusal(answer)


def _refusal(answer: httpx.Response) -> YouTubeTrouble:
    if answer.status_code >= 500:
        return not_answering()
    return app_refused() if reason_in(answer) == "invalid_client" else sign_in_ran_out()
