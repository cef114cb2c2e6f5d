"""Reading what a Subsonic server answered: in JSON, in XML, in lists of one that are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import httpx

_XML_HEAD: Final = re.compile(r"<subsonic-response\b[^>]*")
_XML_ERROR: Final = re.compile(r"<error\b[^>]*")
_ATTRIBUTE: Final = re.compile(r'(\w+)="([^"]*)"')
_LONGEST_WORD: Final = 200  # characters of a server's own words that are passed on


def told_in(response: httpx.Response) -> Mapping[str, Any]:
    """What a server told; empty when it is no Subsonic answer at all.

    Some servers answer in XML whatever they are asked for, or only their errors.
    """
    try:
        told = response.json()["subsonic-response"]
    except (ValueError, KeyError, TypeError):
        head = _XML_HEAD.search(response.text)
        told = dict(_ATTRIBUTE.findall(head.group())) if head else {}
        error = _XML_ERROR.search(response.text)
        if head and error:
            told["error"] = dict(_ATTRIBUTE.findall(error.group()))
    return told if isinstance(told, Mapping) else {}


def many(answer: Mapping[str, Any], *path: str) -> list[Mapping[str, Any]]:
    """The objects at the end of ``path``: a list, a lone one, or none, as servers have it."""
    found: Any = answer
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    found = found if isinstance(found, list) else [found]
    return [one for one in found if isinstance(one, Mapping)]


def word_in(value: object) -> str:
    """A server's own word on one line, not too long."""
    if not isinstance(value, str | int | float):
        return ""
    text = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return " ".join(text.split())[:_LONGEST_WORD]


def holds_words(response: httpx.Response) -> bool:
    """Whether an answer is text, where bytes were asked for."""
    kind: str = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(("json", "xml"))
