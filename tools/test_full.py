"""The long tests: kills, soak, fuzzing. What they measured is written to docs/proof.

    python3 tools/test_full.py [pytest's own options]

Takes about ten minutes. AFFETTO_SOAK_MINUTES, AFFETTO_FUZZ_MINUTES, AFFETTO_MPD_MINUTES and
AFFETTO_SUBSONIC_MINUTES lengthen four of them.
"""

from __future__ import annotations

import sys

import house
import setup
from house import say


def main() -> int:
    """Set up, run what is marked long, and say where the reports are."""
    from test import stream

    setup.prepare("test")
    proof = house.ROOT / "docs" / "proof"
    proof.mkdir(parents=True, exist_ok=True)
    command = [str(house.PYTHON), "-m", "pytest", "-m", "long", "--durations=0", *sys.argv[1:]]
    code, _ = stream(command, AFFETTO_PROOF=str(proof))
    say("\n  reports: " + ", ".join(sorted(p.name for p in proof.glob("*.md"))))
    return code


if __name__ == "__main__":
    if sys.version_info < setup.OLDEST:
        setup.run_with_newer_python()
    house.main(main)
