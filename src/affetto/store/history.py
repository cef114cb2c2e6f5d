"""What happened: sessions, choices, answers; what senses read only where consent allows.

A session's record is kept with what it led to in one transaction, so after a crash
the two agree. The record tells how somebody feels, so it goes when the session ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select, update

from affetto.choice import Answer, Choice, Feedback
from affetto.emotion import EmotionReading
from affetto.errors import NotFound
from affetto.store.database import Database
from affetto.store.tables import ChoiceRow, FeedbackRow, ReadingRow, SessionRow, TasteRow

TASTE_VERSION: Final = 1  # of the record; the store itself never looks inside


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session as it was last written."""

    id: str
    goal: str
    record: Mapping[str, Any]
    started_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One answer to one track."""

    track_uri: str
    answer: Answer
    position_s: float
    at: datetime


class History:
    """The sessions of one house and what was heard in them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        listener: str,
        session_id: str,
        goal: str,
        record: Mapping[str, Any],
        now: datetime,
        *,
        choice: Choice | None = None,
        with_target: bool = False,
    ) -> None:
        """Keep a new session, with the ``choice`` it was begun with, all or nothing.

        Whatever this listener was listening to before has ended. ``with_target`` as in
        ``keep``.
        """
        with self._database.session() as session:
            ended = session.scalars(
                update(SessionRow)
                .where(SessionRow.listener_id == listener, SessionRow.ended_at.is_(None))
                .values(ended_at=now, record={})
                .returning(SessionRow.id)
            ).all()
            session.add(
                SessionRow(
                    id=session_id,
                    listener_id=listener,
                    goal=goal,
                    record=dict(record),
                    started_at=now,
                    changed_at=now,
                    ended_at=None,
                )
            )
            session.flush()
            if choice is not None:
                session.add(_choice_row(listener, session_id, choice, now, with_target))
        if ended:
            self._database.forget_old_pages()

    def keep(
        self,
        listener: str,
        session_id: str,
        goal: str,
        record: Mapping[str, Any],
        now: datetime,
        *,
        choice: Choice | None = None,
        with_target: bool = False,
        feedback: Feedback | None = None,
        taste: Mapping[str, Any] | None = None,
        readings: Sequence[EmotionReading] = (),
    ) -> None:
        """Keep a session's new state with what led to it, all or nothing.

        ``choice`` is a track that was put on, ``taste`` what ``feedback`` has taught.
        ``readings`` and ``with_target`` (the place on the mood map that the choice was
        made for, which may be where a face was read to be) are given only with the
        listener's consent to keep readings. Raises NotFound when the session is not
        theirs.
        """
        with self._database.session() as session:
            row = session.get(SessionRow, session_id)
            if row is None or row.listener_id != listener:
                raise NotFound("There is no such session.", remedy="Start a new one.")
            row.goal, row.record, row.changed_at = goal, dict(record), now
            if choice is not None:
                session.add(_choice_row(listener, session_id, choice, now, with_target))
            if feedback is not None:
                session.add(
                    FeedbackRow(
                        listener_id=listener,
                        session_id=session_id,
                        track_uri=feedback.track.uri,
                        answer=feedback.answer.value,
                        position_s=feedback.position_s,
                        at=feedback.at,
                    )
                )
            if taste is not None:
                session.merge(
                    TasteRow(
                        listener_id=listener,
                        version=TASTE_VERSION,
                        record=dict(taste),
                        changed_at=now,
                    )
                )
            session.add_all(_reading_row(listener, session_id, one) for one in readings)

    def end(self, listener: str, session_id: str, now: datetime) -> None:
        """Mark a session as over; what was believed of its listener is gone."""
        with self._database.session() as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.id == session_id, SessionRow.listener_id == listener)
                .values(ended_at=now, record={})
            )
        self._database.forget_old_pages()

    def running(self, listener: str) -> KeptSession | None:
        """The session that has not ended, if there is one."""
        with self._database.reading() as session:
            row = session.scalars(
                select(SessionRow)
                .where(SessionRow.listener_id == listener, SessionRow.ended_at.is_(None))
                .order_by(SessionRow.changed_at.desc())
                .limit(1)
            ).first()
            if row is None:
                return None
            return KeptSession(row.id, row.goal, row.record, row.started_at, row.changed_at)

    def taste(self, listener: str) -> Mapping[str, Any] | None:
        """What was learned of a listener, or None; an older shape counts as nothing."""
        with self._database.reading() as session:
            row = session.get(TasteRow, listener)
            return row.record if row is not None and row.version == TASTE_VERSION else None

    def answers(self, listener: str) -> list[KeptAnswer]:
        """Every answer of a listener, oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(FeedbackRow)
                .where(FeedbackRow.listener_id == listener)
                .order_by(FeedbackRow.id)
            )
            return [
                KeptAnswer(row.track_uri, Answer(row.answer), row.position_s, row.at)
                for row in rows
            ]

    def played(self, listener: str, *, limit: int = 100) -> list[str]:
        """The tracks last put on for a listener, newest first."""
        with self._database.reading() as session:
            return list(
                session.scalars(
                    select(ChoiceRow.track_uri)
                    .where(ChoiceRow.listener_id == listener)
                    .order_by(ChoiceRow.id.desc())
                    .limit(limit)
                )
            )

    def plays(self, listener: str) -> dict[str, int]:
        """How often each track was put on for a listener."""
        with self._database.reading() as session:
            rows = session.execute(
                select(ChoiceRow.track_uri, func.count())
                .where(ChoiceRow.listener_id == listener)
                .group_by(ChoiceRow.track_uri)
            )
            return {row.track_uri: int(row[1]) for row in rows}

    def reading_count(self, listener: str) -> int:
        """How many readings are kept of a listener."""
        with self._database.reading() as session:
            found = session.scalar(
                select(func.count())
                .select_from(ReadingRow)
                .where(ReadingRow.listener_id == listener)
            )
            return found or 0


def _choice_row(
    listener: str, session_id: str, choice: Choice, now: datetime, with_target: bool
) -> ChoiceRow:
    return ChoiceRow(
        listener_id=listener,
        session_id=session_id,
        track_uri=choice.track.uri,
        because=choice.because,
        target_valence=choice.target.valence if with_target else None,
        target_arousal=choice.target.arousal if with_target else None,
        at=now,
    )


def _reading_row(listener: str, session_id: str, reading: EmotionReading) -> ReadingRow:
    return ReadingRow(
        listener_id=listener,
        session_id=session_id,
        source=reading.source,
        valence=reading.valence,
        arousal=reading.arousal,
        vv=reading.covariance.vv,
        va=reading.covariance.va,
        aa=reading.covariance.aa,
        confidence=reading.confidence,
        probabilities=dict(reading.probabilities),
        at=reading.at,
    )
