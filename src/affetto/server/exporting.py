"""The history as a file, one session after the other: never more than one in memory.

CSV has one line for each thing that happened, under ``COLUMNS``; JSON has the same,
session by session, with the columns' meanings beside it. Times are ISO 8601 in UTC.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from affetto.store.history import KeptAnswer, KeptChoice, Saying
from affetto.store.past import Account, KeptReading
from affetto.track import Track

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "session": "The session's id; all lines of one session stand together.",
        "at": "When it happened, ISO 8601 in UTC.",
        "kind": "session, track, answer, reading or saying.",
        "what": "Of a session its goal; of a track the goal it was put on for; of an answer "
        "liked, unliked, fits, not_now, never, finished or skipped; of a reading the sense; of "
        "a saying touch, correction, before or after.",
        "track": "The track's id.",
        "title": "Its title; empty when it has left the library.",
        "artist": "Its artist.",
        "because": "Why it was put on.",
        "position_s": "Of an answer: how far the track had played, in seconds.",
        "valence": "Unpleasant -1 to pleasant 1: of a track where it was to lead, of a reading "
        "and a saying where the listener was.",
        "arousal": "Drowsy -1 to wide awake 1, of the same.",
        "valence_after": "Of a track: the mood believed when it was over.",
        "arousal_after": "Of the same.",
        "spread": "Of a reading: the mean standard deviation of the two axes.",
        "confidence": "Of a reading: how sure it was, 0 to 1.",
        "ended_at": "Of a session: when it ended; empty while it runs.",
    }
)

Line = dict[str, Any]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_csv(accounts: Iterable[Account], tracks: Mapping[str, Track]) -> Iterator[str]:
    """The history as CSV, in pieces."""
    memory = io.StringIO(newline="")
    writer = csv.DictWriter(memory, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    yield _taken(memory)
    for account in accounts:
        writer.writerows(_unmoved(line) for line in lines(account, tracks))
        yield _taken(memory)


def as_json(accounts: Iterable[Account], tracks: Mapping[str, Track]) -> Iterator[str]:
    """The history as JSON, in pieces."""
    yield '{"columns": ' + json.dumps(dict(COLUMNS), ensure_ascii=False) + ',\n"sessions": ['
    comma = "\n"
    for account in accounts:
        head, *happened = lines(account, tracks)
        record = {**head, "happened": happened}
        yield comma + json.dumps(record, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def lines(account: Account, tracks: Mapping[str, Track]) -> list[Line]:
    """A session as lines: itself first, then what happened, in the order of time."""
    told = account.session
    happened: list[Line] = [
        *(_track(one, tracks) for one in account.choices),
        *(_answer(one, tracks) for one in account.answers),
        *(_reading(one) for one in account.readings),
        *(_saying(one) for one in account.sayings),
    ]
    happened.sort(key=lambda one: one["at"])
    first: Line = {"at": told.started_at, "kind": "session", "what": told.goal}
    if told.ended_at is not None:
        first["ended_at"] = told.ended_at.isoformat()
    return [{"session": told.id, **one, "at": one["at"].isoformat()} for one in (first, *happened)]


def _unmoved(line: Line) -> Line:
    """A line whose words no spreadsheet takes for a formula: a song may be called "=1+1"."""
    words = ("title", "artist", "because", "track")
    return {
        name: f"'{value}" if name in words and str(value)[:1] in _FORMULA else value
        for name, value in line.items()
    }


def _named(uri: str, tracks: Mapping[str, Track]) -> Line:
    track = tracks.get(uri)
    return {"track": uri, **({"title": track.title, "artist": track.artist} if track else {})}


def _track(one: KeptChoice, tracks: Mapping[str, Track]) -> Line:
    line = {
        "at": one.at,
        "kind": "track",
        "what": one.aim.get("goal") or "",
        **_named(one.track_uri, tracks),
        "because": one.because,
    }
    if one.target is not None:
        line |= {"valence": one.target.valence, "arousal": one.target.arousal}
    if one.achieved is not None:
        line |= {"valence_after": one.achieved.valence, "arousal_after": one.achieved.arousal}
    return line


def _answer(one: KeptAnswer, tracks: Mapping[str, Track]) -> Line:
    return {
        "at": one.at,
        "kind": "answer",
        "what": one.answer.value,
        **_named(one.track_uri, tracks),
        "position_s": one.position_s,
    }


def _reading(one: KeptReading) -> Line:
    return {
        "at": one.at,
        "kind": "reading",
        "what": one.source,
        "valence": one.place.valence,
        "arousal": one.place.arousal,
        "spread": round(one.spread, 4),
        "confidence": one.confidence,
    }


def _saying(one: Saying) -> Line:
    line: Line = {"at": one.at, "kind": "saying", "what": one.kind.value}
    if one.place is not None:
        line |= {"valence": one.place.valence, "arousal": one.place.arousal}
    return line


def _taken(memory: io.StringIO) -> str:
    text = memory.getvalue()
    memory.seek(0)
    memory.truncate()
    return text
