"""One sitting with music: reading → mood → target → choice → answer, and round again.

    feel/touch/correct ──▶ Belief ──▶ target on the path ──▶ queue ──▶ playing
                                                              ▲           │
                                            taste ◀── answers ┴───────────┘

The session is plain and synchronous: time comes in as ``now``, sound happens
elsewhere. What plays is changed only by ``start``, ``next`` and "not now"; a new mood
changes what comes after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np

from affetto.choice import Answer, Choice, Feedback, Goal
from affetto.emotion import Affect, Covariance, EmotionReading, MoodState
from affetto.errors import Misuse, NotFound
from affetto.listening.records import (
    affect_from,
    choice_from,
    choice_record,
    pair_of,
    reading_of,
    reading_record,
    time_of,
    time_text,
)
from affetto.mood.blending import SELF, Belief, own_word
from affetto.mood.path import target as target_on_path
from affetto.recommending.fit import Candidates
from affetto.recommending.recommender import Wish, choose, nothing_to_play, picked
from affetto.recommending.taste import Taste
from affetto.track import TrackUri

AHEAD: Final = 5  # tracks in the queue
# Hysteresis. A sensed mood re-plans the queue when it has moved this far on the map
# and stayed there this long; a photo, one reading alone, counts at once.
MOVED: Final = 0.25
SETTLED_S: Final = 3.0
LONE_READING_S: Final = 10.0
# After "not how I feel" the senses are not listened to for this long, unless the
# listener says how they do feel.
MUTED_S: Final = 60.0
# What a restored session's revision jumps by, so that no page takes it for old news.
UNSEEN: Final = 10_000


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session as a screen shows it."""

    goal: Goal
    mood: MoodState | None
    target: Affect | None  # of the track that comes next
    playing: Choice | None
    queue: tuple[Choice, ...]
    liked: bool  # the playing track
    heard: EmotionReading | None  # what a sense last said
    senses_muted: bool
    behind: bool  # what plays was chosen for another mood or goal; the next one follows
    revision: int  # rises with every change


class ListeningSession:
    """The loop, and nothing but the loop."""

    def __init__(
        self,
        candidates: Candidates,
        *,
        seed: int,
        now: datetime,
        goal: Goal = Goal.MATCH,
        taste: Taste | None = None,
        ahead: int = AHEAD,
    ) -> None:
        self._candidates = candidates
        self._seed = seed
        self._goal = goal
        self._taste = taste or Taste()
        self._ahead = ahead
        self._belief = Belief()
        self._started_at = now
        self._playing: Choice | None = None
        self._queue: list[Choice] = []
        self._played: list[TrackUri] = []
        self._barred: set[TrackUri] = set()
        self._step = 0  # tracks since the goal was set
        self._draws = 0
        self._revision = 0
        self._planned_for: Affect | None = None  # the mood the queue was made for
        self._playing_for: tuple[Goal, Affect | None] = (goal, None)  # its goal and mood
        self._moved_since: datetime | None = None
        self._heard: EmotionReading | None = None
        self._muted_until: datetime | None = None

    # -- what the listener and the senses say ---------------------------------------

    def feel(self, reading: EmotionReading, now: datetime) -> None:
        """Take in what a sense read. Nothing believed, nothing changed."""
        if reading.source == SELF:
            self.touch(reading.affect, now)
            return
        lone = (
            self._heard is None or (reading.at - self._heard.at).total_seconds() >= LONE_READING_S
        )
        self._heard = reading
        self._revision += 1
        if self._muted_until is not None and now < self._muted_until:
            return
        self._belief.fold(reading)
        self._follow(now, at_once=lone)

    def touch(self, affect: Affect, now: datetime) -> None:
        """Take the listener's own word: it outranks every sense, and fades slowly."""
        self._belief.fold(own_word(affect, now))
        self._muted_until = None
        self._step = 0
        self._replan(now)

    def correct(self, now: datetime) -> None:
        """ "Not how I feel": forget what the senses said and do not ask them for a while."""
        self._belief.forget_senses()
        self._heard = None
        self._muted_until = datetime.fromtimestamp(now.timestamp() + MUTED_S, tz=now.tzinfo)
        self._replan(now)

    def aim(self, goal: Goal, now: datetime) -> None:
        """Set where the music should go."""
        if goal is not self._goal:
            self._goal = goal
            self._step = 0
        self._replan(now)

    def stock(self, candidates: Candidates, now: datetime) -> None:
        """Choose from a changed library; what is gone leaves the queue."""
        self._candidates = candidates
        gone = [c for c in self._queue if c.track.uri not in candidates.row]
        if gone or len(self._queue) < self._ahead:
            self._replan(now)

    # -- what plays -----------------------------------------------------------------

    def start(self, now: datetime) -> None:
        """Begin to play, if nothing plays yet."""
        if self._playing is None:
            self._advance(now)

    def next(
        self,
        answer: Answer,
        position_s: float,
        now: datetime,
        *,
        playing: TrackUri | None = None,
    ) -> Feedback | None:
        """Go on to the next track because this one ended or was skipped.

        ``playing`` names the track the caller saw; if another plays already, nothing
        happens and None returns, so that a request sent twice skips once.
        """
        if answer not in (Answer.FINISHED, Answer.SKIPPED):
            raise Misuse(
                f"{answer.value!r} does not end a track.",
                remedy="Say 'finished' or 'skipped'.",
            )
        if self._playing is None:
            self._advance(now)
            return None
        if playing is not None and playing != self._playing.track.uri:
            return None
        feedback = self._learn(self._playing, answer, position_s, now)
        self._advance(now)
        return feedback

    def play(self, uri: TrackUri, now: datetime) -> None:
        """Put on the track the listener picked; what played is left without a lesson.

        Raises NotFound when it is no longer in the library.
        """
        row = self._candidates.row.get(uri)
        if row is None:
            raise NotFound(
                "That track is no longer in the library.", remedy="Pick another, or look again."
            )
        if self._playing is not None:
            if self._playing.track.uri == uri:
                return
            self._played.append(self._playing.track.uri)
        self._playing = picked(self._candidates.tracks[row])
        self._playing_for = (self._goal, self._planned_for)
        self._barred.discard(uri)
        self._replan(now)

    def answer(
        self, answer: Answer, uri: TrackUri, position_s: float, now: datetime
    ) -> Feedback | None:
        """Take a like, a like taken back, or "not now" for a track in sight.

        "Not now" keeps the track away for the rest of the session, and moves on when
        it is the one that plays. None when the track is not in sight, or when the
        answer says nothing new.
        """
        choice = next((c for c in self._in_sight() if c.track.uri == uri), None)
        if choice is None or answer in (Answer.FINISHED, Answer.SKIPPED):
            return None
        if answer is not Answer.NOT_NOW:
            if self._taste.likes(uri) == (answer is Answer.LIKED):
                return None
            return self._learn(choice, answer, position_s, now)
        feedback = self._learn(choice, answer, position_s, now)
        self._barred.add(uri)
        if choice is self._playing:
            self._advance(now)
        self._replan(now)
        return feedback

    # -- what can be seen and kept ---------------------------------------------------

    def snapshot(self, now: datetime) -> SessionState:
        """The session at ``now``."""
        mood = self._belief.at(now)
        return SessionState(
            goal=self._goal,
            mood=mood,
            target=target_on_path(self._goal, mood, self._step),
            playing=self._playing,
            queue=tuple(self._queue),
            liked=self._playing is not None and self._taste.likes(self._playing.track.uri),
            heard=self._heard,
            senses_muted=self._muted_until is not None and now < self._muted_until,
            behind=self._playing is not None and self._is_behind(mood),
            revision=self._revision,
        )

    @property
    def taste(self) -> Taste:
        """What this session's listener has taught so far."""
        return self._taste

    def to_record(self) -> dict[str, Any]:
        """The session as JSON: enough to go on after the server has been away."""
        return {
            "seed": self._seed,
            "draws": self._draws,
            "goal": self._goal.value,
            "started_at": self._started_at.isoformat(),
            "ahead": self._ahead,
            "belief": self._belief.to_record(),
            "taste": self._taste.to_record(),
            "playing": choice_record(self._playing) if self._playing else None,
            "queue": [choice_record(c) for c in self._queue],
            "playing_for": [self._playing_for[0].value, pair_of(self._playing_for[1])],
            "played": list(self._played),
            "barred": sorted(self._barred),
            "step": self._step,
            "revision": self._revision,
            "planned_for": pair_of(self._planned_for),
            "muted_until": time_text(self._muted_until),
            "moved_since": time_text(self._moved_since),
            "heard": reading_record(self._heard) if self._heard else None,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any], candidates: Candidates) -> ListeningSession:
        """The session that ``to_record`` wrote; tracks no longer there are dropped."""
        session = cls(
            candidates,
            seed=record["seed"],
            now=datetime.fromisoformat(record["started_at"]),
            goal=Goal(record["goal"]),
            taste=Taste.from_record(record["taste"]),
            ahead=record["ahead"],
        )
        session._draws = record["draws"]
        session._belief = Belief.from_record(record["belief"])
        session._playing = choice_from(record["playing"], candidates)
        queue = (choice_from(c, candidates) for c in record["queue"])
        session._queue = [c for c in queue if c is not None]
        goal, place = record["playing_for"]
        session._playing_for = (Goal(goal), affect_from(place))
        session._played = [TrackUri(u) for u in record["played"]]
        session._barred = {TrackUri(u) for u in record["barred"]}
        session._step = record["step"]
        # A page may have seen more than was written before the server went away.
        session._revision = record["revision"] + UNSEEN
        session._planned_for = affect_from(record["planned_for"])
        session._muted_until = time_of(record["muted_until"])
        session._moved_since = time_of(record["moved_since"])
        session._heard = reading_of(record["heard"])
        return session

    # -- inside -----------------------------------------------------------------------

    def _in_sight(self) -> list[Choice]:
        return ([self._playing] if self._playing else []) + self._queue

    def _learn(self, choice: Choice, answer: Answer, position_s: float, now: datetime) -> Feedback:
        feedback = Feedback(choice.track, answer, now, position_s)
        self._taste.learn(feedback)
        self._revision += 1
        return feedback

    def _follow(self, now: datetime, *, at_once: bool) -> None:
        """Re-plan when the sensed mood has really moved."""
        mood = self._belief.at(now)
        if mood is None:
            return
        if self._planned_for is None:
            self._replan(now)
        elif mood.mean.distance(self._planned_for) < MOVED:
            self._moved_since = None
        elif at_once:
            self._replan(now)
        elif self._moved_since is None:
            self._moved_since = now
        elif (now - self._moved_since).total_seconds() >= SETTLED_S:
            self._replan(now)

    def _is_behind(self, mood: MoodState | None) -> bool:
        goal, place = self._playing_for
        if goal is not self._goal:
            return True
        return mood is not None and (place is None or mood.mean.distance(place) >= MOVED)

    def _advance(self, now: datetime) -> None:
        if not self._queue:
            self._replan(now)
        if not self._queue:
            raise nothing_to_play()
        if self._playing is not None:
            self._played.append(self._playing.track.uri)
        self._playing = self._queue.pop(0)
        self._playing_for = (self._goal, self._planned_for)
        self._step += 1
        mood = self._belief.at(now)
        moved = mood is not None and (
            self._planned_for is None or mood.mean.distance(self._planned_for) >= MOVED
        )
        if moved:
            self._replan(now)
        else:
            self._fill(now)
        self._revision += 1

    def _replan(self, now: datetime) -> None:
        """Make the whole queue anew for the mood and goal of now."""
        mood = self._belief.at(now)
        self._planned_for = mood.mean if mood else None
        self._moved_since = None
        self._queue = []
        self._fill(now)
        self._revision += 1

    def _fill(self, now: datetime) -> None:
        mood = self._belief.at(now)
        while len(self._candidates) and len(self._queue) < self._ahead:
            ahead = len(self._queue)
            target = target_on_path(self._goal, mood, self._step + ahead)
            wish = Wish(
                goal=self._goal,
                mood=mood.mean if mood else None,
                target=target,
                around=mood.covariance if mood else Covariance(0.0, 0.0, 0.0),
                heard=[*self._played, *(c.track.uri for c in self._in_sight())],
                barred=frozenset(self._barred),
            )
            rng = np.random.default_rng((self._seed, self._draws))
            self._draws += 1
            self._queue.append(choose(self._candidates, wish, taste=self._taste, rng=rng))
