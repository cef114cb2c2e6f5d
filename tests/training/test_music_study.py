"""The study of song tables: its names hold whatever the ids, its figures come again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the study needs scikit-learn (installed when CI=true)")
pytest.importorskip("lightgbm", reason="the study needs LightGBM (installed when CI=true)")
pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")

import torch

import songs_kit
from affetto.errors import AffettoError
from affetto_training import music_study
from affetto_training.songs import clusters, ranking, supervised
from affetto_training.songs.clusters import Plane, ids_in_any_order, names_of
from affetto_training.songs.reading import CLUSTERED, distinct, number, read_songs
from affetto_training.songs.study_page import page_of

pytestmark = pytest.mark.training

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small tables in all four layouts, the one of genres with its 22 columns."""
    folder = tmp_path_factory.mktemp("songs")
    songs_kit.write_tags(folder / "deezer_mood_train.csv.gz", 120, seed=0)
    songs_kit.write_moods(folder / "data_moods.csv", 80, seed=1)
    songs_kit.write_genres(folder / "genres_v2.csv", 300, seed=2)
    songs_kit.write_catalogue(folder / "tracks_104k.parquet", 240, seed=3, tagged=120)
    return folder


@pytest.fixture(scope="module")
def done(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One quick study, as the command does it."""
    to = tmp_path_factory.mktemp("study")
    told = ["--data", str(tables), "--quick", "--results", str(to / "results")]
    assert music_study.main([*told, "--to", str(to / "docs" / "music-study.md")]) == 0
    yield to


# -- names ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_clusters_are_named_alike_in_all_24_orders_of_their_ids(seed: int) -> None:
    rng = np.random.default_rng(seed)
    centroids = rng.normal(size=(4, 2))
    assert len(ids_in_any_order(centroids)) == 1


def test_even_a_tie_is_named_alike_in_all_24_orders() -> None:
    square = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, -1.0], [0.0, 0.0]])
    assert len(ids_in_any_order(square)) == 1


def test_each_corner_of_the_map_has_its_own_name() -> None:
    told = names_of(np.array([[-0.9, 0.8], [0.7, -1.0], [1.1, 0.9], [-0.6, -0.7]]))
    assert told == ["angry", "calm", "happy", "sad"]


def test_the_four_moods_of_a_plain_world_are_found_again(tables: Path) -> None:
    songs, values = distinct(read_songs(tables / "genres_v2.csv"), CLUSTERED)
    moods = read_songs(tables / "data_moods.csv")
    study = clusters.Study(values, CLUSTERED, moods, 0)
    plane = Plane.of(values)
    told = plane.standard(values)[:, study.place]
    asked = plane.standard(moods.numbers(*CLUSTERED))[:, study.place]
    found = clusters.clustered(study, told, asked, clusters.kmeans(told, 0))
    assert found["ari"] > 0.4
    assert found["lenient"] >= found["accuracy"] > 0.5
    assert len(songs) == len(values) == 300


# -- tables -----------------------------------------------------------------------------


def test_the_table_of_22_columns_is_read_with_its_names_and_genres(tables: Path) -> None:
    songs = read_songs(tables / "genres_v2.csv")
    assert len(songs.rows[0]) == 22
    assert set(songs.texts("genre")) == set(songs_kit.GENRES)
    assert (songs.texts("name") == "").sum() == 150


def test_rows_that_say_the_same_or_lack_a_number_count_once_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("valence,energy\n.5,.5\n.5,.5\n,.4\n.1,nan\n.2,.3\n", "utf-8")
    songs, values = distinct(read_songs(path), ("valence", "energy"))
    assert values.tolist() == [[0.5, 0.5], [0.2, 0.3]]
    assert len(songs) == 2


def test_a_column_that_is_missing_is_named_with_the_nearest_there_is(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("valence,enrgy\n.5,.5\n", "utf-8")
    with pytest.raises(AffettoError, match="has no column energy") as told:
        read_songs(path).numbers("energy")
    assert "enrgy" in told.value.remedy
    path.write_text("valence,energy\n", "utf-8")
    with pytest.raises(AffettoError, match="has no rows"):
        read_songs(path)


def test_of_a_date_only_the_year_counts() -> None:
    assert [number("1982-10-27"), number("1982"), number(1982.0)] == [1982.0] * 3
    assert np.isnan([number(""), number(None), number("inf")]).all()


# -- the study --------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_figures_charts_and_page(
    done: Path, tables: Path, tmp_path: Path
) -> None:
    told = ["--data", str(tables), "--quick", "--results", str(tmp_path / "results")]
    assert music_study.main([*told, "--to", str(tmp_path / "docs" / "music-study.md")]) == 0
    files = sorted(p.relative_to(done) for p in done.rglob("*") if p.is_file())
    assert len(files) == 19
    for file in files:
        assert (tmp_path / file).read_bytes() == (done / file).read_bytes(), file


def test_the_page_can_be_written_anew_from_the_figures_alone(done: Path) -> None:
    found = json.loads((done / "results" / "music-study.json").read_text("utf-8"))
    assert page_of(found) == (done / "docs" / "music-study.md").read_text("utf-8")
    assert "quick run" in page_of(found)
    assert "quick run" not in page_of(found | {"quick": False})


def test_every_chart_is_shown_and_says_what_it_shows(done: Path) -> None:
    page = (done / "docs" / "music-study.md").read_text("utf-8")
    charts = sorted((done / "docs" / "charts").glob("music-*.svg"))
    assert len(charts) == 13
    for chart in charts:
        assert f"(charts/{chart.name})" in page
        root = ElementTree.fromstring(chart.read_text("utf-8"))
        assert root.findtext(f"{SVG}desc")
        assert "prefers-color-scheme:dark" in (root.findtext(f"{SVG}style") or "")


def test_each_kind_of_point_has_a_mark_of_its_own(done: Path) -> None:
    root = ElementTree.parse(done / "docs" / "charts" / "music-clusters.svg").getroot()
    tags = {c: {e.tag for e in root.iter() if e.get("class") == c and "text" not in e.tag}
            for c in ("f0", "f1", "f2", "f3")}  # fmt: skip
    assert tags["f0"] == {f"{SVG}circle"}
    assert tags["f1"] == {f"{SVG}rect"}
    assert tags["f2"] == tags["f3"] == {f"{SVG}path"}


def test_the_figures_are_tables_too(done: Path) -> None:
    with (done / "results" / "music-moods.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    by_name = {r["way"]: float(r["accuracy"]) for r in rows if r["split"] == "folds"}
    assert set(by_name) == set(supervised.tellers())
    chance = by_name.pop("the commonest mood")
    assert min(by_name.values()) > chance + 0.2


def test_a_folder_without_the_tables_is_told_what_is_missing(
    tmp_path: Path, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("data_moods.csv", "deezer_mood_train.csv.gz"):
        (tmp_path / name).write_bytes((tables / name).read_bytes())
    assert music_study.main(["--data", str(tmp_path), "--results", str(tmp_path)]) == 1
    assert "genres_v2_10col.parquet" in capsys.readouterr().err


# MLflow asks SQLAlchemy 2.1 for a way of loading that it calls out of date.
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")
def test_a_tracked_study_can_be_looked_up(done: Path, tables: Path, tmp_path: Path) -> None:
    pytest.importorskip("mlflow", reason="tracking needs mlflow-skinny (installed when CI=true)")
    from mlflow import MlflowClient

    store = f"sqlite:///{(tmp_path / 'store' / 'mlflow.db').as_posix()}"
    told = ["--data", str(tables), "--from-results", "--results", str(done / "results")]
    page = ["--to", str(tmp_path / "docs" / "music-study.md")]
    assert music_study.main([*told, *page, "--track", store]) == 0
    client = MlflowClient(tracking_uri=store)
    experiment = client.get_experiment_by_name("music")
    assert experiment is not None
    (run,) = client.search_runs([experiment.experiment_id])
    assert run.info.status == "FINISHED"
    found = json.loads((done / "results" / "music-study.json").read_text("utf-8"))
    kept = run.data.metrics["moods/ways/LightGBM/by_artist/accuracy"]
    assert kept == found["moods"]["ways"]["LightGBM"]["by_artist"]["accuracy"]
    curve = client.get_metric_history(run.info.run_id, "moods/curve/held_out_loss")
    assert [m.step for m in curve] == [r["epoch"] for r in found["moods"]["curve"]]
    files = {f.path for f in client.list_artifacts(run.info.run_id)}
    assert {"music-study.json", "music-study.md", "music-scree.svg"} <= files


# -- from an emotion to tracks ------------------------------------------------------------


def test_a_list_in_the_best_order_has_all_there_is_to_gain() -> None:
    fit_to = np.array([[0.9, 0.1, 0.5, 0.0]])
    assert ranking.gain(fit_to, fit_to, 3) == pytest.approx(1.0)
    assert ranking.gain(-fit_to, fit_to, 3) < 0.6


def test_the_net_learns_a_world_in_which_features_say_it_all() -> None:
    rng = np.random.default_rng(0)
    said = rng.uniform(-1, 1, (120, 2))
    net = ranking.taught(2 * said, said, (said[:, :1] > 0) * np.array([[1.0]]), 0, steps=120)
    shares, places = ranking.emotions(50, rng)
    with torch.no_grad():
        told = net.tracks(
            torch.from_numpy(shares.astype(np.float32)),
            torch.from_numpy((2 * said).astype(np.float32)),
        )
    fit_to = ranking.suits(places, said)
    assert ranking.gain(told.double().numpy(), fit_to, 10) > 0.7
    assert ranking.gain(rng.random(fit_to.shape), fit_to, 10) < 0.5


def test_the_hierarchical_svm_answers_where_only_one_mood_is_awake() -> None:
    rng = np.random.default_rng(1)
    x = np.r_[rng.normal(-2, 0.3, (30, 2)), rng.normal(2, 0.3, (30, 2))]
    y = np.repeat([3, 2], 30)
    shares = supervised.tellers()["hierarchical SVM"](x, y, x, 0)
    assert (shares.argmax(axis=1) == y).mean() == 1.0
