"""Tracks laid out for choosing: their places, artists, traits, and who is where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.emotion import Affect, Covariance
from affetto.recommending.nearest import FeatureSpace, Mask, Rows
from affetto.recommending.traits import Traits, genre_of, traits_of
from affetto.recommending.transitions import Sounds, sounds_of
from affetto.track import Track, TrackFeatures

Floats = npt.NDArray[np.float32]

# A track nobody has analysed could lie anywhere: the middle, with the map's own sd.
UNKNOWN_SD: Final = 0.6
# How much a feature weighs when tracks are compared, for each unit of it squared: half the
# map across counts like 50 beats a minute, or like the whole range of energy.
ALIKE: Final[Mapping[str, float]] = {
    "valence": 1.0,
    "arousal": 1.0,
    "tempo_bpm": 1 / 50**2,
    "energy": 1.0,
}


class Candidates:
    """Tracks laid out for fast choosing; built once per change of the library.

    100,000 tracks take about 12 MB beside the tracks themselves. ``traits`` are what can be
    liked about them, row for row; by default what the tracks themselves tell.
    """

    def __init__(self, tracks: Sequence[Track], traits: Traits | None = None) -> None:
        self.tracks = tuple(tracks)
        self._traits = traits
        features = [t.features for t in self.tracks]
        self.valence = np.array([f.valence if f else 0.0 for f in features], np.float32)
        self.arousal = np.array([f.arousal if f else 0.0 for f in features], np.float32)
        self.valence_var = np.array(
            [f.valence_sd**2 if f else UNKNOWN_SD**2 for f in features], np.float32
        )
        self.arousal_var = np.array(
            [f.arousal_sd**2 if f else UNKNOWN_SD**2 for f in features], np.float32
        )
        self.row = {t.uri: i for i, t in enumerate(self.tracks)}
        codes: dict[str, int] = {}
        self._codes = codes
        # A track without an artist shares its artist with no other.
        names = [t.artist.casefold() or f"\0{t.uri}" for t in self.tracks]
        self.artist = np.array([codes.setdefault(name, len(codes)) for name in names], np.int32)

    def __len__(self) -> int:
        return len(self.tracks)

    def artist_code(self, name: str) -> int | None:
        """The number that stands for an artist in ``artist``; None if not here."""
        return self._codes.get(name.casefold())

    @cached_property
    def traits(self) -> Traits:
        """What can be liked about the tracks; made when first asked for."""
        return traits_of(self.tracks) if self._traits is None else self._traits

    @cached_property
    def doubt(self) -> Floats:
        """How unsure each place is: the variances of both axes together, float32 (n,)."""
        return self.valence_var + self.arousal_var

    def of_artist(self, name: str) -> Rows:
        """The rows of an artist's tracks, int64."""
        code = self._codes.get(name.casefold())
        return np.zeros(0, np.int64) if code is None else self._with_artist(code)

    def beside(self, row: int) -> Rows:
        """The rows of all tracks by the artist of this one, itself with them, int64."""
        return self._with_artist(int(self.artist[row]))

    def of_genre(self, words: str) -> Rows:
        """The rows of the tracks whose genre has these words in it, int64."""
        found = [rows for genre, rows in self._by_genre.items() if words in genre]
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def of_decade(self, first: int) -> Rows:
        """The rows of the tracks from a decade, int64."""
        return np.flatnonzero((self._years >= first) & (self._years < first + 10))

    def _with_artist(self, code: int) -> Rows:
        order, starts = self._by_artist
        return order[starts[code] : starts[code + 1]]

    @cached_property
    def _by_artist(self) -> tuple[Rows, Rows]:
        counts = np.bincount(self.artist, minlength=len(self._codes))
        return np.argsort(self.artist, kind="stable"), np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def _by_genre(self) -> Mapping[str, Rows]:
        rows: dict[str, list[int]] = {}
        for row, track in enumerate(self.tracks):
            if track.genre:
                rows.setdefault(genre_of(track), []).append(row)
        return {genre: np.array(found, np.int64) for genre, found in rows.items()}

    @cached_property
    def _years(self) -> npt.NDArray[np.int32]:
        return np.array([t.year or 0 for t in self.tracks], np.int32)

    @cached_property
    def space(self) -> FeatureSpace:
        """The tracks by the features in which they are compared; made when first asked for."""
        return FeatureSpace(
            {
                name: np.array([_known(t.features, name) for t in self.tracks], np.float32)
                for name in ALIKE
            }
        )

    @cached_property
    def sounds(self) -> Sounds:
        """What their transitions turn on; made when first asked for."""
        return sounds_of(self.tracks)

    def nearest(self, target: Affect) -> int:
        """The row whose place lies nearest to ``target``, however sure it is."""
        return int(self.near(target, 1)[0])

    def near(self, target: Affect, k: int, *, among: Mask | None = None) -> list[int]:
        """The ``k`` rows whose places lie nearest to ``target``, nearest first."""
        place = {"valence": target.valence, "arousal": target.arousal}
        return [int(row) for row in self.space.nearest(place, k, among=among).rows]

    def like(self, row: int, k: int) -> list[int]:
        """The ``k`` other rows that sound most like this one; none if it was never heard."""
        features = self.tracks[row].features
        if features is None:
            return []
        sound = {name: _known(features, name) for name in ALIKE}
        known = {name: value for name, value in sound.items() if not np.isnan(value)}
        found = self.space.nearest(known, k + 1, weights=ALIKE).rows
        return [int(other) for other in found if other != row][:k]

    def misfit(self, target: Affect, around: Covariance) -> Floats:
        """How badly each track fits, float32 (n,); lower is better.

        The negative log-likelihood, up to a constant, that track and target are the
        same point, both being uncertain: half the precision-weighted squared distance
        plus half the log-determinant. The distance alone would call the vaguest track
        the best match for everything; the determinant is what that vagueness costs.
        """
        dv, da = self.valence - target.valence, self.arousal - target.arousal
        vv, aa = self.valence_var + around.vv, self.arousal_var + around.aa
        va = np.float32(around.va)
        det = vv * aa - va * va
        squared = (aa * dv * dv - 2 * va * dv * da + vv * da * da) / det
        return np.asarray(0.5 * (squared + np.log(det)), np.float32)


def _known(features: TrackFeatures | None, name: str) -> float:
    """A feature as a number; NaN when nobody knows it."""
    value = None if features is None else getattr(features, name)
    return np.nan if value is None else float(value)
