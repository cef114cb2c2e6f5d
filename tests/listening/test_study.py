"""A trial on oneself: settled beforehand, kept in the open, and honest about how little it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from affetto.emotion import Affect
from affetto.errors import AffettoError, Misuse, NotFound
from affetto.listening.study import Plan, Session, Study, drawn, plan_of, rows_text, sessions_of
from affetto.listening.study_report import as_record, in_words, reported

NOW = datetime(2026, 11, 1, 18, 0, tzinfo=UTC)


def plan(pairs: int = 6, sessions: int = 2, seed: int = 1, outcome: str = "lift") -> Plan:
    return drawn(("stay", "lead"), outcome, pairs=pairs, sessions=sessions, seed=seed, now=NOW)


def held(made: Plan, effect: float, seed: int = 0, count: int | None = None) -> list[Session]:
    """Sessions in which B moves valence by ``effect`` more than A does."""
    rng = np.random.default_rng(seed)
    found = []
    for k, way in enumerate(made.order[:count]):
        before = round(float(rng.uniform(-0.4, 0.2)), 3)
        rise = 0.1 + (effect if way == "B" else 0.0) + float(rng.normal(0, 0.05))
        found.append(
            Session(
                k + 1, way, NOW + timedelta(days=k), Affect(before, 0.1),
                Affect(before + round(rise, 3), 0.0), 10, 1 if way == "B" else 3,
            )
        )  # fmt: skip
    return found


# -- the plan -----------------------------------------------------------------------------


def test_in_each_pair_of_blocks_both_ways_come_once_in_an_order_drawn_by_chance() -> None:
    orders = {plan(seed=seed).blocks for seed in range(50)}
    assert len(orders) > 30
    for blocks in orders:
        assert all(set(blocks[k : k + 2]) == {"A", "B"} for k in range(0, 12, 2))
    firsts = [b[k] for b in orders for k in range(0, 12, 2)]
    assert 0.35 < firsts.count("A") / len(firsts) < 0.65
    assert plan(seed=3) == plan(seed=3)
    assert len(plan().order) == 24


def test_a_plan_is_written_once_and_never_over(tmp_path: Path) -> None:
    study = Study(tmp_path / "study")
    study.begin(plan())
    with pytest.raises(Misuse, match="There is a plan already"):
        study.begin(plan(seed=2))
    assert study.plan() == plan()
    assert "I may stop at any time" in study.plan_file.read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"pairs": 1}, "cannot have 1 pairs"),
        ({"pairs": 13}, "cannot have 13 pairs"),
        ({"sessions": 0}, "of 0 sessions"),
        ({"outcome": "joy"}, "nothing a trial can look for"),
    ],
)
def test_a_trial_that_cannot_be_is_refused(change: dict, problem: str) -> None:
    with pytest.raises(Misuse, match=problem):
        plan(**change)
    with pytest.raises(Misuse, match="the same"):
        drawn(("stay ", "stay"), "lift", pairs=6, sessions=1, seed=0, now=NOW)


def test_without_a_plan_nothing_can_be_written_down(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="No study is planned") as told:
        Study(tmp_path).log(Affect(0, 0), Affect(0, 0), 3, 0, NOW)
    assert "affetto study plan" in told.value.remedy


# -- the rows -----------------------------------------------------------------------------


def test_each_session_takes_the_way_that_was_drawn_until_all_are_done(tmp_path: Path) -> None:
    study = Study(tmp_path)
    study.begin(made := plan(pairs=2, sessions=1))
    for k in range(4):
        one = study.log(Affect(-0.1, 0.2), Affect(0.2, 0.1), 8, 2, NOW)
        assert (one.number, one.way) == (k + 1, made.order[k])
    assert [s.way for s in study.sessions()] == list(made.order)
    with pytest.raises(Misuse, match="All 4 sessions are done"):
        study.log(Affect(0, 0), Affect(0, 0), 1, 0, NOW)


@pytest.mark.parametrize(("tracks", "skips"), [(0, 0), (3, 4), (3, -1)])
def test_a_session_that_cannot_have_been_is_refused(
    tmp_path: Path, tracks: int, skips: int
) -> None:
    study = Study(tmp_path)
    study.begin(plan())
    with pytest.raises(Misuse, match="skips"):
        study.log(Affect(0, 0), Affect(0, 0), tracks, skips, NOW)
    assert study.sessions() == []


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    made = plan()
    sessions = held(made, 0.2)
    assert plan_of(made.text()) == made
    assert sessions_of(rows_text(made, sessions), made, tmp_path) == sessions


def test_rows_that_do_not_fit_the_plan_are_named(tmp_path: Path) -> None:
    made = plan()
    text = rows_text(made, held(made, 0.2))
    lines = text.splitlines(keepends=True)
    other = "B" if made.order[0] == "A" else "A"
    for broken, problem in (
        (rows_text(plan(seed=9), held(made, 0.2)), "Line 2 .* belongs to another plan"),
        ("".join([lines[0], *lines[2:]]), "Line 2 .* is out of turn"),
        (text.replace(f",1,{made.order[0]},", f",1,{other},", 1), "Line 2 .* is of way"),
        (text.replace("2026-11-01", "yesterday", 1), "Line 2 .* cannot be read"),
        ("".join(line[:20] + "\n" if k == 3 else line for k, line in enumerate(lines)), "Line 4"),
    ):
        with pytest.raises(AffettoError, match=problem):
            sessions_of(broken, made, tmp_path / "sessions.csv")


def test_a_plan_changed_afterwards_is_found_out(tmp_path: Path) -> None:
    study = Study(tmp_path)
    study.begin(made := plan())
    study.log(Affect(0, 0), Affect(0.1, 0), 5, 0, NOW)
    study.plan_file.write_text(replace(made, outcome="calm").text(), "utf-8")
    with pytest.raises(AffettoError, match="the plan was changed since"):
        study.sessions()
    study.plan_file.write_text("{}", "utf-8")
    with pytest.raises(AffettoError, match="cannot be read"):
        study.plan()


# -- the report ---------------------------------------------------------------------------


def test_the_report_comes_again_exactly_from_its_csv(tmp_path: Path) -> None:
    study = Study(tmp_path)
    study.begin(made := plan())
    for s in held(made, 0.15):
        study.log(s.before, s.after, s.tracks, s.skips, s.at)
    copy = tmp_path / "copy.csv"
    copy.write_bytes(study.rows_file.read_bytes())
    first = as_record(made, reported(made, study.sessions()))
    assert as_record(made, reported(made, study.sessions(copy))) == first


def test_a_real_difference_is_found_with_its_interval() -> None:
    made = plan()
    found = reported(made, held(made, 0.3))
    assert found.finished and found.pairs == 6
    mood = found.mood
    assert mood is not None and mood.interval is not None
    assert mood.effect == pytest.approx(0.3, abs=0.08)
    assert mood.interval[0] < mood.effect < mood.interval[1]
    assert mood.interval[0] > 0
    assert mood.p == pytest.approx(2 / 64) == found.smallest_p
    assert found.skips is not None and found.skips.effect == pytest.approx(-0.2)
    words = in_words(made, found)
    assert "lead did better, more than chance" in words
    assert "nothing of anybody else" in words


def test_what_counts_as_better_is_what_was_planned() -> None:
    made = plan(outcome="calm")
    calm = [
        replace(s, before=Affect(0, 0.5), after=Affect(0, 0.1 if s.way == "A" else 0.4))
        for s in held(made, 0.0)
    ]
    found = reported(made, calm)
    assert found.mood is not None
    assert found.mood.means == (pytest.approx(0.4), pytest.approx(0.1))
    assert "stay did better" in in_words(made, found)


def test_chance_alone_is_called_a_difference_no_more_often_than_promised() -> None:
    """Over every way to deal six pairs, at most one in twenty p-values lies at 5 % or below."""
    values = np.random.default_rng(5).normal(0.1, 0.2, 12)
    found = []
    for flips in product(("AB", "BA"), repeat=6):
        made = replace(plan(sessions=1), blocks=tuple("".join(flips)))
        sessions = [
            Session(k + 1, way, NOW, Affect(0, 0), Affect(float(v), 0), 5, 0)
            for k, (way, v) in enumerate(zip(made.order, values, strict=True))
        ]
        mood = reported(made, sessions).mood
        assert mood is not None
        found.append(mood.p)
    assert np.mean(np.array(found) <= 0.05) <= 0.05


def test_the_interval_holds_the_truth_at_least_95_times_of_100() -> None:
    made, hits = plan(pairs=6, sessions=1), []
    for seed in range(60):
        mood = reported(made, held(made, 0.1, seed)).mood
        assert mood is not None and mood.interval is not None
        hits.append(mood.interval[0] <= 0.1 <= mood.interval[1])
    assert np.mean(hits) >= 0.9


def test_few_pairs_are_said_to_tell_nothing() -> None:
    made = plan(pairs=3)
    found = reported(made, held(made, 0.5))
    assert found.mood is not None and found.mood.interval is None
    assert found.mood.p == pytest.approx(0.25)
    words = in_words(made, found)
    assert "chance alone does as much in 25% of cases at best" in words
    assert "not the same as there being none" in words


def test_before_it_is_finished_the_report_warns_and_compares_whole_pairs_alone() -> None:
    made = plan()
    nothing = in_words(made, reported(made, held(made, 0.3, count=3)))
    assert "nothing to compare" in nothing and "not finished" in nothing
    partly = reported(made, held(made, 0.3, count=11))
    assert (partly.done, partly.pairs, partly.finished) == (11, 2, False)
    assert as_record(made, reported(made, []))["mood"] is None
