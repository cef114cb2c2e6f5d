"""What every Library must do, whoever wrote it.

A provider's own tests import ``LibraryContract``, subclass it, and give a fixture
``library`` that holds at least two tracks:

    class TestMyLibrary(LibraryContract):
        @pytest.fixture
        def library(self) -> MyLibrary: ...
"""

from __future__ import annotations

import asyncio
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

from affetto.music.provider import DistantSound, Library, Sound
from affetto.track import Track, TrackUri

SOUNDS = ("audio/mpeg", "audio/flac", "audio/ogg", "audio/wav", "audio/mp4")
PICTURES = {
    "image/jpeg": b"\xff\xd8",
    "image/png": b"\x89PNG",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
}


def search(library: Library, words: str, limit: int = 50) -> Sequence[Track]:
    return asyncio.run(library.search(words, limit=limit))


async def fetched(sound: DistantSound, part: str | None) -> tuple[int, str, bytes]:
    """Status, kind and bytes of a distant sound, or of the part a Range header names."""
    answer = await sound.fetch(part)
    data = b"".join([chunk async for chunk in answer.chunks])
    return answer.status, answer.headers.get("content-type", ""), data


class LibraryContract:
    """The suite. Async questions are asked one at a time, each in a loop of its own."""

    def test_no_words_find_any_track(self, library: Library) -> None:
        assert len(search(library, "")) >= 2

    def test_every_track_has_a_title_and_a_uri_that_names_its_provider(
        self, library: Library
    ) -> None:
        for track in search(library, ""):
            assert track.title.strip()
            assert track.provider
            assert track.uri.partition(":")[2]

    def test_no_track_is_found_twice(self, library: Library) -> None:
        uris = [track.uri for track in search(library, "", limit=1000)]
        assert len(uris) == len(set(uris))

    def test_a_track_is_found_by_its_title_in_any_case(self, library: Library) -> None:
        track = search(library, "")[0]
        for words in (track.title, track.title.upper(), f"  {track.title.lower()} "):
            assert track.uri in {found.uri for found in search(library, words)}

    def test_every_word_must_match(self, library: Library) -> None:
        track = search(library, "")[0]
        assert list(search(library, f"{track.title} nosuchwordanywhere")) == []

    def test_no_more_than_the_limit_are_found(self, library: Library) -> None:
        assert len(search(library, "", limit=1)) == 1
        assert list(search(library, "", limit=0)) == []

    def test_the_same_question_has_the_same_answer(self, library: Library) -> None:
        assert list(search(library, "")) == list(search(library, ""))

    def test_an_unknown_track_has_no_sound_and_no_picture(self, library: Library) -> None:
        provider = search(library, "")[0].provider
        for name in ("nosuchtrack", "../../etc/passwd", "/etc/passwd", "", "x" * 5000, "a\x00b"):
            uri = TrackUri(f"{provider}:{name}")
            assert asyncio.run(library.sound(uri)) is None
            assert asyncio.run(library.cover(uri)) is None

    def test_a_sound_is_one_a_browser_can_play(self, library: Library) -> None:
        for track in search(library, ""):
            sound = asyncio.run(library.sound(track.uri))
            if isinstance(sound, Sound):
                assert sound.path.is_file()
                assert sound.path.is_absolute()
                assert sound.mime in SOUNDS
            elif sound is not None:
                status, mime, data = asyncio.run(fetched(sound, None))
                assert (status, mime in SOUNDS, len(data) > 0) == (200, True, True)

    def test_a_distant_sound_can_be_fetched_in_parts(self, library: Library) -> None:
        for track in search(library, "", limit=3):
            sound = asyncio.run(library.sound(track.uri))
            if isinstance(sound, DistantSound):
                _, _, whole = asyncio.run(fetched(sound, None))
                status, _, part = asyncio.run(fetched(sound, "bytes=2-5"))
                assert (status, part) in ((206, whole[2:6]), (200, whole))

    def test_a_cover_is_what_it_says_it_is(self, library: Library) -> None:
        for track in search(library, ""):
            cover = asyncio.run(library.cover(track.uri))
            if cover is None:
                continue
            if cover.mime == "image/svg+xml":
                assert ElementTree.fromstring(cover.data).tag.endswith("svg")
                assert b"<script" not in cover.data
            else:
                assert cover.data.startswith(PICTURES[cover.mime])

    def test_what_is_known_of_a_mood_lies_on_the_map(self, library: Library) -> None:
        for track in search(library, ""):
            if track.features is not None:
                assert -1 <= track.features.valence <= 1
                assert -1 <= track.features.arousal <= 1
                assert track.features.valence_sd > 0
                assert track.features.arousal_sd > 0
