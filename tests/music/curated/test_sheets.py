from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affetto.emotion import EXPRESSIONS
from affetto.music.curated import BadSheet, CuratedSong, Sheet, load, read_sheet, write_sheet
from affetto.music.curated.entries import Removed
from affetto.music.curated.sheets import MOST_BYTES, parse_sheet

FORMS = (".yaml", ".csv", ".json")
GOOD = "emotion: happy\nsongs:\n- title: One\n  artist: Nina\n"

words = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cn")), min_size=1, max_size=20
).filter(lambda text: text.split() == [text])
number = st.floats(-1, 1).map(lambda value: round(value, 3))
songs = st.lists(
    st.builds(
        CuratedSong,
        emotion=st.sampled_from(list(EXPRESSIONS)),
        title=words,
        artist=words,
        valence=number,
        arousal=number,
        year=st.none() | st.integers(1900, 2100),
        language=st.just("") | words,
        because=st.just("") | words,
        explicit=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda song: (song.emotion, song.key),
)


@pytest.mark.parametrize("ending", FORMS)
@settings(max_examples=40)
@given(songs=songs)
def test_what_is_exported_is_imported_unchanged(ending: str, songs: list[CuratedSong]) -> None:
    text = write_sheet(Sheet(tuple(songs)), ending)
    assert parse_sheet(text, f"songs{ending}").songs == tuple(songs)


@pytest.mark.parametrize("ending", FORMS)
def test_our_own_lists_survive_the_way_out_and_in(ending: str, tmp_path: Path) -> None:
    ours = tuple(song for emotion in EXPRESSIONS for song in load(emotion))
    path = tmp_path / f"all{ending}"
    path.write_text(write_sheet(Sheet(ours), ending), encoding="utf-8")
    assert read_sheet(path).songs == ours


@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_removed_names_survive_too(ending: str) -> None:
    sheet = Sheet((), (Removed("sad", "Yes", "No"), Removed("happy", "1944", "~x")))
    assert parse_sheet(write_sheet(sheet, ending), f"x{ending}") == sheet


def test_titles_that_yaml_would_take_for_something_else_stay_titles() -> None:
    text = "songs:\n- {title: 1944, artist: No}\n- {title: yes, artist: 0x10}"
    first, second = parse_sheet(text, "x.yaml", emotion="sad").songs
    assert (first.title, first.artist) == ("1944", "No")
    assert (second.title, second.artist) == ("yes", "0x10")


def test_a_spreadsheet_with_semicolons_and_a_mark_at_the_start_is_read(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes("\ufeffTitle;Artist;Year\r\nÀ la; Nina ;1958\r\n;;\r\n".encode())
    (song,) = read_sheet(path, emotion="happy").songs
    assert (song.title, song.artist, song.year) == ("À la", "Nina", 1958)
    assert (song.valence, song.arousal) == (0.81, 0.51)


def test_a_bare_json_list_is_a_list() -> None:
    text = '[{"title": "\\ud83d\\ude00", "artist": "B", "explicit": true, "year": null}]'
    (song,) = parse_sheet(text, "x.json", emotion="fear").songs
    assert song.title == "😀" and song.explicit


def test_an_empty_file_holds_no_songs() -> None:
    assert parse_sheet("", "x.yaml") == parse_sheet("# only a remark\n", "x.yaml") == Sheet()
    assert parse_sheet("songs:\n", "x.yaml") == parse_sheet("", "x.csv") == Sheet()


YAML_SLIPS = [
    ("emotion: happy\nsongs:\n- title: One: two\n  artist: A", "Line 3 of x.yaml: this is no YAML"),
    ("songs:\n\t- title: One", "Line 2 of x.yaml: this is no YAML"),
    ("songs:\n- title: [One", "this is no YAML"),
    ("a: 1\n---\nb: 2", "this is no YAML"),
    ("songs:\n- title: One\x00", "this is no YAML"),
    ("- title: One", "Line 1 of x.yaml: names with values are missing"),
    ("song:\n- title: One", "Line 1 of x.yaml: 'song' is no name that we know; 'songs' comes"),
    ("songs: One", "Line 1 of x.yaml: 'songs' is no list"),
    ("songs:\n- One", "Line 2 of x.yaml: names with values"),
    ("emotion: happy\nsongs:\n- artist: A", "Line 3 of x.yaml: the song has no title"),
    ("emotion: happy\nsongs:\n- title: One\n  artist:", "Line 3 of x.yaml: the song has no artist"),
    (GOOD + "  yaer: 1999", "'yaer' is no name that we know; 'year' comes nearest"),
    (GOOD + "  title: Two", "Line 5 of x.yaml: 'title' is said twice"),
    (GOOD + "  year: soon", "Line 5 of x.yaml: 'soon' is no year"),
    (GOOD + "  year: 19670", "Line 5 of x.yaml: '19670' is no year"),
    (GOOD + "  valence: 3", "Line 5 of x.yaml: valence is '3', which is off the mood map"),
    (GOOD + "  arousal: .nan", "Line 5 of x.yaml: arousal is '.nan'"),
    (GOOD + "  explicit: maybe", "Line 5 of x.yaml: explicit is 'maybe'"),
    (GOOD + "  because: [a, b]", "Line 5 of x.yaml: 'because' holds more than one value"),
    (GOOD + f"  because: {'a' * 1001}", "Line 5 of x.yaml: because is longer than 1000"),
    (GOOD + '  because: "a\\x07b"', "Line 5 of x.yaml: because holds a character"),
    (GOOD + "  emotion: hapy", "Line 5 of x.yaml: There is no list for 'hapy'. Did you mean happy"),
    ("songs:\n- title: One\n  artist: A", "Line 2 of x.yaml: the song names no emotion"),
    (GOOD + "- title: ONE\n  artist: nina", "Line 5 of x.yaml: 'ONE' stands there twice, first"),
    ("songs: &a\n- title: One\n  artist: *a", "Line 3 of x.yaml: songs cannot refer to each other"),
    ("songs: " + "[" * 5000, "nested too deeply"),
    (GOOD + "removed:\n- title: X", "Line 6 of x.yaml: the name has no artist"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), YAML_SLIPS)
def test_a_slip_is_named_with_its_line_and_a_remedy(text: str, said: str) -> None:
    with pytest.raises(BadSheet) as caught:
        parse_sheet(text, "x.yaml")
    assert said in caught.value.problem
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title,artist\nOne,A\nTwo", "Line 3 of x.csv: the song has no artist"),
        ("title,artits\nOne,A", "'artits' is no name that we know; 'artist' comes nearest"),
        ("title,artist\nOne,A,B", "Line 2 of x.csv: there are 3 cells under 2 columns"),
        ('title,artist,year\n"One\nmore",A,1999\nTwo,B,then', "Line 4 of x.csv: 'then' is no year"),
        ('title,artist\n"One,A', "this is no CSV"),
    ],
)  # fmt: skip
def test_a_slip_in_a_spreadsheet_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BadSheet) as caught:
        parse_sheet(text, "x.csv", emotion="sad")
    assert said in caught.value.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"songs": [\n{"title" "One"}]}', "Line 2 of x.json: this is no JSON"),
        ("[" * 100_000, "no list of songs"),
        ('[{"title": "A", "artist": "B", "year": ' + "1" * 5000 + "}]", "no list of songs"),
        ("3", "there is no list of songs"),
        ('{"songs": {}}', "no list"),
        ('[["One"]]', "Song 1 of x.json: this is no song"),
        ('[{"title": "A", "artist": "B"}, {"title": ["A"]}]', "Song 2 of x.json: 'title' holds"),
    ],
)  # fmt: skip
def test_a_slip_in_json_is_named_with_the_song(text: str, said: str) -> None:
    with pytest.raises(BadSheet) as caught:
        parse_sheet(text, "x.json", emotion="sad")
    assert said in caught.value.problem


def test_files_that_are_no_lists_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadSheet, match=r"songs\.txt is no list"):
        parse_sheet("", "songs.txt")
    with pytest.raises(BadSheet, match="cannot be read"):
        read_sheet(tmp_path / "none.yaml")
    with pytest.raises(BadSheet, match="cannot be read"):
        (tmp_path / "folder.yaml").mkdir()
        read_sheet(tmp_path / "folder.yaml")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("title,artist\nOne,A\nÀ,B\n".encode("latin-1"))
    with pytest.raises(BadSheet, match=r"Line 3 of latin\.csv is not UTF-8"):
        read_sheet(latin, emotion="sad")
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(BadSheet, match="larger than 8 MB"):
        read_sheet(large)


def test_the_list_on_the_page_about_lists_can_be_imported() -> None:
    page = Path(__file__).parents[3] / "docs" / "how-to" / "song-lists.md"
    text = page.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    (song,) = parse_sheet(text, "page.yaml").songs
    assert (song.title, song.year) == ("Walking on Sunshine", 1983)
