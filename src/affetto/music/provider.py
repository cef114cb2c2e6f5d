"""What brings music into the house: libraries, players, and the entry point.

A provider is one service. It registers a function ``create(settings) -> Provider``
under the entry-point group ``affetto.providers``; ours register the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, Protocol

from affetto.errors import NotFound
from affetto.track import Track, TrackUri

GROUP: Final = "affetto.providers"


@dataclass(frozen=True, slots=True)
class Sound:
    """A file on this machine that a browser can play."""

    path: Path
    mime: str  # "audio/flac"


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture for a track."""

    data: bytes
    mime: str  # "image/svg+xml", "image/jpeg"


class Library(Protocol):
    """Where tracks are."""

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        """Tracks whose title, artist or album hold every word; "" finds any track."""
        ...

    async def sound(self, uri: TrackUri) -> Sound | None:
        """The file to play, or None when this library plays elsewhere or lacks it."""
        ...

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The track's picture, or None."""
        ...


class Player(Protocol):
    """What makes tracks sound."""

    async def play(self, track: Track) -> None:
        """Start this track now, in place of whatever sounds."""
        ...

    async def pause(self) -> None:
        """Fall silent, keeping the place."""
        ...

    async def resume(self) -> None:
        """Go on from where ``pause`` left off."""
        ...

    async def stop(self) -> None:
        """Fall silent and forget the track."""
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """What one service brings. None means "not offered": no flags to keep in step."""

    name: str
    library: Library | None = None
    player: Player | None = None


def provider_names() -> list[str]:
    """Every provider installed here, ours and others', in alphabetical order."""
    return sorted(point.name for point in entry_points(group=GROUP))


def connect(name: str, settings: Mapping[str, str] | None = None) -> Provider:
    """Make the provider called ``name``.

    Raises NotFound, naming those installed, when there is none of that name.
    """
    for point in entry_points(group=GROUP, name=name):
        provider: Provider = point.load()(settings or {})
        return provider
    raise NotFound(
        f"There is no music provider called {name!r}.",
        remedy=f"Installed are: {', '.join(provider_names())}.",
    )
