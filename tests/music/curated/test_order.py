from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from affetto.errors import Misuse, NotFound
from affetto.music.curated import CuratedSong, Lists, load
from affetto.music.curated.sheets import Sheet, parse_sheet, read_sheet, write_sheet

MINE = CuratedSong("happy", "Mine", "Me", 0.5, 0.5)


def names(lists: Lists) -> list[str]:
    return [song.title for song in lists.songs("happy")]


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def test_a_song_that_is_moved_stays_there(lists: Lists, tmp_path: Path) -> None:
    first, second, third, *_ = load("happy")
    lists.move("happy", third.title, third.artist, 0)
    assert names(lists)[:3] == [third.title, first.title, second.title]
    assert names(Lists(tmp_path)) == names(lists)
    lists.move("happy", third.title, third.artist, 9999)
    assert names(lists)[-1] == third.title


def test_put_back_where_it_was_the_list_is_ours_again(lists: Lists) -> None:
    third = load("happy")[2]
    lists.move("happy", third.title, third.artist, 0)
    assert lists.is_edited("happy")
    lists.move("happy", third.title, third.artist, 2)
    assert not lists.is_edited("happy")
    assert not read_sheet(lists.file("happy"), emotion="happy").order


def test_an_order_outlives_other_edits(lists: Lists) -> None:
    first, second, third, *_ = load("happy")
    lists.move("happy", third.title, third.artist, 0)
    lists.add(MINE)
    lists.remove("happy", first.title, first.artist)
    assert names(lists)[:2] == [third.title, second.title]
    assert names(lists)[-1] == "Mine"


def test_what_an_order_does_not_name_comes_last(lists: Lists) -> None:
    ours = load("happy")
    told = write_sheet(Sheet(order=parse_sheet(_order(ours[3], ours[1]), "a.yaml").order), ".yaml")
    lists.folder.mkdir(exist_ok=True)
    lists.file("happy").write_text(told, encoding="utf-8")
    assert names(lists)[:3] == [ours[3].title, ours[1].title, ours[0].title]
    assert len(names(lists)) == len(ours)


def _order(*songs: CuratedSong) -> str:
    lines = (f"- title: '{s.title}'\n  artist: '{s.artist}'\n" for s in songs)
    return "emotion: happy\norder:\n" + "".join(lines)


def test_a_changed_song_keeps_its_place_also_under_another_name(lists: Lists) -> None:
    second = load("happy")[1]
    lists.change(second.title, second.artist, replace(second, because="It shines."))
    assert lists.songs("happy")[1].because == "It shines."
    lists.change(second.title, second.artist, MINE)
    assert names(lists)[1] == "Mine" and second.title not in names(lists)


def test_a_song_takes_no_name_that_is_there_already(lists: Lists) -> None:
    first, second, *_ = load("happy")
    before = names(lists)
    with pytest.raises(Misuse, match="already"):
        lists.change(first.title, first.artist, replace(first, title=second.title,
                                                        artist=second.artist))  # fmt: skip
    with pytest.raises(NotFound):
        lists.change("Nothing Like It", "Nobody", MINE)
    assert names(lists) == before


def test_a_reset_list_is_the_one_that_came(lists: Lists) -> None:
    lists.add(MINE)
    lists.reset("happy")
    assert lists.songs("happy") == load("happy") and not lists.is_edited("happy")
    lists.reset("happy")  # nothing left to take back is no trouble


def test_an_imported_file_that_is_to_be_all_is_all_in_its_order(lists: Lists) -> None:
    first, second, *_ = load("happy")
    lists.take(Sheet((second, first)), replace=True)
    assert names(lists) == [second.title, first.title]
