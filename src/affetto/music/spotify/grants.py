"""What a listener allowed us at Spotify, and where that is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final, Protocol

# A refresh token ends six months after the sign-in, however often it is used.
LASTS_S: Final = 182 * 24 * 3600.0

# What is asked for: to see and steer what plays, the saved songs, and private playlists.
SCOPES: Final = (
    "user-read-playback-state",
    "user-modify-playback-state",
    "user-read-currently-playing",
    "user-library-read",
    "playlist-modify-private",
)


@dataclass(frozen=True, slots=True)
class Grant:
    """A sign-in. The tokens are secrets; times are seconds since 1970."""

    client_id: str
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: float  # of the access token
    since: float  # when the listener signed in
    # The playlists we made, by what they were made of; deleted with the rest.
    playlists: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def until(self) -> float:
        """About when the listener has to sign in again."""
        return self.since + LASTS_S

    def to_text(self) -> str:
        """The grant as JSON, to be sealed."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Grant | None:
        """The grant that ``to_text`` wrote; None for what another version wrote."""
        try:
            return cls(**json.loads(text))
        except (TypeError, ValueError):
            return None


class GrantKeeper(Protocol):
    """Where one listener's grant is kept. Called from several threads."""

    def load(self) -> Grant | None:
        """The grant, or None."""
        ...

    def save(self, grant: Grant) -> None:
        """Keep it in place of the one before."""
        ...

    def forget(self) -> None:
        """Delete it."""
        ...


class MemoryKeeper:
    """Keeps a grant in memory."""

    def __init__(self, grant: Grant | None = None) -> None:
        self._grant = grant

    def load(self) -> Grant | None:
        """The grant, or None."""
        return self._grant

    def save(self, grant: Grant) -> None:
        """Keep it."""
        self._grant = grant

    def forget(self) -> None:
        """Forget it."""
        self._grant = None
