"""What the log says of the rows: tracks that were put on for one, and how they were answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from affetto.choice import Answer
from affetto.emotion import Affect
from affetto.listening.policies.emotion_map import Key
from affetto.mood.path import TRACK_S
from affetto.store.history import KeptAnswer, KeptChoice
from affetto.track import Track

FITS: Final = 1.0
HEARD_OUT: Final = 0.6  # a skip is worth the share of this that was heard
SPEAKS_FOR: Final = 0.5  # what is worth more than this speaks for its row
MOST_A_DAY: Final = 30  # answered tracks: no one day decides

_OF_THE_MOMENT: Final = frozenset({Answer.FITS, Answer.NOT_NOW})
_OF_THE_END: Final = frozenset({Answer.FINISHED, Answer.SKIPPED})


@dataclass(frozen=True, slots=True)
class Play:
    """One track put on for a row, and what its answer is worth, [0, 1]."""

    key: Key
    place: Affect  # where the track lies
    worth: float
    propensity: float  # the chance with which it was drawn, (0, 1]
    day: date  # UTC


def plays(
    choices: Iterable[KeptChoice],
    answers: Iterable[KeptAnswer],
    tracks: Mapping[str, Track],
    *,
    most_a_day: int = MOST_A_DAY,
) -> list[Play]:
    """The answered tracks of rows, oldest first, the first ``most_a_day`` of each day.

    Whether a track fits counts before how long it was heard; what is said of taste (liked,
    never) says nothing of a row. Tracks whose place nobody knows are left out.
    """
    said: dict[tuple[str, str], list[KeptAnswer]] = {}
    for answer in answers:
        if answer.answer in _OF_THE_MOMENT | _OF_THE_END:
            said.setdefault((answer.session_id, answer.track_uri), []).append(answer)
    found: list[Play] = []
    later: dict[tuple[str, str], KeptChoice] = {}  # the same track, put on again
    for choice in reversed(list(choices)):
        name = (choice.session_id, choice.track_uri)
        again, later[name] = later.get(name), choice
        track = tracks.get(choice.track_uri)
        key = _key(choice.aim.get("row"))
        if key is None or track is None or track.features is None:
            continue
        heard = [
            one
            for one in said.get(name, [])
            if one.at >= choice.at and (again is None or one.at < again.at)
        ]
        if not heard:
            continue
        place = Affect.clipped(track.features.valence, track.features.arousal)
        drawn = choice.propensity or 1.0
        found.append(Play(key, place, _worth(heard, track), drawn, choice.at.date()))
    found.reverse()
    return [play for _, day in groupby(found, lambda p: p.day) for play in list(day)[:most_a_day]]


def halves(found: Sequence[Play]) -> tuple[list[Play], list[Play]]:
    """Every other day to propose from, the days between to judge by; no day is in both."""
    days = {day: number for number, day in enumerate(sorted({play.day for play in found}))}
    return (
        [play for play in found if days[play.day] % 2 == 0],
        [play for play in found if days[play.day] % 2 == 1],
    )


def _key(row: object) -> Key | None:
    policy, slash, emotion = str(row or "").partition("/")
    return (policy, emotion) if slash else None


def _worth(heard: Sequence[KeptAnswer], track: Track) -> float:
    """What the last word on the moment is worth, or else how the track ended."""
    moment = [one for one in heard if one.answer in _OF_THE_MOMENT]
    if moment:
        return FITS if moment[-1].answer is Answer.FITS else 0.0
    end = heard[-1]
    if end.answer is Answer.FINISHED:
        return HEARD_OUT
    return HEARD_OUT * min(1.0, max(0.0, end.position_s / (track.duration_s or TRACK_S)))
