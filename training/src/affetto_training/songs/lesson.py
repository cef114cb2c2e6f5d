"""What the table model learns from, and how it is asked about songs it has not heard of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.emotion import MOODS as CORNERS
from affetto_training.songs import folds
from affetto_training.songs.folds import Ints, pearson
from affetto_training.songs.reading import Floats, Songs, number
from affetto_training.songs.rows import features_of
from affetto_training.songs.table_model import (
    STANDARD_UNITS,
    WIDTH,
    Recipe,
    TableModel,
    calibrated,
    fit,
    fits,
)

# Where a playlist's mood lies. Energetic says how awake, and not how pleasant.
PLAYLISTS: Final[Mapping[str, tuple[float, float]]] = {
    "Calm": (CORNERS["calm"].valence, CORNERS["calm"].arousal),
    "Energetic": (np.nan, CORNERS["angry"].arousal),
    "Happy": (CORNERS["happy"].valence, CORNERS["happy"].arousal),
    "Sad": (CORNERS["sad"].valence, CORNERS["sad"].arousal),
}
OF_A_PLAYLIST: Final = 0.2  # how much such a row weighs beside one that listeners tagged
GAMMAS: Final = (0.01, 0.02, 0.04)
ALPHAS: Final = (1.0, 3.0, 9.0)


@dataclass(frozen=True)
class Lesson:
    """Rows to learn from: listener-tagged ones first, then those of playlists."""

    features: Floats  # (n, 12), NaN where unknown
    targets: Floats  # (n, 2) in [-1, 1], NaN where not told
    weights: Floats  # (n,)
    artists: npt.NDArray[np.str_]  # (n,)
    tagged: npt.NDArray[np.bool_]  # (n,) by listeners

    def part(self, keep: npt.NDArray[np.bool_]) -> Lesson:
        """Only some of the rows."""
        return Lesson(*(getattr(self, f)[keep] for f in self.__dataclass_fields__))


def tagged_rows(songs: Songs) -> Songs:
    """The songs that have both listeners' tags and features."""
    told = songs.numbers("valence", "arousal", "spotify_valence", "energy")
    return songs.where(np.array([np.isfinite(row).all() for row in told]))


def listeners_said(songs: Songs) -> Floats:
    """Listener tags (n, 2) on the map: standard units divided by 2.2, cut at its edge."""
    return np.clip(songs.numbers("valence", "arousal") / STANDARD_UNITS, -1, 1)


def lesson(tags: Songs, moods: Songs | None = None) -> Lesson:
    """All there is to learn from; ``tags`` as ``tagged_rows`` gives them."""
    parts = [_rows(tags, listeners_said(tags), 1.0)]
    if moods is not None:
        said = np.array([PLAYLISTS.get(mood, (np.nan, np.nan)) for mood in moods.texts("mood")])
        known = ~np.isnan(said).all(axis=1)
        parts.append(_rows(moods.where(known), said[known], OF_A_PLAYLIST))
    return Lesson(*(np.concatenate([p[k] for p in parts]) for k in range(5)))


def _rows(songs: Songs, targets: Floats, weight: float) -> tuple[Any, ...]:
    n = len(songs)
    artists = np.array([a.casefold() for a in songs.texts("artist")])
    return (
        features_of(songs.rows), targets, np.full(n, weight), artists, np.full(n, weight == 1.0)
    )  # fmt: skip


def learnt(all_of_it: Lesson, recipe: Recipe) -> TableModel:
    """A model of the whole lesson."""
    return fit(all_of_it.features, all_of_it.targets, all_of_it.weights, recipe)


def chosen(all_of_it: Lesson, seed: int, recipe: Recipe | None = None) -> Recipe:
    """The recipe that does best on listener-tagged rows, in five folds by artist.

    Best is the mean correlation of valence and arousal; only rows of the lesson are asked.
    """
    base = recipe or Recipe()
    fold = folds.grouped(all_of_it.artists, 5, seed + 1000)
    tagged = all_of_it.tagged
    best, at = -2.0, base
    for gamma in GAMMAS:
        told = np.zeros((len(ALPHAS), len(fold), 2))
        for learn, ask in folds.each(fold):
            part = all_of_it.part(learn)
            models = fits(
                part.features, part.targets, part.weights, replace(base, gamma=gamma), ALPHAS
            )
            for k, model in enumerate(models):
                told[k, ask] = model.told(all_of_it.features[ask])[:, :2]
        for k, alpha in enumerate(ALPHAS):
            r = sum(pearson(told[k, tagged, t], all_of_it.targets[tagged, t]) for t in (0, 1))
            if r > best:
                best, at = r, replace(base, gamma=gamma, alpha=alpha)
    return at


Learn = Callable[[Lesson, int], Callable[[Floats], Floats]]  # (what, seed) -> features -> (n, 2)


def by_folds(all_of_it: Lesson, fold: Ints, learn: Learn, seed: int = 0) -> Floats:
    """What is told (n, 2) of each row by a model that knows no song of its artist."""
    told = np.full((len(fold), 2), np.nan)
    for known, ask in folds.each(fold):
        told[ask] = learn(all_of_it.part(known), seed)(all_of_it.features[ask])[:, :2]
    return told


def intervals_hold(residuals: Floats, fold: Ints) -> Floats:
    """How many in 100 residuals lie within 90 % intervals that the other folds' set, (2,)."""
    held = np.zeros((len(fold), 2))
    for others, ask in folds.each(fold):
        sd = calibrated(residuals[others])
        held[ask] = np.abs(residuals[ask]) <= WIDTH * sd
    return np.asarray(held.mean(axis=0))


def playlist_hits(moods: Sequence[str], told: Floats) -> dict[str, float]:
    """How often the quarter is that of a playlist's mood.

    Nothing says where Energetic lies but that it is awake, so it is counted three ways: as
    angry, as happy, and right in either.
    """
    own = folds.quadrant(told[:, 0], told[:, 1])
    quarter = {"Calm": 0, "Happy": 1, "Sad": 2}
    energetic = {"as_angry": (3,), "as_happy": (1,), "as_either": (1, 3)}
    found = {}
    for name, right in energetic.items():
        pairs = zip(moods, own, strict=True)
        found[name] = float(np.mean([q in right if m == "Energetic" else q == quarter[m]
                                     for m, q in pairs]))  # fmt: skip
    for mood in PLAYLISTS:
        rows = np.array([m == mood for m in moods])
        right = energetic["as_either"] if mood == "Energetic" else (quarter[mood],)
        found[mood] = float(np.isin(own[rows], right).mean()) if rows.any() else np.nan
    return found


def fingerprint(songs: Songs) -> str:
    """A hash of titles, artists and labels, by which a table is known again."""
    whole = hashlib.sha256()
    names = zip(songs.texts("artist"), songs.texts("name"), songs.rows, strict=True)
    for artist, name, row in names:
        whole.update(f"{artist}\t{name}\t{number(row.get('arousal')):.6f}\n".encode())
    return whole.hexdigest()[:16]
