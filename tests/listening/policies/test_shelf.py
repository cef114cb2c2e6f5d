from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from affetto.choice import Goal
from affetto.errors import AffettoError, NotFound
from affetto.listening.policies.emotion_map import EmotionMap
from affetto.listening.policies.sheet import BadMap, ours, write_map
from affetto.listening.policies.shelf import PolicyShelf

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> PolicyShelf:
    return PolicyShelf(tmp_path / "policies")


def other(shelf: PolicyShelf, goal: Goal = Goal.FOCUS) -> EmotionMap:
    now, _ = shelf.in_force()
    row = now.rows["regulate", "angry"]
    return EmotionMap(shelf.next_version(), {**now.rows, row.key: replace(row, goal=goal)})


def test_ours_is_in_force_until_there_is_a_copy(shelf: PolicyShelf) -> None:
    assert shelf.in_force()[1] == ours() and not shelf.is_own
    assert not shelf.folder.exists()  # looking leaves no trace
    assert shelf.copy().read_bytes() == ours() and shelf.is_own
    shelf.file.write_bytes(ours().replace(b"goal: lift", b"goal: focus"))
    shelf.copy()
    assert shelf.in_force()[0].rows["regulate", "sad"].goal is Goal.FOCUS


def test_a_promoted_map_is_rolled_back_to_the_byte(shelf: PolicyShelf) -> None:
    shelf.copy()
    by_hand = ours().replace(b"# Where", b"# Mine. Where").replace(b"goal: lift", b"goal: focus")
    shelf.file.write_bytes(by_hand)
    shelf.offer(other(shelf))
    _, data = shelf.offered()
    promoted = shelf.promote(data, NOW)
    assert shelf.in_force()[1] == data and promoted.version == 2
    back = shelf.rollback(None, NOW)
    assert shelf.file.read_bytes() == by_hand
    assert [(one.version, one.why) for one in shelf.history()] == [
        (1, "edited by hand"), (2, "promoted"), (1, "rolled back"),
    ]  # fmt: skip
    assert back.digest == shelf.history()[0].digest
    assert shelf.rollback("2", NOW).digest == promoted.digest
    assert shelf.file.read_bytes() == data
    assert shelf.rollback(back.short, NOW).digest == back.digest


def test_back_from_the_first_promotion_is_the_map_that_came(shelf: PolicyShelf) -> None:
    shelf.promote(write_map(other(shelf)), NOW)
    shelf.rollback(None, NOW)
    assert shelf.in_force()[1] == ours()
    assert shelf.next_version() == 3  # no number is given twice
    assert shelf.history()[0].why == "came with Affetto"


def test_a_proposal_counts_only_for_the_map_it_was_made_for(shelf: PolicyShelf) -> None:
    with pytest.raises(NotFound, match="No other map"):
        shelf.offered()
    shelf.offer(other(shelf))
    assert shelf.offered()[0].version == 2
    shelf.copy().write_bytes(ours().replace(b"goal: lift", b"goal: focus"))
    with pytest.raises(NotFound, match="not the one that the proposal was made for"):
        shelf.offered()
    shelf.offer(other(shelf))
    assert len(list(shelf.folder.glob("proposal-*"))) == 1


def test_there_is_nothing_before_the_first(shelf: PolicyShelf) -> None:
    with pytest.raises(NotFound, match="no earlier map"):
        shelf.rollback(None, NOW)
    with pytest.raises(NotFound, match="'7' was ever"):
        shelf.rollback("7", NOW)


def test_a_kept_version_that_was_changed_is_not_put_back(shelf: PolicyShelf) -> None:
    shelf.promote(write_map(other(shelf)), NOW)
    before = shelf.in_force()[1]
    first = shelf.history()[0]
    kept = shelf.folder / "versions" / f"{first.short}.yaml"
    kept.write_bytes(kept.read_bytes() + b"\n")
    with pytest.raises(AffettoError, match="was changed"):
        shelf.rollback(None, NOW)
    kept.unlink()
    with pytest.raises(AffettoError, match="missing"):
        shelf.rollback(None, NOW)
    assert shelf.in_force()[1] == before


def test_a_spoilt_copy_is_said_and_left_as_it_is(shelf: PolicyShelf) -> None:
    shelf.copy().write_bytes(b"version: 1\n")
    for act in (shelf.in_force, shelf.next_version, lambda: shelf.rollback(None, NOW)):
        with pytest.raises(BadMap):
            act()
    assert shelf.file.read_bytes() == b"version: 1\n"
    shelf.file.write_bytes(b" " * 300_000)
    with pytest.raises(BadMap, match="larger than"):
        shelf.in_force()
    shelf.file.unlink()
    (shelf.folder / "history.jsonl").write_text("{}\n")
    with pytest.raises(AffettoError, match=r"history\.jsonl"):
        shelf.history()


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "policies").write_text("a file where the folder should be")
    with pytest.raises(AffettoError, match="could not be written"):
        PolicyShelf(tmp_path / "policies").copy()
