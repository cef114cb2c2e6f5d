"""Four moods without labels: what the earlier systems did, and three things wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.emotion import MOODS as CORNERS
from affetto_training.songs.folds import quadrant
from affetto_training.songs.reading import CLUSTERED, Floats, Songs, distinct

COMPONENTS: Final = 4
NAMES: Final = ("calm", "happy", "sad", "angry")
QUARTERS: Final = {"Calm": "calm", "Happy": "happy", "Sad": "sad", "Energetic": "angry"}
BY_HAND: Final = ("sad", "calm", "angry", "happy")  # typed in for ids 0 to 3 of one run
SEEN: Final = 3_000  # rows that a silhouette is measured on
ON_A_CHART: Final = 600  # points of a chart
WITH_SOUND: Final = (*CLUSTERED, "loudness", "instrumentalness")


@dataclass(frozen=True)
class Plane:
    """Standardised features and their principal components."""

    centre: Floats  # (k,)
    scale: Floats  # (k,)
    axes: Floats  # (k, k), a component a column, the widest first
    shares: Floats  # (k,) of the variance

    @classmethod
    def of(cls, values: Floats) -> Plane:
        """Fitted on values (n, k); each component points where its largest weight is positive."""
        centre, scale = values.mean(axis=0), values.std(axis=0) + 1e-12
        spread, axes = np.linalg.eigh(np.cov(((values - centre) / scale).T))
        order = np.argsort(spread)[::-1]
        axes = axes[:, order]
        axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(len(axes))])
        return cls(centre, scale, axes, spread[order] / spread.sum())

    def standard(self, values: Floats) -> Floats:
        """Values in standard deviations."""
        return np.asarray((values - self.centre) / self.scale)

    def told(self, values: Floats, components: int) -> Floats:
        """The first components of values, (n, components)."""
        return np.asarray(self.standard(values) @ self.axes[:, :components])


def names_of(centroids: Floats) -> list[str]:
    """A name for each of four clusters, from standardised valence and energy (4, 2).

    Russell's circumplex: of all ways to give the four names away, the one whose corners lie
    best in the centroids' directions. The order of the clusters plays no part.
    """
    corners = np.array([[CORNERS[n].valence, CORNERS[n].arousal] for n in NAMES])
    corners = corners / np.linalg.norm(corners, axis=1, keepdims=True)
    fits = centroids @ np.sign(corners).T  # the same weight for either axis
    order = np.lexsort(centroids.T[::-1])  # so that a tie, too, falls the same way
    best = max(
        permutations(range(4)), key=lambda p: sum(fits[c, p[i]] for i, c in enumerate(order))
    )
    told = [""] * 4
    for i, c in enumerate(order):
        told[c] = NAMES[best[i]]
    return told


@dataclass(frozen=True)
class Study:
    """What is clustered, and the table of moods that says how well."""

    values: Floats  # (n, k)
    columns: tuple[str, ...]
    moods: Songs
    seed: int

    @property
    def place(self) -> list[int]:
        """Where valence and energy stand."""
        return [self.columns.index("valence"), self.columns.index("energy")]


def clustered(study: Study, space: Floats, asked: Floats, fitted: Any) -> dict[str, Any]:
    """Silhouette, ARI and accuracy of a fitted clustering with ``predict`` and ``labels_``.

    ``space`` holds what was clustered, ``asked`` the table of moods in the same space.
    """
    own = np.asarray(fitted.labels_ if hasattr(fitted, "labels_") else fitted.predict(space))
    told = np.asarray(fitted.predict(asked))
    plane = Plane.of(study.values)
    where = plane.standard(study.values)[:, study.place]
    centroids = np.array([where[own == c].mean(axis=0) for c in range(4)])
    names = np.array(names_of(centroids))
    return {
        "silhouette": silhouette(space, own, study.seed),
        "sizes": {str(n): int((own == c).sum()) for c, n in enumerate(names)},
        **against_moods(study.moods, names[told], told),
    }


def silhouette(space: Floats, own: npt.NDArray[Any], seed: int) -> float | None:
    """Mean silhouette of some rows, all clusters but noise; None where there is but one."""
    from sklearn.metrics import silhouette_score

    some = np.random.default_rng(seed).permutation(np.flatnonzero(own >= 0))[:SEEN]
    if len(np.unique(own[some])) < 2:
        return None
    return round(float(silhouette_score(space[some], own[some])), 4)


def against_moods(
    moods: Songs, told: npt.NDArray[Any], ids: npt.NDArray[Any] | None = None
) -> dict[str, Any]:
    """How names agree with the table of moods; Energetic is angry, or angry or happy."""
    from sklearn.metrics import adjusted_rand_score

    true = moods.texts("mood")
    right = told == np.array([QUARTERS[m] for m in true])
    kind = right | ((true == "Energetic") & (told == "happy"))
    found = {"accuracy": round(float(right.mean()), 4), "lenient": round(float(kind.mean()), 4)}
    return found | {"ari": round(float(adjusted_rand_score(true, told if ids is None else ids)), 4)}


def kmeans(space: Floats, seed: int, starts: int = 5) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(4, n_init=starts, random_state=seed).fit(space)


def compared(songs: Songs, catalogue: Songs | None, moods: Songs, seed: int, some: int) -> Any:
    """Every way of clustering, a row each, and what the charts need."""
    from sklearn.cluster import Birch

    _, values = distinct(songs, CLUSTERED)
    study = Study(values, CLUSTERED, moods, seed)
    asked = moods.numbers(*CLUSTERED)
    plane = Plane.of(values)
    four, four_asked = plane.told(values, COMPONENTS), plane.told(asked, COMPONENTS)
    part = np.random.default_rng(seed).permutation(len(values))[:some]
    fewer = Study(values[part], CLUSTERED, moods, seed)

    best = kmeans(four, seed)
    rows = {"PCA(4), K-means(4)": clustered(study, four, four_asked, best)}
    whole, whole_asked = plane.told(values, 9), plane.told(asked, 9)
    rows["all components, K-means(4)"] = clustered(study, whole, whole_asked, kmeans(whole, seed))
    two = plane.standard(values)[:, study.place]
    two_asked = plane.standard(asked)[:, study.place]
    rows["valence and energy, K-means(4)"] = clustered(study, two, two_asked, kmeans(two, seed))
    tree = Birch(threshold=0.7, n_clusters=4).fit(four[part])
    rows[f"PCA(4), BIRCH(4), {len(part):,} rows"] = clustered(fewer, four[part], four_asked, tree)
    rows |= _dense(four[part], seed)
    rows["PCA(4), incremental K-means(4)"] = _incremental(study, four, four_asked, best)
    own = np.array(names_of(_centroids(two, best.labels_)))[best.labels_]
    drawn = part[:ON_A_CHART]
    found = {
        "rows": len(songs), "distinct": len(values), "columns": list(CLUSTERED),
        "scree": [round(float(v), 4) for v in plane.shares],
        "four_hold": round(float(plane.shares[:COMPONENTS].sum()), 4),
        "plane": _drawn(own[drawn], four[drawn, :2], 2),
        "map": _drawn(own[drawn], values[drawn][:, study.place], 3),
    }  # fmt: skip
    if catalogue is not None:
        _, more = distinct(catalogue, WITH_SOUND)
        bigger = Study(more, WITH_SOUND, moods, seed)
        room = Plane.of(more)
        told, at = room.told(more, 4), room.told(moods.numbers(*WITH_SOUND), 4)
        rows[f"PCA(4), K-means(4), {len(more):,} named songs of 11 features"] = clustered(
            bigger, told, at, kmeans(told, seed)
        )
        named = np.median(more[:, bigger.place], axis=0)
        rows["no clusters: medians of the named songs"] = {
            "silhouette": None, **_rule(moods, named)
        }  # fmt: skip
    rows["no clusters: halves"] = {"silhouette": None, **_rule(moods, np.array([0.5, 0.5]))}
    middle = np.median(values[:, study.place], axis=0)
    rows["no clusters: medians of these rows"] = {"silhouette": None, **_rule(moods, middle)}
    return found | {"ways": rows, "faults": faults(fewer, two, plane, asked, seed)}


def _drawn(names: npt.NDArray[Any], points: Floats, digits: int) -> list[list[Any]]:
    rows = zip(names.tolist(), points.round(digits).tolist(), strict=True)
    return [[name, *point] for name, point in rows]


def _centroids(where: Floats, own: npt.NDArray[Any]) -> Floats:
    return np.array([where[own == c].mean(axis=0) for c in range(4)])


def _rule(moods: Songs, cut: Floats) -> dict[str, Any]:
    told = quadrant(*(moods.numbers("valence", "energy") - cut).T)
    return against_moods(moods, np.array(NAMES)[told], told)


def _dense(space: Floats, seed: int) -> dict[str, Any]:
    """DBSCAN: it finds one crowd and noise, and no four moods."""
    from sklearn.cluster import DBSCAN

    rows = {}
    for eps in (0.5, 0.8, 1.2):
        own = DBSCAN(eps=eps, min_samples=10).fit_predict(space)
        sizes = np.bincount(own[own >= 0]) if (own >= 0).any() else np.zeros(1)
        rows[f"PCA(4), DBSCAN, radius {eps}, {len(space):,} rows"] = {
            "silhouette": silhouette(space, own, seed),
            "clusters": int((sizes > 0).sum()),
            "largest": round(float(sizes.max() / len(own)), 4),
            "noise": round(float((own < 0).mean()), 4),
            "ari": None, "accuracy": None, "lenient": None,
        }  # fmt: skip
    return rows


def _incremental(study: Study, space: Floats, asked: Floats, whole: Any) -> dict[str, Any]:
    """Songs as they come, 500 at a time, each moving the nearest centre a little."""
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.metrics import adjusted_rand_score

    net = MiniBatchKMeans(4, random_state=study.seed, n_init=1)
    order = np.random.default_rng(study.seed).permutation(len(space))
    for start in range(0, len(order), 500):
        batch = order[start : start + 500]
        if len(batch) >= 4:
            net.partial_fit(space[batch])
    net.labels_ = net.predict(space)
    same = adjusted_rand_score(whole.labels_, net.labels_)
    found = clustered(study, space, asked, net)
    return found | {"ari_with_all_at_once": round(float(same), 4)}


# -- what was wrong ---------------------------------------------------------------------


def faults(
    study: Study, everywhere: Floats, plane: Plane, asked: Floats, seed: int
) -> dict[str, Any]:
    """The angle alone, names typed in by hand, and all components where four were meant.

    ``everywhere`` holds standardised valence and energy of all songs, ``study`` some of them.
    """
    space, at = plane.told(study.values, COMPONENTS), plane.told(asked, COMPONENTS)
    where = plane.standard(study.values)[:, study.place]
    names = []
    for k in range(8):
        fitted = kmeans(space, seed + k, starts=1)
        told = fitted.predict(at)
        typed = against_moods(study.moods, np.array(BY_HAND)[told])
        named = np.array(names_of(_centroids(where, fitted.labels_)))[told]
        names.append([typed["accuracy"], against_moods(study.moods, named)["accuracy"]])
    counts = []
    for n in range(1, len(study.columns) + 1):
        told, at = plane.told(study.values, n), plane.told(asked, n)
        one = clustered(study, told, at, kmeans(told, seed, starts=3))
        counts.append([n, one["silhouette"], one["accuracy"]])
    return {"angle": angle(everywhere, seed), "names": names, "components": counts}


def angle(where: Floats, seed: int) -> dict[str, Any]:
    """How many songs a cosine of standardised valence and energy cannot tell from the pick."""
    rng = np.random.default_rng(seed)
    unit = where / (np.linalg.norm(where, axis=1, keepdims=True) + 1e-12)
    same, far = [], []
    picks = rng.permutation(len(where))[:100]
    for pick in picks:
        alike = unit @ unit[pick]
        alike[pick] = -2
        same.append(int((alike > 0.9999).sum()))
        far += np.linalg.norm(where[np.argsort(-alike)[:3]] - where[pick], axis=1).tolist()
    pick = picks[int(np.argmin(np.abs(np.linalg.norm(where[picks], axis=1) - 1)))]
    apart = np.linalg.norm(where - where[pick], axis=1)
    apart[pick] = np.inf
    ray = np.flatnonzero(unit @ unit[pick] > 0.9999)
    return {
        "songs": len(where),
        "alike_median": float(np.median(same)),
        "top3_apart_median": round(float(np.median(far)), 3),
        "top3_apart_p90": round(float(np.quantile(far, 0.9)), 3),
        "pick": _points(where[[pick]]),
        "by_angle": _points(where[ray][:80]),
        "by_distance": _points(where[np.argsort(apart)[:20]]),
        "others": _points(where[rng.permutation(len(where))[:ON_A_CHART]]),
    }


def _points(where: Floats) -> list[list[float]]:
    return [[round(float(v), 3) for v in row] for row in where]


def ids_in_any_order(centroids: Floats) -> set[tuple[str, ...]]:
    """The names of the same four centroids under all 24 orders of their ids; one set is right."""
    found = set()
    for order in permutations(range(4)):
        told = names_of(centroids[list(order)])
        found.add(tuple(told[order.index(c)] for c in range(4)))
    return found
