"""Where a song is: a path of this machine, one beside the playlist, or an address.

In code a location is a native path ("/music/a b.flac", "C:\\music\\a.flac",
"Low Tide/01.flac") or an address with "://". XSPF and JSPF hold URI references
(RFC 3986), where a path is percent-encoded.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_DRIVE: Final = re.compile(r"/[A-Za-z]:/")


def is_address(location: str) -> bool:
    """Whether it is an address and no path."""
    return _ADDRESS.match(location) is not None


def is_absolute(location: str) -> bool:
    """Whether it is a path that means the same wherever the playlist lies."""
    return PurePosixPath(location).is_absolute() or PureWindowsPath(location).is_absolute()


def reference(location: str) -> str:
    """A location as XSPF and JSPF hold it."""
    if is_address(location):
        return quote(location, safe="%:/?#[]@!$&'()*+,;=~")  # what is encoded already stays
    if PurePosixPath(location).is_absolute():
        return "file://" + _quoted(location)
    if PureWindowsPath(location).is_absolute():
        return PureWindowsPath(location).as_uri()
    path = _quoted(location.replace(os.sep, "/"))
    return f"./{path}" if ":" in path.partition("/")[0] else path


def location(reference: str) -> str:
    """What ``reference`` wrote, and what others write."""
    if reference[:5].lower() == "file:":
        return _path(reference)
    if is_address(reference):
        return reference
    return os.fsdecode(unquote_to_bytes(reference.removeprefix("./")))


def _path(address: str) -> str:
    """The path of a file address, "file:///music/a%20b.flac"."""
    # Not by urlsplit alone: careless writers leave "#" and "?" as they are.
    rest = address[5:]
    host = ""
    if rest.startswith("//"):
        host, slash, rest = rest[2:].partition("/")
        rest = slash + rest
    path = os.fsdecode(unquote_to_bytes(rest))
    if host and host.lower() != "localhost":
        return str(PureWindowsPath(f"//{unquote(host)}{path}"))
    return str(PureWindowsPath(path[1:])) if _DRIVE.match(path) else path


def _quoted(path: str) -> str:
    return quote(os.fsencode(path), safe="/!$&'()*+,;=:@~")


def is_web(address: str) -> bool:
    """Whether an address may be opened in a browser."""
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False
