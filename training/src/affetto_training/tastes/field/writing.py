"""Numbers and tables as the page on SiTunes writes them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence


def effect(pair: Sequence[float] | None) -> str:
    """A value with its standard error; a dash where there is none."""
    return "–" if pair is None else f"{signed(pair[0])} ± {pair[1]:.3f}"


def signed(value: float) -> str:
    """A number with its sign."""
    return minus(f"{value:+.3f}")


def minus(number: str) -> str:
    """With a true minus sign."""
    return number.replace("-", "−")


def between(pair: Sequence[float]) -> str:
    """An interval in words."""
    return minus(f"{pair[0]:.3f} to {pair[1]:.3f}")


def bold(words: str) -> str:
    """Bold in Markdown."""
    return f"**{words}**"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """A Markdown table; all but the first so many columns are numbers."""
    line = "|" + "---|" * words + "--:|" * (len(head) - words)
    return "\n".join(
        ["| " + " | ".join(head) + " |", line, *("| " + " | ".join(r) + " |" for r in rows)]
    )


def wrapped(words: str) -> str:
    """A paragraph of lines no longer than the house's."""
    return textwrap.fill(
        " ".join(words.split()), 99, break_long_words=False, break_on_hyphens=False
    )
