"""Music for one feeling, without a session: what scripts and the command line use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from affetto.choice import Choice, Goal
from affetto.emotion import Affect, Covariance, EmotionReading, MoodState, place_called
from affetto.errors import Misuse
from affetto.mood.blending import blend
from affetto.mood.path import target as target_on_path
from affetto.recommending.fit import Candidates
from affetto.recommending.recommender import Wish, choose
from affetto.recommending.taste import Taste
from affetto.track import Track

Feeling = EmotionReading | MoodState | Affect | str | tuple[float, float]


def recommend(
    feeling: Feeling,
    *,
    goal: Goal | str = Goal.MATCH,
    tracks: Sequence[Track] | None = None,
    limit: int = 5,
    seed: int | None = None,
) -> list[Choice]:
    """Choose ``limit`` different tracks for a feeling, in playing order.

    ``feeling`` is a reading, a mood, a point (valence, arousal) in [-1, 1], or a word:
    one of the four moods, the seven expressions, or what stands on the mood map.
    ``tracks`` defaults to the demo music; the same ``seed`` gives the same list. Raises
    Misuse for a word, point or goal nobody knows, and NothingToPlay for an empty
    ``tracks``.
    """
    if limit < 1:
        raise Misuse(f"limit is {limit}.", remedy="Ask for one track or more.")
    if tracks is None:
        from affetto.music.demo import demo_tracks

        tracks = demo_tracks()
    mood = _mood_of(feeling)
    aim = _goal(goal)
    candidates = Candidates(tracks)
    taste = Taste()
    rng = np.random.default_rng(seed)
    choices: list[Choice] = []
    for step in range(min(limit, max(1, len(candidates)))):
        wish = Wish(
            goal=aim,
            mood=mood.mean if mood else None,
            target=target_on_path(aim, mood, step),
            around=mood.covariance if mood else Covariance(0.0, 0.0, 0.0),
            heard=[c.track.uri for c in choices],
            barred=frozenset(c.track.uri for c in choices),
        )
        choices.append(choose(candidates, wish, taste=taste, rng=rng))
    return choices


def _goal(goal: Goal | str) -> Goal:
    try:
        return Goal(goal.casefold())
    except ValueError:
        names = ", ".join(g.value for g in Goal)
        raise Misuse(f"{goal!r} is no goal.", remedy=f"Choose one of {names}.") from None


def _mood_of(feeling: Feeling) -> MoodState | None:
    """What is believed after hearing only this; None for a reading without confidence."""
    now = datetime.now(UTC)
    if isinstance(feeling, MoodState):
        return feeling
    if isinstance(feeling, EmotionReading):
        return blend([feeling], now=feeling.at)
    if isinstance(feeling, str):
        feeling = place_called(feeling)
    if isinstance(feeling, tuple):
        feeling = Affect(*feeling)
    return MoodState(feeling, Covariance(0.02, 0.0, 0.02), now)
