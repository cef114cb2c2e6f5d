"""What a listener has stated and set: told, not guessed, and theirs to change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from affetto.recommending.taste import Saying
from affetto.track import Track, TrackUri

NOVELTY: Final = 0.5
# How a release says that its words are explicit, where its tags say so.
_EXPLICIT: Final = re.compile(r"[(\[]\s*explicit\b[^)\]]*[)\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a listener stated; ``mood`` "" means always."""

    about: str  # "artist", "genre" or "decade"
    name: str  # a decade as its first year, "1990"
    liked: bool = True
    mood: str = ""  # "sad" of "when I am sad, play …"

    @property
    def saying(self) -> Saying:
        """The statement as a taste takes it."""
        return Saying(self.about, self.name.casefold().strip(), self.mood)


@dataclass(frozen=True, slots=True)
class Preferences:
    """All that one listener has stated and set."""

    statements: tuple[Statement, ...] = ()
    novelty: float = NOVELTY  # [0, 1]
    explicit: bool = True  # whether explicit tracks may play

    def to_record(self) -> dict[str, Any]:
        """The preferences as JSON."""
        return {
            "statements": [[s.about, s.name, s.liked, s.mood] for s in self.statements],
            "novelty": self.novelty,
            "explicit": self.explicit,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Preferences:
        """The preferences that ``to_record`` wrote."""
        return cls(
            tuple(Statement(*one) for one in record["statements"]),
            float(record["novelty"]),
            bool(record["explicit"]),
        )


def explicit_among(tracks: Sequence[Track]) -> frozenset[TrackUri]:
    """The tracks whose title or album says that they are explicit."""
    return frozenset(
        track.uri
        for track in tracks
        if _EXPLICIT.search(track.title) or _EXPLICIT.search(track.album)
    )
