from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from affetto.choice import Answer, Feedback
from affetto.emotion import Affect
from affetto.recommending.fit import Candidates
from affetto.recommending.foremost import foremost, rows_of
from affetto.recommending.recommender import Wish, weigh
from affetto.recommending.response import Response
from affetto.recommending.taste import Taste
from affetto.track import Track, TrackFeatures, TrackUri

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
POINTS = np.random.default_rng(0).uniform(-1, 1, (6000, 2))
MANY = Candidates(
    [
        Track(
            TrackUri(f"x:{i}"),
            f"{i}",
            f"Artist {i}",
            genre="jazz" if i % 4 else "rock",
            features=TrackFeatures(float(v), float(a), 0.2, 0.2),
        )
        for i, (v, a) in enumerate(POINTS)
    ]
)
JAZZ = Taste.learned(
    Feedback(track, Answer.FINISHED if track.genre == "jazz" else Answer.SKIPPED, NOON)
    for track in MANY.tracks[:40]
)


def test_the_foremost_are_what_is_liked_in_every_part_of_the_map() -> None:
    few = foremost(MANY, JAZZ, count=1000)
    assert 800 <= len(few) <= 1000
    assert np.mean([t.genre == "jazz" for t in few.tracks]) > 0.95
    for place in (Affect(-0.8, 0.8), Affect(0.8, 0.8), Affect(-0.8, -0.8), Affect(0.8, -0.8)):
        assert min(place.distance(t.features) for t in few.tracks if t.features) < 0.15


def test_a_choice_among_the_foremost_loses_little() -> None:
    few = foremost(MANY, JAZZ, count=1000)
    rng = np.random.default_rng(1)
    for _ in range(10):
        wish = Wish(target=Affect(*rng.uniform(-0.8, 0.8, 2)))
        scores = []
        for candidates in (MANY, few):
            found = weigh(candidates, wish, taste=JAZZ, rng=None, response=Response())
            row = MANY.row[candidates.tracks[found.rows[found.pick]].uri]
            every = weigh(MANY, wish, taste=JAZZ, rng=None, response=Response())
            at = np.flatnonzero(every.rows == row)
            scores.append(every.totals[at[0]] if len(at) else every.totals.min())
        assert scores[1] > scores[0] - 0.02


def test_a_small_library_is_left_whole() -> None:
    assert foremost(MANY, JAZZ, count=6000) is MANY
    assert rows_of(MANY, JAZZ, count=200).size == pytest.approx(200, abs=144)
