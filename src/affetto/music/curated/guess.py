"""What somebody may have meant who named what we do not know."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def guess(name: str, known: Iterable[str]) -> str:
    """`` Did you mean …?``, with a space before it, for the nearest name; "" when none is near."""
    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""
