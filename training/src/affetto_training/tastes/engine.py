"""The engine of the product, as those who judge ways of choosing speak to one.

A thin adapter: the catalogue becomes tracks with traits, an observation a belief, and an
answer feedback. ``affetto.listening.listener.Listener`` decides, one for each listener;
what is known of people is refitted from those met so far. Nothing here knows a simulator.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.choice import Aim, Answer, Feedback, Goal
from affetto.emotion import Affect, Covariance, MoodState
from affetto.listening.listener import PEOPLE, Listener, People, Setting, refitted
from affetto.recommending.fit import Candidates
from affetto.recommending.linear import Prior
from affetto.recommending.rules import Rules
from affetto.recommending.traits import AWAY, CONSTANT, FARTHEST, Traits
from affetto.track import Track, TrackFeatures, TrackUri

Floats = npt.NDArray[np.float64]

GOALS: Final = {"uplift": Goal.LIFT, "lift": Goal.LIFT}
TRACKS: Final = 10  # of a session
LENGTH_S: Final = 210.0
COOLDOWN: Final = 20  # tracks: two sessions
REFIT_EVERY: Final = 10  # sessions
LABELS: Final = 24  # at most so many labels become traits of their own
EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)  # no time is told, and none matters
# What is known of people's liking for a trait, where the product has a word for it.
TRAIT_SD: Final = 0.09
LABEL_SD: Final = 0.14


class Policy:
    """The engine, for listeners by number and tracks by row."""

    def __init__(self, catalog: Any, seed: int = 0, **_ignored: Any) -> None:
        self._rng = np.random.default_rng(seed)
        self._candidates, prior = _laid_out(catalog)
        self._people = People(prior, PEOPLE.response, PEOPLE.moods)
        self._first = self._people
        self._met: dict[Any, Listener] = {}
        self._heard: dict[Any, list[TrackUri]] = {}
        self._sessions = 0
        self._user: Any = None
        self.start(None)
        del self._met[None]

    def start(self, user: Any) -> None:
        """The next session is this listener's."""
        self._user = user
        self._sessions += 1
        if self._sessions % max(REFIT_EVERY, len(self._met) // 4) == 0:
            met = list(self._met.values())
            self._people = refitted(self._first, met, now=self._people)
        if user not in self._met:
            self._met[user] = Listener(self._people, undoable=0)
            self._heard[user] = []
        self._now = self._met[user]
        if self._now.people is not self._people:
            self._now.under(self._people)

    def begin(self, obs: Mapping[str, Any]) -> None:
        """A session begins with this to go by."""
        named = str(obs.get("goal") or "match")
        goal = GOALS.get(named) or (Goal(named) if named in set(Goal) else Goal.MATCH)
        self._now.begin(_believed(obs), Aim(goal))
        self._played = 0

    def choose(self, obs: Mapping[str, Any]) -> int:
        """The row of the track to play."""
        setting = Setting(
            heard=self._heard[self._user][-4 * COOLDOWN :],
            left=max(0, TRACKS - 1 - self._played),
            rules=Rules(cooldown=COOLDOWN),
            explain=False,
        )
        choice = self._now.decide(self._candidates, setting, rng=self._rng)
        return self._candidates.row[choice.track.uri]

    def learn(self, track: int, feedback: Mapping[str, Any]) -> None:
        """What came of it; ``feedback["obs"]`` is what the sensor says afterwards."""
        row = int(track)
        song, traits = self._candidates.tracks[row], self._candidates.traits.of_row(row)
        share = _number(feedback.get("completion"))
        share = 1.0 if share is None else min(1.0, max(0.0, share))

        def said(answer: Answer) -> Feedback:
            return Feedback(song, answer, EPOCH, share * LENGTH_S)

        if feedback.get("liked"):
            self._now.heard(said(Answer.LIKED), traits=traits)
        if feedback.get("fits_mood") is not None:
            fits = Answer.FITS if feedback["fits_mood"] else Answer.NOT_NOW
            self._now.heard(said(fits), traits=traits)
        ended = said(Answer.SKIPPED if feedback.get("skipped") else Answer.FINISHED)
        if feedback.get("disliked"):
            self._now.heard(said(Answer.NEVER), traits=traits)
        self._now.heard(ended, _believed(feedback.get("obs") or {}), traits=traits)
        self._heard[self._user].append(song.uri)
        self._played += 1


def _believed(obs: Mapping[str, Any]) -> MoodState | None:
    """What an observation says of the mood; None where it says nothing."""
    valence, arousal = _number(obs.get("valence")), _number(obs.get("arousal"))
    if valence is None or arousal is None:
        return None
    sure = _number(obs.get("confidence"))
    sure = min(1.0, max(0.05, 0.3 if sure is None else sure))
    doubt = 0.03 + 0.25 * (1.0 - sure)
    return MoodState(Affect.clipped(valence, arousal), Covariance(doubt, 0.0, doubt), EPOCH)


def _number(told: Any) -> float | None:
    """A finite number, or None for anything else."""
    try:
        number = float(told)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _laid_out(catalog: Any) -> tuple[Candidates, Prior]:
    """A catalogue as tracks to choose from, and where liking its traits begins."""
    columns = _columns(catalog)
    n = int(getattr(catalog, "n", 0)) or len(next(iter(columns.values()), ()))
    places = _matrix(getattr(catalog, "va", None), n, 2)
    if places is None:
        both = [columns.get(name, np.full(n, np.nan)) for name in ("valence", "energy")]
        places = 2.0 * np.column_stack(both) - 1.0
    pop = _matrix(getattr(catalog, "pop", None), n, 1)
    if pop is not None and "popularity" not in columns:
        columns["popularity"] = pop[:, 0]
    if not any(name.startswith("style") for name in columns):
        columns |= _labels(getattr(catalog, "style", None), n, "style")
    traits, prior = _traits(columns, n)
    tracks = [
        Track(
            TrackUri(f"row:{row}"),
            str(row),
            duration_s=LENGTH_S,
            features=None
            if not np.isfinite(place).all()
            else TrackFeatures(*np.clip(place, -1, 1)),
        )
        for row, place in enumerate(places)
    ]
    return Candidates(tracks, traits), prior


def _traits(columns: Mapping[str, Floats], n: int) -> tuple[Traits, Prior]:
    """The columns at the traits' scale, what is not known at the middle."""
    told = {CONSTANT: np.ones(n)}
    prior = {CONSTANT: (0.5, 0.14), AWAY: (-0.03, 0.12)}
    for name, column in columns.items():
        known = column[np.isfinite(column)]
        if not len(known) or np.ptp(known) == 0.0:
            continue
        one_hot = len(np.unique(known)) == 2
        about, unit = known.mean(), np.ptp(known) if one_hot else known.std()
        scaled = np.clip((column - about) / unit, -FARTHEST, FARTHEST)
        told[name] = np.where(np.isfinite(scaled), scaled, 0.0)
        prior[name] = (0.03 if name == "popularity" else 0.0, LABEL_SD if one_hot else TRAIT_SD)
    matrix = np.array(list(told.values()), np.float32)
    return Traits(tuple(told), matrix), Prior.of(prior, PEOPLE.taste.noise)


def _columns(catalog: Any) -> dict[str, Floats]:
    """The features by name; what has no name is numbered."""
    matrix = _matrix(getattr(catalog, "X", None), int(getattr(catalog, "n", 0)), 0)
    if matrix is None:
        return {}
    names = [str(name) for name in getattr(catalog, "NAMES", ())][: matrix.shape[1]]
    names += [f"feature{k}" for k in range(len(names), matrix.shape[1])]
    return dict(zip(names, matrix.T, strict=True))


def _labels(told: Any, n: int, kind: str) -> dict[str, Floats]:
    """A column of ones and noughts for each of the labels, when they are few."""
    if told is None or len(told) != n:
        return {}
    labels = [str(one) for one in told]
    kinds = sorted(set(labels))
    if not 2 <= len(kinds) <= LABELS:
        return {}
    return {f"{kind}{one}": np.array([x == one for x in labels], float) for one in kinds}


def _matrix(told: Any, n: int, width: int) -> Floats | None:
    """Numbers as (n, width), or as wide as they are for 0; None when they are none such."""
    try:
        numbers = np.asarray(told, float)
    except (TypeError, ValueError):
        return None
    if numbers.ndim == 1 and width == 1:
        numbers = numbers[:, None]
    fits = numbers.ndim == 2 and (not n or len(numbers) == n)
    return numbers if fits and (not width or numbers.shape[1] == width) else None
