"""Made-up tables of songs in the layouts that the lab reads: features follow the mood."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np

MOODS = ("Calm", "Energetic", "Happy", "Sad")
# What the features are around for each mood: (valence, energy, acousticness, dance).
CENTRES = {
    "Calm": (0.2, 0.15, 0.9, 0.3),
    "Energetic": (0.45, 0.9, 0.05, 0.55),
    "Happy": (0.85, 0.75, 0.15, 0.75),
    "Sad": (0.25, 0.35, 0.6, 0.45),
}
GENRES = ("Rock", "Folk", "Ambient", "Disco", "Metal")


def features(mood: str, rng: np.random.Generator) -> dict[str, float]:
    valence, energy, acoustic, dance = (
        float(np.clip(c + rng.normal(0, 0.12), 0.01, 0.99)) for c in CENTRES[mood]
    )
    return {
        "danceability": dance, "energy": energy, "key": float(rng.integers(12)),
        "loudness": -30 + 26 * energy + rng.normal(0, 1), "mode": float(rng.integers(2)),
        "speechiness": float(rng.uniform(0.03, 0.2)), "acousticness": acoustic,
        "instrumentalness": float(rng.uniform(0.6, 0.95) if mood == "Calm" else 0.01),
        "liveness": float(rng.uniform(0.05, 0.4)), "valence": valence,
        "tempo": float(rng.uniform(70, 100) + 60 * energy),
        "duration_ms": float(rng.integers(150_000, 300_000)), "time_signature": 4.0,
    }  # fmt: skip


def write(path: Path, rows: list[dict[str, object]]) -> None:
    with (
        gzip.open(path, "wt", encoding="utf-8", newline="")
        if path.suffix == ".gz"
        else (path.open("w", encoding="utf-8", newline="")) as file
    ):
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_tags(path: Path, count: int, seed: int) -> None:
    """Listener tags in standard units, every one with features, two songs of each artist."""
    rng = np.random.default_rng(seed)
    places = {"Calm": (1, -1.2), "Energetic": (-0.9, 1.2), "Happy": (1.3, 1), "Sad": (-1.2, -0.8)}
    rows: list[dict[str, object]] = []
    for i in range(count):
        mood = MOODS[i % 4]
        v, a = places[mood]
        told = features(mood, rng)
        row = {"valence": v + rng.normal(0, 0.3), "arousal": a + rng.normal(0, 0.3)}
        row |= {"artist_name": f"Band {seed}-{i // 2}", "track_name": f"Song {i}"}
        row["spotify_valence"] = told.pop("valence")
        rows.append(row | told)
    write(path, rows)


def write_moods(path: Path, count: int, seed: int) -> None:
    """The table of 19 columns: features, a date, popularity, and the mood of a playlist."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for i in range(count):
        told = features(MOODS[i % 4], rng)
        told["length"] = told.pop("duration_ms")
        del told["mode"]
        row: dict[str, object] = {"name": f"Tune {i}", "album": "A", "artist": f"Singer {i // 2}"}
        row |= {"id": f"id{i}", "release_date": f"{1960 + i % 60}-03-01", "popularity": i % 100}
        rows.append(row | told | {"mood": MOODS[i % 4]})
    write(path, rows)


def write_genres(path: Path, count: int, seed: int) -> None:
    """The table of 22 columns, half of whose rows have no name."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for i in range(count):
        told = dict(features(MOODS[i % 4], rng))
        links = dict.fromkeys(("uri", "track_href", "analysis_url"), "x")
        row: dict[str, object] = {**told, "type": "audio_features", "id": f"g{i}", **links}
        row |= {"genre": GENRES[i % 5], "song_name": f"Beat {i}" if i % 2 else ""}
        rows.append(row | {"Unnamed: 0": "", "title": ""})
    write(path, rows)


def write_catalogue(path: Path, count: int, seed: int, tagged: int = 0) -> None:
    """Our own parquet of 22 columns; the first songs are those of ``write_tags``, seed 0."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for i in range(count):
        mood = MOODS[i % 4]
        told = features(mood, rng)
        known = i < tagged
        rows.append({
            "row": i, "track_id": f"t{i}", "name": f"Song {i}" if known else f"Other {i}",
            "artist": f"Band 0-{i // 2}" if known else f"Player {i // 3}", "source": "made_up",
            "genre": GENRES[(i % 4 + int(rng.random() < 0.2)) % 5] if i % 3 else "",
            "year": 1950.0 + i % 70, "decade": None, "popularity": float(i % 100), **told,
        })  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), path)
