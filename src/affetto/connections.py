"""The providers in use: those of the settings file, and those a listener connected.

A provider that cannot be made is in use all the same, with its trouble: it is shown, it can
be tried again or disconnected, and it keeps nothing else from working.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from affetto.errors import AffettoError, Misuse, NotFound, ServiceTrouble
from affetto.music.provider import Check, Description, Library, Player, Provider
from affetto.music.provider import connect as make_provider
from affetto.music.provider import described as describe_provider
from affetto.store.connections import KeptConnections
from affetto.store.keyring import Keyring

log = logging.getLogger(__name__)

CHECK_WITHIN_S: Final = 15.0  # a check ends by itself within 10 s; a stranger's may not

_ADDRESS: Final = ("url", "host", "port")  # settings that say where a secret would go

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Connected:
    """One provider in use."""

    name: str
    provider: Provider | None  # None: it could not be made
    kept: bool  # connected by the listener; else named in the settings file
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)  # secrets and all
    trouble: AffettoError | None = None  # why it could not be made


class Connections:
    """Connects providers and lets go of them, while the house is open."""

    def __init__(
        self,
        kept: KeptConnections,
        listener: str,
        *,
        keyring: Callable[[], Keyring],
        now: Callable[[], datetime],
        make: Callable[[str, Mapping[str, str]], Provider] = make_provider,
        describe: Callable[[str], Description] = describe_provider,
    ) -> None:
        """``make`` and ``describe`` take the place of what is installed, in tests."""
        self._kept = kept
        self._listener = listener
        self._keyring = keyring
        self._now = now
        self._make = make
        self._describe = describe
        self._in_use: dict[str, Connected] = {}
        self._door = asyncio.Lock()
        self.revision = 0  # grows whenever a provider comes or goes

    # -- opening ------------------------------------------------------------------------

    def give(self, provider: Provider, settings: Mapping[str, str] = _NOTHING) -> None:
        """Use a provider as it is."""
        self._use(Connected(provider.name, provider, kept=False, settings=settings))

    def open_named(self, name: str, settings: Mapping[str, str]) -> None:
        """Use a provider that the settings file names; one that fails is logged."""
        self._use(self._opened(name, settings, kept=False))

    def open_kept(self) -> None:
        """Use what the listener has connected; what the settings file names stays as it is."""
        for one in self._kept.all_of(self._listener):
            if one.provider in self._in_use:
                continue
            try:
                settings = one.opened(self._keyring())
            except AffettoError as error:
                log.warning("the provider %s is left out: %s", one.provider, error)
                self._use(Connected(one.provider, None, True, one.settings, error))
            else:
                self._use(self._opened(one.provider, settings, kept=True))

    def _opened(self, name: str, settings: Mapping[str, str], *, kept: bool) -> Connected:
        try:
            return Connected(name, self._make(name, settings), kept, settings)
        except Exception as error:  # a provider may be anyone's code
            log.warning("the provider %s is left out: %s", name, error)
            return Connected(name, None, kept, settings, in_words(name, error))

    def _use(self, connected: Connected) -> None:
        self._in_use[connected.name] = connected
        self.revision += 1

    # -- looking ------------------------------------------------------------------------

    @property
    def in_use(self) -> Mapping[str, Connected]:
        """Every provider in use, by name, in the order in which they came."""
        return MappingProxyType(self._in_use)

    @property
    def libraries(self) -> dict[str, Library]:
        """The libraries in use, by provider."""
        every = ((one.name, one.provider) for one in self._in_use.values())
        return {name: p.library for name, p in every if p is not None and p.library is not None}

    @property
    def players(self) -> dict[str, Player]:
        """The players in use, by provider."""
        every = ((one.name, one.provider) for one in self._in_use.values())
        return {name: p.player for name, p in every if p is not None and p.player is not None}

    def description(self, name: str) -> Description:
        """What a provider says of itself; one that is not installed is called by its name."""
        try:
            return self._describe(name)
        except Exception as error:  # a provider may be anyone's code
            log.warning("the provider %s does not say what it is: %s", name, error)
            return Description(name)

    def title(self, name: str) -> str:
        """What a provider is called."""
        return self.description(name).title

    # -- changing -----------------------------------------------------------------------

    async def connect(
        self, name: str, settings: Mapping[str, str], *, anyway: bool = False
    ) -> tuple[bool, Sequence[Check]]:
        """Try a provider, and use and keep it when all of it works, or ``anyway``.

        A secret that is left out or empty is the one that is kept already. Gives whether it
        is in use now, and what was tried. Raises Misuse for settings that cannot be used.
        """
        async with self._door:
            self._must_not_be_named(name)
            complete = self._completed(name, settings)
            provider = self._made(name, complete)
            checks = await tried(provider)
            if not anyway and not all_well(checks):
                await _let_go(provider)
                return False, checks
            try:
                await asyncio.to_thread(self._write, name, complete)
            except BaseException:
                await _let_go(provider)
                raise
            before = self._in_use.get(name)
            self._use(Connected(name, provider, kept=True, settings=complete))
            if before is not None:
                await _let_go(before.provider)
            return True, checks

    async def test(self, name: str, settings: Mapping[str, str] | None = None) -> Sequence[Check]:
        """Try a provider once: as it is in use, or with other settings, which are not kept.

        Raises NotFound when it is neither in use nor given settings.
        """
        if settings is not None:
            provider = self._made(name, self._completed(name, settings))
            try:
                return await tried(provider)
            finally:
                await _let_go(provider)
        connected = self._in_use.get(name)
        if connected is None:
            raise _not_connected(name)
        if connected.provider is None:
            trouble = connected.trouble or _not_connected(name)
            return [Check("connect", False, trouble.problem, trouble.remedy)]
        return await tried(connected.provider)

    async def disconnect(self, name: str) -> None:
        """Let go of a provider and forget all that was kept of it.

        Raises NotFound when it is not in use, and Misuse when the settings file names it.
        """
        async with self._door:
            if name not in self._in_use:
                raise _not_connected(name)
            self._must_not_be_named(name)
            await asyncio.to_thread(self._kept.forget, self._listener, name)
            gone = self._in_use.pop(name)
            self.revision += 1
            await _let_go(gone.provider)

    async def keep(self, name: str, settings: Mapping[str, str]) -> None:
        """Keep what a connected provider has changed of its settings itself: a new token.

        The provider goes on as it is. Nothing, when it is not in use by the listener.
        """
        async with self._door:
            connected = self._in_use.get(name)
            if connected is None or not connected.kept:
                return
            complete = {**connected.settings, **settings}
            await asyncio.to_thread(self._write, name, complete)
            self._in_use[name] = Connected(name, connected.provider, True, complete)

    async def close(self) -> None:
        """Let go of every provider's sockets and tasks."""
        for one in list(self._in_use.values()):
            await _let_go(one.provider)

    # -- inside -------------------------------------------------------------------------

    def _completed(self, name: str, settings: Mapping[str, str]) -> dict[str, str]:
        """The settings with the secrets that are kept already; empty ones left out.

        A secret never goes to another address than the one it was given for.
        """
        given = {key: value for key, value in settings.items() if value.strip()}
        before = self._in_use.get(name)
        if before is not None and all(
            given.get(key) == before.settings.get(key) for key in _ADDRESS
        ):
            for asked in self.description(name).asks:
                if asked.secret and asked.name in before.settings:
                    given.setdefault(asked.name, before.settings[asked.name])
        return given

    def _made(self, name: str, settings: Mapping[str, str]) -> Provider:
        try:
            return self._make(name, settings)
        except AffettoError:
            raise
        except Exception as error:  # a provider may be anyone's code
            raise in_words(name, error) from error

    def _write(self, name: str, settings: Mapping[str, str]) -> None:
        seen = {asked.name for asked in self.description(name).asks if not asked.secret}
        self._kept.keep(self._listener, name, settings, self._keyring(), self._now(), seen=seen)

    def _must_not_be_named(self, name: str) -> None:
        connected = self._in_use.get(name)
        if connected is not None and not connected.kept:
            raise Misuse(
                f"The provider {name!r} is named in your settings file.",
                remedy="Change it in affetto.toml, then start Affetto again.",
            )


def all_well(checks: Sequence[Check]) -> bool:
    """Whether nothing that was tried failed; what is not offered is no fault."""
    return all(check.works is not False for check in checks)


async def tried(provider: Provider) -> Sequence[Check]:
    """What works of a provider, by its own account, else by asking it something small."""
    try:
        async with asyncio.timeout(CHECK_WITHIN_S):
            if provider.connection is not None:
                return list(await provider.connection.check())
            return await _asked(provider)
    except Exception as error:  # a provider may be anyone's code
        trouble = in_words(provider.name, error)
        return [Check("connect", False, trouble.problem, trouble.remedy)]


async def _asked(provider: Provider) -> list[Check]:
    checks = []
    if provider.library is not None:
        found = await provider.library.search("", limit=1)
        says = "It has music." if found else "It answers, and is empty."
        checks.append(Check("library", True, says))
    if provider.player is not None:
        await provider.player.now()
        checks.append(Check("player", True, "It can play."))
    return checks


def in_words(name: str, error: Exception) -> AffettoError:
    """An error of a provider as one that says what to do."""
    if isinstance(error, AffettoError):
        return error
    if isinstance(error, TimeoutError):
        return ServiceTrouble(
            f"The provider {name!r} did not answer within {CHECK_WITHIN_S:.0f} s.",
            remedy="Check that its server runs and can be reached from here.",
        )
    return ServiceTrouble(
        f"The provider {name!r} failed: {type(error).__name__}: {error}".rstrip(".: ") + ".",
        remedy="Check its settings; if they are right, ask those who made it.",
    )


async def _let_go(provider: Provider | None) -> None:
    if provider is None or provider.connection is None:
        return
    try:
        async with asyncio.timeout(CHECK_WITHIN_S):
            await provider.connection.close()
    except Exception as error:
        log.warning("the provider %s could not be closed: %r", provider.name, error)


def _not_connected(name: str) -> NotFound:
    return NotFound(
        f"The provider {name!r} is not connected.",
        remedy=f"Connect it first: affetto providers connect {name}.",
    )
