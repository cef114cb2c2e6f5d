"""The next version of the map, from answers: rows that do not fit go where the fitting lay."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from affetto.choice import Goal
from affetto.emotion import Affect
from affetto.errors import AffettoError
from affetto.listening.policies.emotion_map import EmotionMap, Key, Row
from affetto.listening.policies.evidence import SPEAKS_FOR, Play
from affetto.listening.policies.sheet import write_map

FEWEST: Final = 20  # answers of a row before it may move
FARTHEST: Final = 0.3  # on the map, in one version


class NothingToPropose(AffettoError):
    """No row has more answers against it than for it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One row before and after, and the answers that moved it."""

    before: Row
    after: Row
    spoke_for: int
    against: int


def propose(
    now: EmotionMap, version: int, answered: Sequence[Play]
) -> tuple[EmotionMap, list[Moved]]:
    """The map with its rows moved towards where the answers say, and which those are.

    A row moves when more answers speak against what it played than for it, and at most
    ``FARTHEST``. Raises NothingToPropose when none does.
    """
    moved = [one for key in now.rows if (one := _moved(now.rows[key], _of(answered, key)))]
    if not moved:
        most = max((len(_of(answered, key)) for key in now.rows), default=0)
        raise NothingToPropose(
            "Nothing in the answers asks for another map."
            if most >= FEWEST
            else f"No row has {FEWEST} answers yet to propose from; the most any has is {most}.",
            remedy="Go on listening with --policy and answer with fits and not now; rows learn "
            "only while you agree that readings may be kept.",
        )
    after = {one.after.key: one.after for one in moved}
    return EmotionMap(version, {key: after.get(key, row) for key, row in now.rows.items()}), moved


def diff(before: EmotionMap, after: EmotionMap, names: tuple[str, str]) -> list[str]:
    """The two versions line by line, as ``diff -u`` tells them; remarks are left out."""
    old, new = (write_map(one, head="").decode().splitlines() for one in (before, after))
    return list(difflib.unified_diff(old, new, *names, n=2, lineterm=""))


def _of(answered: Sequence[Play], key: Key) -> list[Play]:
    return [play for play in answered if play.key == key]


def _moved(row: Row, answered: Sequence[Play]) -> Moved | None:
    fitting = [play for play in answered if play.worth > SPEAKS_FOR]
    spoke_for, against = len(fitting), len(answered) - len(fitting)
    if len(answered) < FEWEST or against <= spoke_for or not fitting:
        return None
    here = row.end
    total = sum(play.worth for play in fitting)
    to = Affect.clipped(
        sum(play.worth * play.place.valence for play in fitting) / total,
        sum(play.worth * play.place.arousal for play in fitting) / total,
    )
    part = min(1.0, FARTHEST / max(here.distance(to), 1e-9))
    place = Affect.clipped(
        round(here.valence + part * (to.valence - here.valence), 2),
        round(here.arousal + part * (to.arousal - here.arousal), 2),
    )
    if place.distance(here) < 0.02:  # it stands where the answers say
        return None
    first = row.source.split(" Moved from ")[0].rstrip()
    source = (
        f"{first} Moved from {row.told} by {against} answers against it and {spoke_for} for it."
    )
    return Moved(row, replace(row, goal=Goal.PLACE, place=place, source=source), spoke_for, against)
