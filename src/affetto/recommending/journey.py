"""A journey: many tracks chosen together, so that each fits its place and its neighbours.

Choosing one track after the other takes the best one early and pays for it later: its
artist is used up, and the step to the next is rough. So many beginnings are
kept and led on (beam search). What is said of one track comes from outside as ``gains``;
what only shows in order (transitions, variety, rules) is weighed here.

A journey is planned anew after each track, from what is then believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.choice import Term
from affetto.emotion import Affect, Covariance
from affetto.recommending.fit import Candidates
from affetto.recommending.rules import (
    ARTIST_COST,
    ASTRAY,
    FAR_COST,
    NEAR,
    REPEAT_COST,
    RUN_COST,
    Gate,
)
from affetto.recommending.shortlist import Closeness, best, spread
from affetto.recommending.transitions import roughness

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

BEAM: Final = 64  # beginnings kept
SHORTLIST: Final = 200  # tracks tried for each place
FEW_NEAR: Final = 48  # of them at least so many that lie near the place, where there are
LIGHT: Final = 24  # of them at least so many that are not dark and agitated
CHANCE: Final = 0.01  # reward; scale of the noise that lets near-ties take turns
DRAWN: Final = 5.0  # a way drawn by hand is told, not guessed: closeness counts this often


@dataclass(frozen=True, slots=True)
class Weights:
    """What the parts of a journey are worth, in reward: full liking adds one half.

    Arousal counts twice as much as valence: in the field a track's energy moved arousal
    and its valence hardly moved the mood (SiTunes, CHIIR 2024). A track well known to lie
    half a map unit too high costs as much as a fifth of full liking. The others are
    judgements.
    """

    valence: float = 0.02  # for a squared standard deviation off the place
    arousal: float = 0.04
    transition: float = 0.08  # of the hardest cut
    same_artist: float = 0.5  # in a row, as a share of that
    variety: float = 0.04  # for each track before that sounds the same
    again: float = 0.25  # for coming a second time in one journey


def drawn(weights: Weights) -> Weights:
    """The weights for a way that was drawn by hand."""
    return replace(weights, valence=DRAWN * weights.valence, arousal=DRAWN * weights.arousal)


@dataclass(frozen=True, slots=True)
class Planned:
    """One track of a plan. ``terms`` add up to ``score``, the strongest first."""

    row: int
    target: Affect | None  # where it should lie; None = anywhere
    place: Affect  # where it lies
    score: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Tracks in playing order, and what they are worth together, in reward."""

    tracks: tuple[Planned, ...]

    @property
    def worth(self) -> float:
        """The sum of the tracks' scores: plans for the same wish compare by it."""
        return sum(track.score for track in self.tracks)


def plan(
    candidates: Candidates,
    targets: Sequence[Affect | None],
    *,
    gains: Mapping[str, Floats],
    gate: Gate,
    around: Covariance = Covariance(0.0, 0.0, 0.0),
    alike: Floats | None = None,
    weights: Weights | None = None,
    rng: np.random.Generator | None = None,
    beam: int = BEAM,
    shortlist: int = SHORTLIST,
) -> Plan:
    """The best tracks found for these targets, one for each.

    ``gains`` are the amounts by name that each track adds wherever it stands, float32
    (n,). ``around`` is how unsure the targets are, ``alike`` float32 (n, d) in what tracks
    are compared for variety, at a scale where tracks 1 apart are much alike. Without an
    ``rng`` nothing is left to chance. A ``beam`` of 1 chooses one track after the other.
    The plan is shorter than the targets, or empty, only when the rules leave no track.
    """
    weights = weights or Weights()
    if not targets or not gate.open.any():
        return Plan(())
    closeness = Closeness(candidates, around, weights.valence, weights.arousal)
    gain = np.zeros(len(candidates), np.float32)
    for amounts in gains.values():
        gain += amounts
    if rng is not None:
        gain = gain + np.float32(CHANCE) * _noise(len(gain), rng)
    lists = _lists(closeness, gain, gate, targets, shortlist)
    search = _Search(candidates, gate, weights, alike, np.unique(np.concatenate(lists)), beam)
    for target, rows in zip(targets, lists, strict=True):
        worth = gain[rows] + closeness.at(rows, target)
        if target is not None:
            away = gate.away(target, rows)
            worth -= np.float32(FAR_COST) * away * (away > ASTRAY)
        search.go_on(rows, worth)
    rows = search.found()
    step_costs = search.in_order(rows)
    told = []
    for i, (row, target) in enumerate(zip(rows, targets, strict=True)):
        one = np.array([row])
        parts = {name: float(amounts[row]) for name, amounts in gains.items()}
        parts["closeness"] = float(closeness.at(one, target)[0])
        parts["transition"], parts["variety"] = step_costs[i]
        terms = sorted(
            (Term(name, amount) for name, amount in parts.items() if amount != 0.0),
            key=lambda term: -abs(term.amount),
        )
        place = Affect(float(candidates.valence[row]), float(candidates.arousal[row]))
        told.append(
            Planned(int(row), target, place, sum(term.amount for term in terms), tuple(terms))
        )
    return Plan(tuple(told))


def _noise(n: int, rng: np.random.Generator) -> Floats:
    return np.asarray(rng.standard_normal(n, np.float32))


def _lists(
    closeness: Closeness,
    gain: Floats,
    gate: Gate,
    targets: Sequence[Affect | None],
    k: int,
) -> list[Rows]:
    """The rows to try at each step, so chosen that the rules can be kept."""
    free = gate.free()
    if len(gain) <= 2 * k or np.count_nonzero(free) <= 2 * k + len(targets):
        if len(gain) <= 2 * k:  # few enough to try all of them
            return [np.flatnonzero(gate.open)] * len(targets)
        free = gate.open
    open_gain = np.where(free, gain, np.float32(-np.inf))
    places = list(dict.fromkeys(targets))
    found = best(closeness, open_gain, places, 3 * k)
    artist = gate.artist
    lists = {place: spread(rows, artist)[:k] for place, rows in zip(places, found, strict=True)}
    for place, rows in lists.items():
        if place is None or np.count_nonzero(gate.away(place, rows) <= NEAR) >= FEW_NEAR:
            continue
        near = np.where(gate.away(place) <= NEAR, open_gain, np.float32(-np.inf))
        lists[place] = np.union1d(rows, best(closeness, near, [place], FEW_NEAR)[0])
    cap = gate.rules.run
    if cap is not None and gate.run + len(targets) > cap:
        dim = [p for p, rows in lists.items() if np.count_nonzero(~gate.dark(rows)) < LIGHT]
        if dim:
            light = np.where(gate.dark(), np.float32(-np.inf), open_gain)
            for place, rows in zip(dim, best(closeness, light, dim, LIGHT), strict=True):
                lists[place] = np.union1d(lists[place], rows)
    return [lists[target] for target in targets]


class _Search:
    """The beginnings kept, all of one length, best first; columns are rows of the pool."""

    def __init__(
        self,
        candidates: Candidates,
        gate: Gate,
        weights: Weights,
        alike: Floats | None,
        pool: Rows,
        beam: int,
    ) -> None:
        self._sounds = candidates.sounds
        self._gate = gate
        self._weights = weights
        self._pool = pool
        self._beam = beam
        self._artist = gate.artist[pool]
        self._dark = gate.dark(pool)
        self._alike = None if alike is None else np.asarray(alike[pool], np.float32)
        # A name for each set of tracks: beginnings that differ only in order lead on alike.
        self._names = np.random.default_rng(0).integers(1, 2**62, len(pool))
        self._step = 0
        self._worth = np.zeros(1)  # float64 (b,), of each beginning
        self._path = np.zeros((1, 0), np.int64)  # (b, steps), in the pool
        self._last = np.array(gate.heard[-1:], np.int64)  # track rows; none, or one a beginning
        self._used = np.full((1, len(pool)), -1_000_000, np.int32)  # the step of its last use
        self._same = np.zeros((1, len(pool)), np.float32)  # likeness to those before, summed
        self._recent = gate.recent[None, :]  # artists of the last nine
        self._run = np.array([gate.run])
        self._set = np.zeros(1, np.int64)

    def go_on(self, rows: Rows, worth: Floats) -> None:
        """Lead every beginning on by one of these rows, and keep the best."""
        gate, step = self._gate, self._step
        at = np.searchsorted(self._pool, rows)
        total = self._worth[:, None] + worth[None, :]
        total = total - self._weights.transition * self._rough(self._last, self._recent, rows, at)
        total -= self._weights.variety * self._same[:, at]
        total -= self._weights.again * (self._used[:, at] >= 0)
        total -= gate.cost(step, rows)[None, :]
        total -= REPEAT_COST * (step - 1 - self._used[:, at] < gate.cooldown)
        for beginning, artist in self._full():
            total[beginning, self._artist[at] == artist] -= ARTIST_COST
        if gate.rules.run is not None:
            total -= RUN_COST * ((self._run >= gate.rules.run)[:, None] & self._dark[at])
        self._keep(*self._chosen(total, at), total, at)

    def found(self) -> Rows:
        """The rows of the best one."""
        return np.asarray(self._pool[self._path[0]])

    def in_order(self, rows: Rows) -> list[tuple[float, float]]:
        """What the transition to each of these rows, and its likeness to those before, add."""
        at = np.searchsorted(self._pool, rows)
        recent, last = self._gate.recent[None, :], np.array(self._gate.heard[-1:], np.int64)
        same = np.zeros((1, len(self._pool)), np.float32)
        used: set[int] = set()
        told = []
        for i in range(len(rows)):
            one = slice(i, i + 1)
            rough = self._rough(last, recent, rows[one], at[one])[0, 0]
            told.append(
                (
                    -self._weights.transition * float(rough),
                    -self._weights.variety * float(same[0, at[i]])
                    - self._weights.again * (int(rows[i]) in used),
                )
            )
            used.add(int(rows[i]))
            same = same + self._likeness(at[one])
            last, recent = rows[one], self._artist[at[one]][None, :]
        return told

    # -- inside -------------------------------------------------------------------------

    def _rough(self, last: Rows, recent: npt.NDArray[np.int32], rows: Rows, at: Rows) -> Floats:
        """The roughness of each step, (b, rows); nothing where nothing came before."""
        if not len(last):
            return np.zeros((1, len(rows)), np.float32)
        again = recent[:, -1:] == self._artist[at]
        rough = roughness(self._sounds, last, rows)
        return np.asarray(rough + np.float32(self._weights.same_artist) * again)

    def _full(self) -> list[tuple[int, int]]:
        """Of which artists enough was heard lately, as (beginning, artist)."""
        codes, enough = np.sort(self._recent, axis=1), self._gate.per_artist
        again = codes[:, enough - 1 :] == codes[:, : max(0, codes.shape[1] - enough + 1)]
        return [(int(b), int(codes[b, i])) for b, i in np.argwhere(again)]

    def _likeness(self, at: Rows) -> Floats:
        """How much all of the pool is like each of these, (len(at), pool), in [0, 1]."""
        if self._alike is None:
            return np.asarray(self._artist[at][:, None] == self._artist, np.float32)
        some, every = self._alike[at], self._alike
        squared = (some**2).sum(1)[:, None] + (every**2).sum(1) - 2 * some @ every.T
        return np.asarray(np.exp(-np.maximum(squared, 0) / 2), np.float32)

    def _chosen(self, total: npt.NDArray[np.float64], at: Rows) -> tuple[Rows, Rows]:
        """Which beginnings to lead on by which of ``at``: the best, no two of one set."""
        flat = total.ravel()
        count = min(4 * self._beam, len(flat))
        top = np.argpartition(-flat, count - 1)[:count]
        top = top[np.argsort(-flat[top], kind="stable")]
        top = top[np.isfinite(flat[top])]
        parent, column = np.divmod(top, len(at))
        # The same tracks, the same one last: the better order is enough.
        name = (self._set[parent] + self._names[at[column]]) ^ (at[column] << 40)
        first = np.sort(np.unique(name, return_index=True)[1])[: self._beam]
        return parent[first], column[first]

    def _keep(self, parent: Rows, column: Rows, total: npt.NDArray[np.float64], at: Rows) -> None:
        new = at[column]
        self._worth = total[parent, column]
        self._path = np.column_stack((self._path[parent], new))
        self._last = self._pool[new]
        self._used = self._used[parent]
        self._used[np.arange(len(new)), new] = self._step
        kinds, which = np.unique(new, return_inverse=True)
        self._same = self._same[parent] + self._likeness(kinds)[which]
        kept = self._recent[parent][:, -(self._gate.rules.within - 2) :]
        self._recent = np.column_stack((kept, self._artist[new]))
        self._run = np.where(self._dark[new], self._run[parent] + 1, 0)
        self._set = self._set[parent] + self._names[new]
        self._step += 1
