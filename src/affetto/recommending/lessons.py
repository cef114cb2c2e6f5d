"""What an answer, a word or a play says of liking, and how it is remembered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from affetto.choice import Answer, Feedback
from affetto.emotion import mood_of
from affetto.recommending.traits import Moment, genre_of
from affetto.track import Track

# The satisfaction that an answer tells of. Most of what people begin they hear to the end
# without loving it; the means are set so that finishing is better than the middle.
LIKED: Final = 1.0
FINISHED: Final = 0.68
# Who is expected to be pleased even more and hears it out without a word has not denied it.
CENSORED: Final = 0.5
SKIPPED: Final = 0.06  # at the first second, rising to what finishing says
NEVER: Final = 0.0
USUAL_DURATION_S: Final = 210.0  # of a track whose length nobody knows

KEEP: Final = 0.998  # of all that was taught, at every whole lesson: half in 350 tracks


@dataclass(frozen=True, slots=True)
class Saying:
    """Something a listener said of what they like; ``mood`` "" means always."""

    kind: str  # "artist", "genre" or "decade"
    name: str  # casefolded; a decade is its first year, "1990"
    mood: str = ""  # "sad" of "when I'm sad, play …": a quarter of the map

    def meets(self, track: Track) -> bool:
        """Whether it speaks of this track."""
        if self.kind == "artist":
            return track.artist.casefold() == self.name
        if self.kind == "genre":
            return self.name in genre_of(track)
        return track.year is not None and str(track.year // 10 * 10) == self.name

    def counts(self, moment: Moment) -> bool:
        """Whether it is meant for such a moment."""
        return not self.mood or (moment.mood is not None and mood_of(moment.mood) == self.mood)


@dataclass(frozen=True, slots=True)
class Residue:
    """How much better than expected something was, over how many lessons."""

    missed: float = 0.0  # Σ weight (satisfaction - expected)
    weight: float = 0.0
    at: float = 0.0  # the lesson it was last true of

    def amount(self, half: float, now: float) -> float:
        """What to add to the satisfaction, shrunk by how little is known."""
        kept = math.pow(KEEP, now - self.at)
        return kept * self.missed / (kept * self.weight + half)

    def left(self, half: float, now: float) -> float:
        """How much what was believed before still counts, [0, 1]."""
        return half / (math.pow(KEEP, now - self.at) * self.weight + half)

    def plus(self, missed: float, weight: float, now: float) -> Residue:
        """With another lesson."""
        kept = math.pow(KEEP, now - self.at)
        return Residue(kept * self.missed + weight * missed, kept * self.weight + weight, now)


@dataclass(frozen=True, slots=True)
class Like:
    """What a like taught, so that it can be taken back."""

    at: float = 0.0  # the lesson it was
    weight: float = 0.0  # 0: from before such things were kept
    satisfaction: float = LIKED
    artist_missed: float = 0.0
    track_missed: float = 0.0
    moment: Mapping[str, float] = field(default_factory=dict)


def lesson(feedback: Feedback) -> tuple[float, float] | None:
    """The satisfaction that an answer tells of and how firmly, both in [0, 1]; None if not."""
    answer = feedback.answer
    if answer is Answer.LIKED:
        return LIKED, 1.0
    if answer is Answer.NEVER:
        return NEVER, 1.0
    if answer is Answer.FINISHED:
        return FINISHED, 1.0
    if answer is Answer.SKIPPED:
        length = feedback.track.duration_s or USUAL_DURATION_S
        share = min(1.0, max(0.0, feedback.position_s / length))
        return SKIPPED + share * (FINISHED - SKIPPED), 1.0 - 0.6 * share
    return None
