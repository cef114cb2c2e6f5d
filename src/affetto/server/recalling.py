"""What is known of the listener, put into the shapes of the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from affetto.choice import Goal, Intent
from affetto.emotion import Affect
from affetto.server import wire
from affetto.server.telling import feeling_in_words, point
from affetto.store.connections import KeptConnection
from affetto.store.history import KeptAnswer, KeptChoice
from affetto.track import Track, TrackUri

if TYPE_CHECKING:
    from affetto.listening.knowing import Estimate
    from affetto.listening.learning import Learning
    from affetto.listening.plays import Matched, Plays
    from affetto.listening.preferences import Preferences


def learned(
    learning: Learning,
    preferences: Preferences,
    answers: Sequence[KeptAnswer],
    tracks: Mapping[TrackUri, Track],
) -> wire.Learned:
    """Everything that was learned, in words and numbers."""
    from affetto.listening import knowing
    from affetto.recommending.response import ENOUGH

    response, following = learning.listener.response, learning.listener.following
    found, artists = knowing.traits(learning), knowing.artists(learning)
    effect = response.effect()
    usual, doubt = following.usual, following.usual_covariance
    return wire.Learned(
        answers=len(answers),
        since=answers[0].at if answers else None,
        words=knowing.in_short(len(answers), [*artists, *found]),
        traits=[_estimate(one) for one in found],
        artists=[_estimate(one) for one in artists],
        response=wire.Effects(
            known=effect.n >= ENOUGH,
            words=effect.words,
            n=effect.n,
            effects=[_estimate(one) for one in knowing.effects(learning)] if effect.n else [],
        ),
        usual=wire.UsualMood(
            place=point(usual),
            spread=round((doubt.vv**0.5 + doubt.aa**0.5) / 2, 4),
            words=feeling_in_words(usual),
            n=following.read,
        )
        if following.read
        else None,
        leading=[
            wire.Leading(name=name, words=words, chance=round(chance, 4))
            for name, words, chance in knowing.leading(learning)
        ],
        liked=[_liked(uri, tracks.get(uri)) for uri in learning.listener.taste.liked],
        never=_never(learning, tracks),
        preferences=preferences_told(preferences),
        imported=sum(learning.imports.values()),
    )


def preferences_told(told: Preferences) -> wire.Preferences:
    """What the listener has stated and set."""
    return wire.Preferences(
        statements=[
            wire.Statement.model_validate(
                {"about": s.about, "name": s.name, "liked": s.liked, "mood": s.mood or None}
            )
            for s in told.statements
        ],
        novelty=told.novelty,
        explicit=told.explicit,
    )


def preferences_meant(given: wire.Preferences) -> Preferences:
    """What the listener states and sets, in the house's words."""
    from affetto.listening.preferences import Preferences, Statement

    return Preferences(
        tuple(Statement(s.about, s.name, s.liked, s.mood or "") for s in given.statements),
        given.novelty,
        given.explicit,
    )


def choice(told: KeptChoice) -> wire.LoggedChoice:
    """One line of the log of choices."""
    intent = told.aim.get("intent")
    goal = told.aim.get("goal")
    return wire.LoggedChoice(
        session=told.session_id,
        track=told.track_uri,
        at=told.at,
        because=told.because,
        propensity=told.propensity,
        terms=dict(told.terms),
        goal=Goal(goal) if goal else None,
        intent=Intent(intent) if intent else None,
        minutes=told.aim.get("minutes"),
        row=told.aim.get("row"),
        chosen_by=told.chosen_by,
        target=_maybe(told.target),
        achieved=_maybe(told.achieved),
    )


def answer(told: KeptAnswer) -> wire.LoggedAnswer:
    """One line of the log of answers."""
    return wire.LoggedAnswer(
        track=told.track_uri, at=told.at, answer=told.answer, position_s=told.position_s
    )


def export(
    at: datetime,
    told: wire.Learned,
    learning: Learning,
    choices: Sequence[KeptChoice],
    answers: Sequence[KeptAnswer],
    connections: Sequence[KeptConnection],
) -> wire.Export:
    """All that was learned and all it was learned from, and what is connected."""
    return wire.Export(
        at=at,
        learned=told,
        record=learning.to_record(),
        choices=[choice(one) for one in choices],
        answers=[answer(one) for one in answers],
        connections=[
            wire.KeptProvider(
                provider=one.provider,
                settings=dict(one.settings),
                connected_at=one.connected_at,
            )
            for one in connections
        ],
    )


def imported(plays: Plays, matched: Matched) -> wire.Imported:
    """What an imported history came to."""
    return wire.Imported(
        plays=plays.total,
        matched=matched.plays,
        tracks=len(matched.tracks),
        artists=matched.artists,
        bad=plays.bad,
        bad_lines=[wire.BadLine(line=one.line, problem=one.problem) for one in plays.bad_lines],
    )


def _estimate(told: Estimate) -> wire.Estimate:
    return wire.Estimate(
        name=told.name,
        words=told.words,
        amount=round(told.amount, 4),
        low=round(told.low, 4),
        high=round(told.high, 4),
        n=told.n,
    )


def _liked(uri: TrackUri, track: Track | None) -> wire.Liked:
    """A liked track; one that has left the library has its id for a title."""
    return wire.Liked(
        uri=uri, title=track.title if track else uri, artist=track.artist if track else ""
    )


def _never(learning: Learning, tracks: Mapping[TrackUri, Track]) -> list[wire.Never]:
    named = []
    for uri in sorted(learning.listener.taste.never):
        track = tracks.get(uri)
        words = " · ".join(filter(None, (track.title, track.artist))) if track else uri
        named.append(wire.Never(of="track", name=uri, words=words))
    for artist in sorted(learning.never_artists):
        named.append(wire.Never(of="artist", name=artist, words=artist.title()))
    return named


def _maybe(place: Affect | None) -> wire.Point | None:
    return point(place) if place else None
