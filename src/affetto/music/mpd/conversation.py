"""One conversation with a Music Player Daemon: lines out, lines and pictures in.

The protocol is MPD's own (https://mpd.readthedocs.io/en/stable/protocol.html): one command
a line, its words in quotation marks; the answer is lines of ``key: value``, ended by OK, or
one line ACK that says what was wrong. Between ``command_list_ok_begin`` and
``command_list_end`` stand commands that are done together or, from the first that fails
on, not at all.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

Command = Sequence[str]  # its name, then its words
Item = dict[str, list[str]]  # one thing of a list: every value under each key

# The codes of ACK that mean something to us.
NO_PASSWORD: Final = 3
NO_PERMISSION: Final = 4
NOT_THERE: Final = 50

_ACK = re.compile(r"ACK \[(\d+)@\d+\] \{([^}]*)\} ?(.*)")
_LONGEST_LINE: Final = 4000  # bytes; MPD hangs up on one of 4096
_LARGEST_ANSWER: Final = 64 * 2**20  # bytes of one answer
_PIECE: Final = 2**16


class Refused(Exception):
    """MPD answered ACK: it heard the command and did not do it."""

    def __init__(self, code: int, command: str, words: str) -> None:
        super().__init__(words)
        self.code, self.command, self.words = code, command, words


class HungUp(OSError):
    """The other side closed the conversation, or says what no MPD would say."""


@dataclass(slots=True)
class Answer:
    """What MPD said to one command: its lines in order, and a piece of a picture."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    binary: bytes = b""

    def get(self, key: str) -> str:
        """The first value under ``key``; "" without one."""
        return next((value for name, value in self.lines if name == key), "")

    def all(self, key: str) -> list[str]:
        """Every value under ``key``."""
        return [value for name, value in self.lines if name == key]

    def items(self, *first: str) -> list[Item]:
        """The things listed; each begins with a line whose key is among ``first``."""
        found: list[Item] = []
        for name, value in self.lines:
            if name in first:
                found.append({})
            if found:
                found[-1].setdefault(name, []).append(value)
        return found


class Conversation:
    """A connection to MPD. Bound to the event loop it was opened in; one question at a time.

    Every call may raise OSError when the connection is lost; after that, and after a call
    that was cancelled, only ``close`` is left to do.
    """

    def __init__(self, connected: socket.socket) -> None:
        self.loop = asyncio.get_running_loop()
        self._socket = connected
        self._heard = bytearray()
        self._read = 0  # so much of it was read already

    @classmethod
    async def open(cls, host: str, port: int) -> Conversation:
        """Connect to ``host``, a name, an address or the path of a socket, and be greeted.

        Raises OSError, HungUp when what answers is no MPD.
        """
        conversation = cls(await _connected(host, port))
        try:
            if not (await conversation._line()).startswith("OK MPD "):
                raise HungUp("another program answers there")
        except BaseException:
            conversation.close()
            raise
        return conversation

    async def ask(self, commands: Sequence[Command]) -> list[Answer]:
        """Give commands, to be done together, and hear the answer to each.

        Raises Refused for the first that MPD does not do.
        """
        written = [written_out(command) for command in commands]
        if len(written) > 1:
            written = ["command_list_ok_begin", *written, "command_list_end"]
        await self.say(*written)
        answers = [await self._answer() for _ in commands]
        if len(commands) > 1 and await self._line() != "OK":
            raise HungUp("a list of commands did not end")
        return answers

    async def say(self, *lines: str) -> None:
        """Send lines as they are."""
        await self.loop.sock_sendall(self._socket, "".join(f"{x}\n" for x in lines).encode())

    async def changed(self) -> set[str]:
        """Wait for the answer to ``idle``: the parts of MPD that changed."""
        return set((await self._answer()).all("changed"))

    def is_over(self) -> bool:
        """Whether the other side has hung up, as MPD does after a minute of silence."""
        if len(self._heard) > self._read:
            return True  # nobody asked for this: the conversation is out of step
        try:
            return self._socket.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def end(self) -> None:
        """Say no more, and hear no more: whoever waits for an answer is told at once."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up. Nobody may be waiting for an answer."""
        self._socket.close()

    def __del__(self) -> None:
        # A command at the terminal ends without a word to its providers.
        self.close()

    async def _answer(self) -> Answer:
        answer = Answer()
        while True:
            line = self._line_heard()
            if line is None:
                line = await self._line()
            if line in ("OK", "list_OK"):
                return answer
            refused = _ACK.match(line) if line.startswith("ACK ") else None
            if refused is not None:
                raise Refused(int(refused[1]), refused[2], refused[3])
            key, colon, value = line.partition(": ")
            if not colon:
                raise HungUp("what it says cannot be understood")
            if key == "binary":
                answer.binary = await self._bytes(int(value))
            else:
                answer.lines.append((key, value))

    async def _line(self) -> str:
        while (line := self._line_heard()) is None:
            await self._hear()
        return line

    def _line_heard(self) -> str | None:
        """The next line, when all of it is here: a long answer is read without waiting."""
        end = self._heard.find(b"\n", self._read)
        if end < 0:
            return None
        line = self._heard[self._read : end].decode("utf-8", "replace")
        self._read = end + 1
        return line

    async def _bytes(self, count: int) -> bytes:
        """A piece of a picture, which a line's end follows."""
        if not 0 <= count <= _LARGEST_ANSWER:
            raise HungUp("it sends more than a picture")
        while len(self._heard) - self._read <= count:
            await self._hear()
        piece = bytes(self._heard[self._read : self._read + count])
        self._read += count + 1
        return piece

    async def _hear(self) -> None:
        del self._heard[: self._read]
        self._read = 0
        if len(self._heard) > _LARGEST_ANSWER:
            raise HungUp("its answer has no end")
        piece = await self.loop.sock_recv(self._socket, _PIECE)
        if not piece:
            raise HungUp("it hung up")
        self._heard += piece


def written_out(command: Command) -> str:
    """A command as a line, its words in quotation marks.

    Raises Refused, as MPD would if it could, for words that break the line or are too long
    for one: no file has such a name.
    """
    name, *words = command
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    line = " ".join([name, *(f'"{word}"' for word in quoted)])
    try:
        fits = len(line.encode()) <= _LONGEST_LINE
    except UnicodeEncodeError:  # half a character, as undecodable file names hold them
        fits = False
    if not fits or any(c in line for c in "\n\r\0"):
        raise Refused(NOT_THERE, name, "No such name")
    return line


async def _connected(host: str, port: int) -> socket.socket:
    """A socket connected to the first address of ``host`` that takes the call."""
    loop = asyncio.get_running_loop()
    places: Iterable[tuple[int, object]]
    if host.startswith("/") and hasattr(socket, "AF_UNIX"):
        places = [(socket.AF_UNIX, host)]
    else:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        places = [(family, address) for family, _, _, _, address in found]
    failure = OSError("no address")
    for family, address in places:
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setblocking(False)
        try:
            await loop.sock_connect(made, address)  # type: ignore[arg-type]
            return made
        except OSError as error:
            made.close()
            failure = error
        except BaseException:
            made.close()
            raise
    raise failure
