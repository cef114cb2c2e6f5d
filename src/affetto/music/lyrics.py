"""Whether the words of a song are glad or sorrowful: a weak hint, told on this machine.

The words come from the file's tags or from an ``.lrc`` file beside it, and are looked up
in short lists of our own, in six languages. Which language it is, its small words tell.
Another language, a handful of words, or an instrumental says nothing at all.

Songs say sad things gladly and glad things sadly, and lists know no irony, so the hint
stays weak: at most ``_MOST`` either way, with a standard deviation nearly as wide as that
of music itself. Both are judgements, not measurements: there were no lyrics with
listeners' ratings to measure on. In Delbouys et al. (ISMIR 2018) words helped valence
beside the sound, and hardly arousal; so they speak of valence alone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from affetto.music.lyric_words import LANGUAGES, Language

SD: Final = 0.46
_MOST: Final = 0.3
_FEWEST: Final = 6  # words of feeling, before anything is said
_CALM_DOWN: Final = 4.0  # words that weigh against a verdict, so that few say little
_SMALL_WORDS: Final = 0.12  # share of a text that tells its language
_FEWEST_SMALL: Final = 8
_LARGEST: Final = 200_000  # bytes; no song has so many words
_TIMES: Final = re.compile(r"\[\d+:[\d.:]+\]|<\d+:[\d.:]+>")
_ABOUT: Final = re.compile(r"^\s*\[[a-z#]+:.*\]\s*$", re.IGNORECASE)
_INSTRUMENTAL: Final = re.compile(r"^\W*(?:instrumental|no lyrics)\W*$", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def valence_of(text: str) -> float | None:
    """What the words hint at, in [-0.3, 0.3]; None when they say nothing we can read."""
    lines = [_TIMES.sub(" ", line) for line in text.splitlines() if not _ABOUT.match(line)]
    if all(_INSTRUMENTAL.match(line) or not line.strip() for line in lines):
        return None
    words = [word.casefold().replace("’", "'") for line in lines for word in _WORD.findall(line)]
    language = _language(words)
    if language is None:
        return None
    glad = sorry = 0
    for i, word in enumerate(words):
        turned = any(before in language.no for before in words[max(0, i - 2) : i])
        if word in language.glad:
            glad, sorry = (glad, sorry + 1) if turned else (glad + 1, sorry)
        elif word in language.sorry and not turned:  # "no pain" is not yet gladness
            sorry += 1
    if glad + sorry < _FEWEST:
        return None
    return round(_MOST * (glad - sorry) / (glad + sorry + _CALM_DOWN), 4)


def beside(path: Path) -> str:
    """The words in the ``.lrc`` file beside the sound file at ``path``; "" without one."""
    try:
        with path.with_suffix(".lrc").open("rb") as file:
            data = file.read(_LARGEST)
    except (OSError, ValueError):
        return ""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _language(words: list[str]) -> Language | None:
    """The language whose small words the text is full of, if there is one."""
    counts = {
        language: sum(word in language.small for word in words) for language in LANGUAGES.values()
    }
    best = max(counts, key=lambda language: counts[language])
    enough = max(_FEWEST_SMALL, _SMALL_WORDS * len(words))
    return best if counts[best] >= enough else None
