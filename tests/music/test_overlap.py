from __future__ import annotations

import pytest

from affetto.music.overlap import overlap_s
from affetto.track import Track, TrackFeatures, TrackUri


def at(valence: float | None, arousal: float = 0.0, duration_s: float = 200.0) -> Track:
    known = TrackFeatures(valence, arousal, 0.1, 0.1) if valence is not None else None
    return Track(TrackUri("memory:any"), "Any", duration_s=duration_s, features=known)


def test_moods_near_each_other_pass_quickly_and_far_ones_take_their_time() -> None:
    """The same cases as the page's own, in ``web/src/soundLevel.test.ts``."""
    here = at(0.5, -0.4)
    there = [at(0.5, -0.4), at(0.3, 0.0), at(-0.2, 0.5), at(-1.0, 1.0)]
    lengths = [overlap_s(here, one) for one in there]
    assert lengths == sorted(lengths)
    assert (lengths[0], lengths[-1]) == (2.0, 8.0)


@pytest.mark.parametrize(
    ("one", "other", "seconds"),
    [
        (at(None), at(0.0), 4.0),
        (at(1.0, 1.0, 10.0), at(-1.0, -1.0), 2.0),
        (at(1.0, 1.0, 0.0), at(-1.0, -1.0, 0.0), 8.0),
    ],
)
def test_a_mood_nobody_knows_gets_one_in_between_and_a_short_song_a_short_one(
    one: Track, other: Track, seconds: float
) -> None:
    assert overlap_s(one, other) == overlap_s(other, one) == seconds
