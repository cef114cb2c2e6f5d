"""Readings → one belief about the mood, with its uncertainty.

Each source keeps a running average in *time*, not in frames: a camera read twice a
second and one read thirty times a second give the same belief. Readings that follow
each other closely are instants of one motion, and the straight lines between them are
averaged; one that comes after a pause stands for all of it. Sources are then
joined by precision. Two things age differently, so two numbers say how: within a
source the new replaces the old quickly (``RENEWAL_S``); a belief nobody refreshes
keeps its place and grows unsure slowly (``STALENESS``), until it counts as unknown.
Unknown is None, never the middle of the map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from affetto.emotion import Affect, Covariance, EmotionReading, MoodState

SELF: Final = "self"

# Half of a source's average is replaced in this time. The listener's own word
# replaces itself at once.
RENEWAL_S: Final = 4.0

# Readings closer than this are joined by a straight line; and so long the last one is
# taken to go on.
ONE_MOTION_S: Final = 1.0

# What a source adds to a reading's own covariance: how far its best answer lies from
# what people then say they feel, as standard deviations (valence, arousal). A touch
# is nearly exact; a face shows an expression, which is not a feeling.
SOURCE_SD: Final[Mapping[str, tuple[float, float]]] = {
    SELF: (0.08, 0.08),
    "words": (0.20, 0.25),
    "face": (0.25, 0.30),
    "voice": (0.55, 0.32),
    "pulse": (1.00, 0.40),
}
ANY_SOURCE_SD: Final = (0.40, 0.40)

STALENESS: Final = 0.25 / 1800  # variance per second: half a map unit of sd in 30 min
UNKNOWN_SD: Final = 0.55  # a belief vaguer than this says nothing
OWN_WORD_HALF_LIFE_S: Final = 600.0  # how long the own word keeps the senses down


@dataclass(frozen=True, slots=True)
class _Said:
    """A place with its doubt, and how much confidence stands behind it."""

    mean: Affect
    covariance: Covariance
    mass: float  # (0, 1]


@dataclass(frozen=True, slots=True)
class _Stream:
    """One source's running average, and the reading that came last."""

    average: _Said
    last: _Said
    at: datetime

    def told(self, now: datetime) -> _Said:
        """The average at ``now``: for a while the last reading goes on."""
        held = min(max(0.0, (now - self.at).total_seconds()), ONE_MOTION_S)
        kept = _kept(held)
        return _mean((self.average, kept), (self.last, 1 - kept))


def _kept(elapsed_s: float) -> float:
    """The share of an average that is left after a time."""
    return math.pow(0.5, elapsed_s / RENEWAL_S)


def _fold(old: _Stream | None, reading: EmotionReading) -> _Stream | None:
    confidence = min(1.0, reading.confidence)
    if not confidence > 0.0:
        return old
    said = _Said(reading.affect, reading.covariance, confidence)
    if old is None or reading.source == SELF:
        return _Stream(said, said, reading.at)
    elapsed = (reading.at - old.at).total_seconds()
    if elapsed <= 0:  # late news: what we heard since is newer
        return old
    kept = _kept(elapsed)
    before = 0.0  # weight of the reading before, of the 1 - kept that is new
    if elapsed <= ONE_MOTION_S:
        # The mean over the line between the two, its far end weighing ``kept``.
        before = (1 - kept) / (math.log(2) * elapsed / RENEWAL_S) - kept
    average = _mean((old.average, kept), (old.last, before), (said, 1 - kept - before))
    return _Stream(average, said, reading.at)


def _mean(*weighed: tuple[_Said, float]) -> _Said:
    """What several say together: each counts by its weight and its mass."""
    weights = [weight * said.mass for said, weight in weighed]
    mass = sum(weights)
    shares = [weight / mass for weight in weights]

    def mix(numbers: Iterable[float]) -> float:
        return sum(share * number for share, number in zip(shares, numbers, strict=True))

    told = [said for said, _ in weighed]
    return _Said(
        Affect.clipped(mix(s.mean.valence for s in told), mix(s.mean.arousal for s in told)),
        Covariance(
            mix(s.covariance.vv for s in told),
            mix(s.covariance.va for s in told),
            mix(s.covariance.aa for s in told),
        ),
        mass,
    )


class Belief:
    """What the house believes of one listener's mood. Later senses use it as it is."""

    def __init__(self) -> None:
        self._streams: dict[str, _Stream] = {}

    def fold(self, reading: EmotionReading) -> None:
        """Take in one reading; one with no confidence changes nothing."""
        stream = _fold(self._streams.get(reading.source), reading)
        if stream is not None:
            self._streams[reading.source] = stream

    def forget_senses(self) -> None:
        """Drop all but the listener's own word."""
        self._streams = {k: s for k, s in self._streams.items() if k == SELF}

    def at(self, now: datetime) -> MoodState | None:
        """The mood at ``now``, or None while nothing firm enough is known.

        While the listener's own word is fresh the senses weigh nothing beside it;
        their weight returns by half every ten minutes.
        """
        own = self._streams.get(SELF)
        silence = 0.0
        if own is not None:
            age = max(0.0, (now - own.at).total_seconds())
            silence = math.pow(0.5, age / OWN_WORD_HALF_LIFE_S)
        weights: dict[str, float] = {}
        pvv = pva = paa = bv = ba = 0.0  # precision matrix, and precision times mean
        for source, stream in self._streams.items():
            said = stream.told(now)
            trust = said.mass if source == SELF else said.mass * (1.0 - silence)
            if trust <= 1e-6:
                continue
            sd_v, sd_a = SOURCE_SD.get(source, ANY_SOURCE_SD)
            stale = STALENESS * max(0.0, (now - stream.at).total_seconds())
            vv = (said.covariance.vv + sd_v**2 + stale) / trust
            aa = (said.covariance.aa + sd_a**2 + stale) / trust
            va = said.covariance.va / trust
            det = vv * aa - va * va
            pvv, pva, paa = pvv + aa / det, pva - va / det, paa + vv / det
            bv += (aa * said.mean.valence - va * said.mean.arousal) / det
            ba += (vv * said.mean.arousal - va * said.mean.valence) / det
            weights[source] = (aa + vv) / det
        if not weights:
            return None
        det = pvv * paa - pva * pva
        covariance = Covariance(paa / det, -pva / det, pvv / det)
        if (math.sqrt(covariance.vv) + math.sqrt(covariance.aa)) / 2 > UNKNOWN_SD:
            return None
        mean = Affect.clipped((paa * bv - pva * ba) / det, (pvv * ba - pva * bv) / det)
        total = sum(weights.values())
        return MoodState(mean, covariance, now, {s: w / total for s, w in weights.items()})

    def copy(self) -> Belief:
        """The same belief, to go on by itself."""
        same = Belief()
        same._streams = dict(self._streams)
        return same

    def to_record(self) -> dict[str, Any]:
        """The belief as JSON, for a session that outlives its server."""
        return {
            source: {**_record(s.average), "at": s.at.isoformat(), "last": _record(s.last)}
            for source, s in self._streams.items()
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Belief:
        """The belief that ``to_record`` wrote."""
        belief = cls()
        for source, s in record.items():
            average = _said(s)
            last = _said(s["last"]) if "last" in s else average  # older ones lack it
            belief._streams[source] = _Stream(average, last, datetime.fromisoformat(s["at"]))
        return belief


def _record(said: _Said) -> dict[str, Any]:
    return {
        "mean": [said.mean.valence, said.mean.arousal],
        "covariance": list(said.covariance),
        "mass": said.mass,
    }


def _said(record: Mapping[str, Any]) -> _Said:
    return _Said(Affect(*record["mean"]), Covariance(*record["covariance"]), record["mass"])


def own_word(affect: Affect, at: datetime) -> EmotionReading:
    """A touch on the map as a reading of the source that outranks all others."""
    return EmotionReading(
        affect.valence, affect.arousal, 1.0, SELF, at, covariance=Covariance(0.0, 0.0, 0.0)
    )


def blend(readings: list[EmotionReading], *, now: datetime) -> MoodState | None:
    """Fold readings, oldest first, into the mood they add up to; None if unknown."""
    belief = Belief()
    for reading in sorted(readings, key=lambda r: r.at):
        belief.fold(reading)
    return belief.at(now)
