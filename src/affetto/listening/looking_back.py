"""What past sessions come to: how long each track was heard, how the mood went, and a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from affetto.choice import Answer
from affetto.emotion import Affect
from affetto.store.history import KeptAnswer, KeptChoice, Kind
from affetto.store.past import Account, KeptReading

FEWEST_S: Final = 10.0  # readings nearer to each other than this are told as one
MOST_POINTS: Final = 240  # of one session's readings
_LEAVING: Final = frozenset({Answer.FINISHED, Answer.SKIPPED, Answer.NOT_NOW, Answer.NEVER})


@dataclass(frozen=True, slots=True)
class Heard:
    """One track of a session, for how long it was heard, and what the listener said of it."""

    choice: KeptChoice
    seconds: float
    answers: tuple[KeptAnswer, ...]


@dataclass(frozen=True, slots=True)
class Felt:
    """The mood at one moment, and who said so: ``senses``, ``belief`` or ``self``."""

    at: datetime
    place: Affect
    spread: float | None
    source: str


@dataclass(slots=True)
class Recap:
    """Some days of listening, counted. ``changes`` are after less before, session by session."""

    sessions: int = 0
    tracks: int = 0
    different: int = 0
    seconds: float = 0.0
    liked: int = 0
    goals: dict[str, int] = field(default_factory=dict)  # tracks put on for each
    changes: list[tuple[float, float]] = field(default_factory=list)


def heard(account: Account, lengths: Mapping[str, float], now: datetime) -> list[Heard]:
    """The tracks of a session in their order; ``lengths`` in seconds by URI, where known.

    How long one was heard is what its leaving said; else the time until the next one
    began or the session ended, but never longer than the track is, since a pause is not
    written down.
    """
    ends = [one.at for one in account.choices[1:]]
    ends.append(account.session.ended_at or now)
    told = []
    for choice, end in zip(account.choices, ends, strict=True):
        its = tuple(
            one
            for one in account.answers
            if one.track_uri == choice.track_uri and choice.at <= one.at <= end
        )
        told.append(Heard(choice, _seconds(choice, end, its, lengths), its))
    return told


def moods(account: Account) -> list[Felt]:
    """How the mood went as far as it was kept, in the order of time.

    Many readings are told as means over equal spans, each reading weighed by its
    confidence.
    """
    found = [*_thinned(account.readings)]
    for choice, after in zip(account.choices, account.choices[1:], strict=False):
        if choice.achieved is not None:
            found.append(Felt(after.at, choice.achieved, None, "belief"))
    for said in account.sayings:
        if said.place is not None:
            found.append(Felt(said.at, said.place, None, "self"))
    return sorted(found, key=lambda one: one.at)


def recap(accounts: Iterable[Account], lengths: Mapping[str, float], now: datetime) -> Recap:
    """What these sessions come to."""
    total, uris = Recap(), set()
    for account in accounts:
        total.sessions += 1
        for one in heard(account, lengths, now):
            total.tracks += 1
            total.seconds += one.seconds
            uris.add(one.choice.track_uri)
            goal = str(one.choice.aim.get("goal") or account.session.goal)
            total.goals[goal] = total.goals.get(goal, 0) + 1
        total.liked += sum(one.answer is Answer.LIKED for one in account.answers)
        before, after = account.session.before, account.session.after
        if before is not None and after is not None:
            change = (after.valence - before.valence, after.arousal - before.arousal)
            total.changes.append(change)
    total.different = len(uris)
    return total


def corrections(account: Account) -> list[datetime]:
    """When the listener said that it was not how they felt."""
    return [one.at for one in account.sayings if one.kind is Kind.CORRECTION]


def _seconds(
    choice: KeptChoice,
    end: datetime,
    answers: Sequence[KeptAnswer],
    lengths: Mapping[str, float],
) -> float:
    elapsed = max(0.0, (end - choice.at).total_seconds())
    length = lengths.get(choice.track_uri) or elapsed
    left = next((one for one in answers if one.answer in _LEAVING), None)
    if left is None or left.answer is Answer.FINISHED:
        return min(length, elapsed)
    return min(length, elapsed, left.position_s)


def _thinned(readings: Sequence[KeptReading]) -> Iterable[Felt]:
    if not readings:
        return
    began = readings[0].at
    span_s = max(FEWEST_S, (readings[-1].at - began).total_seconds() / MOST_POINTS)

    def span(one: KeptReading) -> int:
        return int((one.at - began).total_seconds() // span_s)

    for number, group in groupby(readings, key=span):
        its = list(group)
        weight = sum(one.confidence for one in its)
        if weight <= 0:
            continue

        def mean(values: Iterable[float], its: list[KeptReading] = its) -> float:
            pairs = zip(values, its, strict=True)
            return sum(v * one.confidence for v, one in pairs) / sum(r.confidence for r in its)

        yield Felt(
            its[0].at if len(its) == 1 else began + timedelta(seconds=(number + 0.5) * span_s),
            Affect.clipped(
                mean(one.place.valence for one in its), mean(one.place.arousal for one in its)
            ),
            mean(one.spread for one in its),
            "senses",
        )
