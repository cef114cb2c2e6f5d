"""What one listener has taught: by answers, in so many words, and by what they played before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from affetto.choice import Answer, Feedback
from affetto.recommending.fit import Candidates
from affetto.recommending.taste import Taste
from affetto.track import TrackUri


@dataclass
class Learning:
    """All that is kept of a listener beyond one sitting."""

    taste: Taste = field(default_factory=Taste)
    never: set[TrackUri] = field(default_factory=set)
    never_artists: set[str] = field(default_factory=set)  # case-folded
    imported: int = 0  # plays of an imported history that were matched

    def likes(self, uri: TrackUri) -> bool:
        """Whether the listener said they like this very track."""
        return self.taste.likes(uri)

    def learn(self, feedback: Feedback) -> None:
        """Take in one answer."""
        if feedback.answer is Answer.NEVER:
            self.never.add(feedback.track.uri)
        elif feedback.answer is Answer.LIKED:
            self.never.discard(feedback.track.uri)
        self.taste.learn(feedback)

    def never_artist(self, artist: str, never: bool) -> None:
        """Play nothing of an artist again, or again after all."""
        (self.never_artists.add if never else self.never_artists.discard)(artist.casefold())

    def banned(self, candidates: Candidates) -> set[TrackUri]:
        """The tracks that are never to be played."""
        banned = set(self.never)
        for artist in self.never_artists:
            code = candidates.artist_code(artist)
            if code is not None:
                rows = np.flatnonzero(candidates.artist == code)
                banned |= {candidates.tracks[row].uri for row in rows}
        return banned

    def to_record(self) -> dict[str, Any]:
        """All of it as JSON, exactly."""
        return {
            "taste": self.taste.to_record(),
            "never": sorted(self.never),
            "never_artists": sorted(self.never_artists),
            "imported": self.imported,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Learning:
        """What ``to_record`` wrote; a taste alone, as it was kept once, will do."""
        if "taste" not in record:
            return cls(Taste.from_record(record))
        return cls(
            Taste.from_record(record["taste"]),
            {TrackUri(uri) for uri in record["never"]},
            set(record["never_artists"]),
            record["imported"],
        )
