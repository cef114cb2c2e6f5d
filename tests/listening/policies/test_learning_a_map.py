from __future__ import annotations

import numpy as np
import pytest

from affetto.choice import Answer, Goal
from affetto.emotion import Affect
from affetto.listening.policies.evidence import HEARD_OUT, MOST_A_DAY, halves, plays
from affetto.listening.policies.proposing import FARTHEST, NothingToPropose, diff, propose
from affetto.listening.policies.replay import TooFewAnswers, changed_rows, judge
from affetto.listening.policies.sheet import ours, parse_map
from listening.policies.diary import LIBRARY, Diary, nearest

OURS = parse_map(ours(), "map.yaml")
CALM = OURS.rows["regulate", "angry"].end
LIVELIER = Affect(0.4, 0.1)  # what one listener wants instead
TENSE = Affect(-0.6, 0.6)


def kept(likes: Affect, days: int, seed: int = 1) -> Diary:
    diary, rng = Diary(), np.random.default_rng(seed)
    for day in range(days):
        diary.evening(day, CALM, likes, rng)
    return diary


def test_answers_are_worth_what_they_say_of_the_moment() -> None:
    diary, track = Diary(), nearest(CALM)
    said = [
        ((Answer.FITS, Answer.SKIPPED), 0.0, 1.0),
        ((Answer.NOT_NOW,), 0.0, 0.0),
        ((Answer.FITS, Answer.NOT_NOW), 0.0, 0.0),
        ((Answer.FINISHED,), 200.0, HEARD_OUT),
        ((Answer.SKIPPED,), 0.0, 0.0),
        ((Answer.SKIPPED,), 100.0, HEARD_OUT / 2),
    ]
    for day, (answers, at_s, _) in enumerate(said):
        diary.heard(day, track, *answers, at_s=at_s)
    diary.heard(9, track, Answer.LIKED)  # taste, and no word on the moment
    diary.heard(9, track)
    diary.heard(10, track, Answer.FITS, row="")
    told = plays(diary.choices, diary.answers, LIBRARY)
    assert [play.worth for play in told] == [worth for *_, worth in said]
    assert {play.key for play in told} == {("regulate", "angry")}
    assert plays(diary.choices, diary.answers, {}) == []


def test_a_track_put_on_twice_is_answered_twice() -> None:
    diary, track = Diary(), nearest(CALM)
    for answer in (Answer.FITS, Answer.NOT_NOW):
        diary.heard(0, track, answer)
    assert [p.worth for p in plays(diary.choices, diary.answers, LIBRARY)] == [1.0, 0.0]


def test_no_day_proposes_and_judges_and_none_counts_more_than_its_share() -> None:
    diary = kept(CALM, 4)
    diary.evening(4, CALM, CALM, np.random.default_rng(0), tracks=200)
    told = plays(diary.choices, diary.answers, LIBRARY)
    assert len(told) == 4 * 12 + MOST_A_DAY
    proposing, judging = halves(told)
    assert not {play.day for play in proposing} & {play.day for play in judging}
    assert len(proposing) + len(judging) == len(told)


def test_a_row_that_does_not_fit_goes_to_where_the_answers_say_and_does_better_there() -> None:
    diary = kept(LIVELIER, 60)
    proposing, judging = halves(plays(diary.choices, diary.answers, LIBRARY))
    proposed, moved = propose(OURS, 2, proposing)
    assert [one.after.name for one in moved] == ["regulate/angry"]
    after = moved[0].after
    assert after.goal is Goal.PLACE and after.end.distance(LIVELIER) < CALM.distance(LIVELIER)
    assert after.end.distance(CALM) <= FARTHEST + 0.02
    assert "Moved from calm by" in after.source and moved[0].against > moved[0].spoke_for
    told = judge(OURS, proposed, judging)
    assert told.better and told.effective >= 200
    assert told.interval[0] < told.gain < told.interval[1]
    assert changed_rows(OURS, proposed) == [("regulate", "angry")]
    assert not judge(proposed, OURS, judging).better  # and not the other way round


def test_what_is_proposed_is_shown_as_a_diff() -> None:
    proposed, _ = propose(OURS, 2, halves(plays(*_log(kept(LIVELIER, 40))))[0])
    lines = diff(OURS, proposed, ("in force", "proposed"))
    assert lines[:2] == ["--- in force", "+++ proposed"]
    assert "-    goal: calm" in lines
    assert any(line.startswith("+    place: [") for line in lines)
    changed = [line for line in lines if line[0] in "+-"]
    assert len(changed) <= 10, changed


def test_a_listener_whom_it_fits_is_proposed_nothing() -> None:
    diary = Diary()
    for day in range(40):
        for _ in range(6):
            diary.heard(day, nearest(CALM), Answer.FITS)
    with pytest.raises(NothingToPropose, match="asks for another"):
        propose(OURS, 2, plays(*_log(diary)))


def test_too_few_answers_are_refused_saying_how_many_are_missing() -> None:
    diary = kept(LIVELIER, 20)
    proposing, judging = halves(plays(*_log(diary)))
    proposed, _ = propose(OURS, 2, proposing)
    with pytest.raises(TooFewAnswers, match="120 tracks that say as much as") as raised:
        judge(OURS, proposed, judging)
    assert raised.value.remedy.startswith("About ")
    with pytest.raises(TooFewAnswers) as raised:
        judge(OURS, proposed, [])
    assert raised.value.remedy.startswith("About 200 more")
    with pytest.raises(NothingToPropose, match="most any has is 0"):
        propose(OURS, 2, [])


@pytest.mark.parametrize("day", [20, 21])
def test_a_poisoned_batch_is_not_promoted(day: int) -> None:
    diary, rng = kept(CALM, 60), np.random.default_rng(3)
    for _ in range(900):  # in one evening all that fitted does not, and what never was does
        diary.heard(day, nearest(Affect.clipped(*rng.normal((0.45, -0.6), 0.3))), Answer.NOT_NOW)
    for _ in range(600):
        diary.heard(day, nearest(Affect.clipped(*rng.normal((0.1, -0.2), 0.15))), Answer.FITS)
    diary.choices.sort(key=lambda choice: choice.at)

    everything = plays(*_log(diary), most_a_day=10**6)
    poisoned, _ = propose(OURS, 2, everything)
    assert judge(OURS, poisoned, everything).gain > 0.1  # whoever counts all falls for it

    _, judging = halves(plays(*_log(diary)))
    assert not judge(OURS, poisoned, judging).better
    assert judge(OURS, poisoned, judging).gain < 0


def _log(diary: Diary) -> tuple[list, list, dict]:  # type: ignore[type-arg]
    return diary.choices, diary.answers, LIBRARY
