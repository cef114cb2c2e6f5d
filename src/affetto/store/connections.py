"""Which providers a listener has connected, and where their music sounds.

What a provider is told to be connected is kept in two parts: what may be seen, as it is,
and everything secret, sealed by the keyring. Nothing secret is ever on the disk in plain.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from affetto.store.database import Database
from affetto.store.distant import forget_tracks
from affetto.store.keyring import Keyring
from affetto.store.tables import ConnectionRow, OutletRow, SealedTokenRow


@dataclass(frozen=True, slots=True)
class KeptConnection:
    """One provider that a listener has connected."""

    provider: str
    settings: Mapping[str, str]  # what may be seen of them
    sealed: str  # the others, as JSON; "" for none
    connected_at: datetime  # aware, UTC

    def opened(self, keyring: Keyring) -> dict[str, str]:
        """All of its settings; KeyTrouble when the key is not the right one."""
        secret: dict[str, str] = json.loads(keyring.open(self.sealed)) if self.sealed else {}
        return {**self.settings, **secret}


class KeptConnections:
    """The providers that listeners have connected."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all_of(self, listener: str) -> Sequence[KeptConnection]:
        """What a listener has connected, in the order in which they did."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(ConnectionRow)
                .where(ConnectionRow.listener_id == listener)
                .order_by(ConnectionRow.connected_at, ConnectionRow.provider)
            )
            return [
                KeptConnection(row.provider, row.settings, row.sealed, row.connected_at)
                for row in rows
            ]

    def keep(
        self,
        listener: str,
        provider: str,
        settings: Mapping[str, str],
        keyring: Keyring,
        now: datetime,
        *,
        seen: Collection[str],
    ) -> None:
        """Keep a provider's settings in place of those before; all but ``seen`` are sealed."""
        secret = {name: value for name, value in settings.items() if name not in seen}
        with self._database.session() as session:
            session.merge(
                ConnectionRow(
                    listener_id=listener,
                    provider=provider,
                    settings={name: settings[name] for name in settings if name in seen},
                    sealed=keyring.seal(json.dumps(secret)) if secret else "",
                    connected_at=now,
                )
            )

    def forget(self, listener: str, provider: str) -> None:
        """Remove all that was kept of a provider: its settings, its secrets, its tokens.

        What was heard of its tracks goes too, unless another listener has it connected.
        """
        with self._database.session() as session:
            for row in (ConnectionRow, SealedTokenRow, OutletRow):
                session.execute(
                    delete(row).where(row.listener_id == listener, row.provider == provider)
                )
            others = select(ConnectionRow.listener_id).where(ConnectionRow.provider == provider)
            if session.scalars(others.limit(1)).first() is None:
                forget_tracks(session, provider)
        self._database.forget_old_pages()

    def reseal(self, keyring: Keyring) -> int:
        """Seal every secret with the newest key; returns how many there are."""
        with self._database.session() as session:
            rows = list(session.scalars(select(ConnectionRow).where(ConnectionRow.sealed != "")))
            for row in rows:
                row.sealed = keyring.reseal(row.sealed)
            return len(rows)

    # -- where it sounds ------------------------------------------------------------------

    def outlet(self, listener: str) -> str | None:
        """The provider whose player sounds for a listener; None: the page."""
        with self._database.reading() as session:
            row = session.get(OutletRow, listener)
            return row.provider if row is not None else None

    def set_outlet(self, listener: str, provider: str | None) -> None:
        """Let a provider's player sound from now on; None: the page."""
        with self._database.session() as session:
            if provider is None:
                session.execute(delete(OutletRow).where(OutletRow.listener_id == listener))
            else:
                session.merge(OutletRow(listener_id=listener, provider=provider))
