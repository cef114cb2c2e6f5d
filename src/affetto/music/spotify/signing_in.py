"""Signing in at Spotify: the authorisation code with PKCE (RFC 7636), and fresh tokens.

The verifier and the mark that a sign-in must come back with (``state``) stay in this
process; the browser carries only the mark.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from affetto.errors import Misuse
from affetto.music.spotify.grants import SCOPES, Grant, GrantKeeper
from affetto.music.spotify.troubles import (
    RanOut,
    not_answering,
    not_signed_in,
    sign_in_ran_out,
    token_refused,
)

if TYPE_CHECKING:
    from spotipy.oauth2 import SpotifyPKCE

OPEN_FOR_S: Final = 600.0  # a sign-in that takes longer is begun anew
MOST_OPEN: Final = 8
EARLY_S: Final = 60.0  # an access token is replaced so long before it ends
TIMEOUT_S: Final = (1.0, 1.2)  # to connect, and between two bytes


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where Spotify is; a test puts a stand-in there."""

    api: str = "https://api.spotify.com/v1/"
    accounts: str = "https://accounts.spotify.com/"


@dataclass(frozen=True, slots=True)
class _Begun:
    client_id: str
    redirect: str
    verifier: str = field(repr=False)
    back: str
    at: float


class SignIn:
    """Sign-ins under way, and the tokens that come of them, for one listener.

    spotipy asks it for an access token before every call (``get_access_token``).
    """

    def __init__(
        self,
        keeper: GrantKeeper,
        addresses: Addresses,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keeper = keeper
        self._addresses = addresses
        self._clock = clock
        self._begun: dict[str, _Begun] = {}
        self._era = 0  # a new one with every disconnecting
        self._renewing = threading.Lock()

    def grant(self) -> Grant | None:
        """What is allowed now."""
        return self._keeper.load()

    def forget(self) -> None:
        """Delete all of it, and take no sign-in that is under way."""
        with self._renewing:
            self._era += 1
            self._begun.clear()
            self._keeper.forget()

    # -- by the listener ----------------------------------------------------------------

    def begin(self, client_id: str, redirect: str, *, back: str = "") -> str:
        """The address to send the listener to; they come back to ``redirect``.

        ``back`` is given out again by ``finish``.
        """
        pkce = self._pkce(client_id, redirect)
        mark = secrets.token_urlsafe(32)
        url: str = pkce.get_authorize_url(state=mark)
        now = self._clock()
        open_still = [(m, b) for m, b in self._begun.items() if now - b.at < OPEN_FOR_S]
        self._begun = dict(open_still[1 - MOST_OPEN :])
        self._begun[mark] = _Begun(client_id, redirect, pkce.code_verifier, back, now)
        return url

    def finish(self, mark: str, code: str) -> str:
        """Take what the browser came back with; returns where it came from.

        Raises Misuse for a mark that we did not give and when all was forgotten meanwhile,
        SpotifyTrouble when Spotify says no.
        """
        era = self._era
        begun = self._begun.pop(mark, None)
        if begun is None or self._clock() - begun.at >= OPEN_FOR_S:
            raise Misuse(
                "An answer from Spotify came to no sign-in that is open here. Nothing has changed.",
                remedy="If you have just signed in, that took too long: begin again under “Where "
                "your music lives”. If not, there is nothing to do.",
            )
        pkce = self._pkce(begun.client_id, begun.redirect)
        pkce.code_verifier, pkce.code_challenge = begun.verifier, "kept"
        try:
            told = _asked(lambda: pkce.get_access_token(code, check_cache=False), pkce)
        except RanOut as error:  # to a code: wrong, used before, or too old
            raise token_refused(400, "") from error
        with self._renewing:
            if self._era != era:
                raise Misuse(
                    "Spotify was disconnected while this sign-in came back, so it was dropped.",
                    remedy="Connect Spotify again if you want it.",
                )
            self._keeper.save(self._grant(told, begun.client_id, since=self._clock()))
        return begun.back

    def refused(self, mark: str) -> bool:
        """The listener said no at Spotify; returns whether the sign-in was begun here."""
        return self._begun.pop(mark, None) is not None

    # -- for every call -----------------------------------------------------------------

    def get_access_token(self, as_dict: bool = False) -> str:
        """An access token that is good for now. Blocks; raises SpotifyTrouble."""
        grant = self._keeper.load()
        if grant is None:
            raise not_signed_in()
        if grant.expires_at - EARLY_S > self._clock():
            return grant.access_token
        return self.renewed(grant.access_token)

    def renewed(self, stale: str) -> str:
        """An access token in place of ``stale``; only one thread asks for it.

        A grant that Spotify no longer honours is deleted, and SignInNeeded raised.
        """
        if not self._renewing.acquire(timeout=sum(TIMEOUT_S)):
            raise not_answering()
        try:
            grant = self._keeper.load()
            if grant is None:
                raise not_signed_in()
            if grant.access_token != stale:
                return grant.access_token
            pkce = self._pkce(grant.client_id, "")
            try:
                told = _asked(lambda: pkce.refresh_access_token(grant.refresh_token), pkce)
            except RanOut:
                self._keeper.forget()
                raise
            told.setdefault("refresh_token", grant.refresh_token)
            new = self._grant(told, grant.client_id, since=grant.since)
            self._keeper.save(replace(new, playlists=grant.playlists))
            return new.access_token
        finally:
            self._renewing.release()

    def keep_playlist(self, of: str, identifier: str) -> None:
        """Remember the playlist that was made of something, with the grant."""
        with self._renewing:
            grant = self._keeper.load()
            if grant is not None:
                playlists = {**grant.playlists, of: identifier}
                newest = dict(list(playlists.items())[-20:])
                self._keeper.save(replace(grant, playlists=newest))

    def _grant(self, told: dict[str, Any], client_id: str, *, since: float) -> Grant:
        return Grant(
            client_id=client_id,
            access_token=str(told["access_token"]),
            refresh_token=str(told.get("refresh_token", "")),
            expires_at=self._clock() + float(told.get("expires_in", 0)),
            since=since,
        )

    def _pkce(self, client_id: str, redirect: str) -> SpotifyPKCE:
        from spotipy.cache_handler import MemoryCacheHandler
        from spotipy.oauth2 import SpotifyPKCE

        hush()
        pkce = SpotifyPKCE(
            client_id=client_id,
            redirect_uri=redirect or "http://127.0.0.1",  # renewing sends none
            scope=" ".join(SCOPES),
            open_browser=False,
            cache_handler=MemoryCacheHandler(),
            requests_timeout=TIMEOUT_S,
        )
        pkce.OAUTH_AUTHORIZE_URL = f"{self._addresses.accounts}authorize"
        pkce.OAUTH_TOKEN_URL = f"{self._addresses.accounts}api/token"
        return pkce


def hush() -> None:
    """Keep spotipy's own log closed: it tells what was searched for and, at its finest, tokens.

    What goes wrong is told by our troubles.
    """
    logging.getLogger("spotipy").setLevel(logging.CRITICAL + 1)


def _asked(ask: Callable[[], object], pkce: SpotifyPKCE) -> dict[str, Any]:
    """What the token endpoint told; SpotifyTrouble when it said no or nothing."""
    from requests.exceptions import RequestException
    from spotipy.oauth2 import SpotifyOauthError

    try:
        ask()
    except SpotifyOauthError as error:
        answer = getattr(error.__context__, "response", None)
        status = 0 if answer is None else answer.status_code
        wait = "" if answer is None else answer.headers.get("Retry-After", "")
        raise token_refused(status, str(error.error), wait) from error
    except (RequestException, ValueError, KeyError) as error:
        raise not_answering() from error
    told: dict[str, Any] = dict(pkce.cache_handler.get_cached_token() or {})
    if not told.get("access_token"):
        raise sign_in_ran_out()
    return told
