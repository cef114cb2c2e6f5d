"""Tables of songs that nobody sang, in the layouts that people publish."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path


def _split(line: str) -> list[str]:
    return line.split(",")


MOOD_HEADER = _split(
    "name,album,artist,id,release_date,popularity,length,danceability,acousticness,energy,"
    "instrumentalness,liveness,valence,loudness,speechiness,tempo,key,time_signature,mood"
)
GENRE_HEADER = _split(
    "danceability,energy,key,loudness,mode,speechiness,acousticness,instrumentalness,liveness,"
    "valence,tempo,type,id,uri,track_href,analysis_url,duration_ms,time_signature,genre,"
    "song_name,Unnamed: 0,title"
)
MOODS = ("Calm", "Energetic", "Happy", "Sad")


def mood_rows(count: int, seed: int = 1) -> list[list[object]]:
    """Rows of the 19-column mood table."""
    chance = random.Random(seed)
    rows = []
    for n in range(count):
        u = [round(chance.random(), 3) for _ in range(7)]
        rows.append(
            [f"Song {n}", "Album", f"Artist {n % 40}", f"id{n:06}", f"{1960 + n % 60}-02-03",
             n % 100, 120_000 + n, u[0], u[1], u[2], u[3], u[4], u[5], -5 - 10 * u[6], u[0],
             80 + 80 * u[1], n % 12, 4, MOODS[n % 4]]
        )  # fmt: skip
    return rows


def genre_rows(count: int, seed: int = 2) -> list[list[object]]:
    """Rows of the 22-column genre table: every other has no song name but a playlist's."""
    chance = random.Random(seed)
    rows = []
    for n in range(count):
        u = [round(chance.random(), 3) for _ in range(7)]
        named = n % 2 == 0
        rows.append(
            [u[0], u[1], n % 12, -6.5, n % 2, u[2], u[3], u[4], u[5], u[6], 120 + n % 60,
             "audio_features", f"id{n:06}", f"spotify:track:id{n:06}", "https://a", "https://b",
             150_000 + n, 4, "Dark Trap", f"Song {n}" if named else "", "" if named else n,
             "" if named else "A playlist"]
        )  # fmt: skip
    return rows


def written(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    separator: str = ",",
    encoding: str = "utf-8",
    newline: str = "\n",
) -> Path:
    """A CSV file."""
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, delimiter=separator, lineterminator=newline)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def million(path: Path, count: int) -> Path:
    """A summary file in the Million Song Dataset's layout; needs h5py."""
    import h5py
    import numpy as np

    words = [(name, "S1024") for name in ("artist_name", "genre", "release", "title")]
    metadata = np.zeros(count, [*words, ("song_hotttnesss", "f8"), ("song_id", "S32")])
    sounds = ("danceability", "duration", "energy", "loudness", "tempo")
    analysis = np.zeros(
        count,
        [("audio_md5", "S32"), ("track_id", "S32"), *((name, "f8") for name in sounds),
         *((name, "i4") for name in ("key", "mode", "time_signature"))],
    )  # fmt: skip
    years = np.zeros(count, [("idx_artist_mbtags", "i4"), ("year", "i4")])
    for n in range(count):
        metadata[n]["title"], metadata[n]["artist_name"] = f"Title {n}", f"Déjà {n}".encode()
        metadata[n]["song_hotttnesss"] = np.nan if n == 3 else n / count
        analysis[n]["track_id"], analysis[n]["duration"] = f"TR{n:016}", 200 + n
        analysis[n]["tempo"], analysis[n]["loudness"] = 90 + n, -20 + n / 4
        years[n]["year"] = 1980 + n if n else 0
    with h5py.File(path, "w") as file:
        for group, rows in (
            ("metadata", metadata), ("analysis", analysis), ("musicbrainz", years)
        ):  # fmt: skip
            file.create_group(group).create_dataset("songs", data=rows)
    return path
