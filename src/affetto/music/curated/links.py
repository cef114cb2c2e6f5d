"""Addresses that open a search for a song in the listener's own service.

None needs an account, a key or a request of ours: the listener's browser goes there.
Qobuz is missing since its web pages take no search that every country understands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from affetto.errors import Misuse
from affetto.music.curated.guess import guess

SERVICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "apple-music": "https://music.apple.com/search?term={}",
        "bandcamp": "https://bandcamp.com/search?item_type=t&q={}",
        "deezer": "https://www.deezer.com/search/{}",
        "soundcloud": "https://soundcloud.com/search?q={}",
        "spotify": "https://open.spotify.com/search/{}",
        "tidal": "https://listen.tidal.com/search?q={}",
        "youtube": "https://www.youtube.com/results?search_query={}",
        "youtube-music": "https://music.youtube.com/search?q={}",
    }
)

_STEERING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def link(title: str, artist: str, service: str) -> str:
    """The address that searches ``service`` for the song, in plain ASCII.

    Raises Misuse, naming those we know, for another service.
    """
    return SERVICES[service_called(service)].format(quote(_words(title, artist), safe=""))


def service_called(name: str) -> str:
    """The service of this name, however spaced. Raises Misuse for one we do not know."""
    wanted = "-".join(name.casefold().replace("_", " ").replace("-", " ").split())
    if wanted in SERVICES:
        return wanted
    raise Misuse(
        f"There is no service called {name!r}.{guess(wanted, SERVICES)}",
        remedy=f"Choose one of {', '.join(SERVICES)}.",
    )


def _words(title: str, artist: str) -> str:
    """What is searched for. Marks that only steer the direction of writing find nothing."""
    text = unicodedata.normalize("NFC", f"{artist} {title}")
    kept = (c for c in text if c not in _STEERING and unicodedata.category(c) != "Cs")
    return " ".join("".join(kept).split())
