"""From an emotion to genres and tracks: a small net, beside the rule of distance.

There is no table of faces and the songs that suited them. So a song suits an emotion, a
distribution over seven words, as far as listeners' own tags put it near that emotion's place
on the map; the net has to find this from a song's features, for artists it does not know.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto.emotion import EXPRESSIONS
from affetto_training.songs import folds
from affetto_training.songs.lesson import lesson, listeners_said
from affetto_training.songs.reading import Floats, Songs, plain
from affetto_training.songs.table_model import Recipe, fit

NEAR: Final = 0.3  # how far from its place an emotion's songs may lie, as a deviation
WIDE: Final = 16  # of the room in which emotions, songs and genres meet
STEPS: Final = 250
BATCH: Final = 64  # emotions
ASKED: Final = 200
FIRST: Final = 10  # tracks of a list that are judged; of genres the first three
FEWEST: Final = 5  # songs of a genre on either side of a split


class Ranker(nn.Module):
    """Seven shares and a song's features, or a genre, meet in one room; nearer is better."""

    def __init__(self, features: int, genres: int) -> None:
        super().__init__()
        self.emotion = nn.Sequential(nn.Linear(7, 32), nn.ReLU(), nn.Linear(32, WIDE))
        self.track = nn.Sequential(
            nn.Linear(features, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, WIDE)
        )
        self.genre = nn.Embedding(max(1, genres), WIDE)

    def tracks(self, emotions: Tensor, features: Tensor) -> Tensor:
        """Scores (emotions, tracks), higher is better."""
        out: Tensor = self.emotion(emotions) @ self.track(features).T
        return out

    def genres(self, emotions: Tensor) -> Tensor:
        """Scores (emotions, genres), higher is better."""
        out: Tensor = self.emotion(emotions) @ self.genre.weight.T
        return out


def emotions(count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Distributions over seven words (count, 7), mostly of one or two, and their places."""
    shares = rng.dirichlet([0.35] * 7, count)
    words = np.array([[e.valence, e.arousal] for e in EXPRESSIONS.values()])
    return shares, np.asarray(shares @ words)


def suits(places: Floats, songs: Floats) -> Floats:
    """How well songs (m, 2) suit places (n, 2): 1 at the place, less with distance; (n, m)."""
    apart = ((places[:, None] - songs[None]) ** 2).sum(axis=2)
    return np.asarray(np.exp(-apart / (2 * NEAR**2)))


def genres_of(tags: Songs, catalogue: Songs | None) -> np.typing.NDArray[np.str_]:
    """The genre of each tagged song that a catalogue knows by artist and title, "" else."""
    known: dict[tuple[str, str], str] = {}
    if catalogue is not None:
        columns = (catalogue.texts(c) for c in ("artist", "name", "genre"))
        for artist, name, genre in zip(*columns, strict=True):
            if genre:
                known.setdefault((plain(artist), plain(name)), str(genre))
    pairs = zip(tags.texts("artist"), tags.texts("name"), strict=True)
    return np.array([known.get((plain(a), plain(n)), "") for a, n in pairs])


def taught(features: Floats, said: Floats, genres: Floats, seed: int, steps: int = STEPS) -> Ranker:
    """Learn from songs (n, k), listeners' places (n, 2) and genres one-hot (n, g)."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Ranker(features.shape[1], genres.shape[1])
    optimiser = torch.optim.Adam(net.parameters(), lr=0.01, weight_decay=1e-3)
    songs = torch.from_numpy(features.astype(np.float32))
    of_genre = genres / np.maximum(1, genres.sum(axis=0))
    for _ in range(steps):
        shares, places = emotions(BATCH, rng)
        fit_to = suits(places, said)
        asked = torch.from_numpy(shares.astype(np.float32))
        optimiser.zero_grad()
        loss = _apart(net.tracks(asked, songs), fit_to)
        if genres.shape[1]:
            loss = loss + _apart(net.genres(asked), fit_to @ of_genre)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return net.eval()


def _apart(scores: Tensor, fit_to: Floats) -> Tensor:
    """Cross-entropy between what is ranked and how it suits."""
    shares = fit_to / (fit_to.sum(axis=1, keepdims=True) + 1e-12)
    return F.cross_entropy(scores, torch.from_numpy(shares.astype(np.float32)))


def gain(scores: Floats, fit_to: Floats, first: int) -> float:
    """Mean NDCG of the first so many, graded by how they suit (Järvelin & Kekäläinen 2002)."""
    first = min(first, fit_to.shape[1])
    loss = 1 / np.log2(np.arange(2, first + 2))
    own = np.take_along_axis(fit_to, np.argsort(-scores, axis=1, kind="stable")[:, :first], 1)
    best = -np.sort(-fit_to, axis=1)[:, :first]
    return float(np.mean((own @ loss) / (best @ loss + 1e-12)))


def compared(
    tags: Songs, catalogue: Songs | None, seed: int, count: int = 5, steps: int = STEPS
) -> dict[str, Any]:
    """The net, the rule of distance twice, and chance, on artists unknown to all of them."""
    everything, said = lesson(tags), listeners_said(tags)
    own = 2 * tags.numbers("spotify_valence", "energy") - 1
    genres = genres_of(tags, catalogue)
    fold = folds.grouped(everything.artists, count, seed)
    rng = np.random.default_rng(seed)
    tracks: dict[str, list[float]] = {}
    kinds: dict[str, list[float]] = {}
    for learn, ask in folds.each(fold):
        part = everything.part(learn)
        table = fit(part.features, part.targets, part.weights, Recipe(waves=200, gamma=0.01))
        centre, scale = table.centre, table.scale
        standard = np.nan_to_num((everything.features - centre) / scale).clip(-4, 4)
        names = _common(genres, learn, ask)
        hot = (genres[:, None] == names[None]).astype(float)
        net = taught(standard[learn], said[learn], hot[learn], seed, steps)
        shares, places = emotions(ASKED, rng)
        with torch.no_grad():
            asked = torch.from_numpy(shares.astype(np.float32))
            held = torch.from_numpy(standard[ask].astype(np.float32))
            by_net = net.tracks(asked, held).double().numpy()
            genres_by_net = net.genres(asked).double().numpy()
        fit_to = suits(places, said[ask])
        model = table.told(everything.features)[:, :2]
        for name, scores in (
            ("the net", by_net),
            ("distance, the service's valence and energy", -_far(places, own[ask])),
            ("distance, our table model", -_far(places, model[ask])),
            ("chance", rng.random(fit_to.shape)),
        ):
            tracks.setdefault(name, []).append(gain(scores, fit_to, FIRST))
        if not len(names):
            continue
        of_genre = hot[ask] / hot[ask].sum(axis=0)
        for name, scores in (
            ("the net", genres_by_net),
            ("distance, the service's valence and energy", -_far(places, _middle(own, hot, learn))),
            ("distance, our table model", -_far(places, _middle(model, hot, learn))),
            ("chance", rng.random((ASKED, len(names)))),
        ):
            kinds.setdefault(name, []).append(gain(scores, fit_to @ of_genre, 3))
    return {
        "songs": len(tags), "with_genre": int((genres != "").sum()), "folds": count,
        "emotions": ASKED, "tracks_ndcg10": _told(tracks), "genres_ndcg3": _told(kinds),
    }  # fmt: skip


def _far(places: Floats, songs: Floats) -> Floats:
    return np.asarray(np.linalg.norm(places[:, None] - songs[None], axis=2))


def _middle(where: Floats, hot: Floats, learn: np.typing.NDArray[np.bool_]) -> Floats:
    return np.asarray((hot[learn].T @ where[learn]) / hot[learn].sum(axis=0)[:, None])


def _common(genres: Any, learn: Any, ask: Any) -> np.typing.NDArray[np.str_]:
    """Genres with enough songs on both sides."""
    names = [g for g in np.unique(genres) if g]
    return np.array(
        [g for g in names
         if (genres[learn] == g).sum() >= FEWEST and (genres[ask] == g).sum() >= FEWEST],
        dtype=np.str_,
    )  # fmt: skip


def _told(found: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Mean and spread over the folds."""
    return {
        name: {"mean": round(float(np.mean(v)), 4), "between_folds": round(float(np.std(v)), 4)}
        for name, v in found.items()
    }
