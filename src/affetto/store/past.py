"""What was listened to before: the sessions of a listener, looked at, taken along, deleted.

A session in which nothing was put on is none that anybody remembers, so none is told of.
Places on the mood map are there only where the listener had agreed to keep them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from affetto.emotion import Affect
from affetto.errors import NotFound
from affetto.store.database import Database
from affetto.store.history import (
    KeptAnswer,
    KeptChoice,
    Kind,
    Saying,
    kept_answer,
    kept_choice,
    kept_saying,
    saying_row,
)
from affetto.store.tables import ChoiceRow, FeedbackRow, ReadingRow, SayingRow, SessionRow

# Whoever touches the map this soon has said how they are before the music.
BEGINNING: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class PastSession:
    """One time of listening; ``ended_at`` is None while it runs."""

    id: str
    goal: str
    started_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    tracks: int  # put on
    before: Affect | None  # as the listener said
    after: Affect | None


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What one sense read at one moment."""

    source: str
    place: Affect
    spread: float  # mean standard deviation of the two axes
    confidence: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """All that is kept of one session, each in the order in which it happened."""

    session: PastSession
    choices: tuple[KeptChoice, ...]
    answers: tuple[KeptAnswer, ...]
    sayings: tuple[Saying, ...]
    readings: tuple[KeptReading, ...]


class Past:
    """The sessions of one house that are kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sessions(
        self, listener: str, *, offset: int = 0, limit: int = 20
    ) -> tuple[int, list[PastSession]]:
        """How many there are, and some of them, the latest first."""
        theirs = _theirs(listener)
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(theirs.subquery())) or 0
            rows = session.scalars(
                theirs.order_by(SessionRow.started_at.desc(), SessionRow.id)
                .offset(offset)
                .limit(limit)
            ).all()
            return total, [_past(session, row) for row in rows]

    def account(self, listener: str, session_id: str) -> Account:
        """One session with all that is kept of it; NotFound when it is not theirs."""
        with self._database.reading() as session:
            row = session.scalar(_theirs(listener).where(SessionRow.id == session_id))
            if row is None:
                raise _gone()
            return _account(session, row)

    def accounts(
        self, listener: str, *, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[Account]:
        """Every session that began in ``[since, until)``, oldest first, one at a time."""
        theirs = _theirs(listener).with_only_columns(SessionRow.id)
        if since is not None:
            theirs = theirs.where(SessionRow.started_at >= since)
        if until is not None:
            theirs = theirs.where(SessionRow.started_at < until)
        with self._database.reading() as session:
            ids = session.scalars(theirs.order_by(SessionRow.started_at, SessionRow.id)).all()
        for session_id in ids:
            try:
                yield self.account(listener, session_id)
            except NotFound:  # deleted while the others were told
                continue

    def say(self, listener: str, session_id: str, said: Saying) -> None:
        """Keep how the listener was before or after; said again, the last word counts.

        Only with the listener's consent to keep readings. NotFound when the session is
        not theirs.
        """
        with self._database.session() as session:
            row = session.get(SessionRow, session_id)
            if row is None or row.listener_id != listener:
                raise _gone()
            session.execute(
                delete(SayingRow).where(
                    SayingRow.session_id == session_id, SayingRow.kind == said.kind.value
                )
            )
            session.add(saying_row(listener, session_id, said))

    def forget(self, listener: str, session_id: str) -> None:
        """Delete a session that is over, with all that is kept of it; else NotFound."""
        with self._database.session() as session:
            gone = session.execute(
                delete(SessionRow)
                .where(
                    SessionRow.id == session_id,
                    SessionRow.listener_id == listener,
                    SessionRow.ended_at.is_not(None),
                )
                .returning(SessionRow.id)
            ).all()
            if not gone:
                raise NotFound(
                    "There is no such session that is over.",
                    remedy="A session that still runs can be deleted once it has ended.",
                )
        self._database.forget_old_pages()

    def forget_all(self, listener: str) -> int:
        """Delete every session that is over, with all that is kept of them; how many."""
        with self._database.session() as session:
            gone = session.execute(
                delete(SessionRow)
                .where(SessionRow.listener_id == listener, SessionRow.ended_at.is_not(None))
                .returning(SessionRow.id)
            ).all()
        self._database.forget_old_pages()
        return len(gone)


def _theirs(listener: str) -> Select[SessionRow]:
    return select(SessionRow).where(
        SessionRow.listener_id == listener,
        select(ChoiceRow.id).where(ChoiceRow.session_id == SessionRow.id).exists(),
    )


def _past(session: Session, row: SessionRow) -> PastSession:
    tracks = session.scalar(
        select(func.count()).select_from(ChoiceRow).where(ChoiceRow.session_id == row.id)
    )
    return _told(row, tracks or 0, _sayings(session, row.id))


def _account(session: Session, row: SessionRow) -> Account:
    choices = session.scalars(
        select(ChoiceRow).where(ChoiceRow.session_id == row.id).order_by(ChoiceRow.id)
    ).all()
    answers = session.scalars(
        select(FeedbackRow).where(FeedbackRow.session_id == row.id).order_by(FeedbackRow.id)
    )
    readings = session.scalars(
        select(ReadingRow)
        .where(ReadingRow.session_id == row.id)
        .order_by(ReadingRow.at, ReadingRow.id)
    )
    sayings = _sayings(session, row.id)
    return Account(
        _told(row, len(choices), sayings),
        tuple(kept_choice(one) for one in choices),
        tuple(kept_answer(one) for one in answers),
        sayings,
        tuple(
            KeptReading(
                one.source,
                Affect(one.valence, one.arousal),
                (one.vv**0.5 + one.aa**0.5) / 2,
                one.confidence,
                one.at,
            )
            for one in readings
        ),
    )


def _sayings(session: Session, session_id: str) -> tuple[Saying, ...]:
    rows = session.scalars(
        select(SayingRow)
        .where(SayingRow.session_id == session_id)
        .order_by(SayingRow.at, SayingRow.id)
    )
    return tuple(kept_saying(row) for row in rows)


def _told(row: SessionRow, tracks: int, sayings: tuple[Saying, ...]) -> PastSession:
    asked = {one.kind: one.place for one in sayings}
    touched = (
        one.place
        for one in sayings
        if one.kind is Kind.TOUCH and one.at - row.started_at <= BEGINNING
    )
    return PastSession(
        row.id,
        row.goal,
        row.started_at,
        row.changed_at,
        row.ended_at,
        tracks,
        before=asked.get(Kind.BEFORE) or next(touched, None),
        after=asked.get(Kind.AFTER),
    )


def _gone() -> NotFound:
    return NotFound(
        "There is no such session.", remedy="Look at GET /api/history for those that are kept."
    )
