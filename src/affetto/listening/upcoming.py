"""What comes next: the queue, and what of it stays when it is planned anew."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping

from affetto.choice import Choice
from affetto.errors import NotFound
from affetto.track import TrackUri

# The free places of the queue and the choices that stay, by place, to choices for the free ones;
# fewer when there is nothing to choose from.
Chooser = Callable[[list[int], Mapping[int, Choice]], Iterable[Choice]]


class Upcoming:
    """A queue of choices, some of them pinned: those the listener put where they are."""

    def __init__(self, choices: Iterable[Choice] = (), pinned: Iterable[TrackUri] = ()) -> None:
        self.choices = list(choices)
        held = {choice.track.uri for choice in self.choices}
        self.pinned = held & set(pinned)

    def __len__(self) -> int:
        return len(self.choices)

    def copy(self) -> Upcoming:
        """The same queue, to change by itself."""
        return Upcoming(self.choices, self.pinned)

    def place(self, uri: TrackUri) -> int:
        """Where a track stands. Raises NotFound when it is not in the queue."""
        for place, choice in enumerate(self.choices):
            if choice.track.uri == uri:
                return place
        raise NotFound(
            "That track is not in the queue any more.", remedy="Look at the queue again."
        )

    def pin(self, uri: TrackUri, pinned: bool) -> bool:
        """Keep a track, or let it go again; whether anything changed."""
        self.place(uri)
        if (uri in self.pinned) == pinned:
            return False
        (self.pinned.add if pinned else self.pinned.discard)(uri)
        return True

    def move(self, uri: TrackUri, to: int) -> bool:
        """Put a track at another place and pin it there; whether anything changed."""
        place = self.place(uri)
        to = min(to, len(self.choices) - 1)
        if to == place:
            return False
        self.choices.insert(to, self.choices.pop(place))
        self.pinned.add(uri)
        return True

    def take_out(self, gone: Container[TrackUri]) -> None:
        """Let these tracks leave the queue."""
        self.choices = [choice for choice in self.choices if choice.track.uri not in gone]
        self.pinned &= {choice.track.uri for choice in self.choices}

    def pop(self) -> Choice | None:
        """The next track, which leaves the queue; None when there is none."""
        if not self.choices:
            return None
        choice = self.choices.pop(0)
        self.pinned.discard(choice.track.uri)
        return choice

    def renew(self, size: int, choose: Chooser, *, fixed: int = 0) -> None:
        """Choose every place anew but the first ``fixed`` ones and those that are pinned."""
        kept = {
            place: choice
            for place, choice in enumerate(self.choices)
            if place < fixed or choice.track.uri in self.pinned
        }
        places = range(max(size, max(kept, default=-1) + 1))
        chosen = iter(choose([p for p in places if p not in kept], kept))
        queue = (kept[p] if p in kept else next(chosen, None) for p in places)
        self.choices = [choice for choice in queue if choice is not None]
