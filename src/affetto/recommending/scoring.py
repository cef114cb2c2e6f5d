"""What speaks for each track, term by term, in one unit.

The unit is reward: half of it is the satisfaction with a track, half how near the mood
comes to where the listener wants to be, both in [0, 1]. Every term has a name, so that a
reason can be told by it; its amounts are told against the typical track of the library,
so that a term speaks for a track only where it sets it apart.

    taste       satisfaction expected of music of its kind
    told        what the listener said of it in words
    artist      an artist liked better, or worse, than music of their kind
    track       a track liked better, or worse, than its artist
    others      what other listeners agree on about it
    nearer      the mood expected after it, seen against the end of the way, as long as it lasts
    closeness   the track's own place, seen against where this track should lie
    transition  how it follows the track before
    variety     heard a while ago, or never; another artist than the last
    novelty     artists never heard, as the listener's slider wants them
    chance      a try: how much better it would be if a draw of the taste were true
    turn        near-equals take turns
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.choice import Goal, Intent
from affetto.emotion import Affect, Covariance
from affetto.recommending.fit import Candidates, Floats
from affetto.recommending.linear import Numbers
from affetto.recommending.nearest import Rows
from affetto.recommending.response import Response
from affetto.recommending.rules import Rules
from affetto.recommending.taste import Taste
from affetto.recommending.traits import AWAY, OF_THE_MOMENT, USUAL_AWAY, Moment
from affetto.recommending.transitions import roughness
from affetto.recommending.variety import LONG_AGO, fatigue
from affetto.track import TrackUri

SATISFACTION: Final = 0.5  # what full satisfaction is worth
NEARER: Final = 0.5 / 1.2  # of a map unit between the mood and where it should be
# What a map unit between a track's place and the waypoint costs. Little, since on 1,406
# field plays a track's tag moved moods little and mismatch was no law (SiTunes); more where
# the way was drawn by hand, which is told, not guessed.
CLOSENESS: Final = 0.08
DRAWN: Final = 0.5
UNSURE: Final = 0.15  # variance of the waypoint at which closeness counts half
TRANSITION: Final = 0.04  # of the hardest cut
NOVELTY: Final = 0.3  # between an artist never heard and a known one, at the slider's ends
KEPT: Final = 0.6  # of a shift of the mood, a track later
LATER: Final = 0.7  # power: later tracks move the mood, too, so that not all of it is needed
RULES: Final = Rules()
BLOCK: Final = 32_768  # tracks; a block's numbers stay in the cache


@dataclass(frozen=True, slots=True)
class Wish:
    """What one choice is for."""

    goal: Goal = Goal.MATCH
    intent: Intent | None = None  # what the music is for, where no goal says where to
    mood: Affect | None = None  # believed now
    target: Affect | None = None  # where the track should lie; None = anywhere
    around: Covariance = Covariance(0.0, 0.0, 0.0)  # how unsure the target is
    heard: Sequence[TrackUri] = ()  # oldest first
    barred: frozenset[TrackUri] = field(default_factory=frozenset)  # "not now"
    explicit: frozenset[TrackUri] = field(default_factory=frozenset)  # kept out by a filter
    end: Affect | None = None  # where the listener wants to be; None = at the target
    expected: Affect | None = None  # the mood after the track, did music nothing; None = not known
    doubt: float = 0.0  # variance of that, both axes together
    left: int | None = None  # tracks still to come; None = nobody knows
    drawn: bool = False  # the way was drawn by hand
    novelty: float = 0.5  # [0, 1]
    hour: float | None = None  # of the local day
    activity: str | None = None
    rules: Rules = RULES
    explore: bool = True  # whether it may be a try

    @property
    def moment(self) -> Moment:
        """What of it matters to a liking."""
        return Moment(self.mood, self.hour, self.activity)


class Scores:
    """The terms of every candidate for one wish."""

    def __init__(
        self, candidates: Candidates, wish: Wish, taste: Taste, response: Response
    ) -> None:
        self.candidates, self.wish = candidates, wish
        self.taste = taste
        self._line = _Line(candidates, taste, wish.moment)
        self._offsets = taste.offsets(candidates, wish.moment)
        self._response = response.coefficients
        self._end = wish.end or wish.target
        self._expected = wish.expected
        left = 2 if wish.left is None else min(8, max(0, wish.left))
        lasting = (1 - KEPT ** (left + 1)) / (1 - KEPT)
        self._nearer = NEARER * lasting**LATER
        unsure = (wish.around.vv + wish.around.aa) / 2
        closeness = DRAWN if wish.drawn else CLOSENESS
        self._closeness = closeness / (1 + unsure / UNSURE)
        recent = wish.heard[-LONG_AGO:]
        self._heard = [candidates.row[uri] for uri in recent if uri in candidates.row]
        self._sparse = self._added()

    def best(self, count: int, closed: npt.NDArray[np.bool_], numbers: Numbers | None) -> Rows:
        """The rows that score best by what is believed, and by ``numbers`` drawn from it.

        ``count`` of each at most, int64, in order; none that is ``closed``.
        """
        n = len(self.candidates)
        drawn = None
        if numbers is not None:
            drawn = np.float32(self.gain) * (self._line.weights(numbers) - self._line.believed)
        steady, daring = _Best(count), _Best(count)
        extra, liked = self._dense()
        for start in range(0, n, BLOCK):
            at = slice(start, min(n, start + BLOCK))
            total = self._steady(at, extra, liked)
            np.putmask(total, closed[at], np.float32(-np.inf))
            steady.offer(total, start)
            if drawn is not None:
                total += drawn @ self._line.columns[:, at]
                daring.offer(total, start)
        return np.unique(np.concatenate([steady.rows(), daring.rows()]))

    def worth(self) -> Floats:
        """What every row scores, but for how it follows the track before, float32 (n,)."""
        extra, liked = self._dense()
        n = len(self.candidates)
        blocks = [slice(start, min(n, start + BLOCK)) for start in range(0, n, BLOCK)]
        return np.concatenate([extra[:0], *(self._steady(at, extra, liked) for at in blocks)])

    def terms(self, rows: Rows) -> dict[str, Floats]:
        """The amounts of these rows by name, float32 (m,) each; they sum to the score."""
        line, among = self._line.satisfaction(rows), _Among(rows)
        added = {name: among.told(offset) for name, offset in self._offsets.items()}
        pleased = np.clip(line + sum(added.values()), 0.0, 1.0)
        told: dict[str, Floats] = {n: SATISFACTION * amount for n, amount in added.items()}
        told["taste"] = SATISFACTION * pleased - sum(told.values())
        told["nearer"] = self._near(rows, pleased)
        told["closeness"] = self._close(rows)
        told["transition"] = self._following(rows)
        for name, offset in self._sparse.items():
            told[name] = among.told(offset)
        return told

    def tries(self, rows: Rows, numbers: Numbers) -> Floats:
        """What these rows score more by each of the ``numbers`` (k, d), float32 (k, m)."""
        weights = self._line.weights(numbers) - self._line.believed
        return np.asarray(self.gain * (weights @ self._line.columns[:, rows]), np.float32)

    def satisfaction(self, rows: Rows) -> Floats:
        """The satisfaction expected of these rows, float32 (m,), in [0, 1]."""
        among = _Among(rows)
        added = sum(among.told(offset) for offset in self._offsets.values())
        return np.asarray(np.clip(self._line.satisfaction(rows) + added, 0.0, 1.0), np.float32)

    @property
    def gain(self) -> float:
        """What a unit of satisfaction is worth, with what it does to the mood."""
        return SATISFACTION + (0.5 * self._nearer * abs(self._response[0][2]) if self._end else 0.0)

    # -- inside ------------------------------------------------------------------------------

    def _added(self) -> dict[str, tuple[Rows, Floats]]:
        """The terms that speak of few tracks."""
        known = self._offsets["artist"][0]
        push = -2 * NOVELTY * (self.wish.novelty - 0.5)
        return {
            "variety": fatigue(self.candidates, self._heard),
            "novelty": (np.unique(known), np.full(len(np.unique(known)), push, np.float32))
            if push
            else (known[:0], np.zeros(0, np.float32)),
        }

    def _dense(self) -> tuple[Floats, Floats]:
        """What is added to the score, and to the satisfaction, of every row."""
        extra, liked = (np.zeros(len(self.candidates), np.float32) for _ in range(2))
        for rows, amounts in self._sparse.values():
            np.add.at(extra, rows, amounts)
        for rows, amounts in self._offsets.values():
            np.add.at(liked, rows, amounts)
        return extra, liked

    def _steady(self, at: slice, extra: Floats, liked: Floats) -> Floats:
        """What these rows score by what is believed, but for how they follow."""
        pleased = self._line.satisfaction(at)
        pleased += liked[at]
        np.clip(pleased, 0.0, 1.0, out=pleased)
        total = self._near(at, pleased)
        total += self._close(at)
        total += SATISFACTION * pleased
        total += extra[at]
        return total

    def _near(self, at: slice | Rows, pleased: Floats) -> Floats:
        """The mood expected after these tracks, against where the listener wants to be."""
        if self._end is None or self._expected is None:
            return np.zeros(len(pleased), np.float32)
        v, a = self._response
        places = self.candidates
        dv = np.float32(v[1]) * places.valence[at] + np.float32(v[2]) * pleased
        dv += np.float32(self._expected.valence + v[0] - 0.5 * v[2] - self._end.valence)
        da = np.float32(a[1]) * places.arousal[at] + np.float32(a[2]) * pleased
        da += np.float32(self._expected.arousal + a[0] - 0.5 * a[2] - self._end.arousal)
        return _apart(dv, da, np.float32(self.wish.doubt), np.float32(-self._nearer))

    def _close(self, at: slice | Rows) -> Floats:
        """These tracks' own places, against where this one should lie."""
        target, places = self.wish.target, self.candidates
        if target is None:
            return np.zeros(len(places.valence[at]), np.float32)
        dv = places.valence[at] - np.float32(target.valence)
        da = places.arousal[at] - np.float32(target.arousal)
        return _apart(dv, da, places.doubt[at], np.float32(-self._closeness))

    def _following(self, rows: Rows) -> Floats:
        if not self._heard:
            return np.zeros(len(rows), np.float32)
        rough = roughness(self.candidates.sounds, np.array(self._heard[-1:], np.int64), rows)
        return np.asarray(-TRANSITION * rough[0], np.float32)


class _Line:
    """The line of a taste over the traits of some candidates, at one moment."""

    def __init__(self, candidates: Candidates, taste: Taste, moment: Moment) -> None:
        self._taste, self._moment, self._places = taste, moment, candidates
        self._names = candidates.traits.names
        self.columns = candidates.traits.columns
        self._arousal = self._names.index("arousal") if "arousal" in self._names else None
        self.believed = self.weights(taste.line.posterior.mean)
        self._away = float(taste.weights((AWAY,))[0]) if moment.mood else 0.0

    def weights(self, numbers: Numbers) -> Floats:
        """What each column of the traits weighs, float32 (..., d), with the moment's traits."""
        told = self._taste.weights((*self._names, *OF_THE_MOMENT), numbers)
        weights, lively = told[..., : len(self._names)], told[..., len(self._names) + 1 :]
        if self._arousal is not None:
            weights[..., self._arousal] += lively @ np.array(list(self._moment.lively.values()))
        return np.asarray(weights, np.float32)

    def satisfaction(self, at: slice | Rows) -> Floats:
        """What the line alone expects, float32 (m,)."""
        told = self.believed @ self.columns[:, at]
        mood = self._moment.mood
        if self._away and mood is not None:
            dv = self._places.valence[at] - np.float32(mood.valence)
            da = self._places.arousal[at] - np.float32(mood.arousal)
            told += _apart(dv, da, np.float32(0.0), np.float32(self._away))
            told -= np.float32(self._away * USUAL_AWAY)
        return np.asarray(told, np.float32)


class _Best:
    """The rows of the highest scores, offered block by block."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._scores = [np.zeros(0, np.float32)]
        self._rows = [np.zeros(0, np.int64)]
        self._held = 0
        self._limit = np.float32(-np.inf)

    def offer(self, scores: Floats, start: int) -> None:
        """Look at the scores of the rows from ``start`` on."""
        better = np.flatnonzero(scores > self._limit)
        if not len(better):
            return
        self._scores.append(scores[better])
        self._rows.append(better + start)
        self._held += len(better)
        if self._held > 4 * self._count:
            self._sort_out()

    def rows(self) -> Rows:
        """The best so far, at most ``count``, in no order."""
        self._sort_out()
        return self._rows[0]

    def _sort_out(self) -> None:
        scores, rows = np.concatenate(self._scores), np.concatenate(self._rows)
        if len(scores) > self._count:
            keep = np.argpartition(-scores, self._count - 1)[: self._count]
            scores, rows = scores[keep], rows[keep]
            self._limit = scores.min()
        self._scores, self._rows, self._held = [scores], [rows], len(rows)


def _apart(dv: Floats, da: Floats, doubt: Floats | np.float32, weight: np.float32) -> Floats:
    """``weight`` times the distance to be expected, in place of ``dv``; ``da`` is used up."""
    dv *= dv
    da *= da
    dv += da
    dv += doubt
    np.sqrt(dv, out=dv)
    dv *= weight
    return dv


class _Among:
    """Some rows, to find among them what sparse amounts speak of."""

    def __init__(self, rows: Rows) -> None:
        self._order = np.argsort(rows, kind="stable")
        self._sorted = rows[self._order]

    def told(self, offset: tuple[Rows, Floats]) -> Floats:
        """What the amounts add to each of the rows, float32 (m,)."""
        told = np.zeros(len(self._sorted), np.float32)
        rows, amounts = offset
        if len(rows):
            place = np.searchsorted(self._sorted, rows)
            place[place == len(told)] = 0
            hit = self._sorted[place] == rows
            np.add.at(told, self._order[place[hit]], amounts[hit])
        return told
