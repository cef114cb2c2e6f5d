"""How a file or folder is named on the command line."""

from __future__ import annotations

from pathlib import Path

from affetto.errors import Misuse


def named(text: str) -> Path:
    """The path that was typed. An empty one is Misuse: it would mean the current folder."""
    if not text:
        raise Misuse("An empty name was given.", remedy="Name a file or a folder.")
    return Path(text)
