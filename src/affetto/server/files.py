"""A file as it is sent: kept where it is small, and made small for whoever takes it so."""

from __future__ import annotations

import contextlib
import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path
from types import MappingProxyType
from typing import Final

from fastapi import Request
from fastapi.responses import Response

FOREVER: Final = "public, max-age=31536000, immutable"
ASK: Final = "no-cache"
LARGE: Final = 256_000  # bytes; more is read again for each who asks, and not kept in memory
TWINS: Final = (("br", ".br"), ("gzip", ".gz"))  # what lies beside a file, smallest first
_TEXT: Final = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/wasm",
        "image/svg+xml",
    }
)
_TYPES: Final = {  # not left to the machine: Windows may say text/plain for .js
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "application/javascript",
    ".json": "application/json",
    ".mjs": "application/javascript",
    ".onnx": "application/octet-stream",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file, and smaller ones that mean the same."""

    stamp: tuple[int, int]  # when it was written, and its size
    plain: bytes | Path  # the bytes, or where they are
    smaller: Mapping[str, bytes | Path]  # by content coding, best first
    kind: str
    etag: str

    def answer(self, request: Request, *, cache: str) -> Response:
        """The file in the smallest form the asker takes; 304 when it has this one.

        May read it anew, so call it from a thread. Raises OSError when it is gone.
        """
        headers = {"cache-control": cache, "etag": self.etag, "vary": "accept-encoding"}
        if self.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        taken = codings(request.headers.get("accept-encoding", ""))
        for coding, small in self.smaller.items():
            if coding in taken:
                # While the page is built anew its compressed twins may be away.
                with contextlib.suppress(OSError):
                    data = _bytes(small)
                    headers["content-encoding"] = coding
                    return Response(data, media_type=self.kind, headers=headers)
        return Response(_bytes(self.plain), media_type=self.kind, headers=headers)


def _bytes(form: bytes | Path) -> bytes:
    return form.read_bytes() if isinstance(form, Path) else form


def stamp_of(where: Path) -> tuple[int, int]:
    """What changes when the file does. Raises OSError."""
    stat = where.stat()
    return stat.st_mtime_ns, stat.st_size


def load(where: Path, *, twin: Path | None = None, squeeze: bool = False) -> File:
    """Read a file and its compressed twins, ``twin`` (or the file) with ".br" or ".gz".

    Without a twin, text is compressed here, and with ``squeeze`` anything. Raises OSError.
    """
    stamp, data = stamp_of(where), where.read_bytes()
    kind = _TYPES.get(where.suffix) or mimetypes.guess_type(where.name)[0]
    kind = kind or "application/octet-stream"
    beside = twin or where
    smaller: dict[str, bytes | Path] = {}
    for coding, suffix in TWINS:
        path = beside.with_name(beside.name + suffix)
        if path.is_file() and path.stat().st_size < len(data):
            smaller[coding] = _kept(path)
    if "gzip" not in smaller and (squeeze or kind.startswith("text/") or kind in _TEXT):
        small = gzip.compress(data, 6 if squeeze else 9, mtime=0)
        if len(small) < len(data):
            smaller["gzip"] = small
    # Weak: the bytes differ with the coding, what they say does not.
    etag = f'W/"{blake2s(data, digest_size=12).hexdigest()}"'
    plain = where if len(data) > LARGE else data
    return File(stamp, plain, MappingProxyType(smaller), kind, etag)


def _kept(path: Path) -> bytes | Path:
    return path if path.stat().st_size > LARGE else path.read_bytes()


def codings(accepted: str) -> frozenset[str]:
    """The content codings that an Accept-Encoding header takes."""
    taken = set()
    for part in accepted.split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        refused = any(
            key == "q" and not value.strip("0.")
            for key, _, value in (parameter.partition("=") for parameter in parameters)
        )
        if name and not refused:
            taken.add(name)
    return frozenset(taken)
