"""Finding the nearest of many tracks, beside a bare matrix-vector product of that size."""

from __future__ import annotations

import tracemalloc
from typing import Final

import numpy as np

from affetto.cli.bench import peak_memory_mb, timed
from affetto.recommending.nearest import FeatureSpace
from benches.table import ROUNDS, Row

FEATURES: Final = tuple("abcdefghi")  # nine, as many as a table of songs has
BARS_MS: Final = {100_000: 1.5, 1_000_000: 15.0}
WITHIN: Final = 1.5  # times the bare product
MB_PER_MILLION: Final = 60.0
FOUND: Final = 64


def finding() -> list[Row]:
    """The 64 nearest by nine weighted features, all of them and with a filter."""
    return [row for tracks in BARS_MS for row in _of(tracks)]


def _of(tracks: int) -> list[Row]:
    rng = np.random.default_rng(5)
    table = rng.standard_normal((tracks, len(FEATURES))).astype(np.float32)
    columns = np.ascontiguousarray(table.T)
    weights = dict(zip(FEATURES, rng.random(len(FEATURES)).tolist(), strict=True))
    pull = np.array(list(weights.values()), np.float32)
    half = rng.random(tracks) < 0.5

    tracemalloc.start()
    space = FeatureSpace(dict(zip(FEATURES, columns, strict=True)))
    space.nearest(dict.fromkeys(FEATURES, 0.0), FOUND, weights=weights)
    held = tracemalloc.get_traced_memory()[1] / tracks  # at most, making it included
    tracemalloc.stop()

    def target() -> dict[str, float]:
        return dict(zip(FEATURES, rng.normal(0, 0.5, len(FEATURES)).tolist(), strict=True))

    found = timed("", lambda: space.nearest(target(), FOUND, weights=weights), rounds=ROUNDS)
    among = timed(
        "", lambda: space.nearest(target(), FOUND, weights=weights, among=half), rounds=ROUNDS
    )
    by_rows = timed("", lambda: table @ pull, rounds=ROUNDS)
    by_columns = timed("", lambda: pull @ columns, rounds=ROUNDS)
    bar = BARS_MS[tracks]
    times = found.cpu_ms / by_rows.cpu_ms
    met = found.median_ms <= bar and times <= WITHIN and held <= MB_PER_MILLION
    return [
        Row(
            f"the {FOUND} nearest of {tracks:,} tracks", found.median_ms, found.p95_ms,
            found.cpu_ms, found.cpu_p95_ms, peak_memory_mb(),
            f"{bar:g} ms, {WITHIN:g} × bare, {MB_PER_MILLION:.0f} MB a million", met,
            f"bare NumPy product: {by_rows.cpu_ms:.2f} CPU ms by rows ({times:.2f} ×), "
            f"{by_columns.cpu_ms:.2f} by columns; {held:.0f} MB a million",
        ),
        Row(
            f"the {FOUND} nearest of half of them", among.median_ms, among.p95_ms,
            among.cpu_ms, among.cpu_p95_ms, None, f"{bar:g} ms", among.median_ms <= bar,
        ),
    ]  # fmt: skip
