"""What the expression net says of a crop, in the house's own words.

The net answers as ten raters would (Barsoum et al. 2016, arXiv 1608.01041): shares v of
nine answers, eight expressions and "unclear". With T the temperature in the card,

    v = softmax(votes / T)         s = sum of v over our seven expressions
    p_k = v_k / s                  the seven alone, which sum to 1

What is left, 1 - s, is the share that would choose none of the seven: unclear, and
contempt. Contempt has no place of its own among the seven, and giving its share to a
neighbour would make a face surer of that neighbour than any rater was.

A model without such an output answers with its labels: p = softmax(logits / T), s = 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.emotion import EXPRESSIONS
from affetto.errors import ModelMissing
from affetto.inference.card import ModelCard

Floats = npt.NDArray[np.float32]
Shares = npt.NDArray[np.float64]

# The raters' words for our seven expressions.
VOTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "angry": "anger",
        "disgust": "disgust",
        "fear": "fear",
        "happy": "happiness",
        "sad": "sadness",
        "surprise": "surprise",
        "neutral": "neutral",
    }
)
UNCLEAR: Final = "unclear"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the net says of one crop."""

    probabilities: Mapping[str, float]  # of each expression, given that it is one of them
    named: float = 1.0  # s, [0, 1]
    unclear: float = 0.0  # the share that would say "unclear" or "no face", [0, 1]


def opinions(outputs: Mapping[str, Floats], card: ModelCard) -> list[Opinion]:
    """One opinion a crop, from the outputs of an expression model by name.

    Raises ModelMissing when its card does not say what an output means.
    """
    if not card.votes or "votes" not in outputs:
        shares = softmax(outputs["logits"], card.temperature)
        return [Opinion(MappingProxyType(by_name(row, card.labels, card))) for row in shares]
    missing = [word for word in VOTED.values() if word not in card.votes]
    if missing:
        raise _unfit(f"The card of {card.name} has no vote for {missing[0]}.")
    shares = softmax(outputs["votes"], card.votes_temperature)
    return [_opinion(by_name(row, card.votes, card)) for row in shares]


def _opinion(votes: Mapping[str, float]) -> Opinion:
    named = sum(votes[word] for word in VOTED.values())
    ours = {
        # A face that all would call unclear leaves nothing to share out.
        name: votes[word] / named if named > 0 else 1 / len(VOTED)
        for name, word in VOTED.items()
    }
    in_order = {name: ours[name] for name in EXPRESSIONS}
    return Opinion(MappingProxyType(in_order), named, votes.get(UNCLEAR, 0.0))


def softmax(logits: Floats, temperature: float) -> Shares:
    """Rows of logits (n, k) as rows of shares that sum to 1, at the model's temperature."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    shares: Shares = powers / powers.sum(axis=1, keepdims=True)
    return shares


def by_name(shares: Shares, names: tuple[str, ...], card: ModelCard) -> dict[str, float]:
    """One row of a model's shares under the names that its card gives them, in order.

    Raises ModelMissing when the card names more or fewer: a guess would misname feelings.
    """
    if len(names) != len(shares):
        raise _unfit(
            f"The model {card.name} tells {len(shares)} answers apart, "
            f"but its card names {len(names)}."
        )
    return {name: float(share) for name, share in zip(names, shares, strict=True)}


def _unfit(problem: str) -> ModelMissing:
    return ModelMissing(problem, remedy="Reinstall affetto.")
