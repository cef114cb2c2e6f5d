"""Fit, taste and variety weighed into choices with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from affetto.choice import Choice, Goal
from affetto.emotion import Affect, Covariance
from affetto.errors import NothingToPlay
from affetto.recommending.fit import Candidates, Floats
from affetto.recommending.reasons import NEAR, reason
from affetto.recommending.taste import Taste
from affetto.recommending.variety import repetition
from affetto.track import Track, TrackUri

# One like outweighs this much misfit (nats). On 1,406 field plays liking moved the
# mood after more than the track's own place on the map did (SiTunes, CHIIR 2024).
LIKE_IS_WORTH: Final = 5.0
SHORTLIST: Final = 64
CHANCE: Final = 0.35  # scale of the Gumbel noise, nats: near-ties take turns


@dataclass(frozen=True, slots=True)
class Wish:
    """What one choice is for."""

    goal: Goal = Goal.MATCH
    mood: Affect | None = None  # believed now
    target: Affect | None = None  # where the track should lie; None = anywhere
    around: Covariance = Covariance(0.0, 0.0, 0.0)  # how unsure the target is
    heard: Sequence[TrackUri] = ()  # oldest first
    barred: frozenset[TrackUri] = field(default_factory=frozenset)  # "not now"


def choose(candidates: Candidates, wish: Wish, *, taste: Taste, rng: np.random.Generator) -> Choice:
    """The track to play for this wish. The same generator state, the same choice.

    Raises NothingToPlay when there is no candidate at all. Tracks barred are played
    only when nothing else is left.
    """
    if not len(candidates):
        raise nothing_to_play()
    cost = repetition(candidates, wish.heard)
    if wish.target is not None:
        cost += candidates.misfit(wish.target, wish.around)
    for uri in wish.barred:
        if uri in candidates.row:
            cost[candidates.row[uri]] += 1000.0
    _take_off_likes(cost, candidates, taste)
    count = min(SHORTLIST, len(candidates))
    if wish.target is None:  # nothing fits better than anything: all have their chance
        short = np.arange(len(candidates))
        short = rng.permutation(short[cost <= cost.min() + 1.0])[:count]
    else:
        short = np.argpartition(cost, count - 1)[:count]
        short = short[np.argsort(cost[short], kind="stable")]
    noisy = cost[short] - CHANCE * rng.gumbel(size=len(short))
    row = int(short[int(np.argmin(noisy))])
    track = candidates.tracks[row]
    place = _place_of(track)
    # Only a far track needs to know whether a nearer one exists: it costs a whole scan.
    far = wish.target is not None and place.distance(wish.target) > NEAR
    return Choice(
        track=track,
        target=wish.target or place,
        because=reason(
            track.features,
            goal=wish.goal,
            mood=wish.mood,
            target=wish.target,
            liked=taste.likes(track.uri),
            nearest=not far or candidates.nearest(wish.target or place) == row,
        ),
        score=float(-cost[row]),
    )


def nothing_to_play() -> NothingToPlay:
    """The error for an empty library, with what to do about it."""
    return NothingToPlay(
        "There is no music to choose from.",
        remedy="Add a folder with `affetto library scan DIR`, or start with the demo music.",
    )


def picked(track: Track) -> Choice:
    """A track the listener chose: it needs no other reason."""
    return Choice(track=track, target=_place_of(track), because="You picked it.", score=0.0)


def _place_of(track: Track) -> Affect:
    """Where a track lies; the middle when nobody has listened to it."""
    if track.features is None:
        return Affect(0.0, 0.0)
    return Affect(track.features.valence, track.features.arousal)


def _take_off_likes(cost: Floats, candidates: Candidates, taste: Taste) -> None:
    """Lower the cost of what is liked, raise that of what is not."""
    for artist in taste.artists:
        code = candidates.artist_code(artist)
        if code is not None:
            cost[candidates.artist == code] -= LIKE_IS_WORTH * taste.of_artist(artist)
    for uri in taste.tracks:
        row = candidates.row.get(uri)
        if row is not None:
            cost[row] -= LIKE_IS_WORTH * taste.of_track(uri)
