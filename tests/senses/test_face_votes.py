from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import faces_kit
from affetto.emotion import EXPRESSIONS
from affetto.errors import ModelMissing
from affetto.inference.card import ModelCard, ModelInput
from affetto.senses.face import FaceReader
from affetto.senses.face_votes import opinions, softmax

CARD = ModelCard(
    name="toy",
    version="1",
    task="a toy",
    input=ModelInput("image", ("n", 1, 48, 48), "grey", (0.0, 1.0)),
    licence="Apache-2.0",
    sha256="",
    labels=faces_kit.EXPRESSIONS,
    votes=faces_kit.VOTES,
)


def said(**shares: float) -> dict[str, np.ndarray]:
    """Outputs whose votes are these shares, the rest of them next to nothing."""
    votes = np.array([[shares.get(name, 1e-9) for name in faces_kit.VOTES]])
    return {
        "logits": np.zeros((1, 7), np.float32),
        "votes": np.log(votes / votes.sum()).astype(np.float32),
    }


def test_the_seven_expressions_are_what_raters_would_say_of_them() -> None:
    (told,) = opinions(said(happiness=0.6, neutral=0.2, unclear=0.2), CARD)
    assert tuple(told.probabilities) == tuple(EXPRESSIONS)
    assert sum(told.probabilities.values()) == pytest.approx(1)
    assert told.probabilities["happy"] == pytest.approx(0.75)
    assert told.named == pytest.approx(0.8)
    assert told.unclear == pytest.approx(0.2)


def test_contempt_makes_no_neighbour_surer_and_the_whole_less_sure() -> None:
    (plain,) = opinions(said(disgust=0.5, neutral=0.5), CARD)
    (told,) = opinions(said(disgust=0.3, neutral=0.3, contempt=0.4), CARD)
    assert dict(told.probabilities) == pytest.approx(dict(plain.probabilities), abs=1e-6)
    assert (told.named, told.unclear) == (pytest.approx(0.6), pytest.approx(0, abs=1e-6))


def test_the_order_of_votes_is_the_cards_and_nobody_elses() -> None:
    outputs = said(surprise=1.0)
    turned = {**outputs, "votes": outputs["votes"][:, ::-1]}
    (told,) = opinions(turned, replace(CARD, votes=faces_kit.VOTES[::-1]))
    assert told.probabilities["surprise"] == pytest.approx(1)


def test_a_warmer_temperature_makes_the_votes_less_sure() -> None:
    (cool,) = opinions(said(sadness=0.8, fear=0.2), CARD)
    (warm,) = opinions(said(sadness=0.8, fear=0.2), replace(CARD, votes_temperature=2.0))
    assert warm.probabilities["sad"] < cool.probabilities["sad"]


def test_a_model_of_your_own_without_votes_is_read_by_its_labels() -> None:
    outputs = {"logits": np.array([[0, 0, 0, 5, 0, 0, 0]], np.float32)}
    for card in (replace(CARD, votes=()), CARD):
        (told,) = opinions(outputs, card)
        assert max(told.probabilities, key=lambda name: told.probabilities[name]) == "happy"
        assert (told.named, told.unclear) == (1.0, 0.0)


def test_a_face_that_all_call_unclear_is_no_division_by_nothing() -> None:
    votes = np.full((1, 9), -2000, np.float32)
    votes[0, 8] = 2000
    (told,) = opinions({"logits": np.zeros((1, 7), np.float32), "votes": votes}, CARD)
    assert told.unclear == 1 and told.named == 0
    assert sum(told.probabilities.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("voted", "words"),
    [(("happiness", "unclear"), "no vote for anger"), (faces_kit.VOTES[:8], "names 8")],
)
def test_a_card_that_does_not_fit_its_votes_is_not_guessed_at(
    voted: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ModelMissing, match=words) as error:
        opinions(said(happiness=1.0), replace(CARD, votes=voted))
    assert error.value.remedy


def test_a_card_with_too_many_labels_is_not_guessed_at() -> None:
    outputs = {"logits": np.zeros((1, 6), np.float32)}
    with pytest.raises(ModelMissing, match="6 answers apart"):
        opinions(outputs, replace(CARD, votes=()))


def test_shares_sum_to_one_even_for_wild_logits() -> None:
    shares = softmax(np.array([[1000, -1000, 0], [0, 0, 0]], np.float32), 1.0)
    assert shares.sum(1) == pytest.approx([1, 1])
    assert shares[0].tolist() == [1, 0, 0]


def test_the_reader_believes_the_votes_before_the_labels(tmp_path: Path) -> None:
    folder = faces_kit.with_opinion(
        faces_kit.with_detector(tmp_path),
        logits=(9, 0, 0, 0, 0, 0, 0),
        votes=(0, 4, 0, 0, 0, 0, 0, 0, 2),
    )
    (face,) = FaceReader(models=folder).faces(faces_kit.frame(faces_kit.astronaut()))
    assert face.reading.expression == "happy"
    happy = np.exp(4) / (np.exp(4) + np.exp(2) + 7)
    assert face.reading.confidence == pytest.approx(happy, rel=1e-3)
