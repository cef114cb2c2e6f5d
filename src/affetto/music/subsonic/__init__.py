"""Navidrome, gonic, Airsonic, Supysonic and their kin: a music server of the listener's own.

They speak the Subsonic API (1.1 to 1.16) or what OpenSubsonic made of it; what this package
needs of either is described at https://opensubsonic.netlify.app/docs.
"""

from __future__ import annotations

from collections.abc import Mapping

from affetto.errors import Misuse
from affetto.music.provider import Asked, Description, Provider

description = Description(
    "Navidrome and other Subsonic servers",
    "Plays the music of your own server: Navidrome, gonic, Airsonic, Supysonic and their kin.",
    (
        Asked(
            "url",
            "Address",
            help="As you open the server in your browser: https://music.example.org.",
        ),
        Asked("username", "User name", needed=False),
        Asked("password", "Password", secret=True, needed=False),
        Asked(
            "api_key",
            "API key",
            secret=True,
            needed=False,
            help="In place of name and password, where your server gives such keys.",
        ),
        Asked(
            "sign_in",
            "Way to sign in",
            default="auto",
            needed=False,
            help="auto finds out; else token, password or api-key.",
        ),
        Asked(
            "tell_plays",
            "Tell it what is heard",
            default="no",
            needed=False,
            help="yes lets it count plays, and pass them on where you told it to.",
        ),
    ),
)


def create(settings: Mapping[str, str]) -> Provider:
    """The server at ``settings["url"]``; nothing is asked of it yet.

    Raises Misuse when the address or the secrets are missing or make no sense.
    """
    from affetto.music.subsonic.account import Account
    from affetto.music.subsonic.client import Client
    from affetto.music.subsonic.connection import SubsonicConnection
    from affetto.music.subsonic.library import SubsonicLibrary
    from affetto.music.subsonic.signing import Secrets

    secrets = Secrets(
        settings.get("username", "").strip(),
        settings.get("password", ""),
        settings.get("api_key", "").strip(),
    )
    way = settings.get("sign_in", "").strip() or "auto"
    client = Client(settings.get("url", ""), secrets.ways(way))
    library = SubsonicLibrary(client)
    account = Account(client, library)
    told = settings.get("tell_plays", "").strip().casefold() or "no"
    if told not in ("yes", "no"):
        raise Misuse(
            f"Whether the music server is told what is heard cannot be {told[:40]!r}.",
            remedy="Say yes or no.",
        )
    return Provider(
        "subsonic",
        library,
        connection=SubsonicConnection(client, library, account),
        plays=account if told == "yes" else None,
        playlists=account,
    )
