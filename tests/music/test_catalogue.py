from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from affetto.music.catalogue import Catalogue, one_of_each
from affetto.music.memory import MemoryLibrary
from affetto.music.provider import Cover, Sound
from affetto.track import Track, TrackUri


def song(uri: str, title: str, artist: str = "", seconds: float = 0.0) -> Track:
    return Track(TrackUri(uri), title, artist, duration_s=seconds)


class Broken:
    """A library whose service is down."""

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        raise ConnectionError("no route")

    async def sound(self, uri: TrackUri) -> Sound | None:
        raise ConnectionError("no route")

    async def cover(self, uri: TrackUri) -> Cover | None:
        raise ConnectionError("no route")


def test_each_library_gets_its_turn() -> None:
    large = MemoryLibrary([song(f"a:{i}", f"A{i}") for i in range(50)])
    small = MemoryLibrary([song("b:0", "B0"), song("b:1", "B1")])
    found = asyncio.run(Catalogue({"a": large, "b": small}).search("", limit=5))
    assert [track.uri for track in found] == ["a:0", "b:0", "a:1", "b:1", "a:2"]


def test_sound_and_cover_come_from_the_library_the_uri_names() -> None:
    sounds = {name: Sound(Path(name).absolute(), "audio/flac") for name in "ab"}
    catalogue = Catalogue(
        {
            name: MemoryLibrary(
                [song(f"{name}:1", "One")],
                {TrackUri(f"{name}:1"): sounds[name]},
                {TrackUri(f"{name}:1"): Cover(name.encode(), "image/png")},
            )
            for name in "ab"
        }
    )
    assert asyncio.run(catalogue.sound(TrackUri("b:1"))) == sounds["b"]
    cover = asyncio.run(catalogue.cover(TrackUri("a:1")))
    assert cover is not None
    assert cover.data == b"a"
    assert asyncio.run(catalogue.sound(TrackUri("c:1"))) is None
    assert asyncio.run(catalogue.cover(TrackUri("c:1"))) is None


def test_a_library_that_is_down_is_logged_and_the_others_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    catalogue = Catalogue({"down": Broken(), "up": MemoryLibrary([song("up:1", "One")])})
    with caplog.at_level(logging.WARNING):
        assert [track.uri for track in asyncio.run(catalogue.search(""))] == ["up:1"]
        assert asyncio.run(catalogue.sound(TrackUri("down:1"))) is None
        assert asyncio.run(catalogue.cover(TrackUri("down:1"))) is None
    assert caplog.text.count("'down' failed") == 3


def test_the_same_song_in_two_libraries_is_one_song() -> None:
    tracks = [
        song("a:1", "Feeling Good", "Nina Simone", 177.0),
        song("b:1", "feeling  good", "NINA SIMONE", 178.5),
        song("b:2", "Feeling Good", "Nina Simone", 240.0),  # a longer recording
        song("b:3", "Feeling Good", "Muse", 177.0),
    ]
    assert [track.uri for track in one_of_each(tracks)] == ["a:1", "b:2", "b:3"]


def test_a_length_nobody_knows_does_not_make_two_songs_of_one() -> None:
    tracks = [song("a:1", "One", "Someone", 100.0), song("b:1", "One", "Someone")]
    assert [track.uri for track in one_of_each(tracks)] == ["a:1"]


def test_recordings_of_one_song_are_one_whatever_their_words() -> None:
    tracks = [
        Track(TrackUri("a:1"), "One", "Nina", duration_s=100.0, song="x"),
        Track(TrackUri("a:2"), "track 01", duration_s=101.0, song="x"),
        Track(TrackUri("a:3"), "track 01", duration_s=101.0, song="y"),
    ]
    assert [track.uri for track in one_of_each(tracks)] == ["a:1", "a:3"]


def test_untagged_files_of_one_name_are_not_taken_for_one_song() -> None:
    tracks = [song("a:1", "Track 01", seconds=100.0), song("a:2", "Track 01", seconds=100.0)]
    assert one_of_each(tracks) == tracks
