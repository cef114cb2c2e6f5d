from __future__ import annotations

import json

import numpy as np
import pytest

from affetto.emotion import Affect
from affetto.mood.leading import ISO, STRAIGHT, STYLES, Lead, progress

TENSE, CALM = Affect(-0.6, 0.6), Affect(0.5, -0.6)


def between(share: float) -> Affect:
    return Affect(
        TENSE.valence + share * (CALM.valence - TENSE.valence),
        TENSE.arousal + share * (CALM.arousal - TENSE.arousal),
    )


def test_no_style_is_preferred_before_a_journey_was_made() -> None:
    assert Lead().chances() == pytest.approx(dict.fromkeys(STYLES, 1 / 3), abs=1e-9)


def test_progress_is_the_share_of_the_way_behind() -> None:
    assert progress(TENSE, CALM, TENSE) == 0.0
    assert progress(TENSE, CALM, CALM) == 1.0
    assert progress(TENSE, CALM, between(0.25)) == pytest.approx(0.25)
    assert progress(TENSE, CALM, Affect(-1, 1)) == 0.0
    assert progress(CALM, Affect(0.4, -0.6), CALM) is None


def test_the_style_that_brings_a_listener_further_is_drawn_more_and_more() -> None:
    lead, rng = Lead(), np.random.default_rng(3)
    drawn = []
    for _ in range(60):
        style = lead.draw(rng).style
        drawn.append(style.name)
        lead.learn(style, TENSE, CALM, between(0.8 if style == ISO else 0.3))
    assert drawn[-20:].count("iso") > 12
    assert drawn[-20:].count("iso") > drawn[:20].count("iso")


def test_the_chance_told_is_the_chance_drawn() -> None:
    lead = Lead()
    for _ in range(3):
        lead.learn(ISO, TENSE, CALM, between(0.9))
        lead.learn(STRAIGHT, TENSE, CALM, between(0.4))
    rng = np.random.default_rng(4)
    draws = [lead.draw(rng) for _ in range(600)]
    for name, chance in lead.chances().items():
        share = sum(d.style.name == name for d in draws) / len(draws)
        assert share == pytest.approx(chance, abs=0.06)
    assert all(d.propensity == lead.chances()[d.style.name] for d in draws[:5])


def test_the_same_seed_draws_the_same_styles() -> None:
    told = [[Lead().draw(np.random.default_rng(seed)).style for seed in range(5)] for _ in range(2)]
    assert told[0] == told[1]


def test_a_way_too_short_to_tell_teaches_nothing() -> None:
    lead = Lead()
    lead.learn(ISO, CALM, Affect(0.4, -0.6), CALM)
    assert lead.to_record() == Lead().to_record()


def test_what_was_learned_comes_back_exactly() -> None:
    lead = Lead()
    lead.learn(ISO, TENSE, CALM, between(0.7))
    again = Lead.from_record(json.loads(json.dumps(lead.to_record())))
    assert again.to_record() == lead.to_record()
    assert Lead.from_record({}).chances() == Lead().chances()
