from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from affetto.errors import ServiceTrouble
from affetto.music.provider import Library, TellsEdition, connect
from affetto.music.subsonic import library as room
from affetto.track import Track, TrackUri
from contracts.libraries import LibraryContract, fetched
from music.sounds import PNG
from music.subsonic.fake import SOUND, Failed, FakeServer, song
from subsonic_kit import SONGS, Supysonic


def library_of(server: FakeServer | Supysonic) -> Library:
    library = connect("subsonic", server.settings).library
    assert library is not None
    return library


def every(library: Library) -> dict[str, Track]:
    return {track.title: track for track in asyncio.run(library.search("", limit=10_000))}


class TestSupysonic(LibraryContract):
    @pytest.fixture
    def library(self, supysonic: Supysonic) -> Library:
        return library_of(supysonic)

    def test_its_tags_are_told(self, library: Library) -> None:
        track = every(library)["Two Song"]
        assert (track.artist, track.album, track.genre) == ("Someone", "Things", "Metal")
        assert track.duration_s == 1.0  # it tells whole seconds

    def test_words_are_found_in_title_artist_and_album_together(self, library: Library) -> None:
        found = asyncio.run(library.search("two SOMEONE things"))
        assert [track.title for track in found] == ["Two Song"]

    def test_every_song_arrives_byte_for_byte(self, library: Library, songs_folder: Path) -> None:
        for name in SONGS:
            path = songs_folder / "Someone" / "Things" / name
            uri = every(library)[f"{path.stem} Song"].uri
            sound = asyncio.run(library.sound(uri))
            assert asyncio.run(fetched(sound, None))[2] == path.read_bytes()
            status, _, part = asyncio.run(fetched(sound, "bytes=100-2000"))
            assert (status, part) == (206, path.read_bytes()[100:2001])

    def test_the_picture_in_a_file_is_shown(self, library: Library) -> None:
        cover = asyncio.run(library.cover(every(library)["Two Song"].uri))
        assert cover is not None
        assert cover.mime == "image/png" and cover.data[:4] == PNG[:4]


class TestOpenSubsonic(LibraryContract):
    @pytest.fixture
    def library(self) -> Iterator[Library]:
        fake = FakeServer([song(n) for n in range(7)])
        yield library_of(fake)
        fake.close()


def test_the_moods_a_server_tells_place_a_song_and_say_where_from(fake: FakeServer) -> None:
    fake.songs = [song(1, moods=["Happy", "Upbeat"], bpm=128), song(2, moods=["sad"])]
    told = every(library_of(fake))
    happy, sad = told["Song 1"].features, told["Song 2"].features
    assert happy is not None and sad is not None
    assert happy.valence > 0.3 > -0.3 > sad.valence
    assert happy.arousal > sad.arousal
    assert min(happy.valence_sd, sad.valence_sd) > 0.3  # a word is no measurement
    assert happy.sources == sad.sources == ("tags",)
    assert happy.tempo_bpm == 128


def test_a_song_nobody_tagged_has_no_mood(fake: FakeServer) -> None:
    fake.songs = [song(1, moods=[], bpm=0, genre="Unheard-of")]
    assert every(library_of(fake))["Song 1"].features is None


def test_all_songs_of_a_large_library_are_told(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PAGE", 10)
    fake.songs = [song(n) for n in range(35)]
    assert len(every(library_of(fake))) == 35


def test_a_server_that_knows_no_pages_is_asked_twice_and_no_more(fake: FakeServer) -> None:
    fake.instead["search3"] = lambda _: {"searchResult3": {"song": fake.songs}}
    assert len(every(library_of(fake))) == 3
    assert fake.methods().count("search3") == 2


def test_a_list_that_fails_halfway_is_no_shorter_list(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PAGE", 2)

    def half(query: dict[str, list[str]]) -> dict[str, Any]:
        if query["songOffset"] != ["0"]:
            raise Failed(0, "Out of memory")
        return {"searchResult3": {"song": fake.songs[:2]}}

    fake.instead["search3"] = half
    with pytest.raises(ServiceTrouble, match="Out of memory"):
        every(library_of(fake))


@pytest.mark.parametrize("answer", ["unknown", "empty"])
def test_a_server_that_cannot_list_its_songs_is_asked_for_its_albums(
    fake: FakeServer, answer: str
) -> None:
    def search3(_: object) -> dict[str, Any]:
        if answer == "unknown":
            raise Failed(0, "Unknown method")
        return {"searchResult3": {}}

    def albums(query: dict[str, list[str]]) -> dict[str, Any]:
        return {"albumList2": {"album": [{"id": n} for n in range(6)][int(query["offset"][0]) :]}}

    fake.instead["search3"] = search3
    fake.instead["getAlbumList2"] = albums
    # A lone song comes without a list around it.
    fake.instead["getAlbum"] = lambda query: {"album": {"song": song(int(query["id"][0]))}}
    assert len(every(library_of(fake))) == 6


def test_an_empty_server_has_no_songs_and_no_fault(fake: FakeServer) -> None:
    fake.songs = []
    fake.instead["getAlbumList2"] = lambda _: {"albumList2": {}}
    assert every(library_of(fake)) == {}


def test_whatever_a_song_lacks_it_is_told(fake: FakeServer) -> None:
    fake.songs = [
        {"id": 17},
        {"id": "b", "title": "  Two\nlines ", "artists": [{"name": "A"}, {"name": "B"}]},
        {"id": "c", "title": None, "path": "Somewhere/Good Name.m4a", "duration": "x", "year": "-"},
        {"id": "d", "title": "Nobody's", "artist": "[Unknown Artist]", "moods": "calm"},
        {"title": "no name to ask for it by"},
        {"id": "folder", "isDir": True, "title": "A folder"},
        {"id": "film", "isVideo": True, "title": "A film"},
    ]
    told = every(library_of(fake))
    assert set(told) == {"Untitled", "Two lines", "Good Name", "Nobody's"}
    assert told["Untitled"].uri == "subsonic:17"
    assert told["Two lines"].artist == "A, B"
    assert told["Nobody's"].artist == ""


def test_new_songs_are_found_when_the_list_has_aged(fake: FakeServer) -> None:
    library = library_of(fake)
    assert isinstance(library, room.SubsonicLibrary)
    library._fresh_s = 0.0
    assert len(every(library)) == 3
    fake.songs.append(song(9))
    assert "Song 9" in every(library)


def test_a_fresh_list_is_not_asked_for_again(fake: FakeServer) -> None:
    library = library_of(fake)
    every(library)
    questions = len(fake.asked)
    asyncio.run(library.search("song"))
    assert len(fake.asked) == questions


def albums(*ids: str) -> dict[str, Any]:
    return {"albumList2": {"album": [{"id": one} for one in ids]}}


@pytest.mark.parametrize("tells", ["its scan", "its indexes", "its albums"])
def test_a_new_song_is_seen_as_soon_as_the_server_tells_of_a_change(
    fake: FakeServer, tells: str
) -> None:
    now = {"scan": 3, "modified": 1000, "album": "a"}
    if tells == "its scan":
        fake.instead["getScanStatus"] = lambda _: {"scanStatus": {"count": now["scan"]}}
    if tells == "its indexes":
        fake.instead["getIndexes"] = lambda _: {"indexes": {"lastModified": now["modified"]}}
    if tells == "its albums":
        fake.instead["getAlbumList2"] = lambda _: albums(str(now["album"]))
    library = library_of(fake)
    assert isinstance(library, TellsEdition)
    before = asyncio.run(library.edition())
    assert before and len(every(library)) == 3
    assert asyncio.run(library.edition()) == before
    fake.songs.append(song(9))
    now |= {"scan": 4, "modified": 2000, "album": "b"}
    assert asyncio.run(library.edition()) != before
    assert "Song 9" in every(library)


def test_a_server_that_is_looking_through_its_music_is_waited_for(fake: FakeServer) -> None:
    status: dict[str, object] = {"scanning": False, "count": 3}
    fake.instead["getScanStatus"] = lambda _: {"scanStatus": status}
    library = library_of(fake)
    assert isinstance(library, TellsEdition)
    before = asyncio.run(library.edition())
    status |= {"scanning": True, "count": 1}
    assert asyncio.run(library.edition()) == before


def test_a_server_that_tells_of_no_change_is_asked_anew_by_whoever_looks(
    fake: FakeServer,
) -> None:
    library = library_of(fake)
    assert isinstance(library, TellsEdition)
    every(library)
    fake.songs.append(song(9))
    assert asyncio.run(library.edition()) == ""
    assert "Song 9" in every(library)


def test_a_song_no_browser_plays_comes_as_mp3(fake: FakeServer) -> None:
    fake.songs = [song(1, suffix="wma", contentType="audio/x-ms-wma")]
    sound = asyncio.run(library_of(fake).sound(TrackUri("subsonic:s1")))
    assert asyncio.run(fetched(sound, "bytes=0-1")) == (200, "audio/mpeg", b"as mp3")


def test_where_the_server_makes_no_mp3_the_remedy_is_told(fake: FakeServer) -> None:
    fake.songs = [song(1, suffix="wma", contentType="audio/x-ms-wma")]
    fake.transcodes = False
    sound = asyncio.run(library_of(fake).sound(TrackUri("subsonic:s1")))
    with pytest.raises(ServiceTrouble, match=r"\.wma.*transcoding"):
        asyncio.run(fetched(sound, None))


def test_a_server_without_ranges_sends_the_whole(fake: FakeServer) -> None:
    fake.parts = False
    sound = asyncio.run(library_of(fake).sound(TrackUri("subsonic:s1")))
    status, _, data = asyncio.run(fetched(sound, "bytes=5-9"))
    assert (status, data) == (200, SOUND)


def test_an_odd_name_for_a_kind_of_sound_becomes_the_usual_one(fake: FakeServer) -> None:
    fake.songs = [
        song(1, suffix="flac", contentType="audio/x-flac"),
        song(2, suffix="ogg", contentType="application/octet-stream"),
    ]
    library = library_of(fake)
    kinds = []
    for n in (1, 2):
        sound = asyncio.run(library.sound(TrackUri(f"subsonic:s{n}")))
        kinds.append(asyncio.run(fetched(sound, None))[1])
    assert kinds == ["audio/flac", "audio/ogg"]


def test_without_a_picture_one_is_drawn(fake: FakeServer) -> None:
    fake.songs = [song(1, coverArt="c1"), song(2)]
    fake.instead["getCoverArt"] = lambda _: (404, {"Content-Type": "text/html"}, b"<h1>no</h1>")
    for n in (1, 2):
        cover = asyncio.run(library_of(fake).cover(TrackUri(f"subsonic:s{n}")))
        assert cover is not None and cover.mime == "image/svg+xml"


def test_a_picture_too_large_to_keep_is_drawn_instead(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LARGEST_COVER", 1000)
    fake.songs = [song(1, coverArt="c1")]
    fake.instead["getCoverArt"] = lambda _: (200, {"Content-Type": "image/png"}, PNG + bytes(2000))
    cover = asyncio.run(library_of(fake).cover(TrackUri("subsonic:s1")))
    assert cover is not None and cover.mime == "image/svg+xml"


def test_a_sign_in_that_no_longer_holds_is_told_and_tried_anew(fake: FakeServer) -> None:
    library = library_of(fake)
    every(library)
    fake.ways = {"password"}
    with pytest.raises(ServiceTrouble, match="sign in"):
        asyncio.run(library.sound(TrackUri("subsonic:elsewhere")))
    assert asyncio.run(library.sound(TrackUri("subsonic:elsewhere"))) is None  # signed in again
