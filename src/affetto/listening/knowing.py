"""What was learned of a listener, in words and numbers that they can check.

Every number comes with the interval it lies in by 95 in 100 and with how much it rests on.
Nothing is said to be liked or disliked while that interval holds both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from affetto.listening.learning import Learning
from affetto.mood.leading import STYLES
from affetto.recommending.linear import Linear
from affetto.recommending.response import LIKING, PLACE
from affetto.recommending.taste import WIDE
from affetto.recommending.traits import CONSTANT, GENRE

MOST_ARTISTS: Final = 50

# What more of a trait, and what less of it, is called.
CALLED: Final[Mapping[str, tuple[str, str]]] = {
    "valence": ("bright music", "dark music"),
    "arousal": ("lively music", "quiet music"),
    "energy": ("forceful music", "gentle music"),
    "tempo": ("fast music", "slow music"),
    "vocal": ("songs with a voice", "music without a voice"),
    "loudness": ("loud recordings", "soft recordings"),
    "popularity": ("well-known songs", "little-known songs"),
    "year": ("newer music", "older music"),
    "away": ("music away from your mood", "music like your mood"),
    "morning": ("lively music in the morning", "quiet music in the morning"),
    "late": ("lively music late in the evening", "quiet music late in the evening"),
    "moving": ("lively music while you move", "quiet music while you move"),
}
STYLE_WORDS: Final[Mapping[str, str]] = {
    "straight": "Straight to where you want to be.",
    "mild": "Meeting your mood for a moment, then leading on.",
    "iso": "Staying with your mood for a while before it leads.",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that was learned."""

    name: str
    words: str
    amount: float
    low: float
    high: float
    n: int

    @property
    def clear(self) -> bool:
        """Whether it is known to be more or less than nothing."""
        return self.low > 0.0 or self.high < 0.0


def traits(learning: Learning) -> list[Estimate]:
    """What is liked of each trait, in satisfaction for one step of it, the clearest first."""
    line = learning.listener.taste.line
    met = line.importance()
    found = [
        _estimate(line, name, _liking(name), round(met[name]))
        for name in line.names
        if name != CONSTANT and round(met[name]) > 0
    ]
    return sorted(found, key=lambda one: (not one.clear, -abs(one.amount)))


def artists(learning: Learning) -> list[Estimate]:
    """How much better, or worse, than expected each artist pleased, the clearest first."""
    taste = learning.listener.taste
    found = []
    for name, known in taste.artists.items():
        n = round(known.weight)
        if n < 1:
            continue
        amount = taste.of_artist(name)
        wide = taste.wide_of_artist(name)
        words = _said(
            amount, wide, (f"You like {name} more than most", f"You like {name} less than most")
        )
        found.append(Estimate(name, words, amount, amount - wide, amount + wide, n))
    found.sort(key=lambda one: (not one.clear, -abs(one.amount)))
    return found[:MOST_ARTISTS]


def effects(learning: Learning) -> list[Estimate]:
    """What music does to the mood, in map units: the pleasing, the bright, the lively."""
    response = learning.listener.response
    valence, arousal, n = response.valence, response.arousal, response.n
    liked = ("Music you like lifts you", "Music you like brings you down")
    bright = ("Bright music lifts you", "Bright music brings you down")
    lively = ("Lively music wakes you", "Lively music calms you")
    return [
        _estimate(valence, LIKING, liked, n),
        _estimate(valence, PLACE, bright, n),
        _estimate(arousal, PLACE, lively, n),
    ]


def leading(learning: Learning) -> list[tuple[str, str, float]]:
    """Each way of being led, in words, and the chance that it is the best; likeliest first."""
    chances = learning.lead.chances()
    told = [(name, STYLE_WORDS[name], chances[name]) for name in STYLES]
    return sorted(told, key=lambda one: -one[2])


def in_short(answers: int, found: list[Estimate]) -> str:
    """The whole in one sentence."""
    if not answers:
        return "Nothing has been learned yet: answer the music, and it will."
    clear = [one.words for one in found if one.clear][:2]
    told = "1 answer" if answers == 1 else f"{answers} answers"
    if not clear:
        return f"From {told} nothing is clear yet; the next ones will tell."
    return f"From {told}: {' '.join(clear)}"


def _estimate(line: Linear, name: str, words: tuple[str, str], n: int) -> Estimate:
    at = line.prior.row[name]
    amount = float(line.posterior.mean[at])
    wide = WIDE * math.sqrt(float(line.posterior.covariance[at, at]))
    return Estimate(name, _said(amount, wide, words), amount, amount - wide, amount + wide, n)


def _liking(name: str) -> tuple[str, str]:
    if name in CALLED:
        more, less = CALLED[name]
        return f"You like {more}", f"You like {less}"
    genre = name.removeprefix(GENRE)
    return f"You like {genre}", f"You do not like {genre}"


def _said(amount: float, wide: float, words: tuple[str, str]) -> str:
    more, less = words
    if abs(amount) <= wide:
        return f"Not clear yet: “{more}” or “{less}”."
    return f"{more if amount > 0 else less}."
