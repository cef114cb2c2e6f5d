"""What may be played, whatever would fit best: rules, not weights.

"Never again" and explicit words hold always. The others hold as long as the music lasts:
where nothing is left that keeps them all, they are given up in this order: near the
place that is meant, artists spaced out, runs of dark and agitated music kept short, "not
now", no repeats. Sad music is never forbidden, and neither is angry music: only long runs
of what is both dark and agitated are broken up, until the listener says otherwise
(``Aim.lifted``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.choice import Aim, Intent
from affetto.emotion import Affect

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

# Dark and agitated: clearly in the angry and fearful quarter of the map.
DARK: Final = -0.2
AGITATED: Final = 0.2

NEAR: Final = 0.45  # map units; a track farther off is another mood than was meant
ASTRAY: Final = 2 * NEAR  # no step of a journey is farther off while another may come
SLACK: Final = 0.1  # where none is near: how much farther than the nearest one may lie

# What breaking a rule costs: more than all else that speaks for a track, and more than
# every rule before it. Never is not a price.
FAR_COST: Final = 5.0  # for each map unit of a track that is astray
ARTIST_COST: Final = 1e3
RUN_COST: Final = 1e4
BARRED_COST: Final = 1e5
REPEAT_COST: Final = 1e6

FEW: Final = 5  # tracks; in the smallest libraries half of them
_ALL: Final = slice(None)


@dataclass(frozen=True, slots=True)
class Rules:
    """How strict the rules are. The defaults are judgements, not measurements."""

    cooldown: int = 500  # tracks until one may come again; in a small library fewer
    per_artist: int = 2  # of ``within`` tracks; in a library of few artists more
    within: int = 10
    run: int | None = 4  # dark and agitated tracks in a row; None = as many as come


def rules_for(aim: Aim) -> Rules:
    """The rules of an aim: who lets it out may stay dark for longer than others."""
    if aim.lifted:
        return Rules(run=None)
    return Rules(run=8 if aim.intent is Intent.RELEASE else 4)


class Gate:
    """Which tracks may come next, and which one later.

    ``artist`` int32 (n,) has a number for each artist, ``valence`` and ``arousal`` (n,)
    where the tracks lie. ``heard`` are rows, oldest first. ``never``, ``barred`` and
    ``explicit`` are bool (n,), or None for no track at all; give ``explicit`` only where
    the listener wants none of it.
    """

    def __init__(
        self,
        artist: Codes,
        valence: Floats,
        arousal: Floats,
        *,
        heard: Sequence[int] = (),
        never: Mask | None = None,
        barred: Mask | None = None,
        explicit: Mask | None = None,
        rules: Rules | None = None,
    ) -> None:
        self.rules = rules or Rules()
        self.artist = artist
        self._valence, self._arousal = valence, arousal
        self.open = np.ones(len(artist), np.bool_)  # what may ever be played
        for closed in (never, explicit):
            if closed is not None:
                self.open &= ~closed
        self._barred = barred
        count = int(np.count_nonzero(self.open))
        # A quarter of the library, or a few tracks: half of a small one would have to be
        # played before anything that fits might come again.
        self.cooldown = min(self.rules.cooldown, max(count // 4, min(count // 2, FEW)))
        recent = list(heard)[-self.rules.cooldown :]
        self._ago = {row: ago for ago, row in reversed(list(enumerate(reversed(recent))))}
        self.heard = recent
        self.recent = artist[recent[-(self.rules.within - 1) :]] if recent else artist[:0]
        self.run = _run(self.dark(np.array(recent, np.int64)))
        self.per_artist = self._artists_allowed(count)

    def __len__(self) -> int:
        return len(self.open)

    def dark(self, rows: Rows | slice = _ALL) -> Mask:
        """Which of these rows are dark and agitated."""
        return np.asarray((self._valence[rows] < DARK) & (self._arousal[rows] > AGITATED))

    def away(self, place: Affect, rows: Rows | slice = _ALL) -> Floats:
        """How far these rows lie from a place, in map units, float32."""
        dv, da = self._valence[rows] - place.valence, self._arousal[rows] - place.arousal
        return np.asarray(np.sqrt(dv * dv + da * da), np.float32)

    def cost(self, ahead: int = 0, rows: Rows | slice = _ALL) -> Floats:
        """What "not now" and repeats cost these rows as the track that comes ``ahead`` after
        the next, float32; infinite for what may never be played.
        """
        cost = np.where(self.open[rows], np.float32(0.0), np.float32(np.inf))
        if self._barred is not None:
            cost[self._barred[rows]] += np.float32(BARRED_COST)
        soon = self.too_soon(ahead)
        again = soon if isinstance(rows, slice) else np.isin(rows, soon)
        cost[again] += np.float32(REPEAT_COST)
        return cost

    def next(self, place: Affect | None = None) -> Mask:
        """Which tracks may come next, (n,): all rules kept, or as many as can be.

        ``place`` is where the track should lie; None where that is no rule. None at all
        only where everything is ruled out for ever.
        """
        may = self._may()
        if place is None or not may.any():
            return may
        away = self.away(place)
        return np.asarray(may & (away <= max(NEAR, away[may].min() + SLACK)))

    def _may(self) -> Mask:
        """Which tracks may come next, wherever they lie."""
        full = self.full(self.recent)
        broken_up = self.rules.run is not None and self.run >= self.rules.run
        keeps = self.free()
        if broken_up:
            keeps &= ~self.dark()
        for artist in full:
            keeps &= self.artist != artist
        if keeps.any():
            return keeps
        cost = self.cost()
        cost[np.isin(self.artist, full)] += np.float32(ARTIST_COST)
        if broken_up:
            cost[self.dark()] += np.float32(RUN_COST)
        least = cost.min(initial=np.float32(np.inf))
        return np.asarray(np.isfinite(cost) & (cost <= least))

    def free(self) -> Mask:
        """What is neither ruled out, nor barred, nor heard too recently, (n,)."""
        free = self.open.copy()
        free[self.too_soon(0)] = False
        if self._barred is not None:
            free &= ~self._barred
        return free

    def too_soon(self, ahead: int) -> Rows:
        """The rows heard too recently to be the track that comes ``ahead`` after the next."""
        rows = [row for row, ago in self._ago.items() if ago + ahead < self.cooldown]
        return np.array(rows, np.int64)

    def full(self, recent: Codes) -> Codes:
        """The artists of whom enough was heard among ``recent``, the last nine tracks."""
        codes, counts = np.unique(recent, return_counts=True)
        return np.asarray(codes[counts >= self.per_artist])

    def _artists_allowed(self, count: int) -> int:
        """How many of an artist in ten: as many as it takes where there are few artists."""
        if not count or count > 1000:  # enough music to space them out
            return self.rules.per_artist
        artists = len(np.unique(self.artist[self.open]))
        return max(self.rules.per_artist, -(-self.rules.within // artists))


def _run(dark: Mask) -> int:
    """How many dark and agitated tracks the history ends with."""
    light = np.flatnonzero(~dark)
    return len(dark) - (int(light[-1]) + 1 if len(light) else 0)
