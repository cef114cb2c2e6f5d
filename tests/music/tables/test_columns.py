from __future__ import annotations

import pytest

from affetto.errors import Misuse, UnreadableTable
from affetto.music.tables.columns import layout_of
from tables_kit import GENRE_HEADER, MOOD_HEADER

FEATURES = ["valence", "energy", "danceability", "tempo"]


def read_as(header: list[str]) -> dict[str, str]:
    return {ours: header[place] for ours, place in layout_of(header).places.items()}


def test_the_mood_table_is_known_by_its_19_columns() -> None:
    layout = layout_of(MOOD_HEADER)
    assert layout.kind == "mood table of 19 columns" and layout.unused == ()
    read = read_as(MOOD_HEADER)
    assert read["title"] == "name" and read["duration"] == "length"
    assert read["year"] == "release_date" and read["mood"] == "mood"


def test_in_the_genre_table_title_is_a_playlist_and_not_a_song() -> None:
    layout = layout_of(GENRE_HEADER)
    assert layout.kind == "genre table of 22 columns"
    assert read_as(GENRE_HEADER)["title"] == "song_name"
    assert "title" in layout.unused


def test_copies_of_the_genre_table_with_fewer_columns_are_known() -> None:
    gone = {"type", "track_href", "analysis_url", "Unnamed: 0", "title"}
    header = [name for name in GENRE_HEADER if name not in gone]
    assert layout_of(header).kind == "genre table, 17 of its 22 columns"
    ten = "danceability energy key mode speechiness acousticness liveness valence tempo duration_ms"
    assert layout_of(ten.split()).kind == "features without names"


@pytest.mark.parametrize(
    "header",
    [
        ["track_name", "artists", "track_id", "duration_ms", *FEATURES],
        ["Track.Name", "Artist.Name", "id", "Length.", "Valence.", "Energy", "Danceability", "BPM"],
        ["\ufeffname", "artist_name", "uri", "duration", *FEATURES],
        ["SONG", "Artist(s)", "ID", "Duration S", *(name.upper() for name in FEATURES)],
    ],
)
def test_the_usual_names_for_a_column_are_understood(header: list[str]) -> None:
    read = layout_of(header).places
    assert {"title", "artist", "id", "duration", "valence", "energy", "tempo"} <= set(read)


def test_valence_beside_arousal_is_what_listeners_said_and_spotifys_is_not() -> None:
    header = ["title", "artist", "valence", "arousal", "spotify_valence", "energy"]
    read = read_as(header)
    assert read["mood_valence"] == "valence" and read["valence"] == "spotify_valence"
    assert "valence" not in layout_of(header[:4]).places


@pytest.mark.parametrize(
    ("header", "ours", "misspelt"),
    [
        (["title", "artist", "valance", "energy"], "valence", "valance"),
        (["titel", "artist", *FEATURES], "title", "titel"),
        (["title", "artist", "valence", "enrgy"], "energy", "enrgy"),
        (["title", "artist", "Popularty", *FEATURES], "popularity", "Popularty"),
        (["track nam", "artist", *FEATURES], "title", "track nam"),
    ],
)
def test_a_misspelt_column_is_named_with_what_it_may_be(
    header: list[str], ours: str, misspelt: str
) -> None:
    with pytest.raises(UnreadableTable) as caught:
        layout_of(header)
    assert caught.value.problem == (
        f"The column `{misspelt}` is none that we know. Did you mean `{ours}`?"
    )
    pair = f"{ours}={misspelt}"
    typed = f'"{pair}"' if " " in misspelt else pair
    assert caught.value.remedy == f"Say so with --column {typed}, or rename it in the file."
    assert ours in layout_of(header, named={ours: misspelt}).places


def test_a_column_of_another_kind_is_no_misspelt_one() -> None:
    layout = layout_of(["title", "artist_id", "title_id", "energy_rank", *FEATURES])
    assert layout.guesses == {} and "artist" not in layout.places


def test_a_column_that_was_named_and_is_not_there_is_misuse_with_the_nearest() -> None:
    with pytest.raises(Misuse, match="no column `valance`") as caught:
        layout_of(["title", *FEATURES], named={"valence": "valance"})
    assert "Did you mean `valence`?" in caught.value.remedy
    with pytest.raises(Misuse, match="no column called `titel`") as caught:
        layout_of(["title", *FEATURES], named={"titel": "title"})
    assert "`title`" in caught.value.remedy
    with pytest.raises(Misuse, match="`zzz`") as caught:
        layout_of(["title", *FEATURES], named={"valence": "zzz"})
    assert "`title`" in caught.value.remedy
    with pytest.raises(Misuse) as caught:
        layout_of(["title", *FEATURES], named={"zzz": "title"})
    assert "popularity" in caught.value.remedy


def test_a_header_that_is_there_twice_counts_once() -> None:
    layout = layout_of(["title", "energy", "Energy", "valence"])
    assert layout.places["energy"] == 1 and layout.doubled == ("Energy",)


@pytest.mark.parametrize(
    "header", [["a", "b"], [f"c{n}" for n in range(10_000)], ["title", "colour"], ["\u202e", ""]]
)
def test_columns_that_tell_nothing_of_songs_are_said_so(header: list[str]) -> None:
    with pytest.raises(UnreadableTable) as caught:
        layout_of(header)
    assert len(caught.value.problem) < 700
