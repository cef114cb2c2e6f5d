"""How fast, how much memory: each figure beside its bar and a limit of this machine.

    make bench                      a table for people
    make bench ARGS=--markdown      the same for a page

The face is scikit-image's astronaut (NASA, public domain) as a 640 × 480 JPEG. CPU times
are the process's own, so a busy machine disturbs them little; wall times are as they
come. Every part runs in a process of its own, so its peak memory is its own too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module

import house
from benches.table import Row, show

# One thread each, as the models run; NumPy reads it as it wakes.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# Each part: the module of its subject under tools/benches, and the function that gives its rows.
PARTS = {
    "reading": "face",
    "choosing": "music",
    "journeys": "journey",
    "hearing": "hearing",
    "finding": "retrieval",
    "importing": "tables",
    "scanning": "scan",
    "serving": "server",
    "starting": "start",
    "page": "page",
}


def rows_of(part: str) -> list[Row]:
    """Measure one part, here."""
    measure: Callable[[], list[Row]] = getattr(import_module(f"benches.{PARTS[part]}"), part)
    return measure()


def main() -> int:
    """Measure every part; 1 when a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="a table for a page")
    parser.add_argument("--part", choices=PARTS, help="one part only, as JSON")
    options = parser.parse_args()
    if options.part:
        print(json.dumps([asdict(row) for row in rows_of(options.part)]))
        return 0
    rows: list[Row] = []
    for part in PARTS:
        with house.step(f"measuring: {part}"):
            told = house.run(
                [sys.executable, __file__, "--part", part],
                remedy="The lines above say what could not be measured.",
                env={**ONE_THREAD, "PYTHONPATH": str(house.ROOT / "tests")},
            )
        rows += [Row(**row) for row in json.loads(told.splitlines()[-1])]
    print()
    show(rows, options.markdown)
    missed = [row.what for row in rows if row.met is False]
    print(f"\n{'Missed: ' + '; '.join(missed) if missed else 'Every bar is met.'}")
    return 1 if missed else 0


if __name__ == "__main__":
    house.main(main)
