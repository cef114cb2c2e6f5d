"""A private playlist at Spotify, made of songs that were found there, and kept up to date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from affetto.errors import NothingToPlay
from affetto.music.spotify.calls import Calls, apart
from affetto.music.spotify.links import web_link
from affetto.music.spotify.shapes import Song
from affetto.music.spotify.signing_in import SignIn
from affetto.music.spotify.troubles import NotThere, SpotifyTrouble, not_signed_in

MOST: Final = 100  # Spotify takes no more at once


async def write(
    calls: Calls, sign_in: SignIn, of: str, name: str, songs: Sequence[Song]
) -> tuple[str, bool]:
    """Put ``songs`` into the playlist made of ``of`` before, or into a new one.

    Returns its address at Spotify, and whether it is a new one. One that the listener deleted
    is made anew.
    """
    if not songs:
        raise NothingToPlay(
            "None of these songs was found at Spotify.",
            remedy="Play something from here first, or choose another list.",
        )
    grant = sign_in.grant()
    if grant is None:
        raise not_signed_in()
    uris = list(dict.fromkeys(song.uri for song in songs))[:MOST]
    before = grant.playlists.get(of)
    if before is not None:
        try:
            await calls.ask(lambda s: s.playlist_replace_items(before, uris))
            return web_link(f"spotify:playlist:{before}"), False
        except NotThere:
            pass
    told = await calls.ask(lambda s: s.current_user_playlist_create(name, public=False))
    made = str(told.get("id") or "") if isinstance(told, dict) else ""
    if not made:
        raise SpotifyTrouble(
            "Spotify did not say which playlist it made.",
            remedy="Look among your playlists at Spotify.",
        )
    await calls.in_time(apart(lambda: sign_in.keep_playlist(of, made)))
    await calls.ask(lambda s: s.playlist_replace_items(made, uris))
    return web_link(f"spotify:playlist:{made}"), True
