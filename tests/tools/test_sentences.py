"""Every sentence the server may say to the page is gathered, for its languages to translate."""

from __future__ import annotations

import sentences
from sentences import Module, gathered


def told(source: str) -> list[str]:
    """What a module of this source says."""
    return list(gathered([Module.read("music/example.py", source)]))


def test_the_page_has_the_sentences_that_the_server_says() -> None:
    assert sentences.FILE.read_text(encoding="utf-8") == sentences.text(), (
        "web/src/languages/sentences.json is stale: run python tools/sentences.py, and put what "
        "is new into web/src/languages/*/heard"
    )


def test_a_refusal_is_found_by_its_remedy() -> None:
    assert told('raise Trouble(f"There is no {name!r} here.", remedy="Look again.")') == [
        "There is no {0} here.",
        "Look again.",
    ]


def test_words_are_followed_through_names_choices_and_functions() -> None:
    source = """
def _wait(left):
    span = "an hour" if left > 3600 else f"{left} minutes"
    return f"Try again in {span}."

def refused(status, left):
    what = "It broke" + (" again." if status else ".")
    return Trouble(what, remedy=_wait(left))
"""
    assert told(source) == [
        "It broke again.",
        "It broke.",
        "Try again in an hour.",
        "Try again in {0} minutes.",
    ]


def test_what_a_function_is_given_is_followed_to_its_calls() -> None:
    source = """
def bad(where, what):
    return Trouble(f"{where}: {what}.", remedy="Mend it.")

def read(line):
    raise bad(f"Line {line}", "this is no song")
"""
    assert told(source) == ["Line {0}: this is no song.", "Mend it."]


def test_what_is_all_gaps_says_nothing_of_its_own() -> None:
    assert told("Trouble(error.problem, remedy=f'{error.remedy}')") == []
