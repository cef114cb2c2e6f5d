"""One sitting with music: reading → mood → target → choice → answer, and round again.

    feel/touch/correct ──▶ Belief ──▶ course ──▶ queue ──▶ playing
                                                  ▲           │
                             learning ◀── answers ┴───────────┘

The session is plain and synchronous: time comes in as ``now``, sound happens
elsewhere. What plays is changed only by the listener and by its own end. A mood that
the senses read changes the queue near the end of a track, at most once for each, and
never the track that is shown as the next one. What the listener does counts at once, and
can be undone, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from affetto.choice import Aim, Answer, Choice, Feedback
from affetto.emotion import Affect, EmotionReading
from affetto.errors import Misuse, NotFound
from affetto.listening.choosing import Around, refill
from affetto.listening.course import Course
from affetto.listening.learning import Learning
from affetto.listening.preferences import Preferences
from affetto.listening.sensing import Call, called_for, is_alone, newly_read
from affetto.listening.showing import shown
from affetto.listening.sitting import Sitting
from affetto.listening.states import SessionState
from affetto.listening.travelling import length_s, usual_length_s
from affetto.mood.blending import SELF, own_word
from affetto.mood.path import tracks_in
from affetto.recommending.fit import Candidates
from affetto.recommending.recommender import nothing_to_play, picked
from affetto.track import TrackUri

AHEAD: Final = 5  # tracks in the queue
MUTED_S: Final = 60.0  # after "not how I feel", unless the listener says how they do feel
MOST_UNDONE: Final = 20  # acts of the listener that can be taken back
UNSEEN: Final = 10_000  # a restored session's revision jumps: no page takes it for old news

Mark = tuple[Sitting, list[Sitting]]


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
        preferences: Preferences | None = None,
        heard_before: Sequence[TrackUri] = (),
        ahead: int = AHEAD,
    ) -> None:
        """``heard_before`` are the tracks of earlier sittings, oldest first."""
        self._around = Around(
            candidates, preferences or Preferences(), list(heard_before), seed, ahead
        )
        self._started_at = now
        self._undo: list[Sitting] = []
        aim = aim or Aim()
        self._s = Sitting(Course(aim), learning=learning or Learning(), playing_for=(aim, None))
        self._s.learning.told(self._around.preferences)
        self._s.learning.listener.begin(None, aim)
        self._set_out(aim)

    # -- what the listener and the senses say ---------------------------------------

    def feel(self, reading: EmotionReading, now: datetime) -> None:
        """Take in what a sense read. Nothing believed, nothing changed."""
        if reading.source == SELF:
            self.touch(reading.affect, now)
            return
        s, alone = self._s, is_alone(self._s, reading.at)
        s.heard = reading
        s.revision += 1
        if s.is_muted(now):
            return
        s.belief.fold(reading)
        if reading.confidence > 0.0:
            s.read_at = now
        call = called_for(s, now, alone=alone)
        if call is not Call.NOTHING:
            self._replan(now, fixed=1 if call is Call.PLAN_REST else 0)

    def touch(self, affect: Affect, now: datetime) -> None:
        """Take the listener's own word: it outranks every sense, and fades slowly."""
        with self._act():
            self._s.belief.fold(own_word(affect, now))
            self._s.read_at, self._s.muted_until = now, None
            self._s.course.restart(affect)
            self._replan(now)

    def correct(self, now: datetime) -> None:
        """ "Not how I feel": forget what the senses said and do not ask them for a while."""
        with self._act():
            self._s.belief.forget_senses()
            self._s.learning.listener.begin(None, self.aimed)
            self._s.heard = self._s.read_at = None
            self._s.muted_until = now + timedelta(seconds=MUTED_S)
            self._replan(now)

    def aim(self, aim: Aim, now: datetime) -> None:
        """Set where the music should go: from here, if it is somewhere else than before."""
        with self._act():
            if aim != self.aimed:
                self._set_out(aim)
                self._s.learning.listener.redirect(aim)
                self._s.achieved = []
            self._replan(now)

    def prefer(self, preferences: Preferences, now: datetime) -> None:
        """Go by what the listener states and sets from now on."""
        self._around.preferences = preferences
        self.teach(lambda learning: learning.told(preferences), now)

    def teach(self, lesson: Callable[[Learning], None], now: datetime) -> None:
        """Let something be learned that is no answer; what was done before stays done."""
        lesson(self._s.learning)
        self._undo = []
        self._replan(now)

    def forget(self, now: datetime) -> None:
        """Know nothing of this listener any more but what they state; play on."""
        s = self._s
        s.learning, s.logged = Learning(), (0, 0)
        self._undo, self._around.heard_before = [], []
        s.learning.told(self._around.preferences)
        s.learning.listener.begin(s.belief.at(now), self.aimed)
        self._replan(now)

    def stock(self, candidates: Candidates, now: datetime) -> None:
        """Choose from a changed library; what is gone leaves the queue."""
        self._around.candidates = candidates
        queue = self._s.queue
        before = len(queue)
        queue.take_out({c.track.uri for c in queue.choices if c.track.uri not in candidates.row})
        if len(queue) < max(before, self._around.ahead):
            self._replan(now, fixed=len(queue) if before else 0)

    # -- what plays -----------------------------------------------------------------

    def start(self, now: datetime) -> None:
        """Begin to play, if nothing plays yet."""
        if self._s.playing is None:
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
        if self._s.playing is None:
            self._advance(now)
            return None
        if playing is not None and playing != self._s.playing.track.uri:
            return None
        with self._act():
            over = self._s.playing.track
            played_s = length_s(over) if answer is Answer.FINISHED else position_s
            self._s.course.broke_off(played_s)
            feedback = self._learn(self._s.playing, answer, position_s, now)
            self._advance(now)
        if answer is Answer.FINISHED:
            self._undo = []
        return feedback

    def play(self, uri: TrackUri, now: datetime) -> None:
        """Put on the track the listener picked; what played is left without a lesson.

        Raises NotFound when it is no longer in the library.
        """
        row = self._around.candidates.row.get(uri)
        if row is None:
            raise NotFound(
                "That track is no longer in the library.", remedy="Pick another, or look again."
            )
        if self._s.playing is not None and self._s.playing.track.uri == uri:
            return
        with self._act():
            self._s.barred.discard(uri)
            self._s.queue.take_out({uri})
            self._break_off(now)
            following = picked(self._around.candidates.tracks[row])
            self._s.put_on(following, now)
            if self._s.course.step_s:
                self._s.course.put_on(length_s(following.track))
            self._replan(now)

    def make_way(self, uri: TrackUri, now: datetime) -> None:
        """Go on to what comes next: the track that plays cannot be heard, which teaches nothing.

        Nothing when another one plays by now, or nothing comes next. It cannot be undone.
        """
        s = self._s
        if s.playing is not None and s.playing.track.uri == uri and len(s.queue):
            self._break_off(now)
            self._advance(now)
            self._undo = []

    def answer(
        self, answer: Answer, uri: TrackUri, position_s: float, now: datetime
    ) -> Feedback | None:
        """Take what the listener says of a track in sight.

        "Not now" keeps the track away for the rest of the session, and "never" for good;
        both move on when it is the one that plays. A like can be taken back of any track.
        None when the track is not in sight, or when the answer says nothing new.
        """
        s, choice = self._s, self._s.seen(uri)
        if choice is None and answer is Answer.UNLIKED and uri in self._around.candidates.row:
            choice = picked(self._around.candidates.tracks[self._around.candidates.row[uri]])
        if choice is None or answer in (Answer.FINISHED, Answer.SKIPPED):
            return None
        likes = s.learning.likes(uri)
        told = answer is Answer.FITS and s.fits and choice is s.playing
        if told or (answer, likes) in ((Answer.LIKED, True), (Answer.UNLIKED, False)):
            return None
        with self._act():
            feedback = self._learn(choice, answer, position_s, now)
            if answer is Answer.FITS:
                s.fits = s.fits or choice is s.playing
            elif answer in (Answer.NOT_NOW, Answer.NEVER):
                s.barred.add(uri)
                self._away({uri}, now)
        return feedback

    def never_artist(self, uri: TrackUri, position_s: float, now: datetime) -> Feedback | None:
        """Play this track never again, and nothing of its artist; None as ``answer``."""
        choice = self._s.seen(uri)
        if choice is None:
            return None
        with self._act():
            feedback = self._learn(choice, Answer.NEVER, position_s, now)
            if choice.track.artist:
                self._s.learning.never_artist(choice.track.artist, True)
            self._away(self._s.learning.banned(self._around.candidates), now)
        return feedback

    # -- the queue in the listener's hands ---------------------------------------------

    def pin(self, uri: TrackUri, pinned: bool) -> None:
        """Keep a track of the queue where it is, or let it go. NotFound when not there."""
        with self._act():
            self._s.revision += self._s.queue.pin(uri, pinned)

    def move(self, uri: TrackUri, to: int) -> None:
        """Put a track at another place of the queue, to stay there. NotFound as ``pin``."""
        with self._act():
            self._s.revision += self._s.queue.move(uri, to)

    def remove(self, uri: TrackUri, now: datetime) -> None:
        """Take a track out of the queue for this session. NotFound as ``pin``."""
        self._s.queue.place(uri)
        with self._act():
            self._s.queue.take_out({uri})
            self._s.barred.add(uri)
            refill(self._s, self._around, now, fixed=len(self._s.queue))
            self._s.revision += 1

    def undo(self) -> bool:
        """Take back the listener's last act: all is as it was before. False: there is none."""
        if not self._undo:
            return False
        revision = self._s.revision
        self._s, self._undo = self._undo[-1].copy(), self._undo[:-1]
        self._s.stock(self._around.candidates)
        self._s.revision = revision + 1
        return True

    # -- what can be seen and kept ---------------------------------------------------

    def snapshot(self, now: datetime) -> SessionState:
        """The session at ``now``."""
        return shown(self._s, now, can_undo=bool(self._undo))

    @property
    def learning(self) -> Learning:
        """What this session's listener has taught so far."""
        return self._s.learning

    @property
    def aimed(self) -> Aim:
        """Where the music should go."""
        return self._s.course.aim

    @property
    def queued(self) -> tuple[Choice, ...]:
        """What comes next."""
        return tuple(self._s.queue.choices)

    @property
    def logged(self) -> tuple[int, int]:
        """How many tracks were put on and how many answers taken, but for those undone."""
        return self._s.logged

    @property
    def last_act(self) -> int | None:
        """The act that an undo would take back, by a number of its own; None: there is none."""
        return self._undo[-1].revision if self._undo else None

    def mark(self) -> Mark:
        """The session as it is now, to come back to."""
        return self._s.copy(), self._undo

    def back_to(self, mark: Mark) -> None:
        """Be as the session was when it was marked."""
        self._s, self._undo = mark
        self._s.stock(self._around.candidates)

    def to_record(self) -> dict[str, Any]:
        """The session as JSON: enough to go on after the server has been away."""
        return {
            "seed": self._around.seed,
            "started_at": self._started_at.isoformat(),
            "ahead": self._around.ahead,
            **self._s.to_record(),
        }

    @classmethod
    def from_record(
        cls,
        record: Mapping[str, Any],
        candidates: Candidates,
        *,
        preferences: Preferences | None = None,
        heard_before: Sequence[TrackUri] = (),
    ) -> ListeningSession:
        """The session that ``to_record`` wrote; tracks no longer there are dropped."""
        session = cls(
            candidates,
            seed=record["seed"],
            now=datetime.fromisoformat(record["started_at"]),
            preferences=preferences,
            heard_before=heard_before,
            ahead=record["ahead"],
        )
        session._s = Sitting.from_record(record, candidates)
        session._s.revision += UNSEEN
        return session

    # -- inside -----------------------------------------------------------------------

    @contextmanager
    def _act(self) -> Iterator[None]:
        """One act of the listener, that can be undone if it changes anything."""
        before, revision = self._s.copy(), self._s.revision
        yield
        if self._s.revision != revision:
            self._undo = [*self._undo, before][-MOST_UNDONE:]

    def _set_out(self, aim: Aim) -> None:
        """Begin another course, in the style that seems to lead this listener best."""
        rng = np.random.default_rng((self._around.seed, self._s.revision, len(self._s.played)))
        usual_s = usual_length_s(self._around.candidates.tracks)
        self._s.course = Course(
            aim,
            style=self._s.learning.lead.draw(rng).style,
            over=tracks_in(aim.minutes, track_s=usual_s) or 0,
        )

    def _learn(self, choice: Choice, answer: Answer, position_s: float, now: datetime) -> Feedback:
        s = self._s
        feedback = Feedback(choice.track, answer, now, position_s)
        over = answer in (Answer.FINISHED, Answer.SKIPPED)
        mood = newly_read(s, now) if over else None
        s.learning.listener.heard(feedback, mood)
        course = s.course
        if mood is not None and course.arrives and course.start and course.end:
            s.learning.lead.learn(course.style, course.start, course.end, mood.mean)
        s.logged = (s.logged[0], s.logged[1] + 1)
        s.revision += 1
        return feedback

    def _away(self, unwanted: set[TrackUri], now: datetime) -> None:
        """Play none of these any more; go on if one of them plays."""
        s = self._s
        s.queue.take_out(unwanted)
        if s.playing is not None and s.playing.track.uri in unwanted:
            self._break_off(now)
            self._advance(now)
        else:
            self._replan(now)

    def _break_off(self, now: datetime) -> None:
        """What plays is left before its end; it cannot have played for longer than this."""
        if self._s.playing is not None and self._s.put_on_at is not None:
            self._s.course.broke_off((now - self._s.put_on_at).total_seconds())

    def _advance(self, now: datetime) -> None:
        if not len(self._s.queue):
            self._replan(now)
        following = self._s.queue.pop()
        if following is None:
            raise nothing_to_play()
        self._s.put_on(following, now)
        self._s.course.put_on(length_s(following.track))
        self._replan(now)

    def _replan(self, now: datetime, *, fixed: int = 0) -> None:
        """Plan for the mood and aim of now all but the ``fixed`` next tracks."""
        s = self._s
        s.planned_for = mood.mean if (mood := s.belief.at(now)) else None
        s.moved = None
        s.learning.listener.see(newly_read(s, now))
        s.course.follow(s.planned_for)
        refill(self._s, self._around, now, fixed=fixed)
        s.revision += 1
