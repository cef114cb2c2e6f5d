"""Past sessions, put into the shapes of the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from affetto.choice import Goal
from affetto.emotion import Affect
from affetto.listening.looking_back import Felt, Heard, corrections, heard, moods, recap
from affetto.server import wire
from affetto.server.telling import point
from affetto.store.past import Account, PastSession
from affetto.track import Track

NOTICED: Final = 0.1  # a smaller step on the map is none that one would name


def session(told: PastSession) -> wire.PastSession:
    """One session in short."""
    return wire.PastSession(
        id=told.id,
        goal=Goal(told.goal),
        started_at=told.started_at,
        ended_at=told.ended_at,
        tracks=told.tracks,
        before=_maybe(told.before),
        after=_maybe(told.after),
    )


def account(told: Account, tracks: Mapping[str, Track], now: datetime) -> wire.PastAccount:
    """One session with all that is shown of it."""
    return wire.PastAccount(
        session=session(told.session),
        tracks=[_track(one, tracks) for one in heard(told, lengths(tracks), now)],
        moods=[_mood(one) for one in moods(told)],
        corrections=corrections(told),
    )


def days(
    told: Iterable[Account],
    tracks: Mapping[str, Track],
    since: datetime,
    until: datetime,
    now: datetime,
) -> wire.HistoryRecap:
    """What the sessions of some days came to."""
    found = recap(told, lengths(tracks), now)
    steps = [valence for valence, _ in found.changes]
    n = len(steps)
    return wire.HistoryRecap(
        since=since,
        until=until,
        sessions=found.sessions,
        tracks=found.tracks,
        different=found.different,
        heard_s=round(found.seconds, 1),
        liked=found.liked,
        goals=[
            wire.GoalCount(goal=Goal(goal), tracks=count)
            for goal, count in sorted(found.goals.items(), key=lambda one: (-one[1], one[0]))
        ],
        change=wire.MoodChange(
            sessions=n,
            valence=round(sum(steps) / n, 4),
            arousal=round(sum(arousal for _, arousal in found.changes) / n, 4),
            lighter=sum(step >= NOTICED for step in steps),
            heavier=sum(step <= -NOTICED for step in steps),
        )
        if n
        else None,
    )


def lengths(tracks: Mapping[str, Track]) -> dict[str, float]:
    """How long each track is, in seconds."""
    return {uri: track.duration_s for uri, track in tracks.items()}


def _track(told: Heard, tracks: Mapping[str, Track]) -> wire.PastTrack:
    choice, track = told.choice, tracks.get(told.choice.track_uri)
    goal = choice.aim.get("goal")
    return wire.PastTrack(
        track=choice.track_uri,
        title=track.title if track else choice.track_uri,
        artist=track.artist if track else "",
        here=track is not None,
        at=choice.at,
        heard_s=round(told.seconds, 1),
        because=choice.because,
        goal=Goal(goal) if goal else None,
        target=_maybe(choice.target),
        mood_after=_maybe(choice.achieved),
        answers=[
            wire.PastAnswer(at=one.at, answer=one.answer, position_s=one.position_s)
            for one in told.answers
        ],
    )


def _mood(told: Felt) -> wire.PastMood:
    return wire.PastMood.model_validate(
        {
            "at": told.at,
            "valence": round(told.place.valence, 4),
            "arousal": round(told.place.arousal, 4),
            "spread": None if told.spread is None else round(told.spread, 4),
            "source": told.source,
        }
    )


def _maybe(place: Affect | None) -> wire.Point | None:
    return point(place) if place else None
