"""One sitting with music: reading → mood → target → choice → answer, and round again.

    feel/touch/correct ──▶ Belief ──▶ course ──▶ queue ──▶ playing
                                                  ▲           │
                                taste ◀── answers ┴───────────┘

The session is plain and synchronous: time comes in as ``now``, sound happens
elsewhere. What plays is changed only by the listener and by its own end. A mood that
the senses read changes the queue near the end of a track, at most once for each, and
never the track that is shown as the next one. What the listener does counts at once, and
can be undone, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from affetto.choice import Aim, Answer, Choice, Feedback
from affetto.emotion import Affect, Covariance, EmotionReading, MoodState
from affetto.errors import Misuse, NotFound
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
from affetto.listening.states import Passed, SessionState, place_of, timetable
from affetto.listening.upcoming import Upcoming
from affetto.mood.blending import SELF, Belief, own_word
from affetto.recommending.fit import Candidates
from affetto.recommending.recommender import Wish, choose, nothing_to_play, picked
from affetto.track import TrackUri

AHEAD: Final = 5  # tracks in the queue
# Hysteresis. A sensed mood plans the queue anew when it has moved this far on the map and
# then stayed this still for this long; a photo, one reading alone, counts at once.
MOVED: Final = 0.25
STILL: Final = 0.15
SETTLED_S: Final = 5.0
LONE_READING_S: Final = 10.0
# So long before its end the senses may change what comes after a track.
NEAR_END_S: Final = 20.0
# After "not how I feel" the senses are not listened to for this long, unless the
# listener says how they do feel.
MUTED_S: Final = 60.0
MOST_UNDONE: Final = 20  # acts of the listener that can be taken back
# What a restored session's revision jumps by, so that no page takes it for old news.
UNSEEN: Final = 10_000

Mark = tuple[dict[str, Any], list[dict[str, Any]]]


class ListeningSession:
    """The loop, and nothing but the loop."""

    def __init__(
        self,
        candidates: Candidates,
        *,
        seed: int,
        now: datetime,
        aim: Aim | None = None,
        learning: Learning | None = None,
        ahead: int = AHEAD,
    ) -> None:
        self._candidates = candidates
        self._seed = seed
        self._ahead = ahead
        self._started_at = now
        self._course = Course(aim or Aim())
        self._learning = learning or Learning()
        self._belief = Belief()
        self._playing: Choice | None = None
        self._put_on_at: datetime | None = None
        self._fits = False  # what plays, in the listener's own word
        self._queue = Upcoming()
        self._played: list[TrackUri] = []
        self._barred: set[TrackUri] = set()
        self._achieved: list[Passed] = []
        self._logged = (0, 0)  # tracks put on, answers taken
        self._revision = 0
        self._undo: list[dict[str, Any]] = []
        self._planned_for: Affect | None = None  # the mood the queue was made for
        self._playing_for: tuple[Aim, Affect | None] = (self._course.aim, None)
        self._sensed = False  # the senses have changed the queue since this track was put on
        self._moved: tuple[Affect, datetime] | None = None  # where the mood went, and when
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
        with self._act():
            self._belief.fold(own_word(affect, now))
            self._muted_until = None
            self._course.restart(affect)
            self._replan(now)

    def correct(self, now: datetime) -> None:
        """ "Not how I feel": forget what the senses said and do not ask them for a while."""
        with self._act():
            self._belief.forget_senses()
            self._heard = None
            self._muted_until = now + timedelta(seconds=MUTED_S)
            self._replan(now)

    def aim(self, aim: Aim, now: datetime) -> None:
        """Set where the music should go: from here, if it is somewhere else than before."""
        with self._act():
            if aim != self._course.aim:
                self._course, self._achieved = Course(aim), []
            self._replan(now)

    def stock(self, candidates: Candidates, now: datetime) -> None:
        """Choose from a changed library; what is gone leaves the queue."""
        self._candidates = candidates
        before = len(self._queue)
        self._queue.drop(lambda choice: choice.track.uri not in candidates.row)
        if len(self._queue) < max(before, self._ahead):
            self._replan(now, fixed=0 if before == 0 else len(self._queue))

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
        happens and None returns, so that a request sent twice skips once. What was done
        before a track ended by itself cannot be undone any more.
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
        with self._act():
            feedback = self._learn(self._playing, answer, position_s, now)
            self._advance(now)
        if answer is Answer.FINISHED:
            self._undo.clear()
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
        if self._playing is not None and self._playing.track.uri == uri:
            return
        with self._act():
            self._barred.discard(uri)
            self._queue.drop(lambda choice: choice.track.uri == uri)
            self._put_on(picked(self._candidates.tracks[row]), now)
            self._replan(now)

    def answer(
        self, answer: Answer, uri: TrackUri, position_s: float, now: datetime
    ) -> Feedback | None:
        """Take what the listener says of a track in sight.

        "Not now" keeps the track away for the rest of the session, and "never" for good;
        both move on when it is the one that plays. None when the track is not in sight,
        or when the answer says nothing new.
        """
        choice = self._seen(uri)
        if choice is None or answer in (Answer.FINISHED, Answer.SKIPPED):
            return None
        likes = self._learning.likes(uri)
        told = answer is Answer.FITS and self._fits and choice is self._playing
        if told or (answer, likes) in ((Answer.LIKED, True), (Answer.UNLIKED, False)):
            return None
        with self._act():
            feedback = self._learn(choice, answer, position_s, now)
            if answer is Answer.FITS:
                self._fits = self._fits or choice is self._playing
            elif answer in (Answer.NOT_NOW, Answer.NEVER):
                self._barred.add(uri)
                self._away({uri}, now)
        return feedback

    def never_artist(self, uri: TrackUri, position_s: float, now: datetime) -> Feedback | None:
        """Play this track never again, and nothing of its artist; None as ``answer``."""
        choice = self._seen(uri)
        if choice is None:
            return None
        with self._act():
            feedback = self._learn(choice, Answer.NEVER, position_s, now)
            if choice.track.artist:
                self._learning.never_artist(choice.track.artist, True)
            self._away(self._learning.banned(self._candidates), now)
        return feedback

    # -- the queue in the listener's hands ---------------------------------------------

    def pin(self, uri: TrackUri, pinned: bool) -> None:
        """Keep a track of the queue where it is, or let it go. NotFound when not there."""
        with self._act():
            self._revision += self._queue.pin(uri, pinned)

    def move(self, uri: TrackUri, to: int) -> None:
        """Put a track at another place of the queue, to stay there. NotFound as ``pin``."""
        with self._act():
            self._revision += self._queue.move(uri, to)

    def remove(self, uri: TrackUri, now: datetime) -> None:
        """Take a track out of the queue for this session. NotFound as ``pin``."""
        self._queue.place(uri)
        with self._act():
            self._queue.drop(lambda choice: choice.track.uri == uri)
            self._barred.add(uri)
            self._fill(now, fixed=len(self._queue))
            self._revision += 1

    def undo(self) -> bool:
        """Take back the listener's last act: all is as it was before. False: there is none."""
        if not self._undo:
            return False
        before, revision, undo = self._undo.pop(), self._revision, self._undo
        self._restore(before)
        self._revision, self._undo = revision + 1, undo
        return True

    # -- what can be seen and kept ---------------------------------------------------

    def snapshot(self, now: datetime) -> SessionState:
        """The session at ``now``."""
        mood, course = self._belief.at(now), self._course
        ahead = course.targets(max(len(self._queue) + 1, course.left if course.ends else 0))
        return SessionState(
            aim=course.aim,
            mood=mood,
            target=ahead[0],
            playing=self._playing,
            queue=tuple(self._queue.choices),
            pinned=frozenset(self._queue.pinned),
            plan=timetable(
                self._in_sight(),
                ahead[len(self._queue) :] if course.ends else [],
                began=self._put_on_at if self._playing else None,
                now=now,
            ),
            achieved=tuple(self._achieved),
            liked=self._playing is not None and self._learning.likes(self._playing.track.uri),
            fits=self._fits,
            heard=self._heard,
            senses_muted=self._is_muted(now),
            behind=self._playing is not None and self._is_behind(mood),
            can_undo=bool(self._undo),
            revision=self._revision,
        )

    @property
    def learning(self) -> Learning:
        """What this session's listener has taught so far."""
        return self._learning

    @property
    def aimed(self) -> Aim:
        """Where the music should go."""
        return self._course.aim

    @property
    def queued(self) -> tuple[Choice, ...]:
        """What comes next."""
        return tuple(self._queue.choices)

    @property
    def logged(self) -> tuple[int, int]:
        """How many tracks were put on and how many answers taken, but for those undone."""
        return self._logged

    def to_record(self) -> dict[str, Any]:
        """The session as JSON: enough to go on after the server has been away."""
        return {
            "seed": self._seed,
            "started_at": self._started_at.isoformat(),
            "ahead": self._ahead,
            "course": self._course.to_record(),
            "belief": self._belief.to_record(),
            "learning": self._learning.to_record(),
            "playing": choice_record(self._playing) if self._playing else None,
            "put_on_at": time_text(self._put_on_at),
            "fits": self._fits,
            "queue": [choice_record(c) for c in self._queue.choices],
            "pinned": sorted(self._queue.pinned),
            "playing_for": [aim_record(self._playing_for[0]), pair_of(self._playing_for[1])],
            "played": list(self._played),
            "barred": sorted(self._barred),
            "achieved": [passed_record(one) for one in self._achieved],
            "logged": list(self._logged),
            "revision": self._revision,
            "planned_for": pair_of(self._planned_for),
            "muted_until": time_text(self._muted_until),
            "moved": [pair_of(self._moved[0]), time_text(self._moved[1])] if self._moved else None,
            "sensed": self._sensed,
            "heard": reading_record(self._heard) if self._heard else None,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any], candidates: Candidates) -> ListeningSession:
        """The session that ``to_record`` wrote; tracks no longer there are dropped."""
        session = cls(
            candidates,
            seed=record["seed"],
            now=datetime.fromisoformat(record["started_at"]),
            ahead=record["ahead"],
        )
        session._restore(record)
        # A page may have seen more than was written before the server went away.
        session._revision = record["revision"] + UNSEEN
        return session

    def mark(self) -> Mark:
        """The session as it is now, to come back to."""
        return self.to_record(), list(self._undo)

    def back_to(self, mark: Mark) -> None:
        """Be as the session was when it was marked."""
        record, undo = mark
        self._restore(record)
        self._revision, self._undo = record["revision"], undo

    # -- inside -----------------------------------------------------------------------

    def _restore(self, record: Mapping[str, Any]) -> None:
        queue = (choice_from(c, self._candidates) for c in record["queue"])
        aim, place = record["playing_for"]
        self._course = Course.from_record(record["course"])
        self._belief = Belief.from_record(record["belief"])
        self._learning = Learning.from_record(record["learning"])
        self._playing = choice_from(record["playing"], self._candidates)
        self._put_on_at = time_of(record["put_on_at"])
        self._fits = record["fits"]
        self._queue = Upcoming((c for c in queue if c is not None), record["pinned"])
        self._playing_for = (aim_from(aim), affect_from(place))
        self._played = [TrackUri(u) for u in record["played"]]
        self._barred = {TrackUri(u) for u in record["barred"]}
        self._achieved = [passed_from(one) for one in record["achieved"]]
        self._logged = (record["logged"][0], record["logged"][1])
        self._planned_for = affect_from(record["planned_for"])
        self._muted_until = time_of(record["muted_until"])
        moved = record["moved"]
        self._moved = (Affect(*moved[0]), datetime.fromisoformat(moved[1])) if moved else None
        self._sensed = record["sensed"]
        self._heard = reading_of(record["heard"])

    @contextmanager
    def _act(self) -> Iterator[None]:
        """One act of the listener, that can be undone if it changes anything."""
        before, revision = self.to_record(), self._revision
        yield
        if self._revision != revision:
            self._undo = [*self._undo, before][-MOST_UNDONE:]

    def _in_sight(self) -> list[Choice]:
        return ([self._playing] if self._playing else []) + self._queue.choices

    def _seen(self, uri: TrackUri) -> Choice | None:
        return next((c for c in self._in_sight() if c.track.uri == uri), None)

    def _is_muted(self, now: datetime) -> bool:
        return self._muted_until is not None and now < self._muted_until

    def _learn(self, choice: Choice, answer: Answer, position_s: float, now: datetime) -> Feedback:
        feedback = Feedback(choice.track, answer, now, position_s)
        self._learning.learn(feedback)
        self._logged = (self._logged[0], self._logged[1] + 1)
        self._revision += 1
        return feedback

    def _away(self, unwanted: set[TrackUri], now: datetime) -> None:
        """Play none of these any more; go on if one of them plays."""
        self._queue.drop(lambda choice: choice.track.uri in unwanted)
        if self._playing is not None and self._playing.track.uri in unwanted:
            self._advance(now)
        else:
            self._replan(now)

    def _follow(self, now: datetime, *, at_once: bool) -> None:
        """Plan anew when the sensed mood has really moved, and it is time to."""
        mood = self._belief.at(now)
        if mood is None:
            return
        if self._planned_for is not None and mood.mean.distance(self._planned_for) < MOVED:
            self._moved = None
            return
        if self._moved is None or mood.mean.distance(self._moved[0]) > STILL:
            self._moved = (mood.mean, now)
        settled = (now - self._moved[1]).total_seconds() >= SETTLED_S
        if self._playing is None:
            if at_once or settled or self._planned_for is None:
                self._replan(now)
        elif not self._sensed and (at_once or (settled and self._is_near_end(now))):
            self._sensed = True
            self._replan(now, fixed=1)

    def _is_near_end(self, now: datetime) -> bool:
        """Whether what plays is about to end; always, when nobody knows how long it is."""
        if self._playing is None or self._put_on_at is None:
            return True
        length = self._playing.track.duration_s
        return not length or (now - self._put_on_at).total_seconds() >= length - NEAR_END_S

    def _is_behind(self, mood: MoodState | None) -> bool:
        aim, place = self._playing_for
        if aim != self._course.aim:
            return True
        return mood is not None and (place is None or mood.mean.distance(place) >= MOVED)

    def _advance(self, now: datetime) -> None:
        if not len(self._queue):
            self._replan(now)
        following = self._queue.pop()
        if following is None:
            raise nothing_to_play()
        self._put_on(following, now)
        self._course.step += 1
        self._replan(now)

    def _put_on(self, choice: Choice, now: datetime) -> None:
        if self._playing is not None:
            track, mood = self._playing.track, self._belief.at(now)
            self._played.append(track.uri)
            self._achieved.append(
                Passed(
                    now,
                    track.uri,
                    self._playing.target,
                    place_of(track),
                    mood.mean if mood else None,
                )
            )
        self._playing, self._put_on_at = choice, now
        self._playing_for = (self._course.aim, self._planned_for)
        self._fits = self._sensed = False
        self._logged = (self._logged[0] + 1, self._logged[1])

    def _replan(self, now: datetime, *, fixed: int = 0) -> None:
        """Plan for the mood and aim of now all but the ``fixed`` next tracks."""
        mood = self._belief.at(now)
        self._planned_for = mood.mean if mood else None
        self._moved = None
        self._course.follow(self._planned_for)
        self._fill(now, fixed=fixed)
        self._revision += 1

    def _fill(self, now: datetime, *, fixed: int) -> None:
        mood = self._belief.at(now)
        targets = self._course.targets(self._ahead + len(self._queue))
        banned = self._learning.banned(self._candidates)

        def choose_for(place: int, others: list[Choice]) -> Choice | None:
            if not len(self._candidates):
                return None
            wish = Wish(
                goal=self._course.aim.goal,
                mood=mood.mean if mood else None,
                target=targets[place],
                around=mood.covariance if mood else Covariance(0.0, 0.0, 0.0),
                heard=[
                    *self._played,
                    *([self._playing.track.uri] if self._playing else []),
                    *(c.track.uri for c in others),
                ],
                barred=frozenset(self._barred | banned),
            )
            # One draw for each place of the evening: planned anew for the same mood, the
            # queue stays as it is.
            rng = np.random.default_rng((self._seed, self._logged[0] + place))
            return choose(self._candidates, wish, taste=self._learning.taste, rng=rng)

        self._queue.renew(self._ahead, choose_for, fixed=fixed)
