from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from affetto.emotion import Affect
from affetto.listening.policies.sheet import ours, parse_map
from affetto.listening.policies.shelf import PolicyShelf
from affetto.music.demo import demo_tracks
from affetto.settings import load
from affetto.store.tables import ChoiceRow, FeedbackRow
from affetto.wiring import open_house
from cli.doors import Terminal

BEGAN = datetime(2026, 5, 1, 20, tzinfo=UTC)
CALM = Affect(0.45, -0.6)
LIVELIER = Affect(0.4, 0.1)


def copied(terminal: Terminal) -> bytes:
    return (terminal.folder / "policies" / "map.yaml").read_bytes()


def listened(terminal: Terminal, likes: Affect, days: int, *, with_places: bool = True) -> None:
    """So many evenings of ``regulate`` when angry, kept in the terminal's house.

    What lies nearer than .5 to ``likes`` is said to fit.
    """
    terminal.env |= {"AFFETTO_DEMO": "true", "AFFETTO_PROVIDERS": "[]"}
    rng = np.random.default_rng(1)
    tracks = [(track, track.features) for track in demo_tracks() if track.features]
    chance = np.array([math.exp(-2 * CALM.distance(place) ** 2) for _, place in tracks])
    aim = {"goal": "calm", "row": "regulate/angry" if with_places else None}
    with open_house(load(data_dir=terminal.folder, providers=())) as house:
        for day in range(days):
            name, at = f"{day:032x}", BEGAN + timedelta(days=day)
            house.history.begin(house.listener, name, "calm", {}, at)
            mine = {"listener_id": house.listener, "session_id": name}
            with house.database.session() as session:
                for number in rng.choice(len(tracks), 14, p=chance / chance.sum()):
                    track, place = tracks[number]
                    at += timedelta(minutes=4)
                    its = {**mine, "track_uri": track.uri, "at": at}
                    fits = likes.distance(place) < 0.5
                    session.add(ChoiceRow(**its, because="", propensity=1.0, terms={}, aim=aim))
                    answer = "fits" if fits else "not_now"
                    session.add(FeedbackRow(**its, answer=answer, position_s=30.0))


def test_the_map_is_shown_with_its_sources(terminal: Terminal) -> None:
    told = terminal.types("policy", "show")
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("Version 1, as it came.")
    assert "Saarikallio" in told.stdout and "regulate" in told.stdout
    assert terminal.types("policy", "show", "--yaml").stdout == ours().decode()
    rows = json.loads(terminal.types("policy", "show", "--json").stdout)["rows"]
    assert len(rows) == 16 and all(row["source"] for row in rows)


def test_regulate_leads_the_angry_to_calm_and_mirror_stays(terminal: Terminal) -> None:
    def ends(policy: str, mood: str) -> tuple[float, float]:
        told = terminal.types(
            "recommend", "--mood", mood, "--policy", policy, "--json", "--limit", "4"
        )
        assert told.exit_code == 0, told.output
        assert told.stderr.startswith(f"{policy}, {mood}: ")
        target = json.loads(told.stdout)[-1]["target"]
        return target["valence"], target["arousal"]

    assert ends("regulate", "angry") == (0.45, -0.6)
    assert ends("regulate", "sad")[0] > 0.5
    assert ends("mirror", "angry") == (-0.6, 0.6)
    assert ends("mirror", "sad") == (-0.6, -0.4)


def test_a_map_edited_by_hand_counts_at_once(terminal: Terminal) -> None:
    where = terminal.types("policy", "show", "--edit").stdout.strip()
    assert where.endswith("map.yaml")
    edited = ours().replace(b"goal: lift\n    intent: comfort", b"place: [-0.1, -0.9]")
    (terminal.folder / "policies" / "map.yaml").write_bytes(edited)
    told = terminal.types(
        "recommend", "--mood", "sad", "--policy", "regulate", "--json", "--limit", "4"
    )
    assert json.loads(told.stdout)[-1]["target"] == {"valence": -0.1, "arousal": -0.9}
    (terminal.folder / "policies" / "map.yaml").write_bytes(edited.replace(b"[-0.1", b"[-1.1"))
    told = terminal.types("recommend", "--mood", "sad", "--policy", "regulate")
    assert told.exit_code == 2 and "Line " in told.stderr


def test_a_journey_follows_a_policy(terminal: Terminal) -> None:
    told = terminal.types(
        "listen", "--mood", "angry", "--policy", "regulate", "--minutes", "20", "--dry-run",
        "--json",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    assert "regulate, angry: calm." in told.stderr
    assert json.loads(told.stdout)["goal"] == "calm"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("recommend", "--mood", "sad", "--policy", "opposite"), "no policy"),
        (("recommend", "--mood", "sad", "--policy", "mirror", "--goal", "calm"), "both say"),
        (("listen", "--policy", "mirror", "--toward", "calm", "--mood", "sad"), "says itself"),
        (("listen", "--policy", "mirror"), "how you feel"),
    ],
)
def test_what_makes_no_sense_is_misuse(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    told = terminal.types(*words)
    assert told.exit_code == 2, told.output
    assert said in told.stderr


def test_without_answers_nothing_is_proposed(terminal: Terminal) -> None:
    told = terminal.types("policy", "propose")
    assert told.exit_code == 1 and "20 answers yet" in told.stderr
    assert terminal.types("policy", "promote").exit_code == 1
    assert "as it came" in terminal.types("policy", "history").stdout


def test_answers_propose_a_map_that_is_promoted_and_rolled_back(terminal: Terminal) -> None:
    listened(terminal, LIVELIER, 60)
    told = terminal.types("policy", "propose")
    assert told.exit_code == 0, told.output
    assert "-    goal: calm" in told.stdout and "+    place: [" in told.stdout
    assert "On days it did not learn from" in told.stderr
    assert json.loads(terminal.types("policy", "propose", "--json").stdout)["judged"]["better"]
    assert not (terminal.folder / "policies" / "map.yaml").exists()

    told = terminal.types("policy", "promote")
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("Version 2 is in force.")
    assert b"Moved from calm" in copied(terminal)
    told = terminal.types("policy", "rollback", "--json")
    assert told.exit_code == 0, told.output
    assert copied(terminal) == ours()
    rows = [line.split() for line in terminal.types("policy", "history").stdout.splitlines()]
    assert [row[0] for row in rows] == ["1", "2", "1"]
    assert rows[0][1] == rows[2][1] == json.loads(told.stdout)["digest"][:12]


def test_too_few_answers_promote_nothing_and_say_how_many_are_missing(terminal: Terminal) -> None:
    listened(terminal, LIVELIER, 8)
    told = terminal.types("policy", "propose")
    assert told.exit_code == 0 and "more are missing" in told.stderr
    told = terminal.types("policy", "promote")
    assert told.exit_code == 1 and "more are missing" in told.stderr
    assert not (terminal.folder / "policies" / "map.yaml").exists()


def test_a_proposal_that_does_no_better_is_not_promoted(terminal: Terminal) -> None:
    listened(terminal, CALM, 60)
    policies = terminal.folder / "policies"
    terminal.types("policy", "show", "--edit")
    worse = ours().replace(b"goal: calm", b"place: [0.45, -0.35]").replace(b"sion: 1", b"sion: 2")
    PolicyShelf(policies).offer(parse_map(worse, "map.yaml"))
    told = terminal.types("policy", "promote")
    assert told.exit_code == 1, told.output
    assert "is not promoted" in told.stderr and copied(terminal) == ours()


def test_without_consent_to_keep_readings_no_row_is_learned(terminal: Terminal) -> None:
    listened(terminal, LIVELIER, 20, with_places=False)
    told = terminal.types("policy", "propose")
    assert told.exit_code == 1 and "the most any has is 0" in told.stderr
    assert "readings may be kept" in told.stderr
