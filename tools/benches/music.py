"""Choosing among many tracks."""

from __future__ import annotations

import numpy as np

from affetto.cli.bench import TRACKS, large_library, measure_choosing, peak_memory_mb, timed
from benches.table import ROUNDS, Row


def choosing() -> list[Row]:
    """One track out of 100,000, beside the plainest search NumPy can make."""
    told = measure_choosing(ROUNDS)
    peak = peak_memory_mb()
    library = large_library(TRACKS)
    rng = np.random.default_rng(2)

    def nearest() -> int:
        valence, arousal = rng.uniform(-1, 1, 2).astype(np.float32)
        away = (library.valence - valence) ** 2 + (library.arousal - arousal) ** 2
        return int(np.argmin(away))

    plain = timed("", nearest, rounds=ROUNDS)
    return [
        Row(f"choose from {TRACKS:,} tracks", told.median_ms, told.p95_ms, told.cpu_ms,
            told.cpu_p95_ms, peak, "5 ms", told.median_ms <= 5,
            f"nearest point by NumPy, no blur, taste or variety: {plain.median_ms:.2f}"),
    ]  # fmt: skip
