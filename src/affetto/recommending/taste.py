"""What one listener likes: learned from answers, told in words, remembered by name.

The satisfaction to expect of a track, in [0, 1], is a line through its traits
(``traits.py``) that begins where most people's does, plus what the listener said of it in
so many words, plus how far its artist and the track itself were liked better or worse
than that. Fit is kept apart: "not now" says the moment was wrong, never that the song is
bad.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from affetto.choice import Answer, Feedback
from affetto.recommending.fit import Candidates, Floats
from affetto.recommending.lessons import (
    CENSORED,
    KEEP,
    Like,
    Residue,
    Saying,
    lesson,
)
from affetto.recommending.linear import Linear, Numbers, Prior
from affetto.recommending.nearest import Rows
from affetto.recommending.traits import (
    AWAY,
    CONSTANT,
    GENRE,
    LATE,
    MORNING,
    MOVING,
    SCALES,
    Moment,
    describe,
)
from affetto.track import Track, TrackUri

__all__ = ["PEOPLE", "Like", "Residue", "Saying", "Taste", "agreement", "lesson"]

Offset = tuple[Rows, Floats]  # rows, and what is added to each

NOTHING: Final[Mapping[TrackUri, float]] = MappingProxyType({})

MOST: Final = 20  # numbers of the line: with them what was learned stays under 2 kB
# How many lessons it takes until an artist's, or a track's, own liking is half believed.
ARTIST_HALF: Final = 3.0
WIDE: Final = 1.96  # standard deviations to each side of 95 in 100
TRACK_HALF: Final = 1.5
AGREED_HALF: Final = 10.0  # and what all listeners together find of a track
# What a word is worth. A dislike is meant more firmly than a like.
TOLD: Final[Mapping[bool, float]] = {True: 0.25, False: -0.5}
# The plays of an imported history: 64 of them say as much as this, and no more.
IMPORTED: Final = 0.75
IMPORTED_WEIGHT: Final = 0.3

# Before anything is known: the middle, a little better for what many like, a little worse
# for what lies far from the mood. On 1,406 field plays that last was no law (-.03 stars a
# map unit; SiTunes, CHIIR 2024) while people differed, so that it is for each to teach.
PEOPLE: Final = Prior.of(
    {
        CONSTANT: (0.5, 0.14),
        **dict.fromkeys(SCALES, (0.0, 0.08)),
        "popularity": (0.03, 0.08),
        AWAY: (-0.03, 0.12),
        MORNING: (0.0, 0.04),
        LATE: (0.0, 0.04),
        MOVING: (0.02, 0.06),
    },
    noise=0.06,
)


class Taste:
    """One listener's liking. What nobody judged is expected to be as most people find it."""

    def __init__(self, people: Prior = PEOPLE, agreed: Mapping[TrackUri, float] = NOTHING) -> None:
        self.line = Linear(people)
        self.agreed = agreed  # what other listeners find of a track, beyond its traits
        self.liked: dict[TrackUri, Like] = {}  # said in as many words
        self.never: set[TrackUri] = set()
        self.tracks: dict[TrackUri, Residue] = {}
        self.artists: dict[str, Residue] = {}
        self.told: dict[Saying, bool] = {}
        self.lessons = 0.0  # taken in, each by its weight
        self._laid: tuple[Candidates, Mapping[str, Offset]] | None = None
        self._common: tuple[Candidates, Mapping[TrackUri, float], Offset] | None = None

    # -- what is believed ----------------------------------------------------------------

    def likes(self, uri: TrackUri) -> bool:
        """Whether the listener said they like this very track."""
        return uri in self.liked

    @property
    def pleased(self) -> bool:
        """Whether anything was liked, or heard out, and not only skipped."""
        return bool(self.liked) or any(known.missed > 0.0 for known in self.tracks.values())

    def expected(
        self,
        track: Track,
        moment: Moment = Moment(),
        traits: Mapping[str, float] | None = None,
    ) -> float:
        """The satisfaction to expect of one track, [0, 1]."""
        x = self._vector(self._traits(track, moment, traits))
        known = self.line.expects(x) + self.word_for(track, moment)
        known += self.of_artist(track.artist) + self.of_track(track.uri)
        known += self.of_others(track.uri)
        return min(1.0, max(0.0, known))

    def weights(self, names: tuple[str, ...], numbers: Numbers | None = None) -> Numbers:
        """The line's numbers for these traits, (d,); those of draws, (k, d), for ``numbers``.

        What the line has no number for yet is as people are.
        """
        numbers = self.line.posterior.mean if numbers is None else numbers
        row = self.line.prior.row
        known = [i for i, name in enumerate(names) if name in row]
        told = np.zeros((*numbers.shape[:-1], len(names)))
        told[..., known] = numbers[..., [row[names[i]] for i in known]]
        return told

    def word_for(self, track: Track, moment: Moment = Moment()) -> float:
        """What the listener's own words add to a track now."""
        met = (s for s in self.told if s.counts(moment) and s.meets(track))
        return sum(TOLD[self.told[s]] for s in met)

    def of_artist(self, artist: str) -> float:
        """What an artist adds to their tracks, beyond the traits."""
        known = self.artists.get(artist.casefold())
        return 0.0 if known is None else known.amount(ARTIST_HALF, self.lessons)

    def wide(self, trait: str) -> float:
        """Half the interval that what a trait is worth lies in by 95 in 100."""
        at = self.line.prior.row.get(trait)
        return math.inf if at is None else WIDE * math.sqrt(self.line.posterior.covariance[at, at])

    def wide_of_artist(self, artist: str) -> float:
        """Half the interval that ``of_artist`` lies in by 95 in 100."""
        known = self.artists.get(artist.casefold())
        weight = 0.0 if known is None else known.weight
        return WIDE * math.sqrt(self.line.prior.noise / (weight + ARTIST_HALF))

    def of_track(self, uri: TrackUri) -> float:
        """What a track adds of its own, as far as this listener knows it."""
        known = self.tracks.get(uri)
        return 0.0 if known is None else known.amount(TRACK_HALF, self.lessons)

    def of_others(self, uri: TrackUri) -> float:
        """What a track adds since others agree on it; the less, the better it is known here."""
        told = self.agreed.get(uri, 0.0)
        known = self.tracks.get(uri) if told else None
        return told if known is None else told * known.left(TRACK_HALF, self.lessons)

    def offsets(self, candidates: Candidates, moment: Moment = Moment()) -> Mapping[str, Offset]:
        """What words, artists and tracks of their own add, by the name of the term.

        Each is rows and amounts, as sparse as what was taught; a row may come more than once.
        """
        if self._laid is None or self._laid[0] is not candidates:
            artists = [(candidates.of_artist(name), self.of_artist(name)) for name in self.artists]
            known = [uri for uri in self.tracks if uri in candidates.row]
            tracks = (
                np.array([candidates.row[uri] for uri in known], np.int64),
                np.array([self.of_track(uri) for uri in known], np.float32),
            )
            rows, amounts = self._others_laid_out(candidates)
            known_too = [uri for uri in known if uri in self.agreed]
            less = [self.of_others(uri) - self.agreed[uri] for uri in known_too]
            others = (
                np.append(rows, [candidates.row[uri] for uri in known_too]).astype(np.int64),
                np.append(amounts, less).astype(np.float32),
            )
            found = {"artist": _together(artists), "track": tracks, "others": others}
            self._laid = candidates, found
        told = [
            (self._met(candidates, saying), TOLD[likes])
            for saying, likes in self.told.items()
            if saying.counts(moment)
        ]
        return {"told": _together(told), **self._laid[1]}

    def _others_laid_out(self, candidates: Candidates) -> Offset:
        """What others agree on, told of every track alike; made once, since it may be many."""
        laid = self._common
        if laid is None or laid[0] is not candidates or laid[1] is not self.agreed:
            known = [uri for uri in self.agreed if uri in candidates.row]
            rows = np.array([candidates.row[uri] for uri in known], np.int64)
            amounts = np.array([self.agreed[uri] for uri in known], np.float32)
            laid = self._common = candidates, self.agreed, (rows, amounts)
        return laid[2]

    @staticmethod
    def _met(candidates: Candidates, saying: Saying) -> Rows:
        if saying.kind == "artist":
            return candidates.of_artist(saying.name)
        if saying.kind == "genre":
            return candidates.of_genre(saying.name)
        if not saying.name.isdecimal():  # kept before it was asked for a year
            return np.zeros(0, np.int64)
        return candidates.of_decade(int(saying.name))

    # -- what it learns from -------------------------------------------------------------

    def learn(
        self,
        feedback: Feedback,
        moment: Moment = Moment(),
        traits: Mapping[str, float] | None = None,
    ) -> None:
        """Take in one answer; a like said twice, or taken back twice, counts once.

        ``traits`` are the track's, as its library tells them; by default the track's own.
        """
        track, uri = feedback.track, feedback.track.uri
        if feedback.answer is Answer.UNLIKED:
            self._take_back(track, traits)
            return
        said = lesson(feedback)
        if said is None or self._knew(feedback):
            return
        satisfaction, weight = said
        known = self._traits(track, moment, traits)
        if feedback.answer is Answer.FINISHED:
            more = self.expected(track, moment, traits) - satisfaction
            satisfaction += CENSORED * max(0.0, more)
        artist, own = self._study(track, known, moment, satisfaction, weight)
        if feedback.answer is Answer.LIKED:
            self.never.discard(uri)
            now = {n: v for n, v in known.items() if n not in (traits or describe(track))}
            wanted = satisfaction - self.word_for(track, moment) - self.agreed.get(uri, 0.0)
            self.liked[uri] = Like(self.lessons, weight, wanted, artist, own, now)
        elif feedback.answer is Answer.NEVER:
            if uri in self.liked:
                self._take_back(track, traits)
            self.never.add(uri)

    def tell(self, saying: Saying, likes: bool | None) -> None:
        """Note what the listener says they like or dislike; None takes it back."""
        self._laid = None
        saying = Saying(saying.kind, saying.name.casefold().strip(), saying.mood)
        if likes is None:
            self.told.pop(saying, None)
        else:
            self.told[saying] = likes

    def agree(self, agreed: Mapping[TrackUri, float]) -> None:
        """Know what other listeners find of each track."""
        self.agreed, self._laid = agreed, None

    def recall(self, track: Track, plays: float) -> None:
        """Take in that a track was played so often elsewhere: weak evidence that it pleased."""
        share = min(1.0, math.log2(1.0 + max(0.0, plays)) / 6.0)
        if share > 0.0:
            wanted = 0.5 + share * (IMPORTED - 0.5)
            known = self._traits(track, Moment(), None)
            self._study(track, known, Moment(), wanted, IMPORTED_WEIGHT * share)

    @classmethod
    def learned(cls, feedback: Iterable[Feedback], people: Prior = PEOPLE) -> Taste:
        """The taste that a history of answers teaches."""
        taste = cls(people)
        for one in feedback:
            taste.learn(one)
        return taste

    # -- what is kept ----------------------------------------------------------------------

    def copy(self) -> Taste:
        """The same taste, to learn by itself."""
        same = copy(self)
        same.line = self.line.copy()
        same.liked, same.never, same.told = dict(self.liked), set(self.never), dict(self.told)
        same.tracks, same.artists = dict(self.tracks), dict(self.artists)
        return same

    def to_record(self) -> dict[str, Any]:
        """The taste as JSON, exactly."""
        return {
            "version": 2,
            "line": self.line.to_record(),
            "lessons": self.lessons,
            "liked": {
                uri: [
                    one.at,
                    one.weight,
                    one.satisfaction,
                    one.artist_missed,
                    one.track_missed,
                    dict(one.moment),
                ]
                for uri, one in self.liked.items()
            },
            "never": sorted(self.never),
            "tracks": {uri: [r.missed, r.weight, r.at] for uri, r in self.tracks.items()},
            "artists": {name: [r.missed, r.weight, r.at] for name, r in self.artists.items()},
            "told": [[s.kind, s.name, s.mood, likes] for s, likes in self.told.items()],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any], people: Prior = PEOPLE) -> Taste:
        """The taste that ``to_record`` wrote, now or before likes had a line to teach."""
        if "version" not in record:
            return _earlier(record, people)
        taste = cls(people)
        taste.line = Linear.from_record(record["line"], people)
        taste.lessons = float(record["lessons"])
        taste.liked = {TrackUri(uri): Like(*one) for uri, one in record["liked"].items()}
        taste.never = {TrackUri(uri) for uri in record["never"]}
        taste.tracks = {TrackUri(uri): Residue(*one) for uri, one in record["tracks"].items()}
        taste.artists = {name: Residue(*one) for name, one in record["artists"].items()}
        taste.told = {Saying(kind, name, mood): bool(y) for kind, name, mood, y in record["told"]}
        return taste

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Taste) and self.to_record() == other.to_record()

    __hash__ = None  # type: ignore[assignment]  # it changes with every lesson

    # -- inside ------------------------------------------------------------------------------

    @staticmethod
    def _traits(
        track: Track, moment: Moment, traits: Mapping[str, float] | None
    ) -> dict[str, float]:
        told = dict(describe(track) if traits is None else traits)
        if track.features is not None:
            told |= moment.of(track.features.valence, track.features.arousal)
        return told

    def _vector(self, traits: Mapping[str, float]) -> Numbers:
        return np.array([traits.get(name, 0.0) for name in self.line.names], float)

    def _knew(self, feedback: Feedback) -> bool:
        """Whether an answer says nothing new of a track that was judged in as many words."""
        uri, answer = feedback.track.uri, feedback.answer
        if uri in self.liked:
            return answer in (Answer.LIKED, Answer.FINISHED)
        return uri in self.never and answer is not Answer.LIKED

    def _study(
        self,
        track: Track,
        traits: Mapping[str, float],
        moment: Moment,
        satisfaction: float,
        weight: float,
    ) -> tuple[float, float]:
        """Learn one satisfaction; how far the artist and the track were misjudged."""
        self._make_room(traits)
        x = self._vector(traits)
        wanted = satisfaction - self.word_for(track, moment)
        agreed = self.agreed.get(track.uri, 0.0)
        artist_missed = wanted - self.line.expects(x) - agreed
        track_missed = artist_missed + agreed - self.of_artist(track.artist)
        self.lessons += weight
        self.line.forget(math.pow(KEEP, weight))
        self.line.learn(x, wanted - agreed, weight)
        self._add(track, artist_missed, track_missed, weight)
        return artist_missed, track_missed

    def _add(self, track: Track, artist_missed: float, own_missed: float, weight: float) -> None:
        self._laid = None
        name, uri = track.artist.casefold(), track.uri
        if name:
            old = self.artists.get(name, Residue())
            self.artists[name] = old.plus(artist_missed, weight, self.lessons)
        self.tracks[uri] = self.tracks.get(uri, Residue()).plus(own_missed, weight, self.lessons)

    def _take_back(self, track: Track, traits: Mapping[str, float] | None) -> None:
        like = self.liked.pop(track.uri, None)
        if like is None or like.weight == 0.0:
            return
        left = like.weight * math.pow(KEEP, self.lessons - like.at)
        known = {**(describe(track) if traits is None else traits), **like.moment}
        self.line.learn(self._vector(known), like.satisfaction, -left)
        self._add(track, like.artist_missed, like.track_missed, -left)

    def _make_room(self, traits: Mapping[str, float]) -> None:
        """Let the line have these traits; of genres hardly ever met, the newest stays."""
        names = list(self.line.names)
        new = [name for name, value in traits.items() if value and name not in names]
        if not new:
            return
        met = self.line.importance()
        for name in new:
            if len(names) >= max(MOST, len(PEOPLE.names)):
                genres = [n for n in names if n.startswith(GENRE)]
                rare = min(genres, key=lambda n: met.get(n, 0.0), default=None)
                if rare is None or met.get(rare, 0.0) >= 1.0:
                    continue
                names.remove(rare)
            names.append(name)
        self.line = self.line.under(self.line.prior.over(names))


def _together(told: Sequence[tuple[Rows, float]]) -> Offset:
    rows = [np.zeros(0, np.int64), *(rows for rows, _ in told)]
    amounts = [np.full(len(rows), amount, np.float32) for rows, amount in told]
    return np.concatenate(rows), np.concatenate([np.zeros(0, np.float32), *amounts])


def _earlier(record: Mapping[str, Any], people: Prior) -> Taste:
    """The taste of a record that counted likes by track and artist, in [-2, 2] each."""
    taste = Taste(people)
    taste.liked = {TrackUri(uri): Like() for uri in record["liked"]}
    for uri, likes in record["tracks"].items():
        taste.tracks[TrackUri(uri)] = _from_likes(float(likes))
    for name, likes in record["artists"].items():
        taste.artists[str(name)] = _from_likes(float(likes))
    return taste


def _from_likes(likes: float) -> Residue:
    held = max(-2.0, min(2.0, likes))
    return Residue(0.4 * held, abs(held))


def agreement(tastes: Iterable[Taste]) -> dict[TrackUri, float]:
    """What listeners agree on about each track, beyond its traits, shrunk by how few they are."""
    missed: dict[TrackUri, float] = {}
    weight: dict[TrackUri, float] = {}
    for taste in tastes:
        for uri, known in taste.tracks.items():
            missed[uri] = missed.get(uri, 0.0) + known.missed
            weight[uri] = weight.get(uri, 0.0) + known.weight
    return {uri: told / (weight[uri] + AGREED_HALF) for uri, told in missed.items()}
