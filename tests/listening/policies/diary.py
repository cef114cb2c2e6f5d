"""A listener's log as the store keeps it, written for a test."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from affetto.choice import Answer
from affetto.emotion import Affect
from affetto.store.history import KeptAnswer, KeptChoice
from affetto.track import Track, TrackFeatures, TrackUri

BEGAN = datetime(2026, 3, 2, 20, tzinfo=UTC)
_STEPS = [round(-1 + 0.1 * i, 1) for i in range(21)]
LIBRARY = {
    f"x:{v},{a}": Track(
        TrackUri(f"x:{v},{a}"), f"{v},{a}", duration_s=200.0, features=TrackFeatures(v, a)
    )
    for v in _STEPS
    for a in _STEPS
}


def nearest(place: Affect) -> Track:
    """The track that lies there."""
    v, a = round(place.valence, 1) + 0.0, round(place.arousal, 1) + 0.0
    return LIBRARY[f"x:{v},{a}"]


@dataclass
class Diary:
    """Choices and answers, oldest first."""

    choices: list[KeptChoice] = field(default_factory=list)
    answers: list[KeptAnswer] = field(default_factory=list)

    def heard(
        self, day: int, track: Track, *answers: Answer, row: str = "regulate/angry", at_s: float = 0
    ) -> None:
        """A track is put on, and answered."""
        at = BEGAN + timedelta(days=day, seconds=5 * len(self.choices))
        session = f"day {day}"
        aim = {"goal": "calm", "row": row}
        self.choices.append(KeptChoice(session, track.uri, "", at, 1.0, {}, aim, None, None, None))
        self.answers += [
            KeptAnswer(track.uri, one, at_s, at + timedelta(seconds=4), session) for one in answers
        ]

    def evening(
        self,
        day: int,
        around: Affect,
        likes: Affect,
        rng: np.random.Generator,
        tracks: int = 12,
        honest: float = 0.9,
    ) -> None:
        """Tracks near ``around``, said to fit where they lie nearer than .45 to ``likes``."""
        for _ in range(tracks):
            place = Affect.clipped(*rng.normal((around.valence, around.arousal), 0.35))
            track = nearest(place)
            fits = place.distance(likes) < 0.45
            if rng.random() > honest:
                fits = not fits
            self.heard(day, track, Answer.FITS if fits else Answer.NOT_NOW)
