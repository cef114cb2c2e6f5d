"""What was heard a while ago pleases again; not that one so soon, and not that artist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from affetto.recommending.fit import Candidates, Floats
from affetto.recommending.nearest import Rows

# What having just heard a track costs, and the share of it that is left a track later.
TIRED: Final = 0.25
RESTS: Final = 0.93
LONG_AGO: Final = 60  # tracks; nothing of it is left beyond
ARTIST_SPACING: Final = 3  # other artists between two tracks of one
SAME_ARTIST: Final = 0.2


def fatigue(candidates: Candidates, heard: Sequence[int]) -> tuple[Rows, Floats]:
    """What hearing them again would cost, in reward: rows and (negative) amounts.

    ``heard`` are rows, oldest first. A row may come more than once; its amounts add up.
    """
    recent = list(reversed(heard[-LONG_AGO:]))
    rows = [np.array(recent, np.int64)]
    amounts = [(-TIRED * np.power(RESTS, np.arange(len(recent)))).astype(np.float32)]
    for ago, row in enumerate(recent[:ARTIST_SPACING]):
        same = candidates.beside(row)
        rows.append(same)
        cost = -SAME_ARTIST * (1 - ago / (ARTIST_SPACING + 1))
        amounts.append(np.full(len(same), cost, np.float32))
    return np.concatenate(rows), np.concatenate(amounts)
