"""What there is to see in the tables before anything is learnt, and after."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import numpy as np

from affetto_training.songs import folds
from affetto_training.songs.reading import MOODS, TOLD_FROM, Songs
from affetto_training.songs.rows import features_of
from affetto_training.songs.table_model import load

QUARTERS: Final = ("calm", "happy", "sad", "angry")
GENRES: Final = 14  # the most frequent ones


def looked_at(moods: Songs, catalogue: Songs | None) -> dict[str, Any]:
    """Counts, correlations, and the moods of a catalogue as our table model tells them."""
    columns = (*TOLD_FROM, *(c for c in ("popularity", "year") if moods.has(c)))
    values = moods.numbers(*columns)
    values = values[np.isfinite(values).all(axis=1)]
    counts = Counter(moods.texts("mood").tolist())
    found: dict[str, Any] = {
        "moods": {mood: counts[mood] for mood in MOODS},
        "correlation": {"columns": list(columns),
                        "values": np.corrcoef(values.T).round(3).tolist()},
    }  # fmt: skip
    if catalogue is None:
        return found
    named = catalogue.where(catalogue.texts("name") != "")
    told = load().told(features_of(named.rows))
    own = folds.quadrant(told[:, 0], told[:, 1])
    service = named.numbers("valence", "energy")
    rule = folds.quadrant(*(service - np.nanmedian(service, axis=0)).T)
    genres = named.texts("genre")
    most = [g for g, _ in Counter(g for g in genres.tolist() if g).most_common(GENRES)]
    shares = {}
    for genre in most:
        mine = own[genres == genre]
        shares[genre] = [round(float((mine == q).mean()), 4) for q in range(4)]
    return found | {
        "named": len(named),
        "with_genre": int((genres != "").sum()),
        "songs_per_mood": {
            name: [int((own == q).sum()), int((rule == q).sum())] for q, name in enumerate(QUARTERS)
        },
        "genre_shares": shares,  # of each genre's songs, how many lie in each quarter
        "genre_songs": {g: int((genres == g).sum()) for g in most},
    }
