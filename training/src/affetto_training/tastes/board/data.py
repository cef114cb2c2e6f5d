"""The table without order: who listened to which artist how often, and what it is called.

hetrec2011-lastfm-2k (Cantador, Brusilovsky and Kuflik, HetRec 2011; http://www.lastfm.com),
for non-commercial use: it is read where it lies, and nothing of it is kept.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from affetto.errors import AffettoError

FOLDER: Final = Path("listening/hetrec2011-lastfm-2k")
LEAST_TAGGED: Final = 3  # times a tag was given; rarer ones tell two artists apart, not alike

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Listening:
    """Counts of plays (listeners x artists), and who called whom what."""

    plays: Any  # scipy.sparse.csr_matrix, float32
    tagged: Ints  # (n, 3): listener (-1: one without plays), artist, tag
    artists: tuple[str, ...] = ()  # their names, where known

    @property
    def heard(self) -> Any:
        """1 where a listener has played an artist: sparse rows, float32."""
        ones = self.plays.copy()
        ones.data = np.ones_like(ones.data)
        return ones

    @property
    def popularity(self) -> Floats:
        """How many listeners have played each artist."""
        return np.bincount(self.plays.indices, minlength=self.plays.shape[1]).astype(np.float32)

    @property
    def tags(self) -> Any:
        """How often each tag was given to each artist: sparse rows, float32."""
        words = self.tagged[:, 2].max(initial=0) + 1
        cells = [(a, t, 1) for _, a, t in self.tagged.tolist()]
        return _sparse(cells, (self.plays.shape[1], int(words)))

    def only(self, train: Any) -> Listening:
        """The same with the plays ``train`` and every tag."""
        return replace(self, plays=train)

    def without(self, train: Any, hidden: Any) -> Listening:
        """The same with the plays ``train``, and none of the tags of a ``hidden`` play.

        Who tags an artist plays it: a listener's own tags would give away what is asked.
        """
        mine = np.maximum(self.tagged[:, 0], 0)
        told = np.asarray(hidden[mine, self.tagged[:, 1]]).ravel() > 0
        return replace(self, plays=train, tagged=self.tagged[~(told & (self.tagged[:, 0] >= 0))])


def read_listening(data: Path) -> Listening:
    """Read the table from the folder that holds it; AffettoError where it is not there."""
    folder = data / FOLDER
    plays = _rows(folder / "user_artists.dat", 3)
    tagged = _rows(folder / "user_taggedartists.dat", 3)
    with _opened(folder / "artists.dat") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    names = {int(line[0]): line[1] for line in lines}

    listeners = {u: i for i, u in enumerate(sorted({u for u, _, _ in plays}))}
    artists = {a: i for i, a in enumerate(sorted({a for _, a, _ in plays}))}
    given = Counter(t for _, a, t in tagged if a in artists)
    tags = {t: i for i, t in enumerate(sorted(t for t, n in given.items() if n >= LEAST_TAGGED))}
    counts = [(listeners[u], artists[a], n) for u, a, n in plays]
    words = [
        (listeners.get(u, -1), artists[a], tags[t])
        for u, a, t in tagged
        if a in artists and t in tags
    ]
    return Listening(
        _sparse(counts, (len(listeners), len(artists))),
        np.array(words, np.int64).reshape(-1, 3),
        tuple(names.get(a, str(a)) for a in artists),
    )


def _sparse(cells: list[tuple[int, int, int]], shape: tuple[int, int]) -> Any:
    """A sparse matrix of cells (row, column, count); the same cell twice is added up."""
    rows, columns, counts = np.array(cells, np.int64).reshape(-1, 3).T
    return sparse.csr_matrix((counts.astype(np.float32), (rows, columns)), shape=shape)


def _rows(path: Path, columns: int) -> list[tuple[int, ...]]:
    with _opened(path) as file:
        lines = file.read().splitlines()[1:]
    return [tuple(map(int, line.split("\t")[:columns])) for line in lines if line]


def _opened(path: Path) -> Any:
    try:
        return path.open(encoding="utf-8")
    except FileNotFoundError:
        raise AffettoError(
            f"{path} is not there.",
            remedy="Fetch hetrec2011-lastfm-2k from grouplens.org, and name with --data the folder "
            f"that holds {FOLDER.as_posix()}.",
        ) from None
