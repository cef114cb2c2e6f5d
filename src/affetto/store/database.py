"""The engine and the way to a transaction; SQLite by default.

SQLite runs with a write-ahead log (readers never wait for a writer), foreign keys
on, and ``synchronous=FULL``: what was acknowledged survives a power cut. What was
deleted is overwritten in the file (``secure_delete``), not only marked as free.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
)
from sqlalchemy.orm import Session

from affetto.errors import AffettoError, Misuse

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

# The newest migration; a test holds it to the folder. Knowing it here spares every
# start that has nothing to migrate the loading of Alembic.
HEAD: Final = "0008"

_MIGRATIONS: Final = Path(__file__).with_name("migrations")
_WAIT_MS: Final = 10_000  # how long a writer waits for another, in this process or not
_WAIT_TO_FORGET_MS: Final = 500


class StoreTrouble(AffettoError):
    """The database cannot be opened, read or written."""


class Database:
    """One database. Threads may share it; ``close`` it when done."""

    def __init__(self, url: str | URL) -> None:
        """``url`` is SQLAlchemy's, such as ``sqlite:////home/me/affetto/affetto.db``."""
        try:
            self.url = make_url(url)
        except ArgumentError as error:
            raise Misuse(
                "The database address cannot be understood.",
                remedy="Write it like sqlite:////home/me/affetto.db, or leave it out.",
            ) from error
        self.engine: Engine = create_engine(self.url)
        if self.url.get_backend_name() == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin)

    @classmethod
    def at(cls, path: Path) -> Database:
        """The SQLite database in the file ``path``, made on first use."""
        return cls(URL.create("sqlite", database=str(path)))  # whatever signs its name holds

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write: committed at the end, undone on any error.

        On SQLite it takes the one writing place at once, so that reading first and
        writing afterwards can never fail half-way.
        """
        with self._opened({"affetto_writes": True}) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads: one consistent view, in nobody's way."""
        with self._opened({}) as session:
            yield session

    @contextmanager
    def _opened(self, options: dict[str, Any]) -> Iterator[Session]:
        try:
            with (
                self.engine.connect().execution_options(**options) as connection,
                Session(connection, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session
        except (IntegrityError, ProgrammingError):
            raise  # a bug of ours, not of the database
        except DatabaseError as error:
            raise self._trouble(error) from error

    def migrate(self) -> None:
        """Bring the tables up to date; does next to nothing when they are.

        Raises StoreTrouble when the file cannot be opened, or was written by a newer
        version.
        """
        try:
            version = self._version()
            if version == HEAD:
                return
            from alembic import command
            from alembic.script import ScriptDirectory
            from alembic.util import CommandError

            config = migrations_in(_MIGRATIONS)
            if version is not None:
                try:
                    ScriptDirectory.from_config(config).get_revision(version)
                except CommandError as error:
                    raise StoreTrouble(
                        f"The database {self._place} was written by a newer Affetto.",
                        remedy="Update Affetto, or point AFFETTO_DATA_DIR at another folder.",
                    ) from error
            with self.engine.connect().execution_options(affetto_writes=True) as connection:
                config.attributes["connection"] = connection
                with connection.begin():
                    command.upgrade(config, "head")
        except DBAPIError as error:
            raise self._trouble(error) from error

    def check(self) -> None:
        """Raise StoreTrouble unless the database answers and is sound."""
        try:
            with self.engine.connect() as connection:
                if self.url.get_backend_name() == "sqlite":
                    answer = connection.execute(text("PRAGMA quick_check")).scalar_one()
                    if answer != "ok":
                        raise StoreTrouble(
                            f"The database {self._place} is damaged.",
                            remedy="Move the file away and restore it from a backup.",
                        )
                else:
                    connection.execute(text("SELECT 1"))
        except DBAPIError as error:
            raise self._trouble(error) from error

    def forget_old_pages(self) -> None:
        """Let nothing that was deleted linger in SQLite's write-ahead log.

        A reader or writer at this very moment puts it off to the next time, or to the
        closing of the last connection.
        """
        if self.url.get_backend_name() != "sqlite":
            return
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={_WAIT_TO_FORGET_MS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
            cursor.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
            cursor.close()
        except sqlite3.Error as error:  # what was asked for is done; this is housekeeping
            log.warning("the write-ahead log could not be emptied: %s", error)
        finally:
            connection.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @property
    def _place(self) -> str:
        return self.url.database or self.url.render_as_string(hide_password=True)

    def _version(self) -> str | None:
        with self.engine.connect() as connection:
            if not self.engine.dialect.has_table(connection, "alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version"))
            version: str | None = found.scalar_one_or_none()
            return version

    def _trouble(self, error: DBAPIError) -> StoreTrouble:
        said = str(error.orig).lower()
        if "full" in said:
            return StoreTrouble(
                "The disk is full, so nothing more can be kept.",
                remedy="Free some space; what was kept before is safe.",
            )
        if "disk i/o error" in said:
            return StoreTrouble(
                f"The disk refused to read or write the database {self._place}.",
                remedy="Check that the disk has space left and is sound; what was kept before "
                "is safe.",
            )
        if "locked" in said:
            return StoreTrouble(
                f"The database {self._place} is held by another program.",
                remedy="Wait for a running scan to end, or close the other program.",
            )
        if "not a database" in said or "malformed" in said:
            return StoreTrouble(
                f"The database {self._place} is damaged.",
                remedy="Move the file away and restore it from a backup.",
            )
        if "readonly" in said or "unable to open" in said:
            return StoreTrouble(
                f"The database {self._place} cannot be written.",
                remedy="Check the folder's permissions, or set AFFETTO_DATA_DIR to another folder.",
            )
        return StoreTrouble(
            f"The database {self._place} failed: {error.orig}.",
            remedy="`affetto doctor` looks at it more closely.",
        )


def migrations_in(folder: Path) -> Config:
    """Alembic's settings for the migrations in ``folder``, whatever signs its name holds."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", folder.as_posix().replace("%", "%%"))
    return config


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Set every new connection up; transactions are begun by ``_begin``, not the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in (
            f"busy_timeout={_WAIT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("affetto_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
