"""What a listener wants played elsewhere for a mood: words they typed, or a link they pasted.

This is the whole way from a mood to a service that may not be learned from: the name of a
mood comes in, the listener's own words come out. Nothing comes back this way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from affetto.emotion import EXPRESSIONS, MOODS, Place
from affetto.errors import Misuse

LONGEST: Final = 200  # letters of a preset
# The seven emotions of the lists, and calm, where many are led.
PLACES: Final = MappingProxyType({**EXPRESSIONS, "calm": MOODS["calm"]})
# Which list is played for a mood that has none of its own.
_LIST_FOR: Final = MappingProxyType({"calm": "neutral"})


class Presets:
    """The words of one listener, by mood. Without any, the mood's list is played."""

    def __init__(self, words: Mapping[str, str] | None = None) -> None:
        """Raises Misuse for a mood that is none, and for words that are too long."""
        self._words: dict[str, str] = {}
        for mood, text in (words or {}).items():
            tidy = " ".join(text.split())
            if len(tidy) > LONGEST:
                raise Misuse(
                    f"The words for {mood} are longer than {LONGEST} letters.",
                    remedy="Shorten them; a few words find more than many.",
                )
            if tidy:
                self._words[mood_called(mood)] = tidy

    def words(self, mood: str) -> str:
        """What the listener wants for this mood; "" for its list."""
        return self._words.get(mood_called(mood), "")

    def to_text(self) -> str:
        """The presets as JSON."""
        return json.dumps(self._words)

    @classmethod
    def from_text(cls, text: str) -> Presets:
        """The presets that ``to_text`` wrote; none for what another version wrote."""
        try:
            return cls({str(mood): str(words) for mood, words in json.loads(text).items()})
        except (AttributeError, ValueError, Misuse):
            return cls()


def mood_called(word: str) -> str:
    """The mood of this name. Raises Misuse naming those we know."""
    name = word.casefold().strip()
    if name in PLACES:
        return name
    raise Misuse(
        f"There is no mood called {word[:40]!r}.", remedy=f"The moods are: {', '.join(PLACES)}."
    )


def mood_at(place: Place) -> str:
    """The mood nearest to a place on the map."""
    return min(
        PLACES,
        key=lambda mood: (
            (PLACES[mood].valence - place.valence) ** 2
            + (PLACES[mood].arousal - place.arousal) ** 2
        ),
    )


def list_for(mood: str) -> str:
    """The emotion whose list is played for a mood without words."""
    return _LIST_FOR.get(mood, mood)
