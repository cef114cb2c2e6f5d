"""Every table, with every constraint named so that migrations can find it.

Two rules hold for all of them and are tested: a personal row says whose it is
(``listener_id``, never null, gone with the listener), and no column can hold a
picture or a sound. Times are aware and UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

HOME: Final = "home"  # the one listener of a house without sign-in

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime; kept as UTC, also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware time into UTC; a naive one is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back what was kept, aware."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: Moment,
        dict[str, Any]: JSON,
        str: Text,
    }


def _owner() -> Mapped[str]:
    """The listener a personal row belongs to and leaves with."""
    return mapped_column(String(64), ForeignKey("listeners.id", ondelete="CASCADE"), index=True)


class ListenerRow(Base):
    """A person who listens here."""

    __tablename__ = "listeners"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime]


class ConsentRow(Base):
    """One yes or no to one sensor's text; rows are added, never changed. The last counts."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    listener_id: Mapped[str] = _owner()
    sensor: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(64))
    given: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[datetime]


class SealedTokenRow(Base):
    """A provider's secret, sealed by ``keyring``; useless without the key file."""

    __tablename__ = "sealed_tokens"

    listener_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True
    )
    provider: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str]
    changed_at: Mapped[datetime]


class ConnectionRow(Base):
    """One provider that a listener has connected: what may be seen of its settings as it is,
    the others sealed by ``keyring``.
    """

    __tablename__ = "connections"

    listener_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True
    )
    provider: Mapped[str] = mapped_column(String(64), primary_key=True)
    settings: Mapped[dict[str, Any]]
    sealed: Mapped[str]
    connected_at: Mapped[datetime]


class OutletRow(Base):
    """The provider whose player sounds for a listener; no row while it is the page."""

    __tablename__ = "outlets"

    listener_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True
    )
    provider: Mapped[str] = mapped_column(String(64))


class TasteRow(Base):
    """What was learned of one listener: a versioned record the store never interprets."""

    __tablename__ = "tastes"

    listener_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(Integer)
    record: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class PreferencesRow(Base):
    """What one listener has stated and set: a versioned record the store never interprets."""

    __tablename__ = "preferences"

    listener_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("listeners.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(Integer)
    record: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class SessionRow(Base):
    """One time of listening, with all that is needed to go on after a restart.

    The record is emptied when the session ends: it says how somebody felt. ``left_at_s``
    is how far the track that played then had come; null when nobody said.
    """

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    listener_id: Mapped[str] = _owner()
    goal: Mapped[str] = mapped_column(String(20))
    record: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    left_at_s: Mapped[float | None] = mapped_column(Float)


class ChoiceRow(Base):
    """One track that was put on, with its reason.

    ``propensity`` is the chance with which it was drawn, ``terms`` what spoke for it and
    against it, ``aim`` what the listener had asked for, ``chosen_by`` the way of choosing.
    Places may be where a face was read to be, so all of them (the target, the achieved
    mood after the track, and those inside ``aim``) are null without consent to keep
    readings.
    """

    __tablename__ = "choices"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    listener_id: Mapped[str] = _owner()
    session_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    track_uri: Mapped[str]
    because: Mapped[str]
    target_valence: Mapped[float | None] = mapped_column(Float)
    target_arousal: Mapped[float | None] = mapped_column(Float)
    at: Mapped[datetime]
    propensity: Mapped[float | None] = mapped_column(Float)
    terms: Mapped[dict[str, Any] | None]
    aim: Mapped[dict[str, Any] | None]
    chosen_by: Mapped[str | None] = mapped_column(String(40))
    achieved_valence: Mapped[float | None] = mapped_column(Float)
    achieved_arousal: Mapped[float | None] = mapped_column(Float)


class FeedbackRow(Base):
    """One answer to one track."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    listener_id: Mapped[str] = _owner()
    session_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    track_uri: Mapped[str]
    answer: Mapped[str] = mapped_column(String(20))
    position_s: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime]


class ReadingRow(Base):
    """One reading, kept only while the listener's consent to keep readings stands."""

    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    listener_id: Mapped[str] = _owner()
    session_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    source: Mapped[str] = mapped_column(String(20))
    valence: Mapped[float] = mapped_column(Float)
    arousal: Mapped[float] = mapped_column(Float)
    vv: Mapped[float] = mapped_column(Float)
    va: Mapped[float] = mapped_column(Float)
    aa: Mapped[float] = mapped_column(Float)
    confidence: Mapped[float] = mapped_column(Float)
    probabilities: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class SayingRow(Base):
    """What the listener said of their mood, kept only while their consent to that stands.

    A touch of the map, a correction of the senses (which has no place), or how they were
    before and after a session.
    """

    __tablename__ = "sayings"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    listener_id: Mapped[str] = _owner()
    session_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    valence: Mapped[float | None] = mapped_column(Float)
    arousal: Mapped[float | None] = mapped_column(Float)
    at: Mapped[datetime]


class TrackRow(Base):
    """One file that was scanned: what it is, how it sounds, or why it could not be read.

    Or one song of an imported table: its provider is "table", it has no path, and
    ``heard_with`` is the key of its ``SongTableRow``.
    """

    __tablename__ = "tracks"

    uri: Mapped[str] = mapped_column(Text, primary_key=True)
    provider: Mapped[str] = mapped_column(String(64), index=True)
    path: Mapped[str | None] = mapped_column(Text, unique=True)
    mtime_ns: Mapped[int] = mapped_column(BigInteger, default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    title: Mapped[str] = mapped_column(Text, default="")
    artist: Mapped[str] = mapped_column(Text, default="")
    album: Mapped[str] = mapped_column(Text, default="")
    genre: Mapped[str] = mapped_column(Text, default="")
    year: Mapped[int | None] = mapped_column(Integer)
    duration_s: Mapped[float] = mapped_column(Float, default=0.0)
    valence: Mapped[float | None] = mapped_column(Float)
    arousal: Mapped[float | None] = mapped_column(Float)
    valence_sd: Mapped[float | None] = mapped_column(Float)
    arousal_sd: Mapped[float | None] = mapped_column(Float)
    tempo_bpm: Mapped[float | None] = mapped_column(Float)
    key: Mapped[str | None] = mapped_column(String(16))
    loudness_db: Mapped[float | None] = mapped_column(Float)
    brightness_hz: Mapped[float | None] = mapped_column(Float)
    energy: Mapped[float | None] = mapped_column(Float)
    vocal: Mapped[float | None] = mapped_column(Float)
    sources: Mapped[str] = mapped_column(String(80), default="")  # with commas between
    popularity: Mapped[int | None] = mapped_column(Integer)
    song: Mapped[str] = mapped_column(String(64), default="")
    sound_print: Mapped[str] = mapped_column(Text, default="")  # tells a recording again
    heard_with: Mapped[str] = mapped_column(String(40), default="")  # which analysis
    problem: Mapped[str | None] = mapped_column(Text)
    remedy: Mapped[str | None] = mapped_column(Text)
    scanned_at: Mapped[datetime]


class SongTableRow(Base):
    """One table of songs that was imported from a file."""

    __tablename__ = "song_tables"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    path: Mapped[str]
    songs: Mapped[int] = mapped_column(Integer, default=0)
    told_from: Mapped[str]  # what the moods of its songs were told from
    imported_at: Mapped[datetime]


class RevisionRow(Base):
    """A number that grows with every change to one kind of row, such as "tracks"."""

    __tablename__ = "revisions"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0)


# The current session is asked for at every page load.
Index("ix_sessions_listener_id_changed_at", SessionRow.listener_id, SessionRow.changed_at)

PERSONAL: Final[tuple[type[Base], ...]] = (
    ConsentRow,
    SealedTokenRow,
    ConnectionRow,
    OutletRow,
    TasteRow,
    PreferencesRow,
    SessionRow,
    ChoiceRow,
    FeedbackRow,
    ReadingRow,
    SayingRow,
)
