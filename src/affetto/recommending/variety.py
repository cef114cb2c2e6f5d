"""Not that track again, and not that artist so soon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.recommending.fit import Candidates
from affetto.track import TrackUri

ARTIST_SPACING: Final = 3  # other artists between two tracks of one
# What repeating costs, on the scale of the misfit (nats). Costs, not bans: a library
# of one artist still plays, and one of four tracks still goes on.
SAME_ARTIST: Final = 4.0
JUST_HEARD: Final = 100.0  # more than any misfit: heard within the last half library
HEARD_BEFORE: Final = 3.0  # longer ago: a song of the right mood may come back
LONG_AGO: Final = 500  # tracks; nothing is "just heard" beyond this


def repetition(candidates: Candidates, heard: Sequence[TrackUri]) -> npt.NDArray[np.float32]:
    """What it would cost to play each track after those heard (oldest first), (n,).

    Half of the library, at most 500 tracks, goes by before anything repeats; after
    that the right mood counts for more than novelty.
    """
    cost = np.zeros(len(candidates), np.float32)
    rows = [candidates.row[uri] for uri in heard if uri in candidates.row]
    recent = min(LONG_AGO, max(1, len(candidates) // 2))
    for ago, row in enumerate(reversed(rows)):
        if cost[row] == 0.0:
            # The longer ago, the sooner again, so that a tiny library goes round.
            cost[row] = JUST_HEARD - 0.1 * ago if ago < recent else HEARD_BEFORE
    for ago, row in enumerate(reversed(rows[-ARTIST_SPACING:])):
        same = candidates.artist == candidates.artist[row]
        cost[same] += SAME_ARTIST * (1 - ago / (ARTIST_SPACING + 1))
    return cost
