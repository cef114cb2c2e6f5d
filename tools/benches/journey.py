"""Planning a journey, beside the plainest NumPy and beside choosing one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from affetto.cli.bench import peak_memory_mb, timed
from affetto.emotion import Affect, Covariance
from affetto.recommending.fit import Candidates
from affetto.recommending.journey import Plan, Weights, plan
from affetto.recommending.planning import plan_ahead
from affetto.recommending.rules import Floats, Gate
from affetto.recommending.scoring import Wish
from affetto.recommending.taste import Taste
from affetto.recommending.transitions import Sounds
from affetto.track import Track, TrackFeatures, TrackUri
from benches.table import Row

TRACKS: Final = 10  # of a journey
MANY, MOST = 100_000, 1_000_000
BAR_MS: Final = 30.0
ROUNDS: Final = 40
COMPARED: Final = 12  # journeys planned both ways
AROUND: Final = Covariance(0.02, 0.0, 0.02)
KEYS: Final = ("C", "G", "A minor", "F#", "Eb minor")
GENRES: Final = ("rock", "jazz", "pop", "folk", "metal", "ambient")


class Bare(Candidates):
    """Made-up tracks as numbers only: a million as objects would take minutes to make."""

    def __init__(self, count: int, rng: np.random.Generator) -> None:
        def column(low: float, high: float) -> Floats:
            return rng.uniform(low, high, count).astype(np.float32)

        self._count = count
        self.valence, self.arousal = column(-1, 1), column(-1, 1)
        self.valence_var, self.arousal_var = column(0.05, 0.2), column(0.05, 0.2)
        self.artist = (np.arange(count) // 10).astype(np.int32)
        self.__dict__["sounds"] = Sounds(
            np.log2(column(60, 180)), column(0, 1), np.floor(column(0, 12)), column(-24, -6)
        )

    def __len__(self) -> int:
        return self._count


def journeys() -> list[Row]:
    """Ten tracks for ten places, from many tracks, with taste, transitions and rules."""
    return [_whole(), *(_bare(count) for count in (MANY, MOST))]


def _whole() -> Row:
    """All there is to it: a taste, rules, reasons."""
    rng = np.random.default_rng(3)
    candidates = _library(MANY, rng)
    taste = Taste()
    candidates.sounds, candidates.traits  # noqa: B018 - laid out once per library
    way = _ways(rng)

    def travel() -> None:
        targets = way()
        wish = Wish(mood=targets[0], around=AROUND)
        plan_ahead(candidates, wish, targets, taste=taste)

    told = timed("", travel, rounds=ROUNDS)
    return Row(
        f"a journey of {TRACKS} from {MANY:,} tracks, with reasons", told.median_ms, told.p95_ms,
        told.cpu_ms, told.cpu_p95_ms, peak_memory_mb(), f"{BAR_MS:.0f} ms",
        told.median_ms <= BAR_MS,
    )  # fmt: skip


def _bare(count: int) -> Row:
    """The search alone, and how much better it does than one after the other."""
    rng = np.random.default_rng(4)
    candidates = Bare(count, rng)
    gains = {"taste": rng.normal(0.3, 0.1, count).astype(np.float32)}
    alike = rng.normal(0, 1, (count, 20)).astype(np.float32)
    way, weights = _ways(rng), Weights()

    def travel(targets: list[Affect], beam: int, shortlist: int) -> Plan:
        gate = Gate(candidates.artist, candidates.valence, candidates.arousal)
        return plan(
            candidates, targets, gains=gains, gate=gate, around=AROUND, alike=alike,
            weights=weights, beam=beam, shortlist=shortlist,
        )  # fmt: skip

    def nearest() -> None:
        for place in way():
            score = (
                gains["taste"] - weights.valence / 0.1 * (candidates.valence - place.valence) ** 2
            )
            score -= weights.arousal / 0.1 * (candidates.arousal - place.arousal) ** 2
            np.argmax(score)

    told = timed("", lambda: travel(way(), 64, 200), rounds=ROUNDS)
    peak = peak_memory_mb()
    plain = timed("", nearest, rounds=ROUNDS)
    worth = np.array(
        [
            [travel(targets, 64, 200).worth, travel(targets, 1, 200).worth]
            for targets in (way() for _ in range(COMPARED))
        ]
    )
    ahead, greedy = worth.mean(axis=0)
    bar = f"{BAR_MS:.0f} ms" if count == MANY else ""
    return Row(
        f"search of a journey of {TRACKS} from {count:,} tracks", told.median_ms, told.p95_ms,
        told.cpu_ms, told.cpu_p95_ms, peak, bar, told.median_ms <= BAR_MS if bar else None,
        f"ten scans by NumPy for the best alone: {plain.median_ms:.1f}; worth {ahead:.3f}, "
        f"one after the other {greedy:.3f}, in {int((worth[:, 0] > worth[:, 1]).sum())} of "
        f"{COMPARED} journeys less",
    )  # fmt: skip


def _ways(rng: np.random.Generator) -> Callable[[], list[Affect]]:
    """Gives a straight way across the map, another each time."""

    def way() -> list[Affect]:
        (v, a), (to_v, to_a) = rng.uniform(-1, 1, (2, 2)).tolist()
        shares = [k / (TRACKS - 1) for k in range(TRACKS)]
        return [Affect.clipped(v + s * (to_v - v), a + s * (to_a - a)) for s in shares]

    return way


def _library(count: int, rng: np.random.Generator) -> Candidates:
    places = rng.uniform(-1, 1, (count, 2)).tolist()
    tempo, energy = rng.uniform(60, 180, count).tolist(), rng.uniform(size=count).tolist()
    return Candidates(
        [
            Track(
                TrackUri(f"bench:{i}"),
                f"Track {i}",
                artist=f"Artist {i // 10}",
                genre=GENRES[i % len(GENRES)],
                popularity=i % 101,
                duration_s=180.0,
                features=TrackFeatures(
                    *place, tempo_bpm=tempo[i], energy=energy[i], key=KEYS[i % len(KEYS)]
                ),
            )
            for i, place in enumerate(places)
        ]
    )
