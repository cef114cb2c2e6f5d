"""Spotify, steered from here: Premium, a Client ID of the listener's own, and their consent.

Spotify's terms allow no model, profile or log to be made of what is read there. So it is no
``Library``: its songs are never candidates, and nothing but the server's Spotify desk uses
this package, which an import contract holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from affetto.errors import Misuse
from affetto.music.provider import Asked, Description, Provider

if TYPE_CHECKING:
    from affetto.music.spotify.grants import Grant
    from affetto.music.spotify.signing_in import Addresses

description: Final = Description(
    "Spotify",
    "Plays your own words for a mood, or our song lists, on your Spotify device; needs Premium.",
    asks=(
        Asked(
            "client_id",
            "Client ID",
            help="Of an app of your own in Spotify's developer dashboard; the page then asks you "
            "to sign in.",
        ),
        Asked("grant", "Sign-in", secret=True, needed=False, help="The page fills this in."),
    ),
)


def create(settings: Mapping[str, str]) -> Provider:
    """A player, signed in with the ``grant`` that the page's sign-in made; no library.

    ``api`` and ``accounts`` are where Spotify is, for a stand-in.
    """
    from affetto.music.spotify.account import SpotifyAccount
    from affetto.music.spotify.checking import SpotifyConnection
    from affetto.music.spotify.grants import Grant, MemoryKeeper

    unknown = sorted(set(settings) - {"client_id", "grant", "api", "accounts"})
    if unknown:
        raise Misuse(
            f"Spotify knows no setting {unknown[0]!r}.",
            remedy="It takes client_id; the rest is done by signing in, in the page.",
        )
    grant: Grant | None = Grant.from_text(settings.get("grant", ""))
    account = SpotifyAccount(MemoryKeeper(grant), addresses=addresses(settings))
    return Provider("spotify", player=account.player, connection=SpotifyConnection(account))


def addresses(settings: Mapping[str, str]) -> Addresses:
    """Where Spotify is: its own addresses, unless the settings name a stand-in."""
    from affetto.music.spotify.signing_in import Addresses

    where = Addresses()
    return Addresses(settings.get("api", where.api), settings.get("accounts", where.accounts))
