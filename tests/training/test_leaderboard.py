"""The leaderboard: nobody is told what is asked, and a flag says who is no better than popular."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("scipy", reason="the leaderboard needs SciPy (installed when CI=true)")
pytest.importorskip("implicit", reason="the leaderboard needs implicit (installed when CI=true)")
pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")

import torch
from scipy import sparse

import leaderboard_kit
from affetto_training.tastes.__main__ import main
from affetto_training.tastes.board import before, command, metrics, nets, ordered, plays, shallow
from affetto_training.tastes.board.data import Listening, read_listening
from affetto_training.tastes.board.judge import Tally, _rows
from affetto_training.tastes.board.models import MODELS, OURS
from affetto_training.tastes.board.page import page_of
from affetto_training.tastes.board.plays import Plays
from affetto_training.tastes.board.splits import split
from affetto_training.tastes.board.tuning import configurations, tuned

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both data sets in small, and settings to go with them."""
    folder = tmp_path_factory.mktemp("plays")
    leaderboard_kit.write_artists(folder)
    leaderboard_kit.write_situnes(folder)
    (folder / "settings.toml").write_text(leaderboard_kit.SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def listening(data: Path) -> Listening:
    return read_listening(data)


def asked(data: Path, to: Path, *more: str) -> list[str]:
    """The command line of a quick run."""
    return [
        "leaderboard", "--data", str(data), "--settings", str(data / "settings.toml"), "--quick",
        "--to", str(to / "results"), "--page", str(to / "docs" / "leaderboard.md"), *more,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def done(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One quick run, as the command does it."""
    to = tmp_path_factory.mktemp("board")
    assert main(asked(data, to)) == 0
    return to


# -- what may be known ------------------------------------------------------------------


def test_what_is_asked_is_a_fifth_of_each_listener_and_never_learnt_from(
    listening: Listening,
) -> None:
    told = split(listening.plays, 1)
    assert told.train.multiply(told.test).nnz == 0
    assert (told.train + told.test != listening.plays).nnz == 0
    assert set(np.diff(told.test.indptr)) == {round(0.2 * 12)}
    assert (split(listening.plays, 1).test != told.test).nnz == 0
    assert (split(listening.plays, 2).test != told.test).nnz > 0


def test_a_listeners_own_tags_of_what_is_asked_are_taken_away(listening: Listening) -> None:
    told = split(listening.plays, 1)
    known = listening.without(told.train, told.test)
    left = {(u, a) for u, a, _ in known.tagged.tolist()}
    rows, columns = told.test.nonzero()
    assert not left & set(zip(rows.tolist(), columns.tolist(), strict=True))
    assert len(known.tagged) == len(listening.tagged) - told.test.nnz


def test_a_net_that_reads_plays_sees_none_that_came_later() -> None:
    rng = np.random.default_rng(0)
    world = plays.joined(
        [[(int(t), bool(t % 2), 0) for t in rng.integers(12, size=20)] for _ in range(6)],
        rng.normal(size=(12, 3)),
    )
    settings = {"size": 8, "dropout": 0.0, "rate": 0.01, "decay": 0.0, "epochs": 1,
                "heads": 2, "layers": 2, "negatives": 5, "shrink": 1.0, "half_life": 5.0,
                "popular": 1.0}  # fmt: skip
    place = np.array([70])
    later = world.track.copy()
    later[71:] = 0
    changed = Plays(world.listener, later, ~world.liked, world.sitting, world.features)
    changed.liked[:71] = world.liked[:71]
    changed.track[70] = 11 - world.track[70]  # not even the play that is to be told
    for name, model in ordered.SEQUENCERS.items():
        one = model.scores(world, 60, place, settings, 1)
        two = model.scores(changed, 60, place, settings, 1)
        assert np.allclose(one, two, atol=1e-5), name


# -- figures ----------------------------------------------------------------------------


def test_a_perfect_list_scores_one_and_a_hopeless_one_nothing() -> None:
    truth = sparse.csr_matrix(np.array([[1.0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]))
    best = metrics.scored(np.array([[0, 1, 2], [0, 1, 2]]), truth, 5)
    assert (best.recall[0], best.ndcg[0]) == (1.0, 1.0)
    assert np.isnan(best.recall[1]) and np.isnan(best.ndcg[1])
    assert best.coverage == pytest.approx(0.6)
    worst = metrics.scored(np.array([[2, 3, 4], [2, 3, 4]]), truth, 5)
    assert worst.recall[0] == worst.ndcg[0] == 0.0
    second = metrics.scored(np.array([[2, 0, 3], [2, 3, 4]]), truth, 5)
    assert second.recall[0] == 0.5
    assert second.ndcg[0] == pytest.approx(1 / np.log2(3) / (1 + 1 / np.log2(3)))


def test_what_a_listener_plays_already_is_not_suggested() -> None:
    scores = np.array([[9.0, 8, 7, 6]], np.float32)
    known = sparse.csr_matrix(np.array([[1.0, 0, 0, 0]]))
    assert metrics.best(scores, known, 2).tolist() == [[1, 2]]
    assert scores[0, 0] == 9.0


def test_the_interval_holds_the_mean_and_narrows_with_more_listeners() -> None:
    rng = np.random.default_rng(0)
    few, many = rng.random(50), rng.random(5000)
    wide, narrow = (metrics.over_listeners(x, np.ones(len(x))) for x in (few, many))
    assert wide[0] < few.mean() < wide[1]
    assert narrow[1] - narrow[0] < 0.2 * (wide[1] - wide[0])
    assert metrics.over_splits([0.2])[1] == 0.0
    assert metrics.over_splits([0.1, 0.3]) == pytest.approx((0.2, 12.706 * 0.1))


def test_a_model_below_the_popular_is_flagged_and_stays() -> None:
    def tally(value: float) -> Tally:
        rng = np.random.default_rng(1)
        one = np.clip(value + 0.05 * rng.normal(size=200), 0, 1)
        return Tally([one], [one], [np.ones(200)], [0.5])

    worlds = {"popular": tally(0.5), "good": tally(0.6), "bad": tally(0.4), "same": tally(0.5)}
    rows = _rows(worlds, dict.fromkeys(worlds, "words"), apart=False)
    assert next(r["model"] for r in rows) == "bad"
    flags = {r["model"]: r["beside_popular"] for r in rows}
    assert flags == {"popular": "", "good": "above", "bad": "below", "same": "level"}


# -- models -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [m for m in MODELS if m not in ("random", "popular")])
def test_in_a_world_of_two_camps_every_model_beats_the_popular(done: Path, name: str) -> None:
    rows = json.loads((done / "results" / "leaderboard.json").read_text("utf-8"))["artists"]["rows"]
    ndcg = {r["model"]: r["ndcg"] for r in rows}
    assert ndcg[name] > ndcg["popular"] > 0


def test_ease_on_the_listeners_side_is_ease(listening: Listening) -> None:
    x = listening.heard.toarray().astype(float)
    inverse = np.linalg.inv(x.T @ x + 7.0 * np.eye(x.shape[1]))
    weights = np.eye(x.shape[1]) - inverse / np.diag(inverse)
    told = shallow.ease(listening, {"penalty": 7.0, "weights": "one"}, 0)
    assert np.allclose(told, x @ weights, atol=1e-4)


def test_an_attention_score_is_the_sum_of_what_each_played_artist_adds() -> None:
    torch.manual_seed(0)
    net = nets.Attention(9, 8, 2).eval()
    played = torch.tensor([[1, 4, 7, 9]])  # the last is filling
    with torch.no_grad():
        weights = net.weights(played)
        assert weights.sum(1).allclose(torch.ones(1, 2))
        assert weights[0, 3].abs().max() == 0
        value = net.value(played).unflatten(-1, (2, -1))
        added = (weights[..., None] * value).flatten(2) @ net.suggestion.T
        assert net(played).allclose(added.sum(1) + net.bias, atol=1e-6)


def test_what_was_liked_lately_counts_most() -> None:
    world = plays.joined([[(0, True, 0), (1, False, 0), (2, True, 0), (3, True, 0)]], np.eye(4))
    told = before.fading(world, np.array([3]), half_life=1.0)
    assert told.tolist() == [[0.25, 0.0, 1.0, 0.0]]  # two plays ago, and just now


def test_plays_an_hour_apart_are_two_sittings_and_unknown_tracks_are_left_out(data: Path) -> None:
    world = plays.read_situnes(data)
    assert len(world) == 8 * 24 - 1
    assert world.features[3].tolist() == [0.0] * 9
    assert world.liked.tolist() == [bool(t % 2) for t in world.track]
    assert (np.diff(world.sitting[world.listener == 0]) >= 0).all()


# -- tuning -----------------------------------------------------------------------------


def test_every_tuned_model_has_at_least_ten_configurations_and_none_twice() -> None:
    for table in (MODELS, ordered.SEQUENCERS):
        for name, model in table.items():
            if model.grid:
                tried = [json.dumps(c) for c in configurations(model.grid, 0)]
                assert len(set(tried)) == len(tried) >= 10, name


def test_the_best_of_what_was_tried_is_kept() -> None:
    told, trials = tuned("m", {"a": [1, 5, 3], "b": [2]}, lambda s: s["a"] * s["b"], 0)
    assert told == {"a": 5, "b": 2}
    assert [t.ndcg for t in trials] == [2, 10, 6]


def test_tuning_writes_settings_and_all_it_tried(data: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    told = ["leaderboard", "--data", str(data), "--settings", str(settings), "--table", "artists",
            "--to", str(tmp_path), "--tune", "--only"]  # fmt: skip
    assert main([*told, "EASE"]) == main([*told, "item-kNN"]) == main([*told, "EASE"]) == 0
    kept = tomllib.loads(settings.read_text("utf-8"))["artists"]
    assert set(kept) == {"EASE", "item-kNN"}
    with (tmp_path / command.TRIED).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 28
    best = max((r for r in rows if r["model"] == "EASE"), key=lambda r: r["validation_ndcg20"])
    assert json.loads(best["settings"]) == kept["EASE"]


# -- the command ------------------------------------------------------------------------


def test_the_page_shows_every_model_and_can_be_written_anew(done: Path, data: Path) -> None:
    page = (done / "docs" / "leaderboard.md").read_text("utf-8")
    for name in (*MODELS, *ordered.SEQUENCERS):
        assert name in page
    assert f"**{OURS}**" in page and "90 %" in page
    found = json.loads((done / "results" / "leaderboard.json").read_text("utf-8"))
    assert page_of(found) == page
    (done / "docs" / "leaderboard.md").unlink()
    assert main(asked(data, done, "--from-results")) == 0
    assert (done / "docs" / "leaderboard.md").read_text("utf-8") == page


def test_every_chart_says_what_it_shows(done: Path) -> None:
    page = (done / "docs" / "leaderboard.md").read_text("utf-8")
    charts = sorted((done / "docs" / "charts").glob("*.svg"))
    assert len(charts) == 2
    for chart in charts:
        assert f"(charts/{chart.name})" in page
        words = ElementTree.fromstring(chart.read_text("utf-8")).findtext(
            "{http://www.w3.org/2000/svg}desc"
        )
        assert words and "popular" in words


def test_the_same_figures_come_again(done: Path, data: Path, tmp_path: Path) -> None:
    assert main(asked(data, tmp_path, "--table", "situnes")) == 0
    one, two = (json.loads((d / "results" / "leaderboard.json").read_text("utf-8"))["situnes"]
                for d in (done, tmp_path))  # fmt: skip
    assert [r["ndcg"] for r in one["rows"]] == [r["ndcg"] for r in two["rows"]]


def test_one_model_trains_by_one_command(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(data, tmp_path, "--only", "EASE")) == 0
    assert "artists: EASE: Recall@20" in capsys.readouterr().out
    assert not (tmp_path / "results").exists()


def test_what_is_missing_is_named_with_its_remedy(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(data, tmp_path, "--only", "LASER")) == 2
    assert "EASE" in capsys.readouterr().err
    assert main(["leaderboard", "--data", str(tmp_path), "--settings", str(tmp_path / "no")]) == 1
    assert "--tune" in capsys.readouterr().err
    (tmp_path / "settings.toml").write_text(leaderboard_kit.SETTINGS, encoding="utf-8")
    assert main(asked(tmp_path, tmp_path)) == 1
    assert "hetrec2011-lastfm-2k" in capsys.readouterr().err


# MLflow asks SQLAlchemy 2.1 for a way of loading that it calls out of date.
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")
def test_a_tracked_leaderboard_can_be_looked_up(done: Path, data: Path, tmp_path: Path) -> None:
    pytest.importorskip("mlflow", reason="tracking needs mlflow-skinny (installed when CI=true)")
    from mlflow import MlflowClient

    store = f"sqlite:///{(tmp_path / 'store' / 'mlflow.db').as_posix()}"
    assert main(asked(data, done, "--from-results", "--track", store)) == 0
    client = MlflowClient(tracking_uri=store)
    experiment = client.get_experiment_by_name("music")
    assert experiment is not None
    (run,) = client.search_runs([experiment.experiment_id])
    found = json.loads((done / "results" / "leaderboard.json").read_text("utf-8"))
    (ease,) = [r for r in found["artists"]["rows"] if r["model"] == "EASE"]
    assert run.data.metrics["artists/EASE/ndcg"] == ease["ndcg"]
    assert json.loads(run.data.params["artists"])["EASE"]["penalty"] == 10.0
