"""What can be liked about a track, as a few numbers with names.

Every trait has a fixed scale, about 0 for common music and ±1 for what stands out, so
that what was learned in one library holds in another; what is not known is 0. A genre is
a trait of its own ("genre:rock"): the library's commonest ones are. Three more are traits
of the moment and stand in no table: how far a track lies from the mood ("away"), and what
the hour and moving about do to a liking for lively music.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.emotion import Affect
from affetto.track import Track

Floats = npt.NDArray[np.float32]

CONSTANT: Final = "constant"
GENRE: Final = "genre:"
AWAY: Final = "away"
# How much lively music is liked then, beyond how much it is at all.
MORNING: Final = "morning"
LATE: Final = "late"
MOVING: Final = "moving"
OF_THE_MOMENT: Final = (AWAY, MORNING, LATE, MOVING)
MOVES: Final = ("walking", "running")
GENRES: Final = 7  # of a library; with all others 20 numbers, under 2 kB of learning
# What each trait is about and what one unit of it is.
SCALES: Final[Mapping[str, tuple[float, float]]] = {
    "valence": (0.0, 0.5),  # map units
    "arousal": (0.0, 0.5),
    "energy": (0.5, 0.25),  # share of [0, 1]
    "tempo": (120.0, 30.0),  # beats a minute
    "vocal": (0.6, 0.4),  # chance of a voice
    "loudness": (-14.0, 6.0),  # dB below full scale
    "popularity": (40.0, 25.0),  # of 100
    "year": (1995.0, 15.0),
}
FARTHEST: Final = 3.0  # units; nothing stands out more than this
USUAL_AWAY: Final = 0.7  # map units; about how far a track lies from a mood


@dataclass(frozen=True, slots=True)
class Moment:
    """What of a moment may matter to a liking. None = not known, and nothing follows."""

    mood: Affect | None = None
    hour: float | None = None  # of the local day, [0, 24)
    activity: str | None = None  # "still", "walking", "running" …

    @property
    def lively(self) -> Mapping[str, float]:
        """How strongly each of the traits of lively music counts now; 0 when unknown."""
        turn = None if self.hour is None else 2 * math.pi * self.hour / 24
        return {
            MORNING: 0.0 if turn is None else math.sin(turn),  # most at six, least at eighteen
            LATE: 0.0 if turn is None else math.cos(turn),  # most at midnight, least at noon
            MOVING: 1.0 if self.activity in MOVES else 0.0,
        }

    def of(self, valence: float, arousal: float) -> dict[str, float]:
        """The traits of this moment of a track that lies at this place."""
        about, unit = SCALES["arousal"]
        told = {n: k * (arousal - about) / unit for n, k in self.lively.items() if k}
        if self.mood is not None:
            away = math.hypot(valence - self.mood.valence, arousal - self.mood.arousal)
            told[AWAY] = away - USUAL_AWAY
        return told


@dataclass(frozen=True)
class Traits:
    """The traits of some tracks: ``columns[names.index(name), row]``."""

    names: tuple[str, ...]
    columns: Floats  # float32 (d, n), each trait in one piece

    def __len__(self) -> int:
        return int(self.columns.shape[1])

    @cached_property
    def typical(self) -> Floats:
        """The middle track's traits: of a thousand, spread over all, float32 (d,)."""
        some = self.columns[:, :: max(1, len(self) // 1000)]
        return np.asarray(some.mean(axis=1) if len(self) else np.zeros(len(self.names)), np.float32)

    def of_row(self, row: int) -> dict[str, float]:
        """One track's traits by name."""
        return dict(zip(self.names, self.columns[:, row].tolist(), strict=True))


def describe(track: Track) -> dict[str, float]:
    """One track's traits by name, whatever library it is in."""
    told = {CONSTANT: 1.0}
    for name in SCALES:
        value = _scaled(name, np.array([_told(track, name)]))
        told[name] = float(value[0])
    if genre_of(track):
        told[GENRE + genre_of(track)] = 1.0
    return told


def traits_of(tracks: Sequence[Track], *, genres: int = GENRES) -> Traits:
    """The traits of a library: 4 bytes a trait and track."""
    common = commonest(tracks, genres)
    names = (CONSTANT, *SCALES, *(GENRE + g for g in common))
    columns = np.zeros((len(names), len(tracks)), np.float32)
    columns[0] = 1.0
    for i, name in enumerate(SCALES, start=1):
        columns[i] = _scaled(name, np.array([_told(t, name) for t in tracks], float))
    at = {g: 1 + len(SCALES) + i for i, g in enumerate(common)}
    for row, track in enumerate(tracks):
        if (column := at.get(genre_of(track))) is not None:
            columns[column, row] = 1.0
    return Traits(names, columns)


def commonest(tracks: Iterable[Track], count: int) -> list[str]:
    """The commonest genres, most tracks first, equals by name."""
    counted = Counter(g for g in map(genre_of, tracks) if g)
    return [g for g, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:count]]


def genre_of(track: Track) -> str:
    """A track's genre as a trait knows it; "" when it has none."""
    return track.genre.casefold().strip()


def _scaled(name: str, told: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """In the trait's own units; 0 where nothing is known."""
    about, unit = SCALES[name]
    scaled = np.clip((told - about) / unit, -FARTHEST, FARTHEST)
    return np.where(np.isnan(scaled), 0.0, scaled)


def _told(track: Track, name: str) -> float:
    """What is known of one trait before it is scaled; NaN when nothing is."""
    features = track.features
    value: float | None
    if name == "popularity":
        value = track.popularity
    elif name == "year":
        value = track.year
    elif features is None:
        value = None
    else:
        value = getattr(features, {"tempo": "tempo_bpm", "loudness": "loudness_db"}.get(name, name))
    return math.nan if value is None else float(value)
