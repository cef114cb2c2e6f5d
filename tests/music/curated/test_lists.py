from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from affetto.errors import AffettoError, Misuse, NotFound
from affetto.music.curated import BadSheet, CuratedSong, Lists, Sheet, Taken, as_tracks, load
from affetto.music.curated.entries import Removed

OURS = load("happy")
NEW = CuratedSong("happy", "My Song", "Nina", 0.5, 0.5, 1999)


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path / "lists")


def test_before_any_edit_the_lists_are_ours_and_nothing_is_written(lists: Lists) -> None:
    assert lists.songs("happy") == OURS
    assert len(lists.all_songs()) > 280
    assert not lists.folder.exists()


def test_an_added_song_comes_last_and_is_still_there_next_time(lists: Lists) -> None:
    assert lists.add(NEW) == Taken(added=1)
    assert Lists(lists.folder).songs("happy") == (*OURS, NEW)
    assert lists.is_own(NEW) and not lists.is_own(OURS[0])
    assert as_tracks("happy", lists)[-1].title == "My Song"
    assert load("happy") == OURS


def test_a_changed_song_of_ours_stays_in_its_place(lists: Lists) -> None:
    other = replace(OURS[3], valence=0.1)
    assert lists.add(other) == Taken(changed=1)
    assert lists.songs("happy")[3] == other
    assert lists.add(OURS[3]) == Taken(changed=1)
    assert lists.songs("happy") == OURS


def test_a_removed_song_stays_away_until_it_is_added_again(lists: Lists) -> None:
    gone = lists.remove("happy", OURS[0].title.upper())
    assert gone == OURS[0]
    assert lists.songs("happy") == OURS[1:]
    assert lists.known(gone) == OURS[0]
    lists.add(gone)
    assert lists.songs("happy") == OURS


def test_an_own_song_can_be_removed_again(lists: Lists) -> None:
    lists.add(NEW)
    lists.remove("happy", "my song", "NINA")
    assert lists.songs("happy") == OURS
    assert lists.known(NEW) is None


def test_removing_what_is_not_there_names_the_nearest(lists: Lists) -> None:
    with pytest.raises(NotFound) as caught:
        lists.remove("happy", "Septembre")
    assert caught.value.remedy == "Did you mean 'September' by Earth, Wind & Fire?"
    with pytest.raises(NotFound) as caught:
        lists.remove("happy", "zzzz", "Nobody")
    assert "affetto lists show happy" in caught.value.remedy


def test_a_title_of_two_artists_asks_whose(lists: Lists) -> None:
    lists.add(replace(NEW, title="September"))
    with pytest.raises(Misuse) as caught:
        lists.remove("happy", "September")
    assert caught.value.remedy == "Say whose: Earth, Wind & Fire, Nina."
    assert lists.remove("happy", "September", "Nina").artist == "Nina"


def test_an_import_adds_and_wins_but_takes_nothing_away(lists: Lists) -> None:
    sheet = Sheet(
        (NEW, OURS[1], replace(OURS[0], because="Mine.")), (Removed("sad", "Yesterday", "Beatles"),)
    )
    assert lists.take(sheet) == Taken(added=1, changed=1, unchanged=1, removed=1)
    assert lists.songs("happy")[0].because == "Mine."
    assert len(lists.songs("happy")) == len(OURS) + 1
    assert "Yesterday" not in [song.title for song in lists.songs("sad")]


def test_an_import_that_replaces_leaves_exactly_what_it_says(lists: Lists) -> None:
    lists.add(replace(NEW, title="Other"))
    taken = lists.take(Sheet((OURS[5], NEW)), replace=True)
    assert taken == Taken(added=1, unchanged=1, removed=len(OURS))
    assert set(lists.songs("happy")) == {OURS[5], NEW}
    assert lists.songs("sad") == load("sad")


def test_a_broken_edit_is_refused_by_line_and_stays_as_it_is(lists: Lists) -> None:
    lists.add(NEW)
    lists.add(replace(NEW, emotion="sad"))
    path = lists.file("happy")
    broken = path.read_text(encoding="utf-8").replace("year: 1999", "year: soon")
    path.write_text(broken, encoding="utf-8")
    before = lists.file("sad").read_bytes()
    for act in (
        lambda: lists.songs("happy"),
        lambda: lists.add(replace(NEW, title="Other")),
        lambda: lists.remove("happy", "September"),
        lambda: lists.take(Sheet((replace(NEW, emotion="sad", title="X"), NEW))),
    ):
        with pytest.raises(BadSheet, match=r"Line \d+ of happy\.yaml: 'soon' is no year"):
            act()
    assert path.read_text(encoding="utf-8") == broken
    assert lists.file("sad").read_bytes() == before
    assert lists.songs("sad")[-1].title == "My Song"


def test_a_full_disk_leaves_the_list_as_it_was(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists.add(NEW)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("affetto.music.curated.lists.os.fsync", full)
    with pytest.raises(AffettoError, match="No space left"):
        lists.remove("happy", "My Song")
    assert lists.songs("happy")[-1] == NEW
    assert [path.name for path in lists.folder.iterdir()] == ["happy.yaml"]


def test_remarks_at_the_top_of_an_edit_stay(lists: Lists) -> None:
    lists.add(NEW)
    path = lists.file("happy")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Your edits of the list for happy")
    path.write_text("# For Sunday.\n\n" + text[text.index("emotion:") :], encoding="utf-8")
    lists.add(replace(NEW, title="Other"))
    assert path.read_text(encoding="utf-8").startswith("# For Sunday.\n\nemotion: happy\n")
    assert len(lists.songs("happy")) == len(OURS) + 2
