from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from affetto.emotion import mood_of
from affetto.errors import NotFound, UnreadableTable
from affetto.listening import importing
from affetto.listening.importing import import_into
from affetto.music.tables.mood import TagModel
from affetto.music.tables.report import Report
from affetto.store.database import Database
from affetto.store.songs import SongShelf
from tables_kit import GENRE_HEADER, MOOD_HEADER, genre_rows, million, mood_rows, written

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SIMPLE = ["title", "artist", "valence", "energy", "popularity"]


@pytest.fixture
def shelf(database: Database) -> SongShelf:
    return SongShelf(database)


def bring(shelf: SongShelf | None, path: Path, minutes: int = 0, **given: object) -> Report:
    now = NOON + timedelta(minutes=minutes)
    return import_into(shelf, path, now=now, model="median", **given)  # type: ignore[arg-type]


def counts(report: Report) -> dict[str, int]:
    return {step.name: step.count for step in report.steps}


def test_the_mood_table_comes_in_whole(shelf: SongShelf, tmp_path: Path) -> None:
    report = bring(shelf, written(tmp_path / "any-name", MOOD_HEADER, mood_rows(200)))
    assert report.kind == "mood table of 19 columns"
    assert (report.rows, report.kept, report.new, report.moods) == (200, 200, 200, 200)
    assert "mood words" in report.told_from and "median rule" in report.told_from
    songs = {song.title: song for song in shelf.songs()}
    seven = songs["Song 7"]
    assert (seven.artist, seven.album, seven.popularity, seven.year) == (
        "Artist 7", "Album", 7, 1967,
    )  # fmt: skip
    assert seven.duration_s == 120.007 and seven.uri.startswith("table:")
    assert seven.features is not None and seven.features.key == "G"
    assert seven.features.sources == ("mood word", "median rule")
    right = [mood_of(s.features).title() == w for s, w in _with_words(songs.values()) if s.features]
    assert sum(right) > 0.9 * len(right)  # the table's own word weighs most


def test_a_table_that_tells_no_mode_leaves_the_model_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Mapping[str, float | None]] = []

    def told(rows: Sequence[Mapping[str, float | None]]) -> list[list[float]]:
        asked.extend(rows)
        return [[0.0, 0.0, 0.5, 0.5]] * len(rows)

    monkeypatch.setattr(importing, "model_called", lambda _name: TagModel("tags", told))
    import_into(None, written(tmp_path / "moods.csv", MOOD_HEADER, mood_rows(40)), now=NOON)
    import_into(None, written(tmp_path / "genres.csv", GENRE_HEADER, genre_rows(80)), now=NOON)
    assert [row["mode"] for row in asked[:40]] == [None] * 40
    assert {row["mode"] for row in asked[40:]} == {0.0}  # of every other row, the named ones
    assert asked[7]["key"] == 7.0


def _with_words(songs: object) -> list[tuple[object, str]]:
    words = {f"Song {n}": row[-1] for n, row in enumerate(mood_rows(200))}
    found = [(song, words[song.title]) for song in songs]  # type: ignore[attr-defined]
    return [(song, word) for song, word in found if word != "Energetic"]  # type: ignore[misc]


def test_of_the_genre_table_only_the_named_half_is_kept(shelf: SongShelf, tmp_path: Path) -> None:
    report = bring(shelf, written(tmp_path / "g.csv", GENRE_HEADER, genre_rows(100)))
    assert report.kind == "genre table of 22 columns"
    assert report.kept == 50 and counts(report)["rows without a title"] == 50
    assert "loudness" in report.dropped and "constant" in report.dropped["loudness"]
    assert {song.genre for song in shelf.songs()} == {"Dark Trap"}
    assert "cannot be recommended by name" in "\n".join(report.as_words())


def test_a_table_without_any_name_is_understood_and_keeps_nothing(
    shelf: SongShelf, tmp_path: Path
) -> None:
    header = ["danceability", "energy", "key", "mode", "valence", "tempo", "duration_ms"]
    report = bring(shelf, written(tmp_path / "t.csv", header, [[0.5, 0.5, 1, 1, 0.5, 90, 9e4]] * 5))
    assert report.kind == "features without names"
    assert report.kept == 0 and counts(report)["rows without a title"] == 5


def test_importing_again_makes_no_doubles(shelf: SongShelf, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", MOOD_HEADER, mood_rows(60))
    bring(shelf, path)
    before = shelf.songs()
    again = bring(shelf, path, minutes=1)
    assert (again.new, again.renewed, again.gone) == (0, 60, 0)
    assert shelf.songs() == before
    written(path, MOOD_HEADER, mood_rows(50))
    assert bring(shelf, path, minutes=2).gone == 10
    assert len(shelf.songs()) == 50


def test_a_dry_run_tells_the_same_and_keeps_nothing(shelf: SongShelf, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", MOOD_HEADER, mood_rows(60))
    dry = bring(None, path)
    assert dry.dry_run and shelf.songs() == [] and "Looked at" in next(iter(dry.as_words()))
    real = bring(shelf, path)
    assert dry.steps == real.steps and dry.kept == real.kept


def test_of_doubles_the_most_popular_stays(shelf: SongShelf, tmp_path: Path) -> None:
    header = ["id", *SIMPLE]
    rows = [
        ["a", "One", "X", 0.1, 0.1, 5], ["a", "One", "X", 0.1, 0.1, 50],
        ["b", "ONE!", "x", 0.1, 0.1, ""],
        ["c", "Two", "", 0.1, 0.1, ""], ["d", "Two", "", 0.1, 0.1, ""],
    ]  # fmt: skip
    report = bring(shelf, written(tmp_path / "t.csv", header, rows))
    assert counts(report)["doubles by id"] == 1
    assert counts(report)["doubles by title and artist"] == 1  # without an artist none is told
    assert [(s.title, s.popularity) for s in shelf.songs()].count(("One", 50)) == 1
    assert report.kept == 3


def test_what_is_missing_stays_unknown_and_is_counted(shelf: SongShelf, tmp_path: Path) -> None:
    rows = [["One", "A", "", 0.5, ""], ["Two", "A", "inf", 0.5, 1], ["Three", "A", 1e308, 0.5, "x"]]
    report = bring(shelf, written(tmp_path / "t.csv", SIMPLE, rows + [["F", "A", 0.5, 0.5, 0]] * 9))
    found = counts(report)
    assert (found["missing numbers"], found["not numbers"]) == (2, 2)
    assert found["out of range, now unknown"] == 1
    songs = {song.title: song for song in shelf.songs()}
    assert all(songs[title].features is None for title in ("One", "Two", "Three"))
    assert songs["One"].popularity is None and songs["F"].popularity == 0


def test_what_is_far_out_is_kept_and_drawn_in_only_for_the_mood(
    shelf: SongShelf, tmp_path: Path
) -> None:
    rows = [[f"S{n}", "A", n / 100, 0.5 + n / 300, 100 + n % 20] for n in range(60)]
    rows.append(["Far", "A", 0.5, 0.5, 310])
    path = written(tmp_path / "t.csv", ["title", "artist", "valence", "energy", "tempo"], rows)
    report = bring(shelf, path)
    assert counts(report)["far out, drawn in for the mood"] == 1
    far = next(song for song in shelf.songs() if song.title == "Far")
    assert far.features is not None and far.features.tempo_bpm == 310


def test_our_own_schema_is_taken_at_its_word(shelf: SongShelf, tmp_path: Path) -> None:
    header = (
        "title,artist,valence,arousal,valence_sd,tempo_bpm,key,loudness_db,energy,vocal,duration_s"
    )
    row = ["One", "A", -0.5, 0.25, 0.1, 120, "F# minor", -9.5, 0.4, 0.9, 200]
    report = bring(shelf, written(tmp_path / "t.csv", header.split(","), [row]))
    assert report.told_from == "the table's own valence and arousal"
    (song,) = shelf.songs()
    heard = song.features
    assert heard is not None
    assert (heard.valence, heard.arousal, heard.valence_sd) == (-0.5, 0.25, 0.1)
    assert (heard.tempo_bpm, heard.key, heard.vocal) == (120, "F# minor", 0.9)
    assert heard.sources == ("table",) and song.duration_s == 200


def test_a_table_that_only_knows_popularity_is_welcome(shelf: SongShelf, tmp_path: Path) -> None:
    header = ["title", "artist", "popularity"]
    report = bring(shelf, written(tmp_path / "t.csv", header, [["One", "A", 7]]))
    assert report.moods == 0 and report.told_from == ""
    assert list(shelf.popularity()) == [("A", "One", 7)]


def test_odd_cells_stay_text_and_stay_in_their_place(shelf: SongShelf, tmp_path: Path) -> None:
    formula, hebrew, turned = '=HYPERLINK("http://x")', "שיר", "a\u202eb"
    rows = [[formula, hebrew, 0.1, 0.2, 1], [turned, "\x1b]0;x\x07", 0.1, 0.2, 2]]
    bring(shelf, written(tmp_path / "t.csv", SIMPLE, rows))
    assert {(s.title, s.artist) for s in shelf.songs()} == {(formula, hebrew), ("ab", "]0;x")}


def test_ten_thousand_columns_and_double_names_are_survived(
    shelf: SongShelf, tmp_path: Path
) -> None:
    header = [*SIMPLE, "Energy", *(f"extra{n}" for n in range(10_000))]
    rows = [[f"S{n}", "A", 0.1, 0.2, n, 0.9, *range(10_000)] for n in range(3)]
    report = bring(shelf, written(tmp_path / "t.csv", header, rows))
    assert report.kept == 3 and report.columns == 10_006
    assert "Energy" in report.dropped and "10,000 columns" in report.dropped
    assert len("\n".join(report.as_words())) < 4000
    assert all(s.features is not None and s.features.energy == 0.2 for s in shelf.songs())


def test_a_header_without_rows_changes_nothing(shelf: SongShelf, tmp_path: Path) -> None:
    for rows in ([], [["only one cell"]]):
        with pytest.raises(UnreadableTable, match="no rows"):
            bring(shelf, written(tmp_path / "t.csv", SIMPLE, rows))
    assert shelf.tables() == []


def test_a_file_that_is_cut_short_leaves_what_was_there(shelf: SongShelf, tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    plain = written(tmp_path / "t.csv", MOOD_HEADER, mood_rows(3000)).read_bytes()
    path.write_bytes(gzip.compress(plain))
    bring(shelf, path)
    before = shelf.songs()
    path.write_bytes(gzip.compress(plain)[:-4000])
    with pytest.raises(UnreadableTable, match="cut short"):
        bring(shelf, path, minutes=1)
    assert shelf.songs() == before and len(shelf.tables()) == 1


def test_a_model_nobody_installed_is_not_found(shelf: SongShelf, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", SIMPLE, [["One", "A", 0.1, 0.2, 3]])
    with pytest.raises(NotFound, match="'nobody'"):
        import_into(shelf, path, now=NOON, model="nobody")


def test_how_far_it_is_is_told(shelf: SongShelf, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", MOOD_HEADER, mood_rows(5000))
    told: list[tuple[str, float]] = []
    bring(shelf, path, tell=lambda what, done: told.append((what, done)))
    assert {what for what, _ in told} == {"reading", "keeping"}
    assert all(0 < done <= 1 for _, done in told)


def test_many_rows_with_one_bad_line_are_read_in_little_memory(tmp_path: Path) -> None:
    chance, path = random.Random(4), tmp_path / "t.csv"
    with path.open("w") as file:
        file.write(",".join(SIMPLE) + "\n")
        for n in range(200_000):
            if n == 123_456:
                file.write(f'Song {n},"Artist,0.1,0.2,3\n')
            file.write(f"Song {n},Artist {n % 999},{chance.random():.3f},0.5,{n % 101}\n")
    code = f"""
from datetime import datetime, UTC
from pathlib import Path
from affetto.listening.importing import import_into
report = import_into(None, Path({str(path)!r}), now=datetime.now(UTC), model="median")
print(report.rows, report.kept, report.bad_lines)
status = Path("/proc/self/status")  # only Linux tells the most memory that was ever held
held = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else 0
print(held)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    told, peak_kb = done.stdout.splitlines()
    assert told == "200000 200000 [(123458, 'a quote in it never closes')]"
    assert int(peak_kb) < 200_000


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_import_is_completed_by_the_next(shelf: SongShelf, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", MOOD_HEADER, mood_rows(12_500))
    code = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from affetto.listening.importing import import_into
from affetto.store.database import Database
from affetto.store.songs import SongShelf

def tell(what, done):
    print(what, flush=True)

shelf = SongShelf(Database.at(Path(sys.argv[1])))
import_into(shelf, Path(sys.argv[2]), now=datetime.now(UTC), model="median", tell=tell)
"""
    words = [sys.executable, "-c", code, str(tmp_path / "affetto.db"), str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as importing:
        assert importing.stdout is not None
        keeping = 0
        for line in importing.stdout:
            keeping += line.strip() == "keeping"
            if keeping == 2:
                os.kill(importing.pid, 9)
                break
    kept = len(shelf.songs())
    assert 0 < kept < 12_500 and shelf.tables() == []
    report = bring(shelf, path, minutes=60 * 24 * 365 * 50)
    assert report.kept == 12_500 and report.renewed == kept
    assert len(shelf.songs()) == 12_500


def test_the_million_songs_have_no_mood_by_the_rule_and_keep_their_popularity(
    shelf: SongShelf, tmp_path: Path
) -> None:
    pytest.importorskip("h5py")
    report = bring(shelf, million(tmp_path / "subset_msd_summary_file.h5", 40))
    assert (report.kind, report.rows, report.kept, report.moods) == (
        "Million Song Dataset", 40, 40, 0,
    )  # fmt: skip
    assert report.dropped["energy"] == "constant: always 0"
    assert report.units["popularity"] == "0–1 to 0–100"
    song = next(song for song in shelf.songs() if song.title == "Title 7")
    assert (song.artist, song.year, song.popularity, song.features) == ("Déjà 7", 1987, 18, None)
    assert next(song for song in shelf.songs() if song.title == "Title 0").year is None


@pytest.mark.data
def test_the_real_tables_come_in_with_their_counts(shelf: SongShelf) -> None:
    folder = os.environ.get("AFFETTO_DATA")
    if not folder:
        pytest.skip("AFFETTO_DATA names no folder")
    music = Path(folder) / "music"
    moods = bring(shelf, music / "data_moods.csv")
    assert (moods.kind, moods.rows, moods.kept, moods.moods) == (
        "mood table of 19 columns", 686, 686, 686,
    )  # fmt: skip
    sample = bring(shelf, music / "genres_v2_sample_full_columns.csv")
    assert (sample.kind, sample.rows, sample.kept) == (
        "genre table, 17 of its 22 columns", 438, 438,
    )  # fmt: skip
    pytest.importorskip("pyarrow")
    ten = bring(None, music / "genres_v2_10col.parquet")
    assert (ten.kind, ten.rows, ten.kept) == ("features without names", 42_305, 0)
    large = bring(shelf, music / "tracks_104k.parquet")
    assert large.rows == 104_316 and counts(large)["rows without a title"] == 35_090
    assert large.kept == 69_226 - counts(large)["doubles by title and artist"]
    assert large.moods == large.kept
