"""The charts of the page on song tables, from what the study found and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from affetto_training.plots import Line, Panel, even_ticks, figure
from affetto_training.songs.draw import Cloud, Field, bars, scatter, shades
from affetto_training.songs.reading import MOODS
from affetto_training.songs.seen import QUARTERS

SHORT = {
    "duration_ms": "length", "danceability": "dance", "acousticness": "acoustic",
    "instrumentalness": "instrum.", "liveness": "live", "loudness": "loud",
    "speechiness": "speech", "popularity": "popular",
}  # fmt: skip


def charts(found: Mapping[str, Any]) -> dict[str, str]:
    """Every chart by its file name."""
    clusters, moods, seen = found["clusters"], found["moods"], found["seen"]
    faults = clusters["faults"]
    drawn = {
        "music-classes.svg": bars(
            "Songs of each mood in the table of moods", "songs",
            {m: [float(n)] for m, n in seen["moods"].items()}, ["songs"], "{:,.0f}",
        ),
        "music-correlation.svg": _correlation(seen["correlation"]),
        "music-scree.svg": _scree(clusters["scree"]),
        "music-clusters.svg": _clusters(clusters),
        "music-valence-energy.svg": _per_cluster(clusters["map"]),
        "music-net.svg": _curve(moods["curve"]),
        "music-confusion.svg": _confusion(moods["ways"]),
        "music-fault-angle.svg": _angle(faults["angle"]),
        "music-fault-names.svg": _names(faults["names"]),
        "music-fault-components.svg": _components(faults["components"]),
    }  # fmt: skip
    if "songs_per_mood" in seen:
        drawn["music-songs-per-mood.svg"] = bars(
            f"{seen['named']:,} named songs by the quarter they lie in", "songs",
            {m: [float(n) for n in pair] for m, pair in seen["songs_per_mood"].items()},
            ["our table model", "medians of the service's valence and energy"], "{:,.0f}",
        )  # fmt: skip
        drawn["music-genres.svg"] = _genres(seen)
        drawn["music-genre-moods.svg"] = shades(
            "The moods of each genre", "of each genre's songs, how many in 100 lie in each quarter",
            {f"{g} ({seen['genre_songs'][g]:,})": [100 * v for v in row]
             for g, row in seen["genre_shares"].items()},
            QUARTERS, "{:.0f}", 100.0,
        )  # fmt: skip
    return drawn


def _genres(seen: Mapping[str, Any]) -> str:
    """The share of each genre in each quarter; a column makes 100."""
    counts = {
        g: [seen["genre_songs"][g] * share for share in row]
        for g, row in seen["genre_shares"].items()
    }
    whole = [max(1.0, sum(row[q] for row in counts.values())) for q in range(4)]
    rows = {g: [100 * n / of for n, of in zip(row, whole, strict=True)]
            for g, row in counts.items()}  # fmt: skip
    unit = "of each quarter's songs of these genres, how many in 100"
    return shades("The genres of each mood", unit, rows, QUARTERS, "{:.0f}", 100.0)


def best_way(ways: Mapping[str, Any]) -> str:
    """The classifier that is most often right for unknown artists."""
    return max(ways, key=lambda name: float(ways[name]["by_artist"]["accuracy"]))


def _correlation(told: Mapping[str, Any]) -> str:
    names = [SHORT.get(c, c) for c in told["columns"]]
    rows = dict(zip(names, told["values"], strict=True))
    return shades("How features go together in the table of moods", "Pearson's r", rows, names)


def _scree(shares: list[float]) -> str:
    each = [(float(i), 100 * s) for i, s in enumerate(shares, 1)]
    total = [(float(i), 100 * float(s)) for i, s in enumerate(np.cumsum(shares), 1)]
    panel = Panel(
        "What the principal components hold", "component", "share of the variance, %",
        [Line("each", each), Line("together", total, 1)],
        even_ticks(1, len(shares), 1), even_ticks(0, 100, 20), ((4, 0), (4, 100), "four"),
    )  # fmt: skip
    words = f"Four components hold {total[3][1]:.0f} % of the variance of {len(shares)} features."
    return figure([panel], title="Scree", words=words)


def _clusters(clusters: Mapping[str, Any]) -> str:
    clouds = [
        Cloud(name, [(x, y) for n, x, y in clusters["plane"] if n == name], k)
        for k, name in enumerate(QUARTERS)
    ]
    field = Field("", "first component", "second component", clouds, (-5, 5), (-5, 5))
    words = "Songs on the plane of the first two components, marked by the cluster's name."
    return scatter("Clusters on the plane of the first two components", [field], words)


def _per_cluster(points: list[Any]) -> str:
    fields = []
    for k, name in enumerate(QUARTERS):
        mine = [(x, y) for n, x, y in points if n == name]
        title = f"{name}: {len(mine)} of {len(points)} songs drawn"
        cloud = Cloud(name, mine, k)
        fields.append(Field(title, "valence, as the service tells it", "energy", [cloud],
                            (0, 1), (0, 1)))  # fmt: skip
    words = "Valence and energy of the songs of each cluster; the clusters overlap widely."
    return scatter("Valence and energy of each cluster", fields, words)


def _curve(curve: list[Mapping[str, float]]) -> str:
    last = int(curve[-1]["epoch"])
    ticks = even_ticks(0, last, last / 3, "{:.0f}")
    most = max(1.6, *(row["loss"] for row in curve), *(row["held_out_loss"] for row in curve))
    panels = [
        Panel(title, "epoch", unit,
              [Line("held out", [(r["epoch"], scale * r[f"held_out_{key}"]) for r in curve]),
               Line("learnt", [(r["epoch"], scale * r[key]) for r in curve], 1)],
              ticks, y_ticks)
        for title, unit, key, scale, y_ticks in (
            ("Loss", "cross-entropy", "loss", 1.0,
             even_ticks(0, round(most + 0.2, 1), round(most + 0.2, 1) / 4, "{:.1f}")),
            ("Accuracy", "right, %", "accuracy", 100.0, even_ticks(0, 100, 20)),
        )
    ]  # fmt: skip
    words = (
        f"After {last} epochs the net is right on {100 * curve[-1]['accuracy']:.0f} % of what it "
        f"learnt and {100 * curve[-1]['held_out_accuracy']:.0f} % of a held-out fifth."
    )
    return figure(panels, title="The neural net's curve", words=words)


def _confusion(ways: Mapping[str, Any]) -> str:
    name = best_way(ways)
    rows = {
        m: [100 * n / max(1, sum(row)) for n in row]
        for m, row in zip(MOODS, ways[name]["by_artist"]["confusion"], strict=True)
    }
    unit = "folds by artist; rows true, columns told, % of the row"
    return shades(f"Which moods are taken for which: {name}", unit, rows, MOODS, "{:.0f}", 100.0)


def _angle(told: Mapping[str, Any]) -> str:
    def cloud(name: str, key: str, series: int, faint: bool = False) -> Cloud:
        return Cloud(name, [(x, y) for x, y in told[key]], series, faint)

    field = Field(
        "Energy and valence in standard deviations", "valence", "energy",
        [cloud("other songs", "others", 3, True), cloud("alike by angle", "by_angle", 1),
         cloud("alike by distance", "by_distance", 2), cloud("the pick", "pick", 0)],
        (-2.5, 2.5), (-2.5, 2.5),
    )  # fmt: skip
    words = (
        f"A cosine calls {told['alike_median']:.0f} songs (median) exactly like the pick: all that "
        "lie on one ray from the middle, near or far. Distance finds a disc around it."
    )
    return scatter("A cosine compares the angle alone", [field], words)


def _names(pairs: list[list[float]]) -> str:
    lines = [
        Line("by hand", [(k + 1.0, 100 * a) for k, (a, _) in enumerate(pairs)], 1),
        Line("computed", [(k + 1.0, 100 * b) for k, (_, b) in enumerate(pairs)]),
    ]
    panel = Panel("Names typed in by hand", "start of K-means (seed)", "right, %", lines,
                  even_ticks(1, len(pairs), 1), even_ticks(0, 80, 20))  # fmt: skip
    typed = [a for a, _ in pairs]
    words = (
        f"The same clustering started {len(pairs)} times: names typed in for one run are right "
        f"for {100 * min(typed):.0f} to {100 * max(typed):.0f} % of songs, by the luck of the ids."
    )
    return figure([panel], title="Names typed in by hand", words=words)


def _components(rows: list[list[float]]) -> str:
    lines = [
        Line("silhouette", [(n, 100 * s) for n, s, _ in rows], 1),
        Line("right, %", [(n, 100 * a) for n, _, a in rows]),
    ]
    panel = Panel("How many components are clustered", "components", "silhouette × 100, and right",
                  lines, even_ticks(1, len(rows), 1), even_ticks(0, 80, 20),
                  ((4, 0), (4, 80), "four"))  # fmt: skip
    words = "By the number of components: " + "; ".join(
        f"{n:.0f}: silhouette {s:.2f}, right {100 * a:.0f} %" for n, s, a in rows
    )
    return figure([panel], title="How many components are clustered", words=words)
