"""A session's values as JSON and back: what a restart needs to go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from affetto.choice import Aim, Choice, Goal, Intent, Term
from affetto.emotion import Affect, Covariance, EmotionReading
from affetto.listening.states import Passed
from affetto.recommending.fit import Candidates
from affetto.track import TrackUri


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


def aim_record(aim: Aim) -> dict[str, Any]:
    """An aim as JSON."""
    return {
        "goal": aim.goal.value,
        "place": pair_of(aim.place),
        "intent": aim.intent.value if aim.intent else None,
        "minutes": aim.minutes,
        "way": [pair_of(point) for point in aim.way],
        "lifted": aim.lifted,
        "row": aim.row,
    }


def aim_from(record: Mapping[str, Any]) -> Aim:
    """The aim that ``aim_record`` wrote."""
    intent = record["intent"]
    return Aim(
        goal=Goal(record["goal"]),
        place=affect_from(record["place"]),
        intent=Intent(intent) if intent else None,
        minutes=record["minutes"],
        way=tuple(Affect(*pair) for pair in record["way"]),
        lifted=record["lifted"],
        row=record.get("row", ""),
    )


def choice_record(choice: Choice) -> dict[str, Any]:
    """A choice as JSON; its track by name only."""
    return {
        "uri": choice.track.uri,
        "target": pair_of(choice.target),
        "because": choice.because,
        "score": choice.score,
        "instead": choice.instead,
        "terms": [[term.name, term.amount] for term in choice.terms],
        "propensity": choice.propensity,
    }


def choice_from(record: Mapping[str, Any] | None, candidates: Candidates) -> Choice | None:
    """The choice that ``choice_record`` wrote; None when its track has left."""
    if record is None or record["uri"] not in candidates.row:
        return None
    return Choice(
        track=candidates.tracks[candidates.row[record["uri"]]],
        target=Affect(*record["target"]),
        because=record["because"],
        score=record["score"],
        instead=record["instead"],
        terms=tuple(Term(name, amount) for name, amount in record["terms"]),
        propensity=record["propensity"],
    )


def passed_record(passed: Passed) -> dict[str, Any]:
    """A track that is over, as JSON."""
    return {
        "at": passed.at.isoformat(),
        "uri": passed.uri,
        "target": pair_of(passed.target),
        "place": pair_of(passed.place),
        "mood": pair_of(passed.mood),
    }


def passed_from(record: Mapping[str, Any]) -> Passed:
    """The track that ``passed_record`` wrote."""
    return Passed(
        at=datetime.fromisoformat(record["at"]),
        uri=TrackUri(record["uri"]),
        target=affect_from(record["target"]),
        place=affect_from(record["place"]),
        mood=affect_from(record["mood"]),
    )
