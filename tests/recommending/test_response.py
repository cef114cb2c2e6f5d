from __future__ import annotations

import json

import numpy as np
import pytest

from affetto.recommending.response import Response


def taught(n: int, liking: float, energy: float, seed: int = 0) -> Response:
    """A listener whom music moves so much, read after each of ``n`` tracks."""
    rng = np.random.default_rng(seed)
    response = Response()
    for _ in range(n):
        valence, arousal, pleased = *rng.uniform(-1, 1, 2), rng.uniform(0, 1)
        moved = liking * (pleased - 0.5), energy * arousal
        read = tuple(m + 0.1 * rng.normal() for m in moved)
        response.learn((valence, arousal), pleased, (read[0], read[1]), (0.01, 0.01))
    return response


def test_before_anything_is_known_music_does_what_it_does_to_people() -> None:
    response = Response()
    up = response.shift(0.0, 0.0, 1.0)[0] - response.shift(0.0, 0.0, 0.0)[0]
    awake = response.shift(0.0, 1.0, 0.5)[1] - response.shift(0.0, -1.0, 0.5)[1]
    tag = response.shift(1.0, 0.0, 0.5)[0] - response.shift(-1.0, 0.0, 0.5)[0]
    assert up > awake > tag > 0
    assert response.effect().n == 0
    assert response.effect().words.startswith("No effect known yet")


def test_little_evidence_is_not_called_an_effect() -> None:
    effect = taught(5, liking=0.4, energy=0.3).effect()
    assert "No effect known yet" in effect.words and "5 tracks" in effect.words


def test_what_music_does_to_this_listener_is_learned() -> None:
    usual, contrary = taught(150, 0.3, 0.2).effect(), taught(150, 0.3, -0.2).effect()
    assert usual.liking[0] == pytest.approx(0.3, abs=0.1)
    assert "music you like lifts your mood and lively music wakes you" in usual.words
    assert "lively music calms you" in contrary.words


def test_a_listener_whom_nothing_moves_is_told_so() -> None:
    assert "none stands out" in taught(2000, 0.0, 0.0).effect().words


def test_half_a_track_teaches_less() -> None:
    whole, half = Response(), Response()
    whole.learn((0.0, 0.8), 0.5, (0.0, 0.5), (0.01, 0.01))
    half.learn((0.0, 0.8), 0.5, (0.0, 0.5), (0.01, 0.01), share_heard=0.2)
    plain = Response().shift(0.0, 0.8, 0.5)[1]
    assert whole.shift(0.0, 0.8, 0.5)[1] > half.shift(0.0, 0.8, 0.5)[1] > plain


def test_the_response_survives_the_server() -> None:
    response = taught(20, 0.3, 0.2)
    back = Response.from_record(json.loads(json.dumps(response.to_record())))
    assert back.to_record() == response.to_record()
    assert back.shift(0.1, 0.2, 0.3) == response.shift(0.1, 0.2, 0.3)
