"""What was heard of tracks that lie on other machines, by provider.

The rows lie among those of the scanned files and have no path. Like them they are no
one's in particular: they say how music sounds, not who heard it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from affetto.store.database import Database
from affetto.store.songs import PROVIDER as TABLE
from affetto.store.tables import TrackRow
from affetto.store.tracks import (
    UNCOMPARED,
    in_lots,
    row_of,
    track_columns,
    track_of,
    turn_the_page,
)
from affetto.track import Track, TrackUri


@dataclass(frozen=True, slots=True)
class ShelvedTrack:
    """A distant track that was listened to, or the reason why it could not be."""

    track: Track
    problem: str | None = None
    remedy: str | None = None
    heard_with: str = ""  # which analysis listened
    sound_print: str = ""


@dataclass(frozen=True, slots=True)
class KnownTrack:
    """A distant track that need not be heard again while it stays like this."""

    title: str
    duration_s: float
    heard_with: str
    problem: str | None

    def is_still(self, track: Track, analysis: str) -> bool:
        """Whether it is this very track, heard with this analysis."""
        told = track.title, track.duration_s, analysis
        return told == (self.title, self.duration_s, self.heard_with)


class DistantShelf:
    """The distant tracks in one database. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self, tracks: Sequence[ShelvedTrack], gone: Sequence[TrackUri] = (), *, now: datetime
    ) -> None:
        """Keep these tracks and forget the ``gone``: all or nothing. Raises StoreTrouble."""
        if not tracks and not gone:
            return
        latest = {one.track.uri: one for one in tracks}
        with self._database.session() as session:
            for uris in in_lots([*latest, *gone]):
                session.execute(delete(TrackRow).where(TrackRow.uri.in_(uris)))
            if latest:
                rows = [
                    {
                        **row_of(one.track),
                        "problem": one.problem,
                        "remedy": one.remedy,
                        "heard_with": one.heard_with,
                        "sound_print": one.sound_print,
                        "song": UNCOMPARED if one.sound_print else "",
                        "scanned_at": now,
                    }
                    for one in latest.values()
                ]
                session.execute(insert(TrackRow), rows)
            turn_the_page(session)

    def known(self, provider: str) -> dict[TrackUri, KnownTrack]:
        """Every track of a provider that was listened to, or could not be."""
        columns = (
            TrackRow.uri, TrackRow.title, TrackRow.duration_s, TrackRow.heard_with,
            TrackRow.problem,
        )  # fmt: skip
        with self._database.reading() as session:
            rows = session.execute(select(*columns).where(TrackRow.provider == provider, _DISTANT))
            return {TrackUri(row.uri): KnownTrack(*row[1:]) for row in rows}

    def tracks(self) -> Mapping[str, Mapping[TrackUri, Track]]:
        """Every distant track that was heard, by provider and URI."""
        found: dict[str, dict[TrackUri, Track]] = defaultdict(dict)
        with self._database.reading() as session:
            rows = session.execute(
                select(*track_columns()).where(_DISTANT, TrackRow.problem.is_(None))
            )
            for track in map(track_of, rows):
                found[track.provider][track.uri] = track
        return found


def forget_tracks(session: Session, provider: str) -> None:
    """Forget all that was heard of a provider's tracks."""
    session.execute(delete(TrackRow).where(TrackRow.provider == provider, _DISTANT))
    turn_the_page(session)


_DISTANT: ColumnElement[bool] = TrackRow.path.is_(None) & (TrackRow.provider != TABLE)
