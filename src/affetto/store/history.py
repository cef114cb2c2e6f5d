"""What happened: sessions, choices, answers; what senses read only where consent allows.

A session's record is kept with what it led to in one transaction, so after a crash
the two agree. The record tells how somebody feels, so it goes when the session ends.
Places on the mood map that a face may have told are kept only with consent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from affetto.choice import Aim, Answer, Choice, Feedback
from affetto.emotion import Affect, EmotionReading
from affetto.errors import NotFound
from affetto.store.database import Database
from affetto.store.tables import (
    ChoiceRow,
    FeedbackRow,
    ReadingRow,
    SayingRow,
    SessionRow,
    TasteRow,
)


class Kind(StrEnum):
    """What a listener can say of their mood."""

    TOUCH = "touch"  # of the map
    CORRECTION = "correction"  # "not how I feel"
    BEFORE = "before"  # how they were when they began
    AFTER = "after"


LEARNED_VERSION: Final = 2  # of the record; the store itself never looks inside


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
    session_id: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a listener said of their mood; a correction has no place."""

    kind: Kind
    place: Affect | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PutOn:
    """A track that was put on, what had been asked for, and which way of choosing chose it.

    ``with_places`` only with the listener's consent to keep readings.
    """

    choice: Choice
    aim: Aim = field(default_factory=Aim)
    chosen_by: str | None = None
    with_places: bool = False


@dataclass(frozen=True, slots=True)
class KeptChoice:
    """One line of the log of choices; places are None where they were not to be kept."""

    session_id: str
    track_uri: str
    because: str
    at: datetime
    propensity: float | None
    terms: Mapping[str, float]
    aim: Mapping[str, Any]
    chosen_by: str | None
    target: Affect | None
    achieved: Affect | None


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of a listener, in the shape of one version."""

    version: int
    record: Mapping[str, Any]


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
        put_on: PutOn | None = None,
        said: Saying | None = None,
    ) -> None:
        """Keep a new session, with the track it was begun with, all or nothing.

        Whatever this listener was listening to before has ended. ``said`` as in ``keep``.
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
            if put_on is not None:
                session.add(_choice_row(listener, session_id, put_on, now))
            if said is not None:
                session.add(saying_row(listener, session_id, said))
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
        put_on: PutOn | None = None,
        achieved: Affect | None = None,
        feedback: Feedback | None = None,
        learned: Mapping[str, Any] | None = None,
        readings: Sequence[EmotionReading] = (),
        said: Saying | None = None,
        unsaid: datetime | None = None,
        back_to: tuple[int, int] | None = None,
    ) -> None:
        """Keep a session's new state with what led to it, all or nothing.

        ``achieved`` is the mood that the track before ``put_on`` led to, and ``learned``
        what ``feedback`` has taught. ``readings``, ``achieved`` and ``said`` are given only
        with the listener's consent to keep readings. ``back_to`` undoes: of the session's
        choices and answers only so many stay, the rest is gone; and what was said at
        ``unsaid`` was not said. Raises NotFound when the session is not theirs.
        """
        with self._database.session() as session:
            row = session.get(SessionRow, session_id)
            if row is None or row.listener_id != listener:
                raise NotFound("There is no such session.", remedy="Start a new one.")
            row.goal, row.record, row.changed_at = goal, dict(record), now
            if back_to is not None:
                choices, answers = back_to
                _keep_first(session, ChoiceRow, session_id, choices)
                _keep_first(session, FeedbackRow, session_id, answers)
            if achieved is not None:
                _mark_achieved(session, session_id, achieved)
            if put_on is not None:
                session.add(_choice_row(listener, session_id, put_on, now))
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
            if learned is not None:
                session.merge(_taste_row(listener, learned, now))
            session.add_all(_reading_row(listener, session_id, one) for one in readings)
            if unsaid is not None:
                session.execute(
                    delete(SayingRow).where(
                        SayingRow.session_id == session_id, SayingRow.at == unsaid
                    )
                )
            if said is not None:
                session.add(saying_row(listener, session_id, said))
        if back_to is not None or unsaid is not None:
            self._database.forget_old_pages()

    def learn(
        self,
        listener: str,
        learned: Mapping[str, Any],
        now: datetime,
        *,
        running: tuple[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Keep what was learned outside of any answer, with the running session's record."""
        with self._database.session() as session:
            session.merge(_taste_row(listener, learned, now))
            _rewrite(session, listener, running, now)

    def forget(
        self,
        listener: str,
        now: datetime,
        *,
        running: tuple[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Remove what was learned of a listener, and the log it was learned from."""
        with self._database.session() as session:
            for table in (TasteRow, ChoiceRow, FeedbackRow, ReadingRow, SayingRow):
                session.execute(delete(table).where(table.listener_id == listener))
            _rewrite(session, listener, running, now)
        self._database.forget_old_pages()

    def end(
        self, listener: str, session_id: str, now: datetime, *, left_at_s: float | None = None
    ) -> None:
        """Mark a session as over; what was believed of its listener is gone.

        ``left_at_s`` is how far the track that plays has come, if that is known.
        """
        with self._database.session() as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.id == session_id, SessionRow.listener_id == listener)
                .values(ended_at=now, record={}, left_at_s=left_at_s)
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

    def learned(self, listener: str) -> Learned | None:
        """What was learned of a listener, or None; its version says whether it can be read."""
        with self._database.reading() as session:
            row = session.get(TasteRow, listener)
            return Learned(row.version, row.record) if row is not None else None

    def choices(self, listener: str) -> list[KeptChoice]:
        """Every choice that was put on for a listener, oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(ChoiceRow).where(ChoiceRow.listener_id == listener).order_by(ChoiceRow.id)
            )
            return [kept_choice(row) for row in rows]

    def answers(self, listener: str) -> list[KeptAnswer]:
        """Every answer of a listener, oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(FeedbackRow)
                .where(FeedbackRow.listener_id == listener)
                .order_by(FeedbackRow.id)
            )
            return [kept_answer(row) for row in rows]

    def played(self, listener: str, *, limit: int = 100, but: str | None = None) -> list[str]:
        """The tracks last put on for a listener, newest first; none of the session ``but``."""
        with self._database.reading() as session:
            return list(
                session.scalars(
                    select(ChoiceRow.track_uri)
                    .where(ChoiceRow.listener_id == listener, ChoiceRow.session_id != (but or ""))
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


def kept_choice(row: ChoiceRow) -> KeptChoice:
    """A row of the log of choices."""
    return KeptChoice(
        row.session_id,
        row.track_uri,
        row.because,
        row.at,
        row.propensity,
        row.terms or {},
        row.aim or {},
        row.chosen_by,
        _place(row.target_valence, row.target_arousal),
        _place(row.achieved_valence, row.achieved_arousal),
    )


def kept_answer(row: FeedbackRow) -> KeptAnswer:
    """A row of the log of answers."""
    return KeptAnswer(row.track_uri, Answer(row.answer), row.position_s, row.at, row.session_id)


def kept_saying(row: SayingRow) -> Saying:
    """A row of what the listener said."""
    return Saying(Kind(row.kind), _place(row.valence, row.arousal), row.at)


def saying_row(listener: str, session_id: str, said: Saying) -> SayingRow:
    """What the listener said, as a row."""
    return SayingRow(
        listener_id=listener,
        session_id=session_id,
        kind=said.kind.value,
        valence=said.place.valence if said.place else None,
        arousal=said.place.arousal if said.place else None,
        at=said.at,
    )


def _keep_first(
    session: Session, table: type[ChoiceRow] | type[FeedbackRow], session_id: str, count: int
) -> None:
    later = select(table.id).where(table.session_id == session_id).order_by(table.id).offset(count)
    ids = session.scalars(later).all()
    if ids:
        session.execute(delete(table).where(table.id.in_(ids)))


def _mark_achieved(session: Session, session_id: str, achieved: Affect) -> None:
    last = session.scalars(
        select(ChoiceRow)
        .where(ChoiceRow.session_id == session_id)
        .order_by(ChoiceRow.id.desc())
        .limit(1)
    ).first()
    if last is not None:
        last.achieved_valence, last.achieved_arousal = achieved.valence, achieved.arousal


def _rewrite(
    session: Session,
    listener: str,
    running: tuple[str, Mapping[str, Any]] | None,
    now: datetime,
) -> None:
    """Give the running session its record of now."""
    if running is not None:
        session.execute(
            update(SessionRow)
            .where(SessionRow.id == running[0], SessionRow.listener_id == listener)
            .values(record=dict(running[1]), changed_at=now)
        )


def _taste_row(listener: str, record: Mapping[str, Any], now: datetime) -> TasteRow:
    return TasteRow(
        listener_id=listener, version=LEARNED_VERSION, record=dict(record), changed_at=now
    )


def _choice_row(listener: str, session_id: str, put_on: PutOn, now: datetime) -> ChoiceRow:
    choice = put_on.choice
    return ChoiceRow(
        listener_id=listener,
        session_id=session_id,
        track_uri=choice.track.uri,
        because=choice.because,
        target_valence=choice.target.valence if put_on.with_places else None,
        target_arousal=choice.target.arousal if put_on.with_places else None,
        at=now,
        propensity=choice.propensity,
        terms={term.name: term.amount for term in choice.terms},
        aim=_aim_record(put_on.aim, with_places=put_on.with_places),
        chosen_by=put_on.chosen_by,
    )


def _aim_record(aim: Aim, *, with_places: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "goal": aim.goal.value,
        "intent": aim.intent.value if aim.intent else None,
        "minutes": aim.minutes,
        "lifted": aim.lifted,
    }
    if with_places:
        record["place"] = [aim.place.valence, aim.place.arousal] if aim.place else None
        record["way"] = [[one.valence, one.arousal] for one in aim.way]
        record["row"] = aim.row or None  # it names how somebody felt
    return record


def _place(valence: float | None, arousal: float | None) -> Affect | None:
    return Affect(valence, arousal) if valence is not None and arousal is not None else None


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
