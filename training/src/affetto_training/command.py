"""What every command line of the lab does with its answer."""

from __future__ import annotations

import sys
from collections.abc import Callable

from affetto.errors import AffettoError


def answered(work: Callable[[], str]) -> int:
    """Print what ``work`` answers and give 0.

    A problem goes to stderr with its remedy: 2 for what was asked wrongly, else 1.
    """
    try:
        print(work())
    except AffettoError as error:
        print(f"{error.problem} {error.remedy}", file=sys.stderr)
        return 2 if error.misuse else 1
    return 0
