from __future__ import annotations

import json
from pathlib import Path

import pytest

from affetto.errors import ModelMissing
from affetto.inference import shelf
from affetto.inference.card import ModelCard, ModelInput

CARD = ModelCard(
    name="expression",
    version="1",
    task="a toy",
    input=ModelInput("image", ("n", 1, 48, 48), "grey", (0.0, 1.0)),
    licence="Apache-2.0",
    sha256="0" * 64,
    labels=("happy", "sad"),
    temperature=1.5,
    data="toys",
    scores={"accuracy": 0.5},
    source={"what": "a test"},
    notes="Grün.",
)


def test_a_card_reads_back_as_it_was_written(tmp_path: Path) -> None:
    CARD.write(tmp_path / "x.card.json")
    assert ModelCard.read(tmp_path / "x.card.json") == CARD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"name": "x"}',
        json.dumps({"input": {"name": "x", "shape": [1], "colour": "grey", "range": [0]}}),
        json.dumps({"input": {"name": "x", "shape": [1], "colour": "grey", "range": [0, 1]}}),
    ],
)
def test_a_card_that_says_too_little_is_refused_with_a_remedy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.card.json"
    path.write_text(text)
    with pytest.raises(ModelMissing) as caught:
        ModelCard.read(path)
    assert "x.card.json" in caught.value.problem
    assert caught.value.remedy


def test_a_missing_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"nobody\.card\.json"):
        ModelCard.read(tmp_path / "nobody.card.json")


def test_every_card_on_our_shelf_names_source_licence_and_checksum() -> None:
    cards = sorted(shelf.MODELS.glob("*.card.json"))
    assert cards
    for path in cards:
        card = ModelCard.read(path)
        assert path.name == f"{card.name}.card.json"
        assert card.licence and card.version and card.task and card.data
        assert len(card.sha256) == 64
        assert set(card.sha256) <= set("0123456789abcdef")
