"""A clip second by second: what the face in it looks like, or why that cannot be told.

One person is followed: the largest face first, then whoever overlaps where it was. When
that one has gone for longer than a detector misses a face, it is the largest again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from affetto.emotion import Affect, Covariance, EmotionReading
from affetto.senses.clip import Clip
from affetto.senses.face import Doubt, FaceReader, Look, SeenFace
from affetto.senses.following import Face, Faces, Track

A_SECOND: Final = 5  # looks at a clip
ENOUGH: Final = 0.5  # of a second's looks must have shown a face that could be read
MISSED_S: Final = 0.5  # out of sight for so long, the followed one is still waited for

Why = Doubt | Literal["nobody"]


@dataclass(frozen=True, slots=True)
class Second:
    """One second of a clip. Either ``reading`` or ``why`` is None."""

    second: int  # since the clip began; 0 is the first
    looks: int  # how often the clip was looked at
    read: int  # how many of these looks showed a face that could be read
    faces: int  # the most faces at once
    reading: EmotionReading | None
    why: Why | None


def timeline(
    clip: Clip, reader: FaceReader, *, began: datetime, a_second: int = A_SECOND
) -> Iterator[Second]:
    """Each second of ``clip`` as it is read; ``began`` is when it began, in UTC.

    Raises as ``Clip.pictures``, after the seconds before a damaged place, the last of which
    may be short.
    """
    faces, follower, look = Faces(), _Follower(), Look(())
    looks: list[_Glance] = []
    failure: Exception | None = None
    moments = clip.moments(a_second, began=began)
    while True:
        try:
            moment = next(moments, None)
        except Exception as error:  # what was seen before it counts
            failure, moment = error, None
        if looks and (moment is None or int(moment.at_s) > looks[-1].second):
            yield _told(looks, began=began)
            looks = []
        if moment is None:
            break
        if not moment.held:
            look = reader.look(moment.frame, thorough=True)
        face = follower.pick(faces.place(look, moment.at_s), moment.at_s)
        looks.append(_Glance(int(moment.at_s), face, len(look.faces) + len(look.unread)))
    if failure is not None:
        raise failure


def blended(readings: Sequence[EmotionReading], *, looks: int, at: datetime) -> EmotionReading:
    """Several readings of one face as one; ``looks`` counts those with nothing to read too.

    Each weighs by its trust, its confidence over the share of its likeliest expression.
    The covariance is that of the mixture, as the law of total covariance has it: looks
    within one second are hardly independent, so more of them make nothing surer, and looks
    that differ make it less sure. A look with nothing to read has no trust.
    """
    trusts = [_trust(reading) for reading in readings]
    total = sum(trusts)
    weights = [t / total for t in trusts] if total else [1 / len(readings)] * len(readings)
    pairs = list(zip(weights, readings, strict=True))
    valence = sum(w * r.valence for w, r in pairs)
    arousal = sum(w * r.arousal for w, r in pairs)
    vv = sum(w * (r.covariance.vv + (r.valence - valence) ** 2) for w, r in pairs)
    va = sum(
        w * (r.covariance.va + (r.valence - valence) * (r.arousal - arousal)) for w, r in pairs
    )
    aa = sum(w * (r.covariance.aa + (r.arousal - arousal) ** 2) for w, r in pairs)
    names = dict.fromkeys(name for reading in readings for name in reading.probabilities)
    shares = {name: sum(w * r.probabilities.get(name, 0.0) for w, r in pairs) for name in names}
    place = Affect.clipped(valence, arousal)
    return EmotionReading(
        valence=place.valence,
        arousal=place.arousal,
        confidence=max(shares.values()) * total / looks,
        source=readings[0].source,
        at=at,
        covariance=Covariance(vv, va, aa),
        probabilities=shares,
    )


def _trust(reading: EmotionReading) -> float:
    return reading.confidence / max(reading.probabilities.values())


@dataclass(frozen=True, slots=True)
class _Glance:
    """One look at the person who is followed."""

    second: int
    face: Face | None
    faces: int


class _Follower:
    """Keeps to one face as long as it is there."""

    def __init__(self) -> None:
        self._followed: Track | None = None

    def pick(self, tracks: list[Track], at_s: float) -> Face | None:
        """The face that is followed, of those in one look at ``at_s``, largest first."""
        one = self._followed
        if one is None or at_s - one.seen_s > MISSED_S:
            one = self._followed = tracks[0] if tracks else None
        return one.looks[-1][1] if one is not None and one.seen_s == at_s else None


def _told(looks: list[_Glance], *, began: datetime) -> Second:
    read = [one.face.reading for one in looks if isinstance(one.face, SeenFace)]
    most, second = max(one.faces for one in looks), looks[0].second
    if len(read) >= ENOUGH * len(looks):
        reading = blended(read, looks=len(looks), at=read[0].at)
        return Second(second, len(looks), len(read), most, reading, None)
    whys: Counter[Why] = Counter(
        "nobody" if one.face is None else one.face.doubt
        for one in looks
        if not isinstance(one.face, SeenFace)
    )
    return Second(second, len(looks), len(read), most, None, whys.most_common(1)[0][0])
