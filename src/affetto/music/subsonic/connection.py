"""Trying what a Subsonic server can do, without changing anything there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Final

from affetto.errors import ServiceTrouble
from affetto.music.provider import Check
from affetto.music.subsonic.account import Account
from affetto.music.subsonic.client import Client, Server
from affetto.music.subsonic.library import SubsonicLibrary
from affetto.music.subsonic.troubles import SIGN_IN, Refusal

WITHIN_S: Final = 9.0
_TOLD: Final = {"token": "a token", "password": "the password", "api-key": "an API key"}


class SubsonicConnection:
    """One server to try, and what the listener keeps there (``account``)."""

    def __init__(self, client: Client, library: SubsonicLibrary, account: Account) -> None:
        self._client = client
        self._library = library
        self.account = account

    async def check(self) -> Sequence[Check]:
        """Try everything once; never raises for what does not work, and ends within 10 s."""
        checks: list[Check] = []
        try:
            async with asyncio.timeout(WITHIN_S):
                async for check in self._checks():
                    checks.append(check)
        except TimeoutError:
            checks.append(
                Check(
                    "in time",
                    works=False,
                    says="The server answers too slowly to try everything.",
                    remedy="Try again when it has less to do.",
                )
            )
        return checks

    async def close(self) -> None:
        """Nothing is held between two questions."""

    # -- inside -------------------------------------------------------------------------

    async def _checks(self) -> AsyncGenerator[Check, None]:
        try:
            server = await self._client.server()
        except Refusal as refusal:
            if refusal.code in SIGN_IN:
                yield Check("server", works=True, says=f"{self._client.host} answers.")
                yield _failed("sign in", refusal)
            else:
                yield _failed("server", refusal)
            return
        except ServiceTrouble as trouble:
            yield _failed("server", trouble)
            return
        yield Check("server", works=True, says=_introduced(server, self._client.host))
        yield self._signed_in(server)
        for name, question in (
            ("songs", self._songs),
            ("sound", self._sound),
            ("playlists", self._playlists),
            ("stars", self._stars),
        ):
            try:
                yield await question()
            except ServiceTrouble as trouble:
                yield _failed(name, trouble)

    def _signed_in(self, server: Server) -> Check:
        says = f"Signed in with {_TOLD[server.way.name]}."
        if server.way.bare and not self._client.guarded:
            return Check(
                "sign in",
                works=True,
                says=f"{says} Others in this network can read it.",
                remedy="Let the server be reached by https.",
            )
        return Check("sign in", works=True, says=says)

    async def _songs(self) -> Check:
        found = await self._library.search("", limit=1)
        if not found:
            return Check(
                "songs",
                works=False,
                says="The server has no songs for this listener.",
                remedy="Let the server scan its music, and look which folders it lets you see.",
            )
        told = found[0].features is not None
        says = "It lists its songs" + (", and tells moods or genres." if told else ".")
        return Check("songs", works=True, says=says)

    async def _sound(self) -> Check:
        found = await self._library.search("", limit=1)
        sound = await self._library.sound(found[0].uri) if found else None
        if sound is None:
            return Check("sound", works=None, says="There is no song to try.")
        fetched = await sound.fetch("bytes=0-1")
        await fetched.chunks.aclose()
        if fetched.status == 206:
            return Check("sound", works=True, says="Songs stream, and can be sought in.")
        return Check("sound", works=True, says="Songs stream, but only from their beginning.")

    async def _playlists(self) -> Check:
        try:
            kept = len(await self.account.playlists())
        except Refusal:
            return Check("playlists", works=None, says="The server keeps no playlists.")
        return Check("playlists", works=True, says=f"Playlists can be kept; it holds {kept}.")

    async def _stars(self) -> Check:
        try:
            await self._client.ask("getStarred2")
        except Refusal:
            return Check("stars", works=None, says="The server keeps no stars.")
        return Check("stars", works=True, says="Songs can be starred.")


def _introduced(server: Server, host: str) -> str:
    name = " ".join(filter(None, (server.kind or host, server.release)))
    speaks = "OpenSubsonic" if server.open_subsonic else "Subsonic"
    return f"{name} answers and speaks {speaks} {server.version}".rstrip() + "."


def _failed(name: str, trouble: ServiceTrouble) -> Check:
    return Check(name, works=False, says=trouble.problem, remedy=trouble.remedy)
