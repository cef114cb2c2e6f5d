"""The house's words put into the shapes of the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from affetto import choice as ground
from affetto.emotion import Affect, EmotionReading, MoodState, mood_of
from affetto.recommending.reasons import place_in_words
from affetto.server import wire
from affetto.track import Track, TrackUri

if TYPE_CHECKING:
    from affetto.inference.card import ModelCard
    from affetto.listening.session import SessionState
    from affetto.senses.face import SeenFace


def track_address(uri: TrackUri) -> str:
    """Where a track is found; its sound and cover lie below."""
    return f"/api/tracks/{quote(uri, safe=':/')}"


def track(told: Track) -> wire.Track:
    """A track with the addresses of its sound and picture."""
    features = told.features
    address = track_address(told.uri)
    return wire.Track(
        id=told.uri,
        title=told.title,
        artist=told.artist,
        album=told.album,
        genre=told.genre,
        year=told.year,
        duration_s=told.duration_s,
        provider=told.provider,
        valence=features.valence if features else None,
        arousal=features.arousal if features else None,
        valence_sd=features.valence_sd if features else None,
        arousal_sd=features.arousal_sd if features else None,
        mood=mood_of(features.affect) if features else None,
        tempo_bpm=features.tempo_bpm if features else None,
        key=features.key if features else None,
        cover=f"{address}/cover",
        audio=f"{address}/audio",
    )


def choice(told: ground.Choice) -> wire.Choice:
    """A choice with its reason."""
    return wire.Choice(track=track(told.track), because=told.because, target=point(told.target))


def point(told: Affect) -> wire.Point:
    """A place on the map."""
    return wire.Point(valence=told.valence, arousal=told.arousal)


def mood(told: MoodState) -> wire.Mood:
    """A belief, in numbers and in words."""
    return wire.Mood(
        valence=told.mean.valence,
        arousal=told.mean.arousal,
        covariance=(told.covariance.vv, told.covariance.va, told.covariance.aa),
        spread=told.spread,
        name=told.name,
        believed=dict(told.believed),
        words=place_in_words(told.mean),
    )


def heard(told: EmotionReading) -> wire.Heard:
    """The last thing a sense said."""
    return wire.Heard(
        expression=told.expression, confidence=told.confidence, source=told.source, at=told.at
    )


def session(session_id: str, state: SessionState) -> wire.Session:
    """Everything a page shows."""
    return wire.Session(
        id=session_id,
        revision=state.revision,
        goal=state.goal,
        mood=mood(state.mood) if state.mood else None,
        target=point(state.target) if state.target else None,
        playing=choice(state.playing) if state.playing else None,
        queue=[choice(one) for one in state.queue],
        liked=state.liked,
        heard=heard(state.heard) if state.heard else None,
        senses_muted=state.senses_muted,
    )


def face(told: SeenFace) -> wire.Face:
    """One face in a picture."""
    reading = told.reading
    x, y, width, height = told.box
    return wire.Face(
        box=(int(x), int(y), int(width), int(height)),
        probabilities={name: float(p) for name, p in told.probabilities.items()},
        expression=max(told.probabilities, key=lambda name: told.probabilities[name]),
        valence=reading.valence,
        arousal=reading.arousal,
        covariance=(reading.covariance.vv, reading.covariance.va, reading.covariance.aa),
        confidence=reading.confidence,
    )


def model(card: ModelCard) -> wire.Model:
    """The part of a model's card that a listener may care about."""
    return wire.Model(
        name=card.name,
        version=card.version,
        labels=list(card.labels),
        data=card.data,
        scores=_numbers(card.scores),
        licence=card.licence,
        notes=card.notes,
    )


def _numbers(scores: Mapping[str, object]) -> dict[str, float]:
    return {
        name: float(value)
        for name, value in scores.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
