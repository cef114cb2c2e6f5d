"""The one place that holds secrets' keys: it seals text and opens it again.

Keys are Fernet keys (AES-128-CBC with HMAC-SHA256), newest first, one a line in a
file that only its owner may read. Sealing uses the newest; opening tries them all,
so a key can be replaced while old seals still open.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from affetto.errors import AffettoError


class KeyTrouble(AffettoError):
    """A key is missing, damaged, or not the one something was sealed with."""


class Keyring:
    """Keys in memory; ``Keyring.in_file`` and ``Keyring.of`` make one."""

    def __init__(self, keys: Sequence[str], *, where: str) -> None:
        self._where = where
        if not keys:
            raise KeyTrouble(f"There is no key in {where}.", remedy=self._remedy)
        try:
            self._fernets = [Fernet(key) for key in keys]
        except ValueError as error:
            raise KeyTrouble(f"A key in {where} is damaged.", remedy=self._remedy) from error
        self._box = MultiFernet(self._fernets)

    @property
    def _remedy(self) -> str:
        return (
            "Put the keys back from a backup; or remove them, and sign in to your "
            "music services again."
        )

    @classmethod
    def of(cls, keys: str) -> Keyring:
        """Keys given in the settings, newest first, separated by commas."""
        named = [key.strip() for key in keys.split(",") if key.strip()]
        return cls(named, where="the setting token_keys")

    @classmethod
    def in_file(cls, path: Path) -> Keyring:
        """The keys in the file ``path``, which is made with a first key if it is not there.

        Raises KeyTrouble when the file cannot be read or holds no proper key.
        """
        try:
            text = path.read_text(encoding="ascii")
        except FileNotFoundError:
            text = _write_first(path)
        except (OSError, UnicodeDecodeError) as error:
            raise KeyTrouble(
                f"The key file {path} cannot be read.",
                remedy="Check that it is yours and undamaged, or restore it from a backup.",
            ) from error
        return cls(text.split(), where=f"the key file {path}")

    def seal(self, secret: str) -> str:
        """Text that says nothing without the key."""
        return self._box.encrypt(secret.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The secret inside; KeyTrouble when no key of this ring fits."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise KeyTrouble(
                f"A kept secret does not open with any key in {self._where}.",
                remedy=self._remedy,
            ) from error

    def reseal(self, sealed: str) -> str:
        """The same secret, sealed with the newest key."""
        try:
            return self._box.rotate(sealed.encode()).decode("ascii")
        except InvalidToken as error:
            raise KeyTrouble(
                f"A kept secret does not open with any key in {self._where}.",
                remedy=self._remedy,
            ) from error


def add_key(path: Path) -> Keyring:
    """Put a new key in front of those in ``path``; what is sealed from now on uses it."""
    Keyring.in_file(path)  # a damaged file is reported, never overwritten
    old = path.read_text(encoding="ascii").split()
    keys = [_new_key(), *old]
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    _write_private(beside, keys)
    beside.replace(path)
    return Keyring.in_file(path)


def _new_key() -> str:
    return Fernet.generate_key().decode("ascii")


def _write_first(path: Path) -> str:
    """Make the file with its first key; of two that do so at once, the first counts.

    The file appears whole or not at all, so nobody ever reads half a key.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _write_private(beside, [_new_key()])
    try:
        with suppress(FileExistsError):
            os.link(beside, path)
    except OSError:  # a file system without links: nobody else starts at this instant
        if not path.exists():
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path.read_text(encoding="ascii")


def _write_private(path: Path, keys: Sequence[str]) -> None:
    """Make ``path``, readable by its owner only (Windows: by the folder's owner)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
