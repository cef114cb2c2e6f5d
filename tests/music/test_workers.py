from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest

from affetto.errors import AffettoError
from affetto.music.workers import Died, work_through
from music import listeners


def test_every_task_is_answered_once() -> None:
    words = [f"word {i}" for i in range(50)]
    answers = dict(work_through(words, listeners.shout, workers=2))
    assert answers == {word: word.upper() for word in words}


def test_the_work_is_shared_out() -> None:
    pids = {pid for _, pid in work_through(["x"] * 200, listeners.process, workers=2)}
    assert len(pids) == 2


@pytest.mark.parametrize("trouble", ["crash", "leave"])
def test_a_crash_costs_its_own_task_and_no_other(trouble: str) -> None:
    words = ["a", "b", trouble, "c", trouble, "d", "e"]
    answers = list(work_through(words, listeners.troubled, workers=2))
    assert len(answers) == len(words)
    for word, answer in answers:
        if word == trouble:
            assert isinstance(answer, Died)
            assert "crashed" in answer.problem
        else:
            assert answer == word.upper()


def test_a_task_that_never_ends_is_given_up() -> None:
    answers = dict(work_through(["a", "hang", "b"], listeners.troubled, workers=1, longest_s=1.5))
    assert isinstance(answers["hang"], Died)
    assert "1.5 seconds" in answers["hang"].problem
    assert answers["a"] == "A"
    assert answers["b"] == "B"


def test_a_worker_that_dies_between_two_tasks_costs_neither(tmp_path: Path) -> None:
    lost = listeners.LostOnce("b", tmp_path / "lost")
    answers = dict(work_through(["a", lost, "c"], listeners.shout, workers=1))
    assert (tmp_path / "lost").exists()
    assert answers == {"a": "A", lost: "B", "c": "C"}


def test_a_task_that_no_worker_lives_to_begin_is_given_up(tmp_path: Path) -> None:
    doomed = listeners.LostOnce("b", tmp_path / "nowhere" / "mark")  # no mark can be made
    answers = dict(work_through(["a", doomed, "c"], listeners.shout, workers=2))
    assert isinstance(answers[doomed], Died)
    assert (answers["a"], answers["c"]) == ("A", "C")


def test_workers_that_never_get_ready_are_not_waited_for_for_ever() -> None:
    began = time.monotonic()
    with pytest.raises(AffettoError, match="cannot be started"):
        list(work_through(["a"], listeners.NeverReady(), workers=1, start_within_s=0.2))
    assert time.monotonic() - began < 60


def test_an_answer_may_be_any_word() -> None:
    words = ["ready", "begun", "done"]
    assert dict(work_through(words, listeners.echo, workers=1)) == {w: w for w in words}


def test_leaving_early_leaves_no_process_behind() -> None:
    answers = work_through(["a"] * 100, listeners.shout, workers=2)
    next(answers)
    answers.close()
    names = [child.name for child in multiprocessing.active_children()]
    assert "affetto-listener" not in names


def test_nothing_to_do_starts_nothing() -> None:
    assert list(work_through([], listeners.shout, workers=2)) == []


def test_workers_that_cannot_start_say_so_instead_of_trying_for_ever() -> None:
    with pytest.raises(AffettoError, match="cannot be started") as caught:
        list(work_through(["a"], listeners.DeadOnArrival(), workers=1))
    assert "__main__" in caught.value.remedy
