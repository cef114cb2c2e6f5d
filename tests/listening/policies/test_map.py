from __future__ import annotations

from datetime import UTC, datetime

import pytest

from affetto.choice import Aim, Goal, Intent
from affetto.emotion import Affect, EmotionReading, mood_of, place_called
from affetto.errors import Misuse
from affetto.listening.policies.emotion_map import EMOTIONS, POLICIES, emotion_of
from affetto.listening.policies.sheet import BadMap, ours, parse_map, write_map

OURS = parse_map(ours(), "map.yaml")
TEXT = ours().decode()


def test_every_policy_has_a_row_with_a_source_for_every_emotion() -> None:
    assert OURS.version == 1
    assert set(OURS.rows) == {(policy, name) for policy in POLICIES for name in EMOTIONS}
    assert all(len(row.source) > 20 for row in OURS.rows.values())


def test_mirror_stays_and_regulate_leads_the_angry_to_calm_and_lifts_the_sad() -> None:
    for emotion, place in EMOTIONS.items():
        if emotion not in ("neutral", "surprise"):
            assert mood_of(OURS.rows["mirror", emotion].end) == mood_of(place)
    assert OURS.row("regulate", place_called("angry")).aim() == Aim(Goal.CALM, row="regulate/angry")
    sad = OURS.row("Regulate", place_called("sad")).aim(30)
    assert sad == Aim(Goal.LIFT, None, Intent.COMFORT, 30, row="regulate/sad")
    assert mood_of(OURS.rows["regulate", "sad"].end) == "happy"


@pytest.mark.parametrize("word", list(EMOTIONS))
def test_a_word_finds_its_own_row(word: str) -> None:
    assert emotion_of(place_called(word)) == word


def test_a_face_finds_the_row_of_its_likeliest_expression() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    face = EmotionReading(-0.6, 0.6, 0.9, "face", now, probabilities={"fear": 0.8, "angry": 0.2})
    assert emotion_of(face) == "fear"
    assert emotion_of(EmotionReading(0.6, 0.6, 0.9, "pulse", now)) == "happy"


def test_what_is_written_is_read_back() -> None:
    rows = dict(OURS.rows)
    row = rows["regulate", "angry"]
    rows[row.key] = type(row)(*row.key, Goal.PLACE, "Mine: it's so.", Affect(0.125, -0.5))
    mine = type(OURS)(2, rows)
    assert parse_map(write_map(mine), "map.yaml") == mine
    assert b"place: [0.125, -0.5]" in write_map(mine)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Line 1 of map.yaml: names with values are missing"),
        ("version: 1\n", "has no 'mirror'"),
        ("version: [", "no YAML"),
        (TEXT.replace("version: 1", "version: one"), "'one' is no version"),
        (TEXT.replace("goal: lift", "goal: up", 1), "'up' is no goal"),
        (TEXT.replace("goal: lift", "goal: lifft", 1), "'lift' comes nearest"),
        (TEXT.replace("goal: lift", "place: [2, 0]", 1), "no place on the mood map"),
        (TEXT.replace("goal: lift", "place: here", 1), "no place on the mood map"),
        (TEXT.replace("goal: lift", "place: [0, 0]\n    goal: lift", 1), "not both"),
        (TEXT.replace("intent: keep", "intent: stay", 1), "'stay' is no intent"),
        (TEXT.replace("  angry:\n", "  angrry:\n", 1), "'angry' comes nearest"),
        (TEXT.replace("  angry:\n", "  happy:\n", 1), "'happy' is said twice"),
        (TEXT.replace("source: Custom of the earlier systems.", "source: ''"), "is empty"),
        (TEXT.replace("    source: Nothing to lead away from.\n", ""), "has no 'source'"),
        (TEXT.replace("goal: lift", "goal: *x", 1), "cannot refer to each other"),
        (TEXT.replace("goal: lift", "goal: [lift]", 1), "more than one value"),
    ],
)
def test_a_slip_is_named_with_its_line_and_what_to_do(text: str, said: str) -> None:
    with pytest.raises(BadMap, match="Line ") as raised:
        parse_map(text.encode(), "map.yaml")
    assert said in raised.value.problem
    assert raised.value.remedy.endswith("nothing was changed.")


def test_what_is_no_text_is_said() -> None:
    with pytest.raises(BadMap, match=r"Line 2 of map\.yaml: this is not UTF-8"):
        parse_map(b"version: 1\n\xff\xfe", "map.yaml")


def test_a_policy_nobody_knows_is_refused() -> None:
    with pytest.raises(Misuse, match="no policy"):
        OURS.row("opposite", Affect(0, 0))
