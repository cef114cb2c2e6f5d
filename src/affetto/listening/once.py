"""Music for one feeling, without a session: what scripts and the command line use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import numpy as np

from affetto.choice import Aim, Choice, Goal
from affetto.emotion import Affect, Covariance, EmotionReading, MoodState, mood_of, place_called
from affetto.errors import Misuse
from affetto.mood.blending import blend
from affetto.mood.path import end_of
from affetto.mood.path import target as target_on_path
from affetto.recommending.fit import Candidates
from affetto.recommending.reasons import reason
from affetto.recommending.recommender import Wish, choose, nothing_to_play
from affetto.recommending.taste import Taste
from affetto.track import Track

POOL: Final = 200  # well-fitting tracks among which popularity decides

Feeling = EmotionReading | MoodState | Affect | str | tuple[float, float]


def recommend(
    feeling: Feeling,
    *,
    goal: Goal | str | Aim = Goal.MATCH,
    tracks: Sequence[Track] | None = None,
    limit: int = 5,
    seed: int | None = None,
) -> list[Choice]:
    """Choose ``limit`` different tracks for a feeling, in playing order.

    ``feeling`` is a reading, a mood, a point (valence, arousal) in [-1, 1], or a word:
    one of the four moods, the seven expressions, or what stands on the mood map. An
    ``Aim`` as ``goal`` may also name a place, or what the music is for.
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
    aim = aim_called(goal)
    candidates = Candidates(tracks)
    taste = Taste()
    rng = np.random.default_rng(seed)
    choices: list[Choice] = []
    for step in range(min(limit, max(1, len(candidates)))):
        wish = Wish(
            goal=aim.goal,
            intent=aim.intent,
            mood=mood.mean if mood else None,
            target=_target(aim, mood, step),
            end=end_of(aim, mood.mean if mood else None),
            around=mood.covariance if mood else Covariance(0.0, 0.0, 0.0),
            heard=[c.track.uri for c in choices],
            barred=frozenset(c.track.uri for c in choices),
        )
        choices.append(choose(candidates, wish, taste=taste, rng=rng))
    return choices


def most_popular(
    feeling: Feeling,
    *,
    goal: Goal | str | Aim = Goal.MATCH,
    tracks: Sequence[Track],
    limit: int = 5,
) -> list[Choice]:
    """The best known of the tracks that fit a feeling, by popularity; unknown ones last.

    Of the tracks in the quarter of the map where the goal leads (of all, where there is
    none), the POOL that fit best stand to choose from; among equals the better fit comes
    first. Raises as ``recommend`` does.
    """
    mood, aim = _mood_of(feeling), aim_called(goal)
    aimed = _target(aim, mood, limit - 1)
    there = [t for t in tracks if t.features and aimed and mood_of(t.features) == mood_of(aimed)]
    candidates = Candidates(there or tracks)
    if not len(candidates):
        raise nothing_to_play()
    around = mood.covariance if mood else Covariance(0.0, 0.0, 0.0)
    misfit = candidates.misfit(aimed, around) if aimed else np.zeros(len(candidates))
    pool = [candidates.tracks[row] for row in np.argsort(misfit, kind="stable")[:POOL]]
    known = sorted(
        (t for t in pool if t.popularity is not None), key=lambda t: -(t.popularity or 0)
    )
    shown = [*known, *(t for t in pool if t.popularity is None)][:limit]
    return [_chosen(track, aim.goal, mood, aimed) for track in shown]


def aims(
    feeling: Feeling, *, goal: Goal | str | Aim = Goal.MATCH, limit: int = 5
) -> list[Affect | None]:
    """Where on the map ``limit`` tracks for a feeling would lie, each place once."""
    mood, aim = _mood_of(feeling), aim_called(goal)
    return list(dict.fromkeys(_target(aim, mood, step) for step in range(limit)))


def _target(aim: Aim, mood: MoodState | None, step: int) -> Affect | None:
    end = end_of(aim, mood.mean if mood else None)
    return target_on_path(Goal.PLACE, mood, step, place=end)


def _chosen(track: Track, goal: Goal, mood: MoodState | None, aimed: Affect | None) -> Choice:
    here = track.features
    return Choice(
        track=track,
        target=aimed or (Affect(here.valence, here.arousal) if here else Affect(0.0, 0.0)),
        because=reason(
            here, goal=goal, mood=mood.mean if mood else None, target=aimed, liked=False
        ),
    )


def aim_called(goal: Goal | str | Aim) -> Aim:
    """The aim of this goal. Raises Misuse, naming those we know, for another word."""
    if isinstance(goal, Aim):
        return goal
    names = ", ".join(g.value for g in Goal if g is not Goal.PLACE)
    try:
        known = Goal(goal.casefold())
    except ValueError:
        raise Misuse(f"{goal!r} is no goal.", remedy=f"Choose one of {names}.") from None
    if known is Goal.PLACE:
        raise Misuse(
            "A place as the goal does not say which.",
            remedy=f"Choose one of {names}; to be led to a place of the map, use "
            "`affetto listen --toward=V,A`, or from Python an Aim that names it.",
        )
    return Aim(known)


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
