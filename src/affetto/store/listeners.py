"""People, what they have agreed to, and their secrets, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from affetto.store.database import Database
from affetto.store.keyring import Keyring
from affetto.store.tables import (
    HOME,
    ConsentRow,
    ListenerRow,
    PreferencesRow,
    SealedTokenRow,
)

PREFERENCES_VERSION: Final = 1  # of the record; the store itself never looks inside


@dataclass(frozen=True, slots=True)
class KeptConsent:
    """The last yes or no to one sensor's text."""

    sensor: str
    version: str
    given: bool
    at: datetime  # aware, UTC


class Listeners:
    """The people of a house; without sign-in it is one, called "home"."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def welcome(self, now: datetime, *, listener: str = HOME) -> str:
        """Make sure the listener is known; returns their id."""
        with self._database.reading() as session:
            if session.get(ListenerRow, listener) is not None:
                return listener
        with self._database.session() as session:
            if session.get(ListenerRow, listener) is None:
                session.add(ListenerRow(id=listener, created_at=now))
        return listener

    def forget(self, listener: str) -> None:
        """Remove a listener with everything that is theirs."""
        with self._database.session() as session:
            session.execute(delete(ListenerRow).where(ListenerRow.id == listener))

    # -- consent --------------------------------------------------------------------

    def consents(self, listener: str) -> dict[str, KeptConsent]:
        """Where a listener stands with each sensor they were ever asked about."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(ConsentRow).where(ConsentRow.listener_id == listener).order_by(ConsentRow.id)
            )
            return {
                row.sensor: KeptConsent(row.sensor, row.version, row.given, row.at) for row in rows
            }

    def set_consent(
        self, listener: str, sensor: str, version: str, now: datetime, *, given: bool
    ) -> None:
        """Write a yes or no into the ledger; earlier lines stay."""
        with self._database.session() as session:
            session.add(
                ConsentRow(
                    listener_id=listener, sensor=sensor, version=version, given=given, at=now
                )
            )

    # -- what they stated -----------------------------------------------------------------

    def preferences(self, listener: str) -> Mapping[str, Any] | None:
        """What a listener has stated and set, or None; a newer shape counts as nothing."""
        with self._database.reading() as session:
            row = session.get(PreferencesRow, listener)
            return row.record if row is not None and row.version == PREFERENCES_VERSION else None

    def set_preferences(self, listener: str, record: Mapping[str, Any], now: datetime) -> None:
        """Keep what a listener states and sets; what they stated before is replaced."""
        with self._database.session() as session:
            session.merge(
                PreferencesRow(
                    listener_id=listener,
                    version=PREFERENCES_VERSION,
                    record=dict(record),
                    changed_at=now,
                )
            )

    # -- providers' secrets -----------------------------------------------------------

    def keep_token(
        self, listener: str, provider: str, secret: str, keyring: Keyring, now: datetime
    ) -> None:
        """Keep a provider's secret, sealed; one kept before is replaced."""
        with self._database.session() as session:
            session.merge(
                SealedTokenRow(
                    listener_id=listener,
                    provider=provider,
                    sealed=keyring.seal(secret),
                    changed_at=now,
                )
            )

    def token(self, listener: str, provider: str, keyring: Keyring) -> str | None:
        """A provider's secret, or None; KeyTrouble when the key is not the right one."""
        with self._database.reading() as session:
            row = session.get(SealedTokenRow, (listener, provider))
            return keyring.open(row.sealed) if row is not None else None

    def forget_token(self, listener: str, provider: str) -> None:
        """Remove a provider's secret."""
        with self._database.session() as session:
            session.execute(
                delete(SealedTokenRow).where(
                    SealedTokenRow.listener_id == listener, SealedTokenRow.provider == provider
                )
            )

    def reseal(self, keyring: Keyring) -> int:
        """Seal every secret with the newest key; returns how many there are."""
        with self._database.session() as session:
            rows = _sealed(session)
            for row in rows:
                row.sealed = keyring.reseal(row.sealed)
            return len(rows)


def _sealed(session: Session) -> list[SealedTokenRow]:
    return list(session.scalars(select(SealedTokenRow)))
