"""Addresses at Spotify: those a listener pastes, and those that open a song there."""

from __future__ import annotations

import re
from typing import Final

CONTEXTS: Final = ("album", "artist", "playlist")
_URI: Final = re.compile(r"spotify:(track|album|artist|playlist):([0-9A-Za-z]{1,40})")
_LINK: Final = re.compile(
    r"(?:https?://)?open\.spotify\.com/(?:intl-[a-z-]+/)?"
    r"(track|album|artist|playlist)/([0-9A-Za-z]{1,40})(?:[/?#].*)?",
    re.IGNORECASE,
)


def uri_in(words: str) -> str | None:
    """The URI of what a pasted link or URI names: a track, album, artist or playlist."""
    words = words.strip()
    found = _URI.fullmatch(words) or _LINK.fullmatch(words)
    return f"spotify:{found[1].lower()}:{found[2]}" if found else None


def kind_of(uri: str) -> str:
    """ "playlist" of "spotify:playlist:…"; "" for what is no URI of Spotify's."""
    found = _URI.fullmatch(uri)
    return found[1] if found else ""


def web_link(uri: str) -> str:
    """The address that opens it at Spotify, with no account of ours; "" for no URI."""
    found = _URI.fullmatch(uri)
    return f"https://open.spotify.com/{found[1]}/{found[2]}" if found else ""
