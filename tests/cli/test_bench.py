from __future__ import annotations

import time

from affetto.cli.bench import (
    large_library,
    measure_choosing,
    measure_import,
    peak_memory_mb,
    quantile,
    timed,
)
from cli.doors import Terminal


def test_the_median_and_the_slow_end_are_told_apart() -> None:
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile(range(100), 0.95) == 95
    assert quantile([7], 0.95) == 7


def test_waiting_costs_time_but_no_work() -> None:
    timing = timed("wait", lambda: time.sleep(0.01), rounds=5, warm_up=1)
    assert timing.median_ms >= 10 and timing.cpu_ms < 5
    assert timing.p95_ms >= timing.median_ms
    assert timing.line.startswith("wait") and "median" in timing.line


def test_the_first_rounds_do_not_count() -> None:
    rounds: list[int] = []
    timed("count", lambda: rounds.append(1), rounds=4, warm_up=3)
    assert len(rounds) == 7


def test_choosing_is_measured_on_a_large_library() -> None:
    timing = measure_choosing(3)
    assert "100,000" in timing.what and timing.median_ms > 0


def test_a_made_up_library_has_ten_tracks_to_an_artist() -> None:
    library = large_library(100)
    assert len(library) == 100 and len({t.artist for t in library.tracks}) == 10


def test_importing_is_measured_in_a_fresh_interpreter() -> None:
    assert 0 <= measure_import(1).median_ms < 5000


def test_the_most_memory_is_a_sensible_number() -> None:
    memory = peak_memory_mb()
    assert memory is None or 10 < memory < 100_000


def test_bench_says_why_it_cannot_read(terminal: Terminal) -> None:
    told = terminal.types("bench", "--photo", "nowhere.jpg", "--rounds", "1")
    assert told.exit_code == 1 and "nowhere.jpg" in told.stderr
