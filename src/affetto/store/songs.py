"""The songs of imported tables: known by name, mood and popularity, without a sound.

They lie on the shelf of tracks, have no file, and are never offered to a player. Like
the scanned files they are no one's in particular.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import CursorResult, Delete, Table, delete, func, insert, select
from sqlalchemy.orm import Session

from affetto.emotion import Affect
from affetto.store.database import Database
from affetto.store.tables import SongTableRow, TrackRow
from affetto.store.tracks import in_lots, row_of, track_columns, track_of, turn_the_page
from affetto.track import Track

PROVIDER: Final = "table"
_FEW: Final = 2000  # rows fetched together
_TRACKS: Final = cast(Table, TrackRow.__table__)


@dataclass(frozen=True, slots=True)
class SongTable:
    """A table that was imported."""

    path: str  # absolute; the file may be gone
    songs: int
    told_from: str  # what the moods of its songs were told from
    imported_at: datetime


class SongShelf:
    """The songs of the imported tables in one database. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, songs: Sequence[Track], path: Path, *, now: datetime) -> int:
        """Keep songs of the table at ``path`` (absolute), all or nothing; how many are new.

        A song that is known, from this table or another, is renewed and now belongs to
        this one. ``now`` is the start of the import, the same for each of its lots.
        """
        if not songs:
            return 0
        key, latest = _key(path), {song.uri: song for song in songs}
        rows = [{**row_of(song), "heard_with": key, "scanned_at": now} for song in latest.values()]
        with self._database.session() as session:
            known = 0
            for uris in in_lots(latest):
                gone = session.execute(
                    delete(TrackRow).where(TrackRow.uri.in_(uris)).returning(TrackRow.uri)
                )
                known += len(gone.all())
            # Past the mapper: it would take half the time of a large import.
            session.execute(insert(_TRACKS), rows)
        return len(rows) - known

    def finish(self, path: Path, *, told_from: str, now: datetime) -> int:
        """End an import begun at ``now``: songs the file no longer has go; how many went."""
        key = _key(path)
        with self._database.session() as session:
            gone = delete(TrackRow).where(TrackRow.heard_with == key, TrackRow.scanned_at < now)
            count = _deleted(session, gone)
            songs = _count(session, key)
            session.merge(
                SongTableRow(
                    key=key, path=_readable(path), songs=songs, told_from=told_from, imported_at=now
                )
            )
            turn_the_page(session)
        return count

    def forget(self, path: Path | None = None) -> int:
        """Take the songs of the table at ``path`` off the shelf, or of all; how many went."""
        with self._database.session() as session:
            songs, tables = delete(TrackRow), delete(SongTableRow)
            if path is None:
                songs = songs.where(TrackRow.provider == PROVIDER)
            else:
                songs = songs.where(TrackRow.heard_with == _key(path))
                tables = tables.where(SongTableRow.key == _key(path))
            count = _deleted(session, songs)
            session.execute(tables)
            turn_the_page(session)
        return count

    def tables(self) -> list[SongTable]:
        """The imported tables, the latest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(SongTableRow).order_by(SongTableRow.imported_at.desc()))
            return [
                SongTable(row.path, _count(session, row.key), row.told_from, row.imported_at)
                for row in rows
            ]

    def songs(self, *, near: Affect | None = None, limit: int | None = None) -> list[Track]:
        """The songs with a title; those whose mood is known nearest to ``near`` first."""
        query = select(*track_columns()).where(TrackRow.provider == PROVIDER)
        if near is not None:
            dv, da = TrackRow.valence - near.valence, TrackRow.arousal - near.arousal
            query = query.where(TrackRow.valence.is_not(None)).order_by(
                dv * dv + da * da, TrackRow.uri
            )
        else:
            query = query.order_by(TrackRow.uri)
        with self._database.reading() as session:
            return [track_of(row) for row in session.execute(query.limit(limit))]

    def popularity(self) -> Iterator[tuple[str, str, int]]:
        """Artist, title and popularity of each song whose popularity is known.

        A few at a time: a table may be large. To be taken to the end.
        """
        with self._database.reading() as session:
            rows = session.execute(
                select(TrackRow.artist, TrackRow.title, TrackRow.popularity)
                .where(TrackRow.provider == PROVIDER, TrackRow.popularity.is_not(None))
                .execution_options(yield_per=_FEW)
            )
            for artist, title, popularity in rows:
                yield artist, title, popularity or 0


def _deleted(session: Session, statement: Delete) -> int:
    """Delete, without fetching what went; how many rows that were."""
    result = cast(CursorResult[Any], session.execute(statement))
    return result.rowcount


def _count(session: Session, key: str) -> int:
    found = session.scalar(
        select(func.count()).select_from(TrackRow).where(TrackRow.heard_with == key)
    )
    return found or 0


def _readable(path: Path) -> str:
    """A path that any database can keep: bytes that are no UTF-8 become �."""
    return os.fsencode(path).decode("utf-8", "replace")


def _key(path: Path) -> str:
    """The table's name in ``heard_with``: the same file, the same key."""
    return "table " + blake2b(os.fsencode(path), digest_size=8).hexdigest()
