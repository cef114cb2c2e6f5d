"""The long tests: kills, soak, fuzzing, evenings. What they measured is written to docs/proof.

    python3 tools/test_full.py [pytest's own options]

Takes about half an hour: two evenings with a real MPD and a real Subsonic server, 30 minutes
each, go on beside the others, and what they say comes at the end. AFFETTO_SOAK_MINUTES,
AFFETTO_FUZZ_MINUTES, AFFETTO_MPD_MINUTES and AFFETTO_SUBSONIC_MINUTES set four of the lengths.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import house
import setup
from house import Failed, say
from outcomes import missed, summary

NO_TESTS = 5  # pytest's exit code when its options leave none


def long(proof: Path, which: str, *words: str) -> Callable[[], str]:
    """A stage: the long tests with the marks ``which``, and what was asked for beside."""

    def work() -> str:
        from test import ABOVE, stream

        command = [str(house.PYTHON), "-m", "pytest", "-m", which, "--durations=0", *words]
        code, lines = stream([*command, *sys.argv[1:]], AFFETTO_PROOF=str(proof))
        if code not in (0, NO_TESTS):
            raise Failed(f"ended with code {code}", missed(lines) or ABOVE)
        return ""

    return work


def main() -> int:
    """Set up, run what is marked long, and say where the reports are."""
    from test import lane, measure

    begun = time.perf_counter()
    setup.prepare("test")
    proof = house.ROOT / "docs" / "proof"
    proof.mkdir(parents=True, exist_ok=True)
    evenings = {"evenings": long(proof, "long and evening", "-n", "2")}
    with ThreadPoolExecutor(1) as beside:
        going_on = beside.submit(lane, evenings)
        outcomes = [measure("kills, soak, fuzzing", long(proof, "long and not evening"))]
        outcomes += going_on.result()
    summary(outcomes, time.perf_counter() - begun)
    say("\n  reports: " + ", ".join(sorted(p.name for p in proof.glob("*.md"))))
    return 1 if any(one.result == "failed" for one in outcomes) else 0


if __name__ == "__main__":
    if sys.version_info < setup.OLDEST:
        setup.run_with_newer_python()
    house.main(main)
