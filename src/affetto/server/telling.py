"""The house's words put into the shapes of the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from affetto import choice as ground
from affetto.emotion import Affect, Covariance, EmotionReading, MoodState, mood_word
from affetto.server import wire
from affetto.track import Track, TrackUri

if TYPE_CHECKING:
    from affetto.collection import Collection
    from affetto.listening.states import Passed, Planned, SessionState
    from affetto.music.curated import CuratedSong
    from affetto.music.curve import Curve
    from affetto.senses.face import SeenFace, UnreadFace

SLIGHT: Final = 0.15  # nearer to the middle of an axis than this, it is not worth a word
STRONG: Final = 0.6


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
        mood=mood_word(features) if features else None,
        tempo_bpm=features.tempo_bpm if features else None,
        key=features.key if features else None,
        energy=features.energy if features else None,
        vocal=features.vocal if features else None,
        loudness_db=features.loudness_db if features else None,
        popularity=told.popularity,
        told_from=list(features.sources) if features else [],
        cover=f"{address}/cover",
        audio=f"{address}/audio",
    )


def tracks(told: Collection, rows: Sequence[int], *, total: int | None = None) -> wire.Tracks:
    """The tracks in these rows of the library; ``total`` when there are more."""
    return wire.Tracks(
        edition=told.edition,
        total=len(rows) if total is None else total,
        rows=list(rows),
        tracks=[track(told.tracks[row]) for row in rows],
    )


def listed(told: CuratedSong, service: str, *, own: bool, track: Track | None) -> wire.ListedSong:
    """A song of a list; ``track`` is the listener's own recording of it."""
    from affetto.music.curated import link

    return wire.ListedSong(
        title=told.title,
        artist=told.artist,
        year=told.year,
        language=told.language,
        region=told.region,
        valence=told.valence,
        arousal=told.arousal,
        because=told.because,
        explicit=told.explicit,
        edited=own,
        owned=track.uri if track else None,
        link=link(told.title, told.artist, service),
    )


def curve(told: Curve) -> wire.Curve:
    """A track's course, in as many digits as mean anything."""

    def short(numbers: Sequence[float]) -> list[float]:
        return [round(float(number), 3) for number in numbers]

    return wire.Curve(
        step_s=told.step_s,
        times_s=list(told.times_s),
        valence=short(told.valence),
        arousal=short(told.arousal),
        valence_sd=short(told.valence_sd),
        arousal_sd=short(told.arousal_sd),
    )


def choice(told: ground.Choice, *, pinned: bool = False) -> wire.Choice:
    """A choice with its reason."""
    return wire.Choice(
        track=track(told.track),
        because=told.because,
        target=point(told.target),
        instead=told.instead,
        terms=[wire.Term(name=one.name, amount=_short(one.amount)) for one in told.terms],
        pinned=pinned,
    )


def aim(told: ground.Aim) -> wire.Aim:
    """Where the music should go."""
    return wire.Aim(
        goal=told.goal,
        place=_maybe(told.place),
        intent=told.intent,
        minutes=told.minutes,
        way=[point(one) for one in told.way],
        lifted=told.lifted,
        row=told.row or None,
    )


def planned(told: Planned) -> wire.Planned:
    """One step of the plan."""
    return wire.Planned(
        at=told.at,
        target=_maybe(told.target),
        track=told.track.uri if told.track else None,
        place=_maybe(_place(told.track) if told.track else None),
    )


def achieved(told: Passed) -> wire.Achieved:
    """A track that is over."""
    return wire.Achieved(
        at=told.at,
        target=_maybe(told.target),
        track=told.uri,
        place=_maybe(told.place),
        mood=_maybe(told.mood),
    )


def point(told: Affect) -> wire.Point:
    """A place on the map."""
    return wire.Point(valence=_short(told.valence), arousal=_short(told.arousal))


def _place(told: Track) -> Affect | None:
    features = told.features
    return Affect(features.valence, features.arousal) if features else None


def _maybe(told: Affect | None) -> wire.Point | None:
    return point(told) if told else None


def mood(told: MoodState) -> wire.Mood:
    """A belief, in numbers and in words."""
    return wire.Mood(
        valence=_short(told.mean.valence),
        arousal=_short(told.mean.arousal),
        covariance=_shortened(told.covariance),
        spread=_short(told.spread),
        name=told.name,
        believed=dict(told.believed),
        words=feeling_in_words(told.mean),
    )


def feeling_in_words(place: Affect) -> str:
    """A place on the map as one would say it: "fairly pleasant, calm"."""
    return f"{_pleasantness(place.valence)}, {_wakefulness(place.arousal)}"


def _pleasantness(valence: float) -> str:
    if abs(valence) < SLIGHT:
        return "neither pleasant nor unpleasant"
    degree = "very" if abs(valence) >= STRONG else "fairly"
    return f"{degree} {'pleasant' if valence > 0 else 'unpleasant'}"


def _wakefulness(arousal: float) -> str:
    if abs(arousal) < SLIGHT:
        return "at rest"
    if arousal > 0:
        return "wide awake" if arousal >= STRONG else "awake"
    return "drowsy" if arousal <= -STRONG else "calm"


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
        goal=state.aim.goal,
        aim=aim(state.aim),
        mood=mood(state.mood) if state.mood else None,
        target=point(state.target) if state.target else None,
        playing=choice(state.playing) if state.playing else None,
        queue=[choice(one, pinned=one.track.uri in state.pinned) for one in state.queue],
        plan=[planned(one) for one in state.plan],
        achieved=[achieved(one) for one in state.achieved],
        liked=state.liked,
        fits=state.fits,
        can_undo=state.can_undo,
        heard=heard(state.heard) if state.heard else None,
        senses_muted=state.senses_muted,
        behind=state.behind,
    )


def face(told: SeenFace) -> wire.Face:
    """One face in a picture."""
    reading = told.reading
    x, y, width, height = told.box
    return wire.Face(
        box=(int(x), int(y), int(width), int(height)),
        probabilities={name: _short(p) for name, p in told.probabilities.items()},
        expression=max(told.probabilities, key=lambda name: told.probabilities[name]),
        valence=_short(reading.valence),
        arousal=_short(reading.arousal),
        covariance=_shortened(reading.covariance),
        confidence=_short(reading.confidence),
    )


def unread(told: UnreadFace | None) -> list[wire.Unread]:
    """A face that was found and not read, if there is one."""
    if told is None:
        return []
    return [wire.Unread(box=told.box, doubt=told.doubt, words=told.words)]


def _short(number: float) -> float:
    """As many digits as mean anything."""
    return round(float(number), 4)


def _shortened(told: Covariance) -> tuple[float, float, float]:
    return round(told.vv, 6), round(told.va, 6), round(told.aa, 6)
