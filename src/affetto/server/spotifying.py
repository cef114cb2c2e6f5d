"""The desk for Spotify: the one place that knows both the listener's mood and Spotify.

The mood goes out as the listener's own words for it, or as a list of ours. What comes back
is shown on the page: it reaches no session, no history and nothing that learns.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from affetto.errors import AffettoError, Misuse, NothingToPlay
from affetto.listening.presets import Presets, list_for, mood_at
from affetto.music.curated import CuratedSong, link
from affetto.music.spotify import addresses
from affetto.music.spotify.links import uri_in, web_link
from affetto.music.spotify.troubles import SignInNeeded
from affetto.server.desk import SessionDesk
from affetto.store.keyring import KeyTrouble
from affetto.track import TrackUri
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.music.spotify.account import SpotifyAccount, Writing
    from affetto.music.spotify.grants import Grant
    from affetto.music.spotify.searching import LookUp

NAME: Final = "spotify"  # of the sealed sign-in
PRESETS: Final = "spotify-presets"  # of the sealed presets, which stay when one disconnects
AT_SPOTIFY: Final = "https://open.spotify.com/"


class SpotifyDesk:
    """One listener's Spotify, with what they want for each mood."""

    def __init__(self, house: House, sessions: SessionDesk) -> None:
        self._house = house
        self._sessions = sessions
        self._account: SpotifyAccount | None = None
        self.trouble: AffettoError | None = None  # of the last sign-in

    @property
    def account(self) -> SpotifyAccount:
        """The account, made on first use."""
        if self._account is None:
            from affetto.music.spotify.account import SpotifyAccount

            self._account = SpotifyAccount(
                SealedKeeper(self._house),
                addresses=addresses(self._house.settings.of_provider(NAME)),
            )
        return self._account

    async def close(self) -> None:
        """Let go of what runs."""
        if self._account is not None:
            await self._account.close()

    @property
    def own_client_id(self) -> str:
        """The Client ID of the settings, or ""."""
        return self._house.settings.of_provider(NAME).get("client_id", "")

    # -- the sign-in --------------------------------------------------------------------

    async def finish(self, mark: str | None, code: str | None, error: str | None) -> str:
        """Take what the browser came back with; returns where on this machine to go on.

        What is wrong with it is told by ``trouble``, since the page is still to come. A "no"
        to a sign-in that was not begun here says nothing: any page can send it.
        """
        try:
            if mark is None or code is None or error is not None:
                if not self.account.sign_in.refused(mark or ""):
                    return ""
                raise Misuse(
                    "Nothing was allowed at Spotify.",
                    remedy="Connect again and choose to agree, or leave Spotify out.",
                )
            back = await self.account.finish(mark, code)
        except AffettoError as trouble:
            self.trouble = trouble
            return ""
        self.trouble = None
        return back

    async def disconnect(self) -> None:
        """Delete the sign-in and what was read with it."""
        self.trouble = None
        await self.account.disconnect()

    # -- presets ------------------------------------------------------------------------

    async def presets(self) -> Presets:
        """What the listener wants for each mood."""
        text = await asyncio.to_thread(
            self._house.listeners.token, self._house.listener, PRESETS, self._house.keyring
        )
        return Presets.from_text(text) if text is not None else Presets()

    async def prefer(self, presets: Presets) -> None:
        """Keep what the listener wants, sealed: it says something of their moods."""
        await asyncio.to_thread(
            self._house.listeners.keep_token,
            self._house.listener,
            PRESETS,
            presets.to_text(),
            self._house.keyring,
            self._house.now(),
        )

    # -- music --------------------------------------------------------------------------

    async def mood_ahead(self) -> str:
        """The mood where the running session leads, or where the listener is."""
        session = await self._sessions.current()
        place = (session.target or session.mood) if session is not None else None
        if place is None:
            raise NothingToPlay(
                "Your mood is not known yet.",
                remedy="Touch the mood map, or choose a mood.",
            )
        return mood_at(place)

    async def play(self, mood: str, words: str) -> LookUp | None:
        """Play the listener's words for a mood, or songs of its list; how far that is."""
        uri = uri_in(words)
        if uri is not None:
            await self.account.play_link(uri)
        elif words:
            await self.account.play_words(words)
        else:
            return await self.account.play_list(await self._list(list_for(mood)), random.Random())
        return None

    async def keep(self, of: str, name: str) -> Writing:
        """Make or update a private playlist; see ``wire.KeepSpotifyPlaylist``."""
        if of == "played":
            return await self.account.keep(of, name)
        if of != "session":
            return await self.account.keep(of, name, await self._list(of))
        session = await self._sessions.current()
        if session is None or session.playing is None:
            raise NothingToPlay(
                "No session runs whose songs could become a playlist.",
                remedy="Touch the mood map to begin one.",
            )
        log = await asyncio.to_thread(self._house.history.choices, self._house.listener)
        heard = [choice.track_uri for choice in log if choice.session_id == session.id]
        uris = dict.fromkeys([*heard, *(choice.track.id for choice in session.queue)])
        tracks = [await self._house.track(TrackUri(uri)) for uri in uris]
        named = [_named(track.title, track.artist) for track in tracks if track is not None]
        return await self.account.keep(f"session:{session.id}", name, named)

    async def _list(self, emotion: str) -> Sequence[CuratedSong]:
        songs = await asyncio.to_thread(self._house.song_lists.songs, emotion)
        preferences = await asyncio.to_thread(
            self._house.listeners.preferences, self._house.listener
        )
        if preferences is not None and not preferences.get("explicit", True):
            songs = tuple(song for song in songs if not song.explicit)
        return songs


class SealedKeeper:
    """Keeps a grant in the database, sealed by the house's keyring."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._grant: Grant | None = None
        self._known = False

    def load(self) -> Grant | None:
        """The grant, or None; SignInNeeded when it was sealed with another key."""
        if not self._known:
            from affetto.music.spotify.grants import Grant

            try:
                text = self._house.listeners.token(self._house.listener, NAME, self._house.keyring)
            except KeyTrouble as error:
                raise SignInNeeded(error.problem, remedy=error.remedy) from error
            self._grant = Grant.from_text(text) if text is not None else None
            self._known = True
        return self._grant

    def save(self, grant: Grant) -> None:
        """Seal it and keep it."""
        self._house.listeners.keep_token(
            self._house.listener, NAME, grant.to_text(), self._house.keyring, self._house.now()
        )
        self._grant, self._known = grant, True

    def forget(self) -> None:
        """Delete it."""
        self._house.listeners.forget_token(self._house.listener, NAME)
        self._grant, self._known = None, True
        self._house.database.forget_old_pages()


def way_out(words: str) -> str:
    """The address that opens the listener's words at Spotify, with no account and without us.

    Without words it is Spotify's front page: the mood itself is not told there.
    """
    uri = uri_in(words)
    if uri is not None:
        return web_link(uri)
    return f"{AT_SPOTIFY}search/{quote(words, safe='')}" if words else AT_SPOTIFY


def search_link(song: CuratedSong) -> str:
    """The address that searches for a song there."""
    return link(song.title, song.artist, "spotify")


def _named(title: str, artist: str) -> CuratedSong:
    """A song of the listener's own library, as something to search for."""
    return CuratedSong("neutral", title, artist, 0.0, 0.0)
