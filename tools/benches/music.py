"""Choosing among many tracks, beside the plainest NumPy and a library of bandits."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final, cast

import numpy as np

from affetto.choice import Answer, Feedback, Goal
from affetto.cli.bench import measure_choosing, peak_memory_mb, timed
from affetto.emotion import Affect, Covariance
from affetto.recommending.fit import Candidates
from affetto.recommending.foremost import COUNT, foremost
from affetto.recommending.recommender import Wish, choose, weigh
from affetto.recommending.response import Response
from affetto.recommending.scoring import Scores
from affetto.recommending.taste import Taste
from affetto.recommending.traits import SCALES, Traits
from affetto.track import Track, TrackFeatures, TrackUri
from benches.journey import Bare
from benches.table import ROUNDS, Row

MANY, MOST = 100_000, 1_000_000
BARS_MS: Final = {MANY: 5.0, MOST: 15.0}
AT_HAND_MS: Final = 5.0
GENRES: Final = 7
BANDIT: Final = 1_000  # tracks that the bandit library looks at: it reads them as text
NOON: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)


class _Tracks(Sequence[Track]):
    """Tracks that are made when asked for: a million at once would take a minute."""

    def __init__(self, of: Vast) -> None:
        self._of = of

    def __len__(self) -> int:
        return len(self._of)

    def __getitem__(self, row: Any) -> Any:
        of, row = self._of, int(row)
        sounds = of.sounds
        features = TrackFeatures(
            float(of.valence[row]),
            float(of.arousal[row]),
            math.sqrt(of.valence_var[row]),
            math.sqrt(of.arousal_var[row]),
            tempo_bpm=float(2 ** sounds.octave[row]),
            loudness_db=float(sounds.loudness[row]),
            energy=float(sounds.energy[row]),
        )
        return Track(
            TrackUri(f"bench:{row}"), f"Track {row}", f"artist {row // 10}", features=features
        )


class _Rows(Mapping[TrackUri, int]):
    """Which row a made-up track has: its number."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __getitem__(self, uri: TrackUri) -> int:
        return int(uri.partition(":")[2])

    def __contains__(self, uri: object) -> bool:
        return str(uri).startswith("bench:")

    def __iter__(self) -> Iterator[TrackUri]:
        return (TrackUri(f"bench:{row}") for row in range(self._count))

    def __len__(self) -> int:
        return self._count


class Vast(Bare):
    """Very many made-up tracks with traits, ten to an artist."""

    def __init__(self, count: int) -> None:
        super().__init__(count, np.random.default_rng(0))
        self.tracks = cast(Any, _Tracks(self))
        self.row = cast(Any, _Rows(count))
        self.sounds.fifth[:] = np.nan  # the tracks name no key
        self._codes = {f"artist {code}": code for code in range(count // 10)}

    @cached_property
    def traits(self) -> Traits:
        """A constant, the product's traits, and genres."""
        rng = np.random.default_rng(1)
        columns = rng.normal(size=(1 + len(SCALES) + GENRES, len(self))).astype(np.float32)
        columns[0] = 1.0
        columns[-GENRES:] = rng.integers(GENRES, size=len(self)) == np.arange(GENRES)[:, None]
        names = ("constant", *SCALES, *(f"genre:{k}" for k in range(GENRES)))
        return Traits(names, columns)

    def near(self, target: Affect, k: int, *, among: Any = None) -> list[int]:
        """The rows nearest to a place, by brute force."""
        away = (self.valence - target.valence) ** 2 + (self.arousal - target.arousal) ** 2
        return [int(np.argmin(away))]


def choosing() -> list[Row]:
    """The next track for a listener of 200 tracks, from 100,000 and from a million."""
    told = measure_choosing(ROUNDS)
    first = Row(
        "choose for a new listener, 100,000 tracks", told.median_ms, told.p95_ms, told.cpu_ms,
        told.cpu_p95_ms, peak_memory_mb(), "5 ms", told.median_ms <= BARS_MS[MANY],
    )  # fmt: skip
    return [first, *_of(MANY), *_of(MOST)]


def _of(count: int) -> list[Row]:
    library = Vast(count)
    rng = np.random.default_rng(2)
    taste, response = Taste(), Response()
    for row in rng.integers(count, size=200):
        answer = Answer.FINISHED if library.traits.columns[-1, row] else Answer.SKIPPED
        taste.learn(
            Feedback(library.tracks[row], answer, NOON, 20.0), traits=library.traits.of_row(row)
        )
    heard = [library.tracks[row].uri for row in rng.integers(count, size=300)]

    def wish() -> Wish:
        here = Affect(*rng.uniform(-0.9, 0.9, 2))
        return Wish(
            goal=Goal.LIFT, mood=here, target=here, end=Affect(0.75, 0.45), expected=here,
            around=Covariance(0.04, 0.0, 0.04), heard=heard, left=5,
        )  # fmt: skip

    def one(among: Candidates) -> object:
        return choose(among, wish(), taste=taste, rng=rng, response=response)

    told = timed("", lambda: one(library), rounds=ROUNDS)
    bar = BARS_MS[count]
    line, columns = rng.normal(size=len(library.traits.names)).astype(np.float32), library.traits
    plain = timed("", lambda: int(np.argmax(line @ columns.columns)), rounds=ROUNDS)
    rows = [
        Row(
            f"choose for one of 200 lessons, {count:,} tracks", told.median_ms, told.p95_ms,
            told.cpu_ms, told.cpu_p95_ms, peak_memory_mb(), f"{bar:g} ms",
            told.median_ms <= bar,
            f"NumPy, one product of the traits and its maximum: {plain.cpu_ms:.2f} CPU ms"
            + (f"; {_bandit(columns)}" if count == MANY else ""),
        )
    ]  # fmt: skip
    if count == MOST:
        rows.append(_at_hand(library, taste, one, wish))
    return rows


def _at_hand(library: Vast, taste: Taste, one: Any, wish: Any) -> Row:
    """The same among the foremost, and what that loses against a look at all."""
    few = foremost(library, taste)
    few.sounds, few.traits  # noqa: B018 - laid out while a track plays
    made = timed("", lambda: foremost(library, taste), rounds=3, warm_up=0)
    told = timed("", lambda: one(few), rounds=ROUNDS)
    lost: list[float] = []
    same = 0
    for _ in range(30):
        asked = wish()
        found = [
            weigh(among, asked, taste=taste, rng=None, response=Response())
            for among in (library, few)
        ]
        best, at_hand = (one.rows[one.pick] for one in found)
        rows = np.array([best, library.row[few.tracks[at_hand].uri]])
        same += rows[0] == rows[1]
        worth = sum(Scores(library, asked, taste, Response()).terms(np.unique(rows)).values())
        worth = worth[np.searchsorted(np.unique(rows), rows)]
        lost.append(worth[0] - worth[1])
    return Row(
        f"choose among the foremost {COUNT:,} of {MOST:,}", told.median_ms, told.p95_ms,
        told.cpu_ms, told.cpu_p95_ms, None, f"{AT_HAND_MS:g} ms", told.median_ms <= AT_HAND_MS,
        f"loses {np.mean(lost):.4f} reward against a look at all, the same track {same} times of "
        f"30; made in {made.cpu_ms:.0f} CPU ms while a track plays",
    )  # fmt: skip


def _bandit(traits: Traits) -> str:
    """A contextual bandit of vowpalwabbit over a thousandth of the tracks."""
    if importlib.util.find_spec("vowpalwabbit") is None:
        return "vowpalwabbit is not installed (pip install --group bench)"
    from vowpalwabbit import Workspace

    model = Workspace("--cb_explore_adf --squarecb --quiet")
    lines = [
        "| " + " ".join(f"{k}:{value:.4f}" for k, value in enumerate(row))
        for row in traits.columns[:, :BANDIT].T
    ]
    told = timed("", lambda: model.predict(["shared | a", *lines]), rounds=10)
    model.finish()
    return f"vowpalwabbit, {BANDIT:,} tracks: {told.cpu_ms:.1f} CPU ms"
