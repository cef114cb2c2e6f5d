"""What a study says of our way of choosing: nothing is known before its time, all comes again."""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import situnes_kit
from affetto_training.tastes.__main__ import main
from affetto_training.tastes.field import foresight, moods, ratings, scores, uplift
from affetto_training.tastes.field.rows import CHANCE, Study, read_study

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", autouse=True)
def short() -> Iterator[None]:
    """Intervals from few draws, folds dealt out twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scores, "TIMES", 30)
        patch.setattr(uplift, "DEALS", 2)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    situnes_kit.write_study(folder, seed=3)
    return folder


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return read_study(folder)


@pytest.fixture(scope="module")
def told(study: Study) -> dict[str, np.ndarray]:
    return ratings.told_by_each(study)


@pytest.fixture(scope="module")
def done(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("done")
    assert main(_asked(folder, to)) == 0
    return to


def _asked(folder: Path, to: Path, *more: str) -> list[str]:
    page = str(to / "docs" / "situnes.md")
    return ["situnes", "--data", str(folder), "--to", str(to / "results"), "--page", page, *more]


# -- reading ------------------------------------------------------------------------------


def test_both_stages_are_read_in_time_order(study: Study) -> None:
    assert len(study.plays) == 8 * 6 + 8 * 18
    assert sum(p.lab for p in study.plays) == 48
    assert list(study.plays) == sorted(study.plays, key=lambda p: (p.listener, p.at))
    assert study.traits["0"][0] == 0.0  # what is unknown lies in the middle


def test_a_folder_that_is_not_the_study_is_named_and_what_it_lacks(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(_asked(tmp_path, tmp_path)) == 1
    assert "lacks items.csv.gz, stage1.csv, stage2.csv.gz, wrist_s2.npz" in capsys.readouterr().err
    for name in ("items.csv.gz", "stage2.csv.gz", "wrist_s2.npz"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "stage1.csv").write_text("user_id,rating\n1,5\n", "utf-8")
    assert main(_asked(tmp_path, tmp_path)) == 1
    assert "not those of SiTunes" in capsys.readouterr().err


def test_without_a_folder_the_option_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["situnes"]) == 2
    assert "--data" in capsys.readouterr().err


# -- nothing is known before its time -----------------------------------------------------


def test_a_rating_is_told_from_the_others_and_from_what_came_before_alone(
    study: Study, told: dict[str, np.ndarray]
) -> None:
    """With one answer turned about, no earlier one of that listener is told otherwise."""
    field = [i for i, p in enumerate(study.plays) if not p.lab]
    at = field[30]
    plays = list(study.plays)
    plays[at] = replace(plays[at], rating=6 - plays[at].rating)
    listener = plays[at].listener
    again = ratings.told_by_each(replace(study, plays=tuple(plays)))
    for way in told:
        mine = [k for k, i in enumerate(field) if plays[i].listener == listener]
        before = [k for k in mine if field[k] <= at]
        np.testing.assert_allclose(again[way][before], told[way][before], err_msg=way)


def test_a_row_of_chance_is_foreseen_without_its_own_outcome_or_a_later_one(study: Study) -> None:
    seen = foresight.moments(study, 0)
    drawn = [i for i, p in enumerate(study.plays) if p.by == CHANCE]
    at = drawn[4]
    plays = list(study.plays)
    turned = replace(plays[at], rating=6 - plays[at].rating, after=(-0.9, 0.9))
    plays[at] = turned
    again = foresight.moments(replace(study, plays=tuple(plays)), 0)
    later = False
    for old, new in zip(seen, again, strict=True):
        if old.play.listener != turned.listener:
            continue
        if old.play.at <= turned.at:
            np.testing.assert_allclose(old.rating, new.rating)
            np.testing.assert_allclose(old.after, new.after)
        else:
            later |= not np.allclose(old.after, new.after)
    assert later  # what came after did learn from it


def test_no_song_is_thought_possible_that_chance_had_played_to_this_listener(study: Study) -> None:
    for m in foresight.moments(study, 0):
        assert m.chance.sum() == pytest.approx(1.0)
        assert m.chance[m.played] > 0
    last = [m for m in foresight.moments(study, 0) if m.play.listener == 1][-1]
    assert (last.chance == 0).sum() == 8


# -- what is found in a world whose laws are known ----------------------------------------


def test_the_prior_of_others_tells_more_than_a_listener_alone(
    study: Study, told: dict[str, np.ndarray]
) -> None:
    found = ratings.judged(study, told, seed=0)["ways"]
    ours = found[ratings.OURS]
    assert ours["rmse"] < found[ratings.ALONE]["rmse"]
    assert ours["rmse"] < found[ratings.RUNNING]["rmse"]
    assert ours["rmse_ci95"][0] < ours["rmse"] < ours["rmse_ci95"][1]
    assert ours["auc"] > 0.7


def test_what_moves_the_mood_is_found_and_what_does_not_is_not(
    study: Study, told: dict[str, np.ndarray]
) -> None:
    found = moods.studied(study, told[ratings.OURS], seed=0)
    up = found["effects"]["valence"][moods.RATED]["coefficients"]
    awake = found["effects"]["arousal"][moods.RATED]["coefficients"]
    assert up["liking"][0] == pytest.approx(0.48, abs=4 * up["liking"][1])
    assert up["before valence"][0] == pytest.approx(0.6, abs=0.1)
    assert abs(up["valence"][0]) < 4 * up["valence"][1]
    assert awake["energy"][0] == pytest.approx(0.25, abs=0.06)
    assert found["prior"]["valence"]["numbers"]["liking"][0] == pytest.approx(0.45, abs=0.1)
    r2 = {way: row["r2"] for way, row in found["told"]["valence"].items()}
    assert r2[moods.RATED] > r2[moods.FORESEEN] > r2[moods.BEFORE] > r2[moods.STAYS]


def test_a_choice_by_response_and_taste_gains_over_chance_and_says_when_rows_are_few(
    study: Study,
) -> None:
    log = uplift.log_of(foresight.moments(study, 0), "valence up", uplift.OURS, 0.25)
    found = uplift.judged(log, seed=0)
    gain, error = found["uplift"]["DR"]
    assert gain > 2 * error > 0
    assert found["ci95"][0] > 0
    assert set(found["refusals"]) == {"replay", "IPS", "SNIPS", "DM", "DR"}
    assert "effective sample" in found["refusals"]["DR"]
    assert "replay" not in found["uplift"]


def test_a_policy_keeps_the_best_part_of_what_chance_would_play() -> None:
    score, chance = np.array([0.1, 0.9, 0.5, 0.7]), np.array([0.4, 0.2, 0.4, 0.0])
    np.testing.assert_allclose(uplift.wanted(score, chance, 0.0), [0, 1, 0, 0])
    np.testing.assert_allclose(uplift.wanted(score, chance, 0.4), [0, 0.5, 0.5, 0])
    np.testing.assert_allclose(uplift.wanted(score, chance, 1.0), chance)


def test_auc_counts_ties_half_and_robust_errors_grow_with_what_hangs_together() -> None:
    assert scores.auc(np.array([True, False]), np.array([1.0, 1.0])) == 0.5
    assert scores.auc(np.array([True, False, False]), np.array([2.0, 1.0, 3.0])) == 0.5
    assert scores.auc(np.array([False, False]), np.zeros(2)) == 0.5
    rng = np.random.default_rng(0)
    who = np.repeat(np.arange(30), 10)
    x = np.column_stack([np.ones(300), rng.normal(size=30)[who]])
    y = rng.normal(size=30)[who] + rng.normal(0, 0.3, 300)
    together = scores.least_squares(x, y, who)["errors"][1]
    apart = scores.least_squares(x, y, np.arange(300))["errors"][1]
    assert together > 2 * apart


# -- the command --------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_figures_charts_and_page(
    done: Path, folder: Path, tmp_path: Path
) -> None:
    assert main(_asked(folder, tmp_path)) == 0
    files = sorted(p.relative_to(done) for p in done.rglob("*") if p.is_file())
    assert len(files) == 8
    for file in files:
        assert (tmp_path / file).read_bytes() == (done / file).read_bytes(), file


def test_the_page_can_be_written_anew_from_the_figures_alone(done: Path, tmp_path: Path) -> None:
    page = tmp_path / "docs" / "situnes.md"
    told = ["situnes", "--to", str(done / "results"), "--page", str(page), "--from-results"]
    assert main(told) == 0
    assert page.read_bytes() == (done / "docs" / "situnes.md").read_bytes()


def test_the_page_shows_every_chart_and_calls_its_uplift_what_it_is(done: Path) -> None:
    page = (done / "docs" / "situnes.md").read_text("utf-8")
    for name in ("situnes-plays.svg", "situnes-uplift.svg"):
        assert f"(charts/{name})" in page
        root = ElementTree.fromstring((done / "docs" / "charts" / name).read_text("utf-8"))
        assert root.findtext(f"{SVG}desc")
        assert "prefers-color-scheme:dark" in (root.findtext(f"{SVG}style") or "")
    words = " ".join(page.split())
    assert "These are study figures" in words and "fewer than 200" in words
    assert "What is not proven" in words


def test_no_row_of_the_study_enters_what_is_written(done: Path, folder: Path) -> None:
    """No mood of the study, to the digits it was given in, is in any file."""
    with gzip.open(folder / "stage2.csv.gz", "rt", encoding="utf-8") as file:
        moods_told = [row["post_v"][:9] for row in csv.DictReader(file) if len(row["post_v"]) > 9]
    assert len(moods_told) > 80
    for path in done.rglob("*"):
        text = path.read_text("utf-8") if path.is_file() else ""
        assert not [m for m in moods_told if m in text], path


@pytest.mark.data
@pytest.mark.long
def test_the_real_study_is_told_as_well_as_asked(tmp_path: Path) -> None:
    if not (data := os.environ.get("AFFETTO_DATA")):
        pytest.skip("AFFETTO_DATA is not set")
    assert main(_asked(Path(data) / "situnes", tmp_path)) == 0
    found = json.loads((tmp_path / "results" / "situnes.json").read_text("utf-8"))
    ours = found["ratings"]["ways"][ratings.OURS]
    assert ours["rmse"] <= 0.91 and ours["auc"] >= 0.70
    overall = found["uplift"]["overall"]
    for goal, least in (("valence up", 0.10), ("calm", 0.08)):
        value, error = overall[goal]["DR"]
        assert value >= least and error <= 0.04
    assert found["plays"] == {"lab": 600, "field": 897, "chance": 259}
