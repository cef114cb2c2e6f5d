from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affetto.music.tags import Tags, as_text, embedded_cover, picture, read_tags, shown
from music.sounds import A_MAJOR, FORMATS, PNG, chord, tag, with_cover, write

PIECE = chord(A_MAJOR, 0.5)


@pytest.mark.parametrize("ending", sorted(set(FORMATS) - {".wav"}))
def test_a_file_says_what_it_is_in_every_format(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"01{ending}", PIECE)
    tag(path, title="Ébène — 黒檀", artist="Nina", album="Wood", genre="Jazz", date="1964-05-01")
    assert read_tags(path) == Tags("Ébène — 黒檀", "Nina", "Wood", "Jazz", 1964)


def test_a_wav_says_what_it_is(tmp_path: Path) -> None:
    path = tag(write(tmp_path / "a.wav", PIECE), title="One", artist="Two")
    assert read_tags(path) == Tags("One", "Two")


def test_an_untagged_file_is_called_by_its_name(tmp_path: Path) -> None:
    assert read_tags(write(tmp_path / "Low Tide.flac", PIECE)) == Tags("Low Tide")


def test_a_wrong_ending_does_not_hide_the_tags(tmp_path: Path) -> None:
    path = tag(write(tmp_path / "song.flac", PIECE), title="True title")
    assert read_tags(path.rename(tmp_path / "song.mp3")).title == "True title"


def test_line_breaks_control_codes_and_endless_titles_become_one_short_line(
    tmp_path: Path,
) -> None:
    path = tag(
        write(tmp_path / "a.flac", PIECE),
        title="A\x1b[31m\nline\t" + "x" * 5000,
        artist=" \x00 ",
        date="the year 99999",
    )
    tags = read_tags(path)
    assert tags.title.startswith("A [31m line xxx")
    assert len(tags.title) == 300
    assert tags.artist == ""
    assert tags.year is None


def test_the_album_artist_stands_in_for_a_missing_artist(tmp_path: Path) -> None:
    path = tag(write(tmp_path / "a.flac", PIECE), albumartist="Various")
    assert read_tags(path).artist == "Various"


def test_a_missing_file_has_no_tags_but_a_name(tmp_path: Path) -> None:
    assert read_tags(tmp_path / "gone.mp3") == Tags("gone")
    assert embedded_cover(tmp_path / "gone.mp3") is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names files in any bytes")
def test_a_name_that_is_no_unicode_can_be_shown_and_kept(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.flac"))
    title = read_tags(write(tmp_path / "a.flac", PIECE).rename(odd)).title
    assert title == "caf�"
    assert title.encode()


def test_a_name_of_several_lines_is_shown_on_one_and_kept_as_it_is() -> None:
    odd = "two\nlines\x1b[2J\u2028here.mp3"
    assert shown(odd) == "two�lines�[2J�here.mp3"
    assert as_text(odd) == odd


@pytest.mark.parametrize("ending", [".mp3", ".flac"])
def test_the_picture_in_a_file_is_found(tmp_path: Path, ending: str) -> None:
    cover = embedded_cover(with_cover(write(tmp_path / f"a{ending}", PIECE), PNG))
    assert cover is not None
    assert (cover.data, cover.mime) == (PNG, "image/png")


def test_a_page_dressed_up_as_a_picture_is_no_cover(tmp_path: Path) -> None:
    page = b"<html><script>alert(1)</script></html>"
    assert embedded_cover(with_cover(write(tmp_path / "a.mp3", PIECE), page, "text/html")) is None
    assert picture(b"<svg onload='alert(1)'/>") is None


def test_a_file_without_a_picture_has_no_cover(tmp_path: Path) -> None:
    assert embedded_cover(write(tmp_path / "a.mp3", PIECE)) is None


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
    ],
)
def test_a_pictures_kind_is_told_by_its_bytes(head: bytes, mime: str) -> None:
    cover = picture(head + bytes(100))
    assert cover is not None
    assert cover.mime == mime


def test_a_picture_of_twenty_megabytes_is_left_alone() -> None:
    assert picture(PNG + bytes(20_000_000)) is None


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=st.sampled_from(list(FORMATS)), data=st.data())
def test_no_bytes_whatever_stop_the_reader(tmp_path: Path, start: str, data: st.DataObject) -> None:
    whole = tmp_path / f"whole{start}"
    if not whole.exists():
        tag(write(whole, PIECE), title="T" * 50, artist="A")
    content = bytearray(whole.read_bytes())
    for _ in range(data.draw(st.integers(0, 8))):
        content[data.draw(st.integers(0, min(400, len(content) - 1)))] = data.draw(
            st.integers(0, 255)
        )
    path = tmp_path / f"bent{start}"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    assert read_tags(path).title
    embedded_cover(path)
