"""What to put into the free places of a queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from affetto.choice import Choice
from affetto.emotion import Affect
from affetto.listening.course import Course
from affetto.listening.listener import Listener, Setting
from affetto.listening.preferences import Preferences, explicit_among
from affetto.listening.sitting import Sitting
from affetto.listening.travelling import is_off, length_s
from affetto.recommending.fit import Candidates
from affetto.recommending.planning import plan_ahead
from affetto.recommending.recommender import was_a_try
from affetto.track import TrackUri

MOST_AHEAD: Final = 16  # tracks planned together
PASSES: Final = 3  # plans made at most, when tracks are longer or shorter than expected


@dataclass(slots=True)
class Around:
    """What a session chooses from and by, whatever happens in it."""

    candidates: Candidates
    preferences: Preferences
    heard_before: list[TrackUri]  # in earlier sittings, oldest first
    seed: int
    ahead: int  # tracks in the queue
    _explicit: tuple[Candidates, frozenset[TrackUri]] | None = None

    def kept_out(self) -> frozenset[TrackUri]:
        """What the listener's filter keeps out; looked for once in a library."""
        if self.preferences.explicit:
            return frozenset()
        if self._explicit is None or self._explicit[0] is not self.candidates:
            self._explicit = self.candidates, explicit_among(self.candidates.tracks)
        return self._explicit[1]


def refill(sitting: Sitting, around: Around, now: datetime, *, fixed: int = 0) -> None:
    """Choose the queue anew, but for the ``fixed`` next tracks and those that are pinned."""
    candidates, playing = around.candidates, sitting.playing
    scene = Scene(
        candidates=candidates,
        listener=sitting.learning.listener,
        course=sitting.course,
        heard=[
            *around.heard_before,
            *sitting.played,
            *([playing.track.uri] if playing is not None else []),
        ],
        barred=frozenset(sitting.barred),
        kept_out=around.kept_out() | sitting.learning.banned(candidates),
        novelty=around.preferences.novelty,
        now=now,
        seed=(around.seed, sitting.logged[0]),
        tried=playing is not None and was_a_try(playing),
    )
    sitting.queue.renew(around.ahead, lambda places, kept: fill(scene, places, kept), fixed=fixed)


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of a session: what there is to choose from, and what has been."""

    candidates: Candidates
    listener: Listener
    course: Course
    heard: Sequence[TrackUri]  # oldest first, with what plays
    barred: frozenset[TrackUri]  # "not now"
    kept_out: frozenset[TrackUri]  # for good
    novelty: float
    now: datetime
    seed: tuple[int, int]  # of the session, and of its next track
    tried: bool  # whether what plays is a try


def fill(scene: Scene, places: Sequence[int], kept: Mapping[int, Choice]) -> list[Choice]:
    """Choices for these places of the queue; fewer when there is nothing to choose from.

    ``kept`` are those that stay, by their places. A course with an end is planned as
    a whole, so that each track leads on to the next (``planning``); any other goes track
    by track.
    """
    if not len(scene.candidates) or not places:
        return []
    setting = Setting(
        heard=[*scene.heard, *(choice.track.uri for choice in kept.values())],
        barred=scene.barred,
        explicit=scene.kept_out,
        novelty=scene.novelty,
        hour=_hour(scene.now),
    )
    if scene.course.ends:
        return _planned(scene, setting, places, kept)
    return _one_by_one(scene, setting, places, scene.course.targets(max(places) + 1))


def _planned(
    scene: Scene, setting: Setting, places: Sequence[int], kept: Mapping[int, Choice]
) -> list[Choice]:
    """Planned again while the tracks found take so long that later places are others."""
    course, listener = scene.course, scene.listener
    following = max(places) + 1
    fixed = {place: length_s(choice.track) for place, choice in kept.items()}
    known = fixed
    for _ in range(PASSES):
        left = course.count(known)
        targets = course.targets(max(following, min(MOST_AHEAD, left)), known)
        choices = plan_ahead(
            scene.candidates,
            listener.wish(replace(setting, left=left)),
            [*(targets[place] for place in places), *targets[following:]],
            taste=listener.taste,
        )[: len(places)]
        found = zip(places, choices, strict=False)
        known = {**fixed, **{place: length_s(choice.track) for place, choice in found}}
        if not is_off(targets[:following], course.targets(following, known)):
            break
    return [
        replace(
            choice,
            instead=listener.instead(
                scene.candidates, replace(setting, target=targets[place]), choice.track
            ),
        )
        for place, choice in zip(places, choices, strict=False)
    ]


def _one_by_one(
    scene: Scene, setting: Setting, places: Sequence[int], targets: Sequence[Affect | None]
) -> list[Choice]:
    choices: list[Choice] = []
    tried = scene.tried
    for place in places:
        # One draw for each place of the sitting: planned anew for the same mood, the queue
        # stays as it is.
        seed, first = scene.seed
        choice = scene.listener.decide(
            scene.candidates,
            replace(
                setting,
                heard=[*setting.heard, *(one.track.uri for one in choices)],
                target=targets[place],
                tried=tried,
            ),
            rng=np.random.default_rng((seed, first + place)),
        )
        tried = was_a_try(choice)
        choices.append(choice)
    return choices


def _hour(now: datetime) -> float:
    """The hour of the day where this machine stands."""
    here = now.astimezone()
    return here.hour + here.minute / 60
