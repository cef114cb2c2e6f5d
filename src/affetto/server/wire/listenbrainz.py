"""Telling ListenBrainz what was heard."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, SecretStr

from affetto.server.wire.consent import ConsentText
from affetto.server.wire.values import Shape, Trouble


class ListenBrainz(Shape):
    """Whether what is heard is told, to whose account, and what still waits."""

    connected: bool
    user: str = Field(description="Whose account; empty while there is none.")
    waiting: int = Field(description="How many tracks were heard and are not told yet.")
    told_at: datetime | None = Field(description="When it last took some, since the start.")
    trouble: Trouble | None
    consent: ConsentText


class ConnectListenBrainz(Shape):
    """Agree to the text, and say by which token."""

    token: Annotated[SecretStr, Field(min_length=1, max_length=200)]
    version: str = Field(max_length=64, description="Of the text that was read.")
