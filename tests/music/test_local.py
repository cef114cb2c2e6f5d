from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from affetto.errors import Misuse
from affetto.music.local import LocalLibrary, create
from affetto.music.playing import sound_mime
from affetto.music.provider import Cover, Sound
from affetto.music.scanning import local_uri
from affetto.track import Track, TrackFeatures, TrackUri
from music.sounds import A_MAJOR, FORMATS, PNG, chord, with_cover, write

PIECE = chord(A_MAJOR, 0.5)
MIMES = {
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}


def library(path: Path, title: str = "Song") -> tuple[LocalLibrary, TrackUri]:
    uri = local_uri(str(path))
    track = Track(uri, title, features=TrackFeatures(0.2, 0.3))
    return LocalLibrary({uri: path}, [track]), uri


def sound(library: LocalLibrary, uri: TrackUri) -> Sound | None:
    return asyncio.run(library.sound(uri))


def cover(library: LocalLibrary, uri: TrackUri) -> Cover | None:
    return asyncio.run(library.cover(uri))


@pytest.mark.parametrize(("ending", "mime"), MIMES.items())
def test_a_browser_is_told_the_true_kind_of_each_format(
    tmp_path: Path, ending: str, mime: str
) -> None:
    path = write(tmp_path / f"song{ending}", PIECE)
    assert sound(*library(path)) == Sound(path, mime)


def test_a_wrong_ending_does_not_mislead_the_browser(tmp_path: Path) -> None:
    path = write(tmp_path / "song.flac", PIECE).rename(tmp_path / "song.mp3")
    assert sound_mime(path) == "audio/flac"


@pytest.mark.parametrize("head", [b"\xff\xfb\x90\x64", bytes(64) + b"\xff\xfb", b"ID3\x04"])
def test_an_mp3_may_begin_with_a_frame_with_nothing_or_with_tags(
    tmp_path: Path, head: bytes
) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(head + bytes(100))
    assert sound_mime(path) == "audio/mpeg"


@pytest.mark.parametrize(
    ("name", "head", "mime"),
    [
        ("a.m4a", b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        ("a.mp3", b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        ("a.aac", b"\xff\xf1\x50\x80", "audio/aac"),
        ("a.aac", b"ID3\x04", "audio/aac"),
    ],
)
def test_what_itunes_makes_is_played_too(tmp_path: Path, name: str, head: bytes, mime: str) -> None:
    path = tmp_path / name
    path.write_bytes(head + bytes(100))
    assert sound_mime(path) == mime


def test_a_file_no_browser_plays_is_known_but_not_offered(tmp_path: Path) -> None:
    path = tmp_path / "song.wma"
    path.write_bytes(bytes(100))
    files, uri = library(path)
    assert asyncio.run(files.search("")) == []
    assert sound(files, uri) is None
    assert len(asyncio.run(LocalLibrary({}, [Track(uri, "Song")]).search(""))) == 1


def test_files_that_were_not_scanned_are_never_handed_out(tmp_path: Path) -> None:
    known = write(tmp_path / "known.wav", PIECE)
    other = write(tmp_path / "other.wav", PIECE)
    files, _ = library(known)
    for uri in (local_uri(str(other)), f"local:{other}", f"local:{known}", "local:../other.wav"):
        assert sound(files, TrackUri(uri)) is None
        assert cover(files, TrackUri(uri)) is None


@pytest.mark.parametrize("content", [b"secret words", b"", b"<html>", b"RIFF\x00\x00\x00\x00AVI "])
def test_a_song_replaced_by_something_else_is_not_handed_out(
    tmp_path: Path, content: bytes
) -> None:
    path = write(tmp_path / "song.mp3", PIECE)
    files, uri = library(path)
    path.write_bytes(content)
    assert sound(files, uri) is None


@pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")
def test_a_song_replaced_by_a_link_to_a_secret_is_not_handed_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not tell")
    path = write(tmp_path / "song.wav", PIECE)
    files, uri = library(path)
    path.unlink()
    path.symlink_to(secret)
    assert sound(files, uri) is None


def test_a_song_that_is_gone_has_no_sound_but_still_a_cover(tmp_path: Path) -> None:
    path = write(tmp_path / "song.wav", PIECE)
    files, uri = library(path)
    path.unlink()
    assert sound(files, uri) is None
    drawn = cover(files, uri)
    assert drawn is not None
    assert drawn.mime == "image/svg+xml"


def test_the_picture_in_the_file_goes_before_a_drawn_one(tmp_path: Path) -> None:
    path = with_cover(write(tmp_path / "song.mp3", PIECE), PNG)
    assert cover(*library(path)) == Cover(PNG, "image/png")


def test_a_folder_by_name_offers_its_files_with_moods_unknown(tmp_path: Path) -> None:
    for ending in FORMATS:
        write(tmp_path / f"Song{ending}", PIECE)
    here = create({"folder": str(tmp_path)}).library
    assert here is not None
    tracks = asyncio.run(here.search(""))
    assert len(tracks) == len(FORMATS)
    assert all(track.features is None for track in tracks)


def test_a_provider_without_its_folder_says_what_it_needs() -> None:
    with pytest.raises(Misuse, match="no folder") as caught:
        create({})
    assert "folder" in caught.value.remedy
