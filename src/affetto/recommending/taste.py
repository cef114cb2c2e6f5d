"""What feedback has taught about one listener's liking.

Liking is counted per track and shared, more weakly, with its artist. It is kept
apart from fit: "not now" says the moment was wrong, never that the song is bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from affetto.choice import Answer, Feedback
from affetto.track import TrackUri

LIKE: Final = 1.0
FINISH: Final = 0.15
SKIP: Final = -0.4  # at the first second; nothing from a minute on
SKIP_FORGIVEN_S: Final = 60.0
ARTIST_SHARE: Final = 0.3
MOST: Final = 2.0  # no track is loved or loathed beyond this


def bounded(likes: float) -> float:
    """An amount of liking, held within [-2, 2]."""
    return max(-MOST, min(MOST, likes))


def lesson(feedback: Feedback) -> float:
    """How much one answer says about liking, in likes."""
    if feedback.answer is Answer.LIKED:
        return LIKE
    if feedback.answer is Answer.UNLIKED:
        return -LIKE
    if feedback.answer is Answer.FINISHED:
        return FINISH
    if feedback.answer is Answer.SKIPPED:
        return SKIP * max(0.0, 1.0 - feedback.position_s / SKIP_FORGIVEN_S)
    return 0.0


@dataclass
class Taste:
    """Liking learned so far, in likes; what nobody judged counts 0.

    ``liked`` holds what the listener said they like, in as many words: finishing a
    track ten times is worth something, but it is not saying so.
    """

    liked: set[TrackUri] = field(default_factory=set)
    tracks: dict[TrackUri, float] = field(default_factory=dict)
    artists: dict[str, float] = field(default_factory=dict)

    def learn(self, feedback: Feedback) -> None:
        """Take in one answer; a like said twice, or taken back twice, counts once."""
        uri, artist = feedback.track.uri, feedback.track.artist.casefold()
        amount = lesson(feedback)
        if feedback.answer is Answer.LIKED:
            amount = 0.0 if uri in self.liked else amount
            self.liked.add(uri)
        elif feedback.answer is Answer.UNLIKED:
            amount = amount if uri in self.liked else 0.0
            self.liked.discard(uri)
        if amount == 0.0:
            return
        self.tracks[uri] = self.tracks.get(uri, 0.0) + amount
        if artist:
            self.artists[artist] = self.artists.get(artist, 0.0) + ARTIST_SHARE * amount

    def likes(self, uri: TrackUri) -> bool:
        """Whether the listener said they like this very track."""
        return uri in self.liked

    @classmethod
    def learned(cls, feedback: Iterable[Feedback]) -> Taste:
        """The taste that a history of answers teaches."""
        taste = cls()
        for one in feedback:
            taste.learn(one)
        return taste

    def to_record(self) -> dict[str, Any]:
        """The taste as JSON."""
        return {
            "liked": sorted(self.liked),
            "tracks": dict(self.tracks),
            "artists": dict(self.artists),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Taste:
        """The taste that ``to_record`` wrote."""
        return cls(
            {TrackUri(uri) for uri in record["liked"]},
            {TrackUri(k): float(v) for k, v in record["tracks"].items()},
            {str(k): float(v) for k, v in record["artists"].items()},
        )
