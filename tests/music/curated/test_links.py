from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from affetto.errors import Misuse
from affetto.music.curated import SERVICES, link, service_called

each_service = pytest.mark.parametrize("service", SERVICES)


def searched(address: str) -> str:
    """What a browser that opens the address would have the service search for."""
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    asked.pop("item_type", None)
    if asked:
        ((words,),) = asked.values()
        return words
    return unquote(parts.path.rpartition("/")[2])


@each_service
@pytest.mark.parametrize(
    ("title", "artist"),
    [
        ("Hoppípolla", "Sigur Rós"),
        ("Back in Black / Live?", "AC/DC & #1 + 50%"),
        ("كيفك إنت", "فيروز"),
        ("שיר לשלום", "מירי אלוני"),
        ("上を向いて歩こう", "坂本九"),
        ("خانه‌ام", "ابی"),  # with a joiner that belongs to the word
        ("4′33″", "John Cage"),
        ("…", "😀"),
    ],
)
def test_a_link_searches_for_the_very_words(service: str, title: str, artist: str) -> None:
    address = link(title, artist, service)
    assert address.isascii() and address.startswith("https://") and " " not in address
    assert searched(address) == f"{artist} {title}"


@each_service
def test_nothing_in_a_title_changes_where_a_link_leads(service: str) -> None:
    harmless = urlsplit(link("a", "b", service))
    for title in ("../../evil", "x&item_type=b&q=y", "a#b?c=d", "\\evil", "@evil.example/"):
        parts = urlsplit(link(title, "", service))
        assert parts.netloc == harmless.netloc
        assert parts.path.count("/") == harmless.path.count("/")
        assert parse_qs(parts.query).keys() == parse_qs(harmless.query).keys()
        assert parts.fragment == ""


def test_marks_that_only_turn_the_writing_are_left_out() -> None:
    turned = link("\u202bשלום\u202c", "\u200fמירי\ufeff", "spotify")
    assert turned == link("שלום", "מירי", "spotify")


def test_accents_written_in_two_ways_make_one_link() -> None:
    assert link("é", "a", "deezer") == link("e\u0301", "a", "deezer")


def test_half_a_letter_does_not_break_a_link() -> None:
    assert searched(link("a\ud800b", "c", "tidal")) == "c ab"


def test_a_service_may_be_written_as_people_write_it() -> None:
    assert service_called("YouTube Music") == service_called("youtube_music") == "youtube-music"
    with pytest.raises(Misuse, match="Did you mean spotify"):
        service_called("spotfy")
    with pytest.raises(Misuse) as caught:
        link("a", "b", "")
    assert "bandcamp" in caught.value.remedy
