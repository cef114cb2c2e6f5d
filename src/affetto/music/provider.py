"""What brings music into the house: libraries, players, and the entry point.

A provider is one service. It registers a function ``create(settings) -> Provider``
under the entry-point group ``affetto.providers``; ours register the same way.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from affetto.errors import NotFound
from affetto.track import Track, TrackFeatures, TrackUri

GROUP: Final = "affetto.providers"


@dataclass(frozen=True, slots=True)
class Sound:
    """A file on this machine that a browser can play."""

    path: Path
    mime: str  # "audio/flac"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What another machine answered when a sound, or a part of it, was fetched from it.

    ``headers`` are those a browser needs, in lower case: content-type, content-length,
    content-range, accept-ranges, etag, last-modified.
    """

    status: int  # 200, 206, 304 or 416
    headers: Mapping[str, str]
    chunks: AsyncGenerator[bytes, None]  # read to its end, or closed with ``aclose``


@dataclass(frozen=True, slots=True)
class DistantSound:
    """A sound on another machine, which reaches the browser through us.

    ``fetch`` takes the request's Range header, or None for the whole, and raises
    ServiceTrouble when the other machine does not answer.
    """

    fetch: Callable[[str | None], Awaitable[Fetched]]


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

    async def sound(self, uri: TrackUri) -> Sound | DistantSound | None:
        """What a browser can play, or None when this library plays elsewhere or lacks it."""
        ...

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The track's picture, or None."""
        ...


@runtime_checkable
class TellsEdition(Protocol):
    """A library that says in a word, and cheaply, whether its tracks have changed."""

    async def edition(self) -> str:
        """Another word whenever its tracks may be others than before; "" when it cannot say.

        The next search tells those of this edition. May raise ServiceTrouble.
        """
        ...


@runtime_checkable
class KeepsMoods(Protocol):
    """A library that keeps moods beside its tracks, for whoever else uses it."""

    async def keep_moods(self, moods: Mapping[TrackUri, TrackFeatures]) -> int:
        """Keep these moods, in place of those kept before; how many of the tracks it has.

        Raises ServiceTrouble where it turns out that none can be kept.
        """
        ...


@dataclass(frozen=True, slots=True)
class Sounding:
    """What a player does at one moment."""

    uri: TrackUri | None  # of the track that sounds or rests; None: none of ours
    playing: bool  # False: it rests, or there is nothing
    position_s: float = 0.0
    duration_s: float | None = None  # None: not known
    volume: float | None = None  # [0, 1]; None: cannot be set


class Player(Protocol):
    """What makes tracks sound. Every call may raise ServiceTrouble, which names a remedy."""

    async def play(self, track: Track, *, position_s: float = 0.0) -> None:
        """Start this track now, in place of whatever sounds."""
        ...

    async def follow(self, track: Track | None, *, crossfade_s: float = 0.0) -> None:
        """Let this track come after the one that sounds, in place of any named before.

        None lets it fall silent there. A player that cannot blend two tracks, or may not,
        plays them one after the other.
        """
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

    async def seek(self, position_s: float) -> None:
        """Go to this second of the track; nothing where nothing sounds or rests."""
        ...

    async def set_volume(self, volume: float) -> None:
        """As loud as this, [0, 1]; nothing where it cannot be set."""
        ...

    async def now(self) -> Sounding:
        """What it does now."""
        ...

    def changes(self) -> AsyncGenerator[Sounding, None]:
        """What it does now, and again after every change, whoever made it.

        Ends only when it is closed; raises ServiceTrouble when the player is lost.
        """
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a provider has to be told before it can be used: a field of a form."""

    name: str  # the key in its settings
    label: str
    secret: bool = False  # never shown again, and sealed where it is kept
    default: str = ""
    help: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried: what works, or what to do about it."""

    name: str  # "sign in", "stream"
    works: bool | None  # None: not offered there, which is no fault
    says: str  # one sentence
    remedy: str = ""  # one sentence, where it does not work


class Connection(Protocol):
    """What can be tried of a provider, and let go of."""

    async def check(self) -> Sequence[Check]:
        """Try everything once; never raises for what does not work, and ends within 10 s."""
        ...

    async def close(self) -> None:
        """Let go of sockets and tasks."""
        ...


class Plays(Protocol):
    """Where a service counts what is heard of its own tracks. May raise ServiceTrouble."""

    async def now_playing(self, uri: TrackUri) -> None:
        """This track sounds now."""
        ...

    async def played(self, uri: TrackUri, at: datetime) -> None:
        """This track was heard, beginning ``at`` (aware)."""
        ...


class KeepsPlaylists(Protocol):
    """Where a service keeps playlists of its own tracks. May raise ServiceTrouble."""

    async def save(
        self, name: str, tracks: Sequence[Track], *, replace: bool = False
    ) -> Sequence[Track]:
        """Keep tracks as a playlist, in order; give back those that the service does not have.

        Raises Misuse when there is one of that name and it is not to be replaced, when none
        can be called so, and when the service has none of the tracks.
        """
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """What one service brings. None means "not offered": no flags to keep in step."""

    name: str
    library: Library | None = None
    player: Player | None = None
    connection: Connection | None = None
    plays: Plays | None = None  # only where the listener wants it told
    playlists: KeepsPlaylists | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """What a provider says of itself before anyone connects it."""

    title: str  # "Navidrome and other Subsonic servers"
    summary: str = ""  # one sentence
    asks: Sequence[Asked] = field(default=())


def provider_names() -> list[str]:
    """Every provider installed here, ours and others', in alphabetical order."""
    return sorted(point.name for point in entry_points(group=GROUP))


def package_of(name: str) -> str:
    """The package that brings the provider called ``name``; "" when nobody can tell."""
    for point in entry_points(group=GROUP, name=name):
        return point.dist.name if point.dist is not None else ""
    return ""


def connect(name: str, settings: Mapping[str, str] | None = None) -> Provider:
    """Make the provider called ``name``.

    Raises NotFound, naming those installed, when there is none of that name.
    """
    provider: Provider = _named(name).load()(settings or {})
    return provider


def described(name: str) -> Description:
    """What the provider called ``name`` says of itself: ``description`` beside its ``create``.

    One that says nothing is called by its name. Raises NotFound as ``connect``.
    """
    point = _named(name)
    module = import_module(point.module)
    told = getattr(module, "description", None)
    return told if isinstance(told, Description) else Description(name)


def _named(name: str) -> EntryPoint:
    for point in entry_points(group=GROUP, name=name):
        return point
    raise NotFound(
        f"There is no music provider called {name!r}.",
        remedy=f"Installed are: {', '.join(provider_names())}.",
    )
