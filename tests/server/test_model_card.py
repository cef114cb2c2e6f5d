from __future__ import annotations

from fastapi.testclient import TestClient

from affetto.inference import shelf
from affetto.inference.card import ModelCard, ModelInput
from affetto.server import model_card

SCORES = {
    "n": 40,
    "accuracy": 0.75,
    "ci95": [0.6, 0.86],
    "macro_f1": 0.7,
    "ece": 0.02,
    "ferplus_accuracy": 0.8,
    "ferplus_n": 30,
    "ferplus_ece": 0.02,
    "confusion": [[18, 2], [8, 12]],
}


def card(**scores: object) -> ModelCard:
    return ModelCard(
        name="expression",
        version="test",
        task="",
        input=ModelInput("image", ("n", 1, 48, 48), "grey", (0.0, 1.0)),
        licence="Apache-2.0",
        sha256="",
        labels=("happy", "sad"),
        data="two people",
        scores=scores,
        notes="Reads an expression.",
    )


def test_the_house_tells_what_the_shipped_card_says(client: TestClient) -> None:
    path, card = shelf.find("expression")
    told = client.get("/api/house").json()["sensing"]["model"]
    assert (told["data"], told["licence"], told["notes"]) == (card.data, card.licence, card.notes)
    assert told["size_bytes"] == path.stat().st_size
    first = told["scores"][0]
    on_card = card.scores[first["on"]]
    for figure in ("n", "accuracy", "ci95", "macro_f1", "ece", "ferplus_accuracy", "ferplus_ece"):
        assert first[figure] == on_card[figure]
    assert set(first["found"]) == set(card.labels)


def test_of_each_expression_it_tells_how_often_it_is_found() -> None:
    [scores] = model_card.model(card(PublicTest=SCORES), 10).scores
    assert scores.on == "PublicTest"
    assert scores.found == {"happy": 0.9, "sad": 0.6}


def test_what_was_not_scored_is_null_and_nothing_is_made_up() -> None:
    told = model_card.model(
        card(
            held={"n": 40, "accuracy": 0.75, "ci95": [0.6], "ece": True, "confusion": [[1], 2]},
            training={"epochs": 58, "seed": 7},
        ),
        10,
    )
    [scores] = told.scores
    assert scores.accuracy == 0.75
    assert (scores.ci95, scores.macro_f1, scores.ece) == (None, None, None)
    assert (scores.ferplus_accuracy, scores.ferplus_n, scores.found) == (None, None, {})
    assert (told.groups, told.cpu_ms) == ("", None)


def test_groups_and_speed_are_told_as_the_card_has_them() -> None:
    words = "Not available: the photos carry no labels of age, gender or skin tone."
    told = model_card.model(card(groups=words, speed={"cpu_ms": 2.5}), 10)
    assert (told.groups, told.cpu_ms) == (words, 2.5)
