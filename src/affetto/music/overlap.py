"""How long two tracks sound together where a player blends them.

The page blends its own sound by the same numbers (``web/src/soundLevel.ts``).
"""

from __future__ import annotations

import math
from typing import Final

from affetto.track import Track

SHORTEST_S: Final = 2.0
LONGEST_S: Final = 8.0
UNKNOWN_S: Final = 4.0  # where nobody listened to one of them
FAR: Final = 1.5  # two moods this far apart on the map, which is 2 wide, are as far as matters
SHARE: Final = 0.2  # no blending takes more of a track than this


def overlap_s(one: Track, other: Track) -> float:
    """Seconds of overlap: moods near each other pass quickly, far ones take their time."""
    wanted = UNKNOWN_S
    if one.features is not None and other.features is not None:
        apart = math.dist(
            (one.features.valence, one.features.arousal),
            (other.features.valence, other.features.arousal),
        )
        wanted = SHORTEST_S + (LONGEST_S - SHORTEST_S) * min(1.0, apart / FAR)
    lengths = (track.duration_s for track in (one, other) if track.duration_s > 0)
    return min([wanted, *(SHARE * length for length in lengths)])
