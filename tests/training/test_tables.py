"""A table's features become a mood: from whatever is there, with doubt, judged fairly."""

from __future__ import annotations

import csv
import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

import songs_kit
from affetto_training import tables
from affetto_training.acceptance import table_mood
from affetto_training.songs import folds
from affetto_training.songs.lesson import playlist_hits
from affetto_training.songs.rows import FEATURES, features_of
from affetto_training.songs.table_model import Recipe, fit, load

BRIGHT = {
    "danceability": 0.8, "energy": 0.85, "loudness": -5.0, "mode": 1, "speechiness": 0.05,
    "acousticness": 0.05, "instrumentalness": 0.0, "liveness": 0.1, "valence": 0.95,
    "tempo": 125.0, "duration_ms": 200_000, "time_signature": 4,
}  # fmt: skip
AMBIENT = BRIGHT | {
    "danceability": 0.2, "energy": 0.05, "loudness": -28.0, "acousticness": 0.97,
    "instrumentalness": 0.93, "valence": 0.08, "tempo": 80.0,
}  # fmt: skip


def test_a_bright_fast_song_is_pleasant_and_awake_and_an_ambient_one_calm_not_sad() -> None:
    bright, ambient = table_mood([BRIGHT, AMBIENT])
    assert bright[0] > 0.1 and bright[1] > 0.1
    assert ambient[0] > 0 > ambient[1]  # though the service says of it: valence .08


@pytest.mark.parametrize("missing", [*BRIGHT])
def test_a_feature_that_is_missing_changes_little_and_never_makes_it_surer(missing: str) -> None:
    whole, less = table_mood([BRIGHT, {**BRIGHT, missing: None}])
    assert np.abs(whole - less)[:2].max() < 0.35
    assert (less[2:] >= whole[2:]).all()


def test_a_row_of_nothing_is_told_the_middle_and_great_doubt() -> None:
    told = table_mood([{}, {"valence": None, "energy": "loud", "tempo": math.inf}, BRIGHT])
    assert np.isfinite(told).all()
    assert np.array_equal(told[0], told[1])
    assert np.abs(told[0, :2]).max() < 0.3
    assert (told[0, 2:] > told[2, 2:]).all()


def test_no_row_however_odd_is_refused_or_leaves_the_map() -> None:
    odd: list[dict[str, object]] = [
        dict.fromkeys(BRIGHT, value) for value in (-1e9, 1e300, "", "NaN", b"x", [], True)
    ]
    odd.append({"valence": 0.5, 7: "?"})  # type: ignore[dict-item]
    told = table_mood(odd)
    assert told.shape == (8, 4)
    assert np.abs(told).max() <= 1
    assert (told[:, 2:] > 0).all()
    assert table_mood([]).shape == (0, 4)


def test_a_label_beside_the_service_s_own_valence_is_not_peeped_at() -> None:
    told = table_mood(
        [BRIGHT | {"spotify_valence": 0.95, "valence": label} for label in (-2.0, 2.0)]
    )
    assert np.array_equal(told[0], told[1])


@pytest.mark.parametrize("unknown", [None, "", math.nan, -3.0])
def test_a_label_is_not_peeped_at_either_where_the_service_told_nothing(unknown: object) -> None:
    rows = [BRIGHT | {"spotify_valence": unknown, "valence": label} for label in (0.1, 0.9)]
    told = table_mood([*rows, {k: v for k, v in BRIGHT.items() if k != "valence"}])
    assert np.array_equal(told[0], told[1])
    assert np.array_equal(told[0], told[2])


def test_percent_and_seconds_are_understood() -> None:
    percent = {k: 100 * v if k in ("energy", "danceability") else v for k, v in BRIGHT.items()}
    seconds = {k: v for k, v in percent.items() if k != "duration_ms"} | {"length": 200.0}
    whole, other = table_mood([BRIGHT, seconds])
    assert other == pytest.approx(whole)


def test_the_weights_hold_no_song() -> None:
    kept = load()
    assert {getattr(kept, name).shape[0] for name in kept.__dataclass_fields__} == {2, 12, 500}


def test_a_model_finds_what_there_is_to_find_and_fills_gaps() -> None:
    rng = np.random.default_rng(4)
    features = rng.normal(size=(400, len(FEATURES)))
    features[:, 1] = features[:, 0]  # one tells the other
    targets = np.clip(np.c_[0.4 * features[:, 0], -0.4 * features[:, 2]], -1, 1)
    targets[::9, 0] = np.nan
    model = fit(features, targets, np.ones(400), Recipe(waves=200, alpha=0.1))
    told = model.told(features)
    whole = ~np.isnan(targets[:, 0])
    assert folds.pearson(told[whole, 0], targets[whole, 0]) > 0.95
    gap = features.copy()
    gap[:, 0] = np.nan
    assert folds.pearson(model.told(gap)[whole, 0], targets[whole, 0]) > 0.9
    gap[:, 1] = np.nan
    assert (model.told(gap)[:, 2] > model.told(features)[:, 2] + 0.05).all()


def test_an_artist_is_never_on_both_sides() -> None:
    artists = [f"artist {i % 23}" for i in range(200)]
    fold = folds.grouped(artists, 10, 3)
    assert all(len({fold[i] for i in range(a, 200, 23)}) == 1 for a in range(23))
    assert len(set(fold)) == 10


def test_energetic_is_counted_three_ways() -> None:
    told = np.array([[0.5, -0.5], [-0.5, 0.5], [0.5, 0.5], [0.5, 0.5]])
    hits = playlist_hits(["Calm", "Energetic", "Energetic", "Happy"], told)
    assert (hits["as_angry"], hits["as_happy"], hits["as_either"]) == (0.75, 0.75, 1.0)
    assert math.isnan(hits["Sad"])


def test_a_table_it_has_learnt_from_is_scored_by_folds_and_any_other_by_its_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tags, moods, other = tmp_path / "tags.csv.gz", tmp_path / "data_moods.csv", tmp_path / "o.csv"
    songs_kit.write_tags(tags, 160, seed=0)
    songs_kit.write_moods(moods, 80, seed=1)
    songs_kit.write_tags(other, 60, seed=2)
    weights = tmp_path / "kept" / "w.npz"
    card = tables.train(tags, None, weights, seeds=(0,), waves=20)
    assert card["learnt_from"]["listener_tagged"] == 160
    assert card["learnt_from"]["on_playlists"] == 80
    found = tables.evaluate(tags, None, weights, seeds=(0,))
    assert found["protocol"] == "10 folds by artist"
    assert found["valence"]["r"] > 0.5
    ask = ["evaluate", "--data", str(other), "--weights", str(weights), "--json"]
    assert tables.main(ask) == 0
    found = json.loads(capsys.readouterr().out)
    assert "weights that are kept" in found["protocol"]
    assert found["n"] == 60
    assert found["quarter"]["ours"] > found["quarter"]["commonest"]
    assert tables.main(ask[:-1]) == 0
    assert "90 % intervals hold" in capsys.readouterr().out


def test_a_table_without_what_is_needed_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("artist,title,valance\na,b,0.5\n", "utf-8")
    assert tables.main(["evaluate", "--data", str(path)]) == 1
    assert "no column valence" in (told := capsys.readouterr().err)
    assert "Should valance be it?" in told
    assert tables.main(["evaluate", "--data", str(tmp_path / "nowhere.csv")]) == 1
    assert tables.main(["evaluate", "--data", str(path), "--weights", "none.npz"]) == 1


def test_features_are_read_from_text_as_from_numbers() -> None:
    text = {k: str(v) for k, v in BRIGHT.items()}
    assert np.array_equal(features_of([BRIGHT]), features_of([text]))


@pytest.mark.data
def test_the_model_beats_reading_the_service_literally() -> None:
    folder = os.environ.get("AFFETTO_DATA")
    if not folder:
        pytest.skip("AFFETTO_DATA names no folder")
    path = Path(folder) / "music" / "data_moods.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    hits = playlist_hits([row["mood"] for row in rows], table_mood(rows))
    rule = np.array([[float(r["valence"]), float(r["energy"])] for r in rows])
    rule -= np.median(rule, axis=0)
    assert hits["as_angry"] > playlist_hits([r["mood"] for r in rows], rule)["as_angry"]
