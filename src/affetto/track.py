"""The words for music: a track, and what is known of its sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

# "provider:identifier", such as "demo:low-tide"; opaque to all but its provider.
TrackUri = NewType("TrackUri", str)


@dataclass(frozen=True, slots=True)
class TrackFeatures:
    """What a track sounds like. None means "not known", never a default.

    Valence and arousal lie in [-1, 1]; the two standard deviations say how far
    to trust them.
    """

    valence: float
    arousal: float
    valence_sd: float = 0.35
    arousal_sd: float = 0.30
    tempo_bpm: float | None = None
    key: str | None = None  # "C", "F#", "Bb minor"
    loudness_db: float | None = None  # RMS, dB below full scale
    brightness_hz: float | None = None  # spectral centroid
    energy: float | None = None  # [0, 1]; how forceful it sounds
    vocal: float | None = None  # [0, 1]; chance that somebody sings or speaks
    sources: tuple[str, ...] = ("sound",)  # what the mood was told from, strongest first


@dataclass(frozen=True, slots=True)
class Track:
    """A piece of music somebody can play. Empty text means "not tagged"."""

    uri: TrackUri
    title: str
    artist: str = ""
    album: str = ""
    genre: str = ""
    year: int | None = None
    duration_s: float = 0.0
    features: TrackFeatures | None = None
    popularity: int | None = None  # 0 to 100, as a table said it; None sorts last
    song: str = ""  # recordings of one song share it; "" is a song of its own

    @property
    def provider(self) -> str:
        """The part of the URI before the colon."""
        return self.uri.partition(":")[0]
