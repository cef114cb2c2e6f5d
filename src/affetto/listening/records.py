"""A session's values as JSON and back: what a restart needs to go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from affetto.choice import Choice
from affetto.emotion import Affect, Covariance, EmotionReading
from affetto.recommending.fit import Candidates


def time_text(time: datetime | None) -> str | None:
    """A moment as text."""
    return time.isoformat() if time else None


def time_of(text: str | None) -> datetime | None:
    """The moment that ``time_text`` wrote."""
    return datetime.fromisoformat(text) if text else None


def reading_record(reading: EmotionReading) -> dict[str, Any]:
    """A reading as JSON."""
    return {
        "place": [reading.valence, reading.arousal],
        "confidence": reading.confidence,
        "source": reading.source,
        "at": reading.at.isoformat(),
        "covariance": list(reading.covariance),
        "probabilities": dict(reading.probabilities),
    }


def reading_of(record: Mapping[str, Any] | None) -> EmotionReading | None:
    """The reading that ``reading_record`` wrote."""
    if record is None:
        return None
    valence, arousal = record["place"]
    return EmotionReading(
        valence,
        arousal,
        record["confidence"],
        record["source"],
        datetime.fromisoformat(record["at"]),
        Covariance(*record["covariance"]),
        record["probabilities"],
    )


def pair_of(affect: Affect | None) -> list[float] | None:
    """A place as two numbers."""
    return [affect.valence, affect.arousal] if affect else None


def affect_from(pair: list[float] | None) -> Affect | None:
    """The place that ``pair_of`` wrote."""
    return Affect(*pair) if pair else None


def choice_record(choice: Choice) -> dict[str, Any]:
    """A choice as JSON; its track by name only."""
    return {
        "uri": choice.track.uri,
        "target": pair_of(choice.target),
        "because": choice.because,
        "score": choice.score,
    }


def choice_from(record: Mapping[str, Any] | None, candidates: Candidates) -> Choice | None:
    """The choice that ``choice_record`` wrote; None when its track has left."""
    if record is None or record["uri"] not in candidates.row:
        return None
    track = candidates.tracks[candidates.row[record["uri"]]]
    target = Affect(*record["target"])
    return Choice(track, target, record["because"], record["score"])
