"""Which tracks were put on and left again, and how far they had played.

A track is left by an answer to it, or by the end of its session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from affetto.choice import Answer
from affetto.store.database import Database
from affetto.store.tables import ChoiceRow, FeedbackRow, SessionRow

_LEAVING: Final = tuple(
    answer.value for answer in (Answer.FINISHED, Answer.SKIPPED, Answer.NOT_NOW, Answer.NEVER)
)


@dataclass(frozen=True, slots=True)
class Played:
    """One track from its beginning until it was left. Times are aware and UTC."""

    track_uri: str
    began_at: datetime
    left_at: datetime
    position_s: float  # where it was left

    @property
    def heard_s(self) -> float:
        """How long it can have been heard: no longer than it was on, wherever it was left."""
        return min(self.position_s, (self.left_at - self.began_at).total_seconds())


def played_since(database: Database, listener: str, since: datetime) -> list[Played]:
    """The tracks that began after ``since`` and were left, in the order of their beginning."""
    with database.reading() as session:
        found = _left_by_an_answer(session, listener, since)
        found |= _left_by_the_end(session, listener, since)
    return sorted(found.values(), key=lambda played: played.began_at)


_Left = dict[tuple[str, datetime], Played]  # a track that was left twice was left last


def _left_by_an_answer(session: Session, listener: str, since: datetime) -> _Left:
    before = aliased(ChoiceRow)
    began = (
        select(func.max(before.id))
        .where(
            before.session_id == FeedbackRow.session_id,
            before.track_uri == FeedbackRow.track_uri,
            before.at <= FeedbackRow.at,
        )
        .correlate(FeedbackRow)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ChoiceRow.track_uri, ChoiceRow.at, FeedbackRow.at, FeedbackRow.position_s)
        .join(ChoiceRow, ChoiceRow.id == began)
        .where(
            FeedbackRow.listener_id == listener,
            FeedbackRow.answer.in_(_LEAVING),
            FeedbackRow.at > since,
            ChoiceRow.at > since,
        )
        .order_by(ChoiceRow.id, FeedbackRow.id)
    )
    return {(uri, at): Played(uri, at, left, position) for uri, at, left, position in rows}


def _left_by_the_end(session: Session, listener: str, since: datetime) -> _Left:
    later = aliased(ChoiceRow)
    last = (
        select(func.max(later.id))
        .where(later.session_id == SessionRow.id)
        .correlate(SessionRow)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ChoiceRow.track_uri, ChoiceRow.at, SessionRow.ended_at, SessionRow.left_at_s)
        .join(ChoiceRow, ChoiceRow.id == last)
        .where(
            SessionRow.listener_id == listener,
            SessionRow.ended_at > since,
            ChoiceRow.at > since,
        )
    )
    return {
        (uri, at): Played(uri, at, left, position)
        for uri, at, left, position in rows
        if left is not None and position is not None
    }
