"""Put ten thousand tracks nobody needs to hear into the database of the folder named.

    python make_library.py DATA_FOLDER [COUNT [SECONDS]]

Places, titles and artists are drawn at random with one seed; there are no files.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from affetto.store.database import Database
from affetto.store.tracks import ShelvedFile, TrackShelf
from affetto.track import Track, TrackFeatures, TrackUri

folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
length_s = float(sys.argv[3]) if len(sys.argv) > 3 else 180.0
folder.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(7)
# As music does: more of it pleasant and awake than not, in two heaps that overlap.
heap = rng.random(count) < 0.65
valence = np.where(heap, rng.normal(0.3, 0.28, count), rng.normal(-0.25, 0.3, count)).clip(-1, 1)
arousal = np.where(heap, rng.normal(0.35, 0.3, count), rng.normal(-0.35, 0.28, count)).clip(-1, 1)
files = []
for i in range(count):
    uri = TrackUri(f"local:{i:016x}")
    features = TrackFeatures(
        round(float(valence[i]), 4),
        round(float(arousal[i]), 4),
        0.3,
        0.25,
        tempo_bpm=float(rng.integers(60, 180)),
        energy=float(rng.random()),
    )
    track = Track(
        uri, f"Piece {i}", f"Artist {i % 700:03}", "Made", duration_s=length_s, features=features
    )
    files.append(ShelvedFile(uri, f"/nowhere/{i:05}.flac", (1, 1), track))
database = Database.at(folder / "affetto.db")
database.migrate()
shelf = TrackShelf(database)
for start in range(0, count, 1000):
    shelf.save(files[start : start + 1000], now=datetime.now(UTC))
database.close()
