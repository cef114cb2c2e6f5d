"""Terms and rules weighed into one choice, with its reasons and its chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.choice import Choice, Term
from affetto.emotion import Affect
from affetto.errors import NothingToPlay
from affetto.recommending.fit import Candidates, Floats
from affetto.recommending.nearest import Mask, Rows
from affetto.recommending.reasons import Reasoning, because, otherwise
from affetto.recommending.response import Response
from affetto.recommending.rules import Gate
from affetto.recommending.scoring import Scores, Wish
from affetto.recommending.taste import Taste
from affetto.track import Track, TrackUri

__all__ = [
    "Weighed",
    "Wish",
    "choose",
    "nothing_to_play",
    "picked",
    "place_of",
    "was_a_try",
    "weigh",
]

SHORTLIST: Final = 128  # of the best by what is believed, and of the best by a draw
DRAWS: Final = 32  # of the taste: one decides, all tell the chance of it
SPREAD: Final = 0.35  # of the draws, in standard deviations of what is believed
TIE: Final = 0.006  # reward; near-equals closer than this take turns
# Where a try may lie (choosing.md, safety): near the way, likely to be heard out, and never
# dark and agitated. Nobody is tried on before they have answered this often.
TRUST: Final = 0.5
LIKELY: Final = 0.4
FIRST: Final = 2.0
TRIED: Final = 0.02  # of "chance", beyond which a choice was a try
TYPICAL: Final = 128  # tracks, spread over the library, that the others are told against


def choose(
    candidates: Candidates,
    wish: Wish,
    *,
    taste: Taste,
    rng: np.random.Generator,
    response: Response | None = None,
    other: Wish | None = None,
) -> Choice:
    """The track to play for this wish. The same generator state, the same choice.

    Raises NothingToPlay when there is no candidate at all, or none the listener has not
    ruled out for ever. Rules give way before the music stops (see ``rules``). For another
    wish, ``other``, it is worked out what would have been played instead.
    """
    response = response or Response()
    weighed = weigh(candidates, wish, taste=taste, rng=rng, response=response)
    pick = weighed.pick
    row = int(weighed.rows[pick])
    track = candidates.tracks[row]
    amounts = {name: float(values[pick]) for name, values in weighed.terms.items()}
    told = (Term(name, amount) for name, amount in amounts.items() if amount)
    terms = sorted(told, key=lambda term: -term.amount)
    instead = ""
    if other is not None:
        found = weigh(candidates, other, taste=taste, rng=None, response=response)
        best = candidates.tracks[int(found.rows[found.pick])]
        instead = otherwise(other.goal, track, best)
    reasoning = Reasoning(candidates, row, wish, taste, tuple(terms), weighed.lead, weighed.rows)
    return Choice(
        track=track,
        target=wish.target or place_of(track),
        because=because(reasoning),
        score=sum(amounts.values()),
        instead=instead,
        terms=tuple(terms),
        propensity=weighed.propensity,
    )


@dataclass(frozen=True)
class Weighed:
    """The tracks that could be played, what speaks for each, and which one it is."""

    rows: Rows  # int64, (m,)
    terms: dict[str, Floats]  # (m,) each; against the typical track
    pick: int  # a place in ``rows``
    propensity: float  # chance with which it was picked, (0, 1]

    @property
    def totals(self) -> Floats:
        """The score of each row, float32 (m,)."""
        return np.asarray(sum(self.terms.values()), np.float32)

    @property
    def lead(self) -> float:
        """How far the pick lies before the next best."""
        totals = self.totals
        others = np.delete(totals, self.pick)
        return float(totals[self.pick] - others.max()) if len(others) else 0.0


def weigh(
    candidates: Candidates,
    wish: Wish,
    *,
    taste: Taste,
    rng: np.random.Generator | None,
    response: Response,
) -> Weighed:
    """Score what may be played, and pick; without ``rng`` the best that is known."""
    if not len(candidates):
        raise nothing_to_play()
    gate = gate_of(candidates, wish, taste)
    # Of whom nothing is known yet no liking speaks for a track far from what was asked.
    known = taste.lessons > 1.0 or bool(taste.told)
    may = gate.next(None if known else wish.target)
    if not may.any():
        raise NothingToPlay(
            "You have ruled out every track there is.",
            remedy="Take one of the bans back, or add more music.",
        )
    scores = Scores(candidates, wish, taste, response)
    explores = rng is not None and wish.explore and taste.lessons >= FIRST
    numbers = taste.line.posterior.drawn(rng, DRAWS, SPREAD) if rng and explores else None
    rows = scores.best(SHORTLIST, ~may, None if numbers is None else numbers[0])
    terms = scores.terms(rows)
    steady = np.asarray(sum(terms.values()), float)
    tries = np.zeros((1, len(rows)))
    if numbers is not None:
        tries = scores.tries(rows, numbers).astype(float)
        tries[:, ~_trusted(candidates, rows, wish, scores, gate)] = 0.0
    turns = TIE * rng.gumbel(size=len(rows)) if rng else np.zeros(len(rows))
    pick = int(np.argmax(steady + tries[0] + turns))
    terms["chance"], terms["turn"] = (part.astype(np.float32) for part in (tries[0], turns))
    typical = scores.terms(np.arange(0, len(candidates), max(1, len(candidates) // TYPICAL)))
    for name, values in typical.items():
        terms[name] = terms[name] - values.mean()
    return Weighed(rows, terms, pick, _chance(steady + tries, pick))


def was_a_try(choice: Choice) -> bool:
    """Whether a track was chosen to learn from rather than as the best one known."""
    return any(term.name == "chance" and term.amount > TRIED for term in choice.terms)


def nothing_to_play() -> NothingToPlay:
    """The error for an empty library, with what to do about it."""
    return NothingToPlay(
        "There is no music to choose from.",
        remedy="Add a folder with `affetto library scan DIR`, or start with the demo music.",
    )


def picked(track: Track) -> Choice:
    """A track the listener chose: it needs no other reason."""
    return Choice(track=track, target=place_of(track), because="You picked it.", score=0.0)


def place_of(track: Track) -> Affect:
    """Where a track lies; the middle when nobody has listened to it."""
    if track.features is None:
        return Affect(0.0, 0.0)
    return Affect(track.features.valence, track.features.arousal)


def gate_of(candidates: Candidates, wish: Wish, taste: Taste) -> Gate:
    """What a wish and a taste rule out of these tracks."""
    return Gate(
        candidates.artist,
        candidates.valence,
        candidates.arousal,
        heard=[candidates.row[uri] for uri in wish.heard if uri in candidates.row],
        never=_mask(candidates, taste.never),
        barred=_mask(candidates, wish.barred),
        explicit=_mask(candidates, wish.explicit),
        rules=wish.rules,
    )


def _mask(candidates: Candidates, uris: set[TrackUri] | frozenset[TrackUri]) -> Mask | None:
    rows = [candidates.row[uri] for uri in uris if uri in candidates.row]
    if not rows:
        return None
    mask = np.zeros(len(candidates), np.bool_)
    mask[rows] = True
    return mask


def _trusted(
    candidates: Candidates, rows: Rows, wish: Wish, scores: Scores, gate: Gate
) -> npt.NDArray[np.bool_]:
    """Which of these rows may be tries."""
    trusted = (scores.satisfaction(rows) >= LIKELY) & ~gate.dark(rows)
    if wish.target is not None:
        dv = candidates.valence[rows] - wish.target.valence
        da = candidates.arousal[rows] - wish.target.arousal
        trusted &= np.hypot(dv, da) <= TRUST
    return np.asarray(trusted)


def _chance(totals: npt.NDArray[np.float64], pick: int) -> float:
    """The chance of this pick: over the draws of the taste, (k, m), and the turns taken.

    The maximum of scores with Gumbel noise falls on each as a softmax of the scores says.
    """
    eager = np.exp((totals - totals.max(axis=1, keepdims=True)) / TIE)
    shares = eager[:, pick] / eager.sum(axis=1)
    return float(max(shares.mean(), 1e-6))
