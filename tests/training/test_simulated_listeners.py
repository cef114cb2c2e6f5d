"""Listeners made of numbers: alike with every seed, true to their scenario, silent on the rest."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the lab brings threadpoolctl with it (when CI=true)")

from affetto.errors import AffettoError, Misuse
from affetto_training.tastes import calibrate, simulate_page
from affetto_training.tastes.__main__ import main
from affetto_training.tastes.catalogue import NAMES, Catalogue, made
from affetto_training.tastes.outcomes import FIGURES, by_listener, told
from affetto_training.tastes.policies import (
    EARLIER,
    ORACLE,
    POLICIES,
    Oracle,
    Random,
    policy_called,
)
from affetto_training.tastes.runs import Run, outcomes
from affetto_training.tastes.scenarios import SCENARIOS
from affetto_training.tastes.world import World

OTHERS = [name for name, where in POLICIES.items() if "acceptance" not in where]


def few(scenario: str = "usual", *, listeners: int = 12, seed: int = 0, **more: int) -> World:
    sizes = {"sessions": 4, "tracks": 6, "catalogue": 200} | more
    return World(scenario, listeners=listeners, seed=seed, **sizes)


# -- the same again ---------------------------------------------------------------------


@pytest.mark.parametrize("name", OTHERS)
def test_the_same_seed_gives_the_same_plays_and_the_same_answers(name: str) -> None:
    first, again = (few(listeners=3).played(policy_called(name)) for _ in range(2))
    for field in fields(first):
        assert np.array_equal(getattr(first, field.name), getattr(again, field.name))
    other = few(listeners=3, seed=1).played(policy_called(name))
    assert not np.array_equal(first.reward, other.reward)


def test_two_ways_of_choosing_meet_the_same_listeners_in_the_same_moods() -> None:
    one, other = (few(listeners=5).played(policy_called(n)) for n in ("random", "LinUCB"))
    assert np.array_equal(one.mood[:, :, 0], other.mood[:, :, 0])
    assert np.array_equal(one.goal, other.goal)
    assert not np.array_equal(one.track, other.track)


def test_luck_does_not_depend_on_how_many_listeners_there_are() -> None:
    some = few(listeners=2).played(Oracle)
    more = few(listeners=4).played(Oracle)
    assert np.array_equal(some.reward, more.reward[:2])


# -- what each scenario says --------------------------------------------------------------


def line_of(world: World, axis: int) -> dict[str, float]:
    """What moved a mood over tracks heard out: its own past, liking, the track's true place."""
    played = world.played(Random)
    stayed = ~played.skipped
    place = world.music.place[played.track]
    columns = {
        "left": played.mood[:, :, :-1, axis][stayed],
        "liking": played.satisfaction[stayed],
        "place": place[..., axis][stayed],
        "towards": (place[..., axis] - played.mood[:, :, :-1, axis])[stayed],
    }
    names = ("left", "liking", "place")
    x = np.column_stack([*(columns[n] for n in names), np.ones(stayed.sum())])
    slopes = np.linalg.lstsq(x, played.mood[:, :, 1:, axis][stayed], rcond=None)[0]
    return dict(zip(names, slopes.tolist(), strict=False))


def test_usual_listeners_are_lifted_by_what_they_like_and_woken_by_energy() -> None:
    world = few(listeners=80)
    valence, arousal = line_of(world, 0), line_of(world, 1)
    assert valence["liking"] > 0.2
    assert abs(valence["place"]) < 0.1
    assert arousal["place"] > 0.1
    assert abs(arousal["liking"]) < 0.1


def test_contrary_listeners_are_calmed_by_energy_and_hardly_lifted_by_what_they_like() -> None:
    world = few("contrary", listeners=80)
    valence, arousal = line_of(world, 0), line_of(world, 1)
    assert arousal["place"] < -0.1
    assert valence["liking"] < 0.15
    assert valence["place"] > 0.12


def test_contrary_listeners_like_the_unpopular() -> None:
    def slope(scenario: str) -> float:
        world = few(scenario, listeners=60)
        played = world.played(Random)
        return float(np.polyfit(world.music.sounds[played.track.ravel(), 6],
                                played.satisfaction.ravel(), 1)[0])  # fmt: skip

    assert slope("contrary") < slope("usual") - 0.03


def test_strong_music_moves_moods_farther() -> None:
    usual, strong = (line_of(few(s, listeners=80), 1)["place"] for s in ("usual", "strong music"))
    assert strong > 1.7 * usual


def test_empty_tags_say_nothing_of_valence_and_still_tell_energy() -> None:
    def told_by_tags(scenario: str) -> tuple[float, float]:
        music = made(3000, SCENARIOS[scenario], np.random.default_rng(0))
        return tuple(
            float(np.corrcoef(music.catalogue.va[:, k], music.place[:, k])[0, 1]) for k in (0, 1)
        )  # type: ignore[return-value]

    empty, usual = told_by_tags("empty tags"), told_by_tags("usual")
    assert abs(empty[0]) < 0.06
    assert usual[0] > 0.55
    assert min(empty[1], usual[1]) > 0.7


def test_a_poor_sensor_is_often_silent_and_often_wrong() -> None:
    def seen(scenario: str) -> tuple[float, float]:
        world, off, silent = few(scenario, listeners=300, sessions=1, tracks=1), [], 0
        for listener in world.crowd():
            listener.begin()
            read = listener.reading()
            silent += read is None
            off += [] if read is None else [read[0] - listener.mood[0]]
        return silent / world.listeners, float(np.std(off))

    poor, usual = seen("poor sensor"), seen("usual")
    assert poor[0] > usual[0] + 0.15
    assert poor[1] > 1.4 * usual[1]  # both are cut at the edge of the map


def test_matchers_dislike_what_is_unlike_their_mood() -> None:
    def slope(scenario: str) -> float:
        world = few(scenario, listeners=80)
        played = world.played(Random)
        away = np.hypot(*(world.music.place[played.track] - played.mood[:, :, :-1]).T).T
        return float(np.polyfit(away.ravel(), played.satisfaction.ravel(), 1)[0])

    assert slope("matchers") < slope("usual") - 0.06


def test_iso_believers_follow_music_that_meets_them_and_no_other() -> None:
    world = few("iso believers", listeners=80)
    played = world.played(Random)
    before, after = played.mood[:, :, :-1, 1], played.mood[:, :, 1:, 1]
    gap = world.music.place[played.track][..., 1] - before
    far = np.hypot(*(world.music.place[played.track] - played.mood[:, :, :-1]).T).T
    near, stayed = (far < 0.6), ~played.skipped

    def pull(rows: Any) -> float:
        x = np.column_stack([before[rows], gap[rows], np.ones(rows.sum())])
        return float(np.linalg.lstsq(x, after[rows], rcond=None)[0][1])

    assert pull(near & stayed) > 0.15
    assert abs(pull((far > 1.3) & stayed)) < 0.12


def test_wanderers_like_something_else_after_ten_sessions() -> None:
    def kept(scenario: str) -> float:
        found = []
        for listener in few(scenario, listeners=20, sessions=10).crowd():
            listener.begin()
            first = listener.pleasure()
            for _ in range(9):
                listener.begin()
            found.append(np.corrcoef(first, listener.pleasure())[0, 1])
        return float(np.mean(found))

    assert kept("wanderers") < kept("usual") - 0.1


def test_strangers_agree_on_more_than_usual_listeners_do() -> None:
    def shared(scenario: str) -> float:
        crowd = few(scenario, listeners=20).crowd()
        for listener in crowd:
            listener.begin()
        among = np.corrcoef([listener.pleasure() for listener in crowd])
        return float((among.sum() - len(crowd)) / (len(crowd) * (len(crowd) - 1)))

    assert shared("strangers' songs") > shared("usual") + 0.15


def test_a_track_tires_and_rests() -> None:
    listener = few(listeners=1).crowd()[0]
    listener.begin()
    fresh = listener.pleasure()[7]
    listener.hear(7)
    tired = _at_the_same_mood(listener)[7]
    for _ in range(3):
        listener.hear(8)
    assert tired < fresh - 0.05
    assert _at_the_same_mood(listener)[7] > tired


def _at_the_same_mood(listener: Any) -> Any:
    listener.mood = (0.0, 0.0)
    return listener.pleasure()


# -- who knows what ----------------------------------------------------------------------


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_oracle_beats_all_and_chance_beats_none_that_learns(scenario: str) -> None:
    reward = {
        name: few(scenario, listeners=20, sessions=10, tracks=10)
        .played(policy_called(name))
        .reward[:, -4:]
        .mean()
        for name in ("random", EARLIER, "greedy to goal", "LinUCB", ORACLE)
    }
    assert max(reward, key=lambda name: reward[name]) == ORACLE
    assert reward["random"] < reward["LinUCB"] < reward[ORACLE] - 0.05


class Curious(Random):
    """Notes all that it is ever shown."""

    seen: list[Any]

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        super().__init__(catalogue, seed)
        Curious.seen = [catalogue]

    def begin(self, obs: Mapping[str, Any]) -> None:
        self.seen.append(obs)
        super().begin(obs)

    def learn(self, track: int, feedback: Mapping[str, Any]) -> None:
        self.seen.append(feedback)
        super().learn(track, feedback)


def test_a_way_of_choosing_is_shown_what_the_acceptance_shows_and_nothing_more() -> None:
    few(listeners=3).played(Curious)
    catalogue, *rest = Curious.seen
    assert set(vars(catalogue)) == {"n", "X", "NAMES", "va", "style", "pop", "genre"}
    assert catalogue.X.shape == (200, len(NAMES))
    begun = [obs for obs in rest if "goal" in obs]
    learnt = [said for said in rest if "obs" in said]
    assert len(begun) == 12
    assert len(learnt) == 72
    shown = {"valence", "arousal", "confidence", "goal", "t"}
    assert all(set(obs) == shown for obs in [*begun, *(said["obs"] for said in learnt)])
    answers = {"skipped", "completion", "liked", "disliked", "fits_mood", "obs"}
    assert all(set(said) == answers for said in learnt)


def test_only_two_ways_of_choosing_are_given_more_and_each_its_own() -> None:
    more = {name: {"sees_all", "asks"} & set(dir(policy_called(name))) for name in OTHERS}
    assert {name: said for name, said in more.items() if said} == {
        EARLIER: {"asks"}, ORACLE: {"sees_all"},
    }  # fmt: skip


def test_tags_are_not_the_truth() -> None:
    music = made(500, SCENARIOS["usual"], np.random.default_rng(0))
    for axis in (0, 1):
        assert np.corrcoef(music.catalogue.va[:, axis], music.place[:, axis])[0, 1] < 0.95


def test_nobody_repeats_a_track_within_a_session() -> None:
    for name in OTHERS:
        played = few(listeners=2).played(policy_called(name))
        assert all(len(set(s.tolist())) == len(s) for who in played.track for s in who), name


def test_a_policy_that_chooses_what_is_not_there_is_told() -> None:
    class Wild(Random):
        def choose(self, obs: Mapping[str, Any]) -> int:
            return 200

    with pytest.raises(Misuse, match="not in the catalogue"):
        few(listeners=1).played(Wild)


# -- figures -----------------------------------------------------------------------------


def test_simulated_listeners_in_a_study_come_out_as_those_of_the_study() -> None:
    found = calibrate.simulated(100)
    near = (
        "valence_within", "arousal_within", "valence_between", "arousal_between",
        "valence_inertia", "arousal_inertia", "valence_residual", "arousal_residual",
        "energy_on_arousal", "tag_on_valence", "liking_on_valence", "satisfaction_mean",
        "valence_mean", "arousal_mean", "mismatch_sd", "satisfaction_again",
        "satisfaction_within", "satisfaction_between",
    )  # fmt: skip
    off = {k: (found[k] - calibrate.MEASURED[k].value) / calibrate.MEASURED[k].error for k in near}
    assert all(abs(z) < 3.0 for z in off.values()), off


@pytest.mark.data
def test_the_table_of_sizes_is_what_the_study_says() -> None:
    where = os.environ.get("AFFETTO_DATA")
    if not where:
        pytest.skip("AFFETTO_DATA names no folder of data")
    again = calibrate.measured(Path(where), crowds=60)
    for name, (value, error) in calibrate.MEASURED.items():
        assert again[name].value == pytest.approx(value, abs=6e-4), name
        assert again[name].error == pytest.approx(error, rel=0.4, abs=2e-3), name


def test_a_study_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(AffettoError, match="cannot be read"):
        calibrate.study(tmp_path)


def test_the_gap_is_none_for_the_earlier_and_whole_for_the_oracle() -> None:
    ends = [by_listener(few(listeners=20).played(policy_called(n))) for n in (EARLIER, ORACLE)]
    earlier, oracle = (told(end, *ends) for end in ends)
    assert earlier["gap"] == (0.0, 0.0, 0.0)
    assert oracle["gap"] == (1.0, 1.0, 1.0)
    assert earlier["skips_against"] == (1.0, 1.0, 1.0)
    assert oracle["lead"].low > 0.0
    for figure in oracle.values():
        assert figure.low <= figure.value <= figure.high


# -- the command -------------------------------------------------------------------------


def test_what_was_run_is_not_run_again_unless_it_changes(tmp_path: Path) -> None:
    runs = [Run("usual", "random", 2, 2, 3, 60, seed=0), Run("usual", "random", 2, 2, 3, 60, 1)]
    first = outcomes(runs, tmp_path, workers=1)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    again = outcomes(runs, tmp_path, workers=1)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == times
    assert len(times) == 2
    assert np.array_equal(first[runs[0]]["reward"], again[runs[0]]["reward"])
    assert not np.array_equal(first[runs[0]]["reward"], first[runs[1]]["reward"])


def test_the_command_writes_every_figure_and_a_page_that_tells_it(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "simulated.md"
    where = ["--kept", str(tmp_path / "kept"), "--to", str(tmp_path), "--page", str(page)]
    asked = ["simulate", "--quick", "--listeners", "6", "--workers", "1", *where]
    names = [part for name in OTHERS for part in ("--policy", name)]
    chosen = ["--scenario", "usual", "--scenario", "contrary"]
    assert main([*asked, *names, *chosen]) == 0
    found = json.loads((tmp_path / simulate_page.JSON).read_text("utf-8"))
    assert list(found["scenarios"]) == ["usual", "contrary"]
    assert list(found["scenarios"]["usual"]["policies"]) == OTHERS
    with (tmp_path / simulate_page.CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * len(OTHERS) * len(FIGURES)
    text = page.read_text("utf-8")
    reward = found["scenarios"]["contrary"]["policies"]["LinUCB"]["reward"][0]
    assert f"| LinUCB | {reward:.3f} " in text
    for chart in (page.parent / "charts").iterdir():
        ElementTree.fromstring(chart.read_text("utf-8"))
    before = page.read_bytes()
    assert main(["simulate", "--from-results", "--to", str(tmp_path), "--page", str(page)]) == 0
    assert page.read_bytes() == before


def test_the_bars_that_are_missed_are_said(tmp_path: Path) -> None:
    row = {name: [0.5, 0.4, 0.6] for name in FIGURES} | {"ms": 1.0}
    good = row | {"lead": [0.12, 0.1, 0.14], "skips_against": [0.6, 0.5, 0.7]}
    poor = good | {"gap": [0.44, 0.40, 0.48]}
    found: dict[str, Any] = {
        "quick": False, "listeners": 5, "sessions": 2, "tracks": 3, "seed": 0,
        "study": dict.fromkeys(calibrate.WORDS, 0.0),
        "scenarios": {"usual": {"line": "A.", "policies": {"Affetto": good}, "curves": {}}},
    }  # fmt: skip
    assert "all three are reached" in simulate_page.page_of(found)
    found["scenarios"]["odd"] = {"line": "B.", "policies": {"Affetto": poor}, "curves": {}}
    text = simulate_page.page_of(found)
    assert "Not all three are reached in *odd*." in text
    assert "44.0 % [40.0, 48.0], missed" in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--scenario", "rainy"], "no scenario called 'rainy'"),
        (["--policy", "clever"], "no policy called 'clever'"),
        (["--listeners", "0"], "nobody to listen"),
    ],
)
def test_what_cannot_be_simulated_is_told_before_anything_runs(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ["--quick", "--workers", "1", "--kept", str(tmp_path)]
    assert main(["simulate", *kept, *asked]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
