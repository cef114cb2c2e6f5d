"""What one listener has taught: by answers, in so many words, and by what they played before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from affetto.choice import Aim
from affetto.listening.listener import Listener
from affetto.listening.preferences import Preferences
from affetto.mood.leading import Lead
from affetto.recommending.fit import Candidates
from affetto.track import TrackUri

LONG_S: Final = 1e9  # after so long nothing is left of a mood


class Learning:
    """All that is kept of a listener beyond one sitting."""

    def __init__(self, listener: Listener | None = None) -> None:
        self.listener = listener or Listener(undoable=0)  # the session undoes
        self.lead = Lead()
        self.never_artists: set[str] = set()  # case-folded
        self.imports: dict[str, int] = {}  # of each imported file the plays that were matched

    def likes(self, uri: TrackUri) -> bool:
        """Whether the listener said they like this very track."""
        return self.listener.taste.likes(uri)

    def never_track(self, uri: TrackUri, never: bool) -> None:
        """Play a track never again, or again after all."""
        (self.listener.taste.never.add if never else self.listener.taste.never.discard)(uri)

    def never_artist(self, artist: str, never: bool) -> None:
        """Play nothing of an artist again, or again after all."""
        (self.never_artists.add if never else self.never_artists.discard)(artist.casefold())

    def banned(self, candidates: Candidates) -> set[TrackUri]:
        """The tracks that are never to be played."""
        banned = set(self.listener.taste.never)
        for artist in self.never_artists:
            code = candidates.artist_code(artist)
            if code is not None:
                rows = np.flatnonzero(candidates.artist == code)
                banned |= {candidates.tracks[row].uri for row in rows}
        return banned

    def told(self, preferences: Preferences) -> None:
        """Hold what the listener states now, and nothing they stated before."""
        taste = self.listener.taste
        for saying in list(taste.told):
            taste.tell(saying, None)
        for statement in preferences.statements:
            taste.tell(statement.saying, statement.liked)

    def at_rest(self, *, moods: bool = True) -> Learning:
        """The same, without the mood of this sitting: what may outlast it.

        Without ``moods`` also nothing that only the moods of this listener could teach: their
        usual one, what music does to them, and how they are best led.
        """
        rested = self.copy()
        if not moods:
            stranger = Listener(undoable=0)
            rested.lead = Lead()
            rested.listener.response = stranger.response
            rested.listener.following = stranger.following
        rested.listener.begin(None, Aim(), since_s=LONG_S)
        return rested

    def copy(self) -> Learning:
        """The same, to learn by itself."""
        same = Learning(self.listener.copy())
        same.lead = self.lead.copy()
        same.never_artists, same.imports = set(self.never_artists), dict(self.imports)
        return same

    def to_record(self) -> dict[str, Any]:
        """All of it as JSON, exactly."""
        return {
            "listener": self.listener.to_record(),
            "lead": self.lead.to_record(),
            "never_artists": sorted(self.never_artists),
            "imports": dict(self.imports),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Learning:
        """What ``to_record`` wrote; a taste alone, as it was kept once, will do."""
        if "listener" not in record:
            taught = Listener(undoable=0)
            taught.taste = Listener.from_record(record).taste
            return cls(taught)
        learning = cls(Listener.from_record(record["listener"]))
        learning.lead = Lead.from_record(record["lead"])
        learning.never_artists = set(record["never_artists"])
        learning.imports = {name: int(plays) for name, plays in record["imports"].items()}
        return learning
