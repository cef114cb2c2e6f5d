"""Trying everything once: what works with this MPD, and what to do about the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final

from affetto.errors import AffettoError
from affetto.music.mpd.conversation import Answer, Refused
from affetto.music.mpd.daemon import Daemon
from affetto.music.mpd.player import MpdPlayer
from affetto.music.provider import Check

_LONGEST_S: Final = 9.0  # for all of it
_GIVE_BACK_S: Final = 3.0  # before it is left as it is
_NEEDED: Final = frozenset(
    {"addid", "play", "seek", "deleteid", "delete", "pause", "stop", "clear"}
)


class MpdConnection:
    """What can be tried of an MPD, and let go of."""

    def __init__(self, daemon: Daemon, player: MpdPlayer) -> None:
        self._daemon = daemon
        self._player = player

    async def check(self) -> Sequence[Check]:
        """Connect, sign in, then look at the database, outputs, stickers and playlists.

        Where one cannot connect or sign in, nothing else is tried.
        """
        self._daemon.hurry()
        tried: list[Check] = []
        parts: tuple[tuple[str, Callable[[], Awaitable[Check]]], ...] = (
            ("connect", self._connect),
            ("sign in", self._sign_in),
            ("database", self._database),
            ("output", self._output),
            ("stickers", self._stickers),
            ("playlists", self._playlists),
        )
        try:
            async with asyncio.timeout(_LONGEST_S):
                for name, part in parts:
                    try:
                        tried.append(await part())
                    except AffettoError as trouble:
                        tried.append(Check(name, False, trouble.problem, trouble.remedy))
                    if name in ("connect", "sign in") and not tried[-1].works:
                        break
        except TimeoutError:
            name = parts[len(tried)][0]
            tried.append(
                Check(name, False, "MPD is too slow to try it.", "Try again when it is less busy.")
            )
        return tried

    async def close(self) -> None:
        """Leave its crossfade as it was, and hang up.

        A player's ``changes`` are closed by whoever listens to them.
        """
        with suppress(AffettoError, TimeoutError):  # it may be gone, or answer nobody
            async with asyncio.timeout(_GIVE_BACK_S):
                await self._player.give_back()
        await self._daemon.hang_up()

    async def _connect(self) -> Check:
        (await self._daemon.another()).close()
        return Check("connect", True, f"MPD answers at {self._daemon.place}.")

    async def _sign_in(self) -> Check:
        await self._daemon.ask("status")
        lacking = [name for name in sorted(_NEEDED) if not await self._daemon.offers(name)]
        if lacking:
            return Check(
                "sign in",
                False,
                f"We may look, but not play: MPD does not allow `{'`, `'.join(lacking)}`.",
                "In mpd.conf, give this password read, add and control.",
            )
        return Check("sign in", True, "We may look and play.")

    async def _database(self) -> Check:
        songs = (await self._daemon.ask("stats")).get("songs")
        if songs not in ("", "0"):
            return Check("database", True, f"There are {songs} songs.")
        listed = await self._heard("lsinfo", "")
        if listed is not None and (listed.all("file") or listed.all("directory")):
            return Check("database", True, "There is music; it is not said how much.")
        return Check(
            "database",
            False,
            "MPD's database is empty.",
            "See that music_directory in mpd.conf is right, then run `mpc update`.",
        )

    async def _output(self) -> Check:
        status = await self._daemon.ask("status")
        answer = await self._heard("outputs")
        outputs = answer.items("outputid") if answer else []
        on = [o["outputname"][0] for o in outputs if o.get("outputenabled") == ["1"]]
        names = [name for o in outputs for name in o.get("outputname", ())]
        if status.get("error"):
            return Check(
                "output",
                False,
                f"MPD could not play the last time: {status.get('error')}.",
                "See that the file is there and that an audio_output in mpd.conf works.",
            )
        if names == ["Mute"]:  # Mopidy's only one: it is a switch, and does not sound
            if on:
                return Check("output", False, "Mopidy is muted.", "Switch its output Mute off.")
            return Check("output", None, "Mopidy does not say where its sound goes.")
        if on:
            return Check("output", True, f"Sound goes to {', '.join(on)}.")
        return Check(
            "output",
            False,
            "No output of MPD's is switched on.",
            "Switch one on (`mpc enable 1`), or add an audio_output to mpd.conf.",
        )

    async def _stickers(self) -> Check:
        if await self._heard("sticker", "find", "song", "", "affetto-valence") is None:
            return Check("stickers", None, "Moods cannot be kept there: it has no stickers.")
        return Check("stickers", True, "Moods can be kept there.")

    async def _playlists(self) -> Check:
        stored = await self._heard("listplaylists")
        if stored is None:
            return Check("playlists", None, "Playlists cannot be stored there.")
        return Check("playlists", True, f"Playlists stored there: {len(stored.all('playlist'))}.")

    async def _heard(self, *command: str) -> Answer | None:
        """The answer, or None where MPD does not do this."""
        try:
            return await self._daemon.ask(*command)
        except Refused:
            return None
