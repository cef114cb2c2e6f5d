from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.metadata import EntryPoints
from pathlib import Path

import pytest

from affetto.choice import Choice
from affetto.emotion import Affect
from affetto.music.tables import mood
from affetto.settings import Settings
from affetto.store.history import PutOn
from affetto.store.tracks import ShelvedFile, TrackShelf
from affetto.track import Track, TrackFeatures, TrackUri
from affetto.wiring import open_database, open_house
from cli.doors import Terminal
from tables_kit import MOOD_HEADER, mood_rows, written

HEADER = ["title", "artist", "valence", "arousal", "popularity"]
SONGS = [
    ["Sunny", "Ada", 0.7, 0.5, 41], ["Bright", "Bo", 0.6, 0.4, 93], ["Unknown", "Cy", 0.7, 0.4, ""],
    ["Nobody's", "Di", 0.65, 0.45, 0], ["שמח", "Ed", 0.7, 0.6, 55], ["Merry", "Flo", 0.5, 0.5, 7],
    ["Low", "Gus", -0.6, -0.5, 99], ["Rage", "Hal", -0.7, 0.8, 98], ["Still", "Ida", 0.5, -0.6, 97],
]  # fmt: skip
HAPPY = """\
name      artist  mood   popularity  plays here
Bright    Bo      happy          93  no
שמח       Ed      happy          55  no
Sunny     Ada     happy          41  no
Merry     Flo     happy           7  no
Nobody's  Di      happy           0  no
"""


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever table models are installed here, none is."""
    monkeypatch.setattr(mood, "entry_points", lambda group: EntryPoints([]))


@pytest.fixture
def empty(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "data", AFFETTO_PROVIDERS='["local"]')


def test_the_happy_songs_of_a_table_are_shown_by_popularity(
    empty: Terminal, tmp_path: Path
) -> None:
    assert (
        empty.types("library", "import", str(written(tmp_path / "t", HEADER, SONGS))).exit_code == 0
    )
    told = empty.types("recommend", "--mood", "happy", "--table")
    assert told.exit_code == 0, told.output
    assert told.stdout == HAPPY
    more = empty.types("recommend", "--mood", "happy", "--table", "--limit", "9").stdout
    assert more.splitlines()[-1].split() == [
        "Unknown",
        "Cy",
        "happy",
        "?",
        "no",
    ]  # last, not as a zero


def test_an_import_prints_what_was_done_step_by_step(empty: Terminal, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", MOOD_HEADER, mood_rows(50))
    with path.open("a") as file:
        file.write("a,b\n")
    told = empty.types("library", "import", str(path))
    assert told.exit_code == 0, told.output
    for said in (
        "mood table of 19 columns, 50 rows", "50 songs kept: 50 new", "median rule",
        "lines left out", "line 52 was left out: it has 2 cells instead of 19",
        "milliseconds to seconds",
        "doubles by id", "missing numbers", "out of range", "does not ask for it",
        "no sound here; to name those that fit: affetto recommend",
    ):  # fmt: skip
        assert said in told.stdout
    assert told.stderr == ""  # no bar where nobody looks


def test_a_terminal_is_told_how_far_an_import_is_and_how_long_it_takes(
    empty: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rich.console.Console.is_terminal", True)
    path = written(tmp_path / "t.csv", MOOD_HEADER, mood_rows(50))
    told = empty.types("library", "import", str(path))
    assert told.exit_code == 0, told.output
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told.stderr)
    for step in ("Reading", "Keeping"):
        assert re.search(rf"{step} \S+ 100% \d:\d\d:\d\d", plain), plain


def test_the_report_is_data_on_request(empty: Terminal, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", MOOD_HEADER, mood_rows(50))
    told = json.loads(empty.types("library", "import", str(path), "--json", "--dry-run").stdout)
    assert (told["rows"], told["kept"], told["dry_run"], told["model"]) == (50, 50, True, None)
    assert told["read_as"]["duration"] == "length" and set(told["medians"]) == {"valence", "energy"}
    assert "valence" in told["features"] and told["scaling"] == "as ranks in the table"
    assert {"step", "count", "where"} == set(told["steps"][0])
    assert not (tmp_path / "data").exists()  # a dry run makes not even a database


def test_a_table_without_names_says_that_nothing_can_be_recommended(
    empty: Terminal, tmp_path: Path
) -> None:
    path = written(tmp_path / "t.csv", ["valence", "energy", "tempo"], [[0.1, 0.2, 90]])
    told = empty.types("library", "import", str(path))
    assert told.exit_code == 0 and "nothing to recommend by name" in told.stderr


def test_a_table_is_forgotten_by_its_name_or_with_all(empty: Terminal, tmp_path: Path) -> None:
    one = written(tmp_path / "one.csv", HEADER, SONGS[:4])
    two = written(tmp_path / "two.csv", HEADER, SONGS[4:])
    for path in (one, two):
        empty.types("library", "import", str(path))
    one.unlink()  # the file may be gone
    told = empty.types("library", "import", "--forget", str(one))
    assert told.stdout == "4 songs were forgotten.\n"
    wrong = empty.types("library", "import", "--forget", str(one))
    assert wrong.exit_code == 1 and str(two) in wrong.stderr
    assert json.loads(empty.types("library", "import", "--forget", "all", "--json").stdout) == {
        "forgotten": 5
    }
    nothing = empty.types("library", "import", "--forget", "x.csv")
    assert nothing.exit_code == 1 and "No table was imported" in nothing.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Name one table"),
        (("t.csv", "--forget", "all"), 2, "Name one table"),
        (("no-such.csv",), 1, "no file"),
        (("{folder}",), 1, "a folder"),
        (("{t}", "--column", "title"), 2, "--column title=Track"),
        (("{t}", "--column", "titel=title"), 2, "Did you mean `title`?"),
        (("{t}", "--column", "title=nmae"), 2, "no column `nmae`"),
        (("{t}", "--model", "nobody"), 1, "Installed are: median"),
        (("",), 2, "empty name"),
    ],
)
def test_what_cannot_be_imported_is_said_plainly(
    empty: Terminal, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    table = written(tmp_path / "t.csv", HEADER, SONGS)
    given = [word.format(t=table, folder=tmp_path) for word in words]
    told = empty.types("library", "import", *given)
    assert told.exit_code == code, told.output
    assert said in told.stderr and "Traceback" not in told.output


def test_a_column_is_read_as_told(empty: Terminal, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", ["what", *HEADER[1:]], SONGS)
    told = empty.types("library", "import", str(path), "--column", "title=what", "--json")
    assert json.loads(told.stdout)["kept"] == len(SONGS)


def test_songs_without_a_sound_are_never_put_on(empty: Terminal, tmp_path: Path) -> None:
    import asyncio

    empty.types("library", "import", str(written(tmp_path / "t.csv", HEADER, SONGS)))
    with open_house(Settings(data_dir=tmp_path / "data", demo=False)) as house:

        async def ask() -> None:
            assert await house.tracks() == () and len(await house.candidates()) == 0
            songs = await house.songs(near=Affect(0.7, 0.5), limit=3)
            assert len(songs) == 3 and await house.sound(songs[0].uri) is None

        asyncio.run(ask())


def test_a_file_has_the_popularity_of_the_table_else_that_of_its_own_plays(
    empty: Terminal, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path / "data", demo=False)
    heard = TrackFeatures(0.6, 0.5)
    names = [("Bright!", "BO"), ("Mine", "Me"), ("Ours", "Me"), ("Never", "Me")]
    own = [
        Track(TrackUri(f"local:{n}"), title, artist, features=heard)
        for n, (title, artist) in enumerate(names)
    ]
    database = open_database(settings)
    now = datetime.now(UTC)
    files = [ShelvedFile(t.uri, str(tmp_path / f"{t.title}.flac"), (1, 1), t) for t in own]
    TrackShelf(database).save(files, now=now)
    database.close()
    empty.types("library", "import", str(written(tmp_path / "t.csv", HEADER, SONGS[:2])))
    with open_house(settings) as house:
        for number, (track, times) in enumerate(((own[1], 4), (own[2], 1))):
            put_on = PutOn(Choice(track, Affect(0.0, 0.0), "Because."))
            house.history.begin(house.listener, f"s{number}", "match", {}, now)
            for _ in range(times):
                house.history.keep(house.listener, f"s{number}", "match", {}, now, put_on=put_on)
    told = empty.types("recommend", "--mood", "happy", "--table", "--limit", "9").stdout
    rows = [line.split() for line in told.splitlines()[1:]]
    assert [(row[0], *row[-2:]) for row in rows] == [
        ("Mine", "100", "yes"), ("Bright!", "93", "yes"), ("Sunny", "41", "no"),
        ("Ours", "25", "yes"), ("Never", "?", "yes"),
    ]  # fmt: skip


def test_what_plays_here_is_named_unless_imported_songs_are_asked_for(
    tmp_path: Path,
) -> None:
    demo = Terminal(tmp_path / "data", AFFETTO_PROVIDERS='["local"]', AFFETTO_DEMO="true")
    demo.types("library", "import", str(written(tmp_path / "t.csv", HEADER, SONGS)))
    words = ("recommend", "--at", "0.7,0.5", "--limit", "20", "--seed", "1")
    told = demo.types(*words)
    assert "no sound here" not in told.stdout
    assert "add --lists; for songs of the tables you imported, add --imported." in told.stderr
    more = demo.types(*words, "--imported")
    assert any(" · no sound here: " in line for line in more.stdout.splitlines())
    assert more.stderr == ""
    choices = json.loads(demo.types(*words, "--imported", "--json").stdout)
    assert {(c["uri"].partition(":")[0], c["playable"]) for c in choices} <= {
        ("demo", True), ("table", False),
    }  # fmt: skip
    assert False in {choice["playable"] for choice in choices}


def test_imported_songs_alone_are_named_and_said_to_have_no_sound(
    empty: Terminal, tmp_path: Path
) -> None:
    empty.types("library", "import", str(written(tmp_path / "t.csv", HEADER, SONGS)))
    told = empty.types("recommend", "--mood", "happy", "--limit", "2")
    assert all(" · no sound here: " in line for line in told.stdout.splitlines())
    assert "There is nothing to play here" in told.stderr and "--lists" in told.stderr


def test_a_failing_model_is_named_and_nothing_is_lost(
    empty: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_rows: object) -> object:
        raise RuntimeError("no weights")

    monkeypatch.setattr(mood, "model_called", lambda name: mood.TagModel("tags", broken))
    monkeypatch.setattr("affetto.listening.importing.model_called", mood.model_called)
    path = written(tmp_path / "t.csv", ["title", "valence", "energy"], [["One", 0.1, 0.2]])
    told = empty.types("library", "import", str(path))
    assert told.exit_code == 1 and "no weights" in told.stderr and "--model median" in told.stderr
