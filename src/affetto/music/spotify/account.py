"""One listener's Spotify: connected or not, what was asked of it, and what came of that.

A mood comes in as words the listener chose for it, or as songs of a curated list, and goes
out as a search or a link. What Spotify answers is shown and played, and goes nowhere else.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from affetto.errors import AffettoError, NothingToPlay
from affetto.music.curated.song import CuratedSong
from affetto.music.spotify import playlists
from affetto.music.spotify.breaker import Breaker
from affetto.music.spotify.calls import Calls, apart
from affetto.music.spotify.grants import Grant, GrantKeeper
from affetto.music.spotify.links import CONTEXTS, kind_of
from affetto.music.spotify.player import LOOK_EVERY_S, SpotifyPlayer
from affetto.music.spotify.searching import LookUp, Searching
from affetto.music.spotify.shapes import Song, songs
from affetto.music.spotify.signing_in import Addresses, SignIn
from affetto.music.spotify.troubles import SpotifyTrouble

SONGS: Final = 10  # of a list, put on at a time: each costs a search
PATIENCE_S: Final = 1.4  # how long a list is looked up before it goes on by itself
MOST_PUT_ON: Final = 100


@dataclass(slots=True)
class Writing:
    """A playlist that is being made or brought up to date."""

    name: str
    look_up: LookUp
    link: str = ""  # to it, at Spotify, once it is written
    new: bool = False  # False: one that was there was brought up to date
    songs: int = 0
    trouble: AffettoError | None = None


class SpotifyAccount:
    """All that can be done at Spotify for one listener. ``close`` it when done."""

    def __init__(
        self,
        keeper: GrantKeeper,
        *,
        addresses: Addresses | None = None,
        breaker: Breaker | None = None,
        look_every_s: float = LOOK_EVERY_S,
        clock: Callable[[], float] | None = None,
    ) -> None:
        addresses = addresses or Addresses()
        self.sign_in = (
            SignIn(keeper, addresses, clock=clock) if clock else SignIn(keeper, addresses)
        )
        self.calls = Calls(self.sign_in, addresses, breaker=breaker)
        self.player = SpotifyPlayer(self.calls, look_every_s=look_every_s)
        self.searching = Searching(self.calls)
        self.look_up: LookUp | None = None  # the list that was put on last
        self.writing: Writing | None = None  # the playlist that was asked for last
        self.put_on: list[Song] = []  # in this sitting, in order; in memory only
        self.patience_s = PATIENCE_S
        self._looking: asyncio.Task[None] | None = None

    # -- the sign-in --------------------------------------------------------------------

    async def grant(self) -> Grant | None:
        """What the listener allowed, or None."""
        return await asyncio.to_thread(self.sign_in.grant)

    async def begin(self, client_id: str, redirect: str, back: str) -> str:
        """The address to sign in at; see ``SignIn.begin``."""
        return await asyncio.to_thread(self.sign_in.begin, client_id, redirect, back=back)

    async def finish(self, mark: str, code: str) -> str:
        """Take a sign-in, and ask once whether it counts; see ``SignIn.finish``."""

        async def finish() -> str:
            back = await apart(lambda: self.sign_in.finish(mark, code))
            await self.calls.ask(lambda s: s._get("me"))  # s.me() asks at "me/", elsewhere
            return back

        return await self.calls.in_time(finish())

    async def disconnect(self) -> None:
        """Delete the sign-in and all that was read with it; the music there goes on."""
        await self._stop_looking()
        self.look_up = self.writing = None
        self.player.forget()
        self.put_on = []
        self.searching.forget()
        await asyncio.to_thread(self.sign_in.forget)

    async def close(self) -> None:
        """Let go of what runs."""
        await self._stop_looking()

    # -- music --------------------------------------------------------------------------

    async def play_words(self, words: str) -> None:
        """Play the first songs that Spotify finds for a text the listener typed."""
        await self._stop_looking()
        self.look_up = None

        async def play() -> None:
            found = await self.searching.by_words(words)
            if not found:
                raise NothingToPlay(
                    f"Spotify finds no song for {words[:80]!r}.",
                    remedy="Choose other words for this mood, or paste a playlist's link.",
                )
            await self._play(found)

        await self.calls.in_time(play())

    async def play_link(self, uri: str) -> None:
        """Play a playlist, album, artist or track."""
        await self._stop_looking()
        self.look_up = None
        if kind_of(uri) in CONTEXTS:
            await self.player.put_on(context=uri)
        else:
            await self.player.put_on([uri])

    async def play_list(self, listed: Sequence[CuratedSong], rng: random.Random) -> LookUp:
        """Look up some songs of a curated list, by chance, and play those that are there.

        Looking takes a search for each song. After ``patience_s`` this returns and it goes on
        by itself: ``look_up`` tells how far it is and what was missed.
        """
        await self._stop_looking()
        chosen = rng.sample(list(listed), min(SONGS, len(listed)))
        self.look_up = look_up = LookUp(tuple(chosen))
        self._looking = asyncio.create_task(self._look_and_play(look_up))
        await asyncio.wait({self._looking}, timeout=self.patience_s)
        if look_up.done and look_up.trouble is not None:
            raise look_up.trouble
        return look_up

    async def saved(self, offset: int, limit: int) -> tuple[list[Song], bool]:
        """The listener's saved songs, newest first, and whether there are more."""
        answer = await self.calls.ask(
            lambda s: s.current_user_saved_tracks(limit=limit, offset=offset)
        )
        items = answer.get("items") if isinstance(answer, dict) else None
        rows = items if isinstance(items, list) else []
        found = songs([row.get("track") for row in rows if isinstance(row, dict)])
        return found, bool(isinstance(answer, dict) and answer.get("next"))

    async def keep(
        self, of: str, name: str, wanted: Sequence[CuratedSong] | None = None
    ) -> Writing:
        """Make or update the private playlist of ``of``: what was put on, or ``wanted``.

        As ``play_list`` it goes on by itself after ``patience_s``; ``writing`` tells how far.
        """
        await self._stop_looking()
        look_up = LookUp(tuple((wanted or ())[: playlists.MOST]))
        self.writing = writing = Writing(name, look_up)
        self._looking = asyncio.create_task(self._look_and_write(of, writing))
        await asyncio.wait({self._looking}, timeout=self.patience_s)
        if writing.trouble is not None:
            raise writing.trouble
        return writing

    async def _look_and_write(self, of: str, writing: Writing) -> None:
        try:
            await self.searching.look_up(writing.look_up)
            found = writing.look_up.found if writing.look_up.wanted else list(self.put_on)
            writing.link, writing.new = await playlists.write(
                self.calls, self.sign_in, of, writing.name, found
            )
            writing.songs = len(found)
        except AffettoError as trouble:  # also of the store, where the sign-in is kept
            writing.trouble = writing.look_up.trouble or trouble
        except asyncio.CancelledError:
            writing.trouble = _left_off()
            raise
        finally:
            writing.look_up.done = True

    async def _look_and_play(self, look_up: LookUp) -> None:
        """Done only once the music is on, or is known not to be: nobody looks after that."""
        try:
            await self._put_on_what_is_there(look_up)
        finally:
            look_up.done = True

    async def _put_on_what_is_there(self, look_up: LookUp) -> None:
        await self.searching.look_up(look_up)
        if not look_up.found:
            if look_up.trouble is None:
                look_up.trouble = SpotifyTrouble(
                    "None of these songs is at Spotify for your account.",
                    remedy="Play the mood once more for other songs, or choose words for it.",
                )
            return
        try:
            await self._play(look_up.found)
            look_up.trouble = None  # some were not looked for, and the others play
        except AffettoError as trouble:
            look_up.trouble = trouble

    async def _play(self, found: Sequence[Song]) -> None:
        kept = self.put_on  # another list takes its place when one disconnects meanwhile
        await self.player.put_on([song.uri for song in found])
        kept.extend(found)
        del kept[:-MOST_PUT_ON]

    async def _stop_looking(self) -> None:
        looking, self._looking = self._looking, None
        if looking is not None and not looking.done():
            looking.cancel()
            await asyncio.wait({looking})


def _left_off() -> SpotifyTrouble:
    return SpotifyTrouble(
        "The playlist was not written, since something else was asked of Spotify meanwhile.",
        remedy="Ask for it again.",
    )
