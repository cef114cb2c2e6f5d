"""Small made-up plays in the layouts that the leaderboard reads: two camps that share no music."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np

LISTENERS, ARTISTS = 40, 60
FEATURES = (
    "popularity", "loudness", "danceability", "energy", "speechiness", "acousticness",
    "instrumentalness", "valence", "tempo",
)  # fmt: skip


def write_artists(data: Path, seed: int = 0) -> None:
    """Listeners of one camp play the first half of the artists, those of the other the rest."""
    rng = np.random.default_rng(seed)
    folder = data / "listening" / "hetrec2011-lastfm-2k"
    folder.mkdir(parents=True)
    plays, tags = ["//userID\tartistID\tweight"], ["userID\tartistID\ttagID\tday\tmonth\tyear"]
    half = ARTISTS // 2
    for who in range(LISTENERS):
        camp = who % 2
        chance = 1 / np.arange(1, half + 1)
        mine = rng.choice(half, 12, replace=False, p=chance / chance.sum()) + camp * half
        for artist in mine:
            plays.append(f"{who + 2}\t{artist + 10}\t{rng.integers(1, 900)}")
            tags.append(f"{who + 2}\t{artist + 10}\t{camp + 1}\t1\t4\t2009")
    names = [f"{a + 10}\tArtist {a}\thttp://a\thttp://b" for a in range(ARTISTS)]
    write = {"user_artists.dat": plays, "user_taggedartists.dat": tags,
             "artists.dat": ["id\tname\turl\tpictureURL", *names]}  # fmt: skip
    for name, lines in write.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_situnes(data: Path, seed: int = 0, listeners: int = 8, each: int = 24) -> None:
    """Listeners who like every other track; one play is of a track that nobody described."""
    rng = np.random.default_rng(seed)
    folder = data / "situnes"
    folder.mkdir(parents=True)
    items = [
        {"item_id": str(i), **{f: "" if i == 3 else f"{rng.normal():.3f}" for f in FEATURES}}
        for i in range(30)
    ]
    rows = [
        {"user_id": str(w), "item_id": str(i), "rating": str(5 if i % 2 else 2),
         "timestamp": str(1_600_000_000 + 500 * k + w)}
        for w in range(listeners) for k, i in enumerate(rng.integers(30, size=each))
    ]  # fmt: skip
    rows[5]["item_id"] = "-1"
    half = len(rows) // 2
    (folder / "stage1.csv").write_text(_table(rows[:half]), encoding="utf-8")
    for name, table in (("stage2", rows[half:]), ("items", items)):
        packed = gzip.compress(_table(table).encode("utf-8"))
        (folder / f"{name}.csv.gz").write_bytes(packed)


def _table(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


# Settings so small that every net learns in a blink.
SETTINGS = """
[artists.content]
damping = 0.5
weights = "log"
popular = 0.0
[artists.item-kNN]
k = 20
shrink = 1.0
weights = "log"
[artists.ALS]
factors = 4
penalty = 1.0
alpha = 1.0
rounds = 5
weights = "log"
[artists.BPR]
factors = 4
rate = 0.05
penalty = 0.01
rounds = 50
[artists.EASE]
penalty = 10.0
weights = "one"
[artists.hybrid]
ALS = 1.0
content = 0.5
[artists."neural CF"]
size = 8
dropout = 0.0
rate = 0.02
decay = 0.0001
negatives = 4
epochs = 40
[artists.RBM]
hidden = 8
rate = 0.1
decay = 0.001
epochs = 60
[artists.attention]
size = 8
heads = 2
rate = 0.02
decay = 0.01
dropout = 0.5
epochs = 60
[artists.T-RECSYS-like]
size = 8
dropout = 0.0
rate = 0.01
decay = 0.001
negatives = 10
popular = 0.5
epochs = 30
"""
for _table_name in ("situnes", "simulated"):
    SETTINGS += f"""
[{_table_name}.item-kNN]
shrink = 1.0
half_life = 10.0
popular = 0.5
[{_table_name}.Markov]
popular = 10.0
"""
    for _net, _more in (
        ("session RNN", ""),
        ("session CNN", "layers = 2"),
        ("attention", "heads = 2"),
        ("T-RECSYS-like", "negatives = 10"),
    ):
        SETTINGS += f"""
[{_table_name}."{_net}"]
size = 8
dropout = 0.1
rate = 0.01
decay = 0.01
epochs = 2
{_more}
"""
