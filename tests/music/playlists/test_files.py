"""Playlist files: whatever is written comes back, and nothing is lost on the way."""

from __future__ import annotations

import json
import os
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affetto.errors import AffettoError, Misuse
from affetto.music.playlists import (
    ENDINGS,
    FORMATS,
    Entry,
    Playlist,
    UnreadablePlaylist,
    file_name,
    format_of,
    read_playlist,
    write_playlist,
)
from affetto.music.playlists.entry import NoPlaylist
from affetto.music.playlists.locations import is_absolute, location, reference

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LOW_TIDE = "/music/Élan & Co/Low Tide #1 100%.flac"
MBID = "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"

words = st.text(max_size=30)  # any signs at all: line ends, controls, half characters
names = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="/\x00"), min_size=1
).filter(lambda name: name not in {".", ".."})
absolute = st.lists(names, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))
windows = st.lists(
    st.text(string.ascii_letters + string.digits + " #%&é日", min_size=1).map(str.strip),
    min_size=1,
    max_size=3,
).map(lambda parts: "C:\\" + "\\".join(part for part in parts if part))
# A name with a line end in it, as some systems allow, cannot stand beside an M3U8.
beside = st.lists(
    st.text(
        st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="/\\"),
        min_size=1,
    ).filter(lambda name: name not in {".", ".."} and name.strip() == name and "://" not in name),
    min_size=1,
    max_size=3,
).map("/".join)
addresses = st.sampled_from(["http://radio.example/a?b=c&d=%20#e", "https://x.example/é"])


def entries(places: st.SearchStrategy[str]) -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        title=words.map(lambda text: text or "Untitled"),
        artist=words,
        album=words,
        duration_s=st.none() | st.integers(1, 100_000).map(float),
        location=places,
    )


def playlists(places: st.SearchStrategy[str]) -> st.SearchStrategy[Playlist]:
    return st.builds(Playlist, words, st.lists(entries(places), max_size=4).map(tuple))


@pytest.mark.skipif(os.name == "nt", reason="paths of other systems")
@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None)
@given(playlist=playlists(absolute | beside))
def test_a_playlist_comes_back_as_it_was_written(name: str, playlist: Playlist) -> None:
    form = FORMATS[name]
    again = form.read(form.write(playlist).encode("utf-8").decode("utf-8"))
    assert again == playlist


@settings(max_examples=40, deadline=None)
@given(where=windows)
def test_a_windows_path_comes_back_as_it_was(where: str) -> None:
    written = reference(where)
    assert written.startswith("file:///C:/")
    assert written.isascii()
    assert location(written) == where


@settings(max_examples=50, deadline=None)
@given(text=st.text() | st.from_regex(r"#EXT(INF|ART|ALB)?:?[^\n]*\n[^\n]*", fullmatch=True))
def test_no_text_breaks_a_reader(text: str) -> None:
    for form in FORMATS.values():
        try:
            read = form.read(text)
        except Exception as error:
            assert isinstance(error, NoPlaylist)
        else:
            form.write(read)


@settings(max_examples=40, deadline=None)
@given(
    told=st.recursive(
        st.none() | st.booleans() | st.floats() | words,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "playlist",
                        "track",
                        "title",
                        "location",
                        "duration",
                        "identifier",
                        "extension",
                    ]
                ),
                inner,
            )
        ),
        max_leaves=20,
    )
)
def test_no_json_breaks_the_reader_of_jspf(told: object) -> None:
    try:
        FORMATS["jspf"].read(json.dumps({"playlist": told}))
    except Exception as error:
        assert isinstance(error, NoPlaylist)


def test_an_artist_with_a_dash_in_the_name_stays_whole() -> None:
    form = FORMATS["m3u8"]
    for entry in (
        Entry("Blue - Live", "A - B", location="/a.flac"),
        Entry("Blue - Live", "", location="/a.flac"),
        Entry("", "Somebody", location="/a.flac"),
    ):
        assert form.read(form.write(Playlist("", (entry,)))).entries == (entry,)


def test_a_playlist_of_another_program_is_read() -> None:
    text = (
        "\ufeff#EXTM3U\r\n#PLAYLIST:Evening\r\n\r\n"
        '#EXTINF:213 tvg-id="x",Low Tide - Paper Boats\r\nC:\\Music\\boats.mp3\r\n'
        "#EXTVLCOPT:network-caching=1000\r\n#EXTINF:-1,Radio\r\nhttp://radio.example/live\r\n"
        "song.ogg\r\n"
    )
    read = FORMATS["m3u8"].read(text)
    assert read.title == "Evening"
    assert [(e.title, e.artist, e.duration_s, e.location) for e in read.entries] == [
        ("Paper Boats", "Low Tide", 213.0, "C:\\Music\\boats.mp3"),
        ("Radio", "", None, "http://radio.example/live"),
        ("", "", None, "song.ogg"),
    ]


def test_a_song_known_by_name_only_is_left_out_of_m3u8_and_kept_elsewhere() -> None:
    playlist = Playlist("Mixed", (Entry("Here", location="/here.flac"), Entry("Nowhere")))
    assert {name: form.holds(playlist) for name, form in FORMATS.items()} == {
        "m3u8": 1,
        "xspf": 2,
        "jspf": 2,
    }
    assert "Nowhere" not in FORMATS["m3u8"].write(playlist)


def test_jspf_says_what_musicbrainz_wants_to_know() -> None:
    entry = Entry(
        "Low Tide", "Élan", "Shore", 200.5, LOW_TIDE, "", MBID.upper(), subsonic_id="tr-7"
    )
    told = json.loads(FORMATS["jspf"].write(Playlist("Evening", (entry,), NOON)))["playlist"]
    assert told["date"] == "2026-11-22T12:00:00+00:00"
    assert told["extension"]["https://musicbrainz.org/doc/jspf#playlist"] == {"public": False}
    (track,) = told["track"]
    assert track["identifier"] == [f"https://musicbrainz.org/recording/{MBID}"]
    assert track["duration"] == 200_500
    more = track["extension"]["https://musicbrainz.org/doc/jspf#track"]["additional_metadata"]
    assert more == {"subsonic_id": "tr-7"}
    again = FORMATS["jspf"].read(json.dumps({"playlist": told}))
    assert again == Playlist("Evening", (entry,), NOON)


def test_xspf_keeps_milliseconds_dates_and_links() -> None:
    entry = Entry("Low Tide", "Élan", duration_s=200.5, info="https://a.example/?q=1&r=2")
    again = FORMATS["xspf"].read(FORMATS["xspf"].write(Playlist("<&>", (entry,), NOON)))
    assert again == Playlist("<&>", (entry,), NOON)


def test_xml_that_could_grow_without_end_is_refused() -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;">]>'
        '<playlist version="1" xmlns="http://xspf.org/ns/0/"><title>&c;</title></playlist>'
    )
    with pytest.raises(Exception, match="document type"):
        FORMATS["xspf"].read(bomb)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("relative", [False, True])
def test_a_file_on_the_disk_leads_back_to_its_songs(
    tmp_path: Path, ending: str, relative: bool
) -> None:
    music, lists = tmp_path / "mu sic", tmp_path / "lists"
    music.mkdir()
    lists.mkdir()
    song = music / "#1 Für Élise 100%.flac"
    song.touch()
    path = lists / f"Evening{ending}"
    playlist = Playlist("Evening", (Entry("Für Élise", location=str(song)),))
    assert write_playlist(path, playlist, relative=relative) == 1
    (entry,) = read_playlist(path).entries
    assert is_absolute(entry.location) is not relative
    assert (lists / entry.location).resolve() == song.resolve()
    assert [one.name for one in lists.iterdir()] == [path.name]


def test_what_cannot_be_written_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "evening.m3u8"
    path.write_text("mine")

    class Broken(Playlist):
        __slots__ = ()

        @property
        def entries(self) -> tuple[Entry, ...]:  # type: ignore[override]
            raise OSError(28, "No space left on device")

        @entries.setter
        def entries(self, _: object) -> None: ...

    with pytest.raises(AffettoError, match="Free some space"):
        write_playlist(path, Broken("x"))
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_playlist_is_told_with_a_remedy(tmp_path: Path) -> None:
    for name, data, why in (
        ("a.xspf", b"<html></html>", "another kind"),
        ("b.jspf", b"[1]", "another kind"),
        ("c.jspf", b"{", "not JSON"),
        ("d.m3u8", b"\x00\x01\x02", "no text"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadablePlaylist, match=why) as told:
            read_playlist(tmp_path / name)
        assert told.value.remedy
    with pytest.raises(UnreadablePlaylist, match="cannot be read"):
        read_playlist(tmp_path / "none.xspf")
    with pytest.raises(Misuse, match=r"\.m3u8, \.xspf or \.jspf"):
        format_of(Path("evening.txt"))


def test_an_old_playlist_in_another_encoding_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "old.m3u"
    path.write_bytes("#EXTINF:10,Élan - Für Élise\nélise.mp3\n".encode("cp1252"))
    (entry,) = read_playlist(path).entries
    assert (entry.artist, entry.title, entry.location) == ("Élan", "Für Élise", "élise.mp3")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=st.text())
def test_any_title_makes_a_file_name_that_every_system_takes(title: str) -> None:
    name = file_name(title, FORMATS["m3u8"])
    assert name.endswith(".m3u8")
    assert not set(name) & set('<>:"/\\|?*\x00\n\r')
    assert not name.startswith((".", " "))
    assert len(name.encode("utf-8")) <= 255 or len(name) <= 86
    assert name.partition(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1"}
