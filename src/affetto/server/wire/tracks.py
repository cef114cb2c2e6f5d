"""Tracks, their places on the mood map, and their course over time."""

from __future__ import annotations

from pydantic import Field

from affetto.server.wire.values import Shape

Steps = list[int | None]


class Track(Shape):
    """A piece of music and where the browser finds its sound and picture."""

    id: str
    title: str
    artist: str
    album: str
    genre: str
    year: int | None
    duration_s: float
    provider: str
    valence: float | None
    arousal: float | None
    valence_sd: float | None
    arousal_sd: float | None
    mood: str | None = Field(
        description="angry, happy, sad or calm; near an axis awake, drowsy, pleasant, "
        "unpleasant or in the middle; null when not known."
    )
    tempo_bpm: float | None
    key: str | None
    energy: float | None = Field(description="0 to 1; how forceful it sounds.")
    vocal: float | None = Field(description="0 to 1; chance that somebody sings or speaks.")
    loudness_db: float | None = Field(description="RMS, dB below full scale, as measured.")
    popularity: int | None = Field(description="0 to 100; null when no table said it.")
    told_from: list[str] = Field(
        description="What the mood was told from, strongest first: sound, tags, lyrics …"
    )
    cover: str = Field(description="Address of the picture.")
    audio: str = Field(description="Address of the sound.")


class Tracks(Shape):
    """One page of the library, or of what was found in it."""

    edition: str = Field(description="Which state of the library ``rows`` counts in.")
    total: int
    rows: list[int] = Field(description="Where in the whole library each track stands, from 0.")
    tracks: list[Track]


class LibraryMap(Shape):
    """Every track's place on the mood map, in the order of the library.

    Numbers are thousandths; null where nobody has listened to the track.
    """

    edition: str = Field(description="Another one whenever the library has changed.")
    total: int
    valence: Steps
    arousal: Steps
    valence_sd: Steps = Field(description="One standard deviation of the valence.")
    arousal_sd: Steps


class Curve(Shape):
    """How a track's mood moves from its beginning to its end: one value a step."""

    step_s: float = Field(description="How long each step is.")
    times_s: list[float] = Field(description="The middle of each step.")
    valence: list[float]
    arousal: list[float]
    valence_sd: list[float]
    arousal_sd: list[float]


class RankedTrack(Shape):
    """A track beside the one that was picked."""

    track: Track
    cosine: float = Field(
        description="Of (valence, energy), as the earlier systems ranked: it sees only the "
        "direction, so 1 can be far away."
    )
    distance: float = Field(description="Between the two points; 0 is the same place.")


class Ranking(Shape):
    """The tracks of one mood, ranked by likeness to the one that was picked."""

    mood: str
    picked: Track
    of: int = Field(description="How many other tracks of that mood there are.")
    by_cosine: list[RankedTrack] = Field(description="As the earlier systems ranked them.")
    by_distance: list[RankedTrack] = Field(description="The nearest first.")


class PopularSong(Shape):
    """One line of the table: a track that can be played here, or a song that cannot."""

    title: str
    artist: str
    mood: str | None = Field(description="angry, happy, sad or calm; null when not known.")
    popularity: int | None = Field(description="0 to 100; null when no table said it.")
    track: str | None = Field(description="The track's id; null when it cannot be played here.")


class PopularSongs(Shape):
    """One page of the table, the most popular first, those of unknown popularity last."""

    total: int
    known: int = Field(description="How many of them have a popularity.")
    playable: int = Field(description="How many of them can be played here.")
    rows: list[PopularSong]
