from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from affetto_training.acceptance import Policy

NAMES = ["valence", "energy", "danceability", "acousticness", "instrumentalness", "tempo"]


def catalog(n: int = 200, seed: int = 0, **other: Any) -> SimpleNamespace:
    rng = np.random.default_rng(seed)
    style = rng.integers(6, size=n)
    sounds = rng.uniform(0, 1, (n, 6))
    sounds[:, 5] = 80 + 80 * sounds[:, 5]
    pop = rng.uniform(0, 1, n)
    told = {
        "n": n,
        "X": np.column_stack([sounds, pop, np.eye(6)[style]]),
        "NAMES": [*NAMES, "popularity", *(f"style{k}" for k in range(6))],
        "va": 2 * sounds[:, :2] - 1,
        "style": style,
        "pop": pop,
        "genre": style,
    }
    return SimpleNamespace(**{**told, **other})


def obs(valence: float | None = 0.2, arousal: float | None = 0.1, **other: Any) -> dict[str, Any]:
    return {
        "valence": valence, "arousal": arousal, "confidence": 0.7, "goal": "uplift", "t": 0, **other
    }  # fmt: skip


def answer(pleased: bool, **other: Any) -> dict[str, Any]:
    told = {"skipped": not pleased, "completion": 1.0 if pleased else 0.1, "liked": False}
    return {**told, "disliked": False, "fits_mood": None, "obs": obs(), **other}


def sitting(policy: Policy, user: Any, likes: Any, tracks: int = 10, **other: Any) -> list[int]:
    """One session of a listener who hears out what ``likes`` says."""
    policy.start(user)
    policy.begin(obs(**other))
    played = []
    for t in range(tracks):
        track = policy.choose(obs(t=t, **other))
        policy.learn(track, answer(bool(likes(track))))
        played.append(track)
    return played


def test_it_learns_what_each_listener_likes() -> None:
    shown = catalog()
    policy = Policy(shown, 1)
    styles = {"ann": 2, "bob": 5}
    share = {}
    for session in range(6):
        for user, style in styles.items():
            played = sitting(policy, user, lambda row, s=style: shown.style[row] == s)
            share[user, session] = np.mean(shown.style[played] == style)
    for user in styles:
        assert share[user, 5] >= 0.6  # a sixth of the tracks are of the style


def test_nothing_is_played_twice_in_a_session() -> None:
    played = sitting(Policy(catalog(), 0), 1, lambda row: True)
    assert len(set(played)) == 10 and all(isinstance(row, int) for row in played)


def test_the_same_seed_plays_the_same() -> None:
    shown = catalog()
    runs = [
        [sitting(policy, u, lambda row: row % 3 == 0) for u in (1, 2, 1)]
        for policy in (Policy(shown, 4), Policy(shown, 4), Policy(shown, 5))
    ]
    assert runs[0] == runs[1] != runs[2]


def test_a_later_listener_profits_from_those_met() -> None:
    shown = catalog()
    policy = Policy(shown, 0)
    for user in range(30):
        sitting(policy, user, lambda row: shown.style[row] == 3)
    played = sitting(policy, "new", lambda row: shown.style[row] == 3)
    assert np.mean(shown.style[played[:4]] == 3) >= 0.5


@pytest.mark.parametrize(
    "shown",
    [
        catalog(X=catalog().X.tolist(), va=catalog().va.tolist()),
        catalog(NAMES=[]),
        catalog(NAMES=NAMES[:3], pop=None, style=None, genre=None),
        catalog(X=None, style=["rock", "jazz"] * 100),
        catalog(X=np.full((200, 13), np.nan), pop=np.full(200, np.nan)),
        catalog(va=None),
        catalog(va=np.full((200, 2), np.nan)),
        catalog(X="nonsense", NAMES=None),
        catalog(3),
        catalog(1),
        SimpleNamespace(n=20),
    ],
    ids=["lists", "no names", "few names", "no X", "nan", "no va", "nan va", "text", "3", "1", "n"],
)
def test_an_odd_catalogue_is_played_all_the_same(shown: Any) -> None:
    policy = Policy(shown, 0, anything="else")
    for user in (0, 1, 0):
        for row in sitting(policy, user, lambda row: row % 2, goal="calm"):
            assert 0 <= row < shown.n


@pytest.mark.parametrize("goal", ["match", "uplift", "calm", "focus", "lift", "sleep", "?", None])
@pytest.mark.parametrize("reading", [None, float("nan"), 7.0, "x"])
def test_any_goal_and_any_reading_will_do(goal: Any, reading: Any) -> None:
    policy = Policy(catalog(), 0)
    policy.start(0)
    policy.begin(obs(reading, reading, goal=goal, confidence=reading))
    for t in range(3):
        row = policy.choose(obs(reading, reading, goal=goal, t=t))
        told = answer(t != 1, liked=t == 2, disliked=t == 1, fits_mood=bool(t))
        policy.learn(row, {**told, "obs": obs(reading, reading)})
        policy.learn(row, {"skipped": True})


def test_calm_is_led_to_with_stiller_music_than_a_lift() -> None:
    shown = catalog(600)
    arousal = {}
    for goal in ("calm", "uplift"):
        played = sitting(Policy(shown, 0), 0, lambda row: True, goal=goal)
        arousal[goal] = shown.va[played, 1].mean()
    assert arousal["calm"] < -0.3 < 0.2 < arousal["uplift"]


def test_the_next_track_of_three_thousand_comes_quickly() -> None:
    policy = Policy(catalog(3000), 0)
    policy.start(0)
    policy.begin(obs())
    spent = []
    for t in range(40):
        began = time.process_time()
        row = policy.choose(obs(t=t % 10))
        spent.append(time.process_time() - began)
        policy.learn(row, answer(row % 2 == 0))
    assert np.median(spent) < 0.009  # 3 ms where nothing else runs; this is a busy machine's bar
