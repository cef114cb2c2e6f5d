"""The Music Player Daemon at one address: asked when it is there, missed when it is not.

A conversation that was lost is begun anew at the next question, at most every two seconds
while nobody answers; meanwhile each question fails at once, and says what to do.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from affetto.errors import AffettoError, ServiceTrouble
from affetto.music.mpd.conversation import (
    NO_PASSWORD,
    NO_PERMISSION,
    Answer,
    Command,
    Conversation,
    HungUp,
    Refused,
)
from affetto.music.mpd.songs import TAGS

CONNECT_S: Final = 2.0  # for a greeting; a machine that is off never refuses
ANSWER_S: Final = 8.0  # for an answer; Mopidy may have to ask another service first
_SHORTEST_WAIT_S: Final = 0.1
_LONGEST_WAIT_S: Final = 2.0
_AT_ONCE: Final = 2**18  # bytes of a picture in one answer


class Daemon:
    """Questions and their answers. One conversation, one question at a time."""

    def __init__(
        self, host: str, port: int, password: str = "", *, answer_s: float = ANSWER_S
    ) -> None:
        self.host, self.port, self._password = host, port, password
        self.answer_s = answer_s
        self._conversation: Conversation | None = None
        self._turn: tuple[asyncio.AbstractEventLoop, asyncio.Lock] | None = None
        self._offered: frozenset[str] = frozenset()
        self._failure: AffettoError | None = None
        self._wait_s = _SHORTEST_WAIT_S
        self._again_at = 0.0

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return self.host if self.host.startswith("/") else f"{self.host}:{self.port}"

    async def ask(self, *command: str) -> Answer:
        """The answer to one command. Raises Refused, and ServiceTrouble as ``ask_all``."""
        return (await self.ask_all([command]))[0]

    async def ask_all(self, commands: Sequence[Command]) -> list[Answer]:
        """The answers to commands that are done together.

        Raises Refused for what MPD would not do, ServiceTrouble when it does not answer or
        does not let us in.
        """
        async with self._in_turn():
            conversation = await self._open()
            try:
                async with asyncio.timeout(self.answer_s):
                    return await conversation.ask(commands)
            except Refused as refusal:
                if refusal.code == NO_PERMISSION and refusal.command not in self._offered:
                    raise self._not_let_in(refusal) from refusal
                raise
            except (OSError, ValueError) as error:  # a timeout is an OSError
                self.close()
                raise self._unanswered(error) from error
            except BaseException:
                self.close()  # its answer would be taken for that to the next question
                raise

    async def offers(self, command: str) -> bool:
        """Whether this MPD, or what stands in for one, knows a command and allows it to us."""
        async with self._in_turn():
            await self._open()
            return command in self._offered

    async def another(self) -> Conversation:
        """A conversation of one's own, signed in; whoever asks for it closes it.

        Raises ServiceTrouble.
        """
        return (await self._begin())[0]

    def lost(self, error: Exception) -> ServiceTrouble:
        """What to say when ``another`` conversation broke off."""
        return self._unanswered(error)

    def hurry(self) -> None:
        """Try again at the next question, however lately nobody answered."""
        self._failure, self._wait_s = None, _SHORTEST_WAIT_S

    async def hang_up(self) -> None:
        """Hang up, also on an answer that somebody waits for."""
        if self._conversation is not None:
            self._conversation.end()
        async with self._in_turn():
            self.close()

    def close(self) -> None:
        """Forget a conversation that is over; the next question begins anew."""
        conversation, self._conversation = self._conversation, None
        if conversation is not None:
            conversation.close()

    def _in_turn(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        if self._turn is None or self._turn[0] is not loop:
            self._turn = (loop, asyncio.Lock())
        return self._turn[1]

    async def _open(self) -> Conversation:
        """The conversation there is, or a new one."""
        known = self._conversation
        if known is not None and (known.loop is not asyncio.get_running_loop() or known.is_over()):
            self.close()
        if self._conversation is None:
            self._conversation, self._offered = await self._begin()
        return self._conversation

    async def _begin(self) -> tuple[Conversation, frozenset[str]]:
        """Connect and sign in; also what is offered there."""
        if self._failure is not None and time.monotonic() < self._again_at:
            raise ServiceTrouble(self._failure.problem, remedy=self._failure.remedy)
        try:
            async with asyncio.timeout(CONNECT_S):
                begun = await self._greeted()
        except AffettoError as refused:
            self._note(refused)
            raise
        except (OSError, ValueError) as error:
            trouble = self._unanswered(error)
            self._note(trouble)
            raise trouble from error
        self.hurry()
        return begun

    async def _greeted(self) -> tuple[Conversation, frozenset[str]]:
        conversation = await Conversation.open(self.host, self.port)
        try:
            if self._password:
                await conversation.ask([("password", self._password)])
            offered = frozenset((await conversation.ask([("commands",)]))[0].all("command"))
            await _made_brief(conversation, offered)
        except Refused as refusal:
            conversation.close()
            raise self._not_let_in(refusal) from refusal
        except BaseException:
            conversation.close()
            raise
        return conversation, offered

    def _note(self, trouble: AffettoError) -> None:
        self._failure, self._again_at = trouble, time.monotonic() + self._wait_s
        self._wait_s = min(_LONGEST_WAIT_S, 2 * self._wait_s)

    def _not_let_in(self, refusal: Refused) -> ServiceTrouble:
        if refusal.code == NO_PASSWORD and self._password:
            return ServiceTrouble(
                f"The MPD at {self.place} does not take this password.",
                remedy="Give one of those that stand under `password` in its mpd.conf.",
            )
        if refusal.code == NO_PERMISSION and not self._password:
            return ServiceTrouble(
                f"The MPD at {self.place} wants a password.",
                remedy="Give one of those that stand under `password` in its mpd.conf.",
            )
        return ServiceTrouble(
            f"The MPD at {self.place} does not allow `{refusal.command}`: {refusal.words}.",
            remedy="In its mpd.conf, give this password read, add and control.",
        )

    def _unanswered(self, error: Exception) -> ServiceTrouble:
        look = "Check the host and the port; mpd.conf names them bind_to_address and port."
        if isinstance(error, socket.gaierror):
            return ServiceTrouble(
                f"There is no machine called {self.host!r}.",
                remedy="Check the host's spelling, or give its address in numbers.",
            )
        if isinstance(error, ConnectionRefusedError | FileNotFoundError):
            return ServiceTrouble(
                f"Nobody answers at {self.place}.", remedy=f"Start MPD there. {look}"
            )
        if isinstance(error, TimeoutError):
            return ServiceTrouble(
                f"The MPD at {self.place} does not answer in time.",
                remedy=f"See whether the machine is on and reached from here. {look}",
            )
        if isinstance(error, HungUp | ConnectionError):
            return ServiceTrouble(
                f"The conversation with the MPD at {self.place} broke off: {error}.",
                remedy=f"Wait while MPD starts again, or start it. {look}",
            )
        return ServiceTrouble(
            f"The MPD at {self.place} cannot be reached: {error}.",
            remedy=f"See whether the machine is reached from here. {look}",
        )


async def _made_brief(conversation: Conversation, offered: frozenset[str]) -> None:
    """Let answers hold what we read, and no more: a song may have thirty tags."""
    wishes: list[list[Command]] = []
    if "binarylimit" in offered:
        wishes.append([("binarylimit", str(_AT_ONCE))])
    if "tagtypes" in offered:
        wishes.append([("tagtypes", "clear"), ("tagtypes", "enable", *TAGS)])
    for wish in wishes:
        with suppress(Refused):
            await conversation.ask(wish)
