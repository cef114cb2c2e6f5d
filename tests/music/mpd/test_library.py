from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from affetto.errors import Misuse, ServiceTrouble
from affetto.music.mpd import MpdProvider, create
from affetto.music.mpd import library as library_module
from affetto.music.provider import Cover, Library, Sound, TellsEdition, described
from affetto.track import Track, TrackUri
from contracts.libraries import LibraryContract, search
from mpd_kit import Mpd, write_pieces
from music.sounds import PNG


@pytest.fixture
def library(provider: MpdProvider) -> Library:
    assert provider.library is not None
    return provider.library


@pytest.fixture
def near(mpd: Mpd) -> Iterator[Library]:
    """The same, where MPD's music directory can be read from here."""
    made = create({**mpd.settings, "music_dir": str(mpd.music)})
    assert made.library is not None and made.connection is not None
    yield made.library
    asyncio.run(made.connection.close())


class TestMpd(LibraryContract):
    """Without the files."""


class TestMpdBesideItsFiles(LibraryContract):
    @pytest.fixture
    def library(self, near: Library) -> Library:
        return near


def test_a_song_comes_with_what_its_tags_say(songs: dict[str, Track]) -> None:
    found = songs["Ünë Long One"]
    assert found.uri == "mpd:Someone/Thïngs/Long One.flac"
    assert (found.artist, found.album, found.genre) == ("Someone", "Thïngs", "Metal")
    assert (found.year, found.duration_s) == (1998, pytest.approx(4.0, abs=0.01))
    assert found.features is None


def test_a_song_without_tags_is_called_and_found_by_its_file(library: Library) -> None:
    (found,) = search(library, 'QUOTED it\'s "quoted"')
    assert found.title == 'It\'s "quoted" here'


def test_words_may_stand_in_different_tags(library: Library) -> None:
    assert [t.title for t in search(library, "two else bits")] == ["Short Two"]


def test_a_genre_is_no_title(library: Library) -> None:
    assert list(search(library, "metal")) == []


def test_all_songs_are_found_page_by_page(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = search(library, "", limit=1000)
    monkeypatch.setattr(library_module, "PAGE", 2)
    monkeypatch.setattr(library_module, "_FIRST_PAGE", 2)
    assert search(library, "", limit=1000) == whole
    assert len(whole) == 6


def test_the_file_is_handed_out_where_it_can_be_read(library: Library, near: Library) -> None:
    uri = TrackUri("mpd:Someone/Thïngs/Long Two.ogg")
    assert asyncio.run(library.sound(uri)) is None
    sound = asyncio.run(near.sound(uri))
    assert isinstance(sound, Sound) and sound.mime == "audio/ogg"


def test_no_file_outside_the_music_folder_is_handed_out(near: Library, mpd: Mpd) -> None:
    (mpd.home / "secret.flac").write_bytes((mpd.music / "Short Two.flac").read_bytes())
    for name in (
        "../home/secret.flac",
        f"{mpd.home}/secret.flac",
        "Someone/../../home/secret.flac",
    ):
        assert asyncio.run(near.sound(TrackUri(f"mpd:{name}"))) is None
    assert asyncio.run(near.sound(TrackUri("local:Short Two.flac"))) is None


def test_the_picture_inside_a_file_comes_before_that_of_its_folder(library: Library) -> None:
    inside = asyncio.run(library.cover(TrackUri("mpd:Someone/Thïngs/Long One.flac")))
    beside = asyncio.run(library.cover(TrackUri("mpd:Someone/Thïngs/Long Two.ogg")))
    assert inside == Cover(PNG, "image/png")
    assert beside == Cover(PNG + b"of the folder", "image/png")
    assert asyncio.run(library.cover(TrackUri("mpd:Short Two.flac"))) is None


def test_a_large_picture_comes_in_pieces(library: Library, mpd: Mpd) -> None:
    large = PNG + bytes(range(256)) * 4000  # four pieces of MPD's
    folder = mpd.music / "Someone" / "Thïngs"
    kept = (folder / "cover.png").read_bytes()
    (folder / "cover.png").write_bytes(large)
    try:
        beside = asyncio.run(library.cover(TrackUri("mpd:Someone/Thïngs/Long Two.ogg")))
    finally:
        (folder / "cover.png").write_bytes(kept)
    assert beside == Cover(large, "image/png")


def test_words_cannot_carry_commands(library: Library, mpd: Mpd) -> None:
    mpd.does('addid "Short Two.flac"')
    assert list(search(library, 'x"\nclear\n"')) == []
    assert asyncio.run(library.cover(TrackUri('mpd:x"\nclear'))) is None
    assert mpd.queue() == ["Short Two.flac"]


def test_mpd_tells_when_it_has_looked_through_its_files_again(tmp_path: Path) -> None:
    mpd = Mpd(tmp_path / "home", write_pieces(tmp_path / "music", 1, 0.2))
    mpd.start()
    try:
        library = create(mpd.settings).library
        assert isinstance(library, TellsEdition)
        before = asyncio.run(library.edition())
        assert before and asyncio.run(library.edition()) == before
        time.sleep(1.05)  # MPD tells whole seconds
        shutil.copy(tmp_path / "music" / "00.flac", tmp_path / "music" / "new.flac")
        mpd.does("update")
        until = time.monotonic() + 20
        while asyncio.run(library.edition()) == before and time.monotonic() < until:
            time.sleep(0.05)
        assert len(asyncio.run(library.search(""))) == 2
    finally:
        mpd.stop()


def test_a_library_that_is_down_says_so_at_once_and_what_to_do() -> None:
    library = create({"port": "1"}).library
    assert library is not None
    for _ in range(2):  # the second is not even tried: the first was a moment ago
        with pytest.raises(ServiceTrouble, match=r"Nobody answers at 127.0.0.1:1\. Start MPD"):
            search(library, "")


@pytest.mark.parametrize("port", ["", "six", "0", "70000"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    if port:
        with pytest.raises(Misuse, match="port"):
            create({"port": port})
    else:
        assert create({"port": port}).library is not None  # left empty: MPD's usual one


def test_a_music_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(Misuse, match="no folder /nosuch"):
        create({"music_dir": "/nosuch"})


def test_the_form_asks_for_what_is_needed_and_hides_the_password() -> None:
    asks = {asked.name: asked for asked in described("mpd").asks}
    assert list(asks) == ["host", "port", "password", "music_dir", "crossfade"]
    assert [name for name, asked in asks.items() if asked.secret] == ["password"]
