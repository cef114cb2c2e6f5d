"""Affetto plays the music that fits how you feel, and can lead you somewhere better.

    from affetto import read_face, recommend

    reading = read_face("me.jpg")
    for choice in recommend(reading, goal="lift", limit=3):
        print(choice.track.title, "·", choice.because)

Importing this is cheap: each name loads its room when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from affetto.choice import Answer, Choice, Feedback, Goal
    from affetto.emotion import Affect, EmotionReading, MoodState
    from affetto.errors import AffettoError
    from affetto.listening.once import recommend
    from affetto.senses.face import read_face
    from affetto.track import Track, TrackFeatures

__version__ = "0.1.0"

_HOME = {
    "Affect": "emotion",
    "AffettoError": "errors",
    "Answer": "choice",
    "Choice": "choice",
    "EmotionReading": "emotion",
    "Feedback": "choice",
    "Goal": "choice",
    "MoodState": "emotion",
    "Track": "track",
    "TrackFeatures": "track",
    "read_face": "senses.face",
    "recommend": "listening.once",
}

__all__ = [
    "Affect",
    "AffettoError",
    "Answer",
    "Choice",
    "EmotionReading",
    "Feedback",
    "Goal",
    "MoodState",
    "Track",
    "TrackFeatures",
    "__version__",
    "read_face",
    "recommend",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'affetto' has no attribute {name!r}")
    value = getattr(import_module(f"affetto.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
