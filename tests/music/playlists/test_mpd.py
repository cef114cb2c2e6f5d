"""What we write, a real MPD plays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from affetto.music.playlists import Entry, Playlist, write_playlist
from mpd_kit import Mpd
from music.sounds import A_MAJOR, chord, write

NAMES = ("Low Tide.flac", "#1 Für Élise, 100% (a&b's).flac", "日の出/Sunrise.flac", "plain.flac")


@pytest.fixture(scope="module")
def mpd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mpd]:
    folder = tmp_path_factory.mktemp("mpd")
    music = folder / "music"
    (music / "日の出").mkdir(parents=True)
    first = write(music / NAMES[0], chord(A_MAJOR, 0.3))
    for name in NAMES[1:]:
        (music / name).write_bytes(first.read_bytes())
    mpd = Mpd(folder / "home", music)
    mpd.start()
    yield mpd
    mpd.stop()


def playlist(mpd: Mpd, names: tuple[str, ...] = NAMES) -> Playlist:
    entries = (
        Entry(Path(name).stem, "Élan - Duo", duration_s=0.3, location=str(mpd.music / name))
        for name in names
    )
    return Playlist("Evening", tuple(entries))


@pytest.mark.parametrize("relative", [False, True])
def test_mpd_loads_our_m3u8_whatever_the_songs_are_called(mpd: Mpd, relative: bool) -> None:
    write_playlist(mpd.music / "evening.m3u8", playlist(mpd), relative=relative)
    assert mpd.does("clear", 'load "evening.m3u8"') == []
    assert mpd.queue() == [*NAMES]


def test_mpd_loads_our_m3u8_out_of_its_own_folder_of_playlists(mpd: Mpd) -> None:
    path = mpd.home / "playlists" / "evening.m3u8"
    write_playlist(path, playlist(mpd))
    path.replace(path.with_suffix(".m3u"))  # the only ending that MPD looks for there
    assert mpd.does("clear", 'load "evening"') == []
    assert mpd.queue() == [*NAMES]


def test_mpd_loads_our_xspf_where_names_need_no_coding(mpd: Mpd) -> None:
    # MPD 0.23 does not decode the addresses, which XSPF wants encoded.
    write_playlist(mpd.music / "evening.xspf", playlist(mpd, NAMES[-1:]), relative=True)
    assert mpd.does("clear", 'load "evening.xspf"') == []
    assert mpd.queue() == [NAMES[-1]]
