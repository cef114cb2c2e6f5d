"""The state of a session: all that an undo or a restart has to bring back."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from affetto.choice import Aim, Choice
from affetto.emotion import Affect, EmotionReading
from affetto.listening.course import Course
from affetto.listening.learning import Learning
from affetto.listening.records import (
    affect_from,
    aim_from,
    aim_record,
    choice_from,
    choice_record,
    pair_of,
    passed_from,
    passed_record,
    reading_of,
    reading_record,
    time_of,
    time_text,
)
from affetto.listening.states import Passed, place_of
from affetto.listening.upcoming import Upcoming
from affetto.mood.blending import Belief
from affetto.recommending.fit import Candidates
from affetto.track import TrackUri

MINDED: Final = 500  # tracks of this sitting that a choice goes by; older ones are long ago
SHOWN: Final = 100  # tracks of the way that are shown again; a whole night has no more


@dataclass(slots=True)
class Sitting:
    """What is true of a session at one moment."""

    course: Course = field(default_factory=Course)
    belief: Belief = field(default_factory=Belief)
    learning: Learning = field(default_factory=Learning)
    playing: Choice | None = None
    put_on_at: datetime | None = None
    playing_for: tuple[Aim, Affect | None] = (Aim(), None)
    fits: bool = False  # what plays, in the listener's own word
    queue: Upcoming = field(default_factory=Upcoming)
    planned_for: Affect | None = None  # the mood the queue was made for
    played: list[TrackUri] = field(default_factory=list)
    barred: set[TrackUri] = field(default_factory=set)  # for this session
    achieved: list[Passed] = field(default_factory=list)
    logged: tuple[int, int] = (0, 0)  # tracks put on, answers taken
    heard: EmotionReading | None = None  # what a sense last said
    read_at: datetime | None = None  # when a mood was last read or said
    observed_at: datetime | None = None  # when the listener's model last heard of it
    muted_until: datetime | None = None
    moved: tuple[Affect, datetime] | None = None  # where the sensed mood went, and when
    sensed: bool = False  # the senses have changed the queue since this track was put on
    revision: int = 0

    def is_muted(self, now: datetime) -> bool:
        """Whether the senses are not listened to just now."""
        return self.muted_until is not None and now < self.muted_until

    def in_sight(self) -> list[Choice]:
        """What plays, and what comes next."""
        return ([self.playing] if self.playing else []) + self.queue.choices

    def seen(self, uri: TrackUri) -> Choice | None:
        """A choice in sight by its track; None when it is not."""
        return next((c for c in self.in_sight() if c.track.uri == uri), None)

    def put_on(self, choice: Choice, now: datetime) -> None:
        """Play this from now on; what played is over, and where the mood has come is noted."""
        if self.playing is not None:
            track, mood = self.playing.track, self.belief.at(now)
            place = mood.mean if mood else None
            passed = Passed(now, track.uri, self.playing.target, place_of(track), place)
            self.played = [*self.played, track.uri][-MINDED:]
            self.achieved = [*self.achieved, passed][-SHOWN:]
        self.playing, self.put_on_at = choice, now
        self.playing_for = (self.course.aim, self.planned_for)
        self.fits = self.sensed = False
        self.logged = (self.logged[0] + 1, self.logged[1])

    def copy(self) -> Sitting:
        """The sitting as it is now, to come back to; what never changes is shared."""
        return replace(
            self,
            course=copy(self.course),
            belief=self.belief.copy(),
            learning=self.learning.copy(),
            queue=self.queue.copy(),
            played=list(self.played),
            barred=set(self.barred),
            achieved=list(self.achieved),
        )

    def stock(self, candidates: Candidates) -> None:
        """Hold the tracks as a library has them now; those that have left are dropped."""
        self.playing = _as_now(self.playing, candidates)
        queue = (_as_now(choice, candidates) for choice in self.queue.choices)
        self.queue = Upcoming((c for c in queue if c is not None), self.queue.pinned)

    def to_record(self) -> dict[str, Any]:
        """The sitting as JSON."""
        return {
            "course": self.course.to_record(),
            "belief": self.belief.to_record(),
            "learning": self.learning.to_record(),
            "playing": choice_record(self.playing) if self.playing else None,
            "put_on_at": time_text(self.put_on_at),
            "playing_for": [aim_record(self.playing_for[0]), pair_of(self.playing_for[1])],
            "fits": self.fits,
            "queue": [choice_record(choice) for choice in self.queue.choices],
            "pinned": sorted(self.queue.pinned),
            "planned_for": pair_of(self.planned_for),
            "played": list(self.played),
            "barred": sorted(self.barred),
            "achieved": [passed_record(one) for one in self.achieved],
            "logged": list(self.logged),
            "heard": reading_record(self.heard) if self.heard else None,
            "read_at": time_text(self.read_at),
            "observed_at": time_text(self.observed_at),
            "muted_until": time_text(self.muted_until),
            "moved": [pair_of(self.moved[0]), time_text(self.moved[1])] if self.moved else None,
            "sensed": self.sensed,
            "revision": self.revision,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any], candidates: Candidates) -> Sitting:
        """The sitting that ``to_record`` wrote; tracks no longer there are dropped."""
        queue = (choice_from(choice, candidates) for choice in record["queue"])
        aim, place = record["playing_for"]
        moved = record["moved"]
        return cls(
            course=Course.from_record(record["course"]),
            belief=Belief.from_record(record["belief"]),
            learning=Learning.from_record(record["learning"]),
            playing=choice_from(record["playing"], candidates),
            put_on_at=time_of(record["put_on_at"]),
            playing_for=(aim_from(aim), affect_from(place)),
            fits=record["fits"],
            queue=Upcoming((c for c in queue if c is not None), record["pinned"]),
            planned_for=affect_from(record["planned_for"]),
            played=[TrackUri(uri) for uri in record["played"]],
            barred={TrackUri(uri) for uri in record["barred"]},
            achieved=[passed_from(one) for one in record["achieved"]],
            logged=(record["logged"][0], record["logged"][1]),
            heard=reading_of(record["heard"]),
            read_at=time_of(record["read_at"]),
            observed_at=time_of(record["observed_at"]),
            muted_until=time_of(record["muted_until"]),
            moved=(Affect(*moved[0]), datetime.fromisoformat(moved[1])) if moved else None,
            sensed=record["sensed"],
            revision=record["revision"],
        )


def _as_now(choice: Choice | None, candidates: Candidates) -> Choice | None:
    row = candidates.row.get(choice.track.uri) if choice else None
    return replace(choice, track=candidates.tracks[row]) if choice and row is not None else None
