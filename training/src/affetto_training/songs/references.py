"""What the earlier systems said or were measured at, to stand beside our own figures."""

from __future__ import annotations

from typing import Final

# Silhouette, ARI, accuracy and lenient accuracy on the table of moods, as an earlier study of
# these systems measured them; None where it gave none. The first system claimed no figure.
CLUSTERS: Final[dict[str, tuple[float | None, ...]]] = {
    "PCA(4), K-means(4)": (0.220, 0.337, 0.481, 0.577),
    "all components, K-means(4)": (0.140, 0.327, 0.397, 0.519),
    "valence and energy, K-means(4)": (0.410, 0.346, 0.397, 0.507),
    "PCA(4), BIRCH(4)": (0.159, None, 0.408, None),
    "PCA(4), K-means(4), named": (0.251, 0.365, 0.487, 0.529),
    "PCA(4), DBSCAN, radius 0.5": (-0.07, None, None, None),
    "PCA(4), DBSCAN, radius 0.8": (0.34, None, None, None),
    "no clusters: halves": (None, None, 0.445, None),
    "no clusters: medians of the named songs": (None, None, 0.471, None),
}
# Accuracy and macro-F1 in ten folds.
MOODS: Final[dict[str, tuple[float | None, float | None]]] = {
    "the commonest mood": (0.287, None),
    "logistic regression": (0.811, 0.793),
    "random forest": (0.811, 0.794),
    "gradient boosting": (0.807, 0.788),
    "LightGBM": (0.821, 0.801),
    "small neural net": (0.797, 0.775),
    "hierarchical SVM": (0.805, 0.788),  # a plain SVM
}
CLAIMED: Final = {  # by the systems themselves
    "small neural net": "71.0 % in ten folds, 76.9 % on one split",
    "hierarchical SVM": "88 % cited",
}
ALIKE_MEDIAN: Final = 158  # songs of 35,090 that a cosine cannot tell from the pick


def beside(name: str) -> tuple[float | None, ...]:
    """The reference of a way of clustering, by how its name begins."""
    if name.startswith("PCA(4), K-means(4)") and "named songs" in name:
        name = "PCA(4), K-means(4), named"
    for known in sorted(CLUSTERS, key=len, reverse=True):
        if name.startswith(known):
            return CLUSTERS[known]
    return (None, None, None, None)
