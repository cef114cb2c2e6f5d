"""Trying everything that is needed of Spotify once, and saying what works."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

from affetto.music.provider import Check
from affetto.music.spotify.shapes import Device
from affetto.music.spotify.troubles import SpotifyTrouble

if TYPE_CHECKING:
    from affetto.music.spotify.account import SpotifyAccount


class SpotifyConnection:
    """What the *test* button does. It plays nothing."""

    def __init__(self, account: SpotifyAccount) -> None:
        self._account = account

    async def check(self) -> Sequence[Check]:
        """Sign-in, search, devices, saved songs; ends within 8 s."""
        calls, player = self._account.calls, self._account.player
        signed_in = await _tried("sign in", calls.ask(lambda s: s._get("me")), "You are signed in.")
        if not signed_in.works:
            return [signed_in]
        search = calls.ask(lambda s: s.search("calm", limit=1, type="track"))
        return [
            signed_in,
            await _tried("search", search, "Songs are found."),
            await _awake(player.devices()),
            await _tried("saved songs", self._account.saved(0, 1), "Your saved songs are read."),
        ]

    async def close(self) -> None:
        """Let go of what runs."""
        await self._account.close()


async def _tried(name: str, work: Awaitable[object], says: str) -> Check:
    try:
        await work
    except SpotifyTrouble as trouble:
        return Check(name, False, trouble.problem, trouble.remedy)
    return Check(name, True, says)


async def _awake(asking: Awaitable[Sequence[Device]]) -> Check:
    try:
        usable = [device.name for device in await asking if device.usable]
    except SpotifyTrouble as trouble:
        return Check("devices", False, trouble.problem, trouble.remedy)
    if usable:
        return Check("devices", True, f"Awake: {', '.join(usable)}.")
    return Check(
        "devices",
        False,
        "No device of yours is awake.",
        "Open the Spotify app on a phone or computer.",
    )
