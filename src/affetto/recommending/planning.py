"""A journey for one listener: their taste and rules given to ``journey``, with reasons back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from affetto.choice import Choice, Term
from affetto.emotion import Affect
from affetto.recommending.fit import Candidates, Floats
from affetto.recommending.journey import Planned, Weights, drawn, plan
from affetto.recommending.nearest import Rows
from affetto.recommending.reasons import Reasoning, because
from affetto.recommending.recommender import TYPICAL, gate_of, nothing_to_play, place_of
from affetto.recommending.response import Response
from affetto.recommending.scoring import Scores, Wish
from affetto.recommending.shortlist import Closeness
from affetto.recommending.taste import Taste
from affetto.recommending.transitions import roughness

_WORTH: Final = "worth"
_ORDERED: Final = ("closeness", "transition")  # what only a place in the journey tells


def plan_ahead(
    candidates: Candidates,
    wish: Wish,
    targets: Sequence[Affect | None],
    *,
    taste: Taste,
    rng: np.random.Generator | None = None,
) -> list[Choice]:
    """Choices for the next tracks, planned together: one for each target.

    The wish's own target does not count. Without an ``rng`` nothing is left to chance, and
    the same is planned for the same wish. Empty when every track is ruled out for ever;
    raises NothingToPlay when there is none.
    """
    if not len(candidates):
        raise nothing_to_play()
    # The targets say where to, and the plan how one track follows another.
    here = replace(wish, target=None, end=None)
    scores = Scores(candidates, here, taste, Response())
    weights = drawn(Weights()) if wish.drawn else Weights()
    made = plan(
        candidates,
        targets,
        gains={_WORTH: scores.worth()},
        gate=gate_of(candidates, wish, taste),
        around=wish.around,
        alike=candidates.traits.columns.T,
        weights=weights,
        rng=rng,
    )
    typical = np.arange(0, len(candidates), max(1, len(candidates) // TYPICAL))
    usual = {name: float(amounts.mean()) for name, amounts in scores.terms(typical).items()}
    closeness = Closeness(candidates, wish.around, weights.valence, weights.arousal)
    rows, at = np.unique([track.row for track in made.tracks], return_inverse=True)
    own = {name: told[at] for name, told in scores.terms(rows).items()} if len(rows) else {}
    last = [candidates.row[uri] for uri in wish.heard if uri in candidates.row][-1:]
    choices = []
    for i, track in enumerate(made.tracks):
        amounts = {n: float(told[i]) - usual[n] for n, told in own.items() if n not in _ORDERED}
        for name, amount in _in_order(track, closeness, weights, last, typical).items():
            amounts[name] = amounts.get(name, 0.0) + amount
        terms = tuple(
            sorted((Term(n, a) for n, a in amounts.items() if a), key=lambda term: -term.amount)
        )
        of_step = replace(wish, target=track.target)
        choices.append(
            Choice(
                track=candidates.tracks[track.row],
                target=track.target or place_of(candidates.tracks[track.row]),
                because=because(Reasoning(candidates, track.row, of_step, taste, terms)),
                score=sum(amounts.values()),
                terms=terms,
            )
        )
        last = [track.row]
    return choices


def _in_order(
    track: Planned, closeness: Closeness, weights: Weights, last: Sequence[int], typical: Rows
) -> Mapping[str, float]:
    """What a track's place in the journey adds, against the typical track's in that place."""
    told = {term.name: term.amount for term in track.terms}
    close = told.get("closeness", 0.0) - float(closeness.at(typical, track.target).mean())
    smooth = told.get("transition", 0.0)
    if last:
        rough: Floats = roughness(closeness.candidates.sounds, np.array(last, np.int64), typical)
        smooth += weights.transition * float(rough.mean())
    return {"closeness": close, "transition": smooth, "variety": told.get("variety", 0.0)}
