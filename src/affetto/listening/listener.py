"""One listener: their taste, what music does to them, and the mood they are in.

    begin ──▶ decide ──▶ heard ──▶ decide ──▶ heard …      undo: as if the last were not said

It joins three things that know nothing of each other: the taste and the response of
``recommending`` and the following of ``mood``. Beyond one sitting only this is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from affetto.choice import Aim, Answer, Choice, Feedback, Goal
from affetto.emotion import Affect, Covariance, MoodState
from affetto.listening.records import affect_from, aim_from, aim_record, pair_of
from affetto.mood.blending import SELF
from affetto.mood.following import PEOPLE as MOODS
from affetto.mood.following import TRACK_S, Following, Population
from affetto.mood.following import refitted as moods_refitted
from affetto.mood.path import UNTIMED, end_of, places_at, tracks_in
from affetto.recommending import response, taste
from affetto.recommending.fit import Candidates
from affetto.recommending.linear import Prior, refit
from affetto.recommending.reasons import otherwise
from affetto.recommending.recommender import Wish, choose, was_a_try, weigh
from affetto.recommending.response import Response
from affetto.recommending.rules import Rules, rules_for
from affetto.recommending.taste import Taste, lesson
from affetto.recommending.traits import Moment
from affetto.track import Track, TrackUri

NIGHT_S: Final = 12 * 3600.0  # a sitting begins so long after the last, if nobody knows
LIKED_AGAIN: Final = 0.85  # satisfaction of hearing out what one said one likes
UNDOABLE: Final = 20  # answers that can be taken back


@dataclass(frozen=True)
class People:
    """What is known of people: where every listener begins."""

    taste: Prior = taste.PEOPLE
    response: response.People = response.PEOPLE
    moods: Population = MOODS
    agreed: Mapping[TrackUri, float] = field(default_factory=dict)  # of tracks, beyond traits


PEOPLE: Final = People()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a choice has to mind beside taste and mood."""

    heard: Sequence[TrackUri] = ()  # oldest first, over all sittings
    barred: frozenset[TrackUri] = frozenset()  # "not now"
    explicit: frozenset[TrackUri] = frozenset()  # kept out by the listener's filter
    target: Affect | None = None  # of a planned journey; None: as the aim leads
    left: int | None = None  # tracks still to come in this sitting; None: nobody knows
    novelty: float = 0.5  # [0, 1]: 0 only what is known, 1 as much new as can be
    hour: float | None = None  # of the local day
    activity: str | None = None
    rules: Rules | None = None  # None: those of the aim
    tried: bool | None = None  # whether the track before is a try; None: as remembered
    explain: bool = True  # work out what another goal would have played


class Listener:
    """What is known of one person, and the choices that follow from it."""

    def __init__(self, people: People = PEOPLE, *, undoable: int = UNDOABLE) -> None:
        self.people = people
        self.taste = Taste(people.taste, people.agreed)
        self.response = Response(people.response)
        self.following = Following(people.moods)
        self._undoable = undoable
        self._past: list[Listener] = []
        self._aim = Aim()
        self._start: Affect | None = None  # the mood at the beginning, once one is known
        self._known = False  # whether the mood of this sitting was ever read
        self._step = 0
        self._tried = False  # whether the track that plays was a try
        self._hour: float | None = None
        self._activity: str | None = None

    # -- a sitting -------------------------------------------------------------------------

    def begin(
        self, mood: MoodState | None, aim: Aim | None = None, *, since_s: float = NIGHT_S
    ) -> None:
        """Begin a sitting; ``mood`` is what is believed now, None when nothing is.

        ``since_s`` is how long ago the last one ended.
        """
        self.following.wait(since_s)
        self._aim, self._step, self._tried = aim or Aim(), 0, False
        self._start, self._known = None, False
        self.see(mood)

    def redirect(self, aim: Aim) -> None:
        """Go somewhere else from here, in the same sitting."""
        self._aim, self._step = aim, 0
        self._start = self.following.mean if self._known else None

    def see(self, mood: MoodState | None) -> None:
        """Take in what is believed of the mood; None changes nothing."""
        if mood is None:
            return
        own = mood.believed.get(SELF, 0.0) > 0.5
        self.following.observe(mood.mean, mood.covariance, own=own)
        self._known = True
        if self._start is None:
            self._start = self.following.mean

    def decide(
        self, candidates: Candidates, setting: Setting | None = None, *, rng: np.random.Generator
    ) -> Choice:
        """The track to play now. The same generator state, the same choice.

        Raises NothingToPlay when there is no candidate at all.
        """
        setting = setting or Setting()
        self._hour, self._activity = setting.hour, setting.activity
        wish = self.wish(setting)
        other = self._another(wish) if setting.explain else None
        choice = choose(
            candidates, wish, taste=self.taste, rng=rng, response=self.response, other=other
        )
        self._tried = was_a_try(choice)
        return choice

    def instead(self, candidates: Candidates, setting: Setting, played: Track) -> str:
        """What another goal would have played in place of a track, as one sentence."""
        other = self._another(self.wish(setting))
        found = weigh(candidates, other, taste=self.taste, rng=None, response=self.response)
        best = candidates.tracks[int(found.rows[found.pick])]
        return otherwise(other.goal, played, best)

    def wish(self, setting: Setting) -> Wish:
        """What the next choice is for."""
        around = self.following.covariance
        target = setting.target
        if target is None:
            over = max(self._step + 1, tracks_in(self._aim.minutes) or UNTIMED)
            (target,) = places_at(self._aim, self._start, [self._step], over=over)
        return Wish(
            goal=self._aim.goal,
            intent=self._aim.intent,
            mood=self.following.mean if self._known else None,
            target=target,
            around=around if self._known else Covariance(0.0, 0.0, 0.0),
            heard=setting.heard,
            barred=setting.barred,
            explicit=setting.explicit,
            end=end_of(self._aim, self._start) or target,
            expected=self.following.expected(),
            doubt=(around.vv + around.aa) / 2,
            left=setting.left,
            drawn=bool(self._aim.way),
            novelty=setting.novelty,
            hour=setting.hour,
            activity=setting.activity,
            rules=setting.rules or rules_for(self._aim),
            explore=not (self._tried if setting.tried is None else setting.tried),
        )

    def heard(
        self,
        feedback: Feedback,
        mood: MoodState | None = None,
        *,
        traits: Mapping[str, float] | None = None,
    ) -> None:
        """Take in one answer; ``mood`` is what was read after a track ended or was skipped.

        ``traits`` are the track's, as its library tells them; by default the track's own.
        """
        if self._undoable:
            self._past = [*self._past, self.copy()][-self._undoable :]
        moment = Moment(self.following.mean if self._known else None, self._hour, self._activity)
        said = lesson(feedback)
        self.taste.learn(feedback, moment, traits)
        if said is not None and feedback.answer in (Answer.FINISHED, Answer.SKIPPED):
            liked = self.taste.likes(feedback.track.uri) and feedback.answer is Answer.FINISHED
            self._moved(feedback, LIKED_AGAIN if liked else said[0], mood)
            self._step += 1
        else:
            self.see(mood)

    def undo(self) -> bool:
        """Be exactly as before the last ``heard``; False when there is none to undo."""
        if not self._past:
            return False
        before, past = self._past[-1], self._past[:-1]
        self.__dict__.update(before.__dict__)
        self._past = past
        return True

    # -- what is kept ------------------------------------------------------------------------

    def copy(self) -> Listener:
        """The same listener, to learn by themselves; with nothing to undo."""
        same = copy(self)
        same.taste, same.response = self.taste.copy(), self.response.copy()
        same.following, same._past = self.following.copy(), []
        return same

    def to_record(self) -> dict[str, Any]:
        """What is kept of the listener as JSON, exactly; the learned part under 2 kB.

        The learned part is the line of the taste, the response and the following; what
        the listener said and heard by name comes beside it.
        """
        return {
            "version": 1,
            "taste": self.taste.to_record(),
            "response": self.response.to_record(),
            "following": self.following.to_record(),
            "sitting": {
                "aim": aim_record(self._aim),
                "start": pair_of(self._start),
                "known": self._known,
                "step": self._step,
                "tried": self._tried,
                "hour": self._hour,
                "activity": self._activity,
            },
            "undoable": self._undoable,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any], people: People = PEOPLE) -> Listener:
        """The listener that ``to_record`` wrote; a taste alone, as once kept, will do."""
        listener = cls(people)
        if "following" not in record:
            listener.taste = Taste.from_record(record, people.taste)
            return listener
        listener.taste = Taste.from_record(record["taste"], people.taste)
        listener.taste.agreed = people.agreed
        listener.response = Response.from_record(record["response"], people.response)
        listener.following = Following.from_record(record["following"], people.moods)
        sitting = record["sitting"]
        listener._aim, listener._start = aim_from(sitting["aim"]), affect_from(sitting["start"])
        listener._known, listener._step = sitting["known"], sitting["step"]
        listener._tried = sitting["tried"]
        listener._hour, listener._activity = sitting["hour"], sitting["activity"]
        listener._undoable = record["undoable"]
        return listener

    def under(self, people: People) -> None:
        """See what this listener taught in the light of what is known of people now."""
        self.people = people
        names = self.taste.line.names
        self.taste.line = self.taste.line.under(people.taste.over(names))
        self.taste.agree(people.agreed)
        self.response.valence = self.response.valence.under(people.response.valence)
        self.response.arousal = self.response.arousal.under(people.response.arousal)

    # -- inside ------------------------------------------------------------------------------

    def _moved(self, feedback: Feedback, satisfaction: float, mood: MoodState | None) -> None:
        """A track went by: carry the mood on, and learn what the track did to it."""
        length = feedback.track.duration_s or TRACK_S
        skipped = feedback.answer is Answer.SKIPPED
        share = min(1.0, max(0.0, feedback.position_s / length)) if skipped else 1.0
        features = feedback.track.features
        seconds = share * length
        rest, before = self.following.expected(seconds), self.following.covariance
        kept = self.following.inertia
        shift = None
        if features is not None:
            shift = self.response.shift(features.valence, features.arousal, satisfaction)
        self.following.carry(shift, share, seconds)
        if mood is not None and features is not None and self._known:
            read = mood.covariance
            self.response.learn(
                (features.valence, features.arousal),
                satisfaction,
                (mood.mean.valence - rest.valence, mood.mean.arousal - rest.arousal),
                (kept[0] ** 2 * before.vv + read.vv, kept[1] ** 2 * before.aa + read.aa),
                share,
            )
        self.see(mood)

    def _another(self, wish: Wish) -> Wish:
        """The same moment with another goal: calm, or a lift where calm was wanted."""
        goal = Goal.LIFT if self._aim.goal in (Goal.CALM, Goal.SLEEP, Goal.FOCUS) else Goal.CALM
        aim = Aim(goal)
        (target,) = places_at(aim, self._start, [self._step])
        return replace(wish, goal=goal, target=target, end=end_of(aim, self._start), drawn=False)


def refitted(first: People, listeners: Sequence[Listener], *, now: People | None = None) -> People:
    """What is known of people after meeting some (empirical Bayes), beginning with ``first``.

    ``now`` is what the last refit gave.
    """
    now = now or first
    lines = [one.taste.line for one in listeners]
    valences = [one.response.valence for one in listeners]
    arousals = [one.response.arousal for one in listeners]
    return People(
        taste=refit(first.taste, lines, now=now.taste),
        response=response.People(
            refit(first.response.valence, valences, now=now.response.valence),
            refit(first.response.arousal, arousals, now=now.response.arousal),
        ),
        moods=moods_refitted(first.moods, [one.following for one in listeners]),
        agreed=taste.agreement(one.taste for one in listeners),
    )
