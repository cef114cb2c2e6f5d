from __future__ import annotations

import json

import pytest

from affetto.errors import Misuse
from affetto.listening.learning import Learning
from affetto.listening.plays import MOST_BYTES, match, read_plays, take_in
from affetto.listening.session import ListeningSession
from affetto.recommending.fit import Candidates
from affetto.track import Track, TrackFeatures, TrackUri
from listening.test_session import NOON

SPOT = TrackFeatures(0.2, 0.2, 0.1, 0.1)
TRACKS = [
    Track(TrackUri(f"m:{n}"), title, artist, features=SPOT)
    for n, (artist, title) in enumerate(
        [
            ("Björk", "Jóga"),
            ("The Cure", "Lovesong (Remastered 2010)"),
            ("The Cure", "Lullaby"),
            ("Nina", "Feeling Good"),
            ("Miles", "So What"),
            ("Bill", "Peace Piece"),
        ]
    )
]


def listen(artist: object, title: object) -> dict[str, object]:
    return {"listened_at": 1, "track_metadata": {"artist_name": artist, "track_name": title}}


LISTENS = [listen("bjork", "JOGA"), listen("bjork", "JOGA"), listen("The Cure", "Lovesong")]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(LISTENS),
        "\n".join(map(json.dumps, LISTENS)),
        json.dumps({"payload": {"listens": LISTENS}}),
        "bjork,,JOGA,01 Jan 2024 10:00\nbjork,,JOGA,2024-01-02 10:00\n"
        '"The Cure",,Lovesong,"03 Jan 2024, 10:00"\n',
        "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
        '1,now,bjork,,,,JOGA,\n2,now,bjork,,,,JOGA,\n3,now,"The Cure",,,,Lovesong,\n',
        "\ufeff" + json.dumps(LISTENS),
    ],
    ids=["one list", "a listen a line", "the api", "plain csv", "csv with names", "a bom"],
)
def test_every_kind_of_export_is_read_alike(text: str) -> None:
    plays = read_plays(text.encode())
    assert plays.total == 3 and plays.bad == 0
    matched = match(plays, TRACKS)
    assert matched.tracks == {"m:0": 2, "m:1": 1}
    assert (matched.plays, matched.artists) == (3, 2)


def test_bad_lines_are_counted_and_the_first_named() -> None:
    lines = [
        json.dumps(LISTENS[0]),
        "{",
        "7",
        json.dumps(listen("", "x")),
        json.dumps(listen(1, 2)),
    ]
    lines += [json.dumps(listen("a", None))] * 30 + [json.dumps(listen("a" * 2000, "b"))]
    plays = read_plays("\n".join(lines).encode())
    assert plays.total == 1 and plays.bad == 35
    assert [bad.line for bad in plays.bad_lines] == list(range(2, 22))
    assert all(bad.problem.endswith(".") for bad in plays.bad_lines)


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"[]", b"{}", b"[" * 50_000, b"a,b\n"])
def test_a_file_without_a_play_is_refused(data: bytes) -> None:
    with pytest.raises(Misuse, match="no play"):
        read_plays(data)


@pytest.mark.parametrize(
    "text",
    [
        "title,artist,valence,energy\nJoga,Bjork,0.3,0.4\n",
        "title,artist,album,released\nJoga,Bjork,Homogenic,1997-09-16\n",
        "Joga,Bjork,Homogenic,happy\n",
        "Joga,Bjork,Homogenic,12:30\n",
        "Bjork,Joga,03 Jan 2024 10:00\n",
    ],
)
def test_a_table_of_songs_is_not_taken_for_a_history(text: str) -> None:
    with pytest.raises(Misuse, match="no play") as refused:
        read_plays(text.encode())
    assert "ListenBrainz" in refused.value.remedy and "artist, album, track" in refused.value.remedy


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Misuse, match="larger"):
        read_plays(b" " * (MOST_BYTES + 1))


def test_what_was_played_elsewhere_comes_first_where_all_else_is_equal() -> None:
    plays = read_plays("\n".join([json.dumps(listen("Nina", "Feeling Good"))] * 60).encode())

    def first(seed: int, *, taught: bool) -> str:
        learning = Learning()
        if taught:
            take_in(learning, plays, match(plays, TRACKS), TRACKS)
        session = ListeningSession(Candidates(TRACKS), seed=seed, now=NOON, learning=learning)
        session.start(NOON)
        playing = session.snapshot(NOON).playing
        assert playing is not None
        return playing.track.title

    assert {first(seed, taught=True) for seed in range(6)} == {"Feeling Good"}
    assert len({first(seed, taught=False) for seed in range(6)}) > 1


def test_a_history_is_weaker_than_one_word_of_the_listener() -> None:
    plays = read_plays("\n".join([json.dumps(listen("Nina", "Feeling Good"))] * 500).encode())
    learning = Learning()
    take_in(learning, plays, match(plays, TRACKS), TRACKS)
    taste = learning.listener.taste
    assert not taste.liked
    expected = taste.expected(TRACKS[3])
    assert Learning().listener.taste.expected(TRACKS[3]) < expected < 0.75


def test_the_same_file_counts_once() -> None:
    plays = read_plays(json.dumps(LISTENS).encode())
    learning = Learning()
    take_in(learning, plays, match(plays, TRACKS), TRACKS)
    before = learning.to_record()
    with pytest.raises(Misuse, match="before"):
        take_in(learning, plays, match(plays, TRACKS), TRACKS)
    assert learning.to_record() == before
