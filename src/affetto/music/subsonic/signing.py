"""The three ways to sign in to a Subsonic server.

A token is the MD5 of the password and a salt that is new for each request (API 1.13).
Older servers, and those that keep no password they could hash, take only the password
itself, in hexadecimal: whoever reads the traffic reads it, so it wants https. Some
OpenSubsonic servers give out API keys, which name their owner.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from typing import Final

from affetto.errors import Misuse

WAYS: Final = ("auto", "token", "password", "api-key")


class Way(ABC):
    """One way to sign in."""

    name: str  # as the settings call it
    bare = False  # whether the secret itself can be read from every request

    @abstractmethod
    def signature(self) -> Mapping[str, str]:
        """What is added to the query of one request."""


@dataclass(frozen=True, slots=True)
class Token(Way):
    """Signs with a hash of the password."""

    username: str
    password: str = field(repr=False)
    name = "token"

    def signature(self) -> Mapping[str, str]:
        """Name, token and the salt it was made with."""
        salt = secrets.token_hex(8)
        token = md5((self.password + salt).encode(), usedforsecurity=False).hexdigest()
        return {"u": self.username, "t": token, "s": salt}


@dataclass(frozen=True, slots=True)
class Password(Way):
    """Sends the password."""

    username: str
    password: str = field(repr=False)
    name = "password"
    bare = True

    def signature(self) -> Mapping[str, str]:
        """Name and password, the latter in hexadecimal so that any letter arrives."""
        return {"u": self.username, "p": f"enc:{self.password.encode().hex()}"}


@dataclass(frozen=True, slots=True)
class ApiKey(Way):
    """Sends a key that the server gave out, and no name beside it."""

    key: str = field(repr=False)
    name = "api-key"
    bare = True

    def signature(self) -> Mapping[str, str]:
        """The key alone: servers refuse a name beside it (error 43)."""
        return {"apiKey": self.key}


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the listener told us to sign in with."""

    username: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)

    def ways(self, wanted: str = "auto") -> Sequence[Way]:
        """The ways to try, the best first; only the ``wanted`` one unless that is "auto".

        Raises Misuse when there is no such way, or what it needs is missing.
        """
        if wanted not in WAYS:
            raise Misuse(
                f"There is no way to sign in called {wanted!r}.",
                remedy=f"Choose one of: {', '.join(WAYS)}.",
            )
        ways: list[Way] = []
        if self.api_key and wanted in ("auto", "api-key"):
            ways.append(ApiKey(self.api_key))
        if self.username and self.password:
            if wanted in ("auto", "token"):
                ways.append(Token(self.username, self.password))
            if wanted in ("auto", "password"):
                ways.append(Password(self.username, self.password))
        if not ways:
            raise Misuse(
                "There is nothing to sign in to the music server with.",
                remedy="Give it an API key."
                if wanted == "api-key"
                else "Give it a user name and a password, or an API key.",
            )
        return ways
