"""All tracks as points of the mood map, in one small answer that is made once."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from fastapi import Request, Response

from affetto.collection import Collection
from affetto.server import wire
from affetto.server.files import ASK, codings
from affetto.wiring import House

FINE: Final = 1000  # steps for each unit of the map: finer than a screen shows


@dataclass(frozen=True, slots=True)
class Sheet:
    """The map of one edition of the library, as it is sent."""

    edition: str
    plain: bytes
    small: bytes  # gzip

    @property
    def etag(self) -> str:
        """What tells that the map has not changed."""
        return f'W/"map-{self.edition}"'

    def answer(self, request: Request) -> Response:
        """The map, or 304 for whoever has it."""
        headers = {
            "cache-control": f"private, {ASK}",
            "etag": self.etag,
            "vary": "accept-encoding",
        }
        if self.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in codings(request.headers.get("accept-encoding", "")):
            headers["content-encoding"] = "gzip"
            return Response(self.small, media_type="application/json", headers=headers)
        return Response(self.plain, media_type="application/json", headers=headers)


class Atlas:
    """Draws the map when the library has changed, and hands out the one it has."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._sheet: Sheet | None = None

    async def sheet(self) -> Sheet:
        """The map of the library as it is now."""
        collection = await self._house.collection()
        if self._sheet is None or self._sheet.edition != collection.edition:
            self._sheet = await asyncio.to_thread(drawn, collection)
        return self._sheet


def drawn(collection: Collection) -> Sheet:
    """The map of a library; a track that nobody has listened to has no place on it."""
    rows = collection.candidates
    known = [track.features is not None for track in collection.tracks]

    def column(numbers: npt.NDArray[np.float32]) -> list[int | None]:
        steps = np.rint(numbers.astype(np.float64) * FINE).astype(np.int64).tolist()
        return [step if there else None for step, there in zip(steps, known, strict=True)]

    told = wire.LibraryMap(
        edition=collection.edition,
        total=len(collection.tracks),
        valence=column(rows.valence),
        arousal=column(rows.arousal),
        valence_sd=column(np.sqrt(rows.valence_var)),
        arousal_sd=column(np.sqrt(rows.arousal_var)),
    )
    plain = told.model_dump_json().encode()
    return Sheet(collection.edition, plain, gzip.compress(plain, 6, mtime=0))
