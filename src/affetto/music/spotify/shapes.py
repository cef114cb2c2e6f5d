"""What Spotify tells, in our words: read leniently, kept only while it is shown.

Nothing here is a ``Track`` of the library, and none of it may reach what chooses, learns
or remembers: see ``docs/how-to/spotify.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from affetto.music.spotify.links import web_link


@dataclass(frozen=True, slots=True)
class Song:
    """A song at Spotify."""

    uri: str  # "spotify:track:…"
    title: str
    artist: str
    album: str
    duration_s: float
    link: str  # to it, at Spotify

    @classmethod
    def told(cls, item: object) -> Song | None:
        """What an answer says of one track; None for what is none, such as a podcast."""
        if not isinstance(item, Mapping) or item.get("type") != "track":
            return None
        uri = str(item.get("uri") or "")
        link = web_link(uri)
        if not link:
            return None
        album = item.get("album")
        return cls(
            uri=uri,
            title=str(item.get("name") or ""),
            artist=", ".join(
                str(one.get("name") or "") for one in _list(item.get("artists")) if one.get("name")
            ),
            album=str(album.get("name") or "") if isinstance(album, Mapping) else "",
            duration_s=_number(item.get("duration_ms")) / 1000.0,
            link=link,
        )


@dataclass(frozen=True, slots=True)
class Device:
    """Something of the listener's that can sound."""

    id: str
    name: str
    kind: str  # "Computer", "Smartphone", "Speaker"
    active: bool
    usable: bool  # some take no commands from elsewhere
    volume: float | None  # [0, 1]; None: cannot be set

    @classmethod
    def told(cls, item: object) -> Device | None:
        """What an answer says of one device; None for one that cannot be named."""
        if not isinstance(item, Mapping) or not item.get("id"):
            return None
        settable = item.get("supports_volume", True) and item.get("volume_percent") is not None
        return cls(
            id=str(item["id"]),
            name=str(item.get("name") or item.get("type") or ""),
            kind=str(item.get("type") or ""),
            active=bool(item.get("is_active")),
            usable=not item.get("is_restricted"),
            volume=_number(item.get("volume_percent")) / 100.0 if settable else None,
        )


@dataclass(frozen=True, slots=True)
class Playback:
    """What Spotify does at one moment."""

    song: Song | None = None
    playing: bool = False
    position_s: float = 0.0
    device: Device | None = None

    @classmethod
    def told(cls, answer: object) -> Playback:
        """What the player's answer says; nothing for an empty one."""
        if not isinstance(answer, Mapping):
            return cls()
        return cls(
            song=Song.told(answer.get("item")),
            playing=bool(answer.get("is_playing")),
            position_s=_number(answer.get("progress_ms")) / 1000.0,
            device=Device.told(answer.get("device")),
        )


def songs(items: object) -> list[Song]:
    """The tracks among ``items``."""
    return [song for item in _list(items) if (song := Song.told(item)) is not None]


def devices(answer: object) -> list[Device]:
    """The devices of an answer."""
    told = answer.get("devices") if isinstance(answer, Mapping) else None
    return [device for item in _list(told) if (device := Device.told(item)) is not None]


def _list(told: object) -> list[Mapping[str, Any]]:
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []


def _number(told: object) -> float:
    return float(told) if isinstance(told, (int, float)) and not isinstance(told, bool) else 0.0
